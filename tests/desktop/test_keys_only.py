"""A whole map by keys alone: begun, filled, linked, decided, found, undone and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QWidget

from desktop.dialogs.files import PathQuestion
from desktop.dialogs.passphrase import NewPassphraseDialog
from desktop.save_state import SaveState
from tests.desktop.test_whole_way import PASSPHRASE, session_of, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MOST_TABS = 90


def spoken(control: QWidget) -> str:
    """What a screen reader calls a control; on Linux Qt hides the names of boxes to choose from."""
    if control.accessibleName():
        return control.accessibleName()
    return QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)


class Keyboard:
    """Presses keys where the focus is, and nothing else."""

    def __init__(self, controller: Controller) -> None:
        """Sit down in front of the window."""
        self.controller = controller

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        window = self.controller.window
        for found in (QApplication.focusWidget(), window.focusWidget()):
            if isinstance(found, QWidget):
                return found
        return window

    def tap(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press and let go of one key."""
        QTest.keyClick(self.focus, key, modifiers)

    def type(self, text: str) -> None:
        """Write."""
        QTest.keyClicks(self.focus, text)

    def panel(self, panel: QWidget) -> None:
        """Go there by F6."""
        for _ in range(12):
            if panel is self.focus or panel.isAncestorOf(self.focus):
                return
            self.tap(Key.Key_F6)
        raise AssertionError(f"F6 does not lead to {panel.accessibleName()}")

    def field(self, name: str) -> QWidget:
        """Go by Tab to the control that is called so."""
        passed = []
        for _ in range(MOST_TABS):
            passed.append(spoken(self.focus))
            if passed[-1] == name:
                return self.focus
            self.tap(Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {name}, but to {passed}")


def add_actor(keys: Keyboard, name: str, track: str) -> str:
    """Add an actor on the map, name it, and give it a track in the inspector."""
    panels, document = keys.controller.panels, session_of(keys.controller).document
    assert panels is not None
    keys.panel(panels.map.canvas)
    keys.tap(Key.Key_Insert)
    keys.type(name)
    keys.tap(Key.Key_Return)
    keys.panel(panels.inspector)
    for one in ("Track I", "Track II", "Track III"):
        button = keys.field(f"Tracks: {one}")
        assert isinstance(button, QAbstractButton)
        if button.isChecked() != (one == track):
            keys.tap(Key.Key_Space)
    return next(one.id for one in document.actors.values() if one.name == name)


def link_and_decide(keys: Keyboard, elders: str, ministry: str) -> str:
    """Link the two; say why, and that they are to be kept apart."""
    panels, document = keys.controller.panels, session_of(keys.controller).document
    assert panels is not None
    keys.panel(panels.map.canvas)
    assert panels.map.workspace.selected("actors") == (elders,)
    keys.tap(Key.Key_L)
    keys.tap(Key.Key_Up)
    keys.tap(Key.Key_Return)
    (link,) = document.linkages.values()
    assert (link.from_id, link.to_id) == (elders, ministry)
    assert panels.map.workspace.selection == (("linkages", link.id),)
    keys.panel(panels.inspector)
    keys.field("Reason")
    keys.type("They hear of attacks first")
    keys.field("Decision")
    keys.type("Keep")
    keys.tap(Key.Key_Tab)
    return link.id


def save(keys: Keyboard, qtbot: QtBot, path: Path) -> None:
    """Keep the project under a passphrase."""
    keys.tap(Key.Key_S, CTRL)
    name = wait_for(qtbot, PathQuestion).findChild(QLineEdit)
    assert name is not None
    qtbot.waitUntil(name.hasFocus)
    keys.type(str(path))
    keys.tap(Key.Key_Return)
    dialog = wait_for(qtbot, NewPassphraseDialog)
    qtbot.waitUntil(lambda: dialog.isAncestorOf(keys.focus))
    for field in (dialog.passphrase, dialog.repeated):
        keys.field(spoken(field))
        keys.type(PASSPHRASE)
    keys.tap(Key.Key_Return)


def test_a_map_is_built_read_edited_and_saved_by_keys_alone(
    qtbot: QtBot, controller: Controller, tmp_path: Path
) -> None:
    keys = Keyboard(controller)
    keys.tap(Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: controller.panels is not None)
    document, panels = session_of(controller).document, controller.panels
    assert panels is not None
    ministry = add_actor(keys, "Ministry", "Track I")
    elders = add_actor(keys, "Village elders", "Track III")
    assert document.actors[ministry].tracks == ("T1",)
    assert document.actors[elders].tracks == ("T3",)
    link = link_and_decide(keys, elders, ministry)
    assert document.linkages[link].rationale == "They hear of attacks first"
    assert document.linkages[link].decision == "keep_apart"
    keys.tap(Key.Key_F, CTRL)
    qtbot.waitUntil(panels.find.field.hasFocus)
    keys.type("vilage")
    keys.tap(Key.Key_Return)
    assert panels.map.workspace.selection == (("actors", elders),)
    keys.tap(Key.Key_Escape)
    qtbot.waitUntil(lambda: not panels.find.field.hasFocus())
    keys.tap(Key.Key_Z, CTRL)
    assert document.linkages[link].decision == "undecided"
    keys.tap(Key.Key_Z, CTRL | SHIFT)
    assert document.linkages[link].decision == "keep_apart"
    path = tmp_path / "by-keys.xtrk"
    save(keys, qtbot, path)
    qtbot.waitUntil(lambda: session_of(controller).state is SaveState.SAVED)
    assert path.stat().st_size > 1000


def add_by_table(keys: Keyboard, table: str, title: str, new: str, name: str) -> None:
    """Turn to a table by the keys of its tabs, add a record there and name it."""
    panels = keys.controller.panels
    assert panels is not None
    keys.panel(panels.tables)
    passed: list[str] = []
    while keys.focus is not panels.tables.tabs and len(passed) < MOST_TABS:
        keys.tap(Key.Key_Tab, SHIFT)
        passed.append(spoken(keys.focus))
    assert keys.focus is panels.tables.tabs, passed
    keys.tap(Key.Key_Home)
    for _ in range(panels.tables.tabs.count()):
        if panels.tables.tabs.tabText(panels.tables.tabs.currentIndex()) == title:
            break
        keys.tap(Key.Key_Right)
    assert panels.tables.current.table == table
    keys.field(new)
    keys.tap(Key.Key_Space)
    keys.tap(Key.Key_A, CTRL)
    keys.type(name)
    keys.tap(Key.Key_Return)


def choose(qtbot: QtBot, *entries: str) -> None:
    """Go through a menu by the arrow keys and take the entries, one in the other."""
    for entry in entries:
        qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for _ in range(len(menu.actions()) + 1):
            chosen = menu.activeAction()
            if chosen is not None and chosen.text().replace("&", "") == entry:
                break
            QTest.keyClick(menu, Key.Key_Down)
        assert menu.activeAction().text().replace("&", "") == entry
        QTest.keyClick(menu, Key.Key_Return)


def move_and_link(keys: Keyboard, army: str) -> str:
    """Move a card by the arrows, link it to the other, and go to the line from a card."""
    panels, document = keys.controller.panels, session_of(keys.controller).document
    assert panels is not None
    canvas, selected = panels.map.canvas, panels.map.workspace.selected
    keys.panel(canvas)
    before = canvas.scene.place_of(army)
    for _ in range(20):
        keys.tap(Key.Key_Right)
    assert canvas.scene.place_of(army)[0] > before[0]
    keys.tap(Key.Key_L)
    keys.tap(Key.Key_Left)
    keys.tap(Key.Key_Return)
    (link,) = document.linkages
    keys.tap(Key.Key_Escape)
    keys.tap(Key.Key_Tab)
    assert len(selected("actors")) == 1
    keys.tap(Key.Key_E)
    assert selected("linkages") == (link,)
    return link


def group_both(keys: Keyboard, members: set[str]) -> None:
    """Select two cards, make them a named group, collapse and open it."""
    panels, document = keys.controller.panels, session_of(keys.controller).document
    assert panels is not None
    canvas, selected = panels.map.canvas, panels.map.workspace.selected
    keys.panel(canvas)
    keys.tap(Key.Key_Escape)
    keys.tap(Key.Key_Tab)
    (first,) = selected("actors")
    (other,) = members - {first}
    ahead = canvas.scene.place_of(other)[0] > canvas.scene.place_of(first)[0]
    keys.tap(Key.Key_Right if ahead else Key.Key_Left, CTRL | SHIFT)
    assert set(selected("actors")) == members
    keys.tap(Key.Key_G)
    keys.tap(Key.Key_A, CTRL)
    keys.type("State side")
    keys.tap(Key.Key_Return)
    (group,) = document.groups.values()
    assert (group.label, set(group.member_ids)) == ("State side", members)
    keys.panel(canvas)
    keys.tap(Key.Key_G)
    assert group.id in canvas.scene.cards
    keys.tap(Key.Key_G)
    assert members <= canvas.scene.cards.keys()


def undo_everything(keys: Keyboard) -> int:
    """Ctrl+Z until nothing is left to be undone."""
    steps = 0
    while keys.controller.window.actions_by_id["undo"].isEnabled():
        keys.tap(Key.Key_Z, CTRL)
        steps += 1
    return steps


def test_groups_notes_bands_and_tables_by_keys_alone(qtbot: QtBot, controller: Controller) -> None:
    keys = Keyboard(controller)
    keys.tap(Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: controller.panels is not None)
    document, panels = session_of(controller).document, controller.panels
    assert panels is not None
    ministry = add_actor(keys, "Ministry", "Track I")
    army = add_actor(keys, "Army", "Track I")
    link = move_and_link(keys, army)
    keys.tap(Key.Key_N)
    keys.type("They meet on Fridays")
    keys.tap(Key.Key_Return, CTRL)
    (note,) = document.notes.values()
    assert (note.text, note.target_id) == ("They meet on Fridays", link)
    group_both(keys, {ministry, army})
    keys.tap(Key.Key_B)
    choose(qtbot, "Track II", "Collapse to one card")
    bands = panels.map.canvas.scene.bands.entries
    assert next(one for one in bands if one.code == "T2").collapsed
    keys.tap(Key.Key_K, CTRL)
    keys.type("show tables")
    keys.tap(Key.Key_Return)
    add_by_table(keys, "processes", "Processes", "Add Process", "Talks")
    add_by_table(keys, "activities", "Activities", "Add Activity", "First round")
    assert [one.name for one in document.processes.values()] == ["Talks"]
    assert [one.title for one in document.activities.values()] == ["First round"]
    keys.tap(Key.Key_Delete)
    assert not document.activities
    assert undo_everything(keys) >= 10
    assert not document.actors
    assert not document.groups


def test_tab_leads_through_all_controls_of_a_panel_and_not_only_to_its_table(
    qtbot: QtBot, controller: Controller
) -> None:
    keys = Keyboard(controller)
    keys.tap(Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: controller.panels is not None)
    panels = controller.panels
    assert panels is not None
    keys.tap(Key.Key_K, CTRL)
    keys.type("show tables")
    keys.tap(Key.Key_Return)
    panels.tables.show_table("processes")
    keys.panel(panels.tables)
    assert spoken(keys.focus) == "Processes"
    for _ in range(2):  # A second round meets the order that the first has left.
        keys.tap(Key.Key_Tab)
        assert not panels.tables.isAncestorOf(keys.focus)
        keys.panel(panels.map.canvas)
        for _ in range(MOST_TABS):
            if panels.tables.tabs.hasFocus():
                break
            keys.tap(Key.Key_Tab)
        named = ["Tables", "More tables", "Filter Processes", "Add Process"]
        for name in (*named, "Remove the selected rows", "Processes"):
            assert spoken(keys.focus) == name
            if name != "Processes":
                keys.tap(Key.Key_Tab)
