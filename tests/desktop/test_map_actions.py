"""What the menus do with the map, and what they say about keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTableWidget

from desktop.action_table import ACTIONS
from desktop.command_list import commands_of
from desktop.dialogs.about import ShortcutsDialog
from model.commands.notes import add_note
from widgets.finding.view_state import look, taken_view

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from desktop.panels import Panels


def opened(controller: Controller) -> Panels:
    controller.open_sample("mindanao")
    assert controller.panels is not None
    return controller.panels


def trigger(controller: Controller, name: str) -> None:
    controller.window.actions_by_id[name].trigger()


def test_cutting_and_pasting_by_the_menu_means_cards_unless_a_field_is_in_use(
    controller: Controller,
) -> None:
    panels = opened(controller)
    document, workspace = panels.map.workspace.document, panels.map.workspace
    actor = next(iter(document.actors))
    workspace.select([("actors", actor)])
    panels.map.canvas.setFocus()
    trigger(controller, "copy")
    count = len(document.actors)
    trigger(controller, "paste")
    assert len(document.actors) == count + 1

    words = panels.filter.words
    controller.window.raise_dock("filter")
    QApplication.processEvents()
    words.setFocus()
    QTest.keyClicks(words, "elders")
    words.selectAll()
    trigger(controller, "cut")
    assert words.text() == ""
    assert len(document.actors) == count + 1
    trigger(controller, "paste")
    assert words.text() == "elders"


def test_lining_up_is_offered_for_two_cards_and_says_so_for_one(controller: Controller) -> None:
    panels = opened(controller)
    workspace, canvas = panels.map.workspace, panels.map.canvas
    one, two = list(canvas.scene.cards)[:2]
    hints: list[str] = []
    workspace.hinted.connect(hints.append)
    workspace.select([("actors", one)])
    trigger(controller, "line_up")
    assert hints[-1:] == ["Select two or more cards to line them up."]

    workspace.select([("actors", one), ("actors", two)])
    trigger(controller, "line_up")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(entry for entry in menu.actions() if entry.text() == "Left edges").trigger()
    menu.close()
    assert canvas.scene.cards[one].box[0] == canvas.scene.cards[two].box[0]


def test_switches_of_the_map_are_kept_in_views_and_told_by_the_menu(
    qtbot: QtBot, controller: Controller
) -> None:
    panels = opened(controller)
    canvas, actions = panels.map.canvas, controller.window.actions_by_id
    before = taken_view(panels.lens, canvas)
    shown = len(canvas.scene.cards)
    assert actions["show_labels"].isChecked()
    assert not actions["show_absent"].isChecked()
    add_note(canvas.workspace.document, "Quiet", (0.0, 0.0))
    assert canvas.scene.notes
    trigger(controller, "show_absent")
    trigger(controller, "show_labels")
    trigger(controller, "show_notes")
    assert not canvas.scene.notes
    look(taken_view(panels.lens, canvas), panels.lens, canvas)
    assert not actions["show_notes"].isChecked()
    assert len(canvas.scene.cards) > shown
    assert not any(canvas.scene.labels.values())

    look(before, panels.lens, canvas)

    assert canvas.scene.notes
    assert len(canvas.scene.cards) == shown
    assert actions["show_labels"].isChecked()
    assert not actions["show_absent"].isChecked()


def test_keys_that_work_on_the_map_only_are_said_but_left_to_other_panels(
    qtbot: QtBot, controller: Controller
) -> None:
    opened(controller)
    actions = controller.window.actions_by_id
    dialog = ShortcutsDialog(controller.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    table = dialog.findChild(QTableWidget)
    assert table is not None
    told = {}
    for row in range(table.rowCount()):
        what, keys = table.item(row, 0), table.item(row, 1)
        assert what is not None
        assert keys is not None
        told[what.text()] = keys.text()
    titles = {one.title for one in commands_of(controller.window)}
    for spec in ACTIONS:
        if spec.map_key:
            assert actions[spec.id].shortcut() == QKeySequence()
            assert actions[spec.id].text() == f"{spec.text}\t{spec.map_key}"
            assert told[f"Map: {spec.text}"] == spec.map_key
            assert spec.text in titles or not actions[spec.id].isEnabled()
