"""Playing the as-of date: the cursor goes on by itself, a month at a time, and the map follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from model.dates import PartialDate
from model.timeline.moving import shifted
from model.timeline.rows import content_days
from model.timeline.scale import as_day

if TYPE_CHECKING:
    from datetime import date

    from model.timeline.moving import MoveUnit
    from widgets.timeline.canvas import TimelineCanvas

BEAT_MS = 700


class Player(QObject):
    """Moves the date cursor on and on until the end of the content.

    Signals:
        playing: whether it plays now.
    """

    playing = Signal(bool)

    def __init__(self, canvas: TimelineCanvas) -> None:
        """Play on a canvas."""
        super().__init__(canvas)
        self._canvas = canvas
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    @property
    def active(self) -> bool:
        """Whether it plays now."""
        return self._timer.isActive()

    def toggle(self) -> None:
        """Begin, from the start when the cursor is at the end; or stop."""
        if self.active:
            self.stop()
            return
        ends = self._ends()
        if ends is not None and self._canvas.workspace.as_of >= ends[1]:
            self._canvas.set_cursor(ends[0])
        self._timer.start()
        self.playing.emit(True)

    def stop(self) -> None:
        """Stay where the cursor is."""
        self._timer.stop()
        self.playing.emit(False)

    def step(self, count: int, unit: MoveUnit = "month") -> None:
        """Move the cursor by so many months."""
        day = self._canvas.workspace.as_of
        exact = PartialDate(year=day.year, month=day.month, day=day.day)
        moved = shifted(exact, unit, count)
        if moved is not None:
            self._canvas.set_cursor(moved.stated_first())

    def _beat(self) -> None:
        ends = self._ends()
        if ends is None or self._canvas.workspace.as_of >= ends[1]:
            self.stop()
            return
        self.step(1)
        if self._canvas.workspace.as_of >= ends[1]:
            self._canvas.set_cursor(ends[1])
            self.stop()

    def _ends(self) -> tuple[date, date] | None:
        days = content_days(self._canvas.picture.sections)
        return (as_day(days[0]), as_day(days[1] - 1)) if days is not None else None
