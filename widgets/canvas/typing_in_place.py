"""What all fields over the map have in common in which one types something in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget


class TypingInPlace(QObject):
    """Shows a field, and ends it: by a key or by leaving the text is kept, Esc drops it.

    Signals:
        done: the new text; emitted once.
        dropped: Esc was pressed.
    """

    done = Signal(str)
    dropped = Signal()

    def __init__(
        self, field: QWidget, text: Callable[[], str], ends: Callable[[QKeyEvent], bool]
    ) -> None:
        """Show a field that has its text and place.

        Args:
            field: goes away at the end.
            text: what is in it.
            ends: whether a key keeps the text.
        """
        super().__init__(field)
        self._field, self._text, self._ends = field, text, ends
        self._closed = False
        field.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep keys from shortcuts of the window; see to the keys that end, and to leaving."""
        match event.type():
            case QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            case QEvent.Type.KeyPress:
                return self._ended_by(cast("QKeyEvent", event))
            case QEvent.Type.FocusOut:
                # A menu over the field is no leaving.
                if cast("QFocusEvent", event).reason() != Qt.FocusReason.PopupFocusReason:
                    self._close(keep=True)
        return super().eventFilter(watched, event)

    def _ended_by(self, event: QKeyEvent) -> bool:
        drops = event.key() == Qt.Key.Key_Escape
        ends = drops or self._ends(event)
        if ends:
            self._close(keep=not drops)
        return ends

    def _close(self, *, keep: bool) -> None:
        if self._closed:
            return
        self._closed = True
        field = self._field
        below = field.parentWidget()
        if field.hasFocus() and below is not None:
            # Hiding would hand the focus on as Tab does, and Tab on the map chooses another card.
            below.setFocus(Qt.FocusReason.OtherFocusReason)
        field.hide()
        if keep:
            self.done.emit(self._text())
        else:
            self.dropped.emit()
        field.deleteLater()


def is_enter(event: QKeyEvent) -> bool:
    """Whether a key is Enter, of either kind."""
    return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
