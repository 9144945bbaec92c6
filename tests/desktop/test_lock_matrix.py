"""The lock by all that locks, in all states of the window: covered at once, nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from model.storage.keys import Passphrase
from tests.builders import a_project
from tests.desktop.lock_states import (
    CANARY,
    SECRET,
    STATES,
    TRIGGERS,
    edit,
    note_success,
    panels_of,
    triggers_for,
    unlock,
    visible_texts,
    workspace_of,
)
from tests.desktop.test_whole_way import session_of
from widgets.presenting.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from desktop.locking import Locker
    from model.storage.store import OpenedProject, Store
    from tests.desktop.lock_states import Look


@pytest.fixture
def project(store: Store, tmp_path: Path) -> OpenedProject:
    content = (
        a_project()
        .actor("a", name=CANARY, tracks=("T1",))
        .actor("b", name="Second", tracks=("T1",))
        .add("placements", "a", x=80.0, y=80.0)
        .add("placements", "b", x=700.0, y=80.0)
        .link("a", "b")
        .add("processes", "p", name="Talks", start="2012", end="2015")
        .add("phases", "f", process_id="p", label="First", start="2012-03-01", end="2013-06-30")
        .content()
    )
    return store.create(tmp_path / "hidden-name.xtrk", content, Passphrase(SECRET)).project


@pytest.fixture
def locker(controller: Controller, project: OpenedProject) -> Locker:
    controller.show_content(project.content, project, "hidden-name")
    panels_of(controller).map.canvas.setFocus()
    QApplication.processEvents()
    assert controller.locker is not None
    return controller.locker


@pytest.mark.parametrize("state", STATES, ids=lambda one: one.__name__)
def test_every_trigger_locks_in_every_state(
    qtbot: QtBot, controller: Controller, locker: Locker, state: Callable[[Controller], Look]
) -> None:
    for trigger in triggers_for(state):
        _lock_and_unlock(qtbot, controller, locker, state, trigger)
        note_success(trigger, state)


def _lock_and_unlock(
    qtbot: QtBot,
    controller: Controller,
    locker: Locker,
    state: Callable[[Controller], Look],
    trigger: str,
) -> None:
    edit(controller)
    workspace_of(controller).select([("actors", "b")])
    look = state(controller)
    before = session_of(controller).document.content()
    undone = session_of(controller).history.undo_label
    TRIGGERS[trigger](controller)
    assert locker.hides_the_project
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            assert CANARY not in visible_texts(window)
            assert "hidden-name" not in visible_texts(window)
            assert not isinstance(window, QDialog | QMenu | Stage)
    qtbot.waitUntil(lambda: locker.is_locked)
    assert controller.session is None
    assert QApplication.activePopupWidget() is None
    unlock(qtbot, controller)
    session = session_of(controller)
    assert look(controller, before, session.document.content())
    assert workspace_of(controller).selection
    assert session.history.can_undo
    if session.document.content() == before:
        assert session.history.undo_label == undone


@pytest.mark.parametrize("ours", [True, False])
def test_the_clipboard_is_cleared_only_if_it_is_ours(
    controller: Controller, locker: Locker, monkeypatch: pytest.MonkeyPatch, ours: bool
) -> None:
    clipboard = QGuiApplication.clipboard()
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: ours)  # offscreen never owns it
    data = QMimeData()
    data.setText(CANARY)
    clipboard.setMimeData(data)
    locker.lock_now()
    assert (clipboard.text() == CANARY) is not ours
    clipboard.clear()
