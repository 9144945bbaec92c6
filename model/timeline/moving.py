"""Moving and stretching dates without making them sharper than they are.

A year moves by years and a month by months, whatever the zoom; an exact day moves by what the
pointer can tell apart. Words such as "about" stay. The text found in a source (`raw`) is dropped,
because it says the date from before.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from model.dates import PartialDate

MoveUnit = Literal["day", "month", "quarter", "year"]
UNITS: tuple[MoveUnit, ...] = ("day", "month", "quarter", "year")
DAYS: dict[MoveUnit, float] = {
    "day": 1.0,
    "month": 365.2425 / 12,
    "quarter": 365.2425 / 4,
    "year": 365.2425,
}
_MONTHS: dict[MoveUnit, int] = {"month": 1, "quarter": 3, "year": 12}


def move_unit(snap: MoveUnit, *dates: PartialDate | None) -> MoveUnit:
    """What something with these dates moves by: the coarsest of the zoom's step and its dates."""
    units = [_unit(found) for found in dates if found is not None and not found.open]
    return max([snap, *units], key=UNITS.index)


def shifted(found: PartialDate | None, unit: MoveUnit, count: int) -> PartialDate | None:
    """The date moved by so many units, exactly as exact as before; open and unknown stay.

    The 31st becomes the last day of a shorter month. At the ends of the calendar it stays.
    """
    if found is None or found.open or count == 0:
        return found
    try:
        return _shifted(found, unit, count)
    except (ValueError, OverflowError):
        return found


def boundary(day: float, unit: MoveUnit) -> int:
    """The beginning of a day, month, quarter or year that lies nearest, as an ordinal."""
    if unit == "day":
        return min(max(round(day), 1), date.max.toordinal())
    here = date.fromordinal(min(max(int(day), 1), date.max.toordinal()))
    months = _MONTHS[unit]
    count = (here.year * 12 + here.month - 1) // months * months
    low, high = _month_ordinal(count), _month_ordinal(count + months)
    return low if day - low <= high - day else high


def stretched(
    found: PartialDate | None, day: float, snap: MoveUnit, side: Literal["start", "end"]
) -> PartialDate:
    """The start or end put to the boundary nearest to a place, as exact as it was.

    One that was open or not known becomes as exact as the pointer can tell.
    """
    known = found is not None and not found.open
    unit = move_unit(snap, found)
    at = boundary(day, unit)
    covered = date.fromordinal(at if side == "start" else max(at - 1, 1))
    own: MoveUnit = _unit(found) if known and found is not None else unit
    qualifier = found.qualifier if known and found is not None else ""
    return _of(covered, own, qualifier)


def at_day(day: float, unit: MoveUnit) -> PartialDate:
    """The day, month, quarter or year that a place lies in."""
    return _of(date.fromordinal(min(max(int(day), 1), date.max.toordinal())), unit, "")


def _of(day: date, unit: MoveUnit, qualifier: str) -> PartialDate:
    return PartialDate(
        year=day.year,
        quarter=(day.month + 2) // 3 if unit == "quarter" else 0,
        month=day.month if unit in {"day", "month"} else 0,
        day=day.day if unit == "day" else 0,
        qualifier=qualifier,  # type: ignore[arg-type]
    )


def _unit(found: PartialDate) -> MoveUnit:
    unit = found.unit
    return "year" if unit == "open" else unit


def _shifted(found: PartialDate, unit: MoveUnit, count: int) -> PartialDate:
    if unit == "day":
        return _of(found.stated_first() + timedelta(days=count), "day", found.qualifier)
    start = found.stated_first()
    month = start.year * 12 + start.month - 1 + count * _MONTHS[unit]
    year, number = divmod(month, 12)
    last = monthrange(year, number + 1)[1]
    moved = date(year, number + 1, min(start.day, last))
    return _of(moved, _unit(found), found.qualifier)


def _month_ordinal(count: int) -> int:
    year, month = divmod(count, 12)
    if year > 9999:
        return date.max.toordinal()
    return date(max(year, 1), month + 1, 1).toordinal()
