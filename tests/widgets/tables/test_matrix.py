"""The matrix: reading, making, changing and removing linkages by cells, with real events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu

from model.commands.linkages import connect
from model.commands.records import remove_records, set_fields
from tests.builders import a_project
from tests.samples import sample
from tests.widgets.opening import shown, workspace_of
from widgets.tables.matrix import MatrixTable
from widgets.tables.matrix_model import MatrixModel
from widgets.tables.panel import TablesPanel

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from pytestqt.qtbot import QtBot

    from model.document import Document
    from widgets.common.workspace import Workspace

ROLE = Qt.ItemDataRole


def three() -> Document:
    project = a_project().actor(
        "state", name="State", tracks=("T1",), conflict_role="primary_party"
    )
    project.actor("rebels", name="Rebels", tracks=("T1",), conflict_role="primary_party")
    project.actor("envoy", name="Envoy", tracks=("T2",)).actor("gone", name="Gone", end="2001")
    project.link("envoy", "state", kind="facilitation", direction="directed")
    return project.link("rebels", "state", kind="negotiation", direction="undirected").document()


@pytest.fixture
def workspace(qapp: object) -> Workspace:
    return workspace_of(three())


@pytest.fixture
def table(qtbot: QtBot, workspace: Workspace) -> MatrixTable:
    table = MatrixTable(workspace)
    shown(qtbot, table, 900, 400)
    table.view.setFocus()
    return table


def at(table: MatrixTable, row: str, column: str) -> QModelIndex:
    return table.model.index(table.model.rows.index(row), table.model.columns.index(column))


def text(table: MatrixTable, row: str, column: str) -> str:
    return str(at(table, row, column).data())


def choose(table: MatrixTable, qtbot: QtBot, typed: str) -> None:
    """Open the list of the current cell by Enter, type the beginning of a kind, take it."""
    QTest.keyClick(table.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    box = table.view.viewport().findChild(QComboBox)
    assert box is not None
    QTest.keyClicks(box.view(), typed)
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.view.state() != table.view.State.EditingState)


def selected(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    return workspace.selection


def test_a_cell_tells_what_leads_from_the_row_to_the_column(table: MatrixTable) -> None:
    assert table.model.rows == ["envoy", "rebels", "state"]
    assert text(table, "envoy", "state") == "→ Facilitation"
    assert not text(table, "state", "envoy")
    assert text(table, "rebels", "state") == text(table, "state", "rebels") == "↔ Negotiation"
    assert text(table, "state", "state") == "–"
    spoken = at(table, "envoy", "rebels").data(ROLE.AccessibleTextRole)
    assert spoken == "Envoy and Rebels: no linkage"


def test_by_parties_a_cell_tells_all_that_joins_the_two(table: MatrixTable) -> None:
    connect(table._workspace.document, "state", "envoy", "mandate")
    table.columns.setCurrentIndex(1)
    assert table.model.columns == ["rebels", "state"]
    assert text(table, "envoy", "state") == "→ Facilitation; ← Mandate (planned)"


def test_a_linkage_is_made_changed_and_removed_by_keys_and_each_is_one_undo_step(
    table: MatrixTable, workspace: Workspace, qtbot: QtBot
) -> None:
    document, start = workspace.document, workspace.document.content()
    table.view.setCurrentIndex(at(table, "envoy", "rebels"))
    assert selected(workspace) == (("actors", "envoy"), ("actors", "rebels"))
    choose(table, qtbot, "Consul")
    (made,) = [one for one in document.linkages.values() if one.to_id == "rebels"]
    assert (made.from_id, made.kind) == ("envoy", "consultation")
    assert selected(workspace) == (("linkages", made.id),)
    choose(table, qtbot, "Mandate")
    assert document.linkages[made.id].kind == "mandate"
    choose(table, qtbot, "No link")
    assert made.id not in document.linkages
    for _ in range(3):
        workspace.history.undo()
    assert document.content() == start


def test_delete_removes_what_stands_in_the_cell(table: MatrixTable, workspace: Workspace) -> None:
    table.view.setCurrentIndex(at(table, "state", "rebels"))
    assert selected(workspace) == (("linkages", "rebels>state"),)
    QTest.keyClick(table.view, Qt.Key.Key_Delete)
    assert "rebels>state" not in workspace.document.linkages
    assert not text(table, "rebels", "state")


def test_what_is_not_removed_is_not_said_to_be(table: MatrixTable, workspace: Workspace) -> None:
    said: list[str] = []
    workspace.hinted.connect(said.append)
    table.view.setCurrentIndex(at(table, "state", "rebels"))
    workspace.document.is_protected = True
    table.remove()
    assert "rebels>state" in workspace.document.linkages
    assert said == []
    workspace.document.is_protected = False
    table.remove()
    assert said == ["Removed. Undo brings it back."]


def test_an_actor_is_not_linked_to_itself(table: MatrixTable, workspace: Workspace) -> None:
    table.view.setCurrentIndex(at(table, "envoy", "envoy"))
    QTest.keyClick(table.view, Qt.Key.Key_Return)
    assert table.view.viewport().findChild(QComboBox) is None
    assert table.menu(at(table, "envoy", "envoy")) is None


def test_a_second_linkage_between_the_two_is_added_from_the_menu(
    table: MatrixTable, workspace: Workspace, qtbot: QtBot
) -> None:
    index = at(table, "envoy", "state")
    table.view.setCurrentIndex(index)
    menu = table.menu(index)
    assert menu is not None
    add = next(one for one in menu.findChildren(QMenu) if one.title() == "Add a linkage")
    next(one for one in add.actions() if one.text() == "Funding").trigger()
    menu.deleteLater()
    assert text(table, "envoy", "state") == "→ Facilitation; → Funding (planned)"
    QTest.keyClick(table.view, Qt.Key.Key_Return)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert [one.text() for one in popup.actions()] == [
        "→ Facilitation",
        "→ Funding (planned)",
        "Add a linkage",
    ]
    popup.close()


def test_selection_is_shared_with_the_map(table: MatrixTable, workspace: Workspace) -> None:
    workspace.select([("linkages", "envoy>state")])
    assert table.view.currentIndex() == at(table, "envoy", "state")


def test_it_follows_names_the_day_the_filter_and_the_order(
    table: MatrixTable, workspace: Workspace
) -> None:
    set_fields(workspace.document, "actors", ["envoy"], {"name": "Zealous envoy"})
    assert table.model.rows == ["rebels", "state", "envoy"]
    table.order.setCurrentIndex(1)
    assert table.model.rows == ["rebels", "state", "envoy"]
    table.show_only(frozenset({"envoy", "state"}))
    assert table.model.columns == ["state", "envoy"]
    table.show_only(None)
    table.filter.setText("zéal")
    assert (table.model.rows, len(table.model.columns)) == (["envoy"], 3)
    table.filter.clear()
    workspace.set_as_of(workspace.as_of.replace(year=2000))
    assert "gone" in table.model.rows
    remove_records(workspace.document, "actors", ["envoy"])
    assert "envoy" not in table.model.rows
    workspace.history.undo()
    assert text(table, "envoy", "state") == "→ Facilitation"


def test_the_model_keeps_the_rules_of_qt(qapp: object) -> None:
    workspace = workspace_of(sample())
    model = MatrixModel(workspace)
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    model.show(parties_only=True, order="track")
    remove_records(workspace.document, "actors", [model.rows[0]])
    workspace.history.undo()
    assert tester.model() is model


def test_the_matrix_is_a_tab_of_the_tables(qtbot: QtBot, workspace: Workspace) -> None:
    panel = TablesPanel(workspace)
    shown(qtbot, panel, 900, 400)
    panel.tabs.setCurrentIndex(panel.tabs.count() - 1)
    assert panel.keyboard_part is panel.show_matrix()
    panel.show_only(frozenset({"envoy"}))
    assert panel.show_matrix().model.rows == ["envoy"]
    panel.show_table("sources")
    assert panel.tabs.tabText(panel.tabs.currentIndex()) == "Sources"
    panel.show_matrix()
    assert panel.tabs.tabText(panel.tabs.currentIndex()) == "Matrix"


def test_the_table_of_linkages_joins_the_two_selected_actors(
    qtbot: QtBot, workspace: Workspace
) -> None:
    panel = TablesPanel(workspace)
    shown(qtbot, panel, 900, 400)
    linkages = panel.show_table("linkages")
    with qtbot.waitSignal(workspace.refused):
        linkages.add()
    workspace.select([("actors", "envoy"), ("actors", "rebels")])
    linkages.add()
    assert any(
        (one.from_id, one.to_id) == ("envoy", "rebels")
        for one in workspace.document.linkages.values()
    )


def test_esc_closes_the_list_and_the_cell_is_as_before(
    table: MatrixTable, workspace: Workspace, qtbot: QtBot
) -> None:
    table.view.setCurrentIndex(at(table, "state", "rebels"))
    QTest.keyClick(table.view, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    opened = QApplication.activePopupWidget()
    assert opened is not None
    QTest.keyClick(opened, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: table.view.state() != table.view.State.EditingState)
    qtbot.waitUntil(lambda: table.view.viewport().findChild(QComboBox) is None)
    assert workspace.document.revision == 0


def test_signs_only_shows_many_actors_at_a_glance(table: MatrixTable, workspace: Workspace) -> None:
    flat = table.view.horizontalHeader().height()
    table.narrow.click()
    header = table.view.horizontalHeader()
    assert header.height() > flat
    assert header.sectionSize(0) < 30
    joined = at(table, "state", "rebels")
    one = table.view.viewport().grab(table.view.visualRect(joined)).toImage()
    connect(workspace.document, "state", "rebels", "mandate")
    assert table.view.viewport().grab(table.view.visualRect(joined)).toImage() != one
    table.narrow.click()
    assert header.height() == flat
