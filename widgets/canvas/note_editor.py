"""Typing a note in its place on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit

from resources.text import tr
from widgets.canvas.typing_in_place import TypingInPlace, is_enter

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget


class NoteEditor(QPlainTextEdit):
    """A slip to type on: Ctrl+Enter or leaving keeps the text, Esc drops it.

    Signals:
        done: the new text; emitted once.
        dropped: Esc was pressed.
    """

    done = Signal(str)
    dropped = Signal()

    def __init__(self, parent: QWidget, text: str, place: QRect) -> None:
        """Open over a place in pixels of the parent."""
        super().__init__(text, parent)
        self.setAccessibleName(tr("Text of the note"))
        self.setPlaceholderText(tr("Type the note; Ctrl+Enter keeps it."))
        self.setTabChangesFocus(True)
        self.setGeometry(place)
        self.selectAll()
        typing = TypingInPlace(self, self.toPlainText, _ends)
        typing.done.connect(self.done)
        typing.dropped.connect(self.dropped)


def _ends(event: QKeyEvent) -> bool:
    return is_enter(event) and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
