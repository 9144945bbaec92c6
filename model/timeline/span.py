"""What a start and an end with their precision cover on the axis: what is sure and what is soft.

Each end has a zone in which it lies somewhere. An exact day has an empty zone; a month, quarter
or year is its own zone; "about" reaches half its unit beyond; "before" and "after" reach one unit
outward and are open there; an open end goes on; an unknown one cannot be placed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from model.dates import PartialDate

Certainty = Literal["exact", "within", "about", "before", "after", "open", "unknown"]


class End(msgspec.Struct, frozen=True, gc=False):
    """One end: how sure it is, and the days [low, high) between which it lies."""

    certainty: Certainty
    low: float = 0.0
    high: float = 0.0

    @property
    def placed(self) -> bool:
        """Whether the end has a place on the axis."""
        return self.certainty not in {"open", "unknown"}

    @property
    def middle(self) -> float:
        """The middle of the zone."""
        return (self.low + self.high) / 2


class Span(msgspec.Struct, frozen=True, gc=False):
    """From one end to the other; a point in time has the same end twice."""

    start: End
    end: End
    point: bool = False

    @property
    def placed(self) -> bool:
        """Whether at least one end has a place on the axis."""
        return self.start.placed or self.end.placed

    def extent(self, left: float, right: float) -> tuple[float, float]:
        """The days that a picture covers; ends without a place run to left and right."""
        low = self.start.low if self.start.placed else min(left, self.end.low)
        high = self.end.high if self.end.placed else max(right, self.start.high)
        return min(low, high), max(low, high)


UNKNOWN = End("unknown")


def start_end(found: PartialDate | None) -> End:
    """The end at which something starts, before the first day that it certainly covers."""
    return _end(found, after=0)


def closing_end(found: PartialDate | None) -> End:
    """The end at which something stops: the day named is still covered."""
    return _end(found, after=1)


def span(start: PartialDate | None, end: PartialDate | None) -> Span:
    """The span of something that lasts."""
    return Span(start_end(start), closing_end(end))


def point(found: PartialDate | None) -> Span:
    """The span of something that happens on one day."""
    end = start_end(found)
    if found is not None and found.unit == "day" and end.certainty == "exact":
        end = End("exact", end.low, end.low + 1)
    return Span(end, end, point=True)


def _end(found: PartialDate | None, after: int) -> End:
    if found is None:
        return UNKNOWN
    if found.open:
        return End("open")
    low = found.stated_first().toordinal()
    high = found.stated_last().toordinal() + 1
    unit = high - low
    if found.qualifier == "about":
        reach = max(unit / 2, 7.0)
        return End("about", low - reach, high + reach)
    if found.qualifier == "before":
        return End("before", low - max(unit, 30), low)
    if found.qualifier == "after":
        return End("after", high, high + max(unit, 30))
    if found.unit == "day":
        return End("exact", low + after, low + after)
    return End("within", low, high)
