"""Keys in tables mean the tables, although the window has the same keys for the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.desktop.test_views import save_as
from tests.desktop.test_whole_way import session_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from desktop.panels import Panels

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def opened(qtbot: QtBot, controller: Controller) -> Panels:
    controller.open_sample("mindanao")
    qtbot.waitUntil(lambda: controller.panels is not None)
    panels = controller.panels
    assert panels is not None
    controller.window.docks.bring_forward("tables")
    return panels


def test_delete_and_rename_and_all_mean_the_table(qtbot: QtBot, controller: Controller) -> None:
    panels = opened(qtbot, controller)
    document = session_of(controller).document
    table = panels.tables.show_table("linkages")
    view = table.view
    view.setFocus()
    view.setCurrentIndex(table.rows.index(0, 0))
    gone = panels.map.workspace.selected("linkages")
    assert len(gone) == 1
    QTest.keyClick(view, Key.Key_Delete)
    assert gone[0] not in document.linkages
    controller.window.actions_by_id["undo"].trigger()
    assert gone[0] in document.linkages

    QTest.keyClick(view, Key.Key_A, CTRL)
    selected = panels.map.workspace.selection
    assert {name for name, _ in selected} == {"linkages"}
    assert len(selected) == len(document.linkages)

    actors = panels.tables.show_table("actors")
    actors.view.setFocus()
    actors.view.setCurrentIndex(actors.rows.index(2, 0))
    QTest.keyClick(actors.view, Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert actors.view.isAncestorOf(field)
    QTest.keyClick(field, Key.Key_Escape)


def test_the_menu_means_the_table_that_has_the_keyboard(
    qtbot: QtBot, controller: Controller
) -> None:
    panels = opened(qtbot, controller)
    document = session_of(controller).document
    table = panels.tables.show_table("activities")
    table.view.setFocus()
    table.view.setCurrentIndex(table.rows.index(0, 0))
    (gone,) = panels.map.workspace.selected("activities")
    actions = controller.window.actions_by_id
    actions["copy"].trigger()
    assert QApplication.clipboard().text().startswith(str(table.rows.index(0, 0).data()))
    actions["delete"].trigger()
    assert gone not in document.activities
    actions["select_all"].trigger()
    assert len(panels.map.workspace.selected("activities")) == table.rows.rowCount()


def test_the_matrix_and_the_list_of_views_keep_their_keys(
    qtbot: QtBot, controller: Controller
) -> None:
    panels = opened(qtbot, controller)
    document = session_of(controller).document
    matrix = panels.tables.show_matrix()
    link = next(iter(document.linkages.values()))
    matrix.view.setFocus()
    matrix.view.setCurrentIndex(matrix.model.cell_of(link))
    QTest.keyClick(matrix.view, Key.Key_Delete)
    assert link.id not in document.linkages

    save_as(controller, panels, "Kept")
    (view,) = document.views.values()
    panels.map.workspace.select([("actors", next(iter(document.actors)))])
    panels.views.list.setFocus()
    panels.views.list.setCurrentRow(0)
    QTest.keyClick(panels.views.list, Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert panels.views.list.isAncestorOf(field)
    QTest.keyClick(field, Key.Key_Escape)
    QTest.keyClick(panels.views.list, Key.Key_Delete)
    assert view.id not in document.views
    assert panels.map.workspace.selection


def test_cells_of_a_spreadsheet_are_pasted_by_keys_and_undone(
    qtbot: QtBot, controller: Controller
) -> None:
    panels = opened(qtbot, controller)
    document = session_of(controller).document
    table = panels.tables.show_table("actors")
    before = document.content()
    table.view.setFocus()
    table.view.setCurrentIndex(table.rows.index(table.rows.rowCount() - 1, 0))
    (last,) = panels.map.workspace.selected("actors")
    QApplication.clipboard().setText('Renamed\tRen\r\n"Elders"\tEld\r\nWomen\tWom\r\n')
    QTest.keyClick(table.view, Key.Key_V, CTRL)
    assert document.actors[last].name == "Renamed"
    names = {one.name: one.short_name for one in document.actors.values()}
    assert (names["Elders"], names["Women"]) == ("Eld", "Wom")
    assert len(panels.map.workspace.selected("actors")) == 3
    QTest.keyClick(table.view, Key.Key_Z, CTRL)
    assert document.content() == before
    both = CTRL | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(table.view, Key.Key_V, both)
    assert len(document.actors) == len(before["actors"]) + 3
    QTest.keyClick(table.view, Key.Key_Z, CTRL)
    assert document.content() == before


def test_delete_at_a_choice_in_a_panel_removes_nothing_and_f2_goes_to_the_name(
    qtbot: QtBot, controller: Controller
) -> None:
    panels = opened(qtbot, controller)
    document = session_of(controller).document
    workspace, before = panels.map.workspace, document.content()
    actor_id = next(iter(document.actors))
    workspace.select([("actors", actor_id)])
    form = panels.inspector.form
    assert form is not None
    choice = form.editors["kind"].focusProxy()
    assert choice is not None
    hints: list[str] = []
    workspace.hinted.connect(hints.append)
    for beside in (choice, panels.palette):
        beside.setFocus()
        QTest.keyClick(beside, Key.Key_Delete)
        assert document.content() == before
        assert "F6" in hints.pop()
    choice.setFocus()
    QTest.keyClick(choice, Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert form.editors["name"].isAncestorOf(field)
    controller.window.actions_by_id["delete"].trigger()
    assert actor_id not in document.actors
