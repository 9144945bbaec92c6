"""Work that a panel puts off while nobody can see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class WhenSeen(QObject):
    """Does a piece of work at once while its widget is in sight, and otherwise when it is next.

    A dock behind another tab counts as visible in Qt; only what can be seen has a region.
    """

    def __init__(self, widget: QWidget, work: Callable[[], None]) -> None:
        """Watch the widget; nothing is due yet."""
        super().__init__(widget)
        self._widget = widget
        self._work = work
        self._due = False
        widget.installEventFilter(self)

    @property
    def is_due(self) -> bool:
        """Whether work is being put off."""
        return self._due

    def want(self) -> None:
        """Do the work now or when the widget is next seen, once."""
        self._due = self._widget.visibleRegion().isEmpty()
        if not self._due:
            self._work()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Painting means being seen; the work waits until the painting is done."""
        if self._due and event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._catch_up)
        return super().eventFilter(watched, event)

    def _catch_up(self) -> None:
        if self._due:
            self.want()
