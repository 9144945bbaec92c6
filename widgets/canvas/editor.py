"""Typing a card's name in its place on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QLineEdit

from resources.text import tr
from widgets.canvas.typing_in_place import TypingInPlace, is_enter

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class NameEditor(QLineEdit):
    """A line over a card: Enter or leaving keeps the text, Esc drops it.

    Signals:
        done: the new text; emitted once.
        dropped: Esc was pressed.
    """

    done = Signal(str)
    dropped = Signal()

    def __init__(self, parent: QWidget, name: str, place: QRectF) -> None:
        """Open over a place in pixels of the parent, everything selected."""
        super().__init__(name, parent)
        self.setAccessibleName(tr("Name of the actor"))
        self.setMaxLength(300)
        height = max(28, self.sizeHint().height())
        width = max(200, round(place.width()))
        # A card may reach out of the picture; what is typed must be seen all the same.
        x = max(0, min(round(place.left()), parent.width() - width))
        y = max(0, min(round(place.center().y() - height / 2), parent.height() - height))
        self.setGeometry(x, y, width, height)
        self.selectAll()
        typing = TypingInPlace(self, self.text, is_enter)
        typing.done.connect(self.done)
        typing.dropped.connect(self.dropped)
