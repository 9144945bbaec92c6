"""What somebody hears who listens to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from widgets.common import announcing

if TYPE_CHECKING:
    import pytest


def listen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Hear what is announced from now on; what interrupts begins with "!"."""
    heard: list[str] = []
    urgent = QAccessible.AnnouncementPoliteness.Assertive

    class Listener:
        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

        @staticmethod
        def isActive() -> bool:
            return True

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            heard.append(("!" if event.politeness() is urgent else "") + event.message())

    monkeypatch.setattr(announcing, "QAccessible", Listener)
    return heard
