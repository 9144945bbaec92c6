"""Dragging a band by its name strip to another position; its cards go along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from resources.text import tr
from widgets.canvas.gestures.base import Gesture, far_enough
from widgets.canvas.overlay import CHEVRON, STRIP
from widgets.canvas.strokes import qt_colour

if TYPE_CHECKING:
    from widgets.canvas.canvas import MapCanvas


class BandMove(Gesture):
    """A press on a name strip: a drag moves the band, a click on its arrow collapses it."""

    def __init__(self, canvas: MapCanvas, start: QPointF, code: str) -> None:
        """Take hold of a band."""
        super().__init__(canvas, start)
        self._code = code
        self._point = start
        self._moves = False

    def move(self, point: QPointF, _modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer."""
        self._moves = self._moves or far_enough(self.start, point)
        self._point = point
        self.canvas.update()

    def finish(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Put the band to its new position, or open or collapse it."""
        if self._moves:
            self.move(point, modifiers)
            if self._position() != self._now():
                self.canvas.bands.move(self._code, self._position())
        elif abs(point.y() - self._arrow()) <= CHEVRON:
            self.canvas.bands.toggle(self._code)

    def break_off(self) -> None:
        """Leave a band that was moved where it is."""
        if self._moves:
            self.finish(self._point, Qt.KeyboardModifier.NoModifier)
        else:
            self.cancel()

    def cancel(self) -> None:
        """Leave the bands as they are."""
        self.canvas.update()

    def hint(self) -> str:
        """What release does."""
        band = self.canvas.scene.bands.band(self._code)
        if not self._moves:
            return tr("Drag to put {track} elsewhere; its menu has more.", track=band.title)
        position = self._position()
        others = [one for one in self.canvas.scene.bands.entries if one.code != self._code]
        if position == self._now():
            return tr("Release leaves {track} where it is.", track=band.title)
        if position < len(others):
            return tr(
                "Release puts {track} above {other}; its actors go along. Esc leaves it.",
                track=band.title,
                other=others[position].title,
            )
        return tr(
            "Release puts {track} below {other}; its actors go along. Esc leaves it.",
            track=band.title,
            other=others[-1].title,
        )

    def paint(self, painter: QPainter) -> None:
        """A shade over the band and a line where it would go."""
        if not self._moves:
            return
        canvas = self.canvas
        band = canvas.scene.bands.band(self._code)
        _, top = canvas.camera.to_screen(0.0, band.top)
        _, bottom = canvas.camera.to_screen(0.0, band.bottom)
        colour = qt_colour(canvas.interaction.selected.colour)
        colour.setAlpha(36)
        painter.fillRect(QRectF(0, top, canvas.width(), bottom - top), colour)
        others = [one for one in canvas.scene.bands.entries if one.code != self._code]
        position = self._position()
        edge = others[position].top if position < len(others) else others[-1].bottom
        _, y = canvas.camera.to_screen(0.0, edge)
        painter.setPen(QPen(qt_colour(canvas.interaction.selected.colour), 3))
        painter.drawLine(QPointF(0.0, y), QPointF(float(canvas.width()), y))

    def _arrow(self) -> float:
        band = self.canvas.scene.bands.band(self._code)
        _, top = self.canvas.camera.to_screen(0.0, band.top)
        return max(0.0, top) + STRIP / 2

    def _now(self) -> int:
        return self.canvas.scene.bands.codes.index(self._code)

    def _position(self) -> int:
        """How many of the other bands have their middle above the pointer."""
        _, y = self.canvas.map_point(self._point)
        others = [one for one in self.canvas.scene.bands.entries if one.code != self._code]
        return sum(one.top + one.height / 2 < y for one in others)
