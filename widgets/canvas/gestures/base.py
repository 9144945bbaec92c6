"""What every gesture is: it previews locally, commits once at the end, and Esc leaves no trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF, Qt
    from PySide6.QtGui import QPainter

    from widgets.canvas.canvas import MapCanvas

DRAG_START = 4.0
"""Pixels that the pointer must move before a press becomes a drag."""


class Gesture:
    """A gesture in progress on a canvas."""

    def __init__(self, canvas: MapCanvas, start: QPointF) -> None:
        """Begin at a pixel."""
        self.canvas = canvas
        self.start = start

    def move(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer; changes nothing but the preview."""

    def finish(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Do what the hint said."""

    def cancel(self) -> None:
        """Leave everything as it was before the gesture."""

    def break_off(self) -> None:
        """End without a release: what was moved stays there, anything else is left as before."""
        self.cancel()

    def hint(self) -> str:
        """What release would do now, in the user's words."""
        return ""

    def paint(self, painter: QPainter) -> None:
        """Draw the preview over the map, in pixels."""


def far_enough(start: QPointF, point: QPointF) -> bool:
    """Whether a press has become a drag."""
    return (point - start).manhattanLength() >= DRAG_START
