"""Rows above the header: a title, a date, who made the list."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOKED_AT: Final = 200
_MOST_TITLES: Final = 12


def header_at(rows: Sequence[Sequence[str]]) -> int:
    """Which row names the columns: rows above it that fill one cell only are titles.

    Args:
        rows: the filled rows of a table, from the top.
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:_LOOKED_AT]]
    if len(filled) < 3 or Counter(filled).most_common(1)[0][0] < 2:
        return 0
    at = next((at for at, count in enumerate(filled[:_MOST_TITLES]) if count > 1), 0)
    return at if at + 1 < len(rows) else 0
