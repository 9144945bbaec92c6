"""Parallel lines of a pair of cards, shown from afar as one line with their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.drawing.parts import Link
    from model.drawing.scene import MapScene

_Pair = tuple[str, str]
"""Two cards, in the order of their ids."""


class Bundles:
    """Which lines stand for several; reckoned when first asked for, pair by pair."""

    def __init__(self, scene: MapScene) -> None:
        """Start without any."""
        self._scene = scene
        self._counts: dict[str, int] = {}
        self._led: set[str] = set()
        self._middles: dict[str, tuple[float, float]] = {}
        self._pair_of: dict[str, _Pair] = {}
        self._pairs: dict[_Pair, set[str]] = {}
        self._stale: set[_Pair] | None = None

    def forget(self) -> None:
        """All lines have changed."""
        self._stale = None
        self._middles.clear()

    def follow(self, link_ids: Iterable[str]) -> None:
        """These lines came, went or have changed."""
        for link_id in link_ids:
            self._middles.pop(link_id, None)
            if self._stale is not None:
                self._note(link_id, self._stale)

    def is_led(self, link_id: str) -> bool:
        """Whether another line stands for this one."""
        self._find()
        return link_id in self._led

    def count(self, link: Link) -> int:
        """For how many linkages a line stands."""
        self._find()
        return self._counts.get(link.id, 1)

    def middle(self, link: Link) -> tuple[float, float]:
        """Where the number of a line goes."""
        found = self._middles.get(link.id)
        if found is None:
            found = self._middles[link.id] = link.route.at(0.5)
        return found

    def _note(self, link_id: str, stale: set[_Pair]) -> None:
        """Put a line with its pair of cards; its pair, and the one that it had, are stale."""
        before = self._pair_of.pop(link_id, None)
        if before is not None:
            self._pairs[before].discard(link_id)
            self._free(link_id)
            stale.add(before)
        link = self._scene.links.get(link_id)
        if link is not None:
            low, high = sorted((link.from_id, link.to_id))
            self._pair_of[link_id] = (low, high)
            self._pairs.setdefault((low, high), set()).add(link_id)
            stale.add((low, high))

    def _find(self) -> None:
        if self._stale is None:
            for kept in (self._counts, self._led, self._pair_of, self._pairs):
                kept.clear()
            self._stale = set()
            for link_id in self._scene.links:
                self._note(link_id, self._stale)
        while self._stale:
            self._lead(self._stale.pop())

    def _lead(self, pair: _Pair) -> None:
        """Choose which line of a pair of cards stands for the others."""
        ids = self._pairs[pair]
        if not ids:
            del self._pairs[pair]
            return
        for link_id in ids:
            self._free(link_id)
        # The one in the middle of the fan is nearest to the straight way.
        order = [self._scene.links[link_id] for link_id in sorted(ids)]
        total = sum(max(1, len(link.bundle)) for link in order)
        if total < 2:
            return
        middle = order[(len(order) - 1) // 2]
        # That two are to be kept apart must not hide behind what else is between them.
        apart = (link for link in order if link.content.state == "keep_apart")
        leader = next(apart, middle)
        self._counts[leader.id] = total
        self._led.update(link.id for link in order if link is not leader)

    def _free(self, link_id: str) -> None:
        self._counts.pop(link_id, None)
        self._led.discard(link_id)
