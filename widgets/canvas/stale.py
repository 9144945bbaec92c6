"""The parts of a picture that have to be drawn anew: few rectangles that cover many boxes."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from model.drawing.boxes import Box

_CELLS = 4
"""A picture has so many cells in each direction, which are drawn anew or not."""
_BITS = 2 * _CELLS
"""A line across the whole picture is taken in about so many bits."""
_EACH = 0.08
"""What it takes to begin with a part, as a share of what it takes to draw everything."""


def along(points: Sequence[float], picture: tuple[float, float], room: float) -> Iterator[Box]:
    """Small boxes along a line (x, y, x, y…) on a picture of a size, with so much room around."""
    for (x, y), (to_x, to_y) in pairwise(zip(points[0::2], points[1::2], strict=True)):
        across, down = to_x - x, to_y - y
        bits = max(abs(across) / picture[0], abs(down) / picture[1]) * _BITS
        count = max(1, min(_BITS * _BITS, math.ceil(bits)))
        for at in range(count):
            one, other = at / count, (at + 1) / count
            first, second = x + one * across, x + other * across
            upper, lower = y + one * down, y + other * down
            yield (
                min(first, second) - room,
                min(upper, lower) - room,
                max(first, second) + room,
                max(upper, lower) + room,
            )


def stale_parts(boxes: Sequence[Box], width: float, height: float) -> list[QRectF]:
    """The parts of a picture in which boxes lie, all in pixels: one around all, or several.

    Several when that is quicker, for instance along a line that runs aslant.
    """
    rows = _clipped(np.array(boxes, dtype=float).reshape(-1, 4), (0.0, 0.0, width, height))
    if not len(rows):
        return []
    cell = (width / _CELLS, height / _CELLS)
    marked = np.zeros((_CELLS, _CELLS), dtype=bool)
    for left, top, right, bottom in np.minimum(rows / (*cell, *cell), _CELLS - 1e-9).tolist():
        marked[int(top) : int(bottom) + 1, int(left) : int(right) + 1] = True
    found = [_around(rows)]
    parts = [
        _around(_clipped(rows, (left * cell[0], top * cell[1], right * cell[0], bottom * cell[1])))
        for left, top, right, bottom in _rectangles(marked)
    ]
    return min((found, parts), key=lambda some: _cost(some, width * height))


def _cost(parts: Sequence[QRectF], room: float) -> float:
    return sum(_EACH + part.width() * part.height() / room for part in parts)


def _clipped(rows: NDArray[np.float64], area: Box) -> NDArray[np.float64]:
    """What of boxes lies in an area."""
    low, high = np.maximum(rows[:, :2], area[:2]), np.minimum(rows[:, 2:], area[2:])
    found: NDArray[np.float64] = np.hstack([low, high])[(low < high).all(axis=1)]
    return found


def _around(rows: NDArray[np.float64]) -> QRectF:
    if not len(rows):
        return QRectF()
    left, top = rows[:, :2].min(axis=0).tolist()
    right, bottom = rows[:, 2:].max(axis=0).tolist()
    return QRectF(left, top, right - left, bottom - top)


def _rectangles(marked: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """Rectangles (left, top, right, bottom) that cover the marked cells of a grid."""
    found: list[tuple[int, int, int, int]] = []
    for line, cells in enumerate(marked):
        edges = np.nonzero(np.diff(np.concatenate([[False], cells, [False]]).astype(np.int8)))[0]
        for left, right in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            above = next(
                (one for one in found if one[::2] == (left, right) and one[3] == line), None
            )
            if above is not None:
                found.remove(above)
            found.append((left, line if above is None else above[1], right, line + 1))
    return found
