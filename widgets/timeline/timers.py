"""Timers that fire once when something has come to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable


def resting_timer(parent: QObject, pause: int, command: Callable[[], None]) -> QTimer:
    """A timer of an object that calls a command once, a pause after it was last started."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(pause)
    timer.timeout.connect(command)
    return timer
