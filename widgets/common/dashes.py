"""Dashes that stand at fixed places of their outline, whatever part of it is painted.

Qt lets the dashes of an outline begin anew where the outline leaves the picture. Pictures that are
scrolled and painted strip by strip would show where the strips meet.
"""

from __future__ import annotations

from itertools import pairwise
from math import ceil, cos, floor, hypot, pi, sin
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLineF

from model.drawing.primitives import Polyline, Rect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QRectF

    from model.drawing.primitives import Shape

_Point = tuple[float, float]
_ROUND: Final = 4
"""Straight pieces of a rounded corner."""


def corners(shape: Shape) -> list[_Point] | None:
    """The outline of a shape as straight pieces; None for shapes that have other curves."""
    if isinstance(shape, Polyline):
        flat = shape.points
        points = [(flat[at], flat[at + 1]) for at in range(0, len(flat) - 1, 2)]
        return [*points, points[0]] if shape.closed and points else points
    if not isinstance(shape, Rect):
        return None
    left, top = shape.x, shape.y
    right, bottom = left + shape.width, top + shape.height
    radius = min(shape.radius, shape.width / 2, shape.height / 2)
    if radius <= 0:
        return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    middles = (
        (right - radius, top + radius, -pi / 2),
        (right - radius, bottom - radius, 0.0),
        (left + radius, bottom - radius, pi / 2),
        (left + radius, top + radius, pi),
    )
    points = [
        (x + radius * cos(turn), y + radius * sin(turn))
        for x, y, begins in middles
        for turn in (begins + pi / 2 * at / _ROUND for at in range(_ROUND + 1))
    ]
    return [*points, points[0]]


def dashes(points: list[_Point], pattern: tuple[float, ...], shown: QRectF) -> list[QLineF]:
    """The dashes along straight pieces that may show in a part."""
    pattern = pattern if len(pattern) % 2 == 0 else pattern * 2
    period = sum(pattern)
    if period <= 0:
        return []
    strokes: list[tuple[float, float]] = []
    at = 0.0
    for place, length in enumerate(pattern):
        if place % 2 == 0:
            strokes.append((at, at + length))
        at += length
    found: list[QLineF] = []
    gone = 0.0
    for start, end in pairwise(points):
        length = hypot(end[0] - start[0], end[1] - start[1])
        if length > 0:
            low, high = _shown(start, end, length, shown)
            for one, other in _strokes(strokes, period, gone + low, gone + high):
                a, b = (one - gone) / length, (other - gone) / length
                found.append(QLineF(*_between(start, end, a), *_between(start, end, b)))
        gone += length
    return found


def _strokes(
    strokes: list[tuple[float, float]], period: float, low: float, high: float
) -> Iterator[tuple[float, float]]:
    """Begin and end of each dash between two distances along the outline."""
    for turn in range(floor(low / period), ceil(high / period)):
        for begins, ends in strokes:
            one, other = max(turn * period + begins, low), min(turn * period + ends, high)
            if one < other:
                yield one, other


def _shown(start: _Point, end: _Point, length: float, shown: QRectF) -> tuple[float, float]:
    """Between which distances a straight piece may show."""
    low, high = 0.0, length
    limits = ((shown.left(), shown.right()), (shown.top(), shown.bottom()))
    for axis, (least, most) in enumerate(limits):
        step = (end[axis] - start[axis]) / length
        if step == 0:
            if not least <= start[axis] <= most:
                return 0.0, 0.0
            continue
        ends = sorted(((least - start[axis]) / step, (most - start[axis]) / step))
        low, high = max(low, ends[0]), min(high, ends[1])
    return (low, high) if low < high else (0.0, 0.0)


def _between(start: _Point, end: _Point, part: float) -> _Point:
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
