"""Filter and focus in the window: by keys, on the map, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.timeline_in_view import styling_in_view

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from desktop.panels import Panels


def opened(controller: Controller) -> Panels:
    controller.open_sample("mindanao")
    assert controller.panels is not None
    return controller.panels


def test_the_filter_hides_cards_until_it_is_cleared(qtbot: QtBot, controller: Controller) -> None:
    panels = opened(controller)
    canvas = panels.map.canvas
    canvas.setFocus()
    before = set(canvas.scene.cards)
    places = {i: card.box for i, card in canvas.scene.cards.items()}
    ctrl_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(canvas, Qt.Key.Key_F, ctrl_shift)
    qtbot.waitUntil(panels.filter.words.hasFocus)
    QTest.keyClicks(panels.filter.words, "malaysia")
    assert set(canvas.scene.cards) < before
    assert all(places[i] == card.box for i, card in canvas.scene.cards.items())
    panels.filter.in_tables.setChecked(True)
    table = panels.tables.show_table("actors")
    assert table.rows.rowCount() < len(panels.lens.workspace.document.actors)
    panels.lens.clear_filter()
    assert set(canvas.scene.cards) == before
    assert table.rows.rowCount() == len(panels.lens.workspace.document.actors)


def test_focus_dims_the_rest_and_escape_leaves(qtbot: QtBot, controller: Controller) -> None:
    panels = opened(controller)
    canvas, workspace = panels.map.canvas, panels.lens.workspace
    actors = workspace.document.actors
    malaysia = next(i for i, one in actors.items() if one.name == "Malaysia")
    workspace.select([("actors", malaysia)])
    canvas.setFocus()
    bright = canvas.grab().toImage()
    QTest.keyClick(canvas, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert canvas.spotlight.lit is not None
    assert malaysia in canvas.spotlight.lit
    far = next(i for i in canvas.scene.cards if i not in canvas.spotlight.lit)
    canvas.zoom_fit()
    assert canvas.grab().toImage() != bright
    assert far in canvas.scene.cards
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert panels.lens.focus is None
    assert workspace.selection == (("actors", malaysia),)


def test_ways_between_need_two_actors(controller: Controller) -> None:
    panels = opened(controller)
    canvas, workspace = panels.map.canvas, panels.lens.workspace
    first, second = list(canvas.scene.cards)[:2]
    workspace.select([("actors", first)])
    controller.window.actions_by_id["focus_between"].trigger()
    assert "Select two actors" in controller.window.notices.text
    workspace.select([("actors", first), ("actors", second)])
    controller.window.actions_by_id["focus_between"].trigger()
    assert panels.lens.focus is not None
    assert panels.lens.focus.ids == (first, second)
    assert controller.window.notices.text == ""  # what was refused no longer matters


def test_buttons_say_and_choose_what_colour_and_size_follow(
    qtbot: QtBot, controller: Controller
) -> None:
    panels = opened(controller)
    window, canvas = controller.window, panels.map.canvas
    action = window.actions_by_id["colour_by"]
    assert action.iconText() == "Colour: Kind"
    assert window.toolbar.widgetForAction(action) is not None
    canvas.setFocus()
    alt = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(canvas, Qt.Key.Key_C, alt)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert canvas.scene.options.colour_by == "track"
    assert action.iconText() == "Colour: Track"
    assert styling_in_view(panels) == ("track", "")
    assert panels.map.legend.isVisible()
