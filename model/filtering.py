"""Filters: from the tables, a day and what was ticked to the actors and linkages that remain.

A filter never changes anything; it says what to look at. Ticked values of one kind widen it (State
or Business), different kinds narrow it (Track II and Business). Kinds of which nothing is ticked
let everything through.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec

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
from model.facets import AGEING_DAYS, FRESH_DAYS, FRESHNESS, Facets
from model.search import fold
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from model.dates import PartialDate
    from model.facets import Marks, Sheet
    from model.search import SearchIndex
    from model.tables import Tables

ACTOR_FACETS: Final = ("kind", "track", "role", "phase")
LINK_FACETS: Final = ("linkage",)
COMMON_FACETS: Final = ("tlp", "grade", "freshness", "basis")
FACETS: Final = (*ACTOR_FACETS, *LINK_FACETS, *COMMON_FACETS)
"""What can be ticked, in the order in which it is offered."""
THESE: Final = "these"
"""The facet that lets through what was picked by hand; its values are ids of actors."""


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
        self,
        tables: Tables,
        as_of: date,
        spec: FilterSpec,
        index: SearchIndex | None = None,
        facets: Facets | None = None,
    ) -> None:
        """Look at these tables.

        Args:
            tables: the records.
            as_of: the day.
            spec: what was ticked and typed.
            index: the words of the records, needed where words were typed.
            facets: what is kept about the tables, where something follows them.
        """
        self._tables = tables
        self._spec = spec
        self._index = index
        self._facets = (facets or Facets(tables, as_of)).on(as_of)
        self._actors_here = self._facets.actors.here(as_of)
        self._linkages_here = self._facets.linkages.here(as_of)

    @cached_property
    def actor_ids(self) -> frozenset[str]:
        """Actors that are let through, whether they exist on the day or not."""
        return self._facets.actors.names(self._actors)

    @cached_property
    def linkage_ids(self) -> frozenset[str]:
        """Linkages that are let through between actors that are."""
        return self._facets.linkages.names(self._linkages)

    @cached_property
    def visible(self) -> frozenset[str] | None:
        """Ids of all that is let through; None where nothing is filtered."""
        return None if self._spec.is_empty else self.actor_ids | self.linkage_ids

    @cached_property
    def _actors(self) -> Marks:
        return self._passing(self._facets.actors)

    @cached_property
    def _linkages(self) -> Marks:
        return self._passing(self._facets.linkages) & self._facets.between(self._actors)

    def counts(self) -> Counts:
        """How much of what exists on the day is shown."""
        here = self._actors_here
        links = self._linkages_here & self._facets.between(here)
        shown, shown_links = here & self._actors, links & self._linkages
        return Counts(*(int(rows.sum()) for rows in (shown, here, shown_links, links)))

    def facet_counts(self, facet: str) -> dict[str, int]:
        """How many records of the day each value would let through, all else as it is ticked."""
        if facet in LINK_FACETS:
            sheet, here = self._facets.linkages, self._linkages_here
        else:
            sheet, here = self._facets.actors, self._actors_here
        return sheet.counts(facet, here & self._passing(sheet, besides=facet))

    def _passing(self, sheet: Sheet, besides: str = "") -> Marks:
        """The rows that have a ticked value of every facet of theirs, and the words."""
        rows = sheet.alive
        is_of_actors = sheet is self._facets.actors
        for facet, ticked in self._spec.chosen.items():
            if not ticked or facet == besides:
                continue
            if facet in sheet.facets:
                rows = rows & sheet.ticked(facet, ticked)
            elif facet == THESE and is_of_actors:
                rows = rows & sheet.of(ticked)
        worded = self._worded
        return rows & sheet.of(worded) if is_of_actors and worded is not None else rows

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


def freshness(seen: PartialDate | None, as_of: date) -> str:
    """How long before the day something was last seen or confirmed, as a code of `FRESHNESS`."""
    if seen is None:
        return "undated"
    age = (as_of - last_day(seen)).days
    if age <= FRESH_DAYS:
        return "fresh"
    return "ageing" if age <= AGEING_DAYS else "stale"


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
