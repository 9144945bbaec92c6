"""Typing a note in its place on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit

from resources.text import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent
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
        self._closed = False
        self.setAccessibleName(tr("Text of the note"))
        self.setPlaceholderText(tr("Type the note; Ctrl+Enter keeps it."))
        self.setTabChangesFocus(True)
        self.setGeometry(place)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep keys from reaching shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps, Esc drops."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Escape:
            self._close(keep=False)
        elif is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._close(keep=True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Going elsewhere keeps the text; a menu over the slip does not count."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._close(keep=True)

    def _close(self, *, keep: bool) -> None:
        if self._closed:
            return
        self._closed = True
        below = self.parentWidget()
        if self.hasFocus() and below is not None:
            below.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        if keep:
            self.done.emit(self.toPlainText())
        else:
            self.dropped.emit()
        self.deleteLater()
