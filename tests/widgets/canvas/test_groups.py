from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from model.commands.linkages import connect, set_bends
from model.commands.notes import add_note
from model.commands.records import add_record, set_fields
from tests.widgets.canvas.conftest import drag, on_card, on_map, place
from widgets.canvas.hits import handles

if TYPE_CHECKING:
    from widgets.canvas.canvas import MapCanvas

Key = Qt.Key


def make_group(canvas: MapCanvas, *ids: str) -> str:
    """Make a group with the keyboard and name it Quad."""
    canvas.workspace.select([("actors", i) for i in ids])
    QTest.keyClick(canvas, Key.Key_G)
    assert canvas.editor is not None
    QTest.keyClicks(canvas.editor, "Quad")
    QTest.keyClick(canvas.editor, Key.Key_Return)
    return next(i for i, g in canvas.workspace.document.groups.items() if g.label == "Quad")


def test_a_group_collapses_to_one_card_that_keeps_outside_links_counted(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    connect(document, "csos", "gov", "consultation")
    connect(document, "csos", "front", "consultation")
    before = document.content()
    group = make_group(canvas, "gov", "front")
    assert ("groups", group) in canvas.scene.outlines
    canvas.workspace.select([("groups", group)])
    QTest.keyClick(canvas, Key.Key_G)
    assert set(canvas.scene.cards) == {"host", "csos", group}
    counts = {frozenset({x.from_id, x.to_id}): x.content.count for x in canvas.scene.links.values()}
    assert counts == {frozenset({"host", group}): 2, frozenset({"csos", group}): 2}
    assert {x.content.text for x in canvas.scene.links.values()} == {"2 linkages"}
    assert canvas.scene.cards[group].content.detail.startswith("2 members")
    from_afar = canvas.renderer.card_painter.plates.of([canvas.scene.cards[group]], 0.5)[0]
    assert from_afar is not None
    assert from_afar.text == "Quad +2"
    QTest.keyClick(canvas, Key.Key_G)
    assert set(canvas.scene.cards) == {"gov", "front", "host", "csos"}
    assert len(canvas.scene.links) == 4
    while document.content() != before:
        canvas.workspace.history.undo()
    assert not canvas.scene.outlines


def test_the_outline_of_a_collapsed_group_is_gone_from_the_picture(canvas: MapCanvas) -> None:
    group = make_group(canvas, "gov", "front")
    left, _, right, bottom = canvas.scene.outlines["groups", group].boxes[0]
    edge = on_map(canvas, (left + right) / 2, bottom - 4)
    ground = canvas.grab().toImage().pixelColor(on_map(canvas, left - 40, bottom - 4))
    assert canvas.grab().toImage().pixelColor(edge) != ground
    canvas.workspace.select([("groups", group)])
    QTest.keyClick(canvas, Key.Key_G)
    canvas.workspace.select([])
    assert canvas.grab().toImage().pixelColor(edge) == ground


def test_a_contact_group_collapses_onto_its_own_card(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    set_fields(document, "actors", ["host"], {"kind": "contact_group"})
    add_record(
        document,
        "linkages",
        from_id="csos",
        to_id="host",
        kind="membership",
        status="active",
    )
    connect(document, "csos", "gov", "consultation")
    canvas.workspace.select([("actors", "host")])
    QTest.keyClick(canvas, Key.Key_G)
    assert set(canvas.scene.cards) == {"gov", "front", "host"}
    links = [x for x in canvas.scene.links.values() if {x.from_id, x.to_id} == {"host", "gov"}]
    assert [link.content.count for link in links] == [2]
    assert "l1" in links[0].bundle
    QTest.keyClick(canvas, Key.Key_G)
    assert set(canvas.scene.cards) == {"gov", "front", "host", "csos"}
    assert list(canvas.scene.outlines) == [("actors", "host")]


def test_moving_a_collapsed_group_moves_its_members(canvas: MapCanvas) -> None:
    group = make_group(canvas, "gov", "front")
    canvas.workspace.select([("groups", group)])
    QTest.keyClick(canvas, Key.Key_G)
    before = {i: place(canvas, i) for i in ("gov", "front")}
    canvas.workspace.select([])
    drag(canvas, on_card(canvas, group), on_card(canvas, group) + QPoint(40, 120))
    moved = {(place(canvas, i)[0] - x, place(canvas, i)[1] - y) for i, (x, y) in before.items()}
    assert len(moved) == 1
    assert moved != {(0.0, 0.0)}
    assert canvas.workspace.selection == (("groups", group),)
    canvas.workspace.history.undo()
    assert {i: place(canvas, i) for i in before} == before


def test_removing_a_group_never_removes_actors(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    group = make_group(canvas, "gov", "front")
    title = canvas.scene.outlines["groups", group].title_box
    middle = on_map(canvas, (title[0] + title[2]) / 2, (title[1] + title[3]) / 2)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert canvas.workspace.selection == (("groups", group),)
    QTest.keyClick(canvas, Key.Key_Delete)
    assert not document.groups
    assert len(document.actors) == 4


def test_members_come_and_go(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    group = make_group(canvas, "gov", "front")
    canvas.workspace.select([("actors", "csos")])
    canvas.groups.add_to(group)
    assert document.groups[group].member_ids == ("gov", "front", "csos")
    canvas.workspace.select([("actors", i) for i in ("gov", "front", "csos")])
    canvas.groups.leave(group)
    assert not document.groups
    assert len(document.actors) == 4
    canvas.workspace.history.undo()
    assert len(document.groups[group].member_ids) == 3


def test_a_bent_linkage_of_a_collapsed_group_can_be_selected(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    link = connect(document, "csos", "gov", "consultation")
    set_bends(document, link.id, ((40.0, 300.0), (90.0, 340.0)))
    canvas.workspace.select([("linkages", link.id)])
    assert [one.kind for one in canvas.selected_link_handles()].count("bend") == 2
    group = make_group(canvas, "gov", "front")
    canvas.workspace.select([("groups", group)])
    QTest.keyClick(canvas, Key.Key_G)
    canvas.workspace.select([("linkages", link.id)])
    assert {one.kind for one in canvas.selected_link_handles()} <= {"end"}
    canvas.grab()


def test_the_title_of_a_group_is_hit_where_it_is_seen_even_where_a_line_runs_under_it(
    canvas: MapCanvas,
) -> None:
    group = make_group(canvas, "gov", "host")
    link = connect(canvas.workspace.document, "front", "csos", "consultation")
    title = canvas.scene.outlines["groups", group].title_box
    x, y = title[0] + 12.0, title[3] - 4.0
    set_bends(canvas.workspace.document, link.id, ((x - 60, y), (x, y), (x + 60, y)))
    for scale in (0.3, 0.5, 1.0):
        canvas.zoom_fit()
        canvas.zoom_by(scale / canvas.camera.scale)
        canvas.reveal("groups", group)
        place = QPointF(on_map(canvas, x, y))
        assert canvas.renderer.links.names_within((x, y, x, y))
        assert canvas.hit(place).key == ("groups", group)


def test_a_new_group_and_a_new_name_of_it_are_drawn_at_once(canvas: MapCanvas) -> None:
    def drawn() -> list[str]:
        return [one.outline.membership.name for one in canvas.renderer._outlines]

    group = make_group(canvas, "gov", "host")
    assert drawn() == ["Quad"]
    set_fields(canvas.workspace.document, "groups", [group], {"label": "Five"})
    assert drawn() == ["Five"]
    canvas.workspace.history.undo()
    assert drawn() == [one.label for one in canvas.workspace.document.groups.values()] != ["Five"]


def test_what_does_not_show_on_the_map_repaints_nothing_of_it(canvas: MapCanvas) -> None:
    canvas.zoom_fit()
    canvas.refine()
    assert canvas.frame.shows(canvas.camera)
    set_fields(canvas.workspace.document, "actors", ["gov"], {"needs": "Safety"})
    assert canvas.frame.shows(canvas.camera)
    set_fields(canvas.workspace.document, "actors", ["gov"], {"name": "Cabinet"})
    assert not canvas.frame.shows(canvas.camera)
    canvas.refine()
    add_note(canvas.workspace.document, "Ask", (40.0, 40.0))
    assert not canvas.frame.shows(canvas.camera)


def test_a_line_let_go_on_a_collapsed_group_says_why_and_makes_nothing(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    group = make_group(canvas, "gov", "front")
    QTest.keyClick(canvas, Key.Key_G)
    assert canvas.scene.cards[group].members
    before = document.content()
    said: list[str] = []
    refused: list[object] = []
    canvas.workspace.hinted.connect(said.append)
    canvas.workspace.refused.connect(refused.append)
    QTest.mouseMove(canvas, on_card(canvas, "csos"))
    x, y = handles(canvas.seen_box(canvas.scene.cards["csos"]), canvas.camera)[0]
    drag(canvas, QPoint(round(x), round(y)), on_card(canvas, group))
    assert any("stands for several actors" in one for one in said)
    canvas.workspace.select([("linkages", "l1")])
    end = next(one for one in canvas.selected_link_handles() if one.kind == "end")
    drag(canvas, QPoint(round(end.x), round(end.y)), on_card(canvas, group))
    assert document.content() == before
    assert not refused
