"""Rows of slots: which unit lies where, what is free, and what that costs in legibility."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from model.layout.units import SLOT, Unit, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

ROW_PITCH = 132.0
_THROUGH = 500.0
"""What a line that runs over a card costs, in project units of line length."""
_CROSSING = 180.0
_TIE = 1.5
_GATHERING = 0.15
"""How strongly everything is drawn to the middle, so that loose pairs do not drift off."""


class Rows:
    """The rows of all zones from top to bottom, and the units in them."""

    def __init__(self, units: Sequence[Unit], bands: Sequence[str], slots: int) -> None:
        """Make as many rows for each zone as its units need."""
        self.units = units
        self.slots = slots
        self.zones: list[Zone] = []
        self.rows_of: dict[Zone, list[int]] = {}
        for band in bands:
            for zone in (Zone(band, border=False), Zone(band, border=True)):
                count = _rows_needed([unit for unit in units if unit.zone == zone], slots)
                self.rows_of[zone] = list(range(len(self.zones), len(self.zones) + count))
                self.zones += [zone] * count
        self.used = [bytearray(slots) for _ in self.zones]
        # Asked for very often, so not reckoned anew each time.
        self.spans = [unit.span for unit in units]
        self.heights = [unit.rows for unit in units]
        peers: dict[Zone, list[int]] = {}
        for at, unit in enumerate(units):
            peers.setdefault(unit.zone, []).append(at)
        self.peers = [peers[unit.zone] for unit in units]
        self.at: dict[int, tuple[int, int]] = {}

    def fits(self, unit: int, row: int, slot: int) -> bool:
        """Whether a unit's cells are free when its corner is at a row and slot."""
        allowed = self.rows_of[self.units[unit].zone]
        if slot < 0 or row < allowed[0] or row + self.heights[unit] - 1 > allowed[-1]:
            return False
        if slot + self.spans[unit] > self.slots:
            return False
        return not any(
            any(self.used[line][first:last]) for line, first, last in self._cells(unit, row, slot)
        )

    def put(self, unit: int, row: int, slot: int) -> None:
        """Take the cells of a place."""
        self.at[unit] = (row, slot)
        for line, first, last in self._cells(unit, row, slot):
            self.used[line][first:last] = b"\x01" * (last - first)

    def lift(self, unit: int) -> tuple[int, int]:
        """Free the cells of a unit; returns where it was."""
        row, slot = self.at.pop(unit)
        for line, first, last in self._cells(unit, row, slot):
            self.used[line][first:last] = bytes(last - first)
        return row, slot

    def nearest(self, unit: int, row: float, slot: float) -> tuple[int, int] | None:
        """The free place nearest to a wanted one; None when the zone is full."""
        height = self.heights[unit]
        lines = self.rows_of[self.units[unit].zone]
        wanted = max(0, min(round(slot), self.slots - self.spans[unit]))
        best: tuple[int, int] | None = None
        least = math.inf
        for line in sorted(lines, key=lambda line: abs(line - row)):
            away = abs(line - row) * ROW_PITCH
            if away >= least or line + height - 1 > lines[-1]:
                continue
            found = self._nearest_in(unit, line, wanted)
            if found is not None and away + abs(found - slot) * SLOT < least:
                best, least = (line, found), away + abs(found - slot) * SLOT
        return best

    def _nearest_in(self, unit: int, row: int, wanted: int) -> int | None:
        used = self.used[row]
        height, span = self.heights[unit], self.spans[unit]
        if height > 1:
            bits = [int.from_bytes(self.used[row + at], "big") for at in range(height)]
            merged = 0
            for line in bits:
                merged |= line
            used = bytearray(merged.to_bytes(self.slots, "big"))
        gap = bytes(span)
        right = used.find(gap, wanted)
        left = used.rfind(gap, 0, wanted + span)
        found = [at for at in (left, right) if at >= 0]
        return min(found, key=lambda at: abs(at - wanted)) if found else None

    def _cells(self, unit: int, row: int, slot: int) -> Iterable[tuple[int, int, int]]:
        block = self.units[unit]
        if len(block.cells) > 1:
            # A block keeps its whole rectangle, so that no stranger comes to lie in its outline.
            for line in range(self.heights[unit]):
                yield row + line, slot, slot + self.spans[unit]
            return
        yield row, slot, slot + self.spans[unit]


def _rows_needed(units: list[Unit], slots: int) -> int:
    if not units:
        return 0
    blocks = [unit for unit in units if len(unit.cells) > 1]
    area = sum(unit.rows * unit.span for unit in units)
    spare = 1.0 if all(unit.zone.border for unit in units) else 1.22
    tallest = max((unit.rows for unit in blocks), default=1)
    return max(tallest, math.ceil(spare * area / slots))


class Cost:
    """What an arrangement costs: length of lines, lines over cards, crossings of lines."""

    def __init__(
        self,
        rows: Rows,
        links: Sequence[tuple[int, int]],
        ties: Sequence[tuple[int, int]],
        *,
        thorough: bool,
    ) -> None:
        """Note sizes, links and ties (between cards, by their number in `ids`).

        Ties hold cards of a group together without a line being drawn.
        """
        self.rows = rows
        self.ids = [cell.actor_id for unit in rows.units for cell in unit.cells]
        self.thorough = thorough
        self.cards_of: list[NDArray[np.intp]] = []
        halves: list[tuple[float, float]] = []
        for unit in rows.units:
            first = len(halves)
            halves += [(cell.width / 2, cell.height / 2) for cell in unit.cells]
            self.cards_of.append(np.arange(first, len(halves)))
        self.half = np.array(halves, dtype=float).reshape(-1, 2)
        self.centre = np.zeros_like(self.half)
        ends = np.array(links, dtype=np.intp).reshape(-1, 2)
        self.start, self.end = ends[:, 0], ends[:, 1]
        tied = np.array(ties, dtype=np.intp).reshape(-1, 2)
        self.tie_start, self.tie_end = tied[:, 0], tied[:, 1]
        count = len(rows.units)
        self.links_of = self._of_units(count, self.start, self.end)
        self.ties_of = self._of_units(count, self.tie_start, self.tie_end)
        self.middle = rows.slots * SLOT / 2

    def centre_on_content(self) -> None:
        """Take the middle of what is placed for the middle of the map."""
        xs = self.centre[:, 0]
        if len(xs):
            self.middle = float(xs.min() + xs.max()) / 2

    def _of_units(
        self, count: int, start: NDArray[np.intp], end: NDArray[np.intp]
    ) -> list[NDArray[np.intp]]:
        owner = np.zeros(len(self.ids), dtype=np.intp)
        for unit in range(count):
            owner[self.cards_of[unit]] = unit
        found: list[list[int]] = [[] for _ in range(count)]
        for link, (a, b) in enumerate(zip(owner[start], owner[end], strict=True)):
            if a != b:
                found[a].append(link)
                found[b].append(link)
        return [np.array(links, dtype=np.intp) for links in found]

    def follow(self, unit: int) -> None:
        """Take over where a unit now lies."""
        row, slot = self.rows.at[unit]
        cards = self.cards_of[unit]
        for card, cell in zip(cards, self.rows.units[unit].cells, strict=True):
            left = (slot + cell.slot) * SLOT
            self.centre[card] = left + cell.width / 2, (row + cell.row) * ROW_PITCH

    def total(self) -> float:
        """The cost of the whole arrangement, to compare several."""
        return sum(self.of(unit) for unit in range(len(self.rows.units)))

    def of(self, unit: int) -> float:
        """The part of the cost that depends on where a unit lies."""
        links, cards = self.links_of[unit], self.cards_of[unit]
        x = float(self.centre[cards, 0].sum()) / len(cards)
        total = self.rows.units[unit].pull * 4 * abs(x - self.middle)
        total += _GATHERING * abs(x - self.middle)
        ties = self.ties_of[unit]
        if len(ties):
            held = self.centre[self.tie_end[ties]] - self.centre[self.tie_start[ties]]
            total += _TIE * float(np.abs(held).sum())
        if len(links):
            a, b = self.centre[self.start[links]], self.centre[self.end[links]]
            apart = b - a
            total += float(np.hypot(apart[:, 0], 1.15 * apart[:, 1]).sum())
            if self.thorough:
                total += _THROUGH * self._through(links, None)
                total += _CROSSING * self._crossings(links)
        if self.thorough:
            total += _THROUGH * self._through(None, cards)
        return total

    def _through(self, links: NDArray[np.intp] | None, cards: NDArray[np.intp] | None) -> int:
        """How many of the links run over how many of the cards (all where None)."""
        start = self.start if links is None else self.start[links]
        end = self.end if links is None else self.end[links]
        which = np.arange(len(self.ids)) if cards is None else cards
        if not len(start) or not len(which):
            return 0
        origin, step = self.centre[start], self.centre[end] - self.centre[start]
        low = self.centre[which] - self.half[which] - 10.0
        high = self.centre[which] + self.half[which] + 10.0
        near, far = np.zeros((len(start), len(which))), np.ones((len(start), len(which)))
        for axis in (0, 1):
            size = step[:, axis]
            safe = np.where(np.abs(size) < 1e-9, 1e-9, size)[:, None]
            one = (low[None, :, axis] - origin[:, None, axis]) / safe
            two = (high[None, :, axis] - origin[:, None, axis]) / safe
            near = np.maximum(near, np.minimum(one, two))
            far = np.minimum(far, np.maximum(one, two))
        hit = near < far
        hit &= which[None, :] != start[:, None]
        hit &= which[None, :] != end[:, None]
        return int(hit.sum())

    def _crossings(self, links: NDArray[np.intp]) -> int:
        a, b = self.centre[self.start[links]][:, None], self.centre[self.end[links]][:, None]
        c, d = self.centre[self.start][None], self.centre[self.end][None]
        one = _side(a, b, c) * _side(a, b, d)
        two = _side(c, d, a) * _side(c, d, b)
        return int(((one < 0) & (two < 0)).sum())


def _side(a: Numbers, b: Numbers, point: Numbers) -> Numbers:
    result: Numbers = (b[..., 0] - a[..., 0]) * (point[..., 1] - a[..., 1]) - (
        b[..., 1] - a[..., 1]
    ) * (point[..., 0] - a[..., 0])
    return result
