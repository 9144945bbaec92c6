"""Making a merged content whole: nothing may point at what one of the copies removed.

A removal loses to a reference just as it loses to a change: what is still pointed at comes back,
together with what was removed only because it hung on it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from model.fields import REFERENCE_FIELDS
from model.merge.values import in_order
from model.patch import RecordChange
from model.records import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from model.fields import FieldSpec
    from model.records import Record

    Content = Mapping[str, Mapping[str, Record]]
    Key = tuple[str, str]

FOLLOWERS = frozenset({"conflicts", "placements"})
"""Tables whose records go with what they are about and never bring it back."""


class Reference(NamedTuple):
    """A reference field of a record, and whether the record cannot be without it."""

    table: str
    id: str
    spec: FieldSpec
    binding: bool


class Overlay:
    """Our tables with the merged records laid over them."""

    def __init__(self, ours: Content, theirs: Content) -> None:
        """Begin with our records."""
        self.ours = ours
        self.theirs = theirs
        self._over: dict[Key, Record | None] = {}

    def get(self, table: str, record_id: str) -> Record | None:
        """A record as it will be after the merge."""
        if (table, record_id) in self._over:
            return self._over[table, record_id]
        return self.ours.get(table, {}).get(record_id)

    def put(self, table: str, record: Record) -> None:
        """Let a record be so after the merge."""
        self._over[table, record.id] = record

    def remove(self, table: str, record_id: str) -> None:
        """Let there be no such record after the merge."""
        self._over[table, record_id] = None

    def survivor(self, key: Key) -> tuple[Record | None, Content, Content]:
        """Of a record that one copy removed: the other's version, that copy, the removing one."""
        table, record_id = key
        mine = self.ours.get(table, {}).get(record_id)
        if mine is not None:
            return mine, self.ours, self.theirs
        return self.theirs.get(table, {}).get(record_id), self.theirs, self.ours

    def removed(self) -> set[Key]:
        """Records of either copy that will not be there."""
        return {key for key, record in self._over.items() if record is None}

    def records(self) -> Iterator[tuple[str, Record]]:
        """All records as they will be, our own first."""
        for table in TABLES:
            mine = self.ours.get(table, {})
            for record_id in mine:
                record = self.get(table, record_id)
                if record is not None:
                    yield table, record
        for (table, record_id), record in tuple(self._over.items()):
            if record is not None and record_id not in self.ours.get(table, {}):
                yield table, record

    def changes(self) -> Iterator[RecordChange]:
        """What is to be done to our tables, table by table."""
        places = {table: number for number, table in enumerate(TABLES)}
        for table, record_id in sorted(self._over, key=lambda key: places[key[0]]):
            before = self.ours.get(table, {}).get(record_id)
            after = self._over[table, record_id]
            if before != after:
                yield RecordChange(table, record_id, before, after)


def references(table: str, record: Record) -> Iterator[tuple[FieldSpec, Key]]:
    """Everything that a record points at."""
    for spec in REFERENCE_FIELDS[table]:
        value = getattr(record, spec.name)
        target = spec.target_in(record)
        for wanted in value if isinstance(value, tuple) else (value,):
            if wanted:
                yield spec, (target, wanted)


def repair(merged: Overlay, lost: list[Key]) -> tuple[list[Key], list[Key]]:
    """Bring back what the merged records need, until nothing is missing.

    Args:
        merged: the merged records; completed in place.
        lost: records that stay although one copy removed them.

    Returns:
        Records that came back because something points at them, and those that came back with
        one that had been removed.
    """
    return _Repair(merged).run(lost)


class _Repair:
    def __init__(self, merged: Overlay) -> None:
        self._merged = merged
        self._pointing: dict[int, dict[Key, list[Reference]]] = {}
        self._needed: list[Key] = []
        self._kept: list[Key] = []

    def run(self, lost: list[Key]) -> tuple[list[Key], list[Key]]:
        pending = list(lost)
        while True:
            while pending:
                pending += self._bring_dependents(pending.pop())
            missing = self._missing()
            if not missing:
                break
            for key in missing:
                self._bring_back(key)
            self._needed += missing
            pending = missing
        self._settle_followers()
        return self._needed, self._kept

    def _bring_back(self, key: Key) -> None:
        record = self._merged.survivor(key)[0]
        if record is not None:
            self._merged.put(key[0], record)

    def _missing(self) -> list[Key]:
        """Removed records that something still points at, in a stable order."""
        removed = self._merged.removed()
        if not removed:
            return []
        found: set[Key] = set()
        for table, record in tuple(self._merged.records()):
            wanted = {key for _, key in references(table, record)} & removed
            if wanted and table in FOLLOWERS:
                self._merged.remove(table, record.id)
            else:
                found |= wanted
        return sorted(found)

    def _bring_dependents(self, key: Key) -> list[Key]:
        """Bring back what the removal of a record took along; return what has come back."""
        _, kept_in, removed_in = self._merged.survivor(key)
        came = []
        for reference in self._references_to(key, kept_in):
            table, record_id = reference.table, reference.id
            now = self._merged.get(table, record_id)
            if now is None:
                if reference.binding and record_id not in removed_in.get(table, {}):
                    self._bring_back((table, record_id))
                    self._kept.append((table, record_id))
                    came.append((table, record_id))
            elif not reference.binding:
                self._point_again(reference, now, key[1], kept_in)
        return came

    def _point_again(
        self, reference: Reference, now: Record, target_id: str, kept_in: Content
    ) -> None:
        """Undo the emptying of a reference that went with a removal."""
        name = reference.spec.name
        value = getattr(now, name)
        before = getattr(kept_in[reference.table][reference.id], name)
        if isinstance(value, tuple):
            if target_id in value:
                return
            again: object = in_order((*value, target_id), before)
        elif value == "":
            again = target_id
        else:
            return
        self._merged.put(reference.table, msgspec.structs.replace(now, **{name: again}))

    def _references_to(self, key: Key, content: Content) -> list[Reference]:
        if id(content) not in self._pointing:
            index: dict[Key, list[Reference]] = defaultdict(list)
            for table, records in content.items():
                for record in records.values():
                    for spec, target in references(table, record):
                        binding = spec.required or spec.target == "*"
                        index[target].append(Reference(table, record.id, spec, binding))
            self._pointing[id(content)] = index
        return self._pointing[id(content)].get(key, [])

    def _settle_followers(self) -> None:
        """A place on the map goes with its card, and comes back with it."""
        ours, theirs = self._merged.ours, self._merged.theirs
        places = dict.fromkeys((*ours.get("placements", {}), *theirs.get("placements", {})))
        if not places:
            return
        owners = {record.id for table, record in self._merged.records() if table != "placements"}
        had_owners = _owners(ours) | _owners(theirs)
        for record_id in places:
            if record_id in owners:
                self._bring_place(record_id)
            elif record_id in had_owners:
                self._merged.remove("placements", record_id)

    def _bring_place(self, record_id: str) -> None:
        key = ("placements", record_id)
        if self._merged.get(*key) is None:
            _, _, removed_in = self._merged.survivor(key)
            if record_id not in _owners(removed_in):
                self._bring_back(key)


def _owners(content: Content) -> set[str]:
    """Ids of everything that could have a place on the map."""
    return {
        record_id
        for table, records in content.items()
        if table != "placements"
        for record_id in records
    }
