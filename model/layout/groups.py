"""Blocks of contact groups: where they first go, above one another and next to the borders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.layout.units import SLOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.layout.rows import Rows


def blocks_of(rows: Rows, group: str) -> list[int]:
    """The units that make up a contact group."""
    return [at for at, unit in enumerate(rows.units) if unit.group == group]


def settle_groups(rows: Rows, xs: Sequence[float]) -> None:
    """Put the blocks of each group above one another, as near as can be to where they want to be.

    Blocks of the upper band go to its last rows and those of lower bands to their first, so that
    one outline can hold them. A group that finds no common place is left for later.
    """
    for group in dict.fromkeys(unit.group for unit in rows.units if unit.group):
        blocks = blocks_of(rows, group)
        lines = [_row_for(rows, block, is_first=at == 0) for at, block in enumerate(blocks)]
        span = max(rows.spans[block] for block in blocks)
        wanted = sum(xs[block] for block in blocks) / len(blocks) / SLOT - span / 2
        for slot in sorted(range(rows.slots - span + 1), key=lambda slot: abs(slot - wanted)):
            if all(rows.fits(b, line, slot) for b, line in zip(blocks, lines, strict=True)):
                for block, line in zip(blocks, lines, strict=True):
                    rows.put(block, line, slot)
                break


def _row_for(rows: Rows, block: int, *, is_first: bool) -> int:
    lines = rows.rows_of[rows.units[block].zone]
    return lines[-1] - rows.heights[block] + 1 if is_first else lines[0]
