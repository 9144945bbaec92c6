"""Dashes cut by the length along their line, so that Qt draws them as solid pieces in one call.

Qt starts a dash pattern anew at every piece of a flattened curve and where an outline leaves the
picture, and strokes thousands of curves in one path in superlinear time. So dashes are cut here:
once per line where lines are kept, and only what shows of outlines that are painted strip by strip.
"""

from __future__ import annotations

from itertools import chain
from math import cos, pi, sin
from typing import TYPE_CHECKING, Final, cast

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QLineF

from model.drawing.primitives import Polyline, Rect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from model.drawing.boxes import Box
    from model.drawing.primitives import Shape

Pieces = NDArray[np.float64]
Numbers = NDArray[np.float64]

_ROUND: Final = 4
"""Straight pieces of a rounded corner."""


def outline_of(shape: Shape) -> list[float] | None:
    """The outline of a shape as straight pieces; None for shapes that have other curves."""
    if isinstance(shape, Polyline):
        return [*shape.points, *shape.points[:2]] if shape.closed else list(shape.points)
    if not isinstance(shape, Rect):
        return None
    left, top = shape.x, shape.y
    right, bottom = left + shape.width, top + shape.height
    radius = min(shape.radius, shape.width / 2, shape.height / 2)
    if radius <= 0:
        return [left, top, right, top, right, bottom, left, bottom, left, top]
    middles = (
        (right - radius, top + radius, -pi / 2),
        (right - radius, bottom - radius, 0.0),
        (left + radius, bottom - radius, pi / 2),
        (left + radius, top + radius, pi),
    )
    points = [
        place
        for x, y, begins in middles
        for turn in (begins + pi / 2 * at / _ROUND for at in range(_ROUND + 1))
        for place in (x + radius * cos(turn), y + radius * sin(turn))
    ]
    return [*points, *points[:2]]


def pieces(points: Sequence[float], dash: tuple[float, ...] = ()) -> Pieces:
    """The straight pieces (x1, y1, x2, y2) of a line, cut by a dash pattern."""
    return pieces_of([points], dash)[0]


def pieces_of(
    lines: Sequence[Sequence[float]], dash: tuple[float, ...] = ()
) -> tuple[Pieces, NDArray[np.intp]]:
    """The pieces of many lines, one line after the other, and how many each has."""
    sizes = np.array([len(points) // 2 for points in lines], dtype=np.intp)
    corners = np.fromiter(chain.from_iterable(lines), dtype=float).reshape(-1, 2)
    line_of = np.repeat(np.arange(len(lines)), sizes)
    joined = line_of[:-1] == line_of[1:]
    whole: Pieces = np.hstack([corners[:-1], corners[1:]])[joined]
    period = sum(dash) * (1 + len(dash) % 2)
    if period <= 0 or not len(whole):
        return whole, sizes - 1
    # All lines on one axis, with gaps between them, so that they are cut in one go.
    steps = np.where(joined, np.hypot(*np.diff(corners, axis=0).T), 1.0)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    last = np.cumsum(sizes) - 1
    first = along[last - sizes + 1]
    starts, ends = _marks(first, first, along[last], dash)
    bends = along[1:-1][joined[:-1] & joined[1:]]
    if len(bends):
        starts, ends = _cut(starts, ends, bends)
    counts = np.bincount(np.searchsorted(along[last], starts), minlength=len(lines))
    return _placed(starts, ends, along, corners), counts


def pieces_in(points: Sequence[float], dash: tuple[float, ...], area: Box) -> Pieces:
    """The dashes that may show in a box of a line that may be far longer."""
    corners = np.asarray(points, dtype=float).reshape(-1, 2)
    if sum(dash) <= 0 or len(corners) < 2:
        return np.empty((0, 4))
    steps = np.diff(corners, axis=0)
    lengths = np.hypot(*steps.T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    with np.errstate(divide="ignore", invalid="ignore"):
        # Which part of each piece lies between both pairs of sides; all or none where parallel.
        parts = np.sort((np.reshape(area, (2, 1, 2)) - corners[:-1]) / steps, axis=0)
    low = np.maximum(np.max(parts[0], axis=1), 0.0)
    high = np.minimum(np.min(parts[1], axis=1), 1.0)
    seen = low < high
    first, last = (along[:-1][seen] + part[seen] * lengths[seen] for part in (low, high))
    starts, ends = _marks(np.zeros(len(first)), first, last, dash)
    return _placed(starts, ends, along, corners)


def _marks(
    origins: Numbers, first: Numbers, last: Numbers, dash: tuple[float, ...]
) -> tuple[Numbers, Numbers]:
    """Where marks start and end between places of one axis, the patterns having their origins."""
    edges = np.concatenate([[0.0], np.cumsum(dash if len(dash) % 2 == 0 else dash * 2)])
    period = edges[-1]
    skipped = (first - origins) // period
    rounds = ((last - origins) // period - skipped).astype(np.intp) + 1
    part_of = np.repeat(np.arange(len(rounds)), rounds)
    turn = np.arange(len(part_of)) - (np.cumsum(rounds) - rounds)[part_of] + skipped[part_of]
    base = (origins[part_of] + turn * period)[:, None]
    part_of = np.repeat(part_of, len(edges) // 2)
    starts = np.maximum((base + edges[0:-1:2]).ravel(), first[part_of])
    ends = np.minimum((base + edges[1::2]).ravel(), last[part_of])
    shown = starts < ends
    return starts[shown], ends[shown]


def _cut(starts: Numbers, ends: Numbers, bends: Numbers) -> tuple[Numbers, Numbers]:
    """A mark that reaches round a corner of the flattened line is cut there."""
    cuts = np.concatenate([starts, ends, bends])
    order = np.argsort(cuts, kind="stable")
    turns = np.concatenate([np.ones(len(starts)), -np.ones(len(ends)), np.zeros(len(bends))])
    inside = np.cumsum(turns[order])
    cuts = cuts[order]
    live = (inside[:-1] > 0) & (np.diff(cuts) > 1e-6)
    return cuts[:-1][live], cuts[1:][live]


def _placed(starts: Numbers, ends: Numbers, along: Numbers, corners: Numbers) -> Pieces:
    """The pieces between places along a line."""
    found = [np.interp(at, along, axis) for at in (starts, ends) for axis in corners.T]
    return np.column_stack(found)


def draw_pieces(painter: QPainter, rows: Pieces) -> None:
    """Draw straight pieces with the painter's pen, without copying them into Qt objects."""
    if len(rows):
        flat = np.ascontiguousarray(rows)
        first = cast("QLineF", shiboken6.wrapInstance(flat.ctypes.data, QLineF))
        painter.drawLines(first, len(flat))
