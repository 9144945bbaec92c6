"""What every test stands on: a home of its own, no network, no window left behind."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import hypothesis
import pytest

from resources.text import use_language
from tests.examples import LONG

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME_KEY: Final = pytest.StashKey[Path]()
STATUS_KEY: Final = pytest.StashKey[int]()
# Where programs look for the user's files; each is led into a folder of this test run.
HOME_VARIABLES: Final = {
    "HOME": "home",
    "USERPROFILE": "home",
    "APPDATA": "home/appdata",
    "LOCALAPPDATA": "home/localappdata",
    "XDG_CONFIG_HOME": "home/config",
    "XDG_DATA_HOME": "home/data",
    "XDG_STATE_HOME": "home/state",
    "XDG_CACHE_HOME": "home/cache",
    "XDG_RUNTIME_DIR": "runtime",
    "CROSSTRACK_FONTS": "home/fonts",
    "TMPDIR": "tmp",
    "TEMP": "tmp",
    "TMP": "tmp",
}

hypothesis.settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    max_examples=50,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile("dev", deadline=None, max_examples=50, print_blob=True)
hypothesis.settings.register_profile(LONG, deadline=None, max_examples=2_000, print_blob=True)


class NetworkUsedError(Exception):
    """Crosstrack has no network code; a test that reaches for the network shows that it has."""


class NetworkGuard:
    """Stops every look-up and connection that Python code tries, and remembers it."""

    def __init__(self) -> None:
        self.attempts: list[str] = []

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take an audit event, see the table of audit events in Python's documentation."""
        if not event.startswith("socket."):
            return
        if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
            local = getattr(socket, "AF_UNIX", None)
            if local is not None and arguments[0].family == local:
                return
        elif event not in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
            return
        self.attempts.append(f"{event} {arguments[1:] or arguments}")
        raise NetworkUsedError(self.attempts[-1])


GUARD: Final = NetworkGuard()


def pytest_configure(config: pytest.Config) -> None:
    """Lead everything that writes to the user's folders into one that goes away again."""
    hypothesis.settings.load_profile(
        os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev")
    )
    home = Path(tempfile.mkdtemp(prefix="crosstrack-tests-"))
    config.stash[HOME_KEY] = home
    for variable, folder in HOME_VARIABLES.items():
        path = home / folder
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
        os.environ[variable] = str(path)
    tempfile.tempdir = None  # looked up anew, from the variables above
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for variable in ("LANGUAGE", "QT_STYLE_OVERRIDE", "QT_SCALE_FACTOR", "QT_QPA_PLATFORMTHEME"):
        os.environ.pop(variable, None)
    sys.addaudithook(GUARD)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Remember how the run ended."""
    session.config.stash[STATUS_KEY] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what this run has written, and leave.

    After hundreds of windows in one process, Qt and Python do not agree at the very end on who
    deletes what: without leaving at once, `tests/widgets/tables` alone passes and then ends in a
    segmentation fault with no Python frame (exit code 139; tried with PySide6 6.11.3). The
    application itself has one window and ends in order; all that matters has been reported by now.
    """
    shutil.rmtree(config.stash[HOME_KEY], ignore_errors=True)
    if "PySide6.QtWidgets" in sys.modules and not hasattr(config, "workerinput"):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash.get(STATUS_KEY, 1))


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Fail a test that tried the network, even where its own code swallowed the refusal."""
    yield
    attempts, GUARD.attempts = GUARD.attempts, []
    if attempts:
        pytest.fail(f"The test used the network: {'; '.join(attempts)}")


@pytest.fixture(autouse=True)
def _no_window_left() -> Iterator[None]:
    """Fail a test that leaves a visible window behind, which later tests would trip over."""
    before = visible_windows()
    yield
    left = [window for window in visible_windows() if window not in before]
    for window in left:
        window.hide()
        window.deleteLater()
    if left:
        pytest.fail(f"Windows left open: {', '.join(map(repr, left))}")


@pytest.fixture(autouse=True)
def _look_as_before() -> Iterator[None]:
    """Take back a theme that a test has given the application: it changes sizes everywhere."""
    before = style_sheet()
    yield
    if style_sheet() != before:
        plain_look()


def style_sheet() -> str:
    """What the theme has told the application; nothing where there is none."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets is not None else None
    return application.styleSheet() if application is not None else ""


def plain_look() -> None:
    """Give the application the look that it has without a theme."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFontDatabase
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    # Windows that are only marked to go would be dressed anew first, half a second for each.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    application.setStyleSheet("")
    application.setStyle("Fusion")
    application.setPalette(application.style().standardPalette())
    application.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))


def visible_windows() -> list[Any]:
    """Return Qt's visible top-level widgets; tests without Qt do not load it."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    return [each for each in widgets.QApplication.topLevelWidgets() if each.isVisible()]


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """A pack in another language changes the language of its process, which is this one here."""
    yield
    use_language([])
