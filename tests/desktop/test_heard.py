"""What changes without taking the keyboard is said to those who listen."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from model.commands.actors import add_actor
from tests.hearing import listen
from widgets.common.tab_order import stops

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller

CTRL = Qt.KeyboardModifier.ControlModifier


def test_filter_focus_finding_refusals_and_undo_are_heard(
    qtbot: QtBot, controller: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller.open_sample("mindanao")
    panels, workspace = controller.panels, controller.workspace
    assert panels is not None
    assert workspace is not None
    canvas = panels.map.canvas
    canvas.setFocus()
    actor = next(i for i, one in workspace.document.actors.items() if one.name == "Malaysia")
    workspace.select([("actors", actor)])
    heard = listen(monkeypatch)
    QTest.keyClick(canvas, Qt.Key.Key_4, CTRL)
    assert heard[-1] == "!Select two actors to see the ways between them."
    for steps in (1, 2, 3, 1):
        QTest.keyClick(canvas, Qt.Key.Key_3, CTRL)
        assert panels.lens.focus is not None
        assert panels.lens.focus.steps == steps
        assert heard[-1] == panels.lens.focus_in_words()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert heard[-1] == "Everything is shown."
    panels.filter.words.setText("peace")
    panels.filter.words.textEdited.emit("peace")
    assert heard[-1].startswith("Filtered: ")
    panels.lens.clear_filter()
    QTest.keyClick(canvas, Qt.Key.Key_F, CTRL)
    QTest.keyClicks(panels.find.field, "ulama")
    assert heard[-1] == "1 found"
    QTest.keyClick(panels.find.field, Qt.Key.Key_Return)
    assert heard[-1] == "1 of 1"
    made = workspace.attempt(lambda: add_actor(workspace.document, name="Elders", kind="other"))
    assert made is not None
    controller.undo()
    assert heard[-1] == controller.window.hint_label.text()
    assert heard[-1].startswith("Undone: ")
    controller.redo()
    assert heard[-1].startswith("Done again: ")


def test_a_part_that_can_be_folded_away_is_no_box_to_be_ticked(
    controller: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller.open_sample("mindanao")
    assert controller.panels is not None
    controller.window.raise_dock("filter")
    section = controller.panels.filter.sections["kind"]
    heard = listen(monkeypatch)
    assert section.head.accessibleDescription() == "Open; fold it away"
    assert not section.head.isCheckable()
    QTest.keyClick(section.head, Qt.Key.Key_Space)
    assert not section.is_open
    assert section.body.isHidden()
    assert heard == ["folded away"]
    assert section.head.accessibleDescription() == "Folded away; open it"
    QTest.mouseClick(section.head, Qt.MouseButton.LeftButton)
    assert section.is_open


def test_tab_reaches_what_a_panel_shows_in_the_order_in_which_it_shows_it(
    qtbot: QtBot, controller: Controller
) -> None:
    controller.open_sample("mindanao")
    panels = controller.panels
    assert panels is not None
    controller.window.raise_dock("analysis")
    panels.analysis.show_view("circles")
    panels.analysis.compute()
    qtbot.waitUntil(lambda: panels.analysis.model.rowCount() > 3)
    panels.analysis.view.setCurrentIndex(panels.analysis.model.index(0, 0))
    foot = panels.analysis.foot
    rows = foot.rows()
    assert len(rows) > 3
    foot.name.setFocus()
    way = [foot.name, foot.accept, foot.show_only, *rows[:2]]
    for here, there in pairwise(way):
        QTest.keyClick(here, Qt.Key.Key_Tab)
        assert there.hasFocus()
    for here, there in pairwise(reversed(way)):
        QTest.keyClick(here, Qt.Key.Key_Backtab)
        assert there.hasFocus()


def test_ticks_that_come_later_are_reached_where_they_stand(
    qtbot: QtBot, controller: Controller
) -> None:
    controller.open_sample("mindanao")
    panels, workspace = controller.panels, controller.workspace
    assert panels is not None
    assert workspace is not None
    controller.window.raise_dock("filter")
    made = workspace.attempt(
        lambda: add_actor(workspace.document, name="Royals", kind="media", tracks=("T1",))
    )
    assert made is not None
    boxes = panels.filter.boxes
    qtbot.waitUntil(lambda: ("kind", "media") in boxes and boxes["kind", "media"].isVisible())
    found = stops(panels.filter)
    assert found.index(boxes["kind", "media"]) < found.index(panels.filter.sections["track"].head)
    for name, panel in panels.docked().items():
        controller.window.raise_dock(name)
        QApplication.processEvents()
        assert len(stops(panel)) == len(set(stops(panel)))
