"""Items kept from one build of the rows to the next, so that an edit makes only what it touches.

Records are frozen: an item is still right when the very records that it was made from are still
those of the document.
"""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

Made = TypeVar("Made")


class ItemStore:
    """What was made for each record, and from which records."""

    def __init__(self) -> None:
        """Start empty."""
        self._kept: dict[tuple[str, str], tuple[tuple[object, ...], object]] = {}

    def get(
        self,
        table: str,
        record_id: str,
        sources: tuple[object, ...],
        make: Callable[[], Made],
    ) -> Made:
        """What was made for a record, made anew when one of its sources is another one now."""
        key = (table, record_id)
        known = self._kept.get(key)
        if known is not None and _same(known[0], sources):
            return cast("Made", known[1])
        made = make()
        self._kept[key] = (sources, made)
        return made

    def clear(self) -> None:
        """Forget everything: the language has changed, or another document is shown."""
        self._kept.clear()


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(one) == len(other) and all(map(is_, one, other))
