"""Lines as arrays that Qt draws in one call: flattened, dashed by arc length, by pen.

Qt starts a dash pattern anew at every piece of a flattened curve, and strokes thousands of curves
in one path in superlinear time; so dashes are cut here, once per line, and drawn as solid pieces.
"""

from __future__ import annotations

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


def pieces(points: Sequence[float], dash: tuple[float, ...] = ()) -> Pieces:
    """The straight pieces (x1, y1, x2, y2) of a line, cut by a dash pattern."""
    corners = np.array(points, dtype=float).reshape(-1, 2)
    if not dash:
        return np.hstack([corners[:-1], corners[1:]])
    return _dashed(corners, dash)


def _dashed(corners: Pieces, dash: tuple[float, ...]) -> Pieces:
    steps = np.hypot(*np.diff(corners, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    total = along[-1]
    pattern = dash if len(dash) % 2 == 0 else dash * 2
    period = sum(pattern)
    if period <= 0 or total <= 0:
        return np.hstack([corners[:-1], corners[1:]])
    edges = np.concatenate([[0.0], np.cumsum(pattern)])
    rounds = np.arange(int(total // period) + 1) * period
    starts = (rounds[:, None] + edges[0:-1:2]).ravel()
    ends = np.minimum((rounds[:, None] + edges[1::2]).ravel(), total)
    keep = starts < total
    starts, ends = starts[keep], ends[keep]
    if len(corners) > 2:
        # A mark that reaches round a corner of the flattened line is cut there.
        cuts = np.concatenate([starts, ends, along[1:-1]])
        order = np.argsort(cuts, kind="stable")
        inside = np.cumsum(
            np.concatenate([np.ones(len(starts)), -np.ones(len(ends)), np.zeros(len(along) - 2)])[
                order
            ]
        )
        cuts = cuts[order]
        live = (inside[:-1] > 0) & (np.diff(cuts) > 1e-6)
        starts, ends = cuts[:-1][live], cuts[1:][live]
    x1, y1 = np.interp(starts, along, corners[:, 0]), np.interp(starts, along, corners[:, 1])
    x2, y2 = np.interp(ends, along, corners[:, 0]), np.interp(ends, along, corners[:, 1])
    return np.column_stack([x1, y1, x2, y2])


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
