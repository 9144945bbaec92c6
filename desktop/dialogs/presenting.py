"""Choosing whom a presentation is for and on which display it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QWidget

from desktop.dialogs.question import QuestionDialog, plain_label
from model.codes import TLP_LABELS, tlp_text
from model.redaction import open_red_flags, redact
from resources.text import plural, tr
from widgets.common.choice_box import ChoiceBox

if TYPE_CHECKING:
    from datetime import date

    from model.document import Snapshot


@dataclass(frozen=True)
class PresentChoice:
    """For whom, on which display (its place in the list of displays), with cards where they are."""

    audience: str
    screen: int
    keep_positions: bool


class PresentDialog(QuestionDialog):
    """Answers with a PresentChoice."""

    def __init__(
        self, parent: QWidget | None, snapshot: Snapshot, as_of: date, audience: str
    ) -> None:
        """Ask about a project as it is now; `audience` is offered first."""
        super().__init__(
            parent,
            tr("Present"),
            tr(
                "Map and timeline fill the display. They are made from a copy that holds only what "
                "the audience may see. Esc brings you back here."
            ),
        )
        self._snapshot, self._as_of = snapshot, as_of
        form = QFormLayout()
        form.setVerticalSpacing(10)
        self.audience = ChoiceBox()
        self.audience.setAccessibleName(tr("Audience"))
        for code in TLP_LABELS.codes:
            self.audience.addItem(tlp_text(code), code)
        self.audience.setCurrentIndex(self.audience.findData(audience))
        form.addRow(tr("Audience"), self.audience)
        self.withheld = plain_label("", "explanation")
        form.addRow("", self.withheld)
        self.screen_box = self._screens(parent)
        form.addRow(tr("Display"), self.screen_box)
        self.keep = QCheckBox(tr("Leave the cards where they are"))
        self.keep.setToolTip(tr("Gaps between cards may tell that something was left out."))
        form.addRow("", self.keep)
        self.flags = plain_label("", "problem")
        form.addRow(self.flags)
        self.body.addLayout(form)
        self.body.addWidget(
            plain_label(
                tr(
                    "Space or Page Down: next view. Page Up: the one before. B: blank screen. "
                    "S: light around the pointer. Tab or a click on a card: dim the rest, D: end "
                    "that. T: timeline. K: legend."
                ),
                "explanation",
            )
        )
        self.add_cancel(tr("Cancel"))
        self.add_answer(tr("Present"), self._value, default=True)
        self.audience.currentIndexChanged.connect(lambda _: self._preview())
        self._preview()

    def _screens(self, parent: QWidget | None) -> QComboBox:
        box = ChoiceBox()
        box.setAccessibleName(tr("Display"))
        here = parent.screen() if parent is not None else QGuiApplication.primaryScreen()
        for number, screen in enumerate(QGuiApplication.screens(), start=1):
            size = screen.size()
            name = tr(
                "Display {number}: {name}, {width} × {height}",
                number=number,
                name=screen.name(),
                width=size.width(),
                height=size.height(),
            )
            if screen == here:
                name = tr("{display} (this one)", display=name)
            box.addItem(name)
            if screen != here:
                box.setCurrentIndex(number - 1)
        return box

    def _preview(self) -> None:
        label = str(self.audience.currentData())
        copy = redact(self._snapshot, label)
        views, all_views = len(copy.snapshot().views), len(self._snapshot.views)
        withheld = sum(copy.withheld_counts().values())
        left_out = plural("{count} record is withheld", "{count} records are withheld", withheld)
        steps = (
            plural(
                "{count} saved view to step through", "{count} saved views to step through", views
            )
            if views
            else tr("no saved view for this audience, so it is shown as you look at it now")
        )
        said = [tr("{withheld}; {views}.", withheld=left_out, views=steps)]
        if views < all_views:
            said.append(
                plural(
                    "{count} saved view has a stricter label, which can be changed in Views.",
                    "{count} saved views have a stricter label, which can be changed in Views.",
                    all_views - views,
                )
            )
        self.withheld.setText(" ".join(said))
        flags = open_red_flags(self._snapshot, label, self._as_of)
        self.flags.setText(
            plural(
                "{count} red flag is open: think again before showing this beyond the team.",
                "{count} red flags are open: think again before showing this beyond the team.",
                len(flags),
            )
        )
        self.flags.setVisible(bool(flags))

    def _value(self) -> PresentChoice:
        return PresentChoice(
            str(self.audience.currentData()),
            self.screen_box.currentIndex(),
            self.keep.isChecked(),
        )
