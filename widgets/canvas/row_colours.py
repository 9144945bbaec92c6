"""Rows of a box table by the colour that they are drawn in, kept up to date row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from widgets.canvas.box_table import Indices


class RowsByColour:
    """The groups; only those are put together anew to which a row came or from which one went."""

    def __init__(self) -> None:
        """Start empty."""
        self._known: dict[str, tuple[int, str]] = {}
        self._rows: dict[str, dict[int, None]] = {}
        self._groups: dict[str, Indices] = {}

    def put(self, record_id: str, row: int, colour: str) -> None:
        """Say in which colour a row is drawn."""
        if self._known.get(record_id) == (row, colour):
            return
        self.remove(record_id)
        self._known[record_id] = (row, colour)
        self._rows.setdefault(colour, {})[row] = None
        self._groups.pop(colour, None)

    def remove(self, record_id: str) -> None:
        """Take a row out; nothing happens when there is none."""
        known = self._known.pop(record_id, None)
        if known is not None:
            row, colour = known
            self._rows[colour].pop(row)
            self._groups.pop(colour, None)

    def groups(self) -> dict[str, Indices]:
        """Rows in rising order, by colour; the colours, too, are in order whatever came first."""
        if len(self._groups) < len(self._rows):
            known, self._groups = self._groups, {}
            self._rows = {colour: rows for colour, rows in sorted(self._rows.items()) if rows}
            for colour, rows in self._rows.items():
                found = known.get(colour)
                self._groups[colour] = (
                    np.array(sorted(rows), dtype=np.intp) if found is None else found
                )
        return self._groups
