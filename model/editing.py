"""Staging of an edit: nothing is visible until the whole of it has passed the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from model.integrity import check_changes
from model.patch import Patch, RecordChange

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.document import Document
    from model.records import Record

R = TypeVar("R", bound="Record")


class Edit:
    """The records that an edit adds, changes or removes, seen as if already done."""

    def __init__(self, document: Document) -> None:
        """Start with nothing staged."""
        self.document = document
        self._staged: dict[tuple[str, str], Record | None] = {}

    def get(self, table: str, record_id: str) -> Record | None:
        """A record as it will be after the edit."""
        key = (table, record_id)
        if key in self._staged:
            return self._staged[key]
        return self.document.get(table, record_id)

    def put(self, table: str, record: R) -> R:
        """Add a record, or put it in the place of the one with the same id."""
        self._staged[table, record.id] = record
        return record

    def change(self, table: str, record_id: str, **fields: object) -> Record:
        """Set fields of an existing record.

        Raises:
            KeyError: when there is no such record (a bug in the caller).
        """
        record = self.get(table, record_id)
        if record is None:
            raise KeyError((table, record_id))
        return self.put(table, msgspec.structs.replace(record, **fields))

    def remove(self, table: str, record_id: str) -> None:
        """Remove a record; references to it must be gone when the edit ends."""
        self._staged[table, record_id] = None

    def ids(self, table: str) -> Iterable[str]:
        """Ids of the records of a table as they will be after the edit."""
        for record_id in self.document.table(table):
            if self._staged.get((table, record_id), record_id) is not None:
                yield record_id
        known = self.document.table(table)
        for (name, record_id), record in self._staged.items():
            if name == table and record is not None and record_id not in known:
                yield record_id

    def patch(self, label: str, merge_key: str = "") -> Patch:
        """The checked patch of all that was staged.

        Raises:
            Refusal: when the result would break a rule of `model.integrity`.
        """
        changes = tuple(
            RecordChange(table, record_id, before, after)
            for (table, record_id), after in self._staged.items()
            if (before := self.document.get(table, record_id)) != after
        )
        check_changes(self, changes)
        return Patch(label, changes, merge_key)
