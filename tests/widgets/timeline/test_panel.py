from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QToolButton

from model.commands.records import add_record, set_fields
from model.dates import parse_date
from model.document import Document
from model.drawing.axis import AXIS, RAIL
from model.drawing.style import style_sheet
from model.drawing.timeline_places import HEADER
from tests.builders import a_project
from tests.samples import by_case_id
from tests.widgets.timeline.conftest import OpenPanel, drag, middle_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from widgets.timeline.canvas import TimelineCanvas
    from widgets.timeline.panel import TimelinePanel

LEFT = Qt.MouseButton.LeftButton


def handle_of(canvas: TimelineCanvas) -> QPointF:
    x = canvas.x_of(canvas.workspace.as_of.toordinal() + 0.5)
    return QPointF(x, canvas.viewport().height() - RAIL / 2)


def test_dragging_the_cursor_moves_the_date_of_everything(
    mindanao: TimelinePanel, qtbot: QtBot
) -> None:
    canvas = mindanao.canvas
    workspace = canvas.workspace
    goal = date(2015, 6, 1)
    with qtbot.waitSignal(workspace.as_of_changed):
        drag(
            mindanao,
            handle_of(canvas),
            QPointF(canvas.x_of(goal.toordinal() + 0.5), handle_of(canvas).y()),
        )

    assert abs((workspace.as_of - goal).days) <= 6  # one pixel is a few days at this zoom
    assert mindanao.date_field.text() == f"{workspace.as_of.day} {workspace.as_of:%b %Y}"


def test_escape_during_the_drag_puts_the_date_back(mindanao: TimelinePanel) -> None:
    canvas = mindanao.canvas
    start = handle_of(canvas)
    drag(mindanao, start, start + QPointF(200, 0), release=False)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)

    assert canvas.workspace.as_of == date(2013, 2, 15)
    QTest.mouseRelease(canvas.viewport(), LEFT, pos=start.toPoint())
    assert canvas.workspace.as_of == date(2013, 2, 15)


def test_many_moves_of_the_pointer_become_few_changes_of_the_date(
    mindanao: TimelinePanel, qtbot: QtBot
) -> None:
    canvas = mindanao.canvas
    seen: list[date] = []
    canvas.workspace.as_of_changed.connect(seen.append)
    start = handle_of(canvas)
    QTest.mousePress(canvas.viewport(), LEFT, pos=start.toPoint())
    for step in range(60):
        QApplication.sendEvent(canvas.viewport(), _move(canvas, start + QPointF(step * 3, 0)))
    QTest.mouseRelease(canvas.viewport(), LEFT, pos=(start + QPointF(177, 0)).toPoint())

    assert seen
    assert len(seen) < 30
    assert seen[-1] == canvas.workspace.as_of


def _move(canvas: TimelineCanvas, at: QPointF) -> QMouseEvent:
    none = Qt.MouseButton.NoButton
    return QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        canvas.viewport().mapToGlobal(at),
        none,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )


@pytest.mark.parametrize(
    ("key", "held", "expected"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, date(2013, 2, 16)),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, date(2013, 2, 8)),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier, date(2013, 3, 15)),
        (
            Qt.Key.Key_Left,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
            date(2012, 2, 15),
        ),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, date(2001, 1, 1)),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, date(2019, 1, 21)),
    ],
)
def test_keys_move_the_date_cursor(
    mindanao: TimelinePanel, key: Qt.Key, held: Qt.KeyboardModifier, expected: date
) -> None:
    QTest.keyClick(mindanao.canvas, key, held)
    assert mindanao.canvas.workspace.as_of == expected


def test_a_plan_that_is_just_begun_has_a_year_around_it_and_grows_in_its_place(
    open_panel: OpenPanel,
) -> None:
    panel = open_panel(Document({}))
    canvas, document = panel.canvas, panel.canvas.workspace.document
    frame = canvas.picture.layout.frame
    assert frame.day(0.0) < date(2012, 8, 17).toordinal()
    assert frame.day(float(canvas.body_rect().width())) > date(2013, 8, 16).toordinal()
    add_record(
        document,
        "activities",
        title="Visit",
        start=parse_date("2013-03"),
        end=parse_date("2013-05"),
    )
    assert canvas.picture.layout.frame == frame
    add_record(
        document, "activities", title="Talks", start=parse_date("2013"), end=parse_date("2016")
    )
    assert canvas.picture.layout.frame.units_per_day < frame.units_per_day / 2


def test_a_typed_day_is_taken_and_anything_else_refused_with_a_sentence(
    mindanao: TimelinePanel,
) -> None:
    field = mindanao.date_field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "2014-03-27")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert mindanao.canvas.workspace.as_of == date(2014, 3, 27)
    assert field.text() == "27 Mar 2014"

    field.selectAll()
    QTest.keyClicks(field, "before Ramadan 2024")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert mindanao.canvas.workspace.as_of == date(2014, 3, 27)
    assert mindanao.problem.isVisible()
    assert "before Ramadan 2024" in mindanao.problem.text()

    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "27 Mar 2014"
    assert not mindanao.problem.isVisible()


def test_milestone_steps(mindanao: TimelinePanel) -> None:
    mindanao.next_milestone()
    assert mindanao.canvas.workspace.as_of == date(2014, 3, 27)
    mindanao.previous_milestone()
    assert mindanao.canvas.workspace.as_of == date(2012, 10, 15)


def test_selection_is_shared_both_ways(mindanao: TimelinePanel) -> None:
    workspace = mindanao.canvas.workspace
    record_id = by_case_id(workspace.document, "activities", "C08")
    at = middle_of(mindanao, "activities", record_id)

    QTest.mouseClick(mindanao.canvas.viewport(), LEFT, pos=at.toPoint())
    assert workspace.selection == (("activities", record_id),)

    other = by_case_id(workspace.document, "postings", "P02")
    workspace.select([("postings", other)])
    assert mindanao.canvas.current is not None
    assert mindanao.canvas.current.item.record_id == other
    assert "Holder 2" in mindanao.canvas.accessibleDescription()


def test_the_wheel_zooms_around_the_pointer(mindanao: TimelinePanel, qtbot: QtBot) -> None:
    canvas = mindanao.canvas
    at = QPointF(HEADER + 500.0, AXIS + 100.0)
    day, zoom = canvas.day_at(at.x()), canvas.picture.layout.frame.units_per_day
    wheel = QWheelEvent(
        at,
        canvas.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.waitSignal(canvas.zoomed):
        QApplication.sendEvent(canvas.viewport(), wheel)

    assert canvas.picture.layout.frame.units_per_day > zoom * 1.4
    assert canvas.day_at(at.x()) == pytest.approx(day, abs=3)


def test_plus_minus_and_zero_zoom(mindanao: TimelinePanel) -> None:
    canvas = mindanao.canvas
    fitted = canvas.picture.layout.frame.units_per_day
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.picture.layout.frame.units_per_day > fitted
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.picture.layout.frame.units_per_day < fitted
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.picture.layout.frame.units_per_day == pytest.approx(fitted)


def test_folding_a_section_hides_its_rows(mindanao: TimelinePanel) -> None:
    canvas = mindanao.canvas
    heading = next(h for h in canvas.picture.layout.sections if h.section.key == "activities")
    at = QPoint(40, int(heading.top + 8 + AXIS - canvas.top))
    QTest.mouseClick(canvas.viewport(), LEFT, pos=at)

    assert all(row.section != "activities" for row in canvas.picture.layout.rows)
    QTest.mouseClick(canvas.viewport(), LEFT, pos=at)
    assert any(row.section == "activities" for row in canvas.picture.layout.rows)


def test_gaps_are_counted_and_shown_one_after_the_other(mindanao: TimelinePanel) -> None:
    document = mindanao.canvas.workspace.document
    button = next(
        b for b in mindanao.findChildren(QToolButton) if b.text() == "4 unfunded stretches"
    )
    button.click()
    first = mindanao.canvas.workspace.selection
    assert first == (("activities", by_case_id(document, "activities", "C07")),)
    button.click()
    assert mindanao.canvas.workspace.selection != first


def test_every_control_has_a_name_and_every_theme_paints(mindanao: TimelinePanel) -> None:
    for kind in (QToolButton, QComboBox, QLineEdit):
        for control in mindanao.findChildren(kind):
            assert control.accessibleName(), control
    pictures = set()
    for medium in ("light", "dark", "contrast"):
        mindanao.canvas.workspace.set_style(style_sheet(medium))
        image = mindanao.canvas.grab().toImage()
        pictures.add(image.pixelColor(5, 5).name())
    assert len(pictures) == 3


def test_an_empty_project_paints_and_takes_all_keys(open_panel: OpenPanel) -> None:
    panel = open_panel(a_project().document())
    for key in (
        Qt.Key.Key_Tab,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Delete,
        Qt.Key.Key_F2,
        Qt.Key.Key_0,
        Qt.Key.Key_Plus,
        Qt.Key.Key_Left,
    ):
        QTest.keyClick(panel.canvas, key)
    panel.next_milestone()
    panel.next_gap()
    assert not panel.canvas.grab().isNull()


def test_screen_readers_find_a_list_of_items_with_dates_and_marks(
    mindanao: TimelinePanel,
) -> None:
    canvas = mindanao.canvas
    QAccessible.setActive(True)
    spoken = QAccessible.queryAccessibleInterface(canvas)
    assert spoken is not None
    assert spoken.role() == QAccessible.Role.List
    names = [
        child.text(QAccessible.Text.Name)
        for at in range(spoken.childCount())
        if (child := spoken.child(at)) is not None
    ]
    assert len(names) == len(list(canvas.picture.layout.placed()))
    assert "Mamasapano clash, 25 Jan 2015 (not checked)" in names
    assert any(name.startswith("ICG accompaniment of the talks, Shuttle") for name in names)

    record_id = by_case_id(canvas.workspace.document, "activities", "C08")
    canvas.workspace.select([("activities", record_id)])
    focused = spoken.focusChild()
    assert focused is not None
    assert focused.text(QAccessible.Text.Name).startswith("CPC civilian protection monitoring")
    assert focused.state().selected


def test_while_zooming_days_stay_under_the_pointer(mindanao: TimelinePanel) -> None:
    canvas = mindanao.canvas
    canvas.viewport().grab()
    day = canvas.day_at(700.0)

    for _ in range(4):
        canvas.zoom_by(1.25, 700.0)
        canvas.viewport().grab()  # paints the stretched picture
    canvas.settle()

    assert canvas.day_at(700.0) == pytest.approx(day, abs=1.0)


def test_all_tools_fit_on_a_small_screen(mindanao: TimelinePanel) -> None:
    assert mindanao.minimumSizeHint().width() <= 740  # 1024 without the docks at the right
    mindanao.resize(740, 400)
    QApplication.processEvents()
    shown = [one for one in mindanao.findChildren(QToolButton) if one.isVisible()]
    assert len(shown) >= 9
    for button in shown:
        assert button.width() >= button.minimumSizeHint().width()
        assert button.mapTo(mindanao, button.rect().bottomRight()).x() <= 740


def test_a_low_canvas_is_dense_and_names_its_groupings_in_whole_words(
    mindanao: TimelinePanel,
) -> None:
    def rows() -> int:
        layout = mindanao.canvas.picture.layout
        return len(next(row for row in layout.rows if row.row.key == "phases").lanes)

    chooser = next(
        one for one in mindanao.findChildren(QComboBox) if one.accessibleName().startswith("Group")
    )
    mindanao.resize(674, 600)
    QApplication.processEvents()
    roomy = rows()
    mindanao.resize(674, 240)
    QApplication.processEvents()
    assert rows() < roomy
    assert chooser.currentText() == "Track"
    assert chooser.width() >= chooser.sizeHint().width()


def test_only_names_of_actors_that_stand_there_build_the_rows_anew(mindanao: TimelinePanel) -> None:
    canvas = mindanao.canvas
    document = canvas.workspace.document
    built: list[int] = []
    canvas.changed.connect(lambda: built.append(1))
    named = next(iter(document.activities.values())).lead_id
    other = add_record(document, "actors", name="Somebody who does nothing").id
    assert not built

    set_fields(document, "actors", [other], {"name": "Nobody"})
    assert not built
    set_fields(document, "actors", [named], {"name": "New name", "short_name": "New"})
    assert built
