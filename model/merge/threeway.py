"""The plan of a merge: what the other copy brings, and what only a person can decide.

Pure: base, ours and theirs in, a plan out. Records come together by id and field; a removal
loses to a change and is flagged; whatever the plan leads to satisfies `model.integrity`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from model.integrity import check_record
from model.merge.conflicts import Conflict
from model.merge.duplicates import PossibleDuplicate, possible_duplicates
from model.merge.repair import FOLLOWERS, Overlay, repair
from model.merge.values import UNSURE, defaults, field_names, merge_fields
from model.records import TABLES, Record
from model.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.merge.conflicts import ConflictKey
    from model.patch import RecordChange

    Content = Mapping[str, Mapping[str, Record]]
    Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Base:
    """The state that two copies have in common.

    Attributes:
        content: its tables; None where it is not known, so that every difference is asked.
        unsure: fields (or whole records, with an empty field) about which several common states
            disagree: any difference there is asked.
    """

    content: Content | None
    unsure: frozenset[ConflictKey] = frozenset()


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging would do to our copy.

    Attributes:
        has_base: whether a common state was found; else every difference is asked.
        changes: to our records, with our value wherever there is a conflict.
        conflicts: what is left to decide, in the order of tables and records.
        kept: records that stay only because a removal lost to a change they belong to.
        duplicates: new records of both sides that look like the same thing.
        theirs: tables of the other copy.
        shared_for: audience of a shared copy that comes back; "" for any other copy.
    """

    has_base: bool
    changes: tuple[RecordChange, ...]
    conflicts: tuple[Conflict, ...]
    kept: tuple[Key, ...] = ()
    duplicates: tuple[PossibleDuplicate, ...] = ()
    theirs: Content = field(default_factory=dict, repr=False)
    shared_for: str = ""

    @property
    def added(self) -> tuple[RecordChange, ...]:
        """Records that the other copy brings."""
        return tuple(one for one in self.changes if one.before is None)

    @property
    def removed(self) -> tuple[RecordChange, ...]:
        """Records that were removed in the other copy."""
        return tuple(one for one in self.changes if one.after is None)

    @property
    def changed(self) -> tuple[RecordChange, ...]:
        """Records that get other values."""
        return tuple(one for one in self.changes if one.before and one.after)

    @property
    def to_decide(self) -> tuple[Conflict, ...]:
        """The conflicts about content; those about looks have an answer if none is given."""
        return tuple(one for one in self.conflicts if not one.is_arrangement)

    @property
    def is_empty(self) -> bool:
        """Whether the other copy brings nothing at all."""
        return not self.changes and not self.conflicts

    def applied_to(self, ours: Content) -> dict[str, dict[str, Record]]:
        """Our tables after the plan, as long as nothing was decided."""
        content = {table: dict(ours.get(table, {})) for table in TABLES}
        for change in self.changes:
            if change.after is None:
                del content[change.table][change.id]
            else:
                content[change.table][change.id] = change.after
        return content


def merge(base: Base | Content, ours: Content, theirs: Content) -> MergePlan:
    """Plan to merge another copy into ours.

    Args:
        base: the state that both started from.
        ours, theirs: the tables of both copies; each satisfies `model.integrity`.
    """
    known = base if isinstance(base, Base) else Base(base)
    return _Merger(known, ours, theirs).plan()


class _Merger:
    def __init__(self, base: Base, ours: Content, theirs: Content) -> None:
        self._base = base
        self._ours = ours
        self._theirs = theirs
        self._merged = Overlay(ours, theirs)
        self._conflicts: dict[ConflictKey, Conflict] = {}
        self._lost: list[Key] = []

    def plan(self) -> MergePlan:
        for table in TABLES:
            mine, others = self._ours.get(table, {}), self._theirs.get(table, {})
            for record_id in dict.fromkeys((*mine, *others)):
                one, other = mine.get(record_id), others.get(record_id)
                if one is not other and one != other:
                    self._merge_record(table, record_id, one, other)
        needed, kept = repair(self._merged, self._lost)
        for table, record_id in needed:
            self._flag_record("needed", table, record_id)
        places = {table: number for number, table in enumerate(TABLES)}
        return MergePlan(
            has_base=self._base.content is not None,
            changes=tuple(self._merged.changes()),
            conflicts=tuple(
                sorted(self._conflicts.values(), key=lambda one: (places[one.table], one.id))
            ),
            kept=tuple(kept),
            duplicates=tuple(
                possible_duplicates(self._base.content or {}, self._ours, self._theirs)
            ),
            theirs=self._theirs,
        )

    def _merge_record(
        self, table: str, record_id: str, ours: Record | None, theirs: Record | None
    ) -> None:
        if ours is None or theirs is None:
            self._merge_presence(table, record_id, ours or theirs)
            return
        unsure = self._is_unsure(table, record_id)
        common = None if unsure else self._common(table, record_id)
        doubts = {one for one in self._base.unsure if one[:2] == (table, record_id)}
        if common is not None and not doubts and common in (ours, theirs):
            self._merged.put(table, theirs if common == ours else ours)
            return
        base = self._base_values(table, record_id, common)
        merged = merge_fields(table, base, ours, theirs)
        record = msgspec.structs.replace(ours, **merged.values)
        fields = merged.conflicts
        if not _stands(table, record):
            record = ours
            fields = tuple(
                name for name in field_names(table) if getattr(ours, name) != getattr(theirs, name)
            )
        if table == "conflicts":
            record = _settled(record, fields, theirs)
            fields = ()
        self._merged.put(table, record)
        for name in fields:
            mine, other = getattr(ours, name), getattr(theirs, name)
            conflict = Conflict("field", table, record_id, name, base[name], mine, other)
            self._conflicts[conflict.key] = conflict

    def _merge_presence(self, table: str, record_id: str, present: Record | None) -> None:
        """Only one copy has the record: it is new there, or was removed in the other."""
        if present is None:
            return
        common = self._common(table, record_id)
        if self._is_unsure(table, record_id):
            self._merged.put(table, present)
            self._flag_record("one_side", table, record_id)
        elif common is None:
            self._merged.put(table, present)
        elif common == present:
            self._merged.remove(table, record_id)
        else:
            self._merged.put(table, present)
            if table not in FOLLOWERS:
                self._lost.append((table, record_id))
                self._flag_record("removed", table, record_id)

    def _flag_record(self, kind: Any, table: str, record_id: str) -> None:
        key = (table, record_id, "")
        if key not in self._conflicts:
            mine = self._ours.get(table, {}).get(record_id)
            other = self._theirs.get(table, {}).get(record_id)
            common = self._common(table, record_id)
            base = UNSURE if common is None else common
            self._conflicts[key] = Conflict(kind, table, record_id, "", base, mine, other)

    def _is_unsure(self, table: str, record_id: str) -> bool:
        return self._base.content is None or (table, record_id, "") in self._base.unsure

    def _common(self, table: str, record_id: str) -> Record | None:
        return (self._base.content or {}).get(table, {}).get(record_id)

    def _base_values(self, table: str, record_id: str, common: Record | None) -> dict[str, Any]:
        if self._is_unsure(table, record_id):
            return dict.fromkeys(field_names(table), UNSURE)
        if common is None:
            return defaults(table)
        return {
            name: UNSURE if (table, record_id, name) in self._base.unsure else getattr(common, name)
            for name in field_names(table)
        }


def _settled(record: Record, fields: tuple[str, ...], theirs: Record) -> Record:
    """An open conflict flagged in both copies: there is nothing to ask, only one way to hold it."""
    values = {name: min(getattr(record, name), getattr(theirs, name), key=repr) for name in fields}
    return msgspec.structs.replace(record, **values)


class _Everything:
    """A lookup in which every reference leads somewhere: those are repaired afterwards."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def get(self, table: str, record_id: str) -> Record | None:
        del table, record_id
        return self._record


def _stands(table: str, record: Record) -> bool:
    """Whether fields from both copies make a record that is sound in itself."""
    try:
        check_record(table, record, _Everything(record))
    except Refusal:
        return False
    return True
