"""A card is taken hold of, framed and renamed where it is seen, however far the map is off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from widgets.canvas.camera import Camera
from widgets.canvas.renderer import level_of

if TYPE_CHECKING:
    from widgets.canvas.canvas import MapCanvas

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
FAR, MIDDLE, NEAR = 0.1, 0.3, 1.0


def at_scale(canvas: MapCanvas, scale: float) -> None:
    canvas.set_camera(Camera(scale, -300 / scale, -100 / scale))
    canvas.repaint()


@pytest.mark.parametrize(("scale", "level"), [(FAR, "far"), (MIDDLE, "middle")])
def test_a_click_on_what_reaches_out_of_a_card_selects_it(
    canvas: MapCanvas, scale: float, level: str
) -> None:
    at_scale(canvas, scale)
    assert level_of(scale) == level
    card = canvas.scene.cards["gov"]
    left, _top, right, _bottom = canvas.seen_box(card)
    assert left < card.box[0] - 2 / scale
    assert right > card.box[2]
    middle = (card.box[1] + card.box[3]) / 2
    x, y = canvas.camera.to_screen(left + 2 / scale, middle)
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(round(x), round(y)))
    assert canvas.workspace.selection == (("actors", "gov"),)


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
