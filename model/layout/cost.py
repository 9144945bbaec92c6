"""What an arrangement costs in legibility: length of lines, lines over cards, crossings."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from model.layout.disorder import Disorder
from model.layout.rows import PITCH
from model.layout.units import SLOT

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from model.layout.rows import Rows

_THROUGH = 420.0
"""What a line that runs over a card costs, in project units of line length."""
_CROSSING = 300.0
_TIE = 1.2
_GATHERING = 0.12
"""How strongly everything is drawn to the middle, so that loose pairs do not drift off."""
_UPRIGHT = 1.15
"""Rows apart cost a little more than slots apart."""
_NEAR = 12.0
"""Lines that pass so near to a card are taken to run over it."""


class Cost:
    """The cost of one arrangement in rows; parts of it by unit."""

    def __init__(
        self, rows: Rows, links: Sequence[tuple[int, int]], ties: Sequence[tuple[int, int]]
    ) -> None:
        """Note sizes, links and ties (between cards, by their number in `ids`).

        Ties hold cards of a group together without a line being drawn.
        """
        self.rows = rows
        self.ids = [cell.actor_id for unit in rows.units for cell in unit.cells]
        self.cards_of: list[range] = []
        for unit in rows.units:
            first = self.cards_of[-1].stop if self.cards_of else 0
            self.cards_of.append(range(first, first + len(unit.cells)))
        self.unit_of = [at for at, cards in enumerate(self.cards_of) for _ in cards]
        self.x = [0.0] * len(self.ids)
        self.y = [0.0] * len(self.ids)
        self.spots: Sequence[tuple[float, float]] = ()
        self.wanted: dict[int, tuple[float, float]] = {}
        self.anchor = 0.0
        self.disorder: Disorder | None = None
        self.middle = rows.slots * SLOT / 2
        # Who is not there on the day is placed last, and pulls nobody.
        there = [not unit.absent for unit in rows.units]
        links = [(a, b) for a, b in links if there[self.unit_of[a]] and there[self.unit_of[b]]]
        self._near = self._neighbours(links, 1.0)
        for card, tied in enumerate(self._neighbours(ties, _TIE)):
            self._near[card] += tied
        self.linked = [any(self._near[card] for card in cards) for cards in self.cards_of]
        self.degree = [len(near) for near in self._near]
        self._links = links

    def _neighbours(
        self, pairs: Sequence[tuple[int, int]], weight: float
    ) -> list[list[tuple[int, float]]]:
        found: list[list[tuple[int, float]]] = [[] for _ in self.ids]
        for a, b in pairs:
            if self.unit_of[a] != self.unit_of[b]:
                found[a].append((b, weight))
                found[b].append((a, weight))
        return found

    def centre_on_content(self) -> None:
        """Take the middle of what is placed for the middle of the map."""
        if self.x:
            self.middle = (min(self.x) + max(self.x)) / 2

    def neighbours_at(self, unit: int) -> float | None:
        """Where along the rows a unit's neighbours lie on average."""
        xs = [self.x[other] for card in self.cards_of[unit] for other, _ in self._near[card]]
        return sum(xs) / len(xs) if xs else None

    def follow(self, unit: int) -> None:
        """Take over where a unit now lies."""
        row, slot = self.rows.at[unit]
        shape = self.rows.units[unit]
        taken = self.rows.starts[unit][row]
        for card, cell in zip(self.cards_of[unit], shape.cells, strict=True):
            # A card over a border is longer, by the margin at least, by whole rows at most.
            longer = (taken - 0.5 if len(shape.cells) == 1 else 0.5) * cell.spans
            x = (slot + cell.slot) * SLOT + cell.width / 2
            y = (self.rows.line_of(unit, cell) + longer / 2) * PITCH
            self.x[card], self.y[card] = x, y
            if self.disorder is None:
                continue
            high = cell.height / 2 + longer * PITCH / 2 + _NEAR
            wide = cell.width / 2 + _NEAR
            self.disorder.box[:, card] = (x - wide, y - high, x + wide, y + high)
            self.disorder.centre[:, card] = (x, y)
        if self.disorder is not None:
            self.disorder.moved(unit)

    def settle(self) -> None:
        """Where units were moved to, they stay."""
        if self.disorder is not None:
            self.disorder.settle()

    def take_back(self, units: Collection[int]) -> None:
        """Units that were moved since the last time lie again where they lay before."""
        for unit in units:
            self.follow(unit)
        if self.disorder is not None:
            self.disorder.take_back(units)

    def be_thorough(self) -> None:
        """From now on weigh lines over cards and crossings, too."""
        self.disorder = Disorder(self._links, self.cards_of)
        for unit in self.rows.at:
            self.follow(unit)
        self.settle()

    def of(self, unit: int) -> float:
        """The part of the cost that depends on where a unit lies."""
        if self.disorder is None:
            return self.lengths(unit)
        found = _THROUGH * self.disorder.over(unit) + _CROSSING * self.disorder.crossings(unit)
        return self.lengths(unit) + found

    def lengths(self, unit: int) -> float:
        """The same without lines over cards and crossings: quickly reckoned, and no more."""
        xs, ys, total = self.x, self.y, 0.0
        cards = self.cards_of[unit]
        for card in cards:
            x, y = xs[card], ys[card]
            for other, weight in self._near[card]:
                dx, dy = xs[other] - x, (ys[other] - y) * _UPRIGHT
                total += weight * math.sqrt(dx * dx + dy * dy)
        aside = abs(xs[cards[0]] - self.middle)
        total += (self.rows.units[unit].pull * 4 + _GATHERING) * aside
        if self.anchor and unit in self.wanted:
            wx, wy = self.wanted[unit]
            total += self.anchor * math.hypot(xs[cards[0]] - wx, ys[cards[0]] - wy)
        return total
