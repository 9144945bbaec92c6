"""A whole map by keys alone: begun, filled, linked, decided, found, undone and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

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
