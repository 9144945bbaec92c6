"""Improving an arrangement by many small moves that are kept when the picture gets more legible.

Simulated annealing (Kirkpatrick, Gelatt and Vecchi, 1983) with a fixed seed: the same input gives
the same picture.
"""

from __future__ import annotations

import math
from random import Random
from typing import TYPE_CHECKING

from model.layout.squeeze import move_all, room_in, slid
from model.layout.units import SLOT

if TYPE_CHECKING:
    from collections.abc import Collection

    from model.layout.cost import Cost
    from model.layout.rows import Place, Rows

_ENOUGH = 400
"""So many steps for each unit are enough where there are only a few."""
_FEW = 10
_NEAR_ENOUGH = 6
"""So many slots aside from where it is wanted a unit is content with a gap."""


def improve(rows: Rows, cost: Cost, steps: int, seed: int, heat: float = 160.0) -> None:
    """Move and swap units as long as that makes the picture more legible (annealing)."""
    random = Random(seed)  # noqa: S311 -- chance here serves repeatable layout
    movable = [unit for unit in sorted(rows.at) if cost.linked[unit]]
    if not movable:
        return
    if len(movable) <= _FEW:
        steps = min(steps, _ENOUGH * len(movable))
    for step in range(steps):
        if step % 64 == 0:
            cost.centre_on_content()
        warmth = heat * (1 - step / steps) ** 2
        unit = movable[int(random.random() * len(movable))]
        if len(rows.units[unit].cells) > 1:
            _try_slide(rows, cost, unit, random, warmth)
        elif random.random() < 0.3:
            _try_swap(rows, cost, unit, random, warmth)
        else:
            _try_move(rows, cost, unit, random, warmth)


def gather_loose(rows: Rows, cost: Cost) -> None:
    """Bring units without links next to the others: they lie where chance left them."""
    cost.centre_on_content()
    linked = [unit for unit in rows.at if cost.linked[unit]]
    if not linked:
        return
    middle = sum(rows.at[unit][1] for unit in linked) / len(linked)
    for unit in sorted(rows.at):
        if not cost.linked[unit]:
            row, slot = rows.lift(unit)
            rows.put(unit, *(rows.nearest(unit, row, middle) or (row, slot)))
            cost.follow(unit)


def _try_move(rows: Rows, cost: Cost, unit: int, random: Random, heat: float) -> None:
    """Move a unit to where it is wanted; where the row is full, others make room."""
    old = rows.at[unit]
    row, slot = _wish(rows, cost, unit, random)
    rows.lift(unit)
    place = rows.nearest(unit, row, slot)
    near = place is not None and place[0] == row and abs(place[1] - slot) < _NEAR_ENOUGH
    plan = None if near else room_in(rows, unit, round(row), slot)
    if plan is None:
        plan = {} if place is None or place == old else {unit: place}
    rows.put(unit, *old)
    if plan:
        before = cost.of(unit) + sum(cost.of(one) for one in plan if one != unit)
        _try(rows, cost, plan, before, random, heat)


def _try(
    rows: Rows, cost: Cost, plan: dict[int, Place], before: float, random: Random, heat: float
) -> None:
    """Move units as planned, and back again where that is worse than before."""
    old = move_all(rows, plan)
    for one in plan:
        cost.follow(one)
    if not _keeps(cost, plan, before, random, heat):
        move_all(rows, old)
        cost.take_back(old)


def _try_slide(rows: Rows, cost: Cost, unit: int, random: Random, heat: float) -> None:
    """Move a whole group to the side; those in its way go to where it was."""
    _row, slot = _wish(rows, cost, unit, random)
    plan = slid(rows, unit, round(slot))
    if plan:
        before = sum(cost.of(one) for one in plan)
        _try(rows, cost, plan, before, random, heat)


def _wish(rows: Rows, cost: Cost, unit: int, random: Random) -> tuple[float, float]:
    """Somewhere near the middle of a unit's neighbours, or anywhere."""
    near = cost.neighbours_at(unit)
    spread = 8.0 if random.random() < 0.7 else 40.0
    middle = rows.slots * SLOT / 2 if near is None else near
    slot = middle / SLOT - rows.spans[unit] / 2 + random.gauss(0, spread)
    lines = list(rows.starts[unit])
    return lines[int(random.random() * len(lines))], slot


def _try_swap(rows: Rows, cost: Cost, unit: int, random: Random, heat: float) -> None:
    """Let two units change places; where one is wider, its new neighbours make room."""
    peers = rows.peers[unit]
    other = peers[int(random.random() * len(peers))]
    if other == unit or other not in rows.at:
        return
    one, two = rows.lift(unit), rows.lift(other)
    old = {unit: one, other: two}
    done = _seat(rows, unit, two, old) and _seat(rows, other, one, old)
    if done:
        # Costs still count with where everything was.
        before = sum(cost.of(moved) for moved in old)
        for moved in old:
            cost.follow(moved)
        if _keeps(cost, old, before, random, heat):
            return
    move_all(rows, old)
    cost.take_back(old)


def _seat(rows: Rows, unit: int, place: Place, old: dict[int, Place]) -> bool:
    """Put a lifted unit to a place, moving its neighbours; notes in `old` where those were."""
    if rows.fits(unit, *place):
        rows.put(unit, *place)
        return True
    plan = room_in(rows, unit, *place)
    if plan is None:
        return False
    for moved, was in move_all(rows, plan).items():
        old.setdefault(moved, was)
    return True


def _keeps(cost: Cost, moved: Collection[int], before: float, random: Random, heat: float) -> bool:
    """Whether units stay where they were moved: where it is better, or by chance a little worse."""
    least = sum(cost.lengths(unit) for unit in moved) - before
    chance = random.random() if heat > 0 and least >= 0 else None
    # Lengths alone often tell that it is too much worse; crossings could only add to that.
    if least >= 0 and not _is_taken(least, chance, heat):
        return False
    worse = sum(cost.of(unit) for unit in moved) - before
    if worse >= 0:
        if chance is None and heat > 0:
            chance = random.random()
        if not _is_taken(worse, chance, heat):
            return False
    cost.settle()
    return True


def _is_taken(worse: float, chance: float | None, heat: float) -> bool:
    return chance is not None and chance < math.exp(-worse / heat)
