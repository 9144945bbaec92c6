from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from model.commands.actors import move
from model.drawing.boxes import overlap
from tests.widgets.canvas.conftest import drag, on_card, place

if TYPE_CHECKING:
    from model.layout.tidy import Alignment
    from widgets.canvas.canvas import MapCanvas

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
T1 = [("actors", "gov"), ("actors", "front"), ("actors", "host")]


def boxes_overlap(canvas: MapCanvas) -> bool:
    boxes = [card.box for card in canvas.scene.cards.values()]
    return any(overlap(one, other) for one, other in combinations(boxes, 2))


def test_a_card_dropped_on_another_goes_beside_it_and_says_so(canvas: MapCanvas) -> None:
    hints: list[str] = []
    canvas.workspace.hinted.connect(hints.append)
    start, end = on_card(canvas, "gov"), on_card(canvas, "front")
    drag(canvas, start, end, release=False)
    assert "Front is in the way" in hints[-1]
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert not boxes_overlap(canvas)
    assert canvas.workspace.document.actors["gov"].tracks == ("T1",)
    canvas.workspace.history.undo()
    assert place(canvas, "gov") == (80, 160)
    assert not canvas.workspace.history.can_undo


def test_alt_drops_a_card_exactly_where_it_is(canvas: MapCanvas) -> None:
    hints: list[str] = []
    canvas.workspace.hinted.connect(hints.append)
    drag(canvas, on_card(canvas, "gov"), on_card(canvas, "front"), modifiers=ALT)
    assert any("over Front" in hint for hint in hints)
    assert boxes_overlap(canvas)


def test_cards_snap_to_the_lines_of_others(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    move(document, {"front": (643.0, 163.0)})
    canvas.zoom_100()
    start = on_card(canvas, "gov")
    drag(canvas, start, start + QPoint(90, 5), release=False)
    assert canvas.scene.cards["gov"].x == 80
    picture = canvas.grab().toImage()
    QTest.mouseRelease(
        canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start + QPoint(90, 5)
    )
    assert place(canvas, "gov")[1] == 163.0
    assert canvas.grab().toImage() != picture
    drag(canvas, on_card(canvas, "gov"), on_card(canvas, "gov") + QPoint(11, 3), modifiers=ALT)
    assert place(canvas, "gov")[1] == 166.0


@pytest.mark.parametrize(("how", "index"), [("left", 0), ("right", 2), ("top", 1), ("bottom", 3)])
def test_aligning_gives_one_edge_and_covers_nothing(
    canvas: MapCanvas, how: Alignment, index: int
) -> None:
    canvas.workspace.select(T1)
    canvas.edits.align(how)
    edges = {canvas.scene.cards[i].box[index] for _, i in T1}
    assert len(edges) == 1
    assert not boxes_overlap(canvas)
    canvas.workspace.history.undo()
    assert place(canvas, "host") == (360, 40)
    assert not canvas.workspace.history.can_undo


def test_upright_alignment_leaves_every_card_in_its_band(canvas: MapCanvas) -> None:
    canvas.workspace.select([*T1, ("actors", "csos")])
    canvas.edits.align("top")
    bands = canvas.scene.bands
    assert bands.at(canvas.scene.cards["csos"].y).code == "T2"
    assert len({canvas.scene.cards[i].y for _, i in T1}) == 1


def test_distributing_makes_gaps_equal(canvas: MapCanvas) -> None:
    canvas.workspace.select(T1)
    canvas.edits.distribute("across")
    order = sorted(T1, key=lambda key: canvas.scene.cards[key[1]].x)
    boxes = [canvas.scene.cards[i].box for _, i in order]
    gaps = [after[0] - before[2] for before, after in pairwise(boxes)]
    assert gaps[0] == pytest.approx(gaps[1])
    assert gaps[0] > 0


def test_same_width_and_back(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    with document.edit("Rename") as edit:
        edit.change("actors", "gov", name="Government of the Republic and its peace panel office")
    canvas.workspace.select(T1)
    canvas.edits.same_width()
    assert len({canvas.scene.cards[i].content.width for _, i in T1}) == 1
    canvas.edits.own_width()
    assert len({canvas.scene.cards[i].content.width for _, i in T1}) > 1


def test_pinning_by_key_is_undoable(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    QTest.mouseClick(
        canvas,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        on_card(canvas, "gov"),
    )
    before = document.content()
    pins = []
    for _ in range(2):
        QTest.keyClick(canvas, Key.Key_P)
        pins.append(document.placements["gov"].pinned)
    assert pins == [True, False]
    canvas.workspace.history.undo()
    canvas.workspace.history.undo()
    assert document.content() == before
    assert not canvas.workspace.history.can_undo


def test_a_nudge_that_covers_a_card_says_so(canvas: MapCanvas) -> None:
    hints: list[str] = []
    move(canvas.workspace.document, {"gov": (360.0, 112.0)})
    canvas.workspace.hinted.connect(hints.append)
    canvas.workspace.select([("actors", "gov")])
    for _ in range(4):
        QTest.keyClick(canvas, Key.Key_Up)
    assert hints[-1] == "Government now covers Host state."
