"""What the canvas keeps and brings up to date piece by piece is what a fresh one would make."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.commands.actors import move
from model.commands.records import remove_records, set_fields
from model.drawing.link_labels import LAZY_LIMIT, RELABEL_LIMIT
from model.drawing.map_options import MapOptions
from model.drawing.scene import MapScene
from model.drawing.style import style_sheet
from model.records import Linkage
from tests.benchmarks.map_case import map_document
from tests.examples import examples
from tests.widgets.opening import workspace_of
from widgets.canvas.canvas import MapCanvas
from widgets.canvas.renderer import Renderer
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from model.document import Commit, Document

DAY = date(2020, 1, 1)
ACTORS = st.integers(0, 23).map(lambda number: f"a{number}")
CAPTIONED = (0.06, 0.14)
"""Where all cards are blocks, and where some have room for a plate."""
KINDS = ("mso", "state", "armed_group")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), ACTORS, st.integers(-2, 9)),
        st.tuples(st.just("name"), ACTORS, st.integers(0, 30)),
        st.tuples(st.just("kind"), ACTORS, st.integers(0, 2)),
        st.tuples(st.just("track"), ACTORS, st.integers(0, 2)),
        st.tuples(st.just("link"), ACTORS, st.integers(0, 23)),
        st.tuples(st.just("apart"), ACTORS, st.integers(0, 40)),
        st.tuples(st.just("unlink"), ACTORS, st.integers(0, 40)),
        st.tuples(st.just("delete"), ACTORS, st.just(0)),
    ),
    min_size=1,
    max_size=8,
)


def take_step(document: Document, step: tuple[str, str, int]) -> None:
    what, actor, number = step
    linkages = sorted(document.linkages)
    linkage = linkages[number % len(linkages)] if linkages else ""
    if what == "apart":
        set_fields(document, "linkages", [linkage], {"decision": "keep_apart"})
    elif what == "unlink":
        remove_records(document, "linkages", [linkage])
    elif actor in document.actors:
        change_actor(document, what, actor, number)


def change_actor(document: Document, what: str, actor: str, number: int) -> None:
    values: dict[str, dict[str, object]] = {
        "name": {"short_name": "X" * (number + 1)},
        "kind": {"kind": KINDS[number % 3]},
        "track": {"tracks": (("T1", "T2", "T3")[number % 3],)},
    }
    if what in values:
        set_fields(document, "actors", [actor], values[what])
    elif what == "move":
        move(document, {actor: (37.0 * number, 90.0 * number)})
    elif what == "delete":
        remove_records(document, "actors", [actor])
    elif f"a{number}" in document.actors and actor != f"a{number}":
        line = Linkage(id=f"n{number}", from_id=actor, to_id=f"a{number}", kind="negotiation")
        with document.edit("link") as edit:
            edit.put("linkages", line)


class MapInStep:
    """A small map that follows its document, and what a fresh one would be."""

    def __init__(self) -> None:
        self.document = map_document(24, 60)
        self.style, self.engine = style_sheet("light"), QtTextEngine()
        self.scene = MapScene(self.document, DAY, MapOptions())
        self.renderer = Renderer(self.scene, self.style, self.engine)

    def follow(self, commit: Commit) -> None:
        """Take over what a commit has changed."""
        self.renderer.follow(self.scene.follow(commit.patch))

    def fresh(self) -> Renderer:
        """One that has never followed anything."""
        return Renderer(MapScene(self.document, DAY, MapOptions()), self.style, self.engine)


def colours(renderer: Renderer) -> dict[str, list[list[float]]]:
    found = renderer.card_painter.boxes_by_colour()
    return {colour: sorted(boxes.tolist()) for colour, boxes in found.items()}


def pens(renderer: Renderer) -> dict[str, list[str]]:
    rows = np.array(list(renderer.links.row_of.values()), dtype=np.intp)
    groups = renderer.lines.by_colour(rows)
    found = {colour: sorted(renderer.links.names(rows[own])) for colour, own in groups.items()}
    return {colour: names for colour, names in found.items() if names}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(8))
@given(STEPS)
def test_kept_groups_follow_every_edit(
    qapp: QApplication, steps: list[tuple[str, str, int]]
) -> None:
    del qapp
    drawn = MapInStep()
    document, scene, renderer = drawn.document, drawn.scene, drawn.renderer
    document.subscribe(drawn.follow)
    for step in steps:
        for kept in (renderer.lines.bundles.is_led("l1"), colours(renderer), pens(renderer)):
            assert kept is not None
        renderer.card_painter.plates.of(list(scene.cards.values()), 0.4)
        for scale in CAPTIONED:
            renderer.card_painter.captions.at(scale)
        take_step(document, step)
        fresh = drawn.fresh()
        assert scene.bands == fresh.scene.bands
        assert colours(renderer) == colours(fresh)
        assert pens(renderer) == pens(fresh)
        for link in scene.links.values():
            assert renderer.lines.bundles.is_led(link.id) == fresh.lines.bundles.is_led(link.id)
            assert renderer.lines.bundles.count(link) == fresh.lines.bundles.count(link)
        cards = [scene.cards[i] for i in sorted(scene.cards)]
        plates = [one.card_painter.plates.of(cards, 0.4) for one in (renderer, fresh)]
        assert plates[0] == plates[1]
        for scale in CAPTIONED:
            captions = [one.card_painter.captions.at(scale) for one in (renderer, fresh)]
            assert captions[0] == captions[1]
        if scene.links:
            boxes = np.array([link.route.box() for link in scene.links.values()])
            wanted = [*boxes[:, :2].min(axis=0) - 8, *boxes[:, 2:].max(axis=0) + 8]
            assert renderer.links.around() == pytest.approx(wanted)


def test_labels_that_wait_come_together_and_lie_as_if_all_were_placed_at_once(
    qapp: QApplication,
) -> None:
    del qapp
    document = map_document(60, RELABEL_LIMIT + 50)
    assert RELABEL_LIMIT < len(document.linkages) <= LAZY_LIMIT
    scene = MapScene(document, DAY, MapOptions())
    renderer = Renderer(scene, style_sheet("light"), QtTextEngine())
    document.subscribe(lambda commit: renderer.follow(scene.follow(commit.patch)))
    assert not scene.labels
    move(document, {"a5": (500.0, 60.0)})
    set_fields(document, "actors", ["a1"], {"short_name": "Another"})
    renderer.place_labels(["l7"])
    anew = MapScene(document, DAY, MapOptions())
    anew.place_labels(anew.links)
    assert scene.labels == anew.labels
    placed = {i for i, box in scene.labels.items() if box is not None}
    assert set(renderer.labels.row_of) == placed


def test_labels_placed_bit_by_bit_lie_as_if_all_were_placed_at_once(qtbot: QtBot) -> None:
    document = map_document(60, RELABEL_LIMIT + 50)
    canvas = MapCanvas(workspace_of(document, DAY))
    qtbot.addWidget(canvas)
    assert not canvas.scene.labels
    qtbot.waitUntil(lambda: len(canvas.scene.labels) == len(canvas.scene.links), timeout=20_000)
    anew = MapScene(document, DAY, MapOptions())
    anew.place_labels(anew.links)
    assert canvas.scene.labels == anew.labels
    placed = {i for i, box in canvas.scene.labels.items() if box is not None}
    assert set(canvas.renderer.labels.row_of) == placed
