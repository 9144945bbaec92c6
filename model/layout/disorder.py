"""Lines over cards and crossings of lines: all of them are known, and kept up as cards move.

After a move only the lines and cards of what was moved are looked at anew, all pairs at once; where
the move is taken back, so is what was found. That makes thousands of tries affordable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Indices = NDArray[np.intp]
    Flags = NDArray[np.bool_]
    Saved = tuple[int, Flags, Flags, Flags]

_SHORT = 1e-9


class Disorder:
    """Which lines run over which cards and cross which lines, by unit.

    Attributes:
        box: left, top, right and bottom of every card with its margin, a row for each side.
        centre: x and y of the middle of every card, a row for each.
    """

    def __init__(self, links: Sequence[tuple[int, int]], cards_of: Sequence[range]) -> None:
        """Note lines (pairs of cards) and the cards of every unit; nothing has a place yet."""
        count = cards_of[-1].stop if cards_of else 0
        self.box = np.zeros((4, count))
        self.centre = np.zeros((2, count))
        ends = np.array(links, dtype=np.intp).reshape(-1, 2)
        self._start, self._end = ends[:, 0].copy(), ends[:, 1].copy()
        self._over = np.zeros((len(ends), count), dtype=np.bool_)
        self._cross = np.zeros((len(ends), len(ends)), dtype=np.bool_)
        self._cards = [slice(cards.start, cards.stop) for cards in cards_of]
        self._links = [
            np.flatnonzero(np.isin(ends, (*cards,)).any(axis=1)) if cards else ends[:0, 0]
            for cards in cards_of
        ]
        self._pairs = [self._pairs_of(unit) for unit in range(len(cards_of))]
        self._stale: set[int] = set()
        self._before: list[Saved] = []

    def moved(self, unit: int) -> None:
        """What was known of a unit no longer holds."""
        self._stale.add(unit)

    def over(self, unit: int) -> int:
        """How many lines run over cards of a unit, and lines of the unit over cards."""
        self._look()
        under = np.count_nonzero(self._over[:, self._cards[unit]])
        return int(under + np.count_nonzero(self._over[self._links[unit]]))

    def crossings(self, unit: int) -> int:
        """How many lines cross those of a unit."""
        self._look()
        return int(np.count_nonzero(self._cross[self._links[unit]]))

    def settle(self) -> None:
        """Moves until now stay."""
        self._look()
        self._before.clear()

    def take_back(self, units: Iterable[int]) -> None:
        """The units that were moved since the last time lie where they lay before."""
        self._stale.difference_update(units)
        while self._before:
            unit, over, under, cross = self._before.pop()
            links = self._links[unit]
            self._over[links], self._over[:, self._cards[unit]] = over, under
            self._cross[links], self._cross[:, links] = cross, cross.T

    def _pairs_of(self, unit: int) -> tuple[Indices, Indices, Indices, Indices]:
        """Line and card of all pairs that a unit has part in; line and other line likewise."""
        links, cards = self._links[unit], self._cards[unit]
        touched = np.zeros_like(self._over)
        touched[links] = True
        touched[:, cards] = True
        every = np.arange(len(self._start))
        touched[every, self._start] = touched[every, self._end] = False
        line, card = np.nonzero(touched)
        one = np.repeat(links, len(every))
        return line, card, one, np.tile(every, len(links))

    def _look(self) -> None:
        if not self._stale:
            return
        start, end = self.centre.take(self._start, 1), self.centre.take(self._end, 1)
        for unit in sorted(self._stale):
            links, cards = self._links[unit], self._cards[unit]
            line, card, one, two = self._pairs[unit]
            known = self._over[links], self._over[:, cards].copy(), self._cross[links]
            self._before.append((unit, *known))
            if len(line):
                self._over[line, card] = _runs_over(
                    start.take(line, 1), end.take(line, 1), self.box.take(card, 1)
                )
            if len(links):
                a, b, c, d = (
                    start.take(one, 1),
                    end.take(one, 1),
                    start.take(two, 1),
                    end.take(two, 1),
                )
                found = _cross(a, b, c, d).reshape(len(links), -1)
                self._cross[links], self._cross[:, links] = found, found.T
        self._stale.clear()


def _runs_over(start: Numbers, end: Numbers, box: Numbers) -> Flags:
    """Whether each line runs through the box beside it."""
    step = end - start
    step[np.abs(step) < _SHORT] = _SHORT
    low, high = (box[:2] - start) / step, (box[2:] - start) / step
    near, far = np.minimum(low, high), np.maximum(low, high)
    begins = np.maximum(np.maximum(near[0], near[1]), 0.0)
    found: Flags = begins < np.minimum(np.minimum(far[0], far[1]), 1.0)
    return found


def _cross(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Flags:
    """Whether each line from a to b crosses the one from c to d."""
    one = _side(a, b, c) * _side(a, b, d)
    two = _side(c, d, a) * _side(c, d, b)
    found: Flags = (one < 0) & (two < 0)
    return found


def _side(a: Numbers, b: Numbers, point: Numbers) -> Numbers:
    found: Numbers = (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
    return found
