"""What stands under a field that open red flags hold up: the flags, and a way past them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from resources.text import plural, tr
from widgets.common.lines import asking_line
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from model.donoharm.gates import GateRefusal


class GateBox(QFrame):
    """Names the open red flags and asks for a reason, which the decision log keeps.

    Signals:
        went_on: the reason, and the role of the person who decides.
        gave_up: the field is to say again what stands.
    """

    went_on = Signal(str, str)
    gave_up = Signal()

    def __init__(self, refusal: GateRefusal) -> None:
        """Show the flags of a refusal."""
        super().__init__()
        self.setObjectName("gate")
        flags = "\n".join(f"• {one}" for one in refusal.flags)
        count = len(refusal.flags)
        heading = plural("{count} red flag is open", "{count} red flags are open", count)
        self.reason = asking_line(tr("Why is it right to go on?"), tr("Reason for going on"))
        self.role = asking_line(tr("Who decides (a role)"), tr("Who decides"))
        self.go_on = QPushButton(tr("Go on, and log the reason"))
        self.go_on.setEnabled(False)
        self.give_up = QPushButton(tr("Leave it as it was"))
        self.reason.textChanged.connect(lambda text: self.go_on.setEnabled(bool(text.strip())))
        self.reason.returnPressed.connect(self._go)
        self.role.returnPressed.connect(self._go)
        self.go_on.clicked.connect(self._go)
        self.give_up.clicked.connect(self.gave_up)
        buttons = QVBoxLayout()  # beside each other their words would be cut in a narrow dock
        buttons.setSpacing(GRID // 2)
        buttons.addWidget(self.go_on)
        buttons.addWidget(self.give_up)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        for text, name in ((heading, "gateHeading"), (flags, "muted")):
            label = QLabel(text)
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addWidget(self.reason)
        layout.addWidget(self.role)
        layout.addLayout(buttons)

    def _go(self) -> None:
        if self.reason.text().strip():
            self.went_on.emit(self.reason.text().strip(), self.role.text().strip())
