"""Headed parts of a panel that can be folded away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from widgets.common.theme import GRID


class Section(QWidget):
    """A heading with an arrow, and a body below it.

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
        self.head.setCheckable(True)
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
        self.head.toggled.connect(self._follow)
        self.head.setChecked(is_open)
        self._follow(is_open)

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self.head.setText(title)
        self.head.setAccessibleName(title)

    def _follow(self, is_open: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow
        self.head.setArrowType(arrow)
        self.body.setVisible(is_open)
        self.toggled.emit(is_open)
