"""One item in the list: state, title, words; opens to the question below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from widgets.checklist.states import state_symbol, state_words
from widgets.common.icons import icon
from widgets.common.rows import RowButton
from widgets.common.theme import GRID, ICON_SIZE

if TYPE_CHECKING:
    from model.donoharm.assessment import Standing
    from widgets.common.workspace import Workspace

_INDENT = ICON_SIZE + GRID + 3  # border, padding and distance of the row's button


class ItemRow(QFrame):
    """An item with its standing.

    Signals:
        pressed: id of the item; the panel opens or closes it.
    """

    pressed = Signal(str)

    def __init__(self, workspace: Workspace, standing: Standing) -> None:
        """Make a closed row."""
        super().__init__()
        self.setObjectName("item")
        self._workspace = workspace
        self.standing = standing
        self.head = RowButton(standing.item.label)
        self.head.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.head.clicked.connect(lambda _=False: self.pressed.emit(self.standing.item.id))
        self.words = QLabel()
        self.words.setObjectName("muted")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setContentsMargins(_INDENT, 0, GRID, 0)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, GRID // 2, 0, GRID)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.head)
        self._layout.addWidget(self.words)
        self._shown: tuple[str, ...] = ()
        self.show_standing(standing)

    def show_standing(self, standing: Standing) -> None:
        """Show how the item stands now."""
        self.standing = standing
        name, colour = state_symbol(standing, self._workspace.style)
        words = state_words(standing)
        shown = (name, colour, words)
        if shown == self._shown:  # Qt would lay out and paint the whole list anew
            return
        self._shown = shown
        self.head.setIcon(icon(name, colour))
        self.words.setText(words)
        self.head.setAccessibleName(f"{standing.item.label}: {words}")
        self.head.setAccessibleDescription(standing.item.question)

    def open_with(self, detail: QWidget) -> None:
        """Show the opened item below the title."""
        self._layout.addWidget(detail)
        detail.show()
        self._mark(opened=True)

    def close_up(self) -> None:
        """Show the title only."""
        self._mark(opened=False)

    def _mark(self, *, opened: bool) -> None:
        self.setProperty("opened", opened)
        self.style().unpolish(self)
        self.style().polish(self)
