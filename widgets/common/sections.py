"""Headed parts of a panel that can be folded away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from resources.text import tr
from widgets.common.announcing import announce
from widgets.common.theme import GRID


class Section(QWidget):
    """A heading with an arrow, and a body below it.

    Attributes:
        is_open: whether the body shows.

    Signals:
        toggled: whether it is open now.
    """

    toggled = Signal(bool)

    def __init__(self, title: str, *, is_open: bool = True) -> None:
        """Begin with an empty body."""
        super().__init__()
        self.head = QToolButton()
        self.head.setObjectName("section")
        self.head.setText(title)
        self.head.setAccessibleName(title)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.body = QWidget()
        self.rows = QVBoxLayout(self.body)
        self.rows.setContentsMargins(0, 0, 0, 2 * GRID)
        self.rows.setSpacing(GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.body)
        self.head.clicked.connect(lambda _checked=False: self._press())
        self.is_open = is_open
        self._show()

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self.head.setText(title)
        self.head.setAccessibleName(title)

    def open(self, *, on: bool = True) -> None:
        """Open it, or fold it away."""
        if on != self.is_open:
            self.is_open = on
            self._show()
            self.toggled.emit(on)

    def _press(self) -> None:
        self.open(on=not self.is_open)
        announce(self.head, tr("open") if self.is_open else tr("folded away"))

    def _show(self) -> None:
        # Not a button to be checked: screen readers would tell a tick where there is none.
        arrow = Qt.ArrowType.DownArrow if self.is_open else Qt.ArrowType.RightArrow
        self.head.setArrowType(arrow)
        self.head.setAccessibleDescription(
            tr("Open; fold it away") if self.is_open else tr("Folded away; open it")
        )
        self.body.setVisible(self.is_open)
