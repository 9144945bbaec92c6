from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from model.drawing.bounds import Bounds, bounds, bounds_of
from model.drawing.geometry import hatch_dots, hatch_lines, outline
from model.drawing.primitives import (
    HATCH_STEP,
    Ellipse,
    Group,
    Hatch,
    Icon,
    Label,
    PathBuilder,
    Polyline,
    Rect,
    Stroke,
)
from model.drawing.text import TextBlock, TextLine

NUMBERS = st.floats(-500, 500)
BOXES = st.builds(
    lambda x, y, width, height: Bounds(x, y, x + width, y + height),
    NUMBERS,
    NUMBERS,
    st.floats(0.1, 120),
    st.floats(0.1, 120),
)


def test_outlines_count_into_the_bounds() -> None:
    assert bounds(Rect(0, 0, 10, 20, stroke=Stroke("#000000", 4))) == Bounds(-2, -2, 12, 22)
    assert bounds(Ellipse(5, 5, 3, 2)) == Bounds(2, 3, 8, 7)
    assert bounds(Icon("map", 1, 2, 16, "#000000")) == Bounds(1, 2, 17, 18)


def test_groups_scale_then_move_and_clip() -> None:
    inner = Rect(0, 0, 10, 10)
    assert bounds(Group("g", (inner,), dx=5, dy=7, scale=2)) == Bounds(5, 7, 25, 27)
    assert bounds(Group("g", (inner,), clip=Rect(5, 5, 50, 50))) == Bounds(5, 5, 10, 10)
    assert bounds(Group("g", (inner,), clip=Rect(50, 50, 5, 5))) is None


def test_a_turned_label_swaps_its_sides() -> None:
    block = TextBlock((TextLine("x", 0, 8, 40, ()),), 40, 10, "x")
    assert bounds(Label(100, 100, block, "#000000", turn=-90)) == Bounds(100, 60, 110, 100)
    assert bounds(Label(100, 100, block, "#000000", turn=90)) == Bounds(90, 100, 100, 140)
    centred = Label(0, 0, block, "#000000", "#ffffff", 2, "centre", "middle")
    assert bounds(centred) == Bounds(-22, -7, 22, 7)


def test_nothing_has_no_bounds() -> None:
    assert bounds_of(()) is None
    assert bounds(Polyline(())) is None
    assert bounds(PathBuilder().path()) is None


def test_the_builder_writes_verbs_and_points() -> None:
    path = PathBuilder().move(0, 1).line(2, 3).cubic(1, 2, 3, 4, 5, 6).close().path()
    assert (path.verbs, path.points) == ("MLCZ", (0, 1, 2, 3, 1, 2, 3, 4, 5, 6))


@given(NUMBERS, NUMBERS, st.floats(0.1, 200), st.floats(0.1, 200), st.floats(0, 300))
def test_rounded_outlines_stay_inside_their_box(
    x: float, y: float, width: float, height: float, radius: float
) -> None:
    _verbs, points = outline(Rect(x, y, width, height, radius))
    assert min(points[::2]) >= x - 1e-6
    assert max(points[::2]) <= x + width + 1e-6
    assert min(points[1::2]) >= y - 1e-6
    assert max(points[1::2]) <= y + height + 1e-6


@given(BOXES, BOXES)
def test_hatches_stand_still_when_the_box_moves(box: Bounds, other: Bounds) -> None:
    """Two neighbours with the same hatch join seamlessly: lines lie on one grid of the plane."""
    hatches: tuple[Hatch, ...] = ("horizontal", "vertical")
    for hatch in hatches:
        axis = 1 if hatch == "horizontal" else 0
        for lines in (hatch_lines(hatch, box), hatch_lines(hatch, other)):
            assert all(abs(line[axis] / HATCH_STEP % 1) in {0.0, 1.0} for line in lines)
    dots = {(round(x, 6), round(y, 6)) for x, y in hatch_dots("dots", box)}
    larger = {(round(x, 6), round(y, 6)) for x, y in hatch_dots("dots", box.union(other))}
    assert {dot for dot in dots if box.contains(*dot)} <= larger


@given(BOXES)
def test_diagonals_cross_the_whole_box(box: Bounds) -> None:
    signs: dict[Hatch, int] = {"diagonal": -1, "back-diagonal": 1}
    for hatch, sign in signs.items():
        for x1, y1, x2, y2 in hatch_lines(hatch, box):
            assert abs(abs(y2 - y1) - box.height) < 1e-6
            assert abs((x2 - x1) - sign * (y2 - y1)) < 1e-6
