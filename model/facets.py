"""What filters ask of actors and linkages, in columns: brought up to date record by record.

Each value that can be ticked is a column of marks, one row per record. So ticking and counting
take no walk over the records, however many there are, and an edit changes a row or two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from model.asof import exists
from model.dates import first_day, last_day
from model.records import Actor, Linkage
from model.row_numbers import RowNumbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from numpy.typing import NDArray

    from model.dates import PartialDate
    from model.patch import Patch, RecordChange
    from model.tables import Tables

    Marks = NDArray[np.bool_]
    Days = NDArray[np.int64]

FRESHNESS: Final = ("fresh", "ageing", "stale", "undated")
"""Seen or confirmed within a year before the day, within three years, longer ago, or never."""
FRESH_DAYS: Final = 366
AGEING_DAYS: Final = 3 * 366
_START, _END, _SEEN = range(3)
_NEVER: Final = 0
"""In place of the day of what was never seen or confirmed."""


class Sheet(RowNumbers):
    """The marks of one table."""

    def __init__(self, facets: Iterable[str]) -> None:
        """Start without rows."""
        super().__init__()
        self._values: dict[str, dict[str, int]] = {facet: {} for facet in facets}
        self._marks: dict[str, Marks] = {
            facet: np.zeros((64, 4), dtype=bool) for facet in self._values
        }
        self._days: Days = np.zeros((64, 3), dtype=np.int64)
        self._alive: Marks = np.zeros(64, dtype=bool)

    @property
    def facets(self) -> frozenset[str]:
        """The facets of which it has columns."""
        return frozenset(self._values)

    @property
    def alive(self) -> Marks:
        """The rows that are in use."""
        return self._alive[: len(self.ids)]

    def put(self, record_id: str, values: Mapping[str, Iterable[str]], days: list[int]) -> None:
        """Add or change a row: its values, and when it starts, ends and was last seen."""
        row = self.row_of.get(record_id)
        if row is None:
            row = self.take_row(record_id)
            if row >= len(self._alive):
                self._grow()
            self._alive[row] = True
        self._days[row] = days
        for facet, marked in values.items():
            self.mark(facet, row, marked)

    def remove(self, record_id: str) -> None:
        """Take a row out; nothing happens when there is none."""
        row = self.row_of.pop(record_id, None)
        if row is not None:
            self._alive[row] = False
            self.give_back(row)

    def mark(self, facet: str, row: int, values: Iterable[str]) -> None:
        """Give a row these values of a facet and no others."""
        columns = [self._column(facet, value) for value in values]
        marks = self._marks[facet]
        marks[row] = False
        for column in columns:
            marks[row, column] = True

    def clear(self, facet: str) -> None:
        """Take all marks of a facet away."""
        self._marks[facet][:] = False

    def add_mark(self, facet: str, row: int, value: str) -> None:
        """Give a row one more value of a facet."""
        column = self._column(facet, value)
        self._marks[facet][row, column] = True

    def here(self, day: date) -> Marks:
        """The rows of what is in force on a day."""
        days, number = self._days[: len(self.ids)], day.toordinal()
        found: Marks = self.alive & (days[:, _START] <= number) & (number <= days[:, _END])
        return found

    def date_freshness(self, day: date) -> None:
        """Mark how long before a day each was last seen or confirmed."""
        seen = self._days[:, _SEEN]
        age = day.toordinal() - seen
        dated, fresh, ageing = seen != _NEVER, age <= FRESH_DAYS, age <= AGEING_DAYS
        columns = (dated & fresh, dated & ~fresh & ageing, dated & ~ageing, ~dated)
        for value, marked in zip(FRESHNESS, columns, strict=True):
            at = self._column("freshness", value)
            self._marks["freshness"][:, at] = marked

    def ticked(self, facet: str, values: Iterable[str]) -> Marks:
        """The rows that have any of these values."""
        known = self._values[facet]
        columns = [known[value] for value in values if value in known]
        found: Marks = np.any(self._marks[facet][: len(self.ids), columns], axis=1)
        return found

    def counts(self, facet: str, rows: Marks) -> dict[str, int]:
        """How many of these rows have each value, without those that none has."""
        sums = self._marks[facet][: len(self.ids)][rows].sum(axis=0).tolist()
        return {value: sums[at] for value, at in self._values[facet].items() if sums[at]}

    def of(self, ids: Iterable[str]) -> Marks:
        """The rows of records."""
        found: Marks = np.zeros(len(self.ids), dtype=bool)
        found[[self.row_of[i] for i in ids if i in self.row_of]] = True
        return found

    def names(self, rows: Marks) -> frozenset[str]:
        """The ids of rows."""
        ids = self.ids
        return frozenset(ids[row] for row in np.nonzero(rows)[0].tolist())

    def _column(self, facet: str, value: str) -> int:
        known = self._values[facet]
        found = known.get(value)
        if found is None:
            found = known[value] = len(known)
            marks = self._marks[facet]
            if found >= marks.shape[1]:
                self._marks[facet] = np.concatenate([marks, np.zeros_like(marks)], axis=1)
        return found

    def _grow(self) -> None:
        self._alive = np.concatenate([self._alive, np.zeros_like(self._alive)])
        self._days = np.concatenate([self._days, np.zeros_like(self._days)])
        for facet, marks in self._marks.items():
            self._marks[facet] = np.concatenate([marks, np.zeros_like(marks)])


class Facets:
    """The marks of all actors and linkages on a day."""

    def __init__(self, tables: Tables, as_of: date) -> None:
        """Read all records."""
        self._tables = tables
        self.as_of = as_of
        common = ("tlp", "grade", "freshness", "basis")
        self.actors = Sheet(("kind", "track", "role", "phase", *common))
        self.linkages = Sheet(("linkage", *common))
        self._ends: Days = np.zeros((64, 2), dtype=np.int64)
        for actor in tables.actors.values():
            self._put_actor(actor)
        for linkage in tables.linkages.values():
            self._put_linkage(linkage)
        self._stale = {"role", "phase", "freshness"}

    def follow(self, patch: Patch) -> None:
        """Take over a patch that the tables have already taken."""
        for change in patch.changes:
            if change.table == "actors":
                self._follow_actor(change)
            elif change.table == "linkages" and change.after is None:
                self.linkages.remove(change.id)
        # Rows of actors may have changed hands, so linkages come after all of them.
        for change in patch.changes:
            if isinstance(change.after, Linkage):
                self._put_linkage(change.after)
        if patch.tables & {"actors", "linkages"}:
            self._stale.add("freshness")
        if "roles" in patch.tables:
            self._stale.add("role")
        if "activities" in patch.tables:
            self._stale.add("phase")

    def _follow_actor(self, change: RecordChange) -> None:
        before, after = change.before, change.after
        if not isinstance(after, Actor):
            self.actors.remove(change.id)
            return
        self._put_actor(after)
        if not isinstance(before, Actor):
            self._stale |= {"role", "phase"}
        elif before.conflict_role != after.conflict_role:
            self._stale.add("role")

    def on(self, day: date) -> Facets:
        """The marks as they are on a day."""
        if day != self.as_of:
            self.as_of = day
            self._stale |= {"role", "freshness"}
        if "freshness" in self._stale:
            self.actors.date_freshness(day)
            self.linkages.date_freshness(day)
        if "role" in self._stale:
            self._mark_roles()
        if "phase" in self._stale:
            self._mark_phases()
        self._stale = set()
        return self

    def between(self, actors: Marks) -> Marks:
        """The linkages both ends of which are among these actors."""
        ends = self._ends[: len(self.linkages.ids)]
        # One row more, for ends that are nowhere.
        known = np.append(actors, [False])
        found: Marks = known[ends[:, 0]] & known[ends[:, 1]]
        return found

    def _put_actor(self, actor: Actor) -> None:
        values = {**_common(actor), "kind": (actor.kind,), "track": actor.tracks or ("unknown",)}
        self.actors.put(actor.id, values, _days(actor, actor.seen_on))

    def _put_linkage(self, linkage: Linkage) -> None:
        values = {**_common(linkage), "linkage": (linkage.kind,)}
        seen = linkage.last_confirmed or linkage.seen_on
        self.linkages.put(linkage.id, values, _days(linkage, seen))
        row, rows = self.linkages.row_of[linkage.id], self.actors.row_of
        while row >= len(self._ends):
            self._ends = np.concatenate([self._ends, np.zeros_like(self._ends)])
        self._ends[row] = rows.get(linkage.from_id, -1), rows.get(linkage.to_id, -1)

    def _mark_roles(self) -> None:
        self.actors.clear("role")
        rows = self.actors.row_of
        for actor in self._tables.actors.values():
            if actor.conflict_role != "none":
                self.actors.add_mark("role", rows[actor.id], actor.conflict_role)
        for role in self._tables.roles.values():
            if role.actor_id in rows and role.role != "none" and exists(role, self.as_of):
                self.actors.add_mark("role", rows[role.actor_id], role.role)

    def _mark_phases(self) -> None:
        """Phases by the actors that lead or take part in an activity of the phase."""
        self.actors.clear("phase")
        rows = self.actors.row_of
        for activity in self._tables.activities.values():
            if activity.phase_id:
                for actor in (activity.lead_id, *activity.participant_ids, *activity.party_ids):
                    if actor in rows:
                        self.actors.add_mark("phase", rows[actor], activity.phase_id)


def _common(record: Actor | Linkage) -> dict[str, Iterable[str]]:
    return {"tlp": (record.tlp,), "grade": (record.reliability,), "basis": (record.basis,)}


def _days(record: Actor | Linkage, seen: PartialDate | None) -> list[int]:
    start, end = first_day(record.start).toordinal(), last_day(record.end).toordinal()
    return [start, end, _NEVER if seen is None else last_day(seen).toordinal()]
