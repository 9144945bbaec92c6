"""Rows of slots: how many each band needs, which unit lies where, what is free."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from model.layout.units import SLOT, Cell, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LONGER = 6
"""A row more that a card reaches through is as bad as lying so many rows away."""
Place = tuple[int, int]
"""Row and slot of a unit's upper left corner."""


def rows_needed(units: Sequence[Unit], bands: Sequence[str], slots: int) -> dict[str, int] | None:
    """How many rows each band needs in a map so wide; None when it is too narrow for that.

    A row can rarely be filled to its last slot, so a part of a card's width is left over.
    """
    area = dict.fromkeys(bands, 0.0)
    across = dict.fromkeys(bands, 0)
    least = dict.fromkeys(bands, 0)
    widths: dict[str, list[int]] = {code: [] for code in bands}
    for unit in units:
        lines = unit.upper if len(unit.cells) > 1 else 1
        area[unit.home] += unit.span * lines
        widths[unit.home].append(unit.span)
        least[unit.home] = max(least[unit.home], lines)
        whole = set(bands[bands.index(unit.home) + 1 : bands.index(unit.last)])
        if unit.lower:
            below = unit.rows - unit.upper
            least[unit.lower] = max(least[unit.lower], below)
            if unit.lower_spans:
                whole.add(unit.lower)
            elif unit.lower not in whole:
                area[unit.lower] += unit.span * below
        for code in whole:
            across[code] += unit.span
    needed = {}
    for code in bands:
        spans = widths[code]
        slack = 0.3 * sum(spans) / len(spans) if len(spans) > 2 else 0.0
        room = slots - across[code] - slack
        if area[code] and room < max(spans, default=1):
            return None
        needed[code] = max(least[code], math.ceil(area[code] / room)) if area[code] else 0
        needed[code] = max(needed[code], 1 if across[code] else 0, least[code])
    return needed


class Rows:
    """The rows of all bands from top to bottom, and the units in them.

    Every unit has its rectangle to itself, so that no stranger comes to lie in the outline of a
    group, nor behind a card that reaches through several rows.
    """

    def __init__(
        self, units: Sequence[Unit], bands: Sequence[str], slots: int, needed: Mapping[str, int]
    ) -> None:
        """Make so many rows for each band."""
        self.units = units
        self.slots = slots
        self.rows_of: dict[str, list[int]] = {}
        count = 0
        for band in bands:
            self.rows_of[band] = list(range(count, count + needed[band]))
            count += needed[band]
        self.used = [bytearray(slots) for _ in range(count)]
        self.lines: list[set[int]] = [set() for _ in range(count)]
        # Asked for very often, so not reckoned anew each time.
        self.spans = [unit.span for unit in units]
        self.starts = [self._starts(unit, bands) for unit in units]
        peers: dict[tuple[str, str], list[int]] = {}
        for at, unit in enumerate(units):
            peers.setdefault((unit.home, unit.last), []).append(at)
        self.peers = [peers[unit.home, unit.last] for unit in units]
        self.at: dict[int, Place] = {}

    def _starts(self, unit: Unit, bands: Sequence[str]) -> dict[int, int]:
        """The rows that a unit may begin in, each with the number of rows that it takes there."""
        rows = self.rows_of[unit.home]
        if not unit.spans:
            return {row: unit.rows for row in rows if row + unit.rows - 1 <= rows[-1]}
        if len(unit.cells) == 1:
            through = self._between(bands, unit.home, unit.last)
            return {row: rows[-1] - row + 1 + through for row in reversed(rows)}
        height = unit.upper
        if not unit.lower:
            height += self._between(bands, unit.home, unit.last)
        else:
            height += self._between(bands, unit.home, unit.lower)
            if unit.lower_spans or unit.lower != unit.last:
                height += len(self.rows_of[unit.lower])
                height += self._between(bands, unit.lower, unit.last)
            else:
                height += unit.rows - unit.upper
        return {rows[-1] - unit.upper + 1: height}

    def _between(self, bands: Sequence[str], above: str, below: str) -> int:
        """How many rows lie between two bands."""
        codes = bands[bands.index(above) + 1 : max(bands.index(above) + 1, bands.index(below))]
        return sum(len(self.rows_of[code]) for code in codes)

    def line_of(self, unit: int, cell: Cell) -> int:
        """The row in which a card of a unit begins."""
        row = self.at[unit][0]
        shape = self.units[unit]
        if cell.row < shape.upper:
            return row + cell.row
        # Cards of a group in its lower band begin with that band.
        return self.rows_of[shape.lower][cell.row - shape.upper]

    def band_of(self, line: int) -> str:
        """The band of a row."""
        return next(code for code, lines in self.rows_of.items() if line in lines)

    def fits(self, unit: int, row: int, slot: int) -> bool:
        """Whether a unit's rectangle is free when its corner is at a row and slot."""
        height = self.starts[unit].get(row)
        last = slot + self.spans[unit]
        if height is None or slot < 0 or last > self.slots:
            return False
        return all(not any(self.used[line][slot:last]) for line in range(row, row + height))

    def put(self, unit: int, row: int, slot: int) -> None:
        """Take a place."""
        self.at[unit] = (row, slot)
        span = self.spans[unit]
        for line in range(row, row + self.starts[unit][row]):
            self.used[line][slot : slot + span] = b"\x01" * span
            self.lines[line].add(unit)

    def lift(self, unit: int) -> Place:
        """Free the place of a unit; returns where it was."""
        row, slot = self.at.pop(unit)
        span = self.spans[unit]
        for line in range(row, row + self.starts[unit][row]):
            self.used[line][slot : slot + span] = bytes(span)
            self.lines[line].discard(unit)
        return row, slot

    def nearest(self, unit: int, row: float, slot: float) -> Place | None:
        """The free place nearest to a wanted one; None when there is none in the band."""
        span = self.spans[unit]
        wanted = max(0, min(round(slot), self.slots - span))
        best: Place | None = None
        least = math.inf
        starts = self.starts[unit]
        short = min(starts.values(), default=1)
        for line in sorted(starts, key=lambda line: abs(line - row)):
            # A card over a border begins in the last row of its band unless that is full.
            away = (abs(line - row) + _LONGER * (starts[line] - short)) * PITCH
            if away >= least:
                continue
            found = self._nearest_in(line, starts[line], span, wanted)
            if found is not None and away + abs(found - slot) * SLOT < least:
                best, least = (line, found), away + abs(found - slot) * SLOT
        return best

    def _nearest_in(self, row: int, height: int, span: int, wanted: int) -> int | None:
        used = self.used[row]
        if height > 1:
            merged = 0
            for line in range(row, row + height):
                merged |= int.from_bytes(self.used[line], "big")
            used = bytearray(merged.to_bytes(self.slots, "big"))
        gap = bytes(span)
        right = used.find(gap, wanted)
        left = used.rfind(gap, 0, wanted + span)
        if left < 0 or right < 0:
            return max(left, right) if max(left, right) >= 0 else None
        return left if wanted - left <= right - wanted else right


PITCH = 116.0
"""From row to row in project units, as far as lengths of lines are reckoned with."""
