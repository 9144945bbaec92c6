"""Linking, what-if, baselines and playing, by the pointer and the keys."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from model.commands.records import set_fields
from model.dates import parse_date
from tests.builders import a_project
from tests.widgets.timeline.conftest import drag, middle_of
from widgets.tables.record_table import RecordTable
from widgets.timeline.dependency_options import DependencyOptions
from widgets.timeline.funding_options import FundingOptions
from widgets.timeline.linking import knob
from widgets.timeline.planning_options import BaselineOptions, SettleOptions, WhatIfOptions

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.widgets.timeline.conftest import OpenPanel
    from widgets.timeline.panel import TimelinePanel


@pytest.fixture
def panel(open_panel: OpenPanel) -> TimelinePanel:
    return open_panel(
        a_project()
        .actor("X")
        .add(
            "activities",
            "A",
            title="Training",
            start="2013-01-01",
            end="2013-03-31",
            tracks=("T2",),
        )
        .add(
            "activities", "B", title="Centre", start="2013-04-10", end="2013-09-30", tracks=("T1",)
        )
        .add("milestones", "M", label="Signing", date="2013-10-15")
        .document()
    )


def texts(panel: TimelinePanel) -> list[str]:
    lines = panel.planning.lines
    return [lines.item(at).text() for at in range(lines.count())]


def test_drawing_a_link_lets_one_wait_for_the_other_and_undo_takes_it_back(
    panel: TimelinePanel,
) -> None:
    workspace, canvas = panel.canvas.workspace, panel.canvas
    target = middle_of(panel, "activities", "B")
    workspace.select([("activities", "A")])
    placed = canvas.picture.find("activities", "A")
    assert placed is not None
    start = knob(canvas, placed)
    assert start is not None

    drag(panel, start, target)

    (made,) = workspace.document.dependencies.values()
    assert (made.target_id, made.other_id, made.kind) == ("B", "A", "finish_start")
    rows = canvas.picture.layout.height
    drawn = list(canvas.picture.overlays().within((-1e6, 0.0, 1e6, rows)))
    assert len(drawn) == 1
    workspace.history.undo()
    assert not workspace.document.dependencies


def test_two_selected_things_are_linked_by_a_key_but_never_in_a_circle(
    panel: TimelinePanel, qtbot: QtBot
) -> None:
    workspace, canvas = panel.canvas.workspace, panel.canvas
    workspace.select([("activities", "A"), ("milestones", "M")])
    QTest.keyClick(canvas, Qt.Key.Key_L)
    assert len(workspace.document.dependencies) == 1

    workspace.select([("milestones", "M"), ("activities", "A")])
    with qtbot.waitSignal(workspace.refused) as refused:
        QTest.keyClick(canvas, Qt.Key.Key_L)

    assert "waits for it already" in refused.args[0].message
    assert len(workspace.document.dependencies) == 1


def test_selected_actors_become_participants(panel: TimelinePanel) -> None:
    workspace = panel.canvas.workspace
    workspace.select([("actors", "X"), ("activities", "A")])
    QTest.keyClick(panel.canvas, Qt.Key.Key_P)
    assert workspace.document.activities["A"].participant_ids == ("X",)


def test_what_if_is_shown_before_it_is_made_real(panel: TimelinePanel) -> None:
    workspace = panel.canvas.workspace
    workspace.select([("activities", "A"), ("activities", "B")])
    QTest.keyClick(panel.canvas, Qt.Key.Key_L)
    panel.show_planning(True)
    workspace.select([("activities", "A")])
    panel.planning.show_topic("what-if")
    options = panel.planning.options["what-if"]
    assert isinstance(options, WhatIfOptions)

    options.count.setValue(2)
    panel.planning.refresh()

    assert workspace.document.activities["A"].start == parse_date("2013-01-01")
    assert set(panel.canvas.picture.ghosts) == {("activities", "A"), ("activities", "B")}
    assert texts(panel)[0].startswith("“Training”: 1 Jan 2013")
    QTest.mouseClick(options.apply, Qt.MouseButton.LeftButton)
    assert workspace.document.activities["A"].end == parse_date("2013-05-31")
    assert workspace.document.activities["B"].start == parse_date("2013-06-01")
    workspace.history.undo()
    assert workspace.document.activities["B"].start == parse_date("2013-04-10")


def test_all_clashes_are_settled_in_one_step_that_is_shown_first(panel: TimelinePanel) -> None:
    workspace = panel.canvas.workspace
    panel.show_planning(True)
    panel.planning.show_topic("settle")
    options = panel.planning.options["settle"]
    assert isinstance(options, SettleOptions)
    assert not options.apply.isEnabled()
    assert options.hint() == "Nothing that clashes for certain can be moved."
    workspace.select([("activities", "B"), ("activities", "A")])
    QTest.keyClick(panel.canvas, Qt.Key.Key_L)

    panel.planning.refresh()

    assert set(panel.canvas.picture.ghosts) == {("activities", "A")}
    assert texts(panel)[0].startswith("“Training”: 1 Jan 2013")
    QTest.mouseClick(options.apply, Qt.MouseButton.LeftButton)
    assert workspace.document.activities["A"].start == parse_date("2013-10-01")
    panel.planning.refresh()
    assert not texts(panel)
    workspace.history.undo()
    assert workspace.document.activities["A"].start == parse_date("2013-01-01")


def test_a_baseline_is_kept_and_shows_what_moved(panel: TimelinePanel) -> None:
    workspace = panel.canvas.workspace
    panel.show_planning(True)
    panel.planning.show_topic("baselines")
    options = panel.planning.options["baselines"]
    assert isinstance(options, BaselineOptions)
    QTest.keyClicks(options.title, "Spring plan")
    QTest.keyClick(options.title, Qt.Key.Key_Return)
    assert [one.title for one in workspace.document.baselines.values()] == ["Spring plan"]

    workspace.select([("milestones", "M")])
    QTest.keyClick(panel.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    panel.planning.refresh()

    assert len(texts(panel)) == 1
    assert "later" in texts(panel)[0]
    assert set(panel.canvas.picture.ghosts) == {("milestones", "M")}
    panel.show_planning(False)
    assert not panel.canvas.picture.ghosts


@pytest.mark.parametrize("topic", ["clashes", "chain", "funding", "rotations", "changes"])
def test_lines_lead_to_what_they_are_about(mindanao: TimelinePanel, topic: str) -> None:
    mindanao.show_planning(True)
    workspace = mindanao.canvas.workspace
    workspace.select([("milestones", next(iter(workspace.document.milestones)))])
    mindanao.planning.show_topic(topic)
    lines = mindanao.planning.lines
    for at in range(min(lines.count(), 3)):
        lines.itemClicked.emit(lines.item(at))
        assert workspace.selection
    assert lines.count() or topic == "clashes"


def test_playing_moves_the_date_and_keeps_the_selection(panel: TimelinePanel, qtbot: QtBot) -> None:
    workspace = panel.canvas.workspace
    workspace.select([("milestones", "M")])
    panel.player._timer.setInterval(1)
    with qtbot.waitSignal(panel.player.playing):
        panel.player.toggle()

    qtbot.waitUntil(lambda: not panel.player.active)

    assert workspace.as_of == date(2013, 10, 15)
    assert workspace.selection == (("milestones", "M"),)


def test_a_knob_can_be_reached_with_the_pointer(panel: TimelinePanel) -> None:
    at = middle_of(panel, "activities", "A")
    panel.canvas.workspace.select([])
    QTest.mouseMove(panel.canvas.viewport(), at.toPoint())
    placed = panel.canvas.picture.find("activities", "A")
    assert placed is not None
    spot = knob(panel.canvas, placed)
    assert spot is not None
    assert QPointF(spot).x() > at.x()


def test_the_fiscal_year_is_drawn_once_it_is_set(mindanao: TimelinePanel) -> None:
    canvas = mindanao.canvas
    before = canvas.viewport().grab().toImage()
    set_fields(canvas.workspace.document, "project", ["project"], {"fiscal_year_month": 4})
    assert canvas.viewport().grab().toImage() != before


def test_actors_dropped_on_an_activity_take_part_in_it(panel: TimelinePanel) -> None:
    at = middle_of(panel, "activities", "A")
    table = RecordTable(panel.canvas.workspace, "actors")
    data = table.records.mimeData([table.records.index(0, 0)])
    for kind in (QDragEnterEvent, QDropEvent):
        event = kind(
            at.toPoint() if kind is QDragEnterEvent else at,  # type: ignore[arg-type]
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(panel.canvas.viewport(), event)
        assert event.isAccepted()

    assert panel.canvas.workspace.document.activities["A"].participant_ids == ("X",)
    assert not data.hasText()


def test_a_rate_typed_in_lets_sums_be_added_and_nonsense_is_said(open_panel: OpenPanel) -> None:
    panel = open_panel(
        a_project()
        .add("activities", "A", title="Talks", start="2013-01-01", end="2013-12-31")
        .add("funding", "1", activity_ids=("A",), amount=Decimal(100), currency="EUR")
        .add("funding", "2", activity_ids=("A",), amount=Decimal(50), currency="CHF")
        .document()
    )
    said: list[str] = []
    panel.canvas.workspace.refused.connect(lambda refusal: said.append(refusal.message))
    panel.show_planning(True)
    panel.planning.show_topic("funding")
    options = panel.planning.options["funding"]
    assert isinstance(options, FundingOptions)
    assert not options.rates.isVisible()
    options.into.setCurrentIndex(options.into.findData("EUR"))
    panel.planning.refresh()
    assert options.rates.isVisible()
    assert "CHF cannot be added to EUR" in texts(panel)[0]
    for field, text in ((options.rates.rate, "a lot"), (options.rates.on, "2013-01-31")):
        field.clear()
        QTest.keyClicks(field, text)
    options.rates.currency.setEditText("chf")
    options.rates.into.setEditText("EUR")
    QTest.keyClick(options.rates.rate, Qt.Key.Key_Return)
    assert said == ["Write the rate with a point, such as 0.92."]
    options.rates.rate.clear()
    QTest.keyClicks(options.rates.rate, "0.8")
    QTest.keyClick(options.rates.rate, Qt.Key.Key_Return)
    panel.planning.refresh()
    assert "= 140.00 EUR (1 CHF = 0.8 EUR on 2013-01-31)" in texts(panel)[0].replace("\u202f", "")
    panel.canvas.workspace.history.undo()
    assert not panel.canvas.workspace.document.rates


def test_the_form_states_changes_and_removes_what_the_selected_thing_waits_for(
    panel: TimelinePanel,
) -> None:
    workspace = panel.canvas.workspace
    document = workspace.document
    workspace.select([("activities", "A"), ("activities", "B")])
    panel.show_planning(True)
    panel.planning.show_topic("clashes")
    form = panel.planning.options["clashes"]
    assert isinstance(form, DependencyOptions)
    assert "Centre" in form.subject.text()
    assert form.other.currentText() == "Training"
    form.lag.setValue(30)
    QTest.mouseClick(form.state, Qt.MouseButton.LeftButton)
    (made,) = document.dependencies.values()
    assert (made.kind, made.lag_days, made.other_id) == ("finish_start", 30, "A")
    panel.planning.refresh()
    assert any("Centre" in text for text in texts(panel))
    # A line of the list comes into the form; as a condition it says whether it is met.
    panel.planning.lines.itemClicked.emit(panel.planning.lines.item(0))
    form.kind.setCurrentIndex(form.kind.findData("only_if"))
    assert form.condition.isVisible()
    QTest.keyClicks(form.condition, "Track I stalls")
    QTest.keyClick(form.condition, Qt.Key.Key_Return)
    (changed,) = document.dependencies.values()
    assert (changed.id, changed.kind, changed.condition) == (made.id, "only_if", "Track I stalls")
    QTest.mouseClick(form.remove, Qt.MouseButton.LeftButton)
    assert not document.dependencies
    workspace.history.undo()
    assert document.dependencies


def test_an_incomplete_form_is_refused_in_one_sentence(panel: TimelinePanel) -> None:
    said: list[str] = []
    workspace = panel.canvas.workspace
    workspace.refused.connect(lambda refusal: said.append(refusal.message))
    workspace.select([("milestones", "M")])
    panel.show_planning(True)
    panel.planning.show_topic("clashes")
    form = panel.planning.options["clashes"]
    assert isinstance(form, DependencyOptions)
    form.kind.setCurrentIndex(form.kind.findData("not_before"))
    QTest.keyClicks(form.date, "before Ramadan 2024")
    QTest.keyClick(form.date, Qt.Key.Key_Return)
    form.date.clear()
    QTest.keyClick(form.date, Qt.Key.Key_Return)
    assert "before Ramadan 2024" in said[0]
    assert said[1] == "Write the date before which it must not begin."
    assert not workspace.document.dependencies
