"""What the empty map says: how to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from resources.text import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class EmptyMap(QFrame):
    """A card over the empty map that teaches the first steps.

    Signals:
        add_wanted: the button was pressed.
    """

    add_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Lie over the parent."""
        super().__init__(parent)
        self._ground = parent
        self.setObjectName("emptyState")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(8)
        title = self._label(tr("Who takes part in this peace process?"))
        font = title.font()
        font.setPixelSize(18)
        font.setBold(True)
        title.setFont(font)
        layout.addWidget(title)
        for text in (
            tr("1. Drag a kind of actor from the palette onto its track, or double-click the map."),
            tr("2. Type the name and press Enter."),
            tr("3. Point at a card and drag from one of its round handles to another card."),
            tr("Without a mouse: Insert adds an actor, L links it; F1 lists all keys."),
        ):
            layout.addWidget(self._label(text))
        button = QPushButton(tr("Add the first actor"))
        button.setDefault(True)
        button.clicked.connect(self.add_wanted)
        layout.addSpacing(8)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def settle(self) -> None:
        """Move to the middle of the parent."""
        parent = self._ground
        self.adjustSize()
        width = min(self.width(), max(200, parent.width() - 64))
        self.resize(
            width, self.heightForWidth(width) if self.hasHeightForWidth() else self.height()
        )
        self.move((parent.width() - self.width()) // 2, (parent.height() - self.height()) // 2)

    def _label(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setMinimumWidth(420)
        return label
