"""Arrow heads and barriers as Qt draws them quickly: strokes in one call, kept polygons."""

from __future__ import annotations

import math
from itertools import chain
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
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QPainter

    from model.drawing.linkage import LinkLook
    from model.drawing.parts import Link
    from model.drawing.style import StyleSheet

_ROUND = [(math.cos(turn * math.pi / 12), math.sin(turn * math.pi / 12)) for turn in range(24)]
"""The corners of what passes for a circle at the size of an end mark."""
_TOGETHER = 150
"""About so many corners are filled in one go: Qt is slow with one shape by one, and slower with
hundreds."""


class HeadShapes(msgspec.Struct, frozen=True):
    """The end mark of one link: strokes, or a filled polygon, maybe with a hole."""

    stroke: Stroke | None = None
    strokes: tuple[float, ...] = ()
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

    def draw(self, painter: QPainter, links: Iterable[tuple[LinkLook, Sequence[Link]]]) -> None:
        """Draw the end marks of links look by look, quickest from top to bottom, in map units."""
        filled: dict[str, list[QPolygonF]] = {}
        holes: list[QPolygonF] = []
        kept = self._kept
        for look, members in links:
            strokes: list[float] = []
            stroke: Stroke | None = None
            for link in members:
                shapes = kept.get(link.id) or self._make(link, look)
                if shapes.stroke is not None:
                    stroke = shapes.stroke
                    strokes += shapes.strokes
                elif shapes.polygon is not None:
                    filled.setdefault(look.stroke.colour, []).append(shapes.polygon)
                    if shapes.hole is not None:
                        holes.append(shapes.hole)
            if stroke is not None:
                painter.setPen(QPen(qt_colour(stroke.colour), stroke.width))
                draw_pieces(painter, np.array(strokes).reshape(-1, 4))
        for colour, polygons in filled.items():
            _fill(painter, polygons, colour)
        _fill(painter, holes, self._style.surface)

    def _make(self, link: Link, look: LinkLook) -> HeadShapes:
        shapes = self._kept[link.id] = self._made(link, look)
        return shapes

    def _made(self, link: Link, look: LinkLook) -> HeadShapes:
        if link.content.state == "keep_apart":
            bars = [bar for bar in barrier(link.route, look) if isinstance(bar, Polyline)]
            found = tuple(number for bar in bars for number in _pieces(bar))
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


def _pieces(line: Polyline) -> tuple[float, ...]:
    """The straight pieces of a line, four numbers each."""
    numbers = line.points
    return tuple(chain.from_iterable(numbers[i : i + 4] for i in range(0, len(numbers) - 2, 2)))


def _circle(shape: Ellipse, radius: float) -> QPolygonF:
    x, y = shape.cx, shape.cy
    return QPolygonF([QPointF(x + radius * dx, y + radius * dy) for dx, dy in _ROUND])


def _fill(painter: QPainter, polygons: list[QPolygonF], colour: str) -> None:
    """Fill polygons that have about as many corners each, some at a time."""
    if not polygons:
        return
    brush = QBrush(qt_colour(colour))
    together = max(1, _TOGETHER // polygons[0].size())
    for at in range(0, len(polygons), together):
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for polygon in polygons[at : at + together]:
            path.addPolygon(polygon)
        painter.fillPath(path, brush)
