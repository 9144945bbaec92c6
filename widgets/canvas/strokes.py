"""What the canvas draws from arrays in one call, and the pens for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import shiboken6
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPen

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPainter

    from model.drawing.boxes import Box
    from model.drawing.primitives import Stroke
    from widgets.common.dashes import Pieces


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
