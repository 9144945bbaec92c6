"""The window closes when its frame says so, at once where nothing can be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.commands.records import set_fields
from model.storage.keys import KeyFile
from tests.builders import a_project
from tests.desktop.test_whole_way import press, session_of, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from model.storage.store import Store

KEY = KeyFile.generate()


def test_the_start_page_closes_at_once(controller: Controller) -> None:
    controller.window.close()
    assert not controller.window.isVisible()


def test_a_saved_project_closes_at_once(
    controller: Controller, store: Store, tmp_path: Path
) -> None:
    content = a_project().actor("a", name="Elders").content()
    project = store.create(tmp_path / "p.xtrk", content, KEY).project
    controller.show_content(project.content, project, "p")
    controller.window.close()
    assert not controller.window.isVisible()
    assert controller.session is None


def test_an_unsaved_project_asks_and_closes_after_the_save(
    qtbot: QtBot, controller: Controller, store: Store, tmp_path: Path
) -> None:
    from desktop.dialogs.unsaved import UnsavedDialog

    content = a_project().actor("a", name="Elders").content()
    project = store.create(tmp_path / "p.xtrk", content, KEY).project
    controller.show_content(project.content, project, "p")
    set_fields(session_of(controller).document, "actors", ["a"], {"notes": "new"})
    controller.window.close()
    assert controller.window.isVisible()
    press(wait_for(qtbot, UnsavedDialog), "Save")
    qtbot.waitUntil(lambda: not controller.window.isVisible())
    assert store.open(project.path, KEY).content["actors"]["a"].notes == "new"
