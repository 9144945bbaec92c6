"""Locking wins whatever is going on, loses nothing, and leaves nothing readable."""

from __future__ import annotations

import errno
import gc
import shutil
import subprocess
import sys
import threading
import weakref
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest

from desktop.dialogs.merging import ChangedOnDiskDialog
from desktop.drafts import found_draft
from desktop.flows.opening import unlock as opening
from desktop.save_state import SaveState
from model.drawing.map_options import MapOptions
from model.filtering import FilterSpec
from model.storage.filesystem import FileSystem
from model.storage.keys import Passphrase
from tests.builders import a_project
from tests.desktop.lock_states import (
    CANARY,
    SECRET,
    edit,
    page_of,
    panels_of,
    unlock,
    visible_texts,
)
from tests.desktop.test_whole_way import session_of, wait_for
from widgets.canvas.camera import Camera

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from desktop.locking import Locker
    from model.storage.store import OpenedProject, Store


@pytest.fixture
def project(store: Store, tmp_path: Path) -> OpenedProject:
    content = a_project().actor("a", name=CANARY).actor("b", name="Second").content()
    return store.create(tmp_path / "hidden-name.xtrk", content, Passphrase(SECRET)).project


@pytest.fixture
def locker(controller: Controller, project: OpenedProject) -> Locker:
    controller.show_content(project.content, project, "hidden-name")
    assert controller.locker is not None
    return controller.locker


def test_lock_and_unlock_bring_back_document_selection_and_undo(
    qtbot: QtBot, controller: Controller, locker: Locker
) -> None:
    before = edit(controller)
    assert controller.workspace is not None
    controller.workspace.select([("actors", "a")])
    controller.window.actions_by_id["lock"].trigger()
    assert controller.session is None
    unlock(qtbot, controller)
    session = session_of(controller)
    assert session.document.content() == before
    assert controller.workspace.selection == (("actors", "a"),)
    assert session.history.can_redo
    session.history.redo()
    assert any(one.name == "Added" for one in session.document.actors.values())
    session.history.undo()
    session.history.undo()
    assert session.history.is_saved
    assert session.document.actors["a"].notes == ""
    assert controller.window.windowTitle().startswith("hidden-name")
    assert controller.window.menuBar().isVisible()


def test_map_and_timeline_are_looked_at_as_before_the_lock(
    qtbot: QtBot, controller: Controller, locker: Locker
) -> None:
    panels = panels_of(controller)
    panels.map.canvas.set_camera(Camera(1.5, 40.0, 30.0))
    panels.map.canvas.set_options(MapOptions(colour_by="kind", show_absent=True))
    panels.lens.set_filter(FilterSpec({"kind": frozenset({"state"})}))
    panels.timeline.canvas.zoom_by(3.0)
    before = panels.views.present_look()
    assert before.camera is not None
    locker.lock_now()

    unlock(qtbot, controller)

    after = panels_of(controller).views.present_look()
    assert msgspec.structs.replace(after, timeline=before.timeline) == before
    assert before.timeline is not None
    assert after.timeline is not None
    assert before.timeline.days is not None
    assert after.timeline.days is not None
    for one, two in zip(before.timeline.days, after.timeline.days, strict=True):
        assert abs((one - two).days) < 5  # of 120; a scroll bar takes a few pixels


def test_a_fitted_map_is_fitted_again_after_the_lock(
    qtbot: QtBot, controller: Controller, locker: Locker
) -> None:
    panels_of(controller).map.zoom_fit()
    locker.lock_now()
    unlock(qtbot, controller)
    assert panels_of(controller).map.canvas.is_fitted


def test_nothing_of_the_project_shows_or_stays(
    qtbot: QtBot, controller: Controller, locker: Locker, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(controller)
    session = session_of(controller)
    kept = (session, session.document, session.history)
    gone: list[Callable[[], object]] = [weakref.ref(one) for one in kept]
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: True)  # offscreen never owns it
    QGuiApplication.clipboard().setText(CANARY)
    del session, kept
    locker.lock_now()
    assert CANARY not in visible_texts(controller.window)
    assert "hidden-name" not in visible_texts(controller.window)
    assert controller.window.windowTitle() == "Crosstrack"
    assert CANARY not in QGuiApplication.clipboard().text()

    def all_gone() -> bool:
        gc.collect()
        return [ref() for ref in gone] == [None, None, None]

    qtbot.waitUntil(all_gone)
    assert not any(action.isEnabled() for action in controller.window.actions_by_id.values())


def test_a_wrong_passphrase_keeps_it_locked(
    qtbot: QtBot, controller: Controller, locker: Locker
) -> None:
    locker.lock_now()
    unlock(qtbot, controller, "not this one at all")
    assert locker.is_locked
    assert "passphrase is wrong" in page_of(controller).problem.text()
    assert page_of(controller).passphrase.text() == ""
    unlock(qtbot, controller)
    assert not locker.is_locked


def test_a_kill_while_locked_loses_neither_changes_nor_undo(
    qtbot: QtBot, controller: Controller, locker: Locker, store: Store, project: OpenedProject
) -> None:
    before = edit(controller)
    locker.lock_now()
    folder = locker._drafts
    again = opening(store, folder, project.path, Passphrase(SECRET))
    assert again.work is not None
    assert len(again.work.history.done) == 1
    assert len(again.work.history.undone) == 1
    locker._locked = None
    controller._opened(again)
    assert session_of(controller).document.content() == before
    assert session_of(controller).history.can_redo


def test_a_full_disk_does_not_keep_it_open_and_loses_nothing(
    qtbot: QtBot,
    controller: Controller,
    locker: Locker,
    store: Store,
    project: OpenedProject,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(self: object, handle: int, data: memoryview) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(FileSystem, "write", full)
        before = edit(controller)
        locker.lock_now()
        assert locker.is_locked
        locker.leave()
        assert controller.window.isVisible()
        assert "could not be written" in page_of(controller).problem.text()
    unlock(qtbot, controller)
    assert session_of(controller).document.content() == before
    controller.forget_project()
    patches = found_draft(locker._drafts, store.open(project.path, Passphrase(SECRET)))
    assert [change.touched() for patch in patches for change in patch.changes] == [("notes",)]


def test_a_project_without_a_passphrase_is_covered_and_says_so(
    qtbot: QtBot, controller: Controller
) -> None:
    controller.show_content(a_project().actor("a", name=CANARY).content(), None, "New project")
    assert controller.locker is not None
    controller.lock()
    assert not controller.locker.is_locked
    assert controller.locker.hides_the_project
    assert CANARY not in visible_texts(controller.window)
    assert "cannot be locked" in page_of(controller).sentence.text()
    QTest.keyClick(page_of(controller), Qt.Key.Key_Escape)
    assert controller.panels is not None
    assert controller.window.stack.currentWidget() is controller.panels.centre
    assert controller.window.actions_by_id["save"].isEnabled()


def test_a_notice_that_was_covered_is_said_again_and_a_closed_one_is_not(
    qtbot: QtBot, controller: Controller
) -> None:
    controller.show_content(a_project().actor("a").content(), None, "New project")
    edit(controller)
    notices = controller.window.notices
    assert "only in memory" in notices.text
    controller.lock()
    assert not notices.text
    QTest.keyClick(page_of(controller), Qt.Key.Key_Escape)
    assert "only in memory" in notices.text

    notices.clear()
    controller.lock()
    QTest.keyClick(page_of(controller), Qt.Key.Key_Escape)
    assert not notices.text


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs dbus-run-session")
def test_a_locked_screen_locks() -> None:
    """A real bus and a screen saver on it, each in a process of its own."""
    words = ["dbus-run-session", "--", sys.executable, "-m", "tests.desktop.bus_listener"]
    run = subprocess.run(words, check=False, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr


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
