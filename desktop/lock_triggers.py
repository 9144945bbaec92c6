"""What locks a project: its key, idleness, minimising, and what the system says.

Idle time is counted by a clock that nobody can set and that goes on while the machine sleeps.
On Linux the session bus and the system bus tell of a locked screen and of coming sleep; other
systems have no such signal here: there, idleness locks right after waking up.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SLOT, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtDBus import QDBusConnection
    from PySide6.QtWidgets import QMainWindow

CHECK_EVERY_MS = 5_000
_INPUT = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}
_SLEEP = ("org.freedesktop.login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
_SCREENS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver")


def clock() -> float:
    """Seconds that never go back and that count sleep where the system can."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boot) if boot is not None else time.monotonic()


class _InputWatch(QObject):
    """Sees what is typed and pointed at in any window before the window does."""

    def __init__(self, parent: QObject) -> None:
        """Watch each window that comes to the front."""
        super().__init__(parent)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._follow_window)
            self._follow_window(application.focusWindow())

    def _follow_window(self, window: QObject | None) -> None:
        """One filter per window is cheap, per widget is not."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)


class IdleWatch(_InputWatch):
    """Tells when nobody has touched keyboard or pointer in any window for a while.

    Signals:
        idle: the time is over.
    """

    idle = Signal()

    def __init__(
        self, parent: QObject, minutes: Callable[[], int], now: Callable[[], float] = clock
    ) -> None:
        """Watch from now on; `minutes` gives the limit, 0 for never."""
        self._minutes = minutes
        self._now = now
        self._last = now()
        super().__init__(parent)
        self._timer = QTimer(self, interval=CHECK_EVERY_MS)
        self._timer.timeout.connect(self.check)
        self._timer.start()

    def check(self) -> None:
        """Tell if the time is over."""
        limit = self._minutes()
        if limit and self._now() - self._last >= limit * 60:
            self._last = self._now()
            self.idle.emit()

    def _follow_window(self, window: QObject | None) -> None:
        """A window that comes to the front counts as a touch."""
        self._last = self._now()
        super()._follow_window(window)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Notice input."""
        if event.type() in _INPUT:
            self._last = self._now()
        return False


class LockKey(_InputWatch):
    """Tells when the key that locks is pressed where its menu entry does not hear of it.

    Dialogs, open menus and the presentation keep keys from the window behind them, and so do a
    drag and a field on the map; none of them may keep this one.

    Signals:
        pressed: it was.
    """

    pressed = Signal()

    def __init__(self, parent: QObject, keys: Sequence[QKeySequence]) -> None:
        """Watch for any of the keys."""
        self._keys = keys
        super().__init__(parent)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the key, and nothing else."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if QKeySequence(event.keyCombination()) not in self._keys:
            return False
        self.pressed.emit()
        return True


class MinimiseWatch(QObject):
    """Tells when a window is minimised.

    Signals:
        minimised: it was.
    """

    minimised = Signal()

    def __init__(self, window: QMainWindow) -> None:
        """Watch a window."""
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Notice the change of state."""
        if event.type() == QEvent.Type.WindowStateChange and self._window.isMinimized():
            self.minimised.emit()
        return False


class SystemWatch(QObject):
    """Tells when the screen is locked or the machine is about to sleep (Linux, D-Bus).

    Signals:
        lock_wanted: it is.
    """

    lock_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        """Watch nothing yet; `connect_buses` begins."""
        super().__init__(parent)
        self.connected: tuple[str, ...] = ()

    def connect_buses(self) -> None:
        """Subscribe to the signals; where there is no bus nothing happens."""
        if sys.platform != "linux":
            return
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - only here, and only on Linux

        found: list[str] = []
        if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            session = QDBusConnection.sessionBus()
            slot = SLOT("_screen_locked(bool)")
            found += [
                name
                for name in _SCREENS
                if self._listen(session, name, name, "ActiveChanged", slot)
            ]
        if os.path.exists("/run/dbus/system_bus_socket"):  # noqa: PTH110 - a socket, not a file
            system = QDBusConnection.systemBus()
            service, interface, name = _SLEEP
            if self._listen(system, service, interface, name, SLOT("_going_to_sleep(bool)")):
                found.append(name)
            session_interface = "org.freedesktop.login1.Session"
            if self._listen(system, service, session_interface, "Lock", SLOT("_session_locked()")):
                found.append("Lock")
        self.connected = tuple(found)

    def _listen(
        self, bus: QDBusConnection, service: str, interface: str, name: str, slot: str
    ) -> bool:
        # The stubs want bytes, and the call takes only the text that SLOT gives (PySide6 6.11).
        connect: Any = bus.connect
        return bus.isConnected() and bool(connect(service, "", interface, name, self, slot))

    @Slot(bool)
    def _screen_locked(self, active: bool) -> None:
        if active:
            self.lock_wanted.emit()

    @Slot(bool)
    def _going_to_sleep(self, begins: bool) -> None:
        if begins:
            self.lock_wanted.emit()

    @Slot()
    def _session_locked(self) -> None:
        self.lock_wanted.emit()
