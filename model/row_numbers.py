"""Rows of arrays by the id of a record: which is whose, and which are free for others."""

from __future__ import annotations


class RowNumbers:
    """Keeps rows as they are, so that arrays beside it can be changed in place.

    Attributes:
        ids: by row, "" for rows that are not in use.
        row_of: by id.
    """

    def __init__(self) -> None:
        """Start without rows."""
        self.ids: list[str] = []
        self.row_of: dict[str, int] = {}
        self._free: list[int] = []

    def start_anew(self, ids: list[str]) -> None:
        """Forget all rows; these take their place, in order."""
        self.ids = ids
        self.row_of = {record_id: row for row, record_id in enumerate(ids)}
        self._free = []

    def take_row(self, record_id: str) -> int:
        """A row for an id that has none; it may lie one beyond the end of the arrays."""
        if self._free:
            row = self._free.pop()
            self.ids[row] = record_id
        else:
            row = len(self.ids)
            self.ids.append(record_id)
        self.row_of[record_id] = row
        return row

    def give_back(self, row: int) -> None:
        """A row is free for others, after its id was taken out of `row_of`."""
        self.ids[row] = ""
        self._free.append(row)
