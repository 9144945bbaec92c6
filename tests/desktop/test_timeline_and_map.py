"""Map and timeline together: actors dragged across, what changed marked on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTabBar

from model.commands.records import set_fields
from model.dates import parse_date
from tests.samples import by_case_id
from tests.widgets.canvas.conftest import on_card

if TYPE_CHECKING:
    from desktop.controller import Controller
    from desktop.panels import Panels


def opened(controller: Controller) -> Panels:
    controller.open_sample("mindanao")
    assert controller.panels is not None
    controller.window.resize(1500, 1000)
    QApplication.processEvents()
    return controller.panels


def test_an_actor_let_go_over_an_activity_takes_part_and_its_card_stays(
    controller: Controller,
) -> None:
    panels = opened(controller)
    canvas, timeline = panels.map.canvas, panels.timeline.canvas
    document = canvas.workspace.document
    actor = next(one.id for one in document.actors.values() if one.short_name == "NOR")
    activity = by_case_id(document, "activities", "C05")
    timeline.reveal("activities", activity)
    placed = timeline.picture.find("activities", activity)
    assert placed is not None
    content = document.content()
    canvas.workspace.select([])
    start = on_card(canvas, actor)
    target = timeline.viewport().mapToGlobal(timeline.view_rect(placed).center())
    end = canvas.mapFromGlobal(target)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    for part in (0.3, 0.7, 1.0):
        QTest.mouseMove(canvas, start + (end - start) * part)
    said = controller.window.hint_label.text()
    assert said.startswith("Release to make 1 actor take part in")
    marked = timeline.pointer.hovered
    assert marked is not None, "what would take the actor is outlined"
    assert marked.item.record_id == activity
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)
    assert timeline.pointer.hovered is None
    assert actor in document.activities[activity].participant_ids
    assert document.content()["placements"] == content["placements"]
    canvas.workspace.history.undo()
    assert document.content() == content
    # Over an empty spot of the timeline nothing happens, and the card is where it was.
    empty = canvas.mapFromGlobal(timeline.viewport().mapToGlobal(QPoint(40, 60)))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    for part in (0.5, 1.0):
        QTest.mouseMove(canvas, start + (empty - start) * part)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=empty)
    assert document.content() == content


def test_tabs_come_forward_under_what_is_dragged(controller: Controller) -> None:
    """Else nothing could be dragged from the tables to the timeline, which share a place."""
    opened(controller)
    controller.window.raise_dock("tables")
    QApplication.processEvents()
    bars = [bar for bar in controller.window.findChildren(QTabBar) if bar.isVisible()]
    docks = [bar for bar in bars if bar.parent() is controller.window]
    assert ["Timeline", "Tables", "Analysis"] in [
        [bar.tabText(at) for at in range(bar.count())] for bar in docks
    ]
    assert all(bar.acceptDrops() and bar.changeCurrentOnDrag() for bar in docks)


def test_what_changed_is_marked_on_the_map_while_the_list_is_shown(controller: Controller) -> None:
    panels = opened(controller)
    canvas, planning = panels.map.canvas, panels.timeline.planning
    document = canvas.workspace.document
    panels.timeline.show_planning(True)
    planning.show_topic("changes")
    monitors = next(one.id for one in document.actors.values() if one.short_name == "TPMT")
    assert canvas.changes.marks[monitors] == "began"
    before = canvas.grab().toImage()
    options = planning.options["changes"]
    options.mark.setChecked(False)  # type: ignore[attr-defined]
    planning.refresh()
    assert not canvas.changes.marks
    assert canvas.grab().toImage() != before
    options.mark.setChecked(True)  # type: ignore[attr-defined]
    planning.refresh()
    assert canvas.changes.marks
    chosen = (("actors", monitors),)
    canvas.workspace.select(chosen)
    panels.timeline.show_planning(False)
    QApplication.processEvents()
    assert not canvas.changes.marks
    assert canvas.workspace.selection == chosen


def test_marking_changes_shows_what_ended_and_nothing_that_is_still_to_come(
    controller: Controller,
) -> None:
    panels = opened(controller)
    canvas, planning, workspace = panels.map.canvas, panels.timeline.planning, panels.map.workspace
    document = workspace.document
    monitors = next(one.id for one in document.actors.values() if one.short_name == "TPMT")
    others = [one for one in document.actors if one != monitors][:2]
    set_fields(document, "actors", [others[0]], {"end": parse_date("2012-10-01")})
    set_fields(document, "actors", [others[1]], {"start": parse_date("2016-01-01")})
    panels.timeline.show_planning(True)
    planning.show_topic("changes")
    assert canvas.changes.marks[others[0]] == "ended"
    assert others[0] in canvas.scene.cards
    assert others[1] not in canvas.scene.cards
    controller.window.actions_by_id["show_absent"].trigger()
    assert others[1] in canvas.scene.cards
    panels.timeline.show_planning(False)
    QApplication.processEvents()
    assert canvas.scene.options.show_absent
    controller.window.actions_by_id["show_absent"].trigger()
    assert others[0] not in canvas.scene.cards


def test_in_the_window_f2_and_delete_are_the_timelines_where_it_has_the_keys(
    controller: Controller,
) -> None:
    panels = opened(controller)
    canvas = panels.timeline.canvas
    document = canvas.workspace.document
    activity = by_case_id(document, "activities", "C05")
    canvas.reveal("activities", activity)
    canvas.workspace.select([("activities", activity)])
    canvas.activateWindow()
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_F2)
    line = canvas.viewport().findChild(QLineEdit)
    assert line is not None, "the menu's Rename has taken the key for the map"
    QTest.keyClicks(line, "Another name")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert document.activities[activity].title == "Another name"
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert activity not in document.activities
    canvas.workspace.history.undo()
    assert activity in document.activities
    QTest.keyClick(panels.map.canvas, Qt.Key.Key_F2)
    assert document.activities[activity].title == "Another name"
