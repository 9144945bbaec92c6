"""Signs on the map: where they lie, when they are there, what they say."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible

from model.analysis.engine import findings
from model.analysis.report import on_map
from model.commands.actors import move
from model.commands.records import set_fields
from tests.benchmarks.map_case import map_document
from tests.builders import a_project
from tests.samples import sample
from tests.widgets.opening import shown, workspace_of
from widgets.canvas.accessible import announce_canvas
from widgets.canvas.badges import SIZE
from widgets.canvas.canvas import MapCanvas

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from model.document import Document


def split_channel() -> Document:
    """A running process whose team has no channel to the rebels, and a leaking back channel."""
    project = a_project(as_of="2013-02-15").actor("envoy", tracks=("T1",))
    project.actor("rebels", tracks=("T1",), conflict_role="primary_party")
    project.actor("other", tracks=("T2",)).actor("far", tracks=("T3",))
    project.add("processes", "p", name="Talks", lead_id="envoy", party_ids=("rebels",))
    project.link("other", "far", record_id="l", kind="back_channel", tlp="CLEAR", rationale="r")
    return project.document()


@pytest.fixture
def canvas(qtbot: QtBot) -> MapCanvas:
    workspace = workspace_of(split_channel())
    canvas = MapCanvas(workspace)
    announce_canvas(canvas)
    shown(qtbot, canvas, 900)
    canvas.zoom_fit()
    canvas.badges.show(findings(workspace.document, workspace.as_of))
    return canvas


def test_signs_lie_at_the_corner_of_the_card_and_on_the_line(canvas: MapCanvas) -> None:
    card = canvas.scene.cards["rebels"]
    place = canvas.badges.place(("actors", "rebels"))
    assert place is not None
    x, y = canvas.camera.to_screen(card.box[0], card.box[1])
    assert abs(place.x() - x) < SIZE / 4
    assert abs(place.y() - y) < SIZE / 4
    assert canvas.badges.place(("actors", "far")) is None
    assert canvas.badges.place(("linkages", "l")) is not None
    [about] = canvas.badges.at(place)
    assert about.rule_id == "W17"
    assert canvas.badges.at(place * 3) == ()


def test_they_are_seen_and_go_with_their_reason(canvas: MapCanvas) -> None:
    with_signs = canvas.grab().toImage()
    canvas.badges.show([])
    assert canvas.grab().toImage() != with_signs
    assert canvas.badges.place(("actors", "rebels")) is None


def test_from_afar_cards_share_a_sign_and_linkages_have_none(canvas: MapCanvas) -> None:
    canvas.zoom_by(0.05 / canvas.camera.scale)
    [sign] = canvas.badges.signs()
    assert ("actors", "rebels") in sign.keys
    place = canvas.badges.place(("actors", "rebels"))
    assert place is not None
    assert "No record of a channel" in canvas.badges.said_at(place)
    assert canvas.badges.place(("linkages", "l")) is None


def test_dimmed_cards_have_no_sign(canvas: MapCanvas) -> None:
    lit = canvas.grab().toImage()
    canvas.spotlight.set_lit(frozenset({"far"}))
    dimmed = canvas.grab().toImage()
    canvas.badges.show([])
    assert canvas.grab().toImage() == dimmed != lit


def test_screen_readers_hear_what_a_sign_stands_for(canvas: MapCanvas) -> None:
    interface = QAccessible.queryAccessibleInterface(canvas)
    said = [
        interface.child(at).text(QAccessible.Text.Description)
        for at in range(interface.childCount())
    ]
    assert any("No record of a channel from the team of Talks to rebels" in one for one in said)


def test_no_sign_covers_another_one(qtbot: QtBot) -> None:
    workspace = workspace_of(sample())
    canvas = MapCanvas(workspace)
    shown(qtbot, canvas, 878, 464)
    canvas.badges.show(findings(workspace.document, workspace.as_of))
    canvas.zoom_fit()
    for _ in range(6):
        canvas.refine()
        for one, other in combinations(canvas.badges.signs(), 2):
            apart = max(abs(one.x - other.x), abs(one.y - other.y))
            assert apart >= 0.8 * (one.radius + other.radius)
        canvas.zoom_by(1.25)


@pytest.mark.parametrize("name", ["mindanao", "myanmar"])
def test_no_sign_lies_on_the_words_of_a_label(qtbot: QtBot, name: str) -> None:
    workspace = workspace_of(sample(name))
    canvas = MapCanvas(workspace)
    shown(qtbot, canvas, 1360, 860)
    canvas.badges.show(findings(workspace.document, workspace.as_of))
    canvas.zoom_fit()
    canvas.zoom_100()
    canvas.refine()
    words = [
        (*canvas.camera.to_screen(box[0] + 9, box[1] + 2), box[2] - box[0] - 18)
        for box in canvas.scene.labels.values()
        if box is not None
    ]
    signs = [canvas.badges.place(("linkages", i)) for i in canvas.scene.links]
    assert any(sign is not None for sign in signs) or name == "myanmar"
    for sign in signs:
        for x, y, wide in words:
            apart = QRectF(x, y, wide, 14)
            assert sign is None or not apart.intersects(
                QRectF(sign.x() - SIZE / 2, sign.y() - SIZE / 2, SIZE, SIZE)
            )


@pytest.mark.parametrize("scale", [0.3, 0.6, 1.0])
def test_an_edit_places_signs_anew_only_near_it(qtbot: QtBot, scale: float) -> None:
    workspace = workspace_of(map_document(90, 300))
    canvas = MapCanvas(workspace)
    shown(qtbot, canvas, 1360, 860)
    one = next(iter(on_map(findings(workspace.document, workspace.as_of)).values()))[0]
    keys = [("actors", i) for i in workspace.document.actors]
    keys += [("linkages", i) for i in list(workspace.document.linkages)[::3]]
    canvas.badges.show(msgspec.structs.replace(one, targets=(key,)) for key in keys)
    canvas.zoom_fit()
    canvas.zoom_by(scale / canvas.camera.scale)
    canvas.refine()
    before = {one.keys: one for one in canvas.badges.signs()}
    assert len(before) > 20
    shown_cards = [one for keys, one in before.items() if keys[0][0] == "actors"]
    moved = min(shown_cards, key=lambda one: one.x + one.y).keys[0][1]
    place = canvas.scene.place_of(moved)
    other: set[str] = set()
    canvas.scene_changed.connect(lambda change: other.update(change.cards, change.links))

    move(workspace.document, {moved: (place[0] + 40, place[1])})
    set_fields(workspace.document, "actors", [moved], {"name": "Another name by far"})
    canvas.refine()
    after = {one.keys: one for one in canvas.badges.signs()}

    middle = canvas.badges.place(("actors", moved))
    assert middle is not None
    box = canvas.seen_box(canvas.scene.cards[moved])
    left, top = canvas.camera.to_screen(box[0], box[1])
    right, bottom = canvas.camera.to_screen(box[2], box[3])
    assert left - SIZE < middle.x() < right + SIZE
    assert top - SIZE < middle.y() < bottom + SIZE
    same = {keys: one for keys, one in before.items() if other.isdisjoint(i for _, i in keys)}
    far = [keys for keys, one in same.items() if abs(one.y - middle.y()) > 260]
    assert far
    assert [after[keys] for keys in far] == [before[keys] for keys in far]
