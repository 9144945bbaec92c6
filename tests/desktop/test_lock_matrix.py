"""The lock in more states of the window, by all that makes it lock."""

from __future__ import annotations

import errno
import os
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from desktop.dialogs.merging import ChangedOnDiskDialog
from desktop.lock_triggers import SystemWatch
from desktop.save_state import SaveState
from model.staging import staged
from model.storage.filesystem import FileSystem
from model.storage.keys import Passphrase
from tests.desktop.test_locking import (
    CANARY,
    SECRET,
    TRIGGERS,
    _pull,
    edit,
    locker,
    project,
    unlock,
    visible_texts,
)
from tests.desktop.test_whole_way import session_of, wait_for
from widgets.presenting.stage import Stage
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from desktop.locking import Locker
    from model.storage.store import OpenedProject, Store

__all__ = ["locker", "project"]


def _renaming(controller: Controller) -> None:
    assert controller.panels is not None
    assert controller.workspace is not None
    controller.workspace.select([("actors", "a")])
    controller.panels.map.rename_selection()
    editor = controller.panels.map.canvas.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "Typed on the map")


def _searching(controller: Controller) -> None:
    controller.window.commands.open_field()
    QTest.keyClicks(controller.window.commands, CANARY[:4])


def _presenting(controller: Controller) -> None:
    session, workspace = session_of(controller), controller.workspace
    assert workspace is not None
    content = staged(session.document.snapshot(), "RED", session.as_of, keep_positions=True)
    stage = Stage(content, "RED", session.as_of, QtTextEngine(system_fonts=True), workspace.style)
    controller.presenting.stage = stage
    stage.left.connect(controller.presenting._forget)
    stage.show()


def _deciding(controller: Controller) -> None:
    """Another copy is being looked at; a dialog over a dialog."""
    controller.window.actions_by_id["keys"].trigger()
    controller.window.actions_by_id["export"].trigger()


STATES = (_renaming, _searching, _presenting, _deciding)
ALL = (*TRIGGERS, "screen", "sleep", "session")
PAIRS = [
    (trigger, state)
    for state in STATES
    for trigger in ALL
    if os.environ.get("CROSSTRACK_SAFETY") or trigger == "panic"
]


def _make_it_lock(trigger: str, controller: Controller) -> None:
    if trigger in TRIGGERS:
        _pull(trigger, controller)
        return
    watch = SystemWatch(controller)
    watch.lock_wanted.connect(controller.lock)
    if trigger == "screen":
        watch._screen_locked(active=False)
        assert controller.session is not None
        watch._screen_locked(active=True)
    elif trigger == "sleep":
        watch._going_to_sleep(begins=True)
    else:
        watch._session_locked()
    watch.deleteLater()


@pytest.mark.parametrize(
    ("trigger", "state"), PAIRS, ids=lambda one: one if isinstance(one, str) else one.__name__
)
def test_every_trigger_locks_in_further_states(
    qtbot: QtBot,
    controller: Controller,
    locker: Locker,
    state: Callable[[Controller], None],
    trigger: str,
) -> None:
    before = edit(controller)
    state(controller)
    _make_it_lock(trigger, controller)
    assert locker.is_locked
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            assert CANARY not in visible_texts(window)
            assert not isinstance(window, QDialog | Stage)
    unlock(qtbot, controller)
    after = session_of(controller).document.content()
    actor = after["actors"]["a"]
    if state is _renaming:
        assert getattr(actor, "name", "") == "Typed on the map"
    else:
        assert after == before


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """A drive that does not come to an end with flushing until it may."""
    gate, real = threading.Event(), FileSystem.sync
    main = threading.get_ident()

    def sync(self: FileSystem, handle: int) -> None:
        if threading.get_ident() != main:
            gate.wait(30)
        real(self, handle)

    monkeypatch.setattr(FileSystem, "sync", sync)
    return gate


def test_a_save_that_takes_long_does_not_hold_the_lock_up(
    qtbot: QtBot,
    controller: Controller,
    locker: Locker,
    slow: threading.Event,
    store: Store,
    project: OpenedProject,
) -> None:
    before = edit(controller)
    controller.save()
    controller.lock()
    qtbot.waitUntil(lambda: locker.is_locked, timeout=3_000)
    slow.set()
    qtbot.waitUntil(lambda: controller.runner.is_idle)
    saved = store.open(project.path, Passphrase(SECRET)).content
    assert saved["actors"] == before["actors"]
    assert locker.is_locked
    unlock(qtbot, controller)
    assert session_of(controller).document.content() == before
    edit(controller)
    controller.save()
    qtbot.waitUntil(lambda: not session_of(controller).is_saving)
    assert session_of(controller).state is SaveState.SAVED, session_of(controller).state_in_words()


def test_a_full_disk_and_a_save_under_way(
    qtbot: QtBot,
    controller: Controller,
    locker: Locker,
    slow: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = edit(controller)
    with monkeypatch.context() as patched:

        def full(self: object, handle: int, data: memoryview) -> int:
            raise OSError(errno.ENOSPC, "full")

        patched.setattr(FileSystem, "write", full)
        controller.save()
        slow.set()
        controller.lock()
        qtbot.waitUntil(lambda: locker.is_locked, timeout=3_000)
    unlock(qtbot, controller)
    assert session_of(controller).document.content() == before


def test_a_file_that_changed_while_locked_is_not_overwritten(
    qtbot: QtBot,
    controller: Controller,
    locker: Locker,
    store: Store,
    project: OpenedProject,
    tmp_path: Path,
) -> None:
    edit(controller)
    controller.lock()
    colleague = type(store)("colleague", generations=tmp_path / "colleague", log_n=10)
    opened = colleague.open(project.path, Passphrase(SECRET))
    colleague.save(opened, {**opened.content, "actors": {"a": opened.content["actors"]["a"]}})
    theirs = project.path.read_bytes()
    unlock(qtbot, controller)
    controller.save()
    wait_for(qtbot, ChangedOnDiskDialog).reject()
    assert project.path.read_bytes() == theirs
