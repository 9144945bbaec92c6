"""The first window, fast: start page and menus now, all that a project needs right behind it.

Only what the start page shows is imported here (budget: design section 8). `desktop.application`
is loaded by a worker while the window is already there; whoever is quicker with the first click
waits for it once.
"""

from __future__ import annotations

# What needs no Qt comes first: once PySide6 is there, it reads the source of every module that is
# imported after it, to see whether its name occurs in it.
import gc
import importlib
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import model.drawing.font_files
import model.drawing.palette  # noqa: F401 - see above
from desktop.samples import SAMPLES
from desktop.save_state import SaveState  # noqa: F401 - see above
from desktop.settings import config_folder
from resources.text import use_language

# isort: split
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QTimer
from PySide6.QtWidgets import QApplication

from desktop.diagnostics import FaultReporter
from desktop.looks import Looks
from desktop.tasks import Flow, FlowRunner, in_background
from desktop.traces import clear_own_clipboard, forbid_qt_traces
from desktop.window import MainWindow
from widgets.start.page import StartPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.controller import Controller


_UNSEEN = 500
"""Milliseconds after which all goes on although nobody sees the window, as when it is minimised."""


class Door:
    """Passes what the user does on to the controller, which comes to be when first needed."""

    def __init__(self) -> None:
        """Begin closed; `make` is set by whoever can make a controller."""
        self.make: Callable[[], Controller] | None = None
        self._controller: Controller | None = None

    def controller(self) -> Controller:
        """The controller.

        Raises:
            RuntimeError: nobody can make one yet (a bug).
        """
        if self._controller is None:
            if self.make is None:
                message = "no controller can be made yet"
                raise RuntimeError(message)
            self._controller = self.make()
        return self._controller

    def act(self, action_id: str) -> object:
        """Do what an action of the window is for."""
        return self.controller().callbacks()[action_id]()


class Front:
    """What stands before any project is open: looks, window, start page, worker."""

    def __init__(self, application: QApplication, *, serial: bool = False) -> None:
        """Build it; `show` is left to the caller."""
        application.setApplicationName("crosstrack")
        application.setApplicationDisplayName("")
        application.setDesktopFileName("crosstrack")
        forbid_qt_traces()
        self.looks = Looks(application, config_folder())
        language = self.looks.settings.language
        use_language([language] if language else QLocale.system().uiLanguages())
        self.door = Door()
        self.start = start = StartPage([(one.name, one.title, one.sentence) for one in SAMPLES])
        self.window = MainWindow(start, self.door.act)
        self.window.restore_places(*self.looks.places())
        self.runner = FlowRunner(self.window, serial=serial)
        start.new_wanted.connect(lambda: self.door.controller().new())
        start.open_wanted.connect(lambda: self.door.controller().open())
        start.sample_wanted.connect(lambda name: self.door.controller().open_sample(name))
        self.window.close_wanted.connect(lambda: self.door.controller().quit())

    def end(self) -> None:
        """Take the window apart while Python is there to hear of it.

        Left to the end of the interpreter, widgets get events whose Python half is gone already,
        and the process crashes after its work is done.
        """
        self.runner.wait()
        clear_own_clipboard()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def run(path: Path | None = None, sample: str | None = None, *, protected: bool = False) -> int:
    """Open the window and stay until it closes; returns the exit code.

    Args:
        path, sample: what to open; the start page if both are None.
        protected: whether it is opened protected from changes.
    """
    application = make_application()
    reporter = FaultReporter()
    reporter.install()
    front = Front(application)

    def furnish() -> Controller:
        made: Controller = _application().furnish(front, reporter=reporter)
        return made

    def begin(_loaded: object) -> None:
        controller = front.door.controller()
        controller.opens_protected = protected
        if path is not None:
            controller.open_path(path)
        elif sample is not None:
            controller.open_sample(sample)

    def load() -> Flow[object]:
        return (yield from in_background(lambda _: _application()))

    front.door.make = furnish

    @lru_cache(maxsize=1)
    def go_on() -> None:
        gc.freeze()
        gc.enable()
        front.looks.follow_system()
        front.window.make_menus()
        front.runner.start(load(), begin)

    front.start.painted.connect(lambda: QTimer.singleShot(0, go_on))
    QTimer.singleShot(_UNSEEN, go_on)
    front.window.show()
    code = int(application.exec())
    front.end()
    return code


def make_application() -> QApplication:
    """Qt's own object, drawing in the style that our theme is made for.

    The style is named here because setting it later would hand it to Python, and then all its
    enumerations are made, which takes as long as the rest of the theme.
    """
    return QApplication([*sys.argv[:1], "-style", "Fusion"])


def _application() -> Any:
    """The rest of the application; a module that is imported once."""
    return importlib.import_module("desktop.application")
