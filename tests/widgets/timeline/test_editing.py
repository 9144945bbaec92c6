from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from model.commands.records import set_fields
from model.dates import parse_date
from model.drawing.axis import AXIS
from model.timeline.moving import at_day
from tests.builders import a_project
from tests.widgets.timeline.conftest import OpenPanel, differences, drag, middle_of
from widgets.timeline.painting import TimelinePainter

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from widgets.timeline.panel import TimelinePanel

LEFT = Qt.MouseButton.LeftButton


def exact(open_panel: OpenPanel) -> TimelinePanel:
    return open_panel(
        a_project()
        .add(
            "activities",
            "A",
            title="Exact",
            tracks=("T1",),
            start="2012-03-01",
            end="2013-06-30",
            basis="own",
        )
        .add("activities", "Y", title="Years", tracks=("T2",), start="2010", end="2014")
        .add("milestones", "M", label="Accord", date="2014-01-10")
        .document()
    )


def test_dragging_a_bar_commits_once_and_undo_brings_it_back(open_panel: OpenPanel) -> None:
    panel = exact(open_panel)
    document = panel.canvas.workspace.document
    hints: list[str] = []
    panel.canvas.workspace.hinted.connect(hints.append)
    at = middle_of(panel, "activities", "A")
    days = 100
    pixels = days * panel.canvas.picture.layout.frame.units_per_day

    drag(panel, at, at + QPointF(pixels, 0))

    moved = document.activities["A"]
    assert document.revision == 1
    assert moved.start is not None
    assert moved.end is not None
    shift = (moved.start.stated_first() - date(2012, 3, 1)).days
    assert abs(shift - days) <= 20  # by months at this zoom
    assert moved.start.is_exact
    assert any(hint.startswith("Release to move “Exact” to") for hint in hints)
    panel.canvas.workspace.history.undo()
    assert document.activities["A"].start == parse_date("2012-03-01")


def test_a_year_moves_by_years_only(open_panel: OpenPanel) -> None:
    panel = exact(open_panel)
    panel.canvas.zoom_by(3.0)
    at = middle_of(panel, "activities", "Y")
    pixels = 300 * panel.canvas.picture.layout.frame.units_per_day

    drag(panel, at, at + QPointF(pixels, 0))

    moved = panel.canvas.workspace.document.activities["Y"]
    assert (moved.start, moved.end) == (parse_date("2011"), parse_date("2015"))


def test_escape_during_a_drag_leaves_no_trace(open_panel: OpenPanel) -> None:
    panel = exact(open_panel)
    at = middle_of(panel, "activities", "A")
    drag(panel, at, at + QPointF(120, 0), release=False)
    QTest.keyClick(panel.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(panel.canvas.viewport(), LEFT, pos=(at + QPointF(120, 0)).toPoint())

    assert panel.canvas.workspace.document.revision == 0


def test_dragging_an_end_stretches(open_panel: OpenPanel) -> None:
    panel = exact(open_panel)
    canvas = panel.canvas
    at = middle_of(panel, "activities", "A")
    placed = canvas.picture.find("activities", "A")
    assert placed is not None
    end = QPointF(canvas.view_rect(placed).right() - 2, at.y())
    goal = QPointF(canvas.x_of(date(2013, 12, 31).toordinal() + 1), at.y())

    drag(panel, end, goal)

    activity = canvas.workspace.document.activities["A"]
    assert activity.start == parse_date("2012-03-01")
    assert activity.end == parse_date("2013-12-31")


def test_keys_go_through_the_items_and_move_them(open_panel: OpenPanel, qtbot: QtBot) -> None:
    panel = exact(open_panel)
    canvas, document = panel.canvas, panel.canvas.workspace.document
    panel.activateWindow()
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert canvas.workspace.selection == (("milestones", "M"),)
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert canvas.workspace.selection == (("activities", "A"),)

    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert document.activities["A"].start == parse_date("2012-06-01")
    QTest.keyClick(
        canvas,
        Qt.Key.Key_Left,
        Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert document.activities["A"].end == parse_date("2013-08-30")
    canvas.workspace.history.undo()
    canvas.workspace.history.undo()
    assert document.activities["A"].start == parse_date("2012-03-01")  # three nudges, one step


def test_delete_removes_and_undo_brings_back(open_panel: OpenPanel) -> None:
    panel = exact(open_panel)
    workspace = panel.canvas.workspace
    workspace.select([("activities", "A")])
    QTest.keyClick(panel.canvas, Qt.Key.Key_Delete)
    assert "A" not in workspace.document.activities
    workspace.history.undo()
    assert "A" in workspace.document.activities


def test_things_of_several_kinds_are_removed_as_one_step(open_panel: OpenPanel) -> None:
    panel = exact(open_panel)
    workspace, document = panel.canvas.workspace, panel.canvas.workspace.document
    before = document.content()
    said: list[str] = []
    workspace.hinted.connect(said.append)
    workspace.select([("activities", "A"), ("milestones", "M")])
    QTest.keyClick(panel.canvas, Qt.Key.Key_Delete)
    assert "A" not in document.activities
    assert "M" not in document.milestones
    assert said == ["Removed. Undo brings it back."]
    workspace.history.undo()
    assert document.content() == before
    document.is_protected = True
    workspace.select([("activities", "A")])
    QTest.keyClick(panel.canvas, Qt.Key.Key_Delete)
    assert len(said) == 1


def test_a_double_click_on_empty_ground_adds_what_the_row_holds(open_panel: OpenPanel) -> None:
    panel = exact(open_panel)
    canvas, document = panel.canvas, panel.canvas.workspace.document
    row = next(row for row in canvas.picture.layout.rows if row.row.key == "activities:T3")
    x = canvas.x_of(date(2012, 8, 10).toordinal())
    at = QPoint(int(x), int(row.top + row.height / 2 + AXIS - canvas.top))
    QTest.mouseDClick(canvas.viewport(), LEFT, pos=at)

    (added,) = (one for one in document.activities.values() if one.id not in {"A", "Y"})
    assert added.tracks == ("T3",)
    assert added.start == parse_date("2012-08")
    editor = canvas.viewport().findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "Listening rounds")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert document.activities[added.id].title == "Listening rounds"


def test_a_change_elsewhere_shows_at_once(open_panel: OpenPanel) -> None:
    panel = exact(open_panel)
    set_fields(panel.canvas.workspace.document, "activities", ["A"], {"title": "Renamed"})
    placed = panel.canvas.picture.find("activities", "A")
    assert placed is not None
    assert placed.item.title == "Renamed"


def test_rows_stay_where_they_are_when_nothing_in_them_changes(open_panel: OpenPanel) -> None:
    panel = exact(open_panel)
    picture = panel.canvas.picture
    before = {row.row.key: row for row in picture.layout.rows}
    set_fields(panel.canvas.workspace.document, "activities", ["A"], {"title": "Renamed"})
    after = {row.row.key: row for row in picture.layout.rows}
    assert after["activities:T1"] is not before["activities:T1"]
    assert after["activities:T2"] is before["activities:T2"]


def test_after_an_edit_the_picture_is_that_of_a_fresh_painting(open_panel: OpenPanel) -> None:
    panel = exact(open_panel)
    canvas, document = panel.canvas, panel.canvas.workspace.document
    canvas.viewport().grab()
    for table, record_id, values in (
        ("activities", "A", {"title": "A much longer title than before, which needs more room"}),
        ("activities", "Y", {"start": parse_date("2012")}),
        ("milestones", "M", {"label": "Another accord"}),
        ("activities", "Y", {"tracks": ("T1",)}),
    ):
        set_fields(document, table, [record_id], values)
        edited = canvas.viewport().grab().toImage()
        canvas.painter = TimelinePainter()
        assert differences(edited, canvas.viewport().grab().toImage()) == 0


def test_a_bar_drawn_with_shift_is_added_over_its_days_and_named_at_once(
    mindanao: TimelinePanel,
) -> None:
    canvas, workspace = mindanao.canvas, mindanao.canvas.workspace
    document = workspace.document
    row = next(r for r in canvas.picture.layout.rows if r.row.key == "activities:T2")
    canvas.scroll_by(0, row.top - 100)
    canvas.zoom_by(4.0, 700.0)
    canvas.settle()
    row = next(r for r in canvas.picture.layout.rows if r.row.key == "activities:T2")
    y = row.bottom - 3 + AXIS - canvas.top
    start, end = (
        QPointF(canvas.body_rect().left() + 20, y),
        QPointF(canvas.body_rect().left() + 180, y),
    )
    assert canvas.hit(start) is None
    before = set(document.activities)
    port = canvas.viewport()
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.mousePress(port, Qt.MouseButton.LeftButton, shift, start.toPoint())
    QTest.mouseMove(port, ((start + end) / 2).toPoint())
    QTest.mouseMove(port, end.toPoint())
    expected = at_day(canvas.day_at(start.toPoint().x()), canvas.snap())
    until = at_day(canvas.day_at(end.toPoint().x()), canvas.snap())
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, shift, end.toPoint())
    (made,) = set(document.activities) - before
    activity = document.activities[made]
    assert (activity.start, activity.end, activity.tracks) == (expected, until, ("T2",))
    line = port.findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, "Drawn by hand")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert document.activities[made].title == "Drawn by hand"
    workspace.history.undo()
    workspace.history.undo()
    assert made not in document.activities


def test_a_click_or_escape_with_shift_adds_nothing(mindanao: TimelinePanel) -> None:
    canvas = mindanao.canvas
    document = canvas.workspace.document
    before = dict(document.activities)
    row = next(r for r in canvas.picture.layout.rows if r.row.key == "activities:T2")
    canvas.scroll_by(0, row.top - 100)
    at = QPoint(canvas.body_rect().left() + 4, int(row.bottom - 3 + AXIS - canvas.top))
    port, shift = canvas.viewport(), Qt.KeyboardModifier.ShiftModifier
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, shift, at)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, shift, at)
    QTest.mouseMove(port, at + QPoint(60, 0))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, shift, at + QPoint(60, 0))
    assert dict(document.activities) == before
