"""Unsaved changes that do not fit the file any more: told, merged, kept or deleted, never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.dialogs.merging import MergeDialog
from desktop.dialogs.strays import StrayDialog
from desktop.flows.opening import Opened
from model.storage.drafts import find_drafts
from model.storage.keys import KeyFile
from tests.desktop.test_merging import Colleague, write
from tests.desktop.test_whole_way import press, session_of, wait_for
from tests.model.merge.edits import base_content

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from model.storage.store import OpenedProject, Store

KEY = KeyFile.generate()


@pytest.fixture
def changed(controller: Controller, store: Store, tmp_path: Path) -> OpenedProject:
    """A file with a draft from before a colleague changed it."""
    project = store.create(tmp_path / "ours.xtrk", base_content(), KEY).project
    controller.show_content(project.content, project, "ours")
    write(controller, notes="mine, never saved", tracks=("T2",))
    controller.forget_project()  # as a kill does, and the draft stays
    Colleague(tmp_path).edit(project.path, KEY, notes="theirs", interests="theirs alone")
    return store.open(project.path, KEY)


def _open(controller: Controller, project: OpenedProject) -> None:
    found = find_drafts(controller._drafts_folder, project)
    controller._opened(Opened(project, found))


def _drafts(controller: Controller) -> int:
    return len(list(controller._drafts_folder.glob("*.draft")))


def test_they_are_told_and_merged_as_one_step(
    qtbot: QtBot, controller: Controller, changed: OpenedProject
) -> None:
    _open(controller, changed)
    assert "does not fit the file" in controller.window.notices.text
    assert session_of(controller).document.content() == changed.content
    controller.window.notices._action.click()
    press(wait_for(qtbot, StrayDialog), "Merge…")
    dialog = wait_for(qtbot, MergeDialog)
    press(dialog, "Merge; 1 stays open")
    actor = session_of(controller).document.actors["un"]
    assert (actor.notes, actor.tracks) == ("theirs", ("T2",))
    (conflict,) = session_of(controller).document.snapshot().table("conflicts").values()
    assert "mine, never saved" in str(conflict)
    assert _drafts(controller) == 1  # the new one
    controller.undo()
    assert session_of(controller).document.content() == changed.content


def test_they_stay_until_somebody_deletes_them(
    qtbot: QtBot, controller: Controller, changed: OpenedProject
) -> None:
    _open(controller, changed)
    controller.window.notices._action.click()
    press(wait_for(qtbot, StrayDialog), "Keep for later")
    assert _drafts(controller) == 1
    controller.forget_project()
    _open(controller, changed)
    controller.window.notices._action.click()
    press(wait_for(qtbot, StrayDialog), "Delete them")
    qtbot.waitUntil(lambda: _drafts(controller) == 0)
