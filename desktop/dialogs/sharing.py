"""What a shared copy is to hold: for which audience, which part; with a count before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from desktop.dialogs.audience import audience_box, flags_words, withheld_words
from desktop.dialogs.question import QuestionDialog, plain_label
from desktop.sharing import ShareChoice
from model.codes import TRACKS
from model.filtering import Filtering, FilterSpec
from model.redaction import open_red_flags, redact
from resources.text import plural, tr
from widgets.common.choice_box import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from model.document import Snapshot
    from model.redaction import RedactedCopy

_COUNT_AFTER_MS: Final = 150
_TRACKS: Final = "tracks"


@dataclass(frozen=True)
class Parts:
    """The parts that can be chosen now, as ids of actors.

    Attributes:
        selected: the selected actors.
        shown: what the filter lets through; None where nothing is filtered.
        views: saved views by their title.
    """

    selected: frozenset[str]
    shown: frozenset[str] | None
    views: Mapping[str, frozenset[str]]


class ShareDialog(QuestionDialog):
    """Answers with a ShareChoice."""

    def __init__(
        self, parent: QWidget | None, snapshot: Snapshot, as_of: date, parts: Parts
    ) -> None:
        """Ask about a project as it is now."""
        super().__init__(
            parent,
            tr("Share a copy"),
            tr(
                "A project of its own for a journey or a colleague, under its own passphrase. It "
                "is rebuilt from what the audience may see, with new ids, and without history, "
                "earlier versions or any way back to this project. What is changed in it comes "
                "home with File, Merge with another copy."
            ),
        )
        self._snapshot, self._as_of, self._parts = snapshot, as_of, parts
        self._needs_reason = False
        form = QFormLayout()
        form.setVerticalSpacing(10)
        self.audience = audience_box("AMBER")
        form.addRow(tr("Audience"), self.audience)
        self.part = self._part_box()
        form.addRow(tr("Part"), self.part)
        self.tracks, row = self._track_row()
        form.addRow(tr("Tracks"), row)
        self.goes = plain_label("", "")
        form.addRow(tr("In the copy"), self.goes)
        self.withheld = plain_label("", "explanation")
        form.addRow("", self.withheld)
        self.keep = QCheckBox(tr("Leave the cards where they are"))
        self.keep.setToolTip(tr("Gaps between cards may tell that something was left out."))
        form.addRow("", self.keep)
        self.flags = plain_label("", "problem")
        form.addRow(self.flags)
        self.override = QLineEdit()
        self.override.setAccessibleName(tr("Reason to go on"))
        self.override.setPlaceholderText(tr("Reason to go on; it is kept in the decision log"))
        form.addRow(tr("Reason"), self.override)
        self._form, self._track_widget = form, row
        self.body.addLayout(form)
        self.setMinimumWidth(620)
        self.add_cancel(tr("Cancel"))
        self.add_answer(tr("Choose file and passphrase…"), self._value, default=True)
        self._timer = QTimer(self, singleShot=True, interval=_COUNT_AFTER_MS)
        self._timer.timeout.connect(self.count)
        for box in (self.audience, self.part):
            box.currentIndexChanged.connect(lambda _: self._timer.start())
        for tick in self.tracks.values():
            tick.toggled.connect(lambda _: self._timer.start())
        self.part.currentIndexChanged.connect(lambda _: self._show_tracks())
        self._show_tracks()
        self.count()

    def _part_box(self) -> QComboBox:
        parts = self._parts
        box = ChoiceBox()
        box.setAccessibleName(tr("Part"))
        box.addItem(tr("Everything that the audience may see"), None)
        if parts.selected:
            box.addItem(
                plural(
                    "The selected actor, and what belongs to it",
                    "The {count} selected actors, and what belongs to them",
                    len(parts.selected),
                ),
                parts.selected,
            )
        if parts.shown is not None:
            text = tr("The actors that the filter shows, and what belongs to them")
            box.addItem(text, parts.shown)
        box.addItem(tr("The actors of some tracks, and what belongs to them"), _TRACKS)
        for title, ids in parts.views.items():
            box.addItem(tr("The actors of the view “{title}”", title=title), ids)
        return box

    def _track_row(self) -> tuple[dict[str, QCheckBox], QWidget]:
        used = {track for one in self._snapshot.actors.values() for track in one.tracks}
        found = {code: QCheckBox(TRACKS.label(code)) for code in TRACKS.codes if code in used}
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        for tick in found.values():
            tick.setChecked(True)
            layout.addWidget(tick)
        layout.addStretch(1)
        return found, row

    def _show_tracks(self) -> None:
        self._form.setRowVisible(self._track_widget, self.part.currentData() == _TRACKS)
        self.fit()

    def only(self) -> frozenset[str] | None:
        """The chosen actors; None for all."""
        wanted = self.part.currentData()
        if wanted != _TRACKS:
            return None if wanted is None else frozenset(wanted)
        ticked = {code for code, tick in self.tracks.items() if tick.isChecked()}
        return actors_of_tracks(self._snapshot, self._as_of, ticked)

    def count(self) -> None:
        """Say what goes, what stays, and what speaks against it."""
        audience = str(self.audience.currentData())
        copy = redact(self._snapshot, audience, only=self.only())
        self.goes.setText(_goes_words(copy))
        mentions = plural(
            "{count} text in the copy holds a name that was left behind: read it first.",
            "{count} texts in the copy hold names that were left behind: read them first.",
            len(copy.mentions),
        )
        self.withheld.setText(withheld_words(copy, mentions))
        flags = open_red_flags(self._snapshot, audience, self._as_of)
        self.flags.setText(flags_words(flags))
        for row in (self.flags, self.override):
            self._form.setRowVisible(row, bool(flags))
        self._needs_reason = bool(flags)
        self.fit()

    def _value(self) -> ShareChoice | None:
        reason = self.override.text().strip()
        if self._needs_reason and not reason:
            self.complain(tr("Give a reason to go on in spite of the open red flags."))
            return None
        audience = str(self.audience.currentData())
        return ShareChoice(audience, self.only(), self.keep.isChecked(), reason)


def actors_of_tracks(snapshot: Snapshot, as_of: date, tracks: set[str]) -> frozenset[str]:
    """The actors of any of the tracks; nobody where none is given."""
    if not tracks:
        return frozenset()
    return Filtering(snapshot, as_of, FilterSpec({"track": frozenset(tracks)})).actor_ids


def _goes_words(copy: RedactedCopy) -> str:
    content = copy.content
    actors, links = len(content["actors"]), len(content["linkages"])
    others = sum(len(some) for table, some in content.items() if table not in _NOT_COUNTED)
    return ", ".join(
        (
            plural("{count} actor", "{count} actors", actors),
            plural("{count} linkage", "{count} linkages", links),
            plural("{count} other record", "{count} other records", others),
        )
    )


_NOT_COUNTED = frozenset({"project", "tracks", "placements", "actors", "linkages"})
