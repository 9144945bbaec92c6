"""Arrow heads and barriers as Qt draws them quickly: strokes in one call, kept polygons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPen, QPolygonF

from model.drawing.linkage import barrier, head
from model.drawing.primitives import Ellipse, Polyline, Stroke
from widgets.canvas.strokes import Pieces, draw_pieces, pieces, qt_colour

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPainter

    from model.drawing.linkage import LinkLook
    from model.drawing.parts import Link
    from model.drawing.style import StyleSheet


class HeadShapes(msgspec.Struct, frozen=True):
    """The end mark of one link: strokes, a filled polygon, or a ring."""

    stroke: Stroke | None = None
    strokes: Pieces | None = None
    polygon: QPolygonF | None = None
    ring: tuple[QPointF, float] | None = None


_NOTHING = HeadShapes()


class Heads:
    """Keeps end marks by link."""

    def __init__(self, style: StyleSheet) -> None:
        """Start without any."""
        self._style = style
        self._kept: dict[str, tuple[Link, HeadShapes]] = {}

    def draw(self, painter: QPainter, links: Iterable[tuple[Link, LinkLook]]) -> None:
        """Draw the end marks of links; the painter is in map units."""
        strokes: dict[Stroke, list[Pieces]] = {}
        filled: dict[str, list[QPolygonF]] = {}
        rings: dict[str, list[tuple[QPointF, float]]] = {}
        for link, look in links:
            shapes = self._shapes(link, look)
            if shapes.strokes is not None and shapes.stroke is not None:
                strokes.setdefault(shapes.stroke, []).append(shapes.strokes)
            elif shapes.polygon is not None:
                filled.setdefault(look.stroke.colour, []).append(shapes.polygon)
            elif shapes.ring is not None:
                rings.setdefault(look.stroke.colour, []).append(shapes.ring)
        for stroke, rows in strokes.items():
            painter.setPen(QPen(qt_colour(stroke.colour), stroke.width))
            draw_pieces(painter, np.concatenate(rows))
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, polygons in filled.items():
            painter.setBrush(qt_colour(colour))
            for polygon in polygons:
                painter.drawConvexPolygon(polygon)
        painter.setBrush(qt_colour(self._style.surface))
        for colour, circles in rings.items():
            painter.setPen(QPen(qt_colour(colour), 1.6))
            for centre, radius in circles:
                painter.drawEllipse(centre, radius, radius)

    def _shapes(self, link: Link, look: LinkLook) -> HeadShapes:
        kept = self._kept.get(link.id)
        if kept is None or kept[0] is not link:
            kept = self._kept[link.id] = (link, self._made(link, look))
        return kept[1]

    def _made(self, link: Link, look: LinkLook) -> HeadShapes:
        if link.content.state == "keep_apart":
            bars = [bar for bar in barrier(link.route, look) if isinstance(bar, Polyline)]
            rows = np.concatenate([pieces(bar.points) for bar in bars])
            return HeadShapes(stroke=bars[0].stroke, strokes=rows)
        if not link.content.directed:
            return _NOTHING
        shape = head(link.route, look, self._style)
        if isinstance(shape, Ellipse):
            return HeadShapes(ring=(QPointF(shape.cx, shape.cy), shape.rx))
        if isinstance(shape, Polyline) and shape.closed:
            numbers = shape.points
            corners = [QPointF(*numbers[i : i + 2]) for i in range(0, len(numbers), 2)]
            return HeadShapes(polygon=QPolygonF(corners))
        if isinstance(shape, Polyline):
            return HeadShapes(stroke=shape.stroke, strokes=pieces(shape.points))
        return _NOTHING
