"""Rows of the timeline: phases and milestones, activities, postings, funding, mandates, processes.

Rows say what a new thing in them would be (`adds`, `defaults`), so that a double click on an
empty spot makes an activity of that track or a posting to that office.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec

from model.codes import TRACKS
from model.dates import FIRST_DAY, LAST_DAY, first_day, last_day
from model.naming import short_name
from model.timeline import items as make
from model.timeline.cover import Cover, cover, lines_by_activity
from model.timeline.items import Item
from model.timeline.store import ItemStore
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


def sections(
    tables: Tables, grouping: Grouping = "track", store: ItemStore | None = None
) -> tuple[Section, ...]:
    """All sections; only those that teach where to begin are there when empty.

    Args:
        tables: the records.
        grouping: what activities are grouped by.
        store: items of an earlier build, reused where their records are still the same.
    """
    kept = ItemStore() if store is None else store
    covered = _covered(tables, kept)
    found = [
        Section(key="plan", title=tr("Phases and milestones"), rows=tuple(_plan(tables, kept))),
        Section(
            key="activities",
            title=tr("Activities"),
            rows=tuple(_activities(tables, covered, grouping)),
        ),
        Section(key="postings", title=tr("Postings"), rows=tuple(_postings(tables, kept))),
        Section(key="funding", title=tr("Funding"), rows=tuple(_funding(tables, covered, kept))),
    ]
    if tables.mandates:
        rows = tuple(_mandates(tables, kept))
        found.append(Section(key="mandates", title=tr("Mandates"), rows=rows))
    if tables.processes:
        items = [
            kept.get(
                "processes",
                one.id,
                (one, tables.actors.get(one.lead_id)),
                partial(make.process_item, tables, one),
            )
            for one in tables.processes.values()
        ]
        row = Row(key="processes", title=tr("Processes"), adds="processes", items=_in_order(items))
        found.append(Section(key="processes", title=tr("Processes"), rows=(row,)))
    return tuple(found)


class Covered(msgspec.Struct, frozen=True):
    """An activity's item, its cover, and the items of its unfunded stretches."""

    item: Item
    cover: Cover
    uncovered: tuple[Item, ...]


def _covered(tables: Tables, kept: ItemStore) -> dict[str, Covered]:
    lines = lines_by_activity(tables)
    actors = tables.actors

    def made(activity: r.Activity, own: tuple[r.FundingLine, ...]) -> Covered:
        found = cover(activity, own)
        uncovered = tuple(make.uncovered_items(tables, found)) if found.gaps else ()
        return Covered(make.activity_item(tables, activity, found), found, uncovered)

    found = {}
    for activity_id, activity in tables.activities.items():
        own = tuple(lines.get(activity_id, ()))
        sources = (activity, actors.get(activity.lead_id), *own)
        found[activity_id] = kept.get(
            "activities", activity_id, sources, partial(made, activity, own)
        )
    return found


def _plan(tables: Tables, kept: ItemStore) -> Iterable[Row]:
    phases = [
        kept.get("phases", one.id, (one,), partial(make.phase_item, one))
        for one in tables.phases.values()
    ]
    yield Row(key="phases", title=tr("Phases"), adds="phases", items=_in_order(phases))
    milestones = [
        kept.get("milestones", one.id, (one,), partial(make.milestone_item, one))
        for one in tables.milestones.values()
    ]
    yield Row(
        key="milestones", title=tr("Milestones"), adds="milestones", items=_in_order(milestones)
    )


def _mandates(tables: Tables, kept: ItemStore) -> list[Row]:
    return _grouped(
        tables.mandates.values(),
        lambda mandate: mandate.holder_id,
        lambda mandate: kept.get(
            "mandates",
            mandate.id,
            (mandate, tables.actors.get(mandate.holder_id)),
            partial(make.mandate_item, tables, mandate),
        ),
        lambda key: Row(
            key=f"mandates:{key}",
            title=short_name(tables, key),
            adds="mandates",
            defaults={"holder_id": key},
        ),
    )


def _activities(tables: Tables, covered: dict[str, Covered], grouping: Grouping) -> Iterable[Row]:
    def item(activity: r.Activity) -> Item:
        return covered[activity.id].item

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


def _postings(tables: Tables, kept: ItemStore) -> Iterable[Row]:
    offices: dict[tuple[str, str], list[r.Posting]] = {}
    for posting in tables.postings.values():
        offices.setdefault((posting.institution_id, posting.office), []).append(posting)
    for (institution_id, office), postings in offices.items():
        postings.sort(key=lambda one: (first_day(one.start), last_day(one.end)))
        institution = tables.actors.get(institution_id)
        found = [
            kept.get(
                "postings", one.id, (one, institution), partial(make.posting_item, tables, one)
            )
            for one in postings
        ]
        found += _vacancies(postings)
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


def _funding(tables: Tables, covered: dict[str, Covered], kept: ItemStore) -> Iterable[Row]:
    uncovered = [item for one in covered.values() for item in one.uncovered]
    without = sum(one.cover.state == "no_line" for one in covered.values())
    if uncovered or without:
        detail = (
            plural("{count} activity without a line", "{count} activities without a line", without)
            if without
            else ""
        )
        yield Row(
            key="uncovered", title=tr("Not covered"), detail=detail, items=_in_order(uncovered)
        )

    def item(line: r.FundingLine) -> Item:
        named = (tables.activities.get(one) for one in line.activity_ids)
        sources = (line, tables.actors.get(line.donor_id), *named)
        return kept.get("funding", line.id, sources, partial(make.funding_item, tables, line))

    yield from _grouped(
        tables.funding.values(),
        lambda line: line.recipient_id,
        item,
        lambda key: Row(
            key=f"funding:{key}",
            title=short_name(tables, key) if key else tr("Recipient not known"),
            detail=_long_name(tables, key),
            adds="funding",
            defaults={"recipient_id": key},
        ),
        () if tables.funding else ("",),
    )


def _long_name(tables: Tables, actor_id: str) -> str:
    """The whole name of an actor that is called by a shorter one; else empty."""
    actor = tables.actors.get(actor_id)
    return actor.name if actor is not None and actor.short_name else ""


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
    return tuple(sorted(items, key=_order))


def _order(item: Item) -> tuple[float, float, str]:
    return item.order


def _first(items: tuple[Item, ...]) -> float:
    return min((item.days[0] for item in items if item.days is not None), default=1e9)


def content_days(found: Iterable[Section]) -> tuple[float, float] | None:
    """First and last (exclusive) day that anything on the timeline names; None when nothing."""
    days = [
        item.days
        for section in found
        for row in section.rows
        for item in row.items
        if item.days is not None
    ]
    if not days:
        return None
    low, high = min(first for first, _ in days), max(last for _, last in days)
    return low, max(high, low + 1)
