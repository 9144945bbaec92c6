from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from model.drawing.style import style_sheet
from model.merge.threeway import merge
from model.records import Actor, Placement
from tests.model.merge.edits import base_content
from tests.model.merge.test_threeway import added, changed, without
from widgets.merging.map import MergeMap, marks, together
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

BASE = base_content()


def test_the_map_shows_what_comes_changes_and_goes(qtbot: QtBot) -> None:
    """What goes is still there to be seen; our document is not touched by looking."""
    linkage = next(iter(BASE["linkages"]))
    others = without("linkages", linkage)
    others = changed("actors", "un", others, notes="theirs")
    others = added("actors", Actor(id="new", name="Envoy"), others)
    others = added("placements", Placement(id="new", x=40.0, y=40.0), others)
    plan = merge(BASE, BASE, others)
    assert marks(plan) == {linkage: "ended", "un": "passed", "new": "began"}
    assert linkage in together(plan, BASE)["linkages"]
    before = {table: dict(some) for table, some in BASE.items()}
    shown = MergeMap(plan, BASE, QtTextEngine(), style_sheet("light"), date(2020, 1, 1))
    qtbot.addWidget(shown)
    shown.resize(600, 400)
    shown.show()
    qtbot.waitExposed(shown)
    assert {"new", "un"} <= set(shown.map.scene.cards)
    plain = shown.map.grab().toImage()
    shown.map.changes.show({})
    assert shown.map.grab().toImage() != plain
    shown.point_at(("actors", "new"))
    assert list(shown._workspace.selection) == [("actors", "new")]
    shown.point_at(("notes", "n1"))
    assert len(shown._workspace.selection) == 0
    assert before == BASE


def test_what_is_to_be_decided_is_marked() -> None:
    ours = changed("actors", "un", notes="mine")
    plan = merge(BASE, ours, changed("actors", "un", notes="theirs"))
    assert plan.to_decide
    assert marks(plan) == {"un": "passed"}
