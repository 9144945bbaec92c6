from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from model.commands.actors import move
from model.commands.groups import make_group, set_collapsed
from model.commands.notes import add_note
from model.commands.records import remove_records
from model.drawing.boxes import overlap
from tests.widgets.canvas.conftest import drag, on_card, on_map

if TYPE_CHECKING:
    from widgets.canvas.canvas import MapCanvas

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def written(canvas: MapCanvas, text: str) -> str:
    """Type into the open slip and keep it; returns the id of the note."""
    editor = canvas.notes.editor
    assert editor is not None
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Key.Key_Return, CTRL)
    return canvas.workspace.selected("notes")[0]


def on_note(canvas: MapCanvas, note_id: str) -> QPoint:
    left, top, right, bottom = canvas.scene.notes[note_id].box
    return on_map(canvas, (left + right) / 2, (top + bottom) / 2)


def test_how_a_note_is_kept_is_said_while_it_is_typed(canvas: MapCanvas) -> None:
    said: list[str] = []
    canvas.workspace.hinted.connect(said.append)
    canvas.workspace.select([("actors", "gov")])
    QTest.keyClick(canvas, Key.Key_N)
    assert "Ctrl+Enter" in said[-1]
    written(canvas, "Ask the envoy first")
    assert said[-1] == ""


def test_a_note_is_pinned_to_a_card_and_goes_with_it(canvas: MapCanvas) -> None:
    canvas.workspace.select([("actors", "gov")])
    QTest.keyClick(canvas, Key.Key_N)
    note_id = written(canvas, "Ask the envoy first")
    document = canvas.workspace.document
    note = document.notes[note_id]
    assert (note.text, note.target_table, note.target_id) == (
        "Ask the envoy first",
        "actors",
        "gov",
    )
    before = canvas.scene.notes[note_id].box
    card = canvas.scene.cards["gov"].x
    drag(canvas, on_card(canvas, "gov"), on_card(canvas, "gov") + QPoint(80, 0))
    moved = canvas.scene.cards["gov"].x - card
    assert moved > 0
    assert canvas.scene.notes[note_id].box[0] - before[0] == moved
    drag(canvas, on_note(canvas, note_id), on_note(canvas, note_id) + QPoint(0, 60))
    assert canvas.scene.notes[note_id].y > before[1]
    canvas.workspace.select([("actors", "gov")])
    QTest.keyClick(canvas, Key.Key_Delete)
    assert note_id not in document.notes
    assert not canvas.scene.notes
    while canvas.workspace.history.can_undo:
        canvas.workspace.history.undo()
    assert not document.notes
    assert "gov" in canvas.scene.cards


def test_a_free_note_is_written_changed_and_removed(canvas: MapCanvas) -> None:
    canvas.workspace.select([])
    QTest.keyClick(canvas, Key.Key_N)
    note_id = written(canvas, "Quiet until March")
    picture = canvas.grab().toImage()
    QTest.mouseDClick(
        canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, on_note(canvas, note_id)
    )
    assert written(canvas, "Quiet until April") == note_id
    assert canvas.workspace.document.notes[note_id].text == "Quiet until April"
    assert canvas.grab().toImage() != picture
    QTest.keyClick(canvas, Key.Key_Delete)
    assert not canvas.scene.notes
    canvas.workspace.history.undo()
    assert canvas.scene.notes[note_id].text == "Quiet until April"


def test_escape_and_an_empty_slip_leave_no_note(canvas: MapCanvas) -> None:
    before = canvas.workspace.document.content()
    for key, modifiers in (
        (Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Return, CTRL),
    ):
        canvas.workspace.select([("linkages", "l1")])
        QTest.keyClick(canvas, Key.Key_N)
        assert canvas.notes.editor is not None
        QTest.keyClick(canvas.notes.editor, key, modifiers)
        assert canvas.hasFocus()
    assert canvas.workspace.document.content() == before


def test_new_notes_cover_neither_cards_nor_each_other(canvas: MapCanvas) -> None:
    canvas.zoom_fit()
    middle = canvas.map_point(QPointF(canvas.width() / 2, canvas.height() / 2))
    move(canvas.workspace.document, {"csos": (middle[0] - 40.0, 0.0)})
    ids = []
    for number, selected in enumerate(([], [], [("actors", "gov")], [("actors", "gov")])):
        canvas.workspace.select(selected)
        QTest.keyClick(canvas, Key.Key_N)
        ids.append(written(canvas, f"Note {number}"))
    boxes = [canvas.scene.notes[one].box for one in ids]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    assert not any(canvas.scene.cards_near(box) for box in boxes)


def test_a_note_is_read_from_afar_as_far_as_its_words_fit(canvas: MapCanvas) -> None:
    pictures = []
    for text in ("Who calls them?", "Somebody else!"):
        note = add_note(canvas.workspace.document, text, (700.0, 500.0))
        canvas.zoom_by(0.5 / canvas.camera.scale)
        pictures.append(canvas.grab().toImage())
        remove_records(canvas.workspace.document, "notes", [note.id])
    assert pictures[0] != pictures[1]


def test_notes_are_selected_with_what_lies_around_them_and_move_along(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    free = add_note(document, "Quiet", (700.0, 60.0))
    pinned = add_note(document, "Ask", (0.0, 90.0), ("actors", "front"))
    canvas.zoom_fit()
    start = document.content()
    box = canvas.scene.notes[free.id].box
    drag(canvas, on_map(canvas, 560, 20), on_map(canvas, 960, 340))
    assert {("notes", free.id), ("notes", pinned.id), ("actors", "front")} <= set(
        canvas.workspace.selection
    )
    lies = canvas.scene.notes[pinned.id].box[0] - canvas.scene.cards["front"].box[0]
    here = on_note(canvas, free.id)
    hints: list[str] = []
    canvas.workspace.hinted.connect(hints.append)
    drag(canvas, here, here + QPoint(0, 40), release=False)
    assert "2 things" in hints[-1]
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=here + QPoint(0, 40))
    assert canvas.scene.notes[free.id].box[1] > box[1]
    assert canvas.scene.cards["front"].box[1] > 160
    assert canvas.scene.notes[pinned.id].box[0] - canvas.scene.cards["front"].box[0] == lies
    canvas.workspace.history.undo()
    assert document.content() == start


def test_arrows_move_a_note(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    note = add_note(document, "Quiet", (700.0, 360.0))
    start, camera = document.content(), canvas.camera
    canvas.workspace.select([("notes", note.id), ("actors", "gov")])
    for _ in range(3):
        QTest.keyClick(canvas, Key.Key_Right)
    assert canvas.scene.notes[note.id].x == 724.0
    assert canvas.scene.cards["gov"].x == 104.0
    assert canvas.camera == camera
    canvas.workspace.history.undo()
    assert document.content() == start


def test_a_note_is_pinned_to_a_group_open_or_collapsed(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    group = make_group(document, ["gov", "host"])
    canvas.workspace.select([("groups", group.id)])
    QTest.keyClick(canvas, Key.Key_N)
    note_id = written(canvas, "Who speaks for them?")
    note = document.notes[note_id]
    assert (note.target_table, note.target_id) == ("groups", group.id)
    assert not canvas.scene.cards_near(canvas.scene.notes[note_id].box)
    before = canvas.scene.notes[note_id].box
    title = canvas.scene.outlines["groups", group.id].title_box
    grip = on_map(canvas, title[0] + 10, (title[1] + title[3]) / 2)
    drag(canvas, grip, grip + QPoint(0, 60))
    moved = canvas.scene.outlines["groups", group.id].title_box[1] - title[1]
    assert moved > 0
    assert canvas.scene.notes[note_id].box[1] - before[1] == moved
    set_collapsed(document, "groups", group.id, collapsed=True)
    assert note_id in canvas.scene.notes
    canvas.workspace.select([("groups", group.id)])
    QTest.keyClick(canvas, Key.Key_Delete)
    assert note_id not in document.notes
    assert {"gov", "host"} <= document.actors.keys()


def test_copies_take_their_notes_along_at_the_same_places(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    add_note(document, "On the card", (5.0, 90.0), ("actors", "gov"))
    add_note(document, "On the line", (15.0, 30.0), ("linkages", "l1"))
    canvas.workspace.select([("actors", "gov"), ("actors", "host")])
    QTest.keyClick(canvas, Key.Key_D, CTRL)
    found = sorted(
        (note.text, document.placements[note.id].x, document.placements[note.id].y)
        for note in document.notes.values()
    )
    assert found == [
        *(("On the card", 5.0, 90.0),) * 2,
        *(("On the line", 15.0, 30.0),) * 2,
    ]
