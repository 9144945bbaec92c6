"""Setting a shipped item aside for the project: why and by whom, asked below its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from model.commands.asides import set_item_aside
from model.refusals import Refusal
from resources.text import tr
from widgets.common.flow_layout import FlowLayout
from widgets.common.lines import asking_line
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from widgets.common.workspace import Workspace


class AsideForm(QWidget):
    """A button that asks for reason and role; what is missing is said at the spot."""

    def __init__(self, workspace: Workspace, item_id: str) -> None:
        """Offer to set one item aside."""
        super().__init__()
        self._workspace, self._item_id = workspace, item_id
        self.begin = QPushButton(tr("Ask no more in this project…"))
        self.begin.setToolTip(tr("The item keeps its number; exports say why it was set aside."))
        self.begin.clicked.connect(lambda _=False: self._ask(asking=True))
        self.reason = asking_line(tr("Why does it not fit this project?"), tr("Reason"))
        self.role = asking_line(tr("Your role, such as team lead"), tr("Role"))
        self.refusal = QLabel()
        self.refusal.setObjectName("refusal")
        self.refusal.setTextFormat(Qt.TextFormat.PlainText)
        self.refusal.setWordWrap(True)
        self.confirm = QPushButton(tr("Set aside"))
        self.confirm.clicked.connect(lambda _=False: self.submit())
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.clicked.connect(lambda _=False: self._ask(asking=False))
        buttons = FlowLayout()
        for one in (self.begin, self.confirm, self.cancel):
            buttons.addWidget(one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        for field in (self.reason, self.role):
            field.returnPressed.connect(self.submit)
            layout.addWidget(field)
        layout.addWidget(self.refusal)
        layout.addLayout(buttons)
        self._ask(asking=False)

    def submit(self) -> None:
        """Set the item aside as the fields say, or say what is missing."""
        try:
            set_item_aside(
                self._workspace.document,
                self._item_id,
                reason=self.reason.text(),
                author_role=self.role.text(),
                as_of=self._workspace.as_of,
            )
        except Refusal as refusal:
            self.refusal.setText(refusal.message)
            self.refusal.show()

    def _ask(self, *, asking: bool) -> None:
        for one in (self.reason, self.role, self.confirm, self.cancel):
            one.setVisible(asking)
        self.begin.setVisible(not asking)
        self.refusal.hide()
        if asking:
            self.reason.setFocus()
