"""Large drawings over several sheets: nothing is lost, nothing is on a sheet that it misses."""

from __future__ import annotations

import pytest

from exporters.pdf.tiles import OVERLAP, tiles, tiling
from model.drawing.primitives import Drawing, Fill, Group, Rect

ROOM = (780.0, 1030.0)


def _drawing(width: float, height: float) -> Drawing:
    squares = tuple(
        Rect(x, y, 10, 10, fill=Fill("#000000"))
        for x in range(0, int(width) - 10, 100)
        for y in range(0, int(height) - 10, 100)
    )
    return Drawing(width, height, (Group("map", squares, dx=0, dy=0),))


def _count(item: object) -> int:
    return sum(map(_count, item.children)) if isinstance(item, Group) else 1


def test_fewest_sheets_that_keep_the_scale() -> None:
    how = tiling(_drawing(2400, 1600), ROOM, 0.6)
    assert (how.columns, how.rows) == (2, 1)
    assert how.scale >= 0.6


def test_a_small_drawing_takes_one_sheet_at_full_size() -> None:
    how = tiling(_drawing(300, 200), ROOM, 0.6)
    assert (how.count, how.scale) == (1, 1.0)


def test_a_huge_drawing_is_made_smaller_rather_than_refused() -> None:
    how = tiling(_drawing(90_000, 60_000), ROOM, 0.6)
    assert how.count <= 64
    assert how.scale < 0.6


@pytest.mark.parametrize("size", [(2400.0, 1600.0), (5000.0, 900.0), (700.0, 4000.0)])
def test_every_shape_is_on_a_sheet_and_sheets_overlap(size: tuple[float, float]) -> None:
    drawing = _drawing(*size)
    how = tiling(drawing, ROOM, 0.6)
    parts = list(tiles(drawing, how, ROOM))
    assert len(parts) == how.count
    assert sum(_count(part.items[0]) for part in parts) >= _count(drawing.items[0])
    across = sum(part.width for part in parts[: how.columns])
    assert across == pytest.approx(drawing.width + (how.columns - 1) * OVERLAP / how.scale)


def test_a_sheet_holds_nothing_that_does_not_show_on_it() -> None:
    drawing = _drawing(2400, 1600)
    first, second = tiles(drawing, tiling(drawing, ROOM, 0.6), ROOM)
    assert _count(first.items[0]) < _count(drawing.items[0])
    assert _count(second.items[0]) < _count(drawing.items[0])
