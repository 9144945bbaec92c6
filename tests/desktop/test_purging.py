"""Purging in the window and on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.purging import PurgeDialog
from desktop.save_state import SaveState
from desktop.settings import data_folder
from model.storage.keys import Passphrase
from tests.builders import a_project
from tests.cases import small_case, write_case
from tests.desktop.cli_runner import PASSPHRASE, Runner
from tests.desktop.test_whole_way import press, session_of, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from model.storage.store import Store

SECRET = Passphrase("a passphrase for tests")


def drafts() -> list[str]:
    folder = data_folder() / "drafts"
    return [one.name for one in folder.iterdir()] if folder.exists() else []


def test_the_window_purges_and_goes_on(
    qtbot: QtBot, controller: Controller, store: Store, tmp_path: Path
) -> None:
    content = a_project().actor("a", name="Elders").content()
    made = store.create(tmp_path / "plan.xtrk", content, SECRET).project
    saved = store.save(made, a_project().actor("a", name="Elder").content()).project
    controller.show_content(saved.content, saved, "plan")
    session = session_of(controller)
    with session.document.edit("Rename") as edit:
        edit.change("actors", "a", name="Council")
    assert drafts()
    controller.window.actions_by_id["purge"].trigger()
    dialog = wait_for(qtbot, PurgeDialog)
    assert "1 earlier version" in dialog.versions.text()
    assert not dialog.exports.isEnabled()
    press(dialog, "Save and purge")
    qtbot.waitUntil(lambda: "Purged" in controller.window.notices.text)
    undo = controller.window.actions_by_id["undo"]
    assert not undo.isEnabled()  # nor does its text tell what there was to undo
    assert "Rename" not in undo.text() + undo.toolTip()
    assert session.state is SaveState.SAVED
    assert not session.history.can_undo
    assert not drafts()
    assert not store.earlier_versions(saved)
    assert session.project is not None
    assert not session.project.lineage.checkpoints
    again = store.open(saved.path, SECRET)
    assert again.content["actors"]["a"].name == "Council"  # type: ignore[attr-defined]
    with session.document.edit("Rename again") as edit:
        edit.change("actors", "a", name="Youth council")
    assert drafts()  # drafts go on
    session.history.undo()
    assert session.document.actors["a"].name == "Council"


def test_the_command_purges(run: Runner, tmp_path: Path) -> None:
    project = run.folder / "mine.xtrk"
    case = write_case(tmp_path / "small", small_case())
    assert run.sealed("new", project, "--from", case).code == 0
    assert run.sealed("import", project, case).code == 0
    content = run.content(project)
    outcome = run.sealed("purge", project, "--json")
    assert outcome.code == 0, outcome.error
    assert outcome.json["versions"] >= 1
    assert run.content(project) == content
    assert run.sealed("purge", project, "--json").json["versions"] == 1  # that of the first purge


def test_unsaved_work_is_not_purged(run: Runner, store: Store, controller: Controller) -> None:
    path = run.folder / "mine.xtrk"
    content = a_project().actor("a", name="Elders").content()
    made = store.create(path, content, Passphrase(PASSPHRASE)).project
    controller.show_content(made.content, made, "mine")
    with session_of(controller).document.edit("Rename") as edit:
        edit.change("actors", "a", name="Council")
    controller.forget_project()
    assert "unsaved work in a draft" in run.refused("purge", path)
