"""Parallel lines of a pair of cards, shown from afar as one line with their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from model.drawing.parts import Link
    from model.drawing.scene import MapScene
    from widgets.canvas.box_table import BoxTable, Indices

_Pair = tuple[str, str]
"""Two cards, in the order of their ids."""

_MANY = 1000
"""When so many lines differ at once all bundles are reckoned anew."""


class Bundles:
    """Which lines stand for several; reckoned when first asked for, pair by pair."""

    def __init__(self, scene: MapScene, table: BoxTable) -> None:
        """Start without any; lines have the rows that they have in the table."""
        self._scene = scene
        self._table = table
        self._numbers = np.ones(0, dtype=np.intp)
        self._middles = np.empty((0, 2))
        self._pair_of: dict[str, _Pair] = {}
        self._pairs: dict[_Pair, set[str]] = {}
        self._stale: set[_Pair] | None = None

    def forget(self) -> None:
        """All lines have changed."""
        self._stale = None
        self._middles = np.full((len(self._table.ids), 2), np.nan)

    def follow(self, link_ids: Iterable[str]) -> None:
        """These lines came, went or have changed."""
        ids = list(link_ids)
        if len(ids) > _MANY:
            self.forget()
            return
        for link_id in ids:
            row = self._table.row_of.get(link_id)
            if row is not None and row < len(self._middles):
                self._middles[row] = np.nan
            if self._stale is not None:
                self._note(link_id, self._stale)

    def is_led(self, link_id: str) -> bool:
        """Whether another line stands for this one."""
        row = self._table.row_of.get(link_id)
        return row is not None and not self.numbers()[row]

    def count(self, link: Link) -> int:
        """For how many linkages a line stands."""
        row = self._table.row_of.get(link.id)
        return 1 if row is None else max(1, int(self.numbers()[row]))

    def numbers(self) -> NDArray[np.intp]:
        """For how many linkages the line in each row stands; 0 where another one stands for it."""
        self._find()
        return self._numbers

    def middle(self, link: Link) -> tuple[float, float]:
        """Where the number of a line goes."""
        row = self._table.row_of[link.id]
        x, y = self.middles(np.array([row], dtype=np.intp))[0].tolist()
        return x, y

    def middles(self, rows: Indices) -> NDArray[np.float64]:
        """Where the numbers of some lines go."""
        missing = len(self._table.ids) - len(self._middles)
        if missing > 0:
            self._middles = np.concatenate([self._middles, np.full((missing, 2), np.nan)])
        for row in rows[np.isnan(self._middles[rows, 0])].tolist():
            self._middles[row] = self._scene.links[self._table.ids[row]].route.at(0.5)
        return self._middles[rows]

    def _note(self, link_id: str, stale: set[_Pair]) -> None:
        """Put a line with its pair of cards; its pair, and the one that it had, are stale."""
        before = self._pair_of.pop(link_id, None)
        if before is not None:
            self._pairs[before].discard(link_id)
            stale.add(before)
        link = self._scene.links.get(link_id)
        if link is not None:
            low, high = sorted((link.from_id, link.to_id))
            self._pair_of[link_id] = (low, high)
            self._pairs.setdefault((low, high), set()).add(link_id)
            stale.add((low, high))

    def _find(self) -> None:
        if self._stale is None:
            self._stale = self._note_all()
        if len(self._numbers) < len(self._table.ids):
            more = len(self._table.ids) - len(self._numbers)
            self._numbers = np.concatenate([self._numbers, np.ones(more, dtype=np.intp)])
        while self._stale:
            self._lead(self._stale.pop())

    def _note_all(self) -> set[_Pair]:
        """Put all lines with their pairs of cards; returns the pairs that one line leads."""
        self._pair_of.clear()
        self._pairs.clear()
        self._numbers = np.ones(len(self._table.ids), dtype=np.intp)
        led: set[_Pair] = set()
        for link_id, link in self._scene.links.items():
            one, other = link.from_id, link.to_id
            pair = (one, other) if one < other else (other, one)
            self._pair_of[link_id] = pair
            together = self._pairs.setdefault(pair, set())
            together.add(link_id)
            if link.bundle or len(together) > 1:
                led.add(pair)
        return led

    def _lead(self, pair: _Pair) -> None:
        """Choose which line of a pair of cards stands for the others."""
        ids = self._pairs[pair]
        if not ids:
            del self._pairs[pair]
            return
        # The one in the middle of the fan is nearest to the straight way.
        order = [self._scene.links[link_id] for link_id in sorted(ids)]
        total = sum(max(1, len(link.bundle)) for link in order)
        middle = order[(len(order) - 1) // 2]
        # That two are to be kept apart must not hide behind what else is between them.
        apart = (link for link in order if link.content.state == "keep_apart")
        leader = next(apart, middle)
        for link in order:
            self._numbers[self._table.row_of[link.id]] = total if link is leader else 0
