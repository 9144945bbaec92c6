"""Where labels of linkages go: on their line, clear of cards, of other labels, best of lines too.

Places along the line are tried from the middle outwards; a label that fits nowhere on its line is
put beside it with a leader. So no two labels ever lie on one another and none lies on a card, as
long as there is any room at all near the line.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from model.drawing.boxes import Box, BoxGrid, grown
from model.drawing.routing import cuts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.drawing.routing import Route

_SHARES = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8)
_CLEARANCE = 3.0
_SAMPLE = 24.0
_MOST_SAMPLES = 800
"""Of one stretch: files made elsewhere may hold lines of any length."""
_CELL = 48.0
_UNDER = 0.2
_RINGS = tuple(range(18, 420, 18))


def leader_end(x: float, y: float, box: Box) -> tuple[float, float]:
    """Where a line from a linkage to the label in this box ends.

    It ends under the label, whose pill may be a little narrower than its room.
    """
    inset = (box[2] - box[0]) * _UNDER
    return max(box[0] + inset, min(x, box[2] - inset)), max(box[1], min(y, box[3]))


class LabelPlacer:
    """Keeps places of labels; lines and cards are told to it as they come and go."""

    def __init__(self, cards: BoxGrid[str]) -> None:
        """Start without labels on a map with these cards (the grid stays shared)."""
        self._cards = cards
        self._labels: BoxGrid[str] = BoxGrid()
        self._lines = _LineField()
        self._known: dict[str, Route] = {}

    def reserve(self, owner: str, box: Box) -> None:
        """Keep a box free of labels (titles of outlines)."""
        self._labels.put(owner, box)

    def forget(self, owner: str) -> None:
        """Free the place of a label or reserved box, and take its line out."""
        self._labels.remove(owner)
        self._lines.remove(owner)
        self._known.pop(owner, None)

    def clear_labels(self) -> None:
        """Free all places; lines stay known."""
        self._labels = BoxGrid()

    def add_line(self, owner: str, line: Route) -> None:
        """Tell where a line runs."""
        if self._known.get(owner) is not line:
            self._known[owner] = line
            self._lines.put(owner, line)

    def place(self, owner: str, line: Route, size: tuple[float, float]) -> Box | None:
        """Find and keep the place of a label; None when there is no room anywhere near."""
        self._labels.remove(owner)
        found = self._on_line(owner, line, size) or self._beside(line, size)
        if found is not None:
            self._labels.put(owner, found)
        return found

    def put(
        self, owner: str, line: Route, size: tuple[float, float], aside: tuple[float, float]
    ) -> Box:
        """Put a label where the user wants it: so far aside from the middle of its line."""
        x, y = line.at(0.5)
        box = _centred(x + aside[0], y + aside[1], size)
        self._labels.put(owner, box)
        return box

    def _on_line(self, owner: str, line: Route, size: tuple[float, float]) -> Box | None:
        best: Box | None = None
        least = math.inf
        for rank, share in enumerate(_SHARES):
            if rank >= least:
                break
            x, y = line.at(share)
            box = _centred(x, y, size)
            if self._is_free(box):
                cost = rank + 2.5 * self._lines.count(box, owner)
                if cost < least:
                    best, least = box, cost
        return best

    def _beside(self, line: Route, size: tuple[float, float]) -> Box | None:
        """Off the line, joined to it by a thin line that runs over no card if that can be."""
        x, y = line.at(0.5)
        covering: Box | None = None
        for radius in _RINGS:
            for dx, dy in _directions(radius, size):
                box = _centred(x + dx, y + dy, size)
                if not self._is_free(box):
                    continue
                if not self._is_cut_off(x, y, box):
                    return box
                covering = covering or box
        return covering

    def _is_cut_off(self, x: float, y: float, box: Box) -> bool:
        """Whether a card lies between a label and the middle of its line."""
        to = leader_end(x, y, box)
        around = (min(x, to[0]), min(y, to[1]), max(x, to[0]), max(y, to[1]))
        cards = self._cards.near(grown(around, 1.0)).values()
        return any(cuts((x, y, *to), card, 0.0) for card in cards)

    def _is_free(self, box: Box) -> bool:
        room = grown(box, _CLEARANCE)
        return self._cards.is_free(room) and self._labels.is_free(room)


class _LineField:
    """Sample points of lines in a grid, to count how many other lines a box would cover."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], dict[str, list[tuple[float, float]]]] = {}
        self._touched: dict[str, set[tuple[int, int]]] = {}

    def put(self, owner: str, line: Route) -> None:
        self.remove(owner)
        cells = self._touched[owner] = set()
        for x, y in _samples(line):
            cell = (int(x // _CELL), int(y // _CELL))
            cells.add(cell)
            self._cells.setdefault(cell, {}).setdefault(owner, []).append((x, y))

    def remove(self, owner: str) -> None:
        for cell in self._touched.pop(owner, ()):
            lines = self._cells[cell]
            del lines[owner]
            if not lines:  # or the field would grow with every place where a line ever ran
                del self._cells[cell]

    @property
    def cell_count(self) -> int:
        """How many cells are kept."""
        return len(self._cells)

    def count(self, box: Box, owner: str) -> int:
        found: set[str] = set()
        for column in range(int(box[0] // _CELL), int(box[2] // _CELL) + 1):
            for row in range(int(box[1] // _CELL), int(box[3] // _CELL) + 1):
                for other, points in self._cells.get((column, row), {}).items():
                    if other != owner and other not in found and _any_inside(points, box):
                        found.add(other)
        return len(found)


def _any_inside(points: list[tuple[float, float]], box: Box) -> bool:
    return any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in points)


def _samples(line: Route) -> Iterator[tuple[float, float]]:
    """Points along a line, at most about `_MOST_SAMPLES` of them however far it runs."""
    points = line.points
    pieces = [
        (points[i], points[i + 1], points[i + 2] - points[i], points[i + 3] - points[i + 1])
        for i in range(0, len(points) - 2, 2)
    ]
    lengths = [math.hypot(dx, dy) for _, _, dx, dy in pieces]
    apart = max(_SAMPLE, sum(lengths) / _MOST_SAMPLES)
    for (x, y, dx, dy), length in zip(pieces, lengths, strict=True):
        count = max(1, math.ceil(length / apart))
        for step in range(count):
            yield x + dx * step / count, y + dy * step / count


def _centred(x: float, y: float, size: tuple[float, float]) -> Box:
    half_width, half_height = size[0] / 2, size[1] / 2
    return x - half_width, y - half_height, x + half_width, y + half_height


def _directions(radius: float, size: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Offsets around a point; wide labels are first moved up and down."""
    stretch = 1 + size[0] / 160
    for eighth in (2, -2, 1, 3, -1, -3, 0, 4):
        angle = eighth * math.pi / 4
        yield radius * stretch * math.cos(angle), radius * math.sin(angle)
