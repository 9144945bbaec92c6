"""Preferences: asked for in the window, kept, and heeded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.dialogs.preferences import PreferencesDialog
from desktop.settings import Settings, config_folder, load_settings, save_settings
from model.records import Actor
from model.storage.keys import Passphrase
from tests.builders import a_project
from tests.desktop.test_whole_way import press, session_of, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from model.storage.store import Store


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = load_settings(config_folder())
    yield
    save_settings(config_folder(), before)


def dialog_of(qtbot: QtBot, controller: Controller) -> PreferencesDialog:
    QTest.keyClick(controller.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    return wait_for(qtbot, PreferencesDialog)


def test_preferences_are_kept_and_heeded(
    qtbot: QtBot, controller: Controller, store: Store, tmp_path: Path
) -> None:
    content = a_project().actor("a", name="Elders").content()
    made = store.create(tmp_path / "plan.xtrk", content, Passphrase("quiet boats")).project
    controller.show_content(made.content, made, "plan")
    dialog = dialog_of(qtbot, controller)
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.lock_after.setValue(0)
    assert dialog.lock_after.text() == "Never"
    assert "Whoever finds this computer" in dialog.lock_note.text()
    dialog.lock_on_minimise.setChecked(True)
    dialog.autosave.setChecked(False)
    dialog.versions.setValue(8)
    press(dialog, "Keep these")
    kept = load_settings(config_folder())
    assert (kept.theme, kept.lock_after, kept.versions_kept) == ("dark", 0, 8)
    assert kept.lock_on_minimise
    assert not kept.autosave
    assert controller._looks.style.medium == "dark"

    session = session_of(controller)
    for number in range(10):
        with session.document.edit("Edit") as edit:
            edit.put("actors", Actor(id="a", name=f"Elders {number}"))
        controller.autosaver._save()  # type: ignore[union-attr]
        assert not session.is_saving  # not wanted
        controller.save()
        qtbot.waitUntil(lambda: not session.is_dirty and not session.is_saving)
    versions = controller._store.earlier_versions(made)
    assert len(versions) == 8

    controller.window.showMinimized()
    qtbot.waitUntil(lambda: controller.locker is not None and controller.locker.is_locked)


def test_cancel_changes_nothing(qtbot: QtBot, controller: Controller) -> None:
    before = load_settings(config_folder())
    dialog = dialog_of(qtbot, controller)
    dialog.lock_after.setValue(77)
    dialog.reject()
    assert load_settings(config_folder()) == before


@pytest.mark.parametrize("text", ['{"lock_after":-5}', '{"versions_kept":0}', '{"autosave":3}'])
def test_settings_of_another_hand_that_make_no_sense_count_as_none(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "settings.json").write_text(text)
    assert load_settings(tmp_path) == Settings()
