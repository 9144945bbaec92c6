"""Snapping while cards move: to the edges and middles of other cards, else to the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from widgets.canvas.gestures.grid import GRID

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from model.drawing.boxes import Box

    Edges = NDArray[np.float64]


class Guide(NamedTuple):
    """A line along which cards line up, in map units."""

    x1: float
    y1: float
    x2: float
    y2: float


class Snapped(NamedTuple):
    """A shift after snapping, and the guides that it snapped to."""

    dx: float
    dy: float
    guides: tuple[Guide, ...]


class Snapper:
    """Snaps the box of what is moved to other boxes near it."""

    def __init__(self, box: Box, others: NDArray[np.float64]) -> None:
        """Take the box before it moves, and the boxes (rows) of what stays."""
        self._box = box
        self._others = others

    def snap(self, dx: float, dy: float, reach: float) -> Snapped:
        """The shift that lines the box up with others within reach, else with the grid."""
        guides: list[Guide] = []
        left, top, right, bottom = self._box
        x = self._nearest(0, left + dx, right + dx, reach)
        y = self._nearest(1, top + dy, bottom + dy, reach)
        dx = _on_grid(left, dx) if x is None else dx + x[0]
        dy = _on_grid(top, dy) if y is None else dy + y[0]
        moved = (left + dx, top + dy, right + dx, bottom + dy)
        if x is not None:
            other = self._others[x[2]]
            low, high = min(moved[1], other[1]), max(moved[3], other[3])
            guides.append(Guide(x[1], low, x[1], high))
        if y is not None:
            other = self._others[y[2]]
            low, high = min(moved[0], other[0]), max(moved[2], other[2])
            guides.append(Guide(low, y[1], high, y[1]))
        return Snapped(dx, dy, tuple(guides))

    def _nearest(
        self, axis: int, low: float, high: float, reach: float
    ) -> tuple[float, float, int] | None:
        """How much is missing to the nearest line of another box, where it is, whose it is."""
        if not len(self._others):
            return None
        ends = self._others[:, axis], self._others[:, axis + 2]
        lines = np.stack([ends[0], (ends[0] + ends[1]) / 2, ends[1]])
        mine = np.array([low, (low + high) / 2, high])
        ways = lines - mine[:, None]
        where = np.unravel_index(int(np.argmin(np.abs(ways))), ways.shape)
        way = float(ways[where])
        if abs(way) > reach:
            return None
        return way, float(lines[where]), int(where[1])


def _on_grid(start: float, way: float) -> float:
    return GRID * round((start + way) / GRID) - start
