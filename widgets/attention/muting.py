"""Setting a warning aside: reason, role and expiry, asked for below its explanation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from model.commands.mutes import mute, unmute
from model.dates import parse_date
from model.refusals import Refusal
from resources.text import tr
from widgets.common.field_texts import date_words
from widgets.common.lines import asking_line
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from model.records import Mute
    from widgets.common.workspace import Key, Workspace


class MuteForm(QFrame):
    """Asks why, who and until when; what is missing is said at the spot.

    Signals:
        closed: the warning was set aside, or the user gave up.
    """

    closed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        """Begin hidden; `ask_about` shows it."""
        super().__init__()
        self._workspace = workspace
        self._rule_id = ""
        self._targets: tuple[Key, ...] = ()
        self.reason = asking_line(tr("Why can this be set aside?"), tr("Reason"))
        self.role = asking_line(tr("Your role, such as team lead"), tr("Role"))
        self.expires = asking_line(tr("Until when, such as 2027-06"), tr("Set aside until"))
        self.refusal = QLabel()
        self.refusal.setObjectName("refusal")
        self.refusal.setTextFormat(Qt.TextFormat.PlainText)
        self.refusal.setWordWrap(True)
        self.mute_button = QPushButton(tr("Set aside"))
        self.mute_button.clicked.connect(self.mute_it)
        self.cancel_button = QPushButton(tr("Cancel"))
        self.cancel_button.clicked.connect(self._close)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.mute_button)
        buttons.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        for field in (self.reason, self.role, self.expires):
            field.returnPressed.connect(self.mute_it)
            layout.addWidget(field)
        layout.addWidget(self.refusal)
        layout.addLayout(buttons)
        self.hide()

    def ask_about(self, rule_id: str, targets: tuple[Key, ...]) -> None:
        """Ask for one finding by its targets, or without any for all of a rule."""
        self._rule_id, self._targets = rule_id, targets
        self.reason.clear()
        self.expires.clear()
        self.refusal.hide()
        self.show()
        self.reason.setFocus()

    def mute_it(self) -> None:
        """Set it aside as the fields say, or say what is missing."""
        text = self.expires.text().strip()
        try:
            mute(
                self._workspace.document,
                self._rule_id,
                self._targets,
                reason=self.reason.text(),
                author_role=self.role.text(),
                expires=parse_date(text) if text else None,
            )
        except Refusal as refusal:
            self.refusal.setText(refusal.message)
            self.refusal.show()
        else:
            self._close()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


def mute_in_words(record: Mute) -> str:
    """Why, by whom and until when a warning is set aside."""
    return tr(
        "Set aside by {role} until {date}: {reason}",
        role=record.author_role or tr("a role not recorded"),
        date=date_words(record.expires) or tr("further notice"),
        reason=record.reason or tr("no reason recorded"),
    )


def let_stand(workspace: Workspace, mute_id: str) -> None:
    """Take a mute back."""
    if workspace.document.get("mutes", mute_id) is not None:
        workspace.attempt(lambda: unmute(workspace.document, mute_id))
