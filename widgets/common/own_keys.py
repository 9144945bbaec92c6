"""Keys that a list or table keeps for itself although the window has them, too.

A shortcut of the window comes before the keys of what has the keyboard, and two that both fit
cancel each other: Del in a table did nothing. What is named here is never offered to the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QAbstractItemView

_ASKED = {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}


class OwnKeys(QObject):
    """Answers the keys of a view; those of an editor within it stay with the editor."""

    def __init__(
        self, view: QAbstractItemView, commands: Mapping[str, Callable[[], object]]
    ) -> None:
        """Listen to a view; keys are in Qt's portable notation."""
        super().__init__(view)
        self._view = view
        self._commands = dict(commands)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the key from the window when it is offered, and act when it comes."""
        if event.type() not in _ASKED or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        keys = QKeySequence(event.keyCombination())
        command = self._commands.get(keys.toString(QKeySequence.SequenceFormat.PortableText))
        if command is None or self._view.state() == self._view.State.EditingState:
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            command()
        return True
