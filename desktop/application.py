"""The composition root: builds the parts and wires them, without logic of its own."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.controller import Controller
from desktop.diagnostics import FaultReporter
from desktop.dialogs.fault import FaultDialog
from desktop.dialogs.files import forbid_qt_traces
from desktop.lock_triggers import IdleWatch, MinimiseWatch, SystemWatch
from desktop.locking import Locker
from desktop.looks import Looks
from desktop.samples import SAMPLES
from desktop.settings import config_folder, data_folder
from desktop.tasks import FlowRunner
from desktop.version import app_name
from desktop.window import MainWindow
from model.storage.store import Store
from resources.text import use_language
from widgets.lock.page import LockPage
from widgets.start.page import StartPage
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from pathlib import Path


def run(path: Path | None = None, sample: str | None = None) -> int:
    """Open the window and stay until it closes; returns the exit code."""
    application = QApplication(sys.argv[:1])
    reporter = FaultReporter()
    reporter.install()
    controller = build(application, reporter=reporter)
    controller.window.show()
    system = SystemWatch(controller)
    system.lock_wanted.connect(controller.lock)
    QTimer.singleShot(0, system.connect_buses)
    if path is not None:
        QTimer.singleShot(0, lambda: controller.open_path(path))
    elif sample is not None:
        QTimer.singleShot(0, lambda: controller.open_sample(sample))
    return int(application.exec())


def build(
    application: QApplication,
    *,
    store: Store | None = None,
    reporter: FaultReporter | None = None,
    serial: bool = False,
) -> Controller:
    """Build window and controller; tests pass their own store and work serially."""
    application.setApplicationName("crosstrack")
    application.setApplicationDisplayName("")
    application.setDesktopFileName("crosstrack")
    forbid_qt_traces()
    looks = Looks(application, config_folder())
    use_language([looks.settings.language] if looks.settings.language else [])
    text_engine = QtTextEngine(system_fonts=True)
    controller = Controller(
        store or Store(app_name(), generations=data_folder() / "generations"),
        text_engine,
        looks,
        _today,
        data_folder() / "drafts",
    )
    page = LockPage()
    start = StartPage([(one.name, one.title, one.sentence) for one in SAMPLES])
    window = MainWindow(start, controller.callbacks())
    window.restore_places(*looks.places())
    controller.attach(window, FlowRunner(window, serial=serial))
    controller.locker = Locker(controller, page, data_folder() / "drafts", text_engine.forget)
    watch_for_locking(controller, looks)
    start.new_wanted.connect(controller.new)
    start.open_wanted.connect(controller.open)
    start.sample_wanted.connect(controller.open_sample)
    if reporter is not None:
        reporter.fault.connect(lambda report: FaultDialog(window, report).ask())
    return controller


def watch_for_locking(controller: Controller, looks: Looks) -> None:
    """Lock when nobody has been there for a while and, if wished, when minimised."""
    idle = IdleWatch(controller, lambda: looks.settings.lock_after)
    idle.idle.connect(controller.lock)
    minimised = MinimiseWatch(controller.window)
    minimised.minimised.connect(
        lambda: controller.lock() if looks.settings.lock_on_minimise else None
    )


def _today() -> date:
    """The day at this place; only what the user sees depends on it, nothing that is exported."""
    return datetime.now(tz=UTC).astimezone().date()
