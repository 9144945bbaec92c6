"""The composition root: builds the parts and wires them, without logic of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from desktop.controller import Controller
from desktop.dialogs.fault import FaultDialog
from desktop.lock_triggers import IdleWatch, LockKey, MinimiseWatch, SystemWatch
from desktop.locking import Locker
from desktop.settings import data_folder
from desktop.startup import Front
from desktop.version import app_name
from model.storage.store import Store
from widgets.lock.page import LockPage
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.diagnostics import FaultReporter
    from desktop.looks import Looks


def furnish(front: Front, *, reporter: FaultReporter | None = None) -> Controller:
    """Bring a window to life that already shows the start page."""
    controller = _controller(front, None, reporter)
    system = SystemWatch(controller)
    system.lock_wanted.connect(controller.lock)
    QTimer.singleShot(0, system.connect_buses)
    return controller


def build(
    application: QApplication, *, store: Store | None = None, serial: bool = False
) -> Controller:
    """Build window and controller at once; tests pass their own store and may work serially."""
    front = Front(application, serial=serial)
    front.door.make = lambda: _controller(front, store, None)
    return front.door.controller()


def _controller(front: Front, store: Store | None, reporter: FaultReporter | None) -> Controller:
    text_engine = QtTextEngine(system_fonts=True)
    controller = Controller(
        store
        or Store(
            app_name(),
            generations=data_folder() / "generations",
            versions_kept=front.looks.settings.versions_kept,
        ),
        text_engine,
        front.looks,
        _today,
        data_folder() / "drafts",
    )
    controller.attach(front.window, front.runner)
    controller.locker = Locker(controller, LockPage(), data_folder() / "drafts", text_engine.forget)
    watch_for_locking(controller, front.looks)
    if reporter is not None:
        reporter.fault.connect(lambda report: FaultDialog(front.window, report).ask())
        reporter.refused.connect(controller.show_refusal)
    return controller


def watch_for_locking(controller: Controller, looks: Looks) -> None:
    """Lock by the key, when nobody has been there for a while and, if wished, when minimised."""
    key = LockKey(controller, controller.window.actions_by_id["lock"].shortcuts())
    key.pressed.connect(controller.lock)
    idle = IdleWatch(controller, lambda: looks.settings.lock_after)
    idle.idle.connect(controller.lock)
    minimised = MinimiseWatch(controller.window)
    minimised.minimised.connect(
        lambda: controller.lock() if looks.settings.lock_on_minimise else None
    )


def _today() -> date:
    """The day at this place; only what the user sees depends on it, nothing that is exported."""
    return datetime.now(tz=UTC).astimezone().date()
