"""Earlier versions come back: of the open project, and where the file itself is damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.passphrase import PassphraseDialog
from desktop.dialogs.recovery import RecoveryDialog
from model.storage.keys import Passphrase
from tests.builders import a_project
from tests.desktop.test_whole_way import press, session_of, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from model.storage.store import OpenedProject, Store

SECRET = "a passphrase to come back with"


def saved_twice(store: Store, folder: Path) -> OpenedProject:
    first = a_project().actor("a", name="First").content()
    made = store.create(folder / "plan.xtrk", first, Passphrase(SECRET)).project
    return store.save(made, a_project().actor("a", name="Second").content()).project


def name_shown(controller: Controller) -> str:
    return session_of(controller).document.actors["a"].name


def test_an_earlier_version_of_the_open_project_opens_as_a_copy(
    qtbot: QtBot, controller: Controller, store: Store, tmp_path: Path
) -> None:
    project = saved_twice(store, tmp_path)
    before = project.path.read_bytes()
    controller.show_content(project.content, project, "plan")
    controller.window.actions_by_id["recover"].trigger()
    press(wait_for(qtbot, RecoveryDialog), "Open as a copy")
    qtbot.waitUntil(lambda: name_shown(controller) == "First")
    assert session_of(controller).project is None
    assert project.path.read_bytes() == before


def test_a_damaged_file_leads_to_the_versions_that_are_kept(
    qtbot: QtBot, controller: Controller, store: Store, tmp_path: Path
) -> None:
    project = saved_twice(store, tmp_path)
    project.path.write_bytes(project.path.read_bytes()[:-40])
    controller.open_path(project.path)
    qtbot.waitUntil(lambda: "cut short" in controller.window.notices.text)
    controller.recover()
    dialog = wait_for(qtbot, RecoveryDialog)
    assert "plan" not in dialog.list.item(0).text()
    press(dialog, "Open as a copy")
    asking = wait_for(qtbot, PassphraseDialog)
    asking.passphrase.setText(SECRET)
    press(asking, "Open")
    qtbot.waitUntil(lambda: controller.session is not None)
    assert name_shown(controller) == "First"
