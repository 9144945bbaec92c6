"""The straight pieces of many lines in one array: those of all lines in view are one look-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from widgets.canvas.box_table import Indices
    from widgets.common.dashes import Pieces

_UNKNOWN = -1
_TIDY_FROM = 4096
"""So many pieces of lines that have changed since may lie about in any case."""


class PiecePool:
    """Pieces by the row of their line; a row is unknown until its pieces are put."""

    def __init__(self) -> None:
        """Start empty."""
        self._pieces: Pieces = np.empty((1024, 4))
        self._used = self._waste = 0
        self._starts = np.zeros(64, dtype=np.intp)
        self._counts = np.full(64, _UNKNOWN, dtype=np.intp)

    def missing(self, rows: Indices) -> list[int]:
        """Those of some rows whose pieces are unknown."""
        if len(rows):
            self._make_room(int(rows.max()) + 1)
        found: list[int] = rows[self._counts[rows] == _UNKNOWN].tolist()
        return found

    def put(self, rows: Sequence[int], pieces: Pieces, counts: NDArray[np.intp]) -> None:
        """Take in the pieces of rows, one line after the other."""
        self._make_room(max(rows) + 1)
        for row in rows:
            self.forget(row)
        total = len(pieces)
        if self._used + total > len(self._pieces):
            wider = np.empty((2 * (self._used + total), 4))
            wider[: self._used] = self._pieces[: self._used]
            self._pieces = wider
        self._pieces[self._used : self._used + total] = pieces
        self._starts[rows] = self._used + np.cumsum(counts) - counts
        self._counts[rows] = counts
        self._used += total

    def forget(self, row: int) -> None:
        """The line in a row is gone or has changed."""
        if row < len(self._counts) and self._counts[row] != _UNKNOWN:
            self._waste += int(self._counts[row])
            self._counts[row] = _UNKNOWN
            if self._waste > max(_TIDY_FROM, self._used // 2):
                self._tidy()

    def of(self, rows: Indices) -> tuple[Pieces, NDArray[np.intp]]:
        """The pieces of rows, one line after the other, and how many each has."""
        counts = self._counts[rows]
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        places = np.repeat(self._starts[rows] - (ends - counts), counts) + np.arange(total)
        # Far quicker than indexing, which goes through the numbers one by one.
        return self._pieces.take(places, axis=0), counts

    def _tidy(self) -> None:
        rows = np.nonzero(self._counts > 0)[0]
        pieces, counts = self.of(rows)
        self._starts[rows] = np.cumsum(counts) - counts
        self._pieces, self._used, self._waste = pieces, len(pieces), 0

    def _make_room(self, size: int) -> None:
        have = len(self._counts)
        if size > have:
            more = max(size, 2 * have) - have
            self._starts = np.concatenate([self._starts, np.zeros(more, dtype=np.intp)])
            self._counts = np.concatenate([self._counts, np.full(more, _UNKNOWN, dtype=np.intp)])
