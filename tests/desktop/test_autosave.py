"""Automatic saves: soon, silent, never over a file that somebody else has changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.autosave import AFTER_MS, AutoSaver, autosave, is_local
from desktop.save_state import SaveState
from desktop.session import Session
from model.commands.records import set_fields
from model.storage.keys import Passphrase
from model.storage.store import Store
from tests.builders import a_project

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from model.storage.store import OpenedProject

SECRET = Passphrase("a passphrase for tests")


def _project(store: Store, folder: Path) -> OpenedProject:
    content = a_project().actor("a", name="Elders").content()
    return store.create(folder / "plan.xtrk", content, SECRET).project


def _run(store: Store, session: Session) -> bool:
    flow = autosave(store, session)
    try:
        step = flow.send(None)
        while True:
            try:
                result = step.work(None)
            except Exception as error:  # noqa: BLE001 - handed to the flow, as the runner does
                step = flow.throw(error)
            else:
                step = flow.send(result)
    except StopIteration as end:
        return bool(end.value)


def test_a_change_is_saved_within_a_minute(qtbot: QtBot, store: Store, tmp_path: Path) -> None:
    session = Session(
        (project := _project(store, tmp_path)).content, project, "plan", date(2013, 2, 15)
    )
    calls: list[bool] = []
    saver = AutoSaver(session, lambda: calls.append(_run(store, session)))
    assert not saver._timer.isActive()
    set_fields(session.document, "actors", ["a"], {"name": "Changed"})
    assert saver._timer.isActive()
    assert saver._timer.interval() == AFTER_MS < 60_000
    saver._timer.stop()
    saver._timer.timeout.emit()
    assert calls == [True]
    assert not session.is_dirty
    assert store.open(project.path, SECRET).content["actors"]["a"].name == "Changed"  # type: ignore[attr-defined]
    saver.stop()


def test_a_file_that_somebody_changed_is_left_alone_and_tried_more_rarely(
    qtbot: QtBot, store: Store, tmp_path: Path
) -> None:
    project = _project(store, tmp_path)
    session = Session(project.content, project, "plan", date(2013, 2, 15))
    theirs = store.save(project, a_project().actor("b", name="Theirs").content()).project
    calls: list[bool] = []
    saver = AutoSaver(session, lambda: calls.append(_run(store, session)))
    set_fields(session.document, "actors", ["a"], {"name": "Mine"})
    saver._timer.stop()
    saver._timer.timeout.emit()
    assert calls == [False]
    assert store.open(project.path, SECRET).stamp == theirs.stamp
    assert session.is_dirty
    assert "Not saved" in session.state_in_words()
    assert saver._timer.interval() == 2 * AFTER_MS
    saver.stop()


def test_folders_of_this_computer_are_local(tmp_path: Path) -> None:
    assert is_local(tmp_path / "plan.xtrk")
    assert is_local(Path("/"))


def test_an_unforeseen_error_does_not_keep_it_saving_for_ever(
    qtbot: QtBot, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = _project(store, tmp_path)
    session = Session(project.content, project, "plan", date(2013, 2, 15))
    set_fields(session.document, "actors", ["a"], {"name": "Changed"})

    def bug(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(Store, "save", bug)
        with pytest.raises(ZeroDivisionError):
            _run(store, session)
    assert not session.is_saving
    states = [session.state]
    assert _run(store, session)
    states.append(session.state)
    assert states == [SaveState.FAILED, SaveState.SAVED]
