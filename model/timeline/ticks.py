"""Which lines and labels the time axis shows at a zoom: from days to centuries, in two tiers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import msgspec

from model.timeline.scale import as_day
from model.timeline.wording import month_name
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.timeline.scale import TimeScale

Step = Literal["day", "week", "month", "quarter", "year", "years"]


class Tick(msgspec.Struct, frozen=True, gc=False):
    """A stretch of the axis: the day that it starts on, the one before which it ends, its name."""

    start: int
    end: int
    label: str


class Ticks(msgspec.Struct, frozen=True):
    """The two tiers of the axis; the lower one may be empty."""

    major: tuple[Tick, ...]
    minor: tuple[Tick, ...]
    step: Step


_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)
_YEAR_ROOM = 44.0
"""Narrowest stretch, in units, that a year's label may stand in."""


def ticks(scale: TimeScale, width: float) -> Ticks:
    """The tiers that are legible at this zoom and touch the first `width` units."""
    first, last = as_day(scale.day(0.0)), as_day(scale.day(width))
    zoom = scale.units_per_day
    if zoom >= 24:
        return Ticks(_months(first, last, long=True), _days(first, last, 1), "day")
    if zoom * 7 >= 32:
        return Ticks(_months(first, last, long=True), _days(first, last, 7), "week")
    if zoom * 28 >= 32:
        return Ticks(_years(first, last, 1), _months(first, last, long=False), "month")
    if zoom * 90 >= 32:
        return Ticks(_years(first, last, 1), _quarters(first, last), "quarter")
    step = next((n for n in _YEAR_STEPS if n * 365 * zoom >= _YEAR_ROOM), 100)
    return Ticks(_years(first, last, step), (), "year" if step == 1 else "years")


def fiscal_years(scale: TimeScale, width: float, month: int) -> tuple[Tick, ...]:
    """The fiscal years that touch the first `width` units, where they are not calendar years."""
    if not 2 <= month <= 12:
        return ()
    first, last = as_day(scale.day(0.0)), as_day(scale.day(width))
    found = []
    for year in range(max(first.year - 1, 1), min(last.year, 9998) + 1):
        start, end = date(year, month, 1).toordinal(), date(year + 1, month, 1).toordinal()
        label = tr("FY {year}/{next:02d}", year=year, next=(year + 1) % 100)
        if end > first.toordinal() and start <= last.toordinal():
            found.append(Tick(start, end, label))
    return tuple(found)


def snap_step(units_per_day: float) -> Literal["day", "month", "year"]:
    """What the pointer can still tell apart at a zoom: about three units for one step."""
    if units_per_day >= 3:
        return "day"
    return "month" if units_per_day * 30 >= 3 else "year"


def _days(first: date, last: date, step: int) -> tuple[Tick, ...]:
    start = first - timedelta(days=first.weekday() if step == 7 and first.toordinal() > 7 else 0)
    return tuple(
        Tick(ordinal, ordinal + step, str(date.fromordinal(ordinal).day))
        for ordinal in range(start.toordinal(), last.toordinal() + 1, step)
    )


def _months(first: date, last: date, *, long: bool) -> tuple[Tick, ...]:
    return tuple(
        Tick(
            start.toordinal(),
            end,
            f"{month_name(start.month)} {start.year}" if long else month_name(start.month),
        )
        for start, end in _stretches(first, last, 1)
    )


def _quarters(first: date, last: date) -> tuple[Tick, ...]:
    return tuple(
        Tick(start.toordinal(), end, tr("Q{quarter}", quarter=(start.month + 2) // 3))
        for start, end in _stretches(first, last, 3)
    )


def _years(first: date, last: date, step: int) -> tuple[Tick, ...]:
    return tuple(
        Tick(start.toordinal(), end, f"{start.year}")
        for start, end in _stretches(first, last, 12 * step)
    )


def _stretches(first: date, last: date, months: int) -> Iterator[tuple[date, int]]:
    """Stretches of whole months, aligned to multiples counted from the year 0."""
    at = (first.year * 12 + first.month - 1) // months * months
    while at <= last.year * 12 + last.month - 1:
        yield _month_start(at), _month_ordinal(at + months)
        at += months


def _month_start(count: int) -> date:
    year, month = divmod(count, 12)
    return date(max(year, 1), month + 1, 1) if year <= 9999 else date.max


def _month_ordinal(count: int) -> int:
    return _month_start(count).toordinal()
