"""Cutting a drawing that is too large for a sheet into tiles that overlap, with crop marks.

A tile holds only what shows on it: what lies wholly outside is not there, so text extracted from a
page is the text of that page.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import msgspec

from model.drawing.bounds import Bounds, bounds
from model.drawing.primitives import Drawing, Group, Polyline, Stroke

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from model.drawing.primitives import Primitive

OVERLAP: Final = 22.0
"""What two neighbours both show, in points: about 8 mm to glue on."""
_MARK: Final = 10.0
_MOST_TILES: Final = 64


class Tiling(msgspec.Struct, frozen=True):
    """How a drawing is spread over sheets of one size."""

    columns: int
    rows: int
    scale: float

    @property
    def count(self) -> int:
        """How many sheets it takes."""
        return self.columns * self.rows


def tiling(drawing: Drawing, room: tuple[float, float], least_scale: float) -> Tiling:
    """The fewest sheets with `room` each on which a drawing keeps a scale.

    A drawing that would take more than 64 sheets gets a smaller scale instead.
    """
    grids = sorted(
        (columns * rows, columns, rows)
        for columns in range(1, _MOST_TILES + 1)
        for rows in range(1, _MOST_TILES // columns + 1)
    )
    found = [Tiling(c, r, _scale(drawing, room, c, r)) for _, c, r in grids]
    fitting = [one for one in found if one.scale >= least_scale]
    if fitting:
        return min(fitting, key=lambda one: (one.count, -one.scale))
    return max(found, key=lambda one: one.scale)


def tiles(drawing: Drawing, how: Tiling, room: tuple[float, float]) -> Iterator[Drawing]:
    """The parts of a drawing, row by row; each is a drawing of its own in project units."""
    step = tuple((side - OVERLAP) / how.scale for side in room)
    across, down = room[0] / how.scale, room[1] / how.scale
    for row in range(how.rows):
        for column in range(how.columns):
            left, top = column * step[0], row * step[1]
            width, height = min(across, drawing.width - left), min(down, drawing.height - top)
            window = Bounds(left, top, left + width, top + height)
            inner = Group("tile", tuple(_within(drawing.items, window)), dx=-left, dy=-top)
            yield msgspec.structs.replace(drawing, width=width, height=height, items=(inner,))


def crop_marks(left: float, top: float, width: float, height: float, ink: str) -> list[Polyline]:
    """Marks outside the four corners, where to cut before the sheets are glued together."""
    stroke = Stroke(ink, 0.5)
    right, bottom = left + width, top + height
    marks = []
    for x, out_x in ((left, -_MARK), (right, _MARK)):
        for y, out_y in ((top, -_MARK), (bottom, _MARK)):
            marks.append(Polyline((x + out_x * 0.2, y, x + out_x, y), stroke))
            marks.append(Polyline((x, y + out_y * 0.2, x, y + out_y), stroke))
    return marks


def _scale(drawing: Drawing, room: tuple[float, float], columns: int, rows: int) -> float:
    across = columns * room[0] - (columns - 1) * OVERLAP
    down = rows * room[1] - (rows - 1) * OVERLAP
    return min(across / drawing.width, down / drawing.height, 1.0)


def _within(items: Iterable[Primitive], window: Bounds) -> Iterator[Primitive]:
    """What shows in a window; groups are gone through, their children cut likewise."""
    for item in items:
        box = bounds(item)
        if box is None or box.intersection(window) is None:
            continue
        if isinstance(item, Group) and not math.isclose(item.scale, 0.0):
            inner = Bounds(
                (window.left - item.dx) / item.scale,
                (window.top - item.dy) / item.scale,
                (window.right - item.dx) / item.scale,
                (window.bottom - item.dy) / item.scale,
            )
            children = tuple(_within(item.children, inner))
            if children:
                yield msgspec.structs.replace(item, children=children)
        else:
            yield item
