"""Showing only what belongs to one track, process or actor: the filter of a timeline.

What belongs to no process in particular (phases and milestones of the whole) stays in sight, so
that every part can be held against it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from model.codes import TRACKS
from model.naming import short_name
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.records import Activity
    from model.tables import Tables
    from model.timeline.rows import Row, Section

NarrowKind = Literal["", "track", "process", "actor"]
Kept = frozenset[tuple[str, str]]


class Narrow(msgspec.Struct, frozen=True):
    """What a timeline is narrowed to; everything where the kind is empty."""

    kind: NarrowKind = ""
    key: str = ""

    def name(self, tables: Tables) -> str:
        """What it is called."""
        if self.kind == "track":
            return TRACKS.label(self.key)
        if self.kind == "process":
            return tables.name_of("processes", self.key)
        return short_name(tables, self.key) if self.kind == "actor" else tr("Everything")


EVERYTHING = Narrow()


def choices(tables: Tables) -> dict[NarrowKind, tuple[Narrow, ...]]:
    """What a timeline can be narrowed to: tracks, processes and actors that stand on it."""
    activities = list(tables.activities.values())
    tracks = {one for activity in activities for one in activity.tracks}
    tracks |= {one for process in tables.processes.values() for one in process.tracks}
    actors = {one for activity in activities for one in _involved(activity)}
    actors |= {one.institution_id for one in tables.postings.values()}
    for line in tables.funding.values():
        actors |= {line.donor_id, line.recipient_id}
    actors |= {one.holder_id for one in tables.mandates.values()}
    named = sorted(
        (one for one in actors if one in tables.actors),
        key=lambda one: (short_name(tables, one).casefold(), one),
    )
    return {
        "track": tuple(Narrow("track", one) for one in sorted(tracks, key=TRACKS.rank)),
        "process": tuple(
            Narrow("process", one.id)
            for one in sorted(tables.processes.values(), key=lambda one: one.name.casefold())
        ),
        "actor": tuple(Narrow("actor", one) for one in named),
    }


def kept(tables: Tables, narrow: Narrow) -> Kept:
    """The records (table, id) that stay."""
    activities = {one.id for one in tables.activities.values() if _is_in(one, narrow)}
    processes = {
        one.id
        for one in tables.processes.values()
        if (narrow.kind == "process" and one.id == narrow.key)
        or (narrow.kind == "track" and narrow.key in one.tracks)
        or (
            narrow.kind == "actor" and narrow.key in {one.lead_id, *one.co_lead_ids, *one.party_ids}
        )
    }
    whole = processes | {""}
    actors = _actors(tables, narrow)
    found: set[tuple[str, str]] = {("activities", one) for one in activities}
    found |= {("processes", one) for one in processes}
    for name in ("phases", "milestones"):
        found |= {
            (name, one.id)
            for one in tables.table(name).values()
            if getattr(one, "process_id", "") in whole
        }
    found |= {
        ("postings", one.id) for one in tables.postings.values() if one.institution_id in actors
    }
    found |= {
        ("funding", one.id)
        for one in tables.funding.values()
        if not activities.isdisjoint(one.activity_ids)
        or (narrow.kind == "actor" and narrow.key in {one.donor_id, one.recipient_id})
    }
    found |= {
        ("mandates", one.id)
        for one in tables.mandates.values()
        if (one.process_id in processes)
        or (narrow.kind != "process" and bool(actors & {one.holder_id, one.issuer_id}))
    }
    return frozenset(found)


def narrowed(tables: Tables, found: Iterable[Section], narrow: Narrow) -> tuple[Section, ...]:
    """The sections with only what belongs there; rows without anything left go."""
    every = tuple(found)
    if not narrow.kind:
        return every
    stay = kept(tables, narrow)
    shown = (
        msgspec.structs.replace(section, rows=tuple(_rows(section, stay))) for section in every
    )
    return tuple(section for section in shown if section.rows)


def _rows(section: Section, stay: Kept) -> Iterable[Row]:
    for row in section.rows:
        items = tuple(one for one in row.items if (one.table, one.record_id) in stay)
        if len(items) == len(row.items) and row.key != "uncovered":
            if items or section.key == "plan":
                yield row
        elif items or section.key == "plan":
            # What the row's header counts is about all activities.
            detail = "" if row.key == "uncovered" else row.detail
            yield msgspec.structs.replace(row, items=items, detail=detail)


def _is_in(activity: Activity, narrow: Narrow) -> bool:
    if narrow.kind == "process":
        return activity.process_id == narrow.key
    if narrow.kind == "track":
        return narrow.key in (activity.tracks or ("unknown",))
    return narrow.key in _involved(activity)


def _involved(activity: Activity) -> tuple[str, ...]:
    return (activity.lead_id, *activity.participant_ids, *activity.party_ids)


def _actors(tables: Tables, narrow: Narrow) -> frozenset[str]:
    """The actors whose postings and mandates stay."""
    if narrow.kind == "actor":
        return frozenset({narrow.key})
    if narrow.kind == "track":
        found = (one.id for one in tables.actors.values() if narrow.key in one.tracks)
        return frozenset(found)
    process = tables.processes.get(narrow.key)
    if process is None:
        return frozenset()
    with_roles = (one.actor_id for one in tables.roles.values() if one.process_id == narrow.key)
    return frozenset({process.lead_id, *process.co_lead_ids, *process.party_ids, *with_roles}) - {
        ""
    }
