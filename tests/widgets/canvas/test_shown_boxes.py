"""A card is taken hold of, framed and renamed where it is seen, however far the map is off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from model.drawing.boxes import grown, overlap
from widgets.canvas.camera import Camera
from widgets.canvas.renderer import level_of
from widgets.canvas.shown_boxes import points_outside

if TYPE_CHECKING:
    from model.drawing.boxes import Box
    from widgets.canvas.canvas import MapCanvas

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
FAR, MIDDLE, NEAR = 0.1, 0.3, 1.0


def at_scale(canvas: MapCanvas, scale: float) -> None:
    canvas.set_camera(Camera(scale, -300 / scale, -100 / scale))
    canvas.repaint()


def spot(point: tuple[float, ...]) -> Box:
    x, y = point
    return x, y, x, y


@pytest.mark.parametrize(
    ("scale", "level", "name"), [(FAR, "far", "host"), (MIDDLE, "middle", "gov")]
)
def test_a_click_on_what_reaches_out_of_a_card_selects_it(
    canvas: MapCanvas, scale: float, level: str, name: str
) -> None:
    at_scale(canvas, scale)
    assert level_of(scale) == level
    card = canvas.scene.cards[name]
    left, _top, right, _bottom = canvas.seen_box(card)
    assert left < card.box[0] - 2 / scale
    assert right > card.box[2]
    middle = (card.box[1] + card.box[3]) / 2
    x, y = canvas.camera.to_screen(left + 2 / scale, middle)
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(round(x), round(y)))
    assert canvas.workspace.selection == (("actors", name),)


def test_a_card_is_preferred_to_what_reaches_over_it(canvas: MapCanvas) -> None:
    at_scale(canvas, FAR)
    for actor_id, card in canvas.scene.cards.items():
        x, y = canvas.camera.to_screen(
            (card.box[0] + card.box[2]) / 2, (card.box[1] + card.box[3]) / 2
        )
        QTest.mouseClick(canvas, LEFT, NONE, QPoint(round(x), round(y)))
        assert canvas.workspace.selection == (("actors", actor_id),)


@pytest.mark.parametrize("scale", [FAR, MIDDLE, NEAR])
def test_the_frame_of_a_selected_card_stands_outside_of_what_is_seen_of_it(
    canvas: MapCanvas, scale: float
) -> None:
    at_scale(canvas, scale)
    before = canvas.grab().toImage()
    canvas.workspace.select([("actors", "host")])
    after = canvas.grab().toImage()
    left, top, right, bottom = canvas.seen_box(canvas.scene.cards["host"])
    (x0, y0), (x1, y1) = canvas.camera.to_screen(left, top), canvas.camera.to_screen(right, bottom)
    inside = [
        (x, y)
        for x in range(round(x0) + 3, round(x1) - 3)
        for y in range(round(y0) + 3, round(y1) - 3)
    ]
    assert inside
    assert all(before.pixel(x, y) == after.pixel(x, y) for x, y in inside)
    assert before != after


def test_only_what_lies_between_two_plates_is_seen_of_a_line() -> None:
    line = (0.0, 0.0, 10.0, 0.0, 20.0, 0.0, 30.0, 10.0, 30.0, 30.0)
    ends = [(-5.0, -5.0, 15.0, 5.0), (25.0, 20.0, 35.0, 40.0)]
    assert points_outside(line, ends) == (15.0, 0.0, 20.0, 0.0, 30.0, 10.0, 30.0, 20.0)


@given(
    st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=2, max_size=9),
    st.integers(1, 40),
    st.integers(1, 40),
)
def test_what_is_seen_of_a_line_begins_and_ends_at_or_outside_of_both_boxes(
    pairs: list[tuple[int, int]], one: int, two: int
) -> None:
    points = tuple(float(number) for pair in pairs for number in pair)
    first = grown(spot(points[:2]), float(one))
    last = grown(spot(points[-2:]), float(two))
    seen = points_outside(points, [first, last])
    if seen == points:
        return
    assert not overlap(spot(seen[:2]), grown(first, -1e-6))
    assert not overlap(spot(seen[-2:]), grown(last, -1e-6))


def test_the_glow_of_a_selected_linkage_leaves_the_plates_at_its_ends_alone(
    canvas: MapCanvas,
) -> None:
    at_scale(canvas, MIDDLE)
    before = canvas.grab().toImage()
    canvas.workspace.select([("linkages", "l1")])
    after = canvas.grab().toImage()
    assert before != after
    for actor_id in ("host", "gov"):
        left, top, right, bottom = canvas.seen_box(canvas.scene.cards[actor_id])
        x0, y0 = canvas.camera.to_screen(left, top)
        x1, y1 = canvas.camera.to_screen(right, bottom)
        rows = range(round(y0) + 6, round(y1) - 6)
        inside = [(x, y) for x in range(round(x0) + 6, round(x1) - 6) for y in rows]
        assert inside
        assert all(before.pixel(x, y) == after.pixel(x, y) for x, y in inside)
