from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from model.commands.groups import make_group
from model.commands.linkages import connect
from model.commands.notes import add_note
from model.document import Document
from tests.widgets.canvas.conftest import place

if TYPE_CHECKING:
    from collections.abc import Callable

    from widgets.canvas.canvas import MapCanvas
    from widgets.canvas.panel import MapPanel

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def press(canvas: MapCanvas, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(canvas, key)


def test_tab_visits_every_card_in_reading_order(canvas: MapCanvas) -> None:
    visited = []
    for _ in range(4):
        press(canvas, Key.Key_Tab)
        visited.append(canvas.workspace.selected("actors")[0])
    assert visited == ["host", "gov", "front", "csos"]
    press(canvas, Key.Key_Backtab)
    assert canvas.workspace.selected("actors") == ("front",)


def test_ctrl_arrows_travel_in_a_direction(canvas: MapCanvas) -> None:
    canvas.workspace.select([("actors", "gov")])
    QTest.keyClick(canvas, Key.Key_Right, CTRL)
    assert canvas.workspace.selected("actors") in {("front",), ("host",)}
    canvas.workspace.select([("actors", "host")])
    QTest.keyClick(canvas, Key.Key_Down, CTRL)
    assert canvas.workspace.selected("actors") == ("csos",)


def test_a_run_of_nudges_is_one_undo_step(canvas: MapCanvas) -> None:
    canvas.workspace.select([("actors", "gov")])
    before = place(canvas, "gov")
    press(canvas, Key.Key_Right, Key.Key_Right, Key.Key_Down)
    assert place(canvas, "gov") == (before[0] + 16, before[1] + 8)
    canvas.workspace.history.undo()
    assert place(canvas, "gov") == before
    assert not canvas.workspace.history.can_undo


def test_f2_renames(canvas: MapCanvas) -> None:
    canvas.workspace.select([("actors", "gov")])
    press(canvas, Key.Key_F2)
    assert canvas.editor is not None
    QTest.keyClicks(canvas.editor, "Cabinet")
    QTest.keyClick(canvas.editor, Key.Key_Return)
    assert canvas.workspace.document.actors["gov"].name == "Cabinet"
    assert canvas.scene.cards["gov"].content.name == "Cabinet"
    assert canvas.hasFocus()


def test_link_by_keyboard_and_escape(canvas: MapCanvas) -> None:
    canvas.workspace.select([("actors", "host")])
    press(canvas, Key.Key_L, Key.Key_Down, Key.Key_Escape)
    assert len(canvas.workspace.document.linkages) == 2
    press(canvas, Key.Key_L, Key.Key_Down, Key.Key_Return)
    made = [x for x in canvas.workspace.document.linkages.values() if x.to_id == "csos"]
    assert [x.from_id for x in made] == ["host"]


def test_a_map_is_built_with_keys_only(open_map: Callable[[Document], MapPanel]) -> None:
    panel = open_map(Document())
    canvas = panel.canvas
    assert panel.empty.isVisible()
    for name in ("Government", "Front"):
        press(canvas, Key.Key_Insert)
        assert canvas.editor is not None
        QTest.keyClicks(canvas.editor, name)
        QTest.keyClick(canvas.editor, Key.Key_Return)
    assert not panel.empty.isVisible()
    actors = {a.name: a.id for a in panel.workspace.document.actors.values()}
    boxes = [card.box for card in canvas.scene.cards.values()]
    assert boxes[0][2] <= boxes[1][0] or boxes[1][2] <= boxes[0][0] or boxes[0][3] <= boxes[1][1]
    press(canvas, Key.Key_L)
    for key in (Key.Key_Left, Key.Key_Up, Key.Key_Right, Key.Key_Down):
        press(canvas, key)
    press(canvas, Key.Key_Return)
    link = next(iter(panel.workspace.document.linkages.values()))
    assert {link.from_id, link.to_id} == set(actors.values())
    press(canvas, Key.Key_Delete)
    assert not panel.workspace.document.linkages


def test_screen_readers_hear_cards_and_linkages(canvas: MapCanvas) -> None:
    top = QAccessible.queryAccessibleInterface(canvas)
    assert top.childCount() == 6
    names = [top.child(i).text(QAccessible.Text.Name) for i in range(6)]
    assert names[1].startswith("Government, Primary party")
    assert "Track I" in names[1]
    assert names[4] == "Facilitation from Host state to Government"
    canvas.workspace.select([("actors", "gov")])
    focused = top.focusChild()
    assert focused.text(QAccessible.Text.Name) == names[1]
    assert focused.state().selected
    assert top.indexOfChild(focused) == 1
    assert focused.rect().width() > 50


def test_screen_readers_hear_notes_and_groups_and_what_has_changed(canvas: MapCanvas) -> None:
    top = QAccessible.queryAccessibleInterface(canvas)

    def names() -> list[str]:
        shown = [top.child(at) for at in range(top.childCount())]
        return [child.text(QAccessible.Text.Name) for child in shown if child is not None]

    document = canvas.workspace.document
    before = names()
    note = add_note(document, "Ask first", (20.0, 90.0), ("actors", "gov"))
    make_group(document, ["gov", "host"], "Talks")
    heard = names()
    assert heard[: len(before)] == before
    assert heard[-2].startswith("Group Talks · 2 members")
    assert heard[-1].startswith("Note on Government, Primary party")
    assert heard[-1].endswith(": Ask first")
    with document.edit("Write") as edit:
        edit.change("notes", note.id, text="Ask twice")
    assert names()[-1].endswith(": Ask twice")


def is_naming(canvas: MapCanvas) -> bool:
    """Asked anew each time, so that the type checker does not remember the last answer."""
    return canvas.editor is not None


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Escape])
def test_closing_the_name_keeps_the_selection(canvas: MapCanvas, key: Qt.Key) -> None:
    canvas.workspace.select([("actors", "gov")])
    press(canvas, Key.Key_F2)
    assert canvas.editor is not None
    QTest.keyClicks(canvas.editor, "Cabinet")
    QTest.keyClick(canvas.editor, key)
    assert not is_naming(canvas)
    assert canvas.hasFocus()
    assert canvas.workspace.selected("actors") == ("gov",)


def test_leaving_the_name_for_a_field_keeps_the_name_and_stays_in_the_field(
    canvas: MapCanvas, panel: MapPanel
) -> None:
    field = QLineEdit(panel)
    field.show()
    canvas.workspace.select([("actors", "gov")])
    press(canvas, Key.Key_F2)
    assert canvas.editor is not None
    QTest.keyClicks(canvas.editor, "Cabinet")
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not is_naming(canvas)
    assert field.hasFocus()
    assert canvas.workspace.document.actors["gov"].name == "Cabinet"
    assert canvas.workspace.selected("actors") == ("gov",)


def test_ctrl_shift_arrows_select_further_cards(canvas: MapCanvas) -> None:
    canvas.workspace.select([("actors", "host")])
    QTest.keyClick(canvas, Key.Key_Down, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert canvas.workspace.selected("actors") == ("host", "csos")


def test_e_goes_through_the_linkages_of_a_card_and_around(canvas: MapCanvas) -> None:
    connect(canvas.workspace.document, "host", "gov")
    connect(canvas.workspace.document, "gov", "csos")
    at_gov = {
        one.id for one in canvas.workspace.document.linkages.values()
        if "gov" in {one.from_id, one.to_id} and one.id in canvas.scene.links
    }  # fmt: skip
    assert len(at_gov) == 3
    canvas.workspace.select([("actors", "gov")])
    seen = []
    for _ in range(len(at_gov) + 1):
        press(canvas, Key.Key_E)
        seen.append(canvas.workspace.selected("linkages")[0])
    assert set(seen) == at_gov
    assert seen[-1] == seen[0]
    QTest.keyClick(canvas, Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.workspace.selected("linkages")[0] == seen[-2]
    canvas.workspace.select([])
    press(canvas, Key.Key_E)
    assert canvas.workspace.selection == ()
