"""Arranging a map in bands: forces first, then rows of slots, then many small improvements.

The result has no overlapping cards, is about as wide for its height as asked for, keeps members of
a contact group together and conflict parties in the middle, and leaves room between cards for
lines and labels. It is the same for the same input.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from model.drawing.bands import REACH, Band, drawn_codes, home_track
from model.drawing.spanning import hanging_at
from model.layout.rows import PITCH, Rows, rows_needed
from model.layout.seeds import seeded
from model.layout.squeeze import squeezed_in
from model.layout.units import ROOMY, SLOT, Spacing, Unit, units_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from model.layout.cost import Cost
    from model.records import Linkage
    from model.tables import Tables

    Spot = tuple[float, float]
    Size = tuple[int, dict[str, int]]

_TOP = 38.0
_BOTTOM = 26.0
_LEAST_BAND = 96.0
_REACHED = REACH + 18.0
"""Room above the first row of a band that cards reach into from above."""
_THOROUGH_LIMIT = 130
"""Up to so many cards, lines over cards and crossings are weighed as well as lengths."""
_MOST_TRIES = 8
_EFFORT_PER_TRY = 1.5
"""With more effort several arrangements are made, and the one with the fewest crossings taken.

Chance decides much: eight short tries find a better picture than a long one.
"""
_SEED = 20090915
_THOROUGH_STEPS = 900
_PLAIN_STEPS, _QUICK_STEPS = 1500, 800
"""Steps of improvement at effort 1: about 0.3 s for a small map, and 0.1 s for one of 300."""
_MOST_SIZES = 40
_SIZES_TRIED = 2400
"""With so many cards in all, sizes are tried until one holds everybody."""
_ROW_APART = 36.0
"""Cards whose middles lie so far apart are taken for two rows."""
_LIKE_BEFORE = 0.3
"""How far a map may differ from the width wanted and still keep the width it has."""
_ANCHOR = 0.9
"""What it costs to move a card away from where it was, by length, when the map is only tidied."""


class Arrangement(msgspec.Struct, frozen=True):
    """Places by actor, counted from the top of the card's band, and heights of the bands."""

    places: dict[str, tuple[float, float]]
    heights: dict[str, float]


def arrange(
    tables: Tables,
    as_of: date,
    *,
    effort: float = 1.0,
    spacing: Spacing = ROOMY,
    before: Mapping[str, Spot] | None = None,
) -> Arrangement:
    """Find places for all actors.

    Args:
        tables: the project.
        as_of: the day whose roles decide the size of cards.
        effort: 1 for use while somebody waits (0.15 s at 300 actors), more for samples and print.
        spacing: how roomy, and how wide for its height.
        before: where cards are, in the whole map: they keep about their places to each other.
    """
    units = units_of(tables, as_of, spacing)
    bands = drawn_codes(tables)
    present = [unit for unit in units if not unit.absent] or units
    sizes = _sizes(present, bands, spacing, before)
    for _slots, needed in sizes:
        for unit in units:
            needed[unit.home] = max(needed.get(unit.home, 0), unit.upper)
            if unit.lower:
                needed[unit.lower] = max(needed.get(unit.lower, 0), unit.rows - unit.upper)
    small = len(tables.actors) <= _THOROUGH_LIMIT and before is None
    tries = max(1, min(_MOST_TRIES, int(effort // _EFFORT_PER_TRY))) if small else 1
    attempts = []
    for at in range(tries):
        rows, cost = _started(tables, units, bands, sizes, before)
        _improved(rows, cost, effort / tries, _SEED + at, before)
        attempts.append(_placed(tables, rows, bands, spacing.row_gap))
    return attempts[0] if tries == 1 else _calmest(tables, as_of, attempts, spacing.aspect)


def _calmest(
    tables: Tables, as_of: date, attempts: Sequence[Arrangement], aspect: float
) -> Arrangement:
    """The arrangement with the fewest crossings for its size."""
    from model.layout.tangle import tangle_of  # noqa: PLC0415 -- brings numpy

    return min(attempts, key=lambda one: tangle_of(tables, as_of, one.places, one.heights, aspect))


def _started(
    tables: Tables,
    units: list[Unit],
    bands: Sequence[str],
    sizes: Sequence[Size],
    before: Mapping[str, Spot] | None,
) -> tuple[Rows, Cost]:
    """Rows of the first size that holds everybody, with everybody near where they should be."""
    from model.layout.cost import Cost  # noqa: PLC0415 -- brings numpy

    links, ties = _links(tables, units), _ties(tables, units)
    rows = Rows(units, bands, *sizes[0])
    cost = Cost(rows, links, ties)
    wanted = _wanted_before(rows, before) if before else _wanted(rows, cost, links)
    enough = sizes[: max(2, _SIZES_TRIED // (1 + len(units)))]
    for at, size in enumerate(enough):
        rows = Rows(units, bands, *size)
        if _settle(rows, cost, wanted, at_home=bool(before), last=at == len(enough) - 1):
            break
    cost = Cost(rows, links, ties)
    for unit in rows.at:
        cost.follow(unit)
    cost.spots = wanted
    return rows, cost


def _improved(
    rows: Rows, cost: Cost, effort: float, seed: int, before: Mapping[str, Spot] | None
) -> None:
    """Move the units until the picture is legible."""
    from model.layout.improve import gather_loose, improve  # noqa: PLC0415 -- brings numpy

    heat = 160.0
    if before:
        cost.anchor, heat, effort = _ANCHOR, 0.0, 0.5 * effort
        cost.wanted = {
            unit: (cost.x[cost.cards_of[unit][0]], cost.y[cost.cards_of[unit][0]])
            for unit in rows.at
        }
    small = len(cost.ids) <= _THOROUGH_LIMIT
    improve(rows, cost, round(effort * (_PLAIN_STEPS if small else _QUICK_STEPS)), seed, heat)
    if small:
        cost.be_thorough()
        improve(rows, cost, round(effort * _THOROUGH_STEPS), seed, 0.8 * heat)
    if not before:
        gather_loose(rows, cost)
    _add_absent(rows, cost)


def _sizes(
    units: Sequence[Unit],
    bands: Sequence[str],
    spacing: Spacing,
    before: Mapping[str, Spot] | None,
) -> list[Size]:
    """Slots and rows that the map may have, those first with which it is shown largest."""
    widest = max((unit.span for unit in units), default=12)
    tall = {code: [c.height for u in units if u.home == code for c in u.cells] for code in bands}
    total = sum(unit.span * unit.rows for unit in units)
    found: list[tuple[float, int, dict[str, int]]] = []
    slots = max(widest, int(0.6 * math.sqrt(total * spacing.aspect * PITCH / SLOT)))
    while slots <= widest + total + 1:
        slots += 1 + slots // 40
        needed = rows_needed(units, bands, slots)
        if needed is None:
            continue
        high = {c: _band_height(needed[c], tall[c], spacing.row_gap) for c in bands}
        whole = sum(high.values())
        found.append((min(spacing.aspect / (slots * SLOT), 1 / whole), slots, needed))
        for code in bands:
            if needed[code]:
                more = _band_height(needed[code] + 1, tall[code], spacing.row_gap)
                scale = min(spacing.aspect / (slots * SLOT), 1 / (whole - high[code] + more))
                found.append((scale, slots, {**needed, code: needed[code] + 1}))
        if slots * SLOT > 2 * spacing.aspect * whole:
            break
    found.sort(key=lambda one: -one[0])
    sizes = [(slots, needed) for _scale, slots, needed in found[:_MOST_SIZES]]
    if before and sizes:
        xs = [x for x, _ in before.values()]
        now = math.ceil((max(xs) - min(xs)) / SLOT) + widest
        kept = rows_needed(units, bands, now) if abs(now / sizes[0][0] - 1) < _LIKE_BEFORE else None
        if kept is not None:
            levels = _levels(units, before)
            sizes.insert(0, (now, {code: max(kept[code], levels.get(code, 0)) for code in bands}))
    return sizes or [(total + widest, dict.fromkeys(bands, 1))]


def _levels(units: Sequence[Unit], before: Mapping[str, Spot]) -> dict[str, int]:
    """How many rows the cards of each band lie in now."""
    middles: dict[str, list[float]] = {}
    for unit in units:
        for cell in unit.cells:
            if cell.actor_id in before and not cell.spans:
                band = unit.home if cell.row < unit.upper else unit.lower
                middles.setdefault(band, []).append(before[cell.actor_id][1] + cell.height / 2)
    found = {}
    for band, ys in middles.items():
        ys.sort()
        found[band] = 1 + sum(b - a > _ROW_APART for a, b in pairwise(ys))
    return found


def _band_height(rows: int, heights: Sequence[float], gap: float) -> float:
    if not rows:
        return _LEAST_BAND
    high = sorted(heights, reverse=True)[: max(1, rows)] or [56.0]
    return max(_LEAST_BAND, _TOP + rows * (sum(high) / len(high) + gap) - gap + _BOTTOM)


def _links(tables: Tables, units: Sequence[Unit]) -> list[tuple[int, int]]:
    number = {cell.actor_id: at for at, cell in enumerate(c for u in units for c in u.cells)}
    pairs = {
        (number[link.from_id], number[link.to_id])
        for link in tables.linkages.values()
        if link.from_id in number and link.to_id in number and link.from_id != link.to_id
        if not _is_outlined(tables, link)
    }
    for actor in tables.actors.values():
        if actor.parent_id in number:
            pairs.add((number[actor.id], number[actor.parent_id]))
    return sorted({(min(pair), max(pair)) for pair in pairs})


def _ties(tables: Tables, units: Sequence[Unit]) -> list[tuple[int, int]]:
    """Pairs of a contact group and each member, which lie together though no line joins them."""
    number = {cell.actor_id: at for at, cell in enumerate(c for u in units for c in u.cells)}
    return sorted(
        (number[link.from_id], number[link.to_id])
        for link in tables.linkages.values()
        if link.from_id in number and link.to_id in number and _is_outlined(tables, link)
    )


def _is_outlined(tables: Tables, link: Linkage) -> bool:
    """Whether the outline of a contact group stands for the linkage, so that no line is drawn."""
    return link.kind == "membership" and tables.actors[link.to_id].kind == "contact_group"


def _wanted(rows: Rows, cost: Cost, links: Sequence[tuple[int, int]]) -> list[Spot]:
    """Where the forces want every unit: shares of the way down its band and across the map."""
    between = [
        (cost.unit_of[a], cost.unit_of[b]) for a, b in links if cost.unit_of[a] != cost.unit_of[b]
    ]
    bounds = [
        (PITCH * min(starts), PITCH * max(starts) + 0.01) if starts else (0.0, 0.01)
        for starts in rows.starts
    ]
    pulls = [unit.pull for unit in rows.units]
    width = rows.slots * SLOT
    found = seeded(bounds, between, pulls, width)
    return [
        ((y - low) / (high - low), x / width)
        for (x, y), (low, high) in zip(found, bounds, strict=True)
    ]


def _wanted_before(rows: Rows, before: Mapping[str, Spot]) -> list[Spot]:
    """Where every unit lies now, in the same shares; new ones go to the middle."""
    left = min(x for x, _ in before.values())
    right = max(x for x, _ in before.values()) + SLOT * max(rows.spans)
    levels: dict[str, list[float]] = {}
    for unit in rows.units:
        first = unit.cells[0].actor_id
        if first in before:
            levels.setdefault(unit.home, []).append(before[first][1])
    spots = []
    for unit in rows.units:
        cell = unit.cells[0]
        if cell.actor_id not in before:
            spots.append((0.5, 0.5))
            continue
        x, y = before[cell.actor_id]
        low, high = min(levels[unit.home]), max(levels[unit.home])
        middle = x + (unit.span / 2 - cell.slot) * SLOT
        wide = max(right - left, rows.slots * SLOT)
        spots.append(((y - low) / (high - low) if high > low else 0.0, (middle - left) / wide))
    return spots


def _spot(rows: Rows, unit: int, share: Spot) -> Spot:
    """Row and slot of a unit that is wanted at shares of its band's rows and of the width."""
    starts = rows.starts[unit]
    first, last = min(starts), max(starts)
    return first + share[0] * (last - first), share[1] * rows.slots - rows.spans[unit] / 2


def _settle(rows: Rows, cost: Cost, wanted: Sequence[Spot], *, at_home: bool, last: bool) -> bool:
    """Put every unit into the free place nearest to where it is wanted; large ones first.

    Returns whether there is room for all that is there on the day; the `last` rows are made longer
    where there is not.
    """

    def urgency(at: int) -> tuple[float, ...]:
        unit = rows.units[at]
        size = -len(unit.cells) * unit.span
        if at_home:
            return (not unit.spans, size, wanted[at][1], at)
        degree = sum(cost.degree[card] for card in cost.cards_of[at])
        return (not unit.spans, size if len(unit.cells) > 1 else 0, -unit.pull, -degree, at)

    present = [at for at, unit in enumerate(rows.units) if not unit.absent]
    for unit in sorted(present, key=urgency):
        spot = _spot(rows, unit, wanted[unit])
        place = rows.nearest(unit, *spot) or squeezed_in(rows, unit, *spot)
        if place is None and not last:
            return False
        rows.put(unit, *(place or _widened(rows, unit)))
    return True


def _add_absent(rows: Rows, cost: Cost) -> None:
    """Give those who are not there on the day what room is left, so that they widen no map."""
    for unit, shape in enumerate(rows.units):
        if not shape.absent or not rows.starts[unit]:
            continue
        spot = _spot(rows, unit, cost.spots[unit])
        place = rows.nearest(unit, *spot) or squeezed_in(rows, unit, *spot)
        rows.put(unit, *(place or _widened(rows, unit)))
        cost.follow(unit)


def _widened(rows: Rows, unit: int) -> tuple[int, int]:
    """Make the rows longer when a band is full; returns a place at the new end."""
    before = rows.slots
    rows.slots += rows.units[unit].span
    for line in rows.used:
        line.extend(bytes(rows.slots - before))
    starts = rows.starts[unit]
    shortest = min(starts, key=lambda row: rows.used[row].rfind(1))
    return rows.nearest(unit, shortest, rows.used[shortest].rfind(1) + 1) or (shortest, before)


def _placed(tables: Tables, rows: Rows, bands: Sequence[str], gap: float) -> Arrangement:
    """Turn rows and slots into places; rows without cards take no room."""
    tallest: dict[int, float] = {}
    reached: set[str] = set()
    for at, unit in enumerate(rows.units):
        for cell in unit.cells:
            line = rows.line_of(at, cell)
            tallest[line] = max(tallest.get(line, 0.0), cell.height)
        if unit.spans:
            reached.add(unit.last)
    tops: dict[int, float] = {}
    heights: dict[str, float] = {}
    for band in bands:
        heights[band] = _stack(rows.rows_of[band], tallest, tops, gap, band in reached)
    start: dict[str, float] = {}
    for band in bands:
        start[band] = sum(heights[code] for code in bands[: bands.index(band)])
    drawn = [Band(code, start[code], heights[code]) for code in bands]
    left = min((slot for _row, slot in rows.at.values()), default=0)
    places: dict[str, tuple[float, float]] = {}
    for at, unit in enumerate(rows.units):
        slot = rows.at[at][1]
        for cell in unit.cells:
            line = rows.line_of(at, cell)
            band = rows.band_of(line)
            y = start[band] + tops[line] + (tallest[line] - cell.height) / 2
            if cell.spans:
                y = start[band] + heights[band] - max(REACH, cell.height - REACH)
                tracks = tables.actors[cell.actor_id].tracks
                y = hanging_at(drawn, tracks, cell.height) or y
            home = home_track(tables.actors[cell.actor_id].tracks)
            x = 48.0 + (slot + cell.slot - left) * SLOT
            places[cell.actor_id] = (x, float(round(y - start[home])))
    return Arrangement(places, heights)


def _stack(
    lines: Sequence[int],
    tallest: Mapping[int, float],
    tops: dict[int, float],
    gap: float,
    is_reached: bool,
) -> float:
    """Lay out the rows of a band, counted from its top, into `tops`; returns its height."""
    y = _REACHED if is_reached else _TOP
    bottom = y
    for line in lines:
        if line in tallest:
            tops[line] = y
            bottom = y + tallest[line] + _BOTTOM
            y += tallest[line] + gap
    return max(_LEAST_BAND, 8.0 * math.ceil(bottom / 8))
