from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from model.commands.arranging import set_band_height
from model.commands.clipboard import copies_of, packed, unpacked
from model.commands.linkages import connect, set_bends
from model.commands.notes import add_note
from model.commands.records import add_record
from model.document import Document
from model.drawing.boxes import overlap
from model.refusals import Refusal
from tests.samples import sample
from widgets.canvas.clipboard import FORMAT, has_copies

if TYPE_CHECKING:
    from collections.abc import Callable

    from widgets.canvas.canvas import MapCanvas
    from widgets.canvas.panel import MapPanel

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def copy_two(canvas: MapCanvas) -> None:
    canvas.workspace.select([("actors", "host"), ("actors", "gov")])
    QTest.keyClick(canvas, Key.Key_C, CTRL)


def test_pasting_adds_copies_with_fresh_ids_beside_the_originals(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    before = document.content()
    copy_two(canvas)
    QTest.keyClick(canvas, Key.Key_V, CTRL)
    fresh = set(document.actors) - {"gov", "front", "host", "csos"}
    assert {document.actors[i].name for i in fresh} == {"Host state 2", "Government 2"}
    links = [x for x in document.linkages.values() if x.id not in {"l1", "l2"}]
    assert [(x.kind, {x.from_id, x.to_id}) for x in links] == [("facilitation", fresh)]
    assert set(canvas.workspace.selected("actors")) == fresh
    boxes = [card.box for card in canvas.scene.cards.values()]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    canvas.workspace.history.undo()
    assert document.content() == before
    assert not canvas.workspace.history.can_undo


def test_pasting_into_another_project_keeps_what_was_copied(
    canvas: MapCanvas, open_map: Callable[[Document], MapPanel]
) -> None:
    document = canvas.workspace.document
    process = add_record(document, "processes", name="Talks")
    fields = {"actor_id": "host", "role": "facilitator", "process_id": process.id}
    add_record(document, "roles", **fields)
    copy_two(canvas)
    other = open_map(Document())
    QTest.keyClick(other.canvas, Key.Key_V, CTRL)
    there = other.workspace.document
    assert {actor.name for actor in there.actors.values()} == {"Host state", "Government"}
    assert not set(there.actors) & set(document.actors)
    assert len(there.linkages) == 1
    assert [role.process_id for role in there.roles.values()] == [""]
    assert len(other.canvas.scene.cards) == 2


def test_duplicating_leaves_the_clipboard_alone(canvas: MapCanvas) -> None:
    QGuiApplication.clipboard().setText("something else")
    canvas.workspace.select([("actors", "gov")])
    QTest.keyClick(canvas, Key.Key_D, CTRL)
    assert len(canvas.workspace.document.actors) == 5
    assert QGuiApplication.clipboard().text() == "something else"
    assert canvas.workspace.history.undo_label == "Duplicate"


def test_cutting_and_pasting_back(canvas: MapCanvas) -> None:
    canvas.workspace.select([("actors", "gov")])
    QTest.keyClick(canvas, Key.Key_X, CTRL)
    assert "gov" not in canvas.workspace.document.actors
    QTest.keyClick(canvas, Key.Key_V, CTRL)
    names = [actor.name for actor in canvas.workspace.document.actors.values()]
    assert names.count("Government") == 1


def test_copies_are_private_on_the_clipboard(canvas: MapCanvas) -> None:
    copy_two(canvas)
    content = QGuiApplication.clipboard().mimeData()
    assert content.data("x-kde-passwordManagerHint").data() == b"secret"
    assert not content.hasText()
    assert has_copies()


def test_what_others_put_there_is_refused_in_one_sentence(canvas: MapCanvas) -> None:
    refused: list[Refusal] = []
    canvas.workspace.refused.connect(refused.append)
    content = QMimeData()
    content.setData(FORMAT, b'{"version":1,"tables":{"actors":[{"id":5}]}}')
    QGuiApplication.clipboard().setMimeData(content)
    before = canvas.workspace.document.content()
    QTest.keyClick(canvas, Key.Key_V, CTRL)
    assert [one.code for one in refused] == ["clipboard"]
    assert canvas.workspace.document.content() == before


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b'{"version":2,"tables":{}}'])
def test_rubbish_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        unpacked(data)


def test_packing_keeps_everything(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    copies = copies_of(document, [("actors", "gov"), ("actors", "host")], {})
    assert unpacked(packed(copies)) == copies


def test_copies_come_into_view_at_the_scale_at_which_one_looks(canvas: MapCanvas) -> None:
    for scale in (0.3, 0.6):
        canvas.zoom_fit()
        canvas.zoom_by(scale / canvas.camera.scale)
        canvas.workspace.select([("actors", "host"), ("actors", "gov")])
        seen = canvas.camera.scale
        QTest.keyClick(canvas, Key.Key_D, CTRL)
        assert canvas.camera.scale == seen
        view = canvas.camera.view(canvas.width(), canvas.height())
        for fresh in canvas.workspace.selected("actors"):
            box = canvas.scene.cards[fresh].box
            assert view[0] <= box[0] <= box[2] <= view[2]
            assert view[1] <= box[1] <= box[3] <= view[3]
        canvas.workspace.history.undo()


def test_copies_on_several_tracks_cover_nothing_in_another_project(
    open_map: Callable[[Document], MapPanel],
) -> None:
    source = open_map(sample("mindanao")).canvas
    wide = {i for i, actor in source.workspace.document.actors.items() if len(actor.tracks) > 1}
    for chosen in sorted(wide & source.scene.cards.keys())[:5]:
        other = open_map(sample("myanmar")).canvas
        before = dict(other.scene.cards)
        source.workspace.select([("actors", chosen)])
        QTest.keyClick(source, Key.Key_C, CTRL)
        QTest.keyClick(other, Key.Key_V, CTRL)
        (fresh,) = other.scene.cards.keys() - before.keys()
        box = other.scene.cards[fresh].box
        assert not any(overlap(box, card.box) for card in before.values())


def test_copies_of_copies_are_counted_on_and_never_cover_a_card(canvas: MapCanvas) -> None:
    canvas.workspace.select([("actors", "gov"), ("actors", "csos")])
    for _ in range(14):
        QTest.keyClick(canvas, Key.Key_D, CTRL)
    names = {actor.name for actor in canvas.workspace.document.actors.values()}
    assert {"Government 2", "Government 15", "Civil society 15"} <= names
    assert not any(name.endswith(" 2 2") for name in names)
    boxes = [card.box for card in canvas.scene.cards.values()]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))


def test_bends_and_free_notes_keep_their_place_in_their_band_in_another_project(
    canvas: MapCanvas, open_map: Callable[[Document], MapPanel]
) -> None:
    document = canvas.workspace.document
    link = connect(document, "csos", "gov")
    table, below = canvas.scene.bands.band("T1"), canvas.scene.bands.band("T2")
    bends = ((500.0, table.top + 300), (420.0, below.top + 60))
    set_bends(document, link.id, bends)
    note = add_note(document, "Quiet", (700.0, below.top + 90))
    keys = [("actors", "csos"), ("actors", "gov"), ("notes", note.id)]
    canvas.workspace.select(keys)
    QTest.keyClick(canvas, Key.Key_C, CTRL)
    other = open_map(Document()).canvas
    set_band_height(other.workspace.document, "T1", 800.0)
    QTest.keyClick(other, Key.Key_V, CTRL)
    there = other.workspace.document
    (fresh,) = there.linkages.values()
    across = fresh.bends[0][0] - 500.0
    here = other.scene.bands.band("T2").top
    assert here > below.top
    assert fresh.bends == ((500.0 + across, 300.0), (420.0 + across, here + 60))
    (slip,) = other.scene.notes.values()
    assert (slip.x, slip.y) == (700.0 + across, here + 90)
