"""Filters: from the tables, a day and what was ticked to the actors and linkages that remain.

A filter never changes anything; it says what to look at. Ticked values of one kind widen it (State
or Business), different kinds narrow it (Track II and Business). Kinds of which nothing is ticked
let everything through.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

import msgspec

from model.asof import exists
from model.codes import (
    ACTOR_KINDS,
    BASES,
    CONFLICT_ROLES,
    LINKAGE_KINDS,
    SOURCE_RELIABILITIES,
    THIRD_PARTY_ROLES,
    TLP_LABELS,
    TRACKS,
)
from model.dates import last_day
from model.search import fold
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from model.dates import PartialDate
    from model.records import Actor, Linkage
    from model.search import SearchIndex
    from model.tables import Tables

ACTOR_FACETS: Final = ("kind", "track", "role", "phase")
LINK_FACETS: Final = ("linkage",)
COMMON_FACETS: Final = ("tlp", "grade", "freshness", "basis")
FACETS: Final = (*ACTOR_FACETS, *LINK_FACETS, *COMMON_FACETS)
"""What can be ticked, in the order in which it is offered."""
THESE: Final = "these"
"""The facet that lets through what was picked by hand; its values are ids of actors."""
FRESHNESS: Final = ("fresh", "ageing", "stale", "undated")
"""Seen or confirmed within a year before the day, within three years, longer ago, or never."""
_TEXT: Final = "text"
_FRESH_DAYS: Final = 366
_AGEING_DAYS: Final = 3 * 366


class FilterSpec(msgspec.Struct, frozen=True):
    """What was ticked and typed.

    Attributes:
        chosen: facet to the values of it that are let through.
        text: words that must occur in the record.
    """

    chosen: dict[str, frozenset[str]] = msgspec.field(default_factory=dict)
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything is let through."""
        return not self.text.strip() and not any(self.chosen.values())

    def ticked(self, facet: str) -> frozenset[str]:
        """The chosen values of a facet; empty for all."""
        return self.chosen.get(facet, frozenset())

    def with_tick(self, facet: str, value: str, *, is_on: bool) -> FilterSpec:
        """The filter with a value ticked or not."""
        values = self.ticked(facet) | {value} if is_on else self.ticked(facet) - {value}
        chosen = {key: ticked for key, ticked in self.chosen.items() if key != facet}
        if values:
            chosen[facet] = values
        return msgspec.structs.replace(self, chosen=chosen)

    def with_text(self, text: str) -> FilterSpec:
        """The filter with other words."""
        return msgspec.structs.replace(self, text=text)


class Counts(msgspec.Struct, frozen=True):
    """How much of the map a filter shows on the day."""

    actors: int
    all_actors: int
    linkages: int
    all_linkages: int


class Filtering:
    """A filter applied to the tables on a day."""

    def __init__(
        self, tables: Tables, as_of: date, spec: FilterSpec, index: SearchIndex | None = None
    ) -> None:
        """Look at these tables; the index is needed where words were typed."""
        self._tables = tables
        self._as_of = as_of
        self._spec = spec
        self._index = index

    @cached_property
    def actor_ids(self) -> frozenset[str]:
        """Actors that are let through, whether they exist on the day or not."""
        return frozenset(i for i, values in self._actor_values.items() if self._passes(values))

    @cached_property
    def linkage_ids(self) -> frozenset[str]:
        """Linkages that are let through between actors that are."""
        kept = self.actor_ids
        return frozenset(
            link.id
            for link in self._tables.linkages.values()
            if link.from_id in kept
            and link.to_id in kept
            and self._passes(self._linkage_values[link.id])
        )

    @cached_property
    def visible(self) -> frozenset[str] | None:
        """Ids of all that is let through; None where nothing is filtered."""
        return None if self._spec.is_empty else self.actor_ids | self.linkage_ids

    def counts(self) -> Counts:
        """How much of what exists on the day is shown."""
        here = self._actors_here
        links = {
            i
            for i in self._linkages_here
            if self._tables.linkages[i].from_id in here and self._tables.linkages[i].to_id in here
        }
        return Counts(
            len(here & self.actor_ids), len(here), len(links & self.linkage_ids), len(links)
        )

    def facet_counts(self, facet: str) -> dict[str, int]:
        """How many records of the day each value would let through, all else as it is ticked."""
        if facet in LINK_FACETS:
            source, here = self._linkage_values, self._linkages_here
        else:
            source, here = self._actor_values, self._actors_here
        narrows = bool(self._spec.chosen) or self._worded is not None
        shown = (source[i] for i in here)
        if narrows:
            shown = (values for values in shown if self._passes(values, besides=facet))
        return dict(Counter(chain.from_iterable(values[facet] for values in shown)))

    @cached_property
    def _actors_here(self) -> frozenset[str]:
        """Actors that exist on the day."""
        return frozenset(i for i, one in self._tables.actors.items() if exists(one, self._as_of))

    @cached_property
    def _linkages_here(self) -> frozenset[str]:
        """Linkages that exist on the day, whether their ends do or not."""
        return frozenset(i for i, one in self._tables.linkages.items() if exists(one, self._as_of))

    def _passes(self, values: Mapping[str, frozenset[str]], besides: str = "") -> bool:
        return (not self._spec.chosen or self._ticks(values, besides)) and (
            _TEXT not in values or bool(values[_TEXT])
        )

    def _ticks(self, values: Mapping[str, frozenset[str]], besides: str) -> bool:
        return all(
            not ticked or facet == besides or facet not in values or ticked & values[facet]
            for facet, ticked in self._spec.chosen.items()
        )

    @cached_property
    def _actor_values(self) -> dict[str, dict[str, frozenset[str]]]:
        roles, phases = self._roles(), self._phases()
        worded = self._worded
        found = {}
        for i, actor in self._tables.actors.items():
            values = self._common(actor, seen=actor.seen_on)
            values["kind"] = _only(actor.kind)
            values["track"] = frozenset(actor.tracks or ("unknown",))
            values["role"] = frozenset(roles.get(i, ())) | {actor.conflict_role} - {"none"}
            values["phase"] = frozenset(phases.get(i, ()))
            values[THESE] = frozenset({i})
            if worded is not None:
                values[_TEXT] = frozenset({i} & worded)
            found[i] = values
        return found

    @cached_property
    def _linkage_values(self) -> dict[str, dict[str, frozenset[str]]]:
        found = {}
        for i, link in self._tables.linkages.items():
            values = self._common(link, seen=link.last_confirmed or link.seen_on)
            values["linkage"] = _only(link.kind)
            found[i] = values
        return found

    def _common(
        self, record: Actor | Linkage, seen: PartialDate | None
    ) -> dict[str, frozenset[str]]:
        return {
            "tlp": _only(record.tlp),
            "grade": _only(record.reliability),
            "freshness": _only(freshness(seen, self._as_of)),
            "basis": _only(record.basis),
        }

    def _roles(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for role in self._tables.roles.values():
            if exists(role, self._as_of) and role.role != "none":
                found.setdefault(role.actor_id, set()).add(role.role)
        return found

    def _phases(self) -> dict[str, set[str]]:
        """Phases by the actors that lead or take part in an activity of the phase."""
        found: dict[str, set[str]] = {}
        for activity in self._tables.activities.values():
            if activity.phase_id:
                for actor in (activity.lead_id, *activity.participant_ids, *activity.party_ids):
                    found.setdefault(actor, set()).add(activity.phase_id)
        return found

    @cached_property
    def _worded(self) -> frozenset[str] | None:
        """Actors whose own text, or that of a linkage of theirs, holds the words."""
        words = fold(self._spec.text).split()
        if not words or self._index is None:
            return None
        holds = self._index.holds
        found = {i for i in self._tables.actors if holds("actors", i, words)}
        for link in self._tables.linkages.values():
            if holds("linkages", link.id, words):
                found |= {link.from_id, link.to_id}
        return frozenset(found)


@lru_cache(maxsize=256)
def _only(code: str) -> frozenset[str]:
    """The code as a set; tens of thousands of records share a few."""
    return frozenset({code})


def freshness(seen: PartialDate | None, as_of: date) -> str:
    """How long before the day something was last seen or confirmed, as a code of `FRESHNESS`."""
    if seen is None:
        return "undated"
    age = (as_of - last_day(seen)).days
    if age <= _FRESH_DAYS:
        return "fresh"
    return "ageing" if age <= _AGEING_DAYS else "stale"


def facet_title(facet: str) -> str:
    """What a facet is called."""
    return {
        "kind": tr("Kind of actor"),
        "track": tr("Track"),
        "role": tr("Role"),
        "phase": tr("Takes part in phase"),
        "linkage": tr("Kind of linkage"),
        "tlp": tr("TLP label"),
        "grade": tr("Source reliability"),
        "freshness": tr("Last seen or confirmed"),
        "basis": tr("Basis"),
    }[facet]


def value_title(tables: Tables, facet: str, value: str) -> str:
    """What a value of a facet is called."""
    if facet == "phase":
        return tables.name_of("phases", value)
    if facet == "freshness":
        return {
            "fresh": tr("Within a year"),
            "ageing": tr("One to three years ago"),
            "stale": tr("Longer ago"),
            "undated": tr("No date"),
        }.get(value, value)
    if facet == "role":
        codes = CONFLICT_ROLES if value in CONFLICT_ROLES else THIRD_PARTY_ROLES
        return codes.label(value)
    return _LISTS[facet].label(value)


def offered(tables: Tables, facet: str, found: Iterable[str]) -> list[str]:
    """The values to offer, in their natural order: those found, and those that are ticked."""
    wanted = set(found)
    if facet == "phase":
        return [i for i in tables.phases if i in wanted]
    if facet == "role":
        codes = (*CONFLICT_ROLES.codes, *THIRD_PARTY_ROLES.codes)
    elif facet == "freshness":
        codes = FRESHNESS
    else:
        codes = _LISTS[facet].codes
    return [code for code in dict.fromkeys(codes) if code in wanted]


_LISTS: Final = {
    "kind": ACTOR_KINDS,
    "track": TRACKS,
    "linkage": LINKAGE_KINDS,
    "tlp": TLP_LABELS,
    "grade": SOURCE_RELIABILITIES,
    "basis": BASES,
}
