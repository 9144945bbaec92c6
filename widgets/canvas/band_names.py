"""The strip at the left edge of the map that bears the names of the bands, always readable."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QPolygonF

from model.drawing.bands import band_title
from model.drawing.primitives import Label
from widgets.canvas.overlay import CHEVRON, STRIP
from widgets.canvas.strokes import qt_colour

if TYPE_CHECKING:
    from model.drawing.bands import Band
    from model.drawing.style import StyleSheet
    from widgets.canvas.view import MapView


class _Part(NamedTuple):
    """What the strip shows of a band: from where to where, and where its arrow is."""

    band: Band
    top: float
    bottom: float
    arrow: float


class BandNames:
    """Each band's name in the middle of what is seen of the band; drawn anew when that changes.

    An arrow at the top of what is seen collapses the band, or opens it.
    """

    def __init__(self, view: MapView) -> None:
        """Begin without a picture."""
        self._view = view
        self._picture = QPixmap()
        self._shown: tuple[object, ...] = ()

    def paint(self, painter: QPainter) -> None:
        """Show the strip; the painter is in logical pixels."""
        view, style = self._view, self._view.workspace.style
        ratio, parts = view.devicePixelRatioF(), self._parts()
        shown = (view.height(), ratio, style.medium, tuple(parts))
        if shown != self._shown:
            self._shown = shown
            self._picture = QPixmap(QSize(round(STRIP * ratio), round(view.height() * ratio)))
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            brush = QPainter(self._picture)
            brush.setRenderHint(QPainter.RenderHint.Antialiasing)
            for part in parts:
                self._draw(brush, part, style)
            brush.end()
        painter.drawPixmap(0, 0, self._picture)

    def _parts(self) -> list[_Part]:
        entries = self._view.scene.bands.entries
        camera, height = self._view.camera, float(self._view.height())
        parts: list[_Part] = []
        for band in entries:
            _, top = camera.to_screen(0.0, band.top)
            _, bottom = camera.to_screen(0.0, band.bottom)
            arrow = max(0.0, top) + STRIP / 2
            top = 0.0 if band is entries[0] else max(0.0, top)
            bottom = height if band is entries[-1] else min(height, bottom)
            if bottom - top >= 6:
                parts.append(_Part(band, top, bottom, arrow))
        return parts

    def _draw(self, painter: QPainter, part: _Part, style: StyleSheet) -> None:
        band, top, bottom, arrow = part
        engine, look = self._view.workspace.text_engine, style.band(band.code)
        painter.fillRect(QRectF(0, top, STRIP, bottom - top), qt_colour(look.header))
        if bottom - arrow > (CHEVRON if band.collapsed else STRIP):
            _draw_arrow(painter, arrow, look.ink, collapsed=band.collapsed)
            top = max(top, arrow + CHEVRON)
        title = band_title(band, bottom - top, engine)
        if title is None:
            return
        place = (STRIP / 2, (top + bottom) / 2)
        label = Label(
            *place, title[0], look.ink, horizontal="centre", vertical="middle", turn=title[1]
        )
        self._view.renderer.primitives.paint(painter, [label])


def _draw_arrow(painter: QPainter, y: float, colour: str, *, collapsed: bool) -> None:
    """A small triangle: pointing right at a collapsed band, down at an open one."""
    x, half = STRIP / 2, 4.0
    corners = [(x - half, y - half / 2), (x + half, y - half / 2), (x, y + half)]
    if collapsed:
        corners = [(x - half / 2, y - half), (x - half / 2, y + half), (x + half, y)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(qt_colour(colour))
    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
