"""Dragging the lower border of a band, on the strip with its name: the band gets another height."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from model.commands.arranging import LEAST_HEIGHT, set_band_height
from resources.text import tr
from widgets.canvas.gestures.base import Gesture, far_enough
from widgets.canvas.gestures.grid import GRID
from widgets.canvas.overlay import STRIP
from widgets.canvas.strokes import qt_colour

if TYPE_CHECKING:
    from widgets.canvas.canvas import MapCanvas

_REACH = 5.0


def border_at(canvas: MapCanvas, point: QPointF) -> str:
    """Code of the band whose lower border is under a pixel of the strip; "" for none."""
    if point.x() > STRIP:
        return ""
    for band in canvas.scene.bands.entries:
        _, y = canvas.camera.to_screen(0.0, band.bottom)
        if abs(y - point.y()) <= _REACH:
            return band.code
    return ""


class BandBorderDrag(Gesture):
    """The bands below follow with their cards; a band never gets lower than its cards need."""

    def __init__(self, canvas: MapCanvas, start: QPointF, code: str) -> None:
        """Take hold of the lower border of a band."""
        super().__init__(canvas, start)
        self._band = canvas.scene.bands.band(code)
        self._height = self._band.height

    def move(self, point: QPointF, _modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer."""
        if far_enough(self.start, point):
            way = (point.y() - self.start.y()) / self.canvas.camera.scale
            self._height = max(LEAST_HEIGHT, GRID * round((self._band.height + way) / GRID))
        self.canvas.update()

    def finish(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Give the band its height."""
        self.move(point, modifiers)
        self.break_off()

    def break_off(self) -> None:
        """Give the band the height that it was drawn to."""
        if self._height != self._band.height:
            document = self.canvas.workspace.document
            self.canvas.workspace.attempt(
                lambda: set_band_height(document, self._band.code, self._height)
            )

    def cancel(self) -> None:
        """Leave the band as it was."""
        self.canvas.update()

    def hint(self) -> str:
        """What release does."""
        name = self._band.title
        if self._height == self._band.height:
            return tr("Drag to make {track} higher or lower.", track=name)
        return tr(
            "Release changes the height of {track}; its cards keep their room. Esc puts it back.",
            track=name,
        )

    def paint(self, painter: QPainter) -> None:
        """The border where it would go."""
        canvas = self.canvas
        _, y = canvas.camera.to_screen(0.0, self._band.top + self._height)
        painter.setPen(QPen(qt_colour(canvas.interaction.selected.colour), 2))
        painter.drawLine(QPointF(0.0, y), QPointF(float(canvas.width()), y))
