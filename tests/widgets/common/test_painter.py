from __future__ import annotations

import gc
import sys

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from model.drawing.primitives import (
    Drawing,
    Ellipse,
    Fill,
    Group,
    Icon,
    Label,
    PathBuilder,
    Polyline,
    Primitive,
    Rect,
    Stroke,
)
from model.drawing.text import TextStyle
from model.refusals import Refusal
from tests.drawing_samples import sample_sheet
from widgets.common.painter import PrimitivePainter, pixels, rasterise
from widgets.text_engine import QtTextEngine

RED, BLUE = "#ff0000", "#0000ff"


def _painted(*items: Primitive, size: int = 40, background: str | None = None) -> QImage:
    return rasterise(Drawing(size, size, items, background))


def _ink(image: QImage, x: int, y: int) -> str:
    return image.pixelColor(x, y).name(QColor.NameFormat.HexArgb)


def test_shapes_fill_and_outline(qapp: object) -> None:
    image = _painted(Rect(10, 10, 20, 20, 0, Stroke(BLUE, 4), Fill(RED)))
    assert _ink(image, 20, 20) == "#ffff0000"
    assert _ink(image, 20, 10) == "#ff0000ff"
    assert _ink(image, 20, 4) == "#00000000"
    assert _ink(_painted(Ellipse(20, 20, 15, 15, fill=Fill(RED))), 20, 20) == "#ffff0000"
    triangle = Polyline((0, 40, 20, 0, 40, 40), fill=Fill(RED), closed=True)
    assert _ink(_painted(triangle), 20, 30) == "#ffff0000"
    curve = PathBuilder().move(0, 20).cubic(10, 20, 30, 20, 40, 20).path(Stroke(RED, 6))
    assert _ink(_painted(curve), 20, 20) == "#ffff0000"


def test_colours_may_be_translucent(qapp: object) -> None:
    image = _painted(Rect(0, 0, 40, 40, fill=Fill("#ff000080")), background="#ffffff")
    assert image.pixelColor(20, 20).green() in range(125, 130)


def test_dashes_are_lengths_in_project_units(qapp: object) -> None:
    image = _painted(Polyline((0, 20, 40, 20), Stroke(RED, 4, (10, 10))))
    assert [_ink(image, x, 20)[:3] for x in (5, 15, 25, 35)] == ["#ff", "#00", "#ff", "#00"]


def test_hatch_lies_over_the_fill_within_the_shape(qapp: object) -> None:
    image = _painted(Rect(5, 5, 30, 30, fill=Fill(RED, "horizontal", BLUE)))
    column = {_ink(image, 20, y) for y in range(6, 34)}
    assert "#ffff0000" in column
    assert any(QColor(ink).blue() > 100 for ink in column)
    assert _ink(image, 2, 20) == "#00000000"


def test_groups_move_scale_and_clip_their_children(qapp: object) -> None:
    child = Rect(0, 0, 100, 100, fill=Fill(RED))
    image = _painted(Group("g", (child,), clip=Rect(0, 0, 5, 5), dx=10, dy=20, scale=2))
    assert _ink(image, 15, 25) == "#ffff0000"
    assert _ink(image, 25, 25) == "#00000000"
    assert _ink(image, 5, 5) == "#00000000"


def test_text_icons_and_halos_leave_ink(qapp: object) -> None:
    block = QtTextEngine().layout("HHHH", TextStyle(14, bold=True))
    plain = _painted(Label(20, 20, block, RED, None, 0, "centre", "middle"))
    haloed = _painted(Label(20, 20, block, RED, BLUE, 3, "centre", "middle"))
    turned = _painted(Label(20, 20, block, RED, None, 0, "centre", "middle", 90))
    assert _coloured(plain)[0] > 40
    assert _coloured(plain)[1] == 0
    assert _coloured(haloed)[1] > 40
    assert _coloured(turned)[0] == pytest.approx(_coloured(plain)[0], rel=0.2)
    assert _coloured(_painted(Icon("no such icon", 4, 4, 32, RED)))[0] > 100


def _coloured(image: QImage) -> tuple[int, int]:
    """How many pixels are clearly red, and how many clearly blue."""
    colours = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    red = sum(c.alpha() > 100 and c.red() > 150 and c.blue() < 100 for c in colours)
    blue = sum(c.alpha() > 100 and c.blue() > 150 and c.red() < 100 for c in colours)
    return red, blue


def test_degenerate_primitives_paint_nothing_and_do_no_harm(qapp: object) -> None:
    engine = QtTextEngine()
    items: tuple[Primitive, ...] = (
        Rect(5, 5, 0, 0, fill=Fill(RED, "diagonal")),
        Ellipse(5, 5, 0, 0, fill=Fill(RED, "dots")),
        Polyline((), Stroke(RED), Fill(RED, "cross")),
        PathBuilder().path(Stroke(RED)),
        Icon("map", 0, 0, 0, RED),
        Label(0, 0, engine.layout("", TextStyle(10)), RED, BLUE, 2),
        Group("empty", ()),
        Group("vanished", (Rect(0, 0, 9, 9, fill=Fill(RED)),), scale=0),
        Rect(5, 5, 9, 9, stroke=Stroke(RED, 0)),
    )
    image = _painted(*items)
    assert all(_ink(image, x, x) == "#00000000" for x in range(0, 40, 2))


def test_pictures_that_no_image_can_hold_are_refused(qapp: object) -> None:
    with pytest.raises(Refusal, match="too large"):
        rasterise(Drawing(100_000, 10, ()), 1)


def test_the_same_drawing_gives_the_same_pixels(qapp: object) -> None:
    first = pixels(sample_sheet(QtTextEngine()), 1.0)
    assert first == pixels(sample_sheet(QtTextEngine()), 1.0)
    assert len(first[2]) == 4 * first[0] * first[1]


def test_painting_keeps_the_count_of_references_to_none(qapp: object) -> None:
    drawing = sample_sheet(QtTextEngine())
    image = QImage(600, 560, QImage.Format.Format_ARGB32_Premultiplied)
    artist = PrimitivePainter()

    def paint(times: int) -> None:
        for _ in range(times):
            painter = QPainter(image)
            artist.draw(painter, drawing)
            painter.end()

    paint(2)
    gc.collect()
    before = sys.getrefcount(None)
    paint(10)
    gc.collect()
    assert abs(sys.getrefcount(None) - before) < 50
