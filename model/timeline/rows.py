"""Rows of the timeline: phases and milestones, activities, postings, funding, mandates, processes.

Rows say what a new thing in them would be (`adds`, `defaults`), so that a double click on an
empty spot makes an activity of that track or a posting to that office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec

from model.codes import TRACKS
from model.dates import FIRST_DAY, LAST_DAY, first_day, last_day
from model.naming import short_name
from model.timeline import items as make
from model.timeline.cover import Cover, cover_of
from model.timeline.items import Item
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from model import records as r
    from model.tables import Tables

Grouping = Literal["track", "process", "actor"]
SectionKey = Literal["plan", "activities", "postings", "funding", "mandates", "processes"]
ALL_SECTIONS: tuple[SectionKey, ...] = (
    *("plan", "activities", "postings", "funding", "mandates", "processes"),
)
MIN_VACANCY_DAYS = 1
R = TypeVar("R", bound="r.Record")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row with its items in order of time.

    Attributes:
        key: unique on the timeline.
        title, detail: what its header says.
        track: track code whose tint the header bears, or "".
        adds: table of what a double click adds; "" for nothing.
        defaults: field values of what is added.
    """

    key: str
    title: str
    detail: str = ""
    track: str = ""
    adds: str = ""
    defaults: dict[str, object] = msgspec.field(default_factory=dict)
    items: tuple[Item, ...] = ()


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Rows under one heading, which can be folded away."""

    key: SectionKey
    title: str
    rows: tuple[Row, ...]

    @property
    def count(self) -> int:
        """How many records it shows."""
        return len({(i.table, i.record_id) for row in self.rows for i in row.items})


def sections(tables: Tables, grouping: Grouping = "track") -> tuple[Section, ...]:
    """All sections; only those that teach where to begin are there when empty."""
    cover = cover_of(tables)
    found = [
        Section(key="plan", title=tr("Phases and milestones"), rows=tuple(_plan(tables))),
        Section(
            key="activities",
            title=tr("Activities"),
            rows=tuple(_activities(tables, cover, grouping)),
        ),
        Section(key="postings", title=tr("Postings"), rows=tuple(_postings(tables))),
        Section(key="funding", title=tr("Funding"), rows=tuple(_funding(tables, cover))),
    ]
    if tables.mandates:
        rows = _grouped(
            tables.mandates.values(),
            lambda mandate: mandate.holder_id,
            lambda mandate: make.mandate_item(tables, mandate),
            lambda key: Row(
                key=f"mandates:{key}",
                title=short_name(tables, key),
                adds="mandates",
                defaults={"holder_id": key},
            ),
        )
        found.append(Section(key="mandates", title=tr("Mandates"), rows=tuple(rows)))
    if tables.processes:
        items = [make.process_item(tables, one) for one in tables.processes.values()]
        row = Row(key="processes", title=tr("Processes"), adds="processes", items=_in_order(items))
        found.append(Section(key="processes", title=tr("Processes"), rows=(row,)))
    return tuple(found)


def _plan(tables: Tables) -> Iterable[Row]:
    phases = [make.phase_item(phase) for phase in tables.phases.values()]
    yield Row(key="phases", title=tr("Phases"), adds="phases", items=_in_order(phases))
    milestones = [make.milestone_item(one) for one in tables.milestones.values()]
    yield Row(
        key="milestones", title=tr("Milestones"), adds="milestones", items=_in_order(milestones)
    )


def _activities(tables: Tables, cover: dict[str, Cover], grouping: Grouping) -> Iterable[Row]:
    def item(activity: r.Activity) -> Item:
        return make.activity_item(tables, activity, cover[activity.id])

    if grouping == "track":
        rows = _grouped(
            tables.activities.values(), _home_track, item, _track_row, ("T1", "T2", "T3")
        )
        return sorted(rows, key=lambda row: TRACKS.rank(row.track))
    if grouping == "process":
        return _grouped(
            tables.activities.values(),
            lambda activity: activity.process_id,
            item,
            lambda key: Row(
                key=f"activities:process:{key}",
                title=tables.name_of("processes", key) if key else tr("No process"),
                adds="activities",
                defaults={"process_id": key},
            ),
        )
    return _grouped(
        tables.activities.values(),
        lambda activity: activity.lead_id,
        item,
        lambda key: Row(
            key=f"activities:actor:{key}",
            title=short_name(tables, key) if key else tr("No lead"),
            adds="activities",
            defaults={"lead_id": key},
        ),
    )


def _home_track(activity: r.Activity) -> str:
    """The row of an activity on several tracks is that of the highest; it is drawn once."""
    return min(activity.tracks, key=TRACKS.rank, default="unknown")


def _track_row(track: str) -> Row:
    tracks = () if track == "unknown" else (track,)
    return Row(
        key=f"activities:{track}",
        title=TRACKS.label(track),
        track=track,
        adds="activities",
        defaults={"tracks": tracks},
    )


def _postings(tables: Tables) -> Iterable[Row]:
    offices: dict[tuple[str, str], list[r.Posting]] = {}
    for posting in tables.postings.values():
        offices.setdefault((posting.institution_id, posting.office), []).append(posting)
    for (institution_id, office), postings in offices.items():
        postings.sort(key=lambda one: (first_day(one.start), last_day(one.end)))
        found = [make.posting_item(tables, posting) for posting in postings]
        found += _vacancies(postings)
        institution = tables.actors.get(institution_id)
        yield Row(
            key=f"postings:{institution_id}:{office}",
            title=office,
            detail=short_name(tables, institution_id) if institution else "",
            adds="postings",
            defaults={"office": office, "institution_id": institution_id},
            items=_in_order(found),
        )
    if not offices:
        yield Row(
            key="postings:none",
            title=tr("Offices"),
            adds="postings",
            defaults={"office": tr("New office")},
        )


def _vacancies(postings: list[r.Posting]) -> Iterable[Item]:
    """Certain stretches without a holder between one posting and the next of the office."""
    for number, earlier in enumerate(postings[:-1]):
        until = max(last_day(one.end) for one in postings[: number + 1])
        begins = first_day(postings[number + 1].start)
        if until == LAST_DAY or begins == FIRST_DAY:
            continue
        if (begins - until).days - 1 >= MIN_VACANCY_DAYS:
            yield make.vacancy_item(earlier, until.toordinal() + 1, begins.toordinal() - 1)


def _funding(tables: Tables, cover: dict[str, Cover]) -> Iterable[Row]:
    uncovered = [
        item
        for one in cover.values()
        if one.state == "gaps"
        for item in make.uncovered_items(tables, one)
    ]
    without = sum(one.state == "no_line" for one in cover.values())
    if uncovered or without:
        detail = (
            plural("{count} activity without a line", "{count} activities without a line", without)
            if without
            else ""
        )
        yield Row(
            key="uncovered", title=tr("Not covered"), detail=detail, items=_in_order(uncovered)
        )
    yield from _grouped(
        tables.funding.values(),
        lambda line: line.recipient_id,
        lambda line: make.funding_item(tables, line),
        lambda key: Row(
            key=f"funding:{key}",
            title=short_name(tables, key) if key else tr("Recipient not known"),
            adds="funding",
            defaults={"recipient_id": key},
        ),
        () if tables.funding else ("",),
    )


def _grouped(
    records: Iterable[R],
    key_of: Callable[[R], str],
    item_of: Callable[[R], Item],
    row_of: Callable[[str], Row],
    always: Iterable[str] = (),
) -> list[Row]:
    groups: dict[str, list[Item]] = {key: [] for key in always}
    for record in records:
        groups.setdefault(key_of(record), []).append(item_of(record))
    rows = [
        msgspec.structs.replace(row_of(key), items=_in_order(found))
        for key, found in groups.items()
    ]
    return sorted(rows, key=lambda row: _first(row.items))


def _in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: (*item.span.extent(0.0, 1e9), item.key)))


def _first(items: tuple[Item, ...]) -> float:
    return min((item.span.extent(1e9, 1e9)[0] for item in items), default=1e9)


def content_days(found: Iterable[Section]) -> tuple[float, float] | None:
    """First and last (exclusive) day that anything on the timeline names; None when nothing."""
    ends = [
        end
        for section in found
        for row in section.rows
        for item in row.items
        for end in (item.span.start, item.span.end)
        if end.placed
    ]
    if not ends:
        return None
    low, high = min(end.low for end in ends), max(end.high for end in ends)
    return low, max(high, low + 1)
