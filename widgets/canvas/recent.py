"""What was reckoned for the last few scales: the map's, and that of its small overview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

K = TypeVar("K")
V = TypeVar("V")
_MOST = 3


class Recent(Generic[K, V]):
    """Values by key, of which those asked for last are kept."""

    def __init__(self) -> None:
        """Start empty."""
        self._kept: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        """The value of a key, which counts as asked for."""
        found = self._kept.pop(key, None)
        if found is not None:
            self._kept[key] = found
        return found

    def put(self, key: K, value: V) -> V:
        """Keep a value; the one that was not asked for longest goes."""
        self._kept.pop(key, None)
        while len(self._kept) >= _MOST:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = value
        return value

    def values(self) -> list[V]:
        """All values that are kept."""
        return list(self._kept.values())

    def keep(self, wanted: Callable[[K], bool]) -> None:
        """Keep only values whose key is wanted."""
        self._kept = {key: value for key, value in self._kept.items() if wanted(key)}

    def clear(self) -> None:
        """Keep nothing."""
        self._kept.clear()
