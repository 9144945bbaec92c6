"""Which stretches of activities no funding line covers.

Reckoning (domain.md, "How the warnings behave"): a start counts from the first and an end to the
last day that it may mean; a line without known end covers everything after its start. An activity
without any line has "no funding line", which is a finding of its own and no gap; a one-off
(signing, statement) without one is nothing to speak of.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import msgspec

from model.codes import ONE_OFF_ACTIVITY_KINDS
from model.dates import FIRST_DAY, LAST_DAY, PartialDate, first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.records import Activity, FundingLine
    from model.tables import Tables

CoverState = Literal["covered", "gaps", "no_line", "one_off"]
GapForm = Literal["gap", "hole", "cliff"]
_DAY = timedelta(days=1)


class Gap(msgspec.Struct, frozen=True):
    """A stretch of an activity that no line covers.

    Attributes:
        first: first uncovered day.
        last: last uncovered day; None where the activity has no known end.
        certain: False when the gap exists only if the activity runs to the last day that its
            inexact dates may mean, or on and on where its end is not known.
    """

    first: date
    last: date | None
    certain: bool

    @property
    def days(self) -> int | None:
        """Length in days, both ends included; None where it has no known end."""
        return None if self.last is None else (self.last - self.first).days + 1


class Cover(msgspec.Struct, frozen=True):
    """How one activity is covered, by which lines."""

    activity_id: str
    state: CoverState
    line_ids: tuple[str, ...]
    gaps: tuple[Gap, ...] = ()


def period_of(activity: Activity) -> tuple[PartialDate | None, PartialDate | None]:
    """Start and end of an activity: the actual dates, the planned ones where those are missing.

    A one-off without an end ends on the day that it starts.
    """
    start = activity.start if activity.start is not None else activity.planned_start
    end = activity.end if activity.end is not None else activity.planned_end
    if end is None and activity.kind in ONE_OFF_ACTIVITY_KINDS:
        end = start
    return start, end


def cover_of(tables: Tables) -> dict[str, Cover]:
    """The cover of every activity, by its id."""
    lines = lines_by_activity(tables)
    return {
        activity_id: cover(activity, lines.get(activity_id, ()))
        for activity_id, activity in tables.activities.items()
    }


def lines_by_activity(tables: Tables) -> dict[str, list[FundingLine]]:
    """The funding lines that name each activity; activities without one are left out."""
    lines: dict[str, list[FundingLine]] = {}
    for line in tables.funding.values():
        for activity_id in line.activity_ids:
            lines.setdefault(activity_id, []).append(line)
    return lines


def cover(activity: Activity, lines: Iterable[FundingLine]) -> Cover:
    """How the lines cover the activity."""
    found = list(lines)
    ids = tuple(line.id for line in found)
    if not found:
        one_off = activity.kind in ONE_OFF_ACTIVITY_KINDS
        return Cover(activity.id, "one_off" if one_off else "no_line", ids)
    gaps = tuple(_gaps(activity, found))
    return Cover(activity.id, "gaps" if gaps else "covered", ids, gaps)


def gap_form(gap: Gap, lines: Iterable[FundingLine]) -> GapForm:
    """A gap before the first line, a hole between two, or a cliff after the last."""
    earlier = later = False
    for line in lines:
        earlier = earlier or first_day(line.start) < gap.first
        later = later or (gap.last is not None and last_day(line.end) > gap.last)
    if not earlier:
        return "gap"
    return "hole" if later else "cliff"


def _gaps(activity: Activity, lines: list[FundingLine]) -> Iterable[Gap]:
    start, end = period_of(activity)
    stretches = sorted((first_day(line.start), last_day(line.end)) for line in lines)
    # Without a known start nothing can be said about the time before the first line.
    needed = first_day(start)
    if needed == FIRST_DAY:
        needed = stretches[0][0]
    until = last_day(end)
    for first, last in stretches:
        if first > until:
            break
        if first > needed:
            yield _gap(needed, first - _DAY, start, end)
        if last >= until:
            return
        needed = max(needed, last + _DAY)
    if needed <= until:
        yield _gap(needed, None if until == LAST_DAY else until, start, end)


def _gap(first: date, last: date | None, start: PartialDate | None, end: PartialDate | None) -> Gap:
    sure_from = start.last() if start is not None else FIRST_DAY
    # With an unknown end the activity is only sure to be there when it starts; an open end goes on.
    sure_to = end.first() if end is not None else sure_from
    certain = first <= sure_to and (last is None or last >= sure_from)
    return Gap(first, last, certain)
