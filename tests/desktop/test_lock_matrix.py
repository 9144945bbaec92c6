"""The lock by all that locks, in all states of the window: covered at once, nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.version import app_name
from model.storage.store import Store
from tests.conftest import plain_look
from tests.desktop.conftest import whole_window
from tests.desktop.lock_states import CANARY, STATES, TRIGGERS, typing_a_name
from tests.desktop.lock_trial import hidden_project, lock_and_unlock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from desktop.locking import Locker
    from tests.desktop.lock_states import Look


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(app_name(), generations=tmp_path_factory.mktemp("generations"), log_n=10)


@pytest.fixture(scope="module")
def controller(qapp: QApplication, store: Store) -> Iterator[Controller]:
    """One window for all trials: each ends unlocked, with its work before it, as it began."""
    with whole_window(qapp, store) as made:
        yield made
    plain_look()


@pytest.fixture
def locker(controller: Controller, store: Store, tmp_path: Path) -> Locker:
    if controller.session is None:
        project = hidden_project(store, tmp_path)
        controller.show_content(project.content, project, "hidden-name")
        QApplication.processEvents()
    assert controller.locker is not None
    return controller.locker


@pytest.mark.parametrize("state", STATES, ids=lambda one: one.__name__)
def test_locks_in_every_state(
    qtbot: QtBot, controller: Controller, locker: Locker, state: Callable[[Controller], Look]
) -> None:
    lock_and_unlock(qtbot, controller, state, "panic")


@pytest.mark.parametrize("trigger", [one for one in TRIGGERS if one != "panic"])
def test_every_trigger_locks(
    qtbot: QtBot, controller: Controller, locker: Locker, trigger: str
) -> None:
    """`dev.py safety` tries each of them in all states."""
    lock_and_unlock(qtbot, controller, typing_a_name, trigger)


@pytest.mark.parametrize("ours", [True, False])
def test_the_clipboard_is_cleared_only_if_it_is_ours(
    qtbot: QtBot, locker: Locker, monkeypatch: pytest.MonkeyPatch, ours: bool
) -> None:
    clipboard = QGuiApplication.clipboard()
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: ours)  # offscreen never owns it
    data = QMimeData()
    data.setText(CANARY)
    clipboard.setMimeData(data)
    locker.lock_now()
    qtbot.waitUntil(lambda: locker.is_locked)
    assert (clipboard.text() == CANARY) is not ours
    clipboard.clear()
