"""Cover against need by month, for activities and for what they belong to; cliffs; whose money.

Need is each day that an activity runs, cover each of them that a funding line of the activity spans
(`model.timeline.cover`). Where the end of an activity is not known its need counts to the horizon
only, and its gaps are not certain. Amounts of different currencies are never added without a
stated rate (`model.timeline.rates`).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import msgspec

from model.codes import TRACKS
from model.dates import FIRST_DAY, LAST_DAY, first_day, in_force, last_day
from model.naming import short_name
from model.timeline.cover import Cover, cover_of, period_of
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.records import Activity, FundingLine
    from model.tables import Tables

FundingGroup = Literal["activity", "process", "track", "phase", "actor"]
RIGID = frozenset({"earmarked", "tightly_earmarked"})


class Month(msgspec.Struct, frozen=True):
    """One month of a group.

    Attributes:
        year, month: which.
        needed: days of work in it, summed over the activities.
        covered: days of them that a line covers.
        possible: days that no line covers if the inexact dates mean their last day.
        without: days of them that belong to activities without any line.
    """

    year: int
    month: int
    needed: int
    covered: int
    possible: int
    without: int

    @property
    def uncovered(self) -> int:
        """Days that no line covers for certain, of activities that have lines."""
        return self.needed - self.covered - self.possible - self.without


class Cliff(msgspec.Struct, frozen=True):
    """The last day of cover of an activity that goes on, and the lines that end then."""

    last: date
    activity_id: str
    line_ids: tuple[str, ...]


class GroupCover(msgspec.Struct, frozen=True):
    """Cover of one activity, process, track, phase or lead."""

    key: str
    name: str
    activity_ids: tuple[str, ...]
    months: tuple[Month, ...]
    cliffs: tuple[Cliff, ...]

    @property
    def uncovered_months(self) -> int:
        """Months with days of need that no line covers for certain, though lines there are."""
        return sum(one.uncovered > 0 for one in self.months)


class Dependence(msgspec.Struct, frozen=True):
    """Whose money a recipient lives on, as of a day.

    Attributes:
        donors: number of lines in force by donor, the largest first.
        rigid: how many lines are earmarked and not flexible.
        lines: how many lines are in force.
        line_ids: which.
    """

    recipient_id: str
    donors: tuple[tuple[str, int], ...]
    rigid: int
    lines: int
    line_ids: tuple[str, ...] = ()

    @property
    def single(self) -> bool:
        """Whether there are lines, and all of them from one donor that is known."""
        return len(self.donors) == 1 and bool(self.donors[0][0])


def cover_by_month(tables: Tables, group: FundingGroup, horizon: date) -> list[GroupCover]:
    """Cover of every group that has activities, in order of name."""
    covers = cover_of(tables)
    groups: dict[str, list[Activity]] = {}
    for activity in tables.activities.values():
        for key in group_keys(activity, group):
            groups.setdefault(key, []).append(activity)
    found = [
        GroupCover(
            key,
            group_name(tables, group, key),
            tuple(one.id for one in activities),
            _months(activities, covers, horizon),
            tuple(_cliffs(tables, activities, covers)),
        )
        for key, activities in groups.items()
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.key))


def dependence(tables: Tables, as_of: date) -> list[Dependence]:
    """Whose money each recipient lives on that day, those with one donor only first."""
    lines: dict[str, list[FundingLine]] = {}
    for line in tables.funding.values():
        if line.recipient_id and in_force(line.start, line.end, as_of):
            lines.setdefault(line.recipient_id, []).append(line)
    found = []
    for recipient_id, own in lines.items():
        counts: dict[str, int] = {}
        for line in own:
            counts[line.donor_id] = counts.get(line.donor_id, 0) + 1
        donors = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
        rigid = sum(line.earmarking in RIGID and line.flexible != "yes" for line in own)
        ids = tuple(line.id for line in own)
        found.append(Dependence(recipient_id, donors, rigid, len(own), ids))
    return sorted(found, key=lambda one: (not one.single, -one.rigid, one.recipient_id))


def totals(lines: Iterable[FundingLine]) -> tuple[dict[str, Decimal], int]:
    """The sum by currency, and how many lines have no known amount; currencies stay apart."""
    sums: dict[str, Decimal] = {}
    unknown = 0
    for line in lines:
        if line.amount is None or not line.currency:
            unknown += 1
        else:
            sums[line.currency] = sums.get(line.currency, Decimal(0)) + line.amount
    return sums, unknown


def group_keys(activity: Activity, group: FundingGroup) -> tuple[str, ...]:
    """The groups that an activity counts in."""
    if group == "activity":
        return (activity.id,)
    if group == "process":
        return (activity.process_id,)
    if group == "phase":
        return (activity.phase_id,)
    if group == "actor":
        return (activity.lead_id,)
    return activity.tracks or ("unknown",)


def group_name(tables: Tables, group: FundingGroup, key: str) -> str:
    """What a group is called."""
    if group == "track":
        return TRACKS.label(key)
    names = {"activity": "activities", "process": "processes", "phase": "phases"}
    if not key:
        missing = {
            "process": tr("No process"),
            "phase": tr("No phase"),
            "actor": tr("No lead"),
            "activity": "",
        }
        return missing[group]
    return short_name(tables, key) if group == "actor" else tables.name_of(names[group], key)


def needed_days(activity: Activity, horizon: date) -> tuple[date, date] | None:
    """First and last day of need; None where its start is not known."""
    start, end = period_of(activity)
    first, last = first_day(start), last_day(end)
    if first == FIRST_DAY:
        return None
    return first, min(last, max(horizon, first)) if last == LAST_DAY else last


def _months(
    activities: Iterable[Activity], covers: Mapping[str, Cover], horizon: date
) -> tuple[Month, ...]:
    counts: dict[tuple[int, int], list[int]] = {}
    for activity in activities:
        found = needed_days(activity, horizon)
        cover = covers[activity.id]
        if found is None or cover.state == "one_off":
            continue
        for year, month, first, last in _by_month(*found):
            days = (last - first).days + 1
            sums = counts.setdefault((year, month), [0, 0, 0, 0])
            sums[0] += days
            if cover.state == "no_line":
                sums[3] += days
                continue
            bare = {True: 0, False: 0}
            for gap in cover.gaps:
                bare[gap.certain] += _shared(first, last, gap.first, gap.last or LAST_DAY)
            sums[1] += days - bare[True] - bare[False]
            sums[2] += bare[False]
    return tuple(Month(year, month, *sums) for (year, month), sums in sorted(counts.items()))


def _by_month(first: date, last: date) -> Iterable[tuple[int, int, date, date]]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        begins, ends = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        yield year, month, max(first, begins), min(last, ends)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if year > 9999:
            return


def _shared(first: date, last: date, begins: date, ends: date) -> int:
    return max((min(last, ends) - max(first, begins)).days + 1, 0)


def _cliffs(
    tables: Tables, activities: Iterable[Activity], covers: Mapping[str, Cover]
) -> Iterable[Cliff]:
    for activity in activities:
        cover = covers[activity.id]
        for gap in cover.gaps:
            if not gap.certain or gap.first == FIRST_DAY:
                continue
            last = date.fromordinal(gap.first.toordinal() - 1)
            ending = tuple(
                one for one in cover.line_ids if last_day(tables.funding[one].end) == last
            )
            if ending:
                yield Cliff(last, activity.id, ending)
