"""Two timelines over one time axis: filters apart, days in step, one selection, edits in both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from model.commands.records import set_fields
from model.timeline.narrowing import EVERYTHING, Narrow
from tests.samples import by_case_id

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from widgets.timeline.canvas import TimelineCanvas
    from widgets.timeline.panel import TimelinePanel


def settled(*canvases: TimelineCanvas) -> None:
    for _ in range(3):
        for canvas in canvases:
            canvas.settle()
        QApplication.processEvents()


def tracks(canvas: TimelineCanvas) -> list[str]:
    rows = canvas.picture.layout.rows
    return [row.row.track for row in rows if row.section == "activities"]


def test_each_has_its_filter_and_both_show_the_same_days(
    mindanao: TimelinePanel, qtbot: QtBot
) -> None:
    mindanao.split(True)
    second = mindanao.second
    assert second is not None
    mindanao.narrow(Narrow("track", "T1"))
    one, other = mindanao.canvas, second.canvas
    assert tracks(one) == ["T1"]
    assert tracks(other) == ["T2"]
    one.zoom_by(4.0, 500.0)
    settled(one, other)
    assert other.time.units_per_day == pytest.approx(one.time.units_per_day)
    assert other.day_at(600.0) == pytest.approx(one.day_at(600.0), abs=2 / one.time.units_per_day)
    other.scroll_by(150, 0)
    settled(one, other)
    assert other.day_at(600.0) == pytest.approx(one.day_at(600.0), abs=2 / one.time.units_per_day)
    other.fit()
    settled(one, other)
    assert other.time.units_per_day == pytest.approx(one.time.units_per_day, rel=1e-3)
    mindanao.split(False)
    assert mindanao.second is None
    mindanao.narrow(EVERYTHING)
    assert not mindanao.narrow_button.isVisible()
    assert set(tracks(one)) >= {"T1", "T2", "T3"}


def test_an_edit_shows_in_both_and_narrowing_keeps_the_selection(mindanao: TimelinePanel) -> None:
    workspace = mindanao.canvas.workspace
    document = workspace.document
    activity = by_case_id(document, "activities", "C05")
    workspace.select([("activities", activity)])
    mindanao.split(True)
    assert mindanao.second is not None
    mindanao.second.narrow.choose(EVERYTHING)
    mindanao.narrow(Narrow("track", "T3"))
    assert workspace.selection == (("activities", activity),)
    set_fields(document, "activities", [activity], {"title": "Renamed here"})
    placed = mindanao.second.canvas.picture.find("activities", activity)
    assert placed is not None
    assert placed.item.title == "Renamed here"


def test_two_fingers_zoom_around_their_middle(mindanao: TimelinePanel, qtbot: QtBot) -> None:
    canvas = mindanao.canvas
    before, day = canvas.time.units_per_day, canvas.day_at(600.0)
    canvas.zooming.pinch(1.5, 600.0)
    canvas.zooming.pinch(1.2, 600.0)
    qtbot.waitUntil(lambda: canvas.time.units_per_day > before)
    canvas.settle()
    assert canvas.time.units_per_day == pytest.approx(before * 1.8)
    assert canvas.day_at(600.0) == pytest.approx(day, abs=2 / before)


def test_what_is_looked_for_ends_the_filter_that_hides_it(mindanao: TimelinePanel) -> None:
    workspace = mindanao.canvas.workspace
    activity = by_case_id(workspace.document, "activities", "C05")
    mindanao.narrow(Narrow("track", "T3"))
    assert mindanao.canvas.picture.find("activities", activity) is None
    workspace.reveal("activities", activity)
    assert mindanao.canvas.picture.find("activities", activity) is not None
    assert mindanao.narrow_button.narrow_now == EVERYTHING
    mindanao.narrow(Narrow("track", "T2"))
    workspace.reveal("actors", next(iter(workspace.document.actors)))
    assert mindanao.narrow_button.narrow_now == Narrow("track", "T2")
