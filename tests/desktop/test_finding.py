"""Finding from the window: keys, and which panel comes forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from widgets.finding.command_field import CommandField


def test_ctrl_f_finds_on_map_timeline_and_tables(qtbot: QtBot, controller: Controller) -> None:
    controller.open_sample("mindanao")
    panels, workspace = controller.panels, controller.workspace
    assert panels is not None
    assert workspace is not None
    canvas = panels.map.canvas
    canvas.setFocus()
    canvas.set_camera(canvas.camera.panned(5000, 5000))
    QTest.keyClick(canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(panels.find.field.hasFocus)
    QTest.keyClicks(panels.find.field, "turkey")
    QTest.keyClick(panels.find.field, Qt.Key.Key_Return)
    ((table, actor_id),) = workspace.selection
    assert table == "actors"
    box = canvas.box_of((table, actor_id))
    left, top, right, bottom = canvas.camera.view(canvas.width(), canvas.height())
    assert box is not None
    assert left <= box[0] <= right
    assert top <= box[1] <= bottom
    assert panels.tables.visibleRegion().isEmpty()
    answer = next(iter(workspace.document.answers.values()))
    panels.find.field.clear()
    QTest.keyClicks(panels.find.field, answer.evidence[:60])
    QTest.keyClick(panels.find.field, Qt.Key.Key_Return)
    assert workspace.selection == (("answers", answer.id),)
    qtbot.waitUntil(lambda: not panels.tables.visibleRegion().isEmpty())
    assert panels.tables.current.table == "answers"
    QTest.keyClick(panels.find.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(canvas.hasFocus)


def press_ctrl_k(qtbot: QtBot, controller: Controller) -> CommandField:
    field = controller.window.commands
    focus = controller.window.focusWidget()
    QTest.keyClick(focus, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(field.hasFocus)
    assert field.popup.isVisible()
    return field


def offered(field: CommandField) -> list[str]:
    return [entry.title for entry in field.list.entries.entries]


def test_ctrl_k_does_what_is_typed(qtbot: QtBot, controller: Controller) -> None:
    controller.open_sample("mindanao")
    panels, workspace = controller.panels, controller.workspace
    assert panels is not None
    assert workspace is not None
    panels.map.canvas.setFocus()
    field = press_ctrl_k(qtbot, controller)
    assert offered(field)[0] == "New project"
    assert "Undo" not in offered(field)
    QTest.keyClicks(field, "drak")
    assert "Dark" in offered(field)
    field.clear()
    QTest.keyClicks(field, "show tables")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not panels.tables.visibleRegion().isEmpty())
    assert field.popup.isHidden()
    assert field.text() == ""
    assert panels.map.canvas.hasFocus()


def test_ctrl_k_goes_to_records(qtbot: QtBot, controller: Controller) -> None:
    controller.open_sample("mindanao")
    panels, workspace = controller.panels, controller.workspace
    assert panels is not None
    assert workspace is not None
    panels.map.canvas.setFocus()
    field = press_ctrl_k(qtbot, controller)
    QTest.keyClicks(field, "malaysia")
    QTest.keyClick(field, Qt.Key.Key_Return)
    ((table, record_id),) = workspace.selection
    assert workspace.document.name_of(table, record_id) == "Malaysia"
    press_ctrl_k(qtbot, controller)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.popup.isHidden()
    assert panels.map.canvas.hasFocus()
    controller.close_project()
    assert offered(field) == []
