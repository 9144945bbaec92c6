"""Typing a card's name in its place on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtWidgets import QLineEdit

from resources.text import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent
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
        self._closed = False
        self.setAccessibleName(tr("Name of the actor"))
        self.setMaxLength(300)
        height = max(28, self.sizeHint().height())
        width = max(200, round(place.width()))
        x, y = round(place.left()), round(place.center().y() - height / 2)
        self.setGeometry(x, y, width, height)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Esc and Enter from reaching shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Esc drops."""
        if event.key() == Qt.Key.Key_Escape:
            self._close(keep=False)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._close(keep=True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Going elsewhere keeps the text; a menu over the line does not count."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._close(keep=True)

    def _close(self, *, keep: bool) -> None:
        if self._closed:
            return
        self._closed = True
        below = self.parentWidget()
        if self.hasFocus() and below is not None:
            # Hiding would hand the focus on as Tab does, and Tab on the map chooses another card.
            below.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        if keep:
            self.done.emit(self.text())
        else:
            self.dropped.emit()
        self.deleteLater()
