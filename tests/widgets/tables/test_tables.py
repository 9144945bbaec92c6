from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton

from model.commands.records import add_record, remove_records, set_fields
from model.dates import parse_date
from model.drawing.style import style_sheet
from model.fields import TABLE_SPECS
from model.history import History
from tests.builders import a_project
from tests.samples import sample
from widgets.common.workspace import Workspace
from widgets.tables.panel import MORE, TABS, TablesPanel
from widgets.tables.record_table import RecordTable
from widgets.tables.table_model import RecordTableModel
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from model.document import Document
    from model.refusals import Refusal

ROLE = Qt.ItemDataRole
Opened = tuple[Workspace, RecordTable]


def a_workspace(document: Document) -> Workspace:
    style = style_sheet("light")
    return Workspace(document, History(document), QtTextEngine(), style, date(2013, 2, 15))


def three_activities() -> Document:
    return (
        a_project()
        .actor("M", name="Malaysia")
        .actor("N", name="Norway")
        .add("activities", "1", title="Zebra round", start="2013", lead_id="M", kind="training")
        .add("activities", "2", title="Étude", start="2011-05-02", lead_id="N", kind="shuttle")
        .add("activities", "3", title="Listening", basis="public_memory", tracks=("T3", "T1"))
        .document()
    )


@pytest.fixture
def open_table(qtbot: QtBot) -> Callable[[Document, str], Opened]:
    def opened(document: Document, table: str) -> Opened:
        workspace = a_workspace(document)
        shown = RecordTable(workspace, table)
        qtbot.addWidget(shown)
        shown.resize(1000, 500)
        shown.show()
        qtbot.waitExposed(shown)
        return workspace, shown

    return opened


def column(table: RecordTable, name: str) -> int:
    return [spec.name for spec in table.records.specs].index(name)


def texts(table: RecordTable, name: str) -> list[str]:
    at = column(table, name)
    return [str(table.rows.index(row, at).data()) for row in range(table.rows.rowCount())]


@pytest.mark.parametrize("name", [*TABS, *MORE])
def test_every_table_keeps_the_rules_of_qt_models(
    name: str, qapp: object, request: pytest.FixtureRequest
) -> None:
    workspace = a_workspace(sample())
    model = RecordTableModel(workspace, name)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    assert model.rowCount() == len(workspace.document.table(name))
    first = model.index(0, 0)
    if first.isValid():
        record_id = next(iter(workspace.document.table(name)))
        remove_records(workspace.document, name, [record_id])
        workspace.history.undo()
        assert model.row_of(record_id) == model.rowCount() - 1
    assert tester.model() is model


def test_cells_read_as_people_write_and_references_by_name(
    open_table: Callable[[Document, str], Opened],
) -> None:
    _, table = open_table(three_activities(), "activities")

    assert texts(table, "title") == ["Zebra round", "Étude", "Listening"]
    assert texts(table, "lead_id") == ["Malaysia", "Norway", ""]
    assert texts(table, "start") == ["2013", "2 May 2011", ""]
    assert texts(table, "kind") == ["Training", "Shuttle", "Other"]
    assert texts(table, "tracks")[2] == "Track III; Track I"


def test_a_renamed_actor_shows_in_other_tables_at_once(
    open_table: Callable[[Document, str], Opened],
) -> None:
    workspace, table = open_table(three_activities(), "activities")
    table.filter.setText("malaysia")
    assert texts(table, "title") == ["Zebra round"]

    set_fields(workspace.document, "actors", ["M"], {"name": "Brunei"})

    assert texts(table, "lead_id") == []
    table.filter.setText("brunei")
    assert texts(table, "lead_id") == ["Brunei"]


def test_sorting_is_by_meaning_and_empty_cells_come_last(
    open_table: Callable[[Document, str], Opened],
) -> None:
    _, table = open_table(three_activities(), "activities")
    table.view.sortByColumn(column(table, "start"), Qt.SortOrder.AscendingOrder)
    assert texts(table, "start") == ["2 May 2011", "2013", ""]
    table.view.sortByColumn(column(table, "title"), Qt.SortOrder.AscendingOrder)
    assert texts(table, "title") == ["Étude", "Listening", "Zebra round"]


def test_filtering_sees_all_columns_and_neither_case_nor_accents(
    open_table: Callable[[Document, str], Opened],
) -> None:
    _, table = open_table(three_activities(), "activities")
    for typed, left in (
        ("etude", ["Étude"]),
        ("NORWAY shuttle", ["Étude"]),
        ("track iii", ["Listening"]),
        ("nothing like it", []),
        ("", ["Zebra round", "Étude", "Listening"]),
    ):
        table.filter.setText(typed)
        assert texts(table, "title") == left


def test_typing_into_a_cell_is_one_step_that_undo_takes_back(
    open_table: Callable[[Document, str], Opened], qtbot: QtBot
) -> None:
    workspace, table = open_table(three_activities(), "activities")
    table.view.edit(table.rows.index(0, column(table, "title")))
    line = table.view.viewport().findChild(QLineEdit)
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, "Opening round")
    QTest.keyClick(line, Qt.Key.Key_Return)

    assert workspace.document.activities["1"].title == "Opening round"
    workspace.history.undo()
    assert workspace.document.activities["1"].title == "Zebra round"
    assert not workspace.history.can_undo


def test_a_date_is_read_and_a_wrong_one_refused_at_the_spot(
    open_table: Callable[[Document, str], Opened],
) -> None:
    workspace, table = open_table(three_activities(), "activities")
    table.view.edit(table.rows.index(1, column(table, "start")))
    line = table.view.viewport().findChild(QLineEdit)
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, "2013-13-01")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert workspace.document.revision == 0
    assert line.isVisible()

    line.selectAll()
    QTest.keyClicks(line, "about 2012")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert workspace.document.activities["2"].start == parse_date("~2012")


def test_escape_drops_what_was_typed(open_table: Callable[[Document, str], Opened]) -> None:
    workspace, table = open_table(three_activities(), "activities")
    table.view.edit(table.rows.index(0, column(table, "title")))
    line = table.view.viewport().findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, "wrong")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert workspace.document.revision == 0


def test_several_values_keep_their_type(open_table: Callable[[Document, str], Opened]) -> None:
    workspace, table = open_table(three_activities(), "activities")
    source = table.records
    cell = source.index(2, column(table, "tracks"))

    assert source.value(cell) == ("T3", "T1")
    assert source.setData(cell, ("T2",))
    assert workspace.document.activities["3"].tracks == ("T2",)


def test_a_value_that_breaks_a_rule_leaves_no_trace(
    open_table: Callable[[Document, str], Opened], qtbot: QtBot
) -> None:
    workspace, table = open_table(three_activities(), "activities")
    cell = table.records.index(0, column(table, "title"))
    with qtbot.waitSignal(workspace.refused):
        assert not table.records.setData(cell, "")
    assert workspace.document.activities["1"].title == "Zebra round"


def test_selection_goes_both_ways(open_table: Callable[[Document, str], Opened]) -> None:
    workspace, table = open_table(three_activities(), "activities")
    table.view.selectRow(1)
    assert workspace.selected("activities") == ("2",)

    workspace.select([("activities", "3"), ("actors", "M")])
    rows = table.view.selectionModel().selectedRows()
    assert [index.data() for index in rows] == ["Listening"]
    assert workspace.selection == (("activities", "3"), ("actors", "M"))


def test_sorting_and_filtering_do_not_lose_the_selection(
    open_table: Callable[[Document, str], Opened],
) -> None:
    workspace, table = open_table(three_activities(), "activities")
    workspace.select([("activities", "1")])
    table.filter.setText("norway")
    table.filter.setText("")
    table.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert workspace.selection == (("activities", "1"),)
    assert [i.data() for i in table.view.selectionModel().selectedRows()] == ["Zebra round"]


def test_copy_takes_the_visible_text(open_table: Callable[[Document, str], Opened]) -> None:
    _, table = open_table(three_activities(), "activities")
    flag = QItemSelectionModel.SelectionFlag
    for row in (0, 1):
        table.view.selectionModel().select(table.rows.index(row, 0), flag.Select | flag.Rows)
    for at, spec in enumerate(table.records.specs):
        table.view.setColumnHidden(at, spec.name not in {"title", "lead_id", "start"})
    table.view.setFocus()
    QTest.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    table.copy()

    copied = QGuiApplication.clipboard().text()
    assert copied == "Zebra round\tMalaysia\t2013\nÉtude\tNorway\t2 May 2011"


def test_marks_are_seen_and_heard(open_table: Callable[[Document, str], Opened]) -> None:
    _, table = open_table(three_activities(), "activities")
    marked, plain = table.rows.index(2, 0), table.rows.index(0, 0)

    assert marked.data(ROLE.DecorationRole) is not None
    assert plain.data(ROLE.DecorationRole) is None
    assert marked.data(ROLE.AccessibleTextRole) == "Title: Listening (not checked)"
    assert plain.data(ROLE.AccessibleTextRole) == "Title: Zebra round"


def test_adding_and_removing(open_table: Callable[[Document, str], Opened]) -> None:
    workspace, table = open_table(three_activities(), "activities")
    table.add()
    assert table.rows.rowCount() == 4
    (added,) = workspace.selected("activities")
    assert workspace.document.activities[added].title == "New activity"
    table.view.closePersistentEditor(table.view.currentIndex())
    table.remove()
    assert table.rows.rowCount() == 3
    workspace.history.undo()
    assert table.rows.rowCount() == 4


def test_what_stays_in_the_decision_log_is_not_said_to_be_removed(
    open_table: Callable[[Document, str], Opened],
) -> None:
    project = a_project().add("decisions", "d", title="Wait", reason="too early")
    workspace, table = open_table(project.document(), "decisions")
    said: list[str] = []
    refused: list[Refusal] = []
    workspace.hinted.connect(said.append)
    workspace.refused.connect(refused.append)
    workspace.select([("decisions", "d")])
    table.remove()
    assert workspace.document.get("decisions", "d") is not None
    assert len(refused) == 1
    assert said == []


@pytest.mark.parametrize(("name", "button"), [("roles", "Add Role"), ("decisions", "Add Decision")])
def test_what_joins_others_or_cannot_be_changed_is_not_added_here(
    open_table: Callable[[Document, str], Opened], name: str, button: str
) -> None:
    _, table = open_table(three_activities(), name)
    (add,) = (b for b in table.findChildren(QToolButton) if b.accessibleName() == button)
    assert not add.isEnabled()
    assert add.toolTip()


def test_many_changes_at_once_are_read_in_one_go(
    open_table: Callable[[Document, str], Opened],
) -> None:
    workspace, table = open_table(a_project().document(), "actors")
    with workspace.document.edit("Many") as edit:
        for number in range(200):
            from model.records import Actor

            edit.put("actors", Actor(id=f"a{number}", name=f"Actor {number}"))
    assert table.rows.rowCount() == 200
    workspace.history.undo()
    assert table.rows.rowCount() == 0


def test_the_panel_offers_every_table_and_names_every_control(qtbot: QtBot) -> None:
    workspace = a_workspace(sample())
    panel = TablesPanel(workspace)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    for name in (*TABS, *MORE):
        shown = panel.show_table(name)
        assert shown.view.accessibleName() == TABLE_SPECS[name].title
        assert panel.tabs.tabData(panel.tabs.currentIndex()) == name
    for kind in (QComboBox, QLineEdit, QToolButton):
        for control in panel.findChildren(kind):
            inner = control.parent() is not panel.tabs and not isinstance(
                control.parent(), QComboBox
            )
            if inner and control.objectName() != "qt_toolbar_ext_button":
                assert control.accessibleName() or isinstance(control.parent(), QLineEdit)


def test_revealing_a_record_brings_its_table_forward(qtbot: QtBot) -> None:
    workspace = a_workspace(three_activities())
    panel = TablesPanel(workspace)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    workspace.reveal("activities", "2")
    assert panel.current.table == "activities"
    rows = panel.current.view.selectionModel().selectedRows()
    assert [index.data() for index in rows] == ["Étude"]
    add_record(workspace.document, "milestones", label="Accord")
    assert panel.show_table("milestones").rows.rowCount(QModelIndex()) == 1


def test_the_count_of_rows_is_right_after_rows_have_gone(
    open_table: Callable[[Document, str], Opened],
) -> None:
    workspace, table = open_table(three_activities(), "activities")
    going = list(workspace.document.activities)[:2]
    remove_records(workspace.document, "activities", going)
    assert table._count.text() == "1 row"
    workspace.history.undo()
    assert table._count.text() == "3 rows"


def test_what_is_dragged_is_a_small_sign_that_hides_little_of_what_lies_below(
    open_table: Callable[[Document, str], Opened],
) -> None:
    workspace, shown = open_table(three_activities(), "activities")
    workspace.select([("activities", "3")])
    one = shown.view.drag_sign()
    workspace.select([("activities", "1"), ("activities", "2")])
    several = shown.view.drag_sign()
    for sign in (one, several):
        assert 10 < sign.height() < 60
        assert 20 < sign.width() < 200
