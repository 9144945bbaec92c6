"""Saved views on paper: which part of the map a view shows, computed on the copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.analysis.facts import Facts
from model.analysis.paths import around, channels_to, network, ways_between
from model.analysis.rules import DEFAULT_THRESHOLDS
from model.document import Snapshot
from model.filtering import Filtering
from model.records import TABLES
from model.view_state import state_of

if TYPE_CHECKING:
    from datetime import date

    from model.records import Group, Record, View
    from model.tables import Tables
    from model.view_state import ViewState

_TIES = {
    "linkages": ("from_id", "to_id"),
    "roles": ("actor_id",),
    "placements": ("id",),
}
"""Tables of the map whose records need their actors."""


def views_in_order(tables: Tables) -> list[View]:
    """Saved views as they are stepped through."""
    return sorted(tables.views.values(), key=lambda view: (view.order, view.title, view.id))


def part_of(tables: Tables, view: View, day: date) -> tuple[Snapshot, date]:
    """The tables with only what a view shows, and the day that it shows."""
    state = state_of(view)
    day = state.as_of or day
    shown = _shown(tables, state, day)
    if shown is None:
        return Snapshot({name: dict(tables.table(name)) for name in TABLES}, 0), day
    return Snapshot(_only(tables, shown), 0), day


def _shown(tables: Tables, state: ViewState, day: date) -> frozenset[str] | None:
    """Ids of the actors and linkages that are in sight; None where all are."""
    visible = Filtering(tables, day, state.spec).visible
    if state.focus and state.about:
        visible = _focused(tables, state, day, visible)
    if state.frame:
        frame = frozenset(state.frame)
        links = frozenset(
            one.id for one in tables.linkages.values() if {one.from_id, one.to_id} <= frame
        )
        visible = frame | links if visible is None else visible & (frame | links)
    return visible


def _focused(
    tables: Tables, state: ViewState, day: date, visible: frozenset[str] | None
) -> frozenset[str]:
    facts = Facts(tables, day, DEFAULT_THRESHOLDS)
    about = [one for one in state.about if one in facts.actors]
    if state.focus == "channels":
        return channels_to(facts, about[0], visible).ids if about else frozenset()
    graph = network(facts, visible)
    if state.focus == "between":
        return ways_between(graph, *about[:2]).ids if len(about) > 1 else frozenset(about)
    if state.focus == "these":
        inner = {one.id for one in facts.links if {one.from_id, one.to_id} <= set(about)}
        return frozenset(about) | inner
    part = around(graph, about, state.steps)
    return part.ids | frozenset(about)


def _only(tables: Tables, shown: frozenset[str]) -> dict[str, dict[str, Record]]:
    content: dict[str, dict[str, Record]] = {name: dict(tables.table(name)) for name in TABLES}
    content["actors"] = {i: one for i, one in content["actors"].items() if i in shown}
    actors = content["actors"].keys()
    content["linkages"] = {i: one for i, one in content["linkages"].items() if i in shown}
    for table, fields in _TIES.items():
        content[table] = {
            i: one
            for i, one in content[table].items()
            if all(getattr(one, field) in actors for field in fields)
        }
    content["groups"] = {i: _trimmed(one, set(actors)) for i, one in tables.groups.items()}
    content["notes"] = {
        i: one
        for i, one in tables.notes.items()
        if one.target_table not in {"actors", "linkages"} or one.target_id in shown
    }
    return content


def _trimmed(group: Group, actors: set[str]) -> Group:
    members = tuple(one for one in group.member_ids if one in actors)
    return msgspec.structs.replace(group, member_ids=members)
