from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from model.commands.linkages import connect, set_bends
from tests.widgets.canvas.conftest import drag, on_card, on_map

if TYPE_CHECKING:
    from widgets.canvas.canvas import MapCanvas

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def handle(canvas: MapCanvas, kind: str, at: int) -> QPoint:
    found = next(h for h in canvas.selected_link_handles() if (h.kind, h.at) == (kind, at))
    return QPoint(round(found.x), round(found.y))


def bend_count(canvas: MapCanvas) -> int:
    return len(canvas.workspace.document.linkages["l1"].bends)


def choose(canvas: MapCanvas, link_id: str) -> None:
    canvas.workspace.select([("linkages", link_id)])


def test_dragging_an_end_to_another_card_reconnects(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    hints: list[str] = []
    canvas.workspace.hinted.connect(hints.append)
    choose(canvas, "l1")
    drag(canvas, handle(canvas, "end", 1), on_card(canvas, "csos"), release=False)
    assert hints[-1] == "Release moves this end to Civil society."
    QTest.mouseRelease(canvas, LEFT, NONE, on_card(canvas, "csos"))
    assert (document.linkages["l1"].from_id, document.linkages["l1"].to_id) == ("host", "csos")
    assert canvas.scene.links["l1"].to_id == "csos"
    canvas.workspace.history.undo()
    assert document.linkages["l1"].to_id == "gov"


def test_an_end_is_not_joined_to_the_other_end_or_to_nothing(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    before = document.content()
    for target in (on_card(canvas, "host"), on_map(canvas, 900, 950)):
        choose(canvas, "l1")
        drag(canvas, handle(canvas, "end", 1), target)
        assert document.content() == before
    choose(canvas, "l1")
    picture = canvas.grab().toImage()
    drag(canvas, handle(canvas, "end", 0), on_card(canvas, "csos"), release=False)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, LEFT, NONE, on_card(canvas, "csos"))
    assert document.content() == before
    QTest.mouseMove(canvas, on_map(canvas, 900, 950))
    assert canvas.grab().toImage() == picture


def test_pulling_a_line_bends_it_and_double_click_takes_the_bend_out(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    choose(canvas, "l1")
    drag(canvas, handle(canvas, "pull", 0), on_map(canvas, 200, 60))
    assert bend_count(canvas) == 1
    x, y = document.linkages["l1"].bends[0]
    assert (x, y) == (200.0, 64.0) or (x, y) == (200.0, 56.0)
    assert canvas.scene.links["l1"].route.distance(x, y) < 1
    drag(canvas, handle(canvas, "bend", 0), on_map(canvas, 240, 300))
    assert bend_count(canvas) == 1
    drag(canvas, handle(canvas, "pull", 1), on_map(canvas, 160, 320))
    assert bend_count(canvas) == 2
    QTest.mouseDClick(canvas, LEFT, NONE, handle(canvas, "bend", 1))
    assert bend_count(canvas) == 1
    while canvas.workspace.history.can_undo:
        canvas.workspace.history.undo()
    assert bend_count(canvas) == 0
    assert canvas.scene.links["l1"].route.is_straight


def test_a_bend_put_back_on_the_line_is_taken_out(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    straight = canvas.scene.links["l1"].route.at(0.4)
    set_bends(document, "l1", ((200.0, 300.0),))
    choose(canvas, "l1")
    drag(
        canvas,
        handle(canvas, "bend", 0),
        on_map(canvas, *straight),
        modifiers=Qt.KeyboardModifier.AltModifier,
    )
    assert document.linkages["l1"].bends == ()


def test_a_label_is_moved_and_stays_with_its_line(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    box = canvas.scene.labels["l1"]
    assert box is not None
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    drag(canvas, on_map(canvas, *middle), on_map(canvas, middle[0] - 60, middle[1] - 40))
    moved = canvas.scene.labels["l1"]
    assert moved is not None
    assert abs(moved[0] - box[0] + 60) < 3
    assert abs(moved[1] - box[1] + 40) < 3
    assert canvas.workspace.selection == (("linkages", "l1"),)
    before = canvas.scene.links["l1"].route.at(0.5)
    drag(canvas, on_card(canvas, "gov"), on_card(canvas, "gov") + QPoint(0, 80))
    after = canvas.scene.links["l1"].route.at(0.5)
    with_line = canvas.scene.labels["l1"]
    assert with_line is not None
    assert abs((with_line[1] - moved[1]) - (after[1] - before[1])) < 1
    canvas.workspace.history.undo()
    canvas.workspace.history.undo()
    assert document.linkages["l1"].label_at is None
    assert canvas.scene.labels["l1"] == box


def test_parallel_linkages_are_each_selected_by_a_click(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    kinds = ("negotiation", "consultation", "communication_channel")
    made = [connect(document, "gov", "front", kind) for kind in kinds]
    for link in made:
        route = canvas.scene.links[link.id].route
        QTest.mouseClick(canvas, LEFT, NONE, on_map(canvas, *route.at(0.2)))
        assert canvas.workspace.selection == (("linkages", link.id),)
        canvas.workspace.select([])


def test_a_line_on_the_way_has_no_second_self(canvas: MapCanvas) -> None:
    choose(canvas, "l1")
    pull = handle(canvas, "pull", 0)
    drag(canvas, pull, pull + QPoint(60, 90), release=False)
    assert canvas.selected_link_handles() == []
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.selected_link_handles() != []
    QTest.mouseRelease(canvas, LEFT, NONE, pull)


def test_a_label_on_the_way_is_seen_once(canvas: MapCanvas) -> None:
    canvas.zoom_100()
    choose(canvas, "l1")
    box = canvas.scene.labels["l1"]
    assert box is not None
    start = on_map(canvas, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    drag(canvas, start, start + QPoint(0, 120), release=False)
    assert canvas.frame.hidden_links == {"l1"}
    QTest.mouseRelease(canvas, LEFT, NONE, start + QPoint(0, 120))
    assert canvas.frame.hidden_links == frozenset()
    assert canvas.workspace.document.linkages["l1"].label_at is not None
