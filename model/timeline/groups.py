"""Records of one table by row, kept up to date from commit to commit.

Only the rows of records that change are put together anew; all others stay the very same objects,
so that nothing that follows from them (places, pictures) has to be made again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from model.timeline.items import Item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from model.records import Record
    from model.timeline.rows import Row

R = TypeVar("R", bound="Record")
Members = dict[str, tuple[R, Item]]


class RowGroups(Generic[R]):
    """The rows of one table."""

    def __init__(
        self,
        key_of: Callable[[R], str],
        item_of: Callable[[R], Item],
        row_of: Callable[[str], Row],
        always: Iterable[str] = (),
        more: Callable[[list[R]], Iterable[Item]] | None = None,
    ) -> None:
        """Say how rows come about.

        Args:
            key_of: the row that a record stands in.
            item_of: how the record is shown.
            row_of: an empty row, with its header.
            always: rows that are there even when empty.
            more: further items that follow from all records of a row.
        """
        self._key_of = key_of
        self._item_of = item_of
        self._row_of = row_of
        self._always = tuple(always)
        self._more = more
        self._where: dict[str, str] = {}
        self._members: dict[str, Members[R]] = {key: {} for key in self._always}
        self._rows: dict[str, Row] = {key: row_of(key) for key in self._always}

    def update(self, ids: Iterable[str], records: Mapping[str, R]) -> None:
        """Read some records again; those that are gone are taken out."""
        dirty: set[str] = set()
        for record_id in ids:
            record = records.get(record_id)
            key = None if record is None else self._key_of(record)
            before = self._where.get(record_id)
            if before is not None and before != key:
                del self._members[before][record_id], self._where[record_id]
                dirty.add(before)
            if record is not None and key is not None:
                self._where[record_id] = key
                self._members.setdefault(key, {})[record_id] = (record, self._item_of(record))
                dirty.add(key)
        for key in dirty:
            self._renew(key)

    def rename(self) -> None:
        """Read the headers again, because things that they are named after have changed."""
        for key, row in self._rows.items():
            header = self._row_of(key)
            if (header.title, header.detail) != (row.title, row.detail):
                self._rows[key] = msgspec.structs.replace(header, items=row.items)

    def rows(self) -> list[Row]:
        """All rows, in order of their first days and names."""
        return sorted(self._rows.values(), key=_first)

    def __len__(self) -> int:
        """How many records are shown."""
        return len(self._where)

    def _renew(self, key: str) -> None:
        members = self._members[key]
        if not members and key not in self._always:
            del self._members[key]
            self._rows.pop(key, None)
            return
        items = [item for _, item in members.values()]
        if self._more is not None:
            items += self._more([record for record, _ in members.values()])
        self._rows[key] = msgspec.structs.replace(self._row_of(key), items=in_order(items))


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """Items in order of time."""
    return tuple(sorted(items, key=_order))


def _order(item: Item) -> tuple[float, float, str]:
    return item.order


def _first(row: Row) -> tuple[float, str, str]:
    """Rows that begin on the same day stand in the order of their names, run after run."""
    return (row.days[0] if row.days is not None else 1e9, row.title.casefold(), row.key)
