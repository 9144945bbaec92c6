"""The linear day axis: where a day lies, which day lies at a place, how far zooming goes.

Days are reckoned as proleptic Gregorian ordinals (`datetime.date.toordinal`), as floats so that a
place within a day can be told; a day covers [ordinal, ordinal + 1).
"""

from __future__ import annotations

from datetime import date

import msgspec

MIN_UNITS_PER_DAY = 1000 / 109_575
"""Three hundred years in a thousand units: the farthest zoom out."""
MAX_UNITS_PER_DAY = 60.0
"""A day of 60 units: the farthest zoom in."""
_LAST = date.max.toordinal()


class TimeScale(msgspec.Struct, frozen=True, gc=False):
    """Days to project units and back.

    Attributes:
        origin: ordinal day at x = 0.
        units_per_day: zoom; larger shows less time.
    """

    origin: float
    units_per_day: float

    def x(self, day: float) -> float:
        """Where a day begins, in project units."""
        return (day - self.origin) * self.units_per_day

    def day(self, x: float) -> float:
        """The day, with its fraction, at a place."""
        return self.origin + x / self.units_per_day

    def zoomed(self, factor: float, x: float) -> TimeScale:
        """The scale zoomed so that what lies at x stays there; the zoom keeps its limits."""
        wanted = self.units_per_day * factor
        zoom = min(max(wanted, MIN_UNITS_PER_DAY), MAX_UNITS_PER_DAY)
        return TimeScale(self.day(x) - x / zoom, zoom)

    def moved(self, units: float) -> TimeScale:
        """The scale moved so that later days come into view."""
        return TimeScale(self.origin + units / self.units_per_day, self.units_per_day)


def fitting(first: float, last: float, width: float) -> TimeScale:
    """The scale that shows the days from first to last (exclusive) in a width."""
    days = max(last - first, 1.0)
    zoom = min(max(width / days, MIN_UNITS_PER_DAY), MAX_UNITS_PER_DAY)
    spare = width / zoom - days
    return TimeScale(first - spare / 2, zoom)


def as_day(ordinal: float) -> date:
    """The calendar day in which a place of the axis lies, kept within the calendar."""
    return date.fromordinal(min(max(int(ordinal // 1), 1), _LAST))
