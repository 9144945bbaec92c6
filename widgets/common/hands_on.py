"""A panel that hands the keyboard on to one of its parts.

A focus proxy would do that too, but Qt then takes the proxy for the first stop of Tab within the
panel and skips all that stands before it: the filter above a table, the buttons above a timeline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent


class HandsOn(QWidget):
    """Takes no keys itself; Tab goes through its parts from the first on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Keep the keyboard until there is a part."""
        super().__init__(parent)
        self.keyboard_part: QWidget | None = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The part gets it."""
        if self.keyboard_part is None:
            super().focusInEvent(event)
        else:
            self.keyboard_part.setFocus(event.reason())
