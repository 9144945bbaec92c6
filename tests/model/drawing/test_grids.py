"""Grids keep nothing of what has moved away, and lines that run very far stay cheap."""

from __future__ import annotations

from model.drawing.boxes import BoxGrid
from model.drawing.labels import _LineField, _samples
from model.drawing.routing import Route


def line(x: float, length: float) -> Route:
    points = (x, 0.0, x + length, 0.0)
    return Route(cubics=points, points=points)


def test_a_box_that_moves_leaves_no_cells_behind() -> None:
    grid: BoxGrid[str] = BoxGrid()
    grid.put("a", (0.0, 0.0, 100.0, 40.0))
    first = grid.cell_count
    for step in range(1, 200):
        grid.put("a", (step * 1000.0, 0.0, step * 1000.0 + 100.0, 40.0))
    assert grid.cell_count <= first + 1
    grid.remove("a")
    assert grid.cell_count == 0


def test_a_line_that_moves_leaves_no_cells_behind() -> None:
    field = _LineField()
    for step in range(200):
        field.put("a", line(step * 1000.0, 300.0))
    assert field.cell_count < 10
    field.remove("a")
    assert field.cell_count == 0


def test_a_line_has_so_many_samples_however_far_it_runs() -> None:
    pieces = [float(one) for at in range(61) for one in (at * 1e5, (at % 2) * 5e4)]
    far = Route(cubics=tuple(pieces), points=tuple(pieces))
    assert len(list(_samples(far))) < 1000
    near = list(_samples(line(0.0, 240.0)))
    assert near[1][0] - near[0][0] <= 24.0
