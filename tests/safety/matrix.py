"""All that locks, in all states of the window: each trial is one trigger in one state.

Each half of the states has one window, which locks and opens again and again as it would in months
of use; each state begins with a project of its own. The suite tries the same cells, not all of
them.
"""

from __future__ import annotations

import gc
import os
import sys
import time
import traceback
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from model.storage.store import Store
from tests.safety.gui import FOLDERS
from tests.safety.lanes import LANES
from tests.safety.results import Result, Suite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.controller import Controller
    from tests.desktop.lock_states import Look

CELLS = 120


def matrix_suite(place: Path) -> Suite:
    """Fired means that it was hidden, locked, and after unlocking had all."""
    parts = tuple(partial(_part, place / str(number), number) for number in range(LANES))
    return Suite("lock: all triggers in all states", parts, least=CELLS, fires=1.0)


class Patience:
    """Waits for a condition while the window lives.

    In a loop of events, since what is to be deleted later is deleted only there.
    """

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 30_000) -> None:
        """As pytest-qt has it."""
        until = time.monotonic() + timeout / 1_000
        while not callback():
            if time.monotonic() > until:
                raise TimeoutError(timeout)
            loop = QEventLoop()
            QTimer.singleShot(5, loop.quit)
            loop.exec()


def _heard(result: Result, _kind: object, _where: object, text: str) -> None:
    """What Qt complains of, but for what this platform cannot do."""
    if "This plugin does not support" not in text:
        result.losses.append(f"Qt says: {text}")


def _part(place: Path, number: int) -> Result:
    for name in FOLDERS:
        (place / name.lower()).mkdir(parents=True)
        os.environ[name] = str(place / name.lower())
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop.application import build
    from tests.desktop.lock_states import STATES

    result = Result("part")
    application = QApplication([])
    qInstallMessageHandler(partial(_heard, result))
    sys.excepthook = lambda *error: result.losses.append(
        "".join(traceback.format_exception(*error))
    )
    store = Store("safety", generations=place / "generations", log_n=10)
    controller = build(application, store=store)
    controller.window.resize(1500, 950)
    controller.window.show()
    gc.freeze()  # what is loaded now is garbage at no lock
    for state in STATES[number::LANES]:
        _all_triggers(result, controller, store, place, state)
    return result


def _all_triggers(
    result: Result,
    controller: Controller,
    store: Store,
    place: Path,
    state: Callable[[Controller], Look],
) -> None:
    from tests.desktop.lock_states import TRIGGERS
    from tests.desktop.lock_trial import hidden_project, lock_and_unlock

    folder = place / state.__name__
    folder.mkdir()
    project = hidden_project(store, folder)
    controller.show_content(project.content, project, "hidden-name")
    QApplication.processEvents()
    for trigger in TRIGGERS:
        result.trials += 1
        before = len(result.losses)
        try:
            lock_and_unlock(Patience(), controller, state, trigger)
        except Exception:  # noqa: BLE001 - this is what is looked for
            result.losses.append(traceback.format_exc())
        if len(result.losses) > before:
            result.losses.insert(before, f"{trigger} while {state.__name__}:")
            return  # the window may be in any state now
        result.fired += 1
    if controller.session is not None:
        controller.session.history.mark_saved()
    controller.close_project()
