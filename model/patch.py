"""A patch: the one shape of every change, for undo, events, journal, merge, import and audit."""

from __future__ import annotations

from typing import Literal

import msgspec

from model.records import Record

Origin = Literal["edit", "undo", "redo", "import", "merge", "recover"]


class RecordChange(msgspec.Struct, frozen=True):
    """One record before and after; ``None`` means that it does not exist on that side."""

    table: str
    id: str
    before: Record | None
    after: Record | None

    @property
    def inverse(self) -> RecordChange:
        """The change that takes this one back."""
        return RecordChange(self.table, self.id, self.after, self.before)

    def touched(self) -> tuple[str, ...]:
        """Names of the fields that differ; all fields of a record that appears or goes."""
        if self.before is None or self.after is None:
            present = self.after if self.before is None else self.before
            return present.__struct_fields__ if present is not None else ()
        before, after = self.before, self.after
        return tuple(
            name
            for name in before.__struct_fields__
            if getattr(before, name) != getattr(after, name)
        )


class Patch(msgspec.Struct, frozen=True):
    """Changes that belong together, in the user's words.

    Attributes:
        label: what the user did ("Move 3 actors"), already in the user's language.
        changes: at most one per record.
        merge_key: consecutive patches with the same non-empty key join into one undo step.
    """

    label: str
    changes: tuple[RecordChange, ...]
    merge_key: str = ""

    @property
    def inverse(self) -> Patch:
        """The patch that takes this one back."""
        return Patch(self.label, tuple(change.inverse for change in self.changes), self.merge_key)

    def ids(self, table: str) -> frozenset[str]:
        """The records of one table that the patch touches."""
        return frozenset(change.id for change in self.changes if change.table == table)

    @property
    def tables(self) -> frozenset[str]:
        """The tables that the patch touches."""
        return frozenset(change.table for change in self.changes)


def join(earlier: Patch, later: Patch) -> Patch:
    """One patch that does both in order; changes that cancel out are dropped."""
    first = {(change.table, change.id): change for change in earlier.changes}
    joined = dict(first)
    for change in later.changes:
        key = (change.table, change.id)
        before = first[key].before if key in first else change.before
        joined[key] = RecordChange(change.table, change.id, before, change.after)
    changes = tuple(change for change in joined.values() if change.before != change.after)
    return Patch(earlier.label, changes, later.merge_key)
