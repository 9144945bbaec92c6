"""Lines as arrays that Qt draws in one call: flattened, dashed by arc length, by pen.

Qt starts a dash pattern anew at every piece of a flattened curve, and strokes thousands of curves
in one path in superlinear time; so dashes are cut here, once per line, and drawn as solid pieces.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, cast

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from model.drawing.boxes import Box
    from model.drawing.primitives import Stroke

Pieces = NDArray[np.float64]
Numbers = NDArray[np.float64]


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
    starts, ends = _marks(along[last - sizes + 1], along[last], dash, period)
    bends = along[1:-1][joined[:-1] & joined[1:]]
    if len(bends):
        starts, ends = _cut(starts, ends, bends)
    counts = np.bincount(np.searchsorted(along[last], starts), minlength=len(lines))
    found = [np.interp(at, along, axis) for at in (starts, ends) for axis in corners.T]
    return np.column_stack(found), counts


def _marks(
    first: Numbers, last: Numbers, dash: tuple[float, ...], period: float
) -> tuple[Numbers, Numbers]:
    """Where marks start and end on lines that begin and end at these places of one axis."""
    edges = np.concatenate([[0.0], np.cumsum(dash if len(dash) % 2 == 0 else dash * 2)])
    rounds = ((last - first) // period).astype(np.intp) + 1
    line_of = np.repeat(np.arange(len(rounds)), rounds)
    turn = np.arange(len(line_of)) - (np.cumsum(rounds) - rounds)[line_of]
    base = (first[line_of] + turn * period)[:, None]
    limit = np.repeat(last[line_of], len(edges) // 2)
    starts, ends = (base + edges[0:-1:2]).ravel(), (base + edges[1::2]).ravel()
    shown = starts < limit
    return starts[shown], np.minimum(ends, limit)[shown]


def _cut(starts: Numbers, ends: Numbers, bends: Numbers) -> tuple[Numbers, Numbers]:
    """A mark that reaches round a corner of the flattened line is cut there."""
    cuts = np.concatenate([starts, ends, bends])
    order = np.argsort(cuts, kind="stable")
    turns = np.concatenate([np.ones(len(starts)), -np.ones(len(ends)), np.zeros(len(bends))])
    inside = np.cumsum(turns[order])
    cuts = cuts[order]
    live = (inside[:-1] > 0) & (np.diff(cuts) > 1e-6)
    return cuts[:-1][live], cuts[1:][live]


def draw_pieces(painter: QPainter, rows: Pieces) -> None:
    """Draw straight pieces with the painter's pen, without copying them into Qt objects."""
    if len(rows):
        flat = np.ascontiguousarray(rows)
        first = cast("QLineF", shiboken6.wrapInstance(flat.ctypes.data, QLineF))
        painter.drawLines(first, len(flat))


def showing(rows: Pieces, area: Box) -> NDArray[np.bool_]:
    """Which pieces may show in a box."""
    low_x, high_x = np.minimum(rows[:, 0], rows[:, 2]), np.maximum(rows[:, 0], rows[:, 2])
    low_y, high_y = np.minimum(rows[:, 1], rows[:, 3]), np.maximum(rows[:, 1], rows[:, 3])
    found: NDArray[np.bool_] = (
        (high_x >= area[0]) & (low_x <= area[2]) & (high_y >= area[1]) & (low_y <= area[3])
    )
    return found


def draw_boxes(painter: QPainter, rows: Pieces) -> None:
    """Fill and outline rectangles (x, y, width, height) with the painter's brush and pen."""
    if len(rows):
        flat = np.ascontiguousarray(rows)
        first = cast("QRectF", shiboken6.wrapInstance(flat.ctypes.data, QRectF))
        painter.drawRects(first, len(flat))


def plain_pen(stroke: Stroke, width: float | None = None) -> QPen:
    """A solid pen in a stroke's colour; dashes are in the pieces."""
    pen = QPen(QColor(_argb(stroke.colour)), stroke.width if width is None else width)
    pen.setCapStyle(pen.capStyle().FlatCap)
    return pen


def qt_colour(colour: str) -> QColor:
    """A colour of the drawing language as Qt's."""
    return QColor(_argb(colour))


def _argb(colour: str) -> str:
    """Qt reads #aarrggbb where the drawing language writes #rrggbbaa."""
    return f"#{colour[7:9]}{colour[1:7]}" if len(colour) == 9 else colour
