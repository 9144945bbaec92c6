"""Improving an arrangement by many small moves that are kept when the picture gets more legible.

Simulated annealing (Kirkpatrick, Gelatt and Vecchi, 1983) with a fixed seed: the same input gives
the same picture.
"""

from __future__ import annotations

import math
from random import Random
from typing import TYPE_CHECKING

from model.layout.groups import blocks_of
from model.layout.units import SLOT

if TYPE_CHECKING:
    from model.layout.rows import Cost, Rows


def improve(rows: Rows, cost: Cost, steps: int, seed: int) -> None:
    """Move and swap units as long as that makes the picture more legible (annealing)."""
    random = Random(seed)  # noqa: S311 -- chance here serves repeatable layout
    movable = [unit for unit in range(len(rows.units)) if len(cost.links_of[unit])]
    if not movable:
        return
    for step in range(steps):
        if step % 64 == 0:
            cost.centre_on_content()
        heat = 160.0 * (1 - step / steps) ** 2
        unit = movable[int(random.random() * len(movable))]
        if rows.units[unit].group:
            _try_shift(rows, cost, unit, random, heat)
        elif random.random() < 0.3:
            _try_swap(rows, cost, unit, random, heat)
        else:
            _try_move(rows, cost, unit, random, heat)
    _gather_loose(rows, cost)


def _try_shift(rows: Rows, cost: Cost, unit: int, random: Random, heat: float) -> None:
    """Move all blocks of a contact group to the side together."""
    blocks = blocks_of(rows, rows.units[unit].group)
    before = sum(cost.of(block) for block in blocks)
    places = [rows.lift(block) for block in blocks]
    step = round(random.gauss(0, 10))
    moved = [(row, slot + step) for row, slot in places]
    fits = all(rows.fits(block, *at) for block, at in zip(blocks, moved, strict=True))
    _put_all(rows, cost, blocks, moved if fits else places)
    if fits and not _keeps(sum(cost.of(block) for block in blocks) - before, random, heat):
        for block in blocks:
            rows.lift(block)
        _put_all(rows, cost, blocks, places)


def _put_all(rows: Rows, cost: Cost, blocks: list[int], places: list[tuple[int, int]]) -> None:
    for block, place in zip(blocks, places, strict=True):
        rows.put(block, *place)
        cost.follow(block)


def _gather_loose(rows: Rows, cost: Cost) -> None:
    """Bring units without links next to the others: they lie where chance left them."""
    cost.centre_on_content()
    linked = [unit for unit in rows.at if len(cost.links_of[unit])]
    if not linked:
        return
    middle = sum(rows.at[unit][1] for unit in linked) / len(linked)
    for unit in sorted(rows.at):
        if not len(cost.links_of[unit]) and len(rows.units[unit].cells) == 1:
            row, slot = rows.lift(unit)
            rows.put(unit, *(rows.nearest(unit, row, middle) or (row, slot)))
            cost.follow(unit)


def _try_move(rows: Rows, cost: Cost, unit: int, random: Random, heat: float) -> None:
    before = cost.of(unit)
    old = rows.lift(unit)
    row, slot = _wish(rows, cost, unit, random)
    place = rows.nearest(unit, row, slot)
    rows.put(unit, *(place or old))
    cost.follow(unit)
    if place is not None and _keeps(cost.of(unit) - before, random, heat):
        return
    rows.lift(unit)
    rows.put(unit, *old)
    cost.follow(unit)


def _wish(rows: Rows, cost: Cost, unit: int, random: Random) -> tuple[float, float]:
    """Somewhere near the middle of a unit's neighbours, or anywhere."""
    links = cost.links_of[unit]
    xs = cost.centre[:, 0]
    near = float(xs[cost.start[links]].sum() + xs[cost.end[links]].sum()) / (2 * len(links))
    spread = 8.0 if random.random() < 0.7 else 40.0
    slot = near / SLOT - rows.spans[unit] / 2 + random.gauss(0, spread)
    lines = rows.rows_of[rows.units[unit].zone]
    row = lines[int(random.random() * len(lines))]
    return row, slot


def _try_swap(rows: Rows, cost: Cost, unit: int, random: Random, heat: float) -> None:
    peers = rows.peers[unit]
    other = peers[int(random.random() * len(peers))]
    if other == unit or rows.units[other].group:
        return
    before = cost.of(unit) + cost.of(other)
    one, two = rows.lift(unit), rows.lift(other)
    if rows.fits(unit, *two):
        rows.put(unit, *two)
        if rows.fits(other, *one):
            rows.put(other, *one)
            cost.follow(unit)
            cost.follow(other)
            if _keeps(cost.of(unit) + cost.of(other) - before, random, heat):
                return
            rows.lift(other)
        rows.lift(unit)
    rows.put(unit, *one)
    rows.put(other, *two)
    cost.follow(unit)
    cost.follow(other)


def _keeps(worse: float, random: Random, heat: float) -> bool:
    return worse < 0 or (heat > 0 and random.random() < math.exp(-worse / heat))
