"""What is shown after any step is what a canvas that never scrolled shows.

Pixel by pixel, but for two levels of 255: Qt rounds a line otherwise where a strip cuts it.
"""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize

from model.commands.records import set_fields
from model.commands.timeline import add_dependency
from model.dates import parse_date
from model.drawing.axis import AXIS
from model.drawing.style import style_sheet
from model.history import History
from model.timeline.baselines import add_baseline, ghosts
from tests.builders import a_project
from tests.samples import by_case_id, sample
from tests.widgets.timeline.conftest import differences
from widgets.common.workspace import Workspace
from widgets.text_engine import QtTextEngine
from widgets.timeline.canvas import TimelineCanvas
from widgets.timeline.painting import TimelinePainter

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from model.document import Document
    from model.drawing.timeline_places import Placed

TODAY = date(2013, 6, 1)


def shown_canvas(qtbot: QtBot, document: Document) -> TimelineCanvas:
    as_of = date(2013, 2, 15)
    workspace = Workspace(document, History(document), QtTextEngine(), style_sheet("light"), as_of)
    shown = TimelineCanvas(workspace, TODAY)
    qtbot.addWidget(shown)
    shown.resize(QSize(900, 420))
    shown.show()
    qtbot.waitExposed(shown)
    return shown


@pytest.fixture
def canvas(qtbot: QtBot) -> TimelineCanvas:
    return shown_canvas(qtbot, sample())


def label_of(canvas: TimelineCanvas, placed: Placed, further: int = 0) -> QImage:
    """What is seen of a bar at the left edge of the view or further on, as wide as its label."""
    y = round(placed.y - canvas.top + AXIS)
    left = canvas.body_rect().left() + further
    return kept(canvas).copy(left, y + 4, round(placed.block.width) + 24, 16)


def kept(canvas: TimelineCanvas) -> QImage:
    return canvas.viewport().grab().toImage()


def fresh(canvas: TimelineCanvas) -> QImage:
    """The same view, with nothing known from earlier paintings."""
    canvas.painter = TimelinePainter()
    return canvas.viewport().grab().toImage()


def assert_fresh(canvas: TimelineCanvas) -> None:
    """What is kept equals a fresh painting; the kept pictures go on being used afterwards."""
    shown, painter = kept(canvas), canvas.painter
    assert differences(shown, fresh(canvas)) == 0
    canvas.painter = painter


def test_every_step_of_panning_shows_what_a_fresh_painting_shows(canvas: TimelineCanvas) -> None:
    canvas.zoom_by(12.0)
    chance = random.Random(4)
    for at in range(60):
        step = (chance.randrange(-90, 90), chance.randrange(-40, 40))
        canvas.scroll_by(*(step if at % 5 else (0, step[1]) if at % 2 else (step[0], 0)))
        assert_fresh(canvas)


def test_small_steps_in_one_direction_as_well(canvas: TimelineCanvas) -> None:
    canvas.zoom_by(6.0)
    set_fields(canvas.workspace.document, "project", ["project"], {"fiscal_year_month": 4})
    for dx, dy, times in ((7, 3, 40), (-7, 3, 40), (7, -5, 30)):
        for at in range(times):
            canvas.scroll_by(dx, dy)
            if at % 4 == 0:
                assert_fresh(canvas)
            else:
                canvas.viewport().repaint()


def test_labels_in_bars_stay_in_sight_with_every_step(qtbot: QtBot) -> None:
    document = (
        a_project()
        .add(
            "activities",
            "A",
            title="A long dialogue",
            tracks=("T1",),
            basis="own",
            start="2010-01-01",
            end="2019-12-31",
        )
        .document()
    )
    canvas = shown_canvas(qtbot, document)
    canvas.zoom_by(6.0)
    placed = canvas.picture.find("activities", "A")
    assert placed is not None
    canvas.scroll_by(placed.sure0 - canvas.left + 40, 0)
    first = label_of(canvas, placed)
    canvas.scroll_by(1, 0)
    assert differences(first, label_of(canvas, placed)) == 0, "the label has moved with its bar"
    canvas.scroll_by(300, 0)
    assert differences(first, label_of(canvas, placed)) == 0
    assert first.size() == (bare := label_of(canvas, placed, 250)).size()
    assert differences(first, bare) > 0, "there is no label at all"


def test_edits_links_and_ghosts_are_seen_at_once(canvas: TimelineCanvas) -> None:
    document = canvas.workspace.document
    canvas.zoom_by(8.0)
    canvas.scroll_by(40, 20)
    assert_fresh(canvas)
    activity = by_case_id(document, "activities", "C08")
    baseline = add_baseline(document, "Before", TODAY)
    placed = canvas.picture.find("activities", activity)
    assert placed is not None
    canvas.show_placed(placed)
    assert_fresh(canvas)
    other = next(
        one.item.record_id
        for one in canvas.picture.layout.placed()
        if one.item.table == "activities" and one.item.record_id != activity and one.dated
        if abs(one.x1 - placed.x1) < 500 and 0 < abs(one.y - placed.y) < 200
    )
    add_dependency(document, ("activities", activity), ("activities", other))
    before = kept(canvas)
    assert_fresh(canvas)
    canvas.workspace.history.undo()
    assert differences(before, kept(canvas)) > 0, "the dependency was not in view"
    assert_fresh(canvas)
    canvas.workspace.history.redo()
    assert_fresh(canvas)
    set_fields(document, "activities", [activity], {"title": "Another title, longer than it was"})
    assert_fresh(canvas)
    set_fields(document, "activities", [activity], {"end": parse_date("2015-03-01")})
    canvas.picture.ghosts = ghosts(document, document.baselines[baseline.id])
    canvas.viewport().update()
    assert_fresh(canvas)
    for _ in range(10):
        canvas.scroll_by(-23, 9)
        assert_fresh(canvas)


def test_folding_narrowing_and_another_theme_leave_nothing_behind(canvas: TimelineCanvas) -> None:
    canvas.zoom_by(5.0)
    canvas.scroll_by(60, 30)
    assert_fresh(canvas)
    canvas.fold(canvas.picture.layout.sections[1].section.key)
    assert_fresh(canvas)
    canvas.scroll_by(-30, 60)
    assert_fresh(canvas)
    canvas.workspace.set_style(style_sheet("dark"))
    assert_fresh(canvas)
    canvas.resize(760, 360)
    assert_fresh(canvas)
    canvas.workspace.set_as_of(date(2014, 1, 1))
    assert_fresh(canvas)
