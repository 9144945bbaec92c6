"""What the pointer does on the timeline: one object per gesture, from press to release or Esc.

Nothing is changed before the release, except the date cursor, which changes the map live.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QPointF, QTimer

from model.timeline.editing import Dates, Handle, Plan, make_real, plan_move, plan_stretch
from model.timeline.scale import as_day
from model.timeline.wording import day_text
from resources.text import tr

if TYPE_CHECKING:
    from datetime import date

    from model.drawing.timeline_places import Placed
    from model.timeline.moving import MoveUnit
    from widgets.common.workspace import Workspace

FRAME_MS = 16
START_DISTANCE = 4.0
"""How far the pointer must go before a press on a bar becomes a drag, in pixels."""


class Ground(Protocol):
    """What gestures need of the canvas."""

    workspace: Workspace

    def day_at(self, x: float) -> float:
        """The day at a place of the viewport."""

    def snap(self) -> MoveUnit:
        """What the pointer can tell apart at this zoom."""

    def scroll_by(self, dx: float, dy: float) -> None:
        """Move the view."""


class Gesture(Protocol):
    """A gesture under way."""

    def move(self, at: QPointF) -> None:
        """The pointer is here now."""

    def finish(self) -> None:
        """The button was released."""

    def cancel(self) -> None:
        """Esc was pressed; all is as before."""

    def hint(self) -> str:
        """What the release would do."""

    def plan(self) -> Plan | None:
        """The change to preview."""


class CursorSetter(QObject):
    """Moves the date cursor at most once per frame, however many events come in."""

    def __init__(self, workspace: Workspace) -> None:
        """Set nothing yet."""
        super().__init__()
        self._workspace = workspace
        self._wanted: date | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.flush)

    def want(self, day: date) -> None:
        """Move the cursor soon; a later wish replaces an earlier one."""
        self._wanted = day
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Move it now."""
        self._timer.stop()
        if self._wanted is not None:
            day, self._wanted = self._wanted, None
            self._workspace.set_as_of(day)


class CursorDrag:
    """Dragging the date cursor."""

    def __init__(self, ground: Ground, setter: CursorSetter, at: QPointF) -> None:
        """Begin where the pointer is: the cursor jumps there."""
        self._ground = ground
        self._setter = setter
        self._before = ground.workspace.as_of
        self._day = self._before
        self.move(at)

    def move(self, at: QPointF) -> None:
        """Follow the pointer."""
        self._day = as_day(self._ground.day_at(at.x()))
        self._setter.want(self._day)

    def finish(self) -> None:
        """Leave the cursor here."""
        self._setter.flush()

    def cancel(self) -> None:
        """Put the cursor back."""
        self._setter.want(self._before)
        self._setter.flush()

    def hint(self) -> str:
        """The date, and how to get back."""
        return tr(
            "Map and tables show {date}. Esc goes back to {before}.",
            date=day_text(self._day),
            before=day_text(self._before),
        )

    def plan(self) -> Plan | None:
        """Nothing in the document changes."""
        return None


class PanDrag:
    """Dragging the empty ground moves the view."""

    def __init__(self, ground: Ground, at: QPointF) -> None:
        """Begin where the pointer is."""
        self._ground = ground
        self._last = at
        self._sum = QPointF()

    def move(self, at: QPointF) -> None:
        """Carry the ground along."""
        step = at - self._last
        self._last = at
        self._sum += step
        self._ground.scroll_by(-step.x(), -step.y())

    def finish(self) -> None:
        """Leave the view as it is."""

    def cancel(self) -> None:
        """Put the view back."""
        self._ground.scroll_by(self._sum.x(), self._sum.y())

    def hint(self) -> str:
        """Nothing to say."""
        return ""

    def plan(self) -> Plan | None:
        """Nothing in the document changes."""
        return None


class PeriodDrag:
    """Moving a bar, or one of its ends; previewed, and committed once at the release."""

    def __init__(
        self, ground: Ground, placed: Placed, dates: Dates, handle: Handle, at: QPointF
    ) -> None:
        """Take hold of the bar or one of its ends."""
        self._ground = ground
        self._placed = placed
        self._dates = dates
        self._handle = handle
        self._from = at
        self._started = False
        self._plan = Plan(placed.item, dates, dates, ground.snap(), handle)

    def move(self, at: QPointF) -> None:
        """Work out what the release would do here."""
        self._started = self._started or abs(at.x() - self._from.x()) >= START_DISTANCE
        if not self._started:
            return
        snap, day = self._ground.snap(), self._ground.day_at(at.x())
        item, dates = self._placed.item, self._dates
        if self._handle == "whole":
            days = day - self._ground.day_at(self._from.x())
            self._plan = plan_move(item, dates, days, snap)
        else:
            self._plan = plan_stretch(item, dates, self._handle, day, snap)

    def finish(self) -> None:
        """Commit once."""
        plan, workspace = self._plan, self._ground.workspace
        if plan.changes:
            workspace.attempt(lambda: make_real(workspace.document, plan))

    def cancel(self) -> None:
        """Nothing was changed."""

    def hint(self) -> str:
        """What the release would do."""
        return self._plan.sentence() if self._started else ""

    def plan(self) -> Plan | None:
        """The change to preview, once the drag has begun."""
        return self._plan if self._started else None
