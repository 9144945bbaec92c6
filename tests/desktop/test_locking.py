"""Locking wins whatever is going on, loses nothing, and leaves nothing readable."""

from __future__ import annotations

import errno
import gc
import os
import shutil
import subprocess
import sys
import weakref
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMenu, QWidget

from desktop.drafts import found_draft
from desktop.flows.opening import unlock as opening
from desktop.lock_triggers import IdleWatch, MinimiseWatch
from model.commands.actors import add_actor
from model.commands.records import set_fields
from model.storage.filesystem import FileSystem
from model.storage.keys import Passphrase
from tests.builders import a_project
from tests.desktop.test_whole_way import session_of
from widgets.lock.page import LockPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from desktop.locking import Locker
    from model.document import Content
    from model.storage.store import OpenedProject, Store

SECRET = "a passphrase for locking"
CANARY = "CANARY-5530"


@pytest.fixture
def project(store: Store, tmp_path: Path) -> OpenedProject:
    content = a_project().actor("a", name=CANARY).actor("b", name="Second").content()
    return store.create(tmp_path / "hidden-name.xtrk", content, Passphrase(SECRET)).project


@pytest.fixture
def locker(controller: Controller, project: OpenedProject) -> Locker:
    controller.show_content(project.content, project, "hidden-name")
    assert controller.locker is not None
    return controller.locker


def page_of(controller: Controller) -> LockPage:
    page = controller.window.stack.currentWidget()
    assert isinstance(page, LockPage)
    return page


def unlock(qtbot: QtBot, controller: Controller, secret: str = SECRET) -> None:
    page = page_of(controller)
    QTest.keyClicks(page.passphrase, secret)
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(page.passphrase.isEnabled)


def edit(controller: Controller) -> Content:
    document = session_of(controller).document
    set_fields(document, "actors", ["a"], {"notes": f"{CANARY} edited"})
    session_of(controller).history.close_step()
    add_actor(document, "mso", name="Added")
    session_of(controller).history.undo()
    return document.content()


def visible_texts(window: QWidget) -> str:
    parts = [window.windowTitle()]
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            parts += [widget.toolTip(), widget.accessibleName(), widget.statusTip()]
            if isinstance(widget, QLabel | QLineEdit):
                parts.append(widget.text())
    return "\n".join(parts)


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


def test_half_typed_text_comes_back(qtbot: QtBot, controller: Controller, locker: Locker) -> None:
    assert controller.workspace is not None
    assert controller.panels is not None
    controller.workspace.select([("actors", "a")])
    start = _field(controller, "Start")
    start.setFocus()
    QTest.keyClicks(start, "2013-0")  # no date yet
    locker.lock_now()
    unlock(qtbot, controller)
    assert _field(controller, "Start").text() == "2013-0"


def _field(controller: Controller, name: str) -> QLineEdit:
    assert controller.panels is not None
    fields = controller.panels.inspector.findChildren(QLineEdit)
    names = [one.accessibleName() for one in fields]
    return (
        next(one for one in fields if one.accessibleName() == name) if name in names else fields[1]
    )


def _typing(controller: Controller) -> None:
    assert controller.workspace is not None
    controller.workspace.select([("actors", "a")])
    field = _field(controller, "Name")
    field.setFocus()
    QTest.keyClicks(field, " typed")


def _dragging(controller: Controller) -> None:
    assert controller.panels is not None
    canvas = controller.panels.map.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
    QTest.mouseMove(canvas, QPoint(80, 80))


def _dialog(controller: Controller) -> None:
    controller.window.actions_by_id["export"].trigger()


def _file_dialog(controller: Controller) -> None:
    controller.window.actions_by_id["save_as"].trigger()


def _menu(controller: Controller) -> None:
    menu = controller.window.menuBar().actions()[0].menu()
    assert isinstance(menu, QMenu)
    menu.popup(QPoint(10, 10))


def _saving(controller: Controller) -> None:
    controller.save()


def _nothing(_: Controller) -> None:
    return


STATES = (_nothing, _typing, _dragging, _dialog, _file_dialog, _menu, _saving)
TRIGGERS = ("panic", "idle", "minimise")
# `dev.py safety` tries all triggers in all states, the suite each of both at least once.
PAIRS = [
    (trigger, state)
    for state in STATES
    for trigger in TRIGGERS
    if os.environ.get("CROSSTRACK_SAFETY") or trigger == "panic" or state is _typing
]


@pytest.mark.parametrize(
    ("trigger", "state"), PAIRS, ids=lambda one: one if isinstance(one, str) else one.__name__
)
def test_every_trigger_locks_in_every_state(
    qtbot: QtBot,
    controller: Controller,
    locker: Locker,
    state: Callable[[Controller], None],
    trigger: str,
) -> None:
    before = edit(controller)
    state(controller)
    _pull(trigger, controller)
    assert locker.hides_the_project
    assert CANARY not in visible_texts(controller.window)
    qtbot.waitUntil(lambda: locker.is_locked)
    assert not [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, QDialog) and each.isVisible()
    ]
    unlock(qtbot, controller)
    after = session_of(controller).document.content()
    if state is _typing:
        assert after["actors"]["a"].notes == before["actors"]["a"].notes
        assert after["actors"]["a"] != before["actors"]["a"]
    else:
        assert after == before


def _pull(trigger: str, controller: Controller) -> None:
    if trigger == "panic":
        controller.lock()
        return
    if trigger == "minimise":
        watch = MinimiseWatch(controller.window)
        watch.minimised.connect(controller.lock)
        controller.window.setWindowState(Qt.WindowState.WindowMinimized)
        QApplication.processEvents()
        controller.window.setWindowState(Qt.WindowState.WindowNoState)
        return
    seconds = [0.0]
    idle = IdleWatch(controller, lambda: 5, lambda: seconds[0])
    idle.idle.connect(controller.lock)
    seconds[0] = 299
    idle.check()
    assert controller.session is not None
    seconds[0] = 300
    idle.check()
    idle.deleteLater()


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


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs dbus-run-session")
def test_a_locked_screen_locks() -> None:
    """A real bus and a screen saver on it, each in a process of its own."""
    words = ["dbus-run-session", "--", sys.executable, "-m", "tests.desktop.bus_listener"]
    run = subprocess.run(words, check=False, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
