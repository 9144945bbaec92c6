"""Pushing the map about with the middle button or with space held down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resources.text import tr
from widgets.canvas.gestures.base import Gesture

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF, Qt

    from widgets.canvas.canvas import MapCanvas


class Pan(Gesture):
    """The map follows the pointer; cancelling brings the old view back."""

    def __init__(self, canvas: MapCanvas, start: QPointF) -> None:
        """Remember the view."""
        super().__init__(canvas, start)
        self._before = canvas.camera
        self._last = start

    def move(self, point: QPointF, _modifiers: Qt.KeyboardModifier) -> None:
        """Push the map on."""
        step = point - self._last
        self._last = point
        self.canvas.set_camera(self.canvas.camera.panned(step.x(), step.y()))

    def cancel(self) -> None:
        """Go back to the view before."""
        self.canvas.set_camera(self._before)

    def hint(self) -> str:
        """What is going on."""
        return tr("Moves the view. Esc goes back.")
