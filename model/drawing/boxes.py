"""A grid of boxes in the plane: which lie at a place. Used to keep labels and lines off cards."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Owner = TypeVar("Owner")
POLE = "|"
"""What stands before a card's id where a box is that of the pole from which the card hangs."""
_CELL = 128.0


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def encloses(outer: Box, inner: Box) -> bool:
    """Whether a box lies wholly in another one."""
    return around([outer, inner]) == outer


def grown(box: Box, margin: float) -> Box:
    """The box with a margin on every side."""
    return box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin


def around(boxes: list[Box]) -> Box:
    """The smallest box around all of them (at least one)."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


class BoxGrid(Generic[Owner]):
    """Boxes by owner, found by place."""

    def __init__(self) -> None:
        """Start empty."""
        self._cells: dict[tuple[int, int], dict[Owner, Box]] = {}
        self._boxes: dict[Owner, Box] = {}

    def put(self, owner: Owner, box: Box) -> None:
        """Add a box, or replace the owner's box."""
        if owner in self._boxes:
            self.remove(owner)
        self._boxes[owner] = box
        for cell in _cells(box):
            self._cells.setdefault(cell, {})[owner] = box

    def remove(self, owner: Owner) -> None:
        """Take an owner's box out; nothing happens when there is none."""
        box = self._boxes.pop(owner, None)
        if box is not None:
            for cell in _cells(box):
                present = self._cells[cell]
                present.pop(owner, None)
                if not present:  # or the grid would grow with every place where a box ever was
                    del self._cells[cell]

    def copy(self) -> BoxGrid[Owner]:
        """The same boxes in a grid of its own."""
        other: BoxGrid[Owner] = BoxGrid()
        other._cells = {cell: dict(present) for cell, present in self._cells.items()}
        other._boxes = dict(self._boxes)
        return other

    @property
    def cell_count(self) -> int:
        """How many cells are kept."""
        return len(self._cells)

    def near(self, box: Box) -> dict[Owner, Box]:
        """The boxes that overlap a box."""
        found: dict[Owner, Box] = {}
        if _cell_count(box) > len(self._boxes):
            return {owner: other for owner, other in self._boxes.items() if overlap(box, other)}
        for cell in _cells(box):
            present = self._cells.get(cell, {})
            found |= {owner: other for owner, other in present.items() if overlap(box, other)}
        return found

    def is_free(self, box: Box, except_for: Owner | None = None) -> bool:
        """Whether no box (but that of one owner) overlaps this one."""
        for cell in _cells(box):
            for owner, other in self._cells.get(cell, {}).items():
                if owner != except_for and overlap(box, other):
                    return False
        return True


def _cell_count(box: Box) -> float:
    """How many cells a box touches, at least roughly; lines across a wide map touch very many."""
    return ((box[2] - box[0]) / _CELL + 1) * ((box[3] - box[1]) / _CELL + 1)


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(math.floor(box[0] / _CELL), math.floor(box[2] / _CELL) + 1):
        for row in range(math.floor(box[1] / _CELL), math.floor(box[3] / _CELL) + 1):
            yield column, row
