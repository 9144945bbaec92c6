"""The figures that charts of a workbook show: cover by month, what runs from when to when."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from model.codes import FUNDING_STATUSES, ONE_OFF_ACTIVITY_KINDS
from model.dates import LAST_DAY, PartialDate
from model.fields import TABLE_SPECS
from model.naming import name_of
from model.timeline.money import cover_by_month
from model.timeline.wording import date_text
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.excel.columns import CellValue
    from model.records import Record
    from model.tables import Tables

_MONTHS: Final = 48
"""Months that a chart of money shows; more cannot be told apart."""
_ROWS: Final = 40
"""Bars that a chart of time shows."""
_FIRST_YEAR: Final = 1900
"""Spreadsheets know no earlier days."""
_AHEAD: Final = 2
"""Years that are looked ahead where an end is not known."""


class Money(NamedTuple):
    """A table of money by period: the heads of its columns, its rows, the place of each series.

    A series keeps its place, and so its colour, where others have nothing to show.
    """

    title: str
    period: str
    series: tuple[str, ...]
    rows: list[list[CellValue]]
    places: tuple[int, ...] = ()


def money_rows(tables: Tables, as_of: date, *, with_gaps: bool) -> Money:
    """Cover by month for those who see everything, else the lines in force by month.

    Gaps of a copy may be due to lines that it does not hold.
    """
    return _occurring(_cover(tables, as_of) if with_gaps else _lines(tables, as_of))


def _occurring(money: Money) -> Money:
    """Only the series that have something to show."""
    kept = [at for at in range(len(money.series)) if any(row[at + 1] for row in money.rows)]
    rows = [[row[0], *(row[at + 1] for at in kept)] for row in money.rows]
    series = tuple(money.series[at] for at in kept)
    return money._replace(series=series, rows=rows, places=tuple(kept))


def _cover(tables: Tables, as_of: date) -> Money:
    horizon = date(as_of.year + _AHEAD, 12, 31)
    sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for group in cover_by_month(tables, "activity", horizon):
        for month in group.months:
            found = (month.covered, month.possible, month.uncovered, month.without)
            entry = sums[month.year, month.month]
            for at, days in enumerate(found):
                entry[at] += days
    series = (tr("Covered"), tr("Possibly covered"), tr("Not covered"), tr("No funding line"))
    kept = _around(sorted(key for key, days in sums.items() if any(days)), as_of)
    rows: list[list[CellValue]] = [[_month(*key), *sums[key]] for key in kept]
    return Money(tr("Days of activity by month and whether money covers them"), tr("Month"),
                 series, rows)  # fmt: skip


def _lines(tables: Tables, as_of: date) -> Money:
    codes = FUNDING_STATUSES.codes
    sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0] * len(codes))
    for line in tables.funding.values():
        if line.start is None or line.end is None:
            continue
        first = line.start.stated_first()
        last = min(line.end.stated_last(), date(as_of.year + _AHEAD, 12, 31))
        at = codes.index(line.status) if line.status in codes else 0
        month = (first.year, first.month)
        while month <= (last.year, last.month):
            sums[month][at] += 1
            month = (month[0] + month[1] // 12, month[1] % 12 + 1)
    kept = _around(sorted(sums), as_of)
    rows: list[list[CellValue]] = [[_month(*key), *sums[key]] for key in kept]
    series = tuple(FUNDING_STATUSES.label(code) for code in codes)
    return Money(tr("Funding lines in force by month"), tr("Month"), series, rows)


def _around(months: Sequence[tuple[int, int]], as_of: date) -> list[tuple[int, int]]:
    """The months that are shown: the last before the day and those after it."""
    if len(months) <= _MONTHS:
        return list(months)
    today = (as_of.year, as_of.month)
    before = sum(month < today for month in months)
    start = max(0, min(before - _MONTHS // 3, len(months) - _MONTHS))
    return list(months[start : start + _MONTHS])


def _month(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}"


def time_rows(tables: Tables, as_of: date) -> tuple[list[list[CellValue]], int]:
    """What runs from when to when, the earliest first; and how many found no room."""
    found: list[tuple[date, list[CellValue]]] = []
    for table in ("phases", "milestones", "activities"):
        for record in tables.table(table).values():
            start, end = _span(record)
            if start is None or start.open or start.year <= _FIRST_YEAR:
                continue
            first = start.stated_first()
            last = start.stated_last() if _is_one_off(record, end) else _last(start, end, as_of)
            alone = start == end or _is_one_off(record, end)
            known = date_text(start) if alone else f"{date_text(start)} – {date_text(end)}"
            name = name_of(tables, table, record.id)
            row: list[CellValue] = [name, first, max(1, (last - first).days), last, known,
                                    TABLE_SPECS[table].title, record.id]  # fmt: skip
            found.append((first, row))
    found.sort(key=lambda one: one[0])
    near = sorted(found, key=lambda one: abs((one[0] - as_of).days))[:_ROWS]
    near.sort(key=lambda one: one[0])
    return [row for _first, row in near], len(found) - len(near)


def _span(record: Record) -> tuple[PartialDate | None, PartialDate | None]:
    day = getattr(record, "date", None)
    if day is not None:
        return day, day
    start = getattr(record, "start", None) or getattr(record, "planned_start", None)
    return start, getattr(record, "end", None) or getattr(record, "planned_end", None)


def _is_one_off(record: Record, end: PartialDate | None) -> bool:
    """Whether it happens at one time, such as a signing, and does not go on without an end."""
    return end is None and getattr(record, "kind", "") in ONE_OFF_ACTIVITY_KINDS


def _last(start: PartialDate, end: PartialDate | None, as_of: date) -> date:
    """The last day that a bar reaches: what is not known goes on to the day of the export."""
    if end is None or end.open or end.stated_last() == LAST_DAY:
        return max(as_of, start.stated_last())
    return max(end.stated_last(), start.stated_first())
