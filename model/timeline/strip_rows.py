"""The row that shows need against cover by month.

The same reckoning as the list (`model.timeline.money`), summed at once over all activities that
are meant, so that it can follow every edit where there are thousands of them.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import msgspec

from model.codes import TRACKS
from model.dates import LAST_DAY
from model.timeline.cover import cover_of, gap_form, lines_by_activity
from model.timeline.money import Month, group_keys, group_name, needed_days
from model.timeline.narrowing import EVERYTHING, Narrow, kept
from model.timeline.rows import Row, Section, content_days
from model.timeline.scale import as_day
from model.timeline.strip import NO_STRIP, CoverStrip, Mark, Strip
from model.timeline.wording import day_text, month_text
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from model.records import Activity, FundingLine
    from model.tables import Tables
    from model.timeline.cover import Cover, GapForm
    from model.timeline.money import FundingGroup

STRIP_ROW = "cover-strip"
_Stretch = tuple[float, float]


def with_strip(
    tables: Tables,
    found: Iterable[Section],
    every: Iterable[Section],
    strip: Strip,
    narrow: Narrow = EVERYTHING,
    covers: Mapping[str, Cover] | None = None,
    keeper: StripKeeper | None = None,
) -> tuple[Section, ...]:
    """The sections with the strip on top of the funding lines; without it where nothing is needed.

    Args:
        tables: the project.
        found: the sections that are shown.
        every: all sections, which tell how far need without a known end counts.
        strip: whose need and cover; that of a group stands whatever the narrowing.
        narrow: what the timeline is narrowed to.
        covers: the cover of every activity where it is known already.
        keeper: knows the row as it was before, for views that follow edits.
    """
    shown = tuple(found)
    if strip == NO_STRIP or not tables.funding:
        return shown
    make = strip_row if keeper is None else keeper.row
    row = make(tables, strip, narrow, _horizon(every), covers)
    if row is None:
        return shown
    if any(section.key == "funding" for section in shown):
        return tuple(
            msgspec.structs.replace(section, rows=(row, *section.rows))
            if section.key == "funding"
            else section
            for section in shown
        )
    return (*shown, Section(key="funding", title=tr("Funding"), rows=(row,)))


def strip_row(
    tables: Tables,
    strip: Strip,
    narrow: Narrow,
    horizon: date,
    covers: Mapping[str, Cover] | None = None,
) -> Row | None:
    """The row of one strip; None where nothing is needed."""
    known = cover_of(tables) if covers is None else covers
    meant = tuple(_meant(tables, strip, narrow))
    picture = cover_strip(meant, known, lines_by_activity(tables), horizon)
    return _row(tables, strip, narrow, picture)


class StripKeeper:
    """The strip of one view, reckoned anew only where something that it stands on has changed."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: tuple[list[object], CoverStrip] | None = None

    def row(
        self,
        tables: Tables,
        strip: Strip,
        narrow: Narrow,
        horizon: date,
        covers: Mapping[str, Cover] | None = None,
    ) -> Row | None:
        """What `strip_row` gives."""
        covered = cover_of(tables) if covers is None else covers
        meant = tuple(_meant(tables, strip, narrow))
        # Compared one by one; what did not change is the very same object, which is quick.
        ground: list[object] = [horizon, *tables.funding.values()]
        ground += [
            (
                *(one.id, one.kind, one.start, one.end, one.planned_start, one.planned_end),
                covered[one.id],
            )
            for one in meant
        ]
        if self._known is None or self._known[0] != ground:
            picture = cover_strip(meant, covered, lines_by_activity(tables), horizon)
            self._known = (ground, picture)
        return _row(tables, strip, narrow, self._known[1])


def _row(tables: Tables, strip: Strip, narrow: Narrow, picture: CoverStrip) -> Row | None:
    if not picture.months:
        return None
    most = max(one.needed for one in picture.months)
    name = strip_name(tables, strip, narrow)
    highest = plural(
        "at most {count} day of work a month", "at most {count} days of work a month", most
    )
    return Row(
        key=STRIP_ROW,
        title=tr("Need and cover"),
        detail=tr("{name}; {highest}", name=name, highest=highest),
        strip=picture,
    )


def strip_name(tables: Tables, strip: Strip, narrow: Narrow = EVERYTHING) -> str:
    """Whose need and cover it is."""
    if strip.group:
        return group_name(tables, strip.group, strip.key)
    return narrow.name(tables) if narrow.kind else tr("All activities")


def strip_choices(tables: Tables, group: FundingGroup) -> list[tuple[str, Strip]]:
    """The strips that make sense for a kind of group, by name."""
    keys = {key for one in tables.activities.values() for key in group_keys(one, group)}
    found = [(group_name(tables, group, key), Strip(group, key)) for key in keys]
    if group == "track":
        return sorted(found, key=lambda pair: TRACKS.rank(pair[1].key))
    return sorted(found, key=lambda pair: (not pair[1].key, pair[0].casefold(), pair[1].key))


def cover_strip(
    activities: Iterable[Activity],
    covers: Mapping[str, Cover],
    lines: Mapping[str, Sequence[FundingLine]],
    horizon: date,
) -> CoverStrip:
    """Need and cover of some activities taken together."""
    needed: list[_Stretch] = []
    bare: dict[str, list[_Stretch]] = {"certain": [], "possible": [], "without": []}
    marks: dict[tuple[float, GapForm, bool], list[str]] = {}
    spans: list[tuple[str, float, float]] = []
    for activity in activities:
        days, cover = needed_days(activity, horizon), covers[activity.id]
        if days is None or cover.state == "one_off":
            continue
        low, high = float(days[0].toordinal()), days[1].toordinal() + 1.0
        needed.append((low, high))
        spans.append((activity.id, low, high))
        if cover.state == "no_line":
            bare["without"].append((low, high))
        for gap in cover.gaps:
            begins = max(float(gap.first.toordinal()), low)
            ends = min((gap.last or LAST_DAY).toordinal() + 1.0, high)
            if ends > begins:
                bare["certain" if gap.certain else "possible"].append((begins, ends))
                form = gap_form(gap, lines.get(activity.id, ()))
                marks.setdefault((begins, form, gap.certain), []).append(activity.id)
    return CoverStrip(
        _months(needed, bare),
        tuple(
            Mark(day, form, certain, tuple(ids))
            for (day, form, certain), ids in sorted(marks.items())
        ),
        tuple(spans),
    )


def month_sentence(tables: Tables, strip: CoverStrip, day: float) -> str:
    """What a month of the strip says; "" where nothing is needed."""
    on = as_day(day)
    month = next(
        (one for one in strip.months if (one.year, one.month) == (on.year, on.month)), None
    )
    if month is None:
        return ""
    parts = [
        tr(
            "{month}: {covered} of {needed} days of work covered",
            month=month_text(month.year, month.month),
            covered=month.covered,
            needed=month.needed,
        )
    ]
    if month.uncovered:
        parts.append(tr("{count} not covered", count=month.uncovered))
    if month.possible:
        parts.append(plural("{count} perhaps", "{count} perhaps", month.possible))
    if month.without:
        parts.append(tr("{count} without any line", count=month.without))
    begins, ends = month_days(month)
    parts += [
        tr(
            "{form} from {date}: {activities}",
            form=form_text(one),
            date=day_text(as_day(one.day)),
            activities=", ".join(tables.name_of("activities", each) for each in one.activity_ids),
        )
        for one in strip.marks
        if begins <= one.day < ends
    ]
    return tr("{text}.", text="; ".join(parts))


def form_text(mark: Mark) -> str:
    """What kind of stretch without money it is, in a word."""
    names = {"gap": tr("Gap"), "hole": tr("Hole"), "cliff": tr("Cliff")}
    return names[mark.form] if mark.certain else tr("{form}?", form=names[mark.form])


def activities_of_month(strip: CoverStrip, day: float) -> tuple[str, ...]:
    """Whose need falls into the month of a day."""
    on = as_day(day)
    begins, ends = _month_span(on.year, on.month)
    return tuple(one for one, low, high in strip.spans if low < ends and high > begins)


def month_days(month: Month) -> _Stretch:
    """The days [low, high) of a month."""
    return _month_span(month.year, month.month)


def strip_alt(row: Row) -> str:
    """The strip in one sentence; "" for other rows."""
    strip = row.strip
    if strip is None:
        return ""
    bare = sum(one.uncovered > 0 for one in strip.months)
    without = sum(one.without > 0 for one in strip.months)
    counts = {
        form: sum(one.form == form for one in strip.marks) for form in ("gap", "hole", "cliff")
    }
    return tr(
        "{title}, {detail}: {needed}, {bare}, {without}; {gaps}, {holes}, {cliffs}.",
        title=row.title,
        detail=row.detail,
        needed=plural("{count} month of need", "{count} months of need", len(strip.months)),
        bare=plural("{count} month not covered", "{count} months not covered", bare),
        without=plural(
            "{count} month without any line", "{count} months without any line", without
        ),
        gaps=plural("{count} gap", "{count} gaps", counts["gap"]),
        holes=plural("{count} hole", "{count} holes", counts["hole"]),
        cliffs=plural("{count} cliff", "{count} cliffs", counts["cliff"]),
    )


def _meant(tables: Tables, strip: Strip, narrow: Narrow) -> Iterable[Activity]:
    if strip.group:
        for one in tables.activities.values():
            if strip.key in group_keys(one, strip.group):
                yield one
    elif narrow.kind:
        stay = kept(tables, narrow)
        yield from (one for one in tables.activities.values() if ("activities", one.id) in stay)
    else:
        yield from tables.activities.values()


def _horizon(every: Iterable[Section]) -> date:
    days = content_days(every)
    return as_day(days[1] - 1) if days is not None else date.min


def _months(needed: list[_Stretch], bare: Mapping[str, list[_Stretch]]) -> tuple[Month, ...]:
    if not needed:
        return ()
    first = as_day(min(low for low, _ in needed))
    last = as_day(max(high for _, high in needed) - 1)
    months = [
        divmod(number, 12)
        for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ]
    edges = [_month_span(year, month + 1)[0] for year, month in months]
    edges.append(_month_span(last.year, last.month)[1])
    sums = [_per_month(needed, edges)]
    sums += [_per_month(bare[name], edges) for name in ("certain", "possible", "without")]
    return tuple(
        Month(year, month + 1, need, need - sure - perhaps - without, perhaps, without)
        for (year, month), need, sure, perhaps, without in zip(months, *sums, strict=True)
        if need
    )


def _per_month(stretches: list[_Stretch], edges: list[float]) -> list[int]:
    """How many days of the stretches fall between one edge and the next."""
    lows, highs = (sorted(ends) for ends in zip(*stretches, strict=True)) if stretches else ([], [])
    low_sums, high_sums = ([0.0, *accumulate(ends)] for ends in (lows, highs))
    before = []
    for edge in edges:
        begun, over = bisect_left(lows, edge), bisect_left(highs, edge)
        before.append(edge * begun - low_sums[begun] - edge * over + high_sums[over])
    return [round(after - at) for at, after in pairwise(before)]


def _month_span(year: int, month: int) -> _Stretch:
    begins = date(year, month, 1).toordinal()
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    ends = date(*following, 1).toordinal() if following[0] <= 9999 else LAST_DAY.toordinal() + 1
    return float(begins), float(ends)
