"""Arrow heads and barriers as Qt draws them quickly: strokes in one call, kept polygons."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QPainterPath, QPen, QPolygonF

from model.drawing.linkage import barrier, head
from model.drawing.primitives import Ellipse, Polyline, Stroke
from widgets.canvas.strokes import qt_colour
from widgets.common.dashes import draw_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPainter

    from model.drawing.linkage import LinkLook
    from model.drawing.parts import Link
    from model.drawing.style import StyleSheet

_Piece = tuple[float, float, float, float]

_ROUND = [(math.cos(turn * math.pi / 12), math.sin(turn * math.pi / 12)) for turn in range(24)]
"""The corners of what passes for a circle at the size of an end mark."""
_TOGETHER = 24
"""So many shapes are filled in one go: Qt is slow with one by one, and slower with hundreds."""


class HeadShapes(msgspec.Struct, frozen=True):
    """The end mark of one link: strokes, or a filled polygon, maybe with a hole."""

    stroke: Stroke | None = None
    strokes: tuple[_Piece, ...] = ()
    polygon: QPolygonF | None = None
    hole: QPolygonF | None = None


_NOTHING = HeadShapes()


class Heads:
    """Keeps end marks by link."""

    def __init__(self, style: StyleSheet) -> None:
        """Start without any."""
        self._style = style
        self._kept: dict[str, HeadShapes] = {}

    def forget(self, link_ids: Iterable[str] | None) -> None:
        """These links have changed, or all."""
        if link_ids is None:
            self._kept.clear()
            return
        for link_id in link_ids:
            self._kept.pop(link_id, None)

    def draw(self, painter: QPainter, links: Iterable[tuple[Link, LinkLook]]) -> None:
        """Draw the end marks of links, quickest from top to bottom; the painter is in map units."""
        strokes: dict[Stroke, list[_Piece]] = {}
        filled: dict[str, list[QPolygonF]] = {}
        holes: list[QPolygonF] = []
        for link, look in links:
            shapes = self._kept.get(link.id) or self._make(link, look)
            if shapes is _NOTHING:
                continue
            if shapes.stroke is not None:
                strokes.setdefault(shapes.stroke, []).extend(shapes.strokes)
            elif shapes.polygon is not None:
                filled.setdefault(look.stroke.colour, []).append(shapes.polygon)
                if shapes.hole is not None:
                    holes.append(shapes.hole)
        for stroke, rows in strokes.items():
            painter.setPen(QPen(qt_colour(stroke.colour), stroke.width))
            draw_pieces(painter, np.array(rows))
        for colour, polygons in filled.items():
            _fill(painter, polygons, colour)
        _fill(painter, holes, self._style.surface)

    def _make(self, link: Link, look: LinkLook) -> HeadShapes:
        shapes = self._kept[link.id] = self._made(link, look)
        return shapes

    def _made(self, link: Link, look: LinkLook) -> HeadShapes:
        if link.content.state == "keep_apart":
            bars = [bar for bar in barrier(link.route, look) if isinstance(bar, Polyline)]
            found = tuple(piece for bar in bars for piece in _pieces(bar))
            return HeadShapes(stroke=bars[0].stroke, strokes=found)
        if not link.content.directed:
            return _NOTHING
        shape = head(link.route, look, self._style)
        if isinstance(shape, Ellipse):
            width = shape.stroke.width if shape.stroke is not None else 0.0
            outer, inner = shape.rx + width / 2, shape.rx - width / 2
            return HeadShapes(polygon=_circle(shape, outer), hole=_circle(shape, inner))
        if isinstance(shape, Polyline) and shape.closed:
            numbers = shape.points
            corners = [QPointF(*numbers[i : i + 2]) for i in range(0, len(numbers), 2)]
            return HeadShapes(polygon=QPolygonF(corners))
        if isinstance(shape, Polyline):
            return HeadShapes(stroke=shape.stroke, strokes=_pieces(shape))
        return _NOTHING


def _pieces(line: Polyline) -> tuple[_Piece, ...]:
    numbers = line.points
    return tuple(
        (numbers[i], numbers[i + 1], numbers[i + 2], numbers[i + 3])
        for i in range(0, len(numbers) - 2, 2)
    )


def _circle(shape: Ellipse, radius: float) -> QPolygonF:
    x, y = shape.cx, shape.cy
    return QPolygonF([QPointF(x + radius * dx, y + radius * dy) for dx, dy in _ROUND])


def _fill(painter: QPainter, polygons: list[QPolygonF], colour: str) -> None:
    """Fill polygons some at a time."""
    brush = QBrush(qt_colour(colour))
    for at in range(0, len(polygons), _TOGETHER):
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for polygon in polygons[at : at + _TOGETHER]:
            path.addPolygon(polygon)
        painter.fillPath(path, brush)
