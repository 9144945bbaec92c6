from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from model.commands.records import set_fields
from model.drawing.boxes import overlap
from tests.widgets.canvas.conftest import drag, move_pressed, on_card, on_map, place
from widgets.canvas.hits import handles
from widgets.canvas.mime import actor_kind_data

if TYPE_CHECKING:
    from widgets.canvas.canvas import MapCanvas
    from widgets.canvas.panel import MapPanel

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def handle_of(canvas: MapCanvas, actor_id: str, edge: int) -> QPoint:
    box = canvas.seen_box(canvas.scene.cards[actor_id])
    return QPointF(*handles(box, canvas.camera)[edge]).toPoint()


def test_click_selects_and_click_on_ground_clears(canvas: MapCanvas) -> None:
    QTest.mouseClick(canvas, LEFT, NONE, on_card(canvas, "gov"))
    assert canvas.workspace.selection == (("actors", "gov"),)
    QTest.mouseClick(canvas, LEFT, Qt.KeyboardModifier.ControlModifier, on_card(canvas, "front"))
    assert canvas.workspace.selected("actors") == ("gov", "front")
    QTest.mouseClick(canvas, LEFT, Qt.KeyboardModifier.ControlModifier, on_card(canvas, "gov"))
    assert canvas.workspace.selected("actors") == ("front",)
    QTest.mouseClick(canvas, LEFT, NONE, on_map(canvas, 900, 900))
    assert not canvas.workspace.selection


def test_click_on_a_line_selects_the_linkage(canvas: MapCanvas) -> None:
    QTest.mouseClick(canvas, LEFT, NONE, on_map(canvas, *canvas.scene.links["l1"].route.at(0.5)))
    assert canvas.workspace.selection == (("linkages", "l1"),)


def test_drag_moves_once_and_undo_puts_back(canvas: MapCanvas) -> None:
    document, history = canvas.workspace.document, canvas.workspace.history
    before, revision = place(canvas, "gov"), document.revision
    start = on_card(canvas, "gov")
    step = round(80 * canvas.camera.scale)
    drag(canvas, start, start + QPoint(step, step))
    assert document.revision == revision + 1
    x, y = place(canvas, "gov")
    assert abs(x - before[0] - 80) <= 8
    assert abs(y - before[1] - 80) <= 8
    assert x % 8 == 0
    assert canvas.scene.cards["gov"].x == x
    history.undo()
    assert place(canvas, "gov") == before
    assert canvas.scene.cards["gov"].x == before[0]


def test_drag_tells_what_release_does(canvas: MapCanvas) -> None:
    hints: list[str] = []
    canvas.workspace.hinted.connect(hints.append)
    start = on_card(canvas, "gov")
    drag(canvas, start, start + QPoint(40, 0), release=False)
    assert "Release moves Government" in hints[-1]
    QTest.mouseRelease(canvas, LEFT, NONE, start + QPoint(40, 0))
    assert hints[-1] == ""


def test_escape_restores_exactly(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    QTest.mouseClick(canvas, LEFT, NONE, on_card(canvas, "host"))
    content, cards, links = document.content(), dict(canvas.scene.cards), dict(canvas.scene.links)
    picture = canvas.grab().toImage()
    start = on_card(canvas, "gov")
    drag(canvas, start, start + QPoint(120, 60), release=False)
    assert canvas.grab().toImage() != picture
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, LEFT, NONE, start + QPoint(120, 60))
    QTest.mouseMove(canvas, on_card(canvas, "host"))
    assert document.content() == content
    assert canvas.scene.cards == cards
    assert canvas.scene.links == links
    assert canvas.workspace.selection == (("actors", "host"),)
    assert canvas.grab().toImage() == picture


def test_drop_in_another_band_changes_the_track_in_the_same_step(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    band = canvas.scene.bands.band("T3")
    drag(canvas, on_card(canvas, "csos"), on_map(canvas, 452, band.top + 100))
    assert document.actors["csos"].tracks == ("T3",)
    assert 0 < place(canvas, "csos")[1] < band.height
    assert canvas.scene.bands.at(canvas.scene.cards["csos"].y).code == "T3"
    canvas.workspace.history.undo()
    assert document.actors["csos"].tracks == ("T2",)


def test_alt_keeps_the_track(canvas: MapCanvas) -> None:
    target = on_map(canvas, 452, canvas.scene.bands.band("T3").top + 160)
    alt = Qt.KeyboardModifier.AltModifier
    drag(canvas, on_card(canvas, "csos"), target, modifiers=alt)
    assert canvas.workspace.document.actors["csos"].tracks == ("T2",)
    assert canvas.scene.cards["csos"].content.badge == "on II"


def test_rubber_band_selects_what_it_encloses(canvas: MapCanvas) -> None:
    drag(canvas, on_map(canvas, 40, 20), on_map(canvas, 600, 300))
    assert set(canvas.workspace.selected("actors")) == {"gov", "host"}
    assert canvas.workspace.selected("linkages") == ("l1",)


def test_group_of_selected_cards_moves_together(canvas: MapCanvas) -> None:
    canvas.workspace.select([("actors", "gov"), ("actors", "front")])
    before = {i: place(canvas, i) for i in ("gov", "front")}
    start = on_card(canvas, "gov")
    drag(canvas, start, start + QPoint(0, round(40 * canvas.camera.scale)))
    moved = {i: place(canvas, i)[1] - before[i][1] for i in before}
    assert moved["gov"] == moved["front"] != 0


def test_drag_from_a_handle_links(canvas: MapCanvas) -> None:
    canvas.link_kind = "consultation"
    QTest.mouseMove(canvas, on_card(canvas, "csos"))
    drag(canvas, handle_of(canvas, "csos", 0), on_card(canvas, "gov"))
    made = [x for x in canvas.workspace.document.linkages.values() if x.from_id == "csos"]
    assert [(x.to_id, x.kind, x.status) for x in made] == [("gov", "consultation", "planned")]
    assert canvas.workspace.selection == (("linkages", made[0].id),)
    assert made[0].id in canvas.scene.links


def test_linking_greys_out_what_cannot_be_linked(canvas: MapCanvas) -> None:
    hints: list[str] = []
    canvas.workspace.hinted.connect(hints.append)
    QTest.mouseMove(canvas, on_card(canvas, "gov"))
    drag(canvas, handle_of(canvas, "gov", 1), on_card(canvas, "gov"), release=False)
    assert canvas.veiled == {"gov"}
    assert "itself" in hints[-1]
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.veiled == frozenset()
    assert len(canvas.workspace.document.linkages) == 2


def test_palette_drop_adds_and_opens_the_name(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    band = canvas.scene.bands.band("T2")
    point = QPointF(on_map(canvas, 800, band.top + 100))
    data = actor_kind_data("womens_organisation")
    event = QDropEvent(point, Qt.DropAction.CopyAction, data, LEFT, NONE)
    canvas.dropEvent(event)
    made = next(a for a in document.actors.values() if a.kind == "womens_organisation")
    assert made.tracks == ("T2",)
    assert canvas.editor is not None
    QTest.keyClicks(canvas.editor, "Women of the valley")
    QTest.keyClick(canvas.editor, Qt.Key.Key_Return)
    assert document.actors[made.id].name == "Women of the valley"
    left, top, right, bottom = canvas.scene.cards[made.id].box
    assert left <= 800 <= right
    assert top <= band.top + 100 <= bottom


def test_double_click_adds_on_ground_and_renames_on_cards(canvas: MapCanvas) -> None:
    QTest.mouseDClick(canvas, LEFT, NONE, on_map(canvas, 860, 500))
    assert len(canvas.workspace.document.actors) == 5
    assert canvas.editor is not None
    QTest.keyClick(canvas.editor, Qt.Key.Key_Escape)
    QTest.mouseDClick(canvas, LEFT, NONE, on_card(canvas, "gov"))
    assert canvas.editor is not None
    assert canvas.editor.text() == "Government"
    QTest.keyClicks(canvas.editor, "Government of X")
    QTest.keyClick(canvas.editor, Qt.Key.Key_Return)
    assert canvas.workspace.document.actors["gov"].name == "Government of X"


def test_delete_takes_linkages_along_and_undo_restores(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    before = document.content()
    QTest.mouseClick(canvas, LEFT, NONE, on_card(canvas, "host"))
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert "host" not in document.actors
    assert not document.linkages
    assert not canvas.scene.links
    canvas.workspace.history.undo()
    assert document.content() == before
    assert set(canvas.scene.links) == {"l1", "l2"}


def test_wheel_scrolls_and_ctrl_wheel_zooms_around_the_pointer(panel: MapPanel) -> None:
    canvas = panel.canvas
    panel.zoom_100()
    under = canvas.map_point(QPointF(300, 200))
    canvas.zoom_by(1.5, QPointF(300, 200))
    moved = canvas.map_point(QPointF(300, 200))
    assert abs(moved[0] - under[0]) < 1
    assert abs(moved[1] - under[1]) < 1
    panel.zoom_fit()
    view = canvas.camera.view(canvas.width(), canvas.height())
    for card in canvas.scene.cards.values():
        assert view[0] <= card.box[0]
        assert card.box[2] <= view[2]


def test_middle_drag_pans_and_changes_nothing(canvas: MapCanvas) -> None:
    revision, left = canvas.workspace.document.revision, canvas.camera.left
    start = on_card(canvas, "gov")
    QTest.mousePress(canvas, Qt.MouseButton.MiddleButton, NONE, start)
    event_point = start + QPoint(50, 0)
    QTest.mouseMove(canvas, event_point)
    move_pressed(canvas, event_point)
    QTest.mouseRelease(canvas, Qt.MouseButton.MiddleButton, NONE, event_point)
    assert canvas.workspace.document.revision == revision
    assert canvas.camera.left < left


def test_shift_adds_the_track_and_the_card_spans_both_bands(canvas: MapCanvas) -> None:
    hints: list[str] = []
    canvas.workspace.hinted.connect(hints.append)
    target = on_map(canvas, 452, canvas.scene.bands.band("T3").top + 160)
    start, shift = on_card(canvas, "csos"), Qt.KeyboardModifier.ShiftModifier
    drag(canvas, start, target, modifiers=shift)
    assert tracks_of(canvas, "csos") == ["T2", "T3"]
    assert any("then on Track II, Track III" in hint for hint in hints)
    border, box = canvas.scene.bands.band("T3").top, canvas.scene.cards["csos"].box
    assert box[1] < border < box[3]
    canvas.workspace.history.undo()
    assert tracks_of(canvas, "csos") == ["T2"]
    assert not canvas.workspace.history.can_undo


def tracks_of(canvas: MapCanvas, actor_id: str) -> list[str]:
    return list(canvas.workspace.document.actors[actor_id].tracks)


def test_a_key_pressed_on_the_way_shows_at_once_what_release_does(canvas: MapCanvas) -> None:
    hints: list[str] = []
    canvas.workspace.hinted.connect(hints.append)
    target = on_map(canvas, 452, canvas.scene.bands.band("T3").top + 160)
    drag(canvas, on_card(canvas, "csos"), target, release=False)
    assert "changes the track" in hints[-1]
    # As systems send them: with the modifiers that were held before the key went down or up.
    QTest.keyPress(canvas, Qt.Key.Key_Alt)
    assert "changes the track" not in hints[-1]
    QTest.keyRelease(canvas, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
    assert "changes the track" in hints[-1]
    QTest.keyPress(canvas, Qt.Key.Key_Shift)
    assert "is then on" in hints[-1]
    QTest.mouseRelease(canvas, LEFT, Qt.KeyboardModifier.ShiftModifier, target)
    assert canvas.workspace.document.actors["csos"].tracks == ("T2", "T3")


def test_a_line_let_go_just_beside_a_card_is_meant_for_it(canvas: MapCanvas) -> None:
    _, _, right, bottom = canvas.scene.cards["csos"].box
    beside = on_map(canvas, right, bottom) + QPoint(4, -8)
    QTest.mouseMove(canvas, on_card(canvas, "gov"))
    drag(canvas, handle_of(canvas, "gov", 2), beside)
    made = [x for x in canvas.workspace.document.linkages.values() if x.from_id == "gov"]
    assert [x.to_id for x in made] == ["csos"]


def test_a_card_on_several_tracks_is_shown_where_release_puts_it(canvas: MapCanvas) -> None:
    document, hints = canvas.workspace.document, list[str]()
    canvas.workspace.hinted.connect(hints.append)
    set_fields(document, "actors", ["csos"], {"tracks": ("T2", "T3")})
    top = canvas.scene.cards["csos"].y
    before = document.content()
    start = on_card(canvas, "csos")
    drag(canvas, start, start - QPoint(0, 200), release=False)
    assert "stays over the border" in hints[-1]
    QTest.mouseRelease(canvas, LEFT, NONE, start - QPoint(0, 200))
    assert document.content() == before
    drag(canvas, start, start + QPoint(120, -200))
    assert canvas.scene.cards["csos"].y == top
    assert place(canvas, "csos")[0] > 400


def test_a_card_on_several_tracks_never_lands_on_others(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    set_fields(document, "actors", ["csos", "front"], {"tracks": ("T2", "T3")})
    far = canvas.scene.cards["front"].box
    x, y = canvas.camera.to_screen((far[0] + far[2]) / 2, far[1] - 260)
    drag(canvas, on_card(canvas, "csos"), QPoint(round(x), round(y)))
    assert canvas.scene.cards["csos"].x != 360
    assert not overlap(canvas.scene.cards["csos"].box, canvas.scene.cards["front"].box)


def test_a_card_dragged_to_the_band_of_no_track_lies_there(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    set_fields(document, "actors", ["host"], {"tracks": ()})
    band = canvas.scene.bands.band("unknown")
    canvas.zoom_fit()
    drag(canvas, on_card(canvas, "csos"), on_map(canvas, 700, band.top + 90))
    assert document.actors["csos"].tracks == ()
    assert canvas.scene.bands.at(canvas.scene.cards["csos"].y + 20).code == "unknown"


def test_a_rubber_band_with_shift_adds_and_says_how_many(canvas: MapCanvas) -> None:
    canvas.workspace.select([("actors", "csos")])
    hints: list[str] = []
    canvas.workspace.hinted.connect(hints.append)
    shift = Qt.KeyboardModifier.ShiftModifier
    start, end = on_map(canvas, 330, 10), on_map(canvas, 640, 130)
    drag(canvas, start, end, modifiers=shift)
    assert set(canvas.workspace.selected("actors")) == {"csos", "host"}
    assert "Release selects 1 thing more." in hints


def test_what_was_said_of_an_edit_goes_with_the_next_one(canvas: MapCanvas) -> None:
    hints: list[str] = []
    canvas.workspace.hinted.connect(hints.append)
    canvas.workspace.select([("actors", "gov")])
    QTest.keyClick(canvas, Qt.Key.Key_P)
    assert hints[-1].startswith("Pinned")
    canvas.workspace.history.undo()
    assert hints[-1] == ""


def test_nothing_is_said_to_be_pinned_while_the_project_is_protected(canvas: MapCanvas) -> None:
    hints: list[str] = []
    canvas.workspace.hinted.connect(hints.append)
    canvas.workspace.select([("actors", "gov")])
    canvas.workspace.protect(on=True)
    QTest.keyClick(canvas, Qt.Key.Key_P)
    assert not any(hints)
    assert not canvas.edits.all_pinned()


def test_a_name_is_typed_within_the_picture_even_at_its_edge(canvas: MapCanvas) -> None:
    QTest.mouseDClick(canvas, LEFT, NONE, QPoint(canvas.width() - 12, canvas.height() - 12))
    assert canvas.editor is not None
    assert canvas.rect().contains(canvas.editor.geometry())
