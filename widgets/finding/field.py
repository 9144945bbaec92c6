"""A line of text whose arrow keys, Enter and Esc belong to the list of results below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}


class SearchField(QLineEdit):
    """What one types to find something.

    Signals:
        stepped: another line of the list is wanted, so many further on.
        entered: Enter was pressed; 1, or -1 with Shift.
        escaped: Esc was pressed.
    """

    stepped = Signal(int)
    entered = Signal(int)
    escaped = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep Esc from shortcuts of the window while one types here."""
        if event.type() is QEvent.Type.ShortcutOverride:
            key = event.key()  # type: ignore[attr-defined]
            if key == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand on the keys that are meant for the list."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.entered.emit(-1 if back else 1)
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
