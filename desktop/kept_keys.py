"""Del and F2 while the keyboard is in a panel that does not show what they would act on.

A shortcut of the window works wherever the keyboard is. Whoever presses Del at a choice in the
inspector means that choice and no actor; so there Del removes nothing and says where it does, and
F2 goes to the field with the name. Fields in which one types have both keys for themselves anyway.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.map_actions import OWN_EDITORS
from resources.text import tr

if TYPE_CHECKING:
    from desktop.panels import Panels

_ASKED: Final = {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}


class KeptKeys(QObject):
    """Keeps the two keys from the window while a docked panel has the keyboard."""

    def __init__(self, panels: Panels) -> None:
        """Listen to the panels; keys that one of their parts takes never come here."""
        super().__init__(panels.map)
        self._panels = panels
        for panel in panels.docked().values():
            panel.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the key from the window when it is offered, and act when it comes."""
        if event.type() not in _ASKED or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.modifiers() or isinstance(QApplication.focusWidget(), OWN_EDITORS):
            return super().eventFilter(watched, event)
        to_name = event.key() == Qt.Key.Key_F2 and watched is self._panels.inspector
        if event.key() != Qt.Key.Key_Delete and not to_name:
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            if to_name:
                self._panels.inspector.to_name()
            else:
                self._panels.map.workspace.hinted.emit(_where())
        return True


def _where() -> str:
    return tr(
        "Del removes what is selected on the map, on the timeline or in a table: F6 goes there."
    )
