"""Arranging a map in bands: forces first, then rows of slots, then many small improvements.

The result has no overlapping cards, keeps members of a contact group together, conflict parties
in the middle, and leaves room between cards for labels. It is the same for the same input.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from model.layout.groups import settle_groups
from model.layout.seeds import seeded
from model.layout.units import ROOMY, SLOT, Spacing, Unit, Zone, drawn_bands, units_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from model.layout.rows import Cost, Rows
    from model.records import Linkage
    from model.tables import Tables

_TOP = 44.0
_BOTTOM = 36.0
_THOROUGH_LIMIT = 130
"""Up to so many cards, lines over cards and crossings are weighed as well as lengths."""
_MOST_TRIES = 4
_EFFORT_PER_TRY = 10.0
"""With much effort several arrangements are made, of which the best is taken."""
_SEED = 20090915
_THOROUGH_STEPS = 260
_PLAIN_STEPS = 1500
"""Steps of improvement at effort 1: about 0.1 s either way."""


class Arrangement(msgspec.Struct, frozen=True):
    """Places by actor, counted from the top of the card's band, and heights of the bands."""

    places: dict[str, tuple[float, float]]
    heights: dict[str, float]


def arrange(
    tables: Tables, as_of: date, *, effort: float = 1.0, spacing: Spacing = ROOMY
) -> Arrangement:
    """Find places for all actors.

    Args:
        tables: the project.
        as_of: the day whose roles decide the size of cards.
        effort: 1 for use while somebody waits (0.1 s at 300 actors), more for samples and print.
        spacing: how roomy: for a screen, or dense for a sheet of paper.
    """
    from model.layout.rows import Rows  # noqa: PLC0415 -- brings numpy

    units = units_of(tables, as_of, spacing)
    bands = drawn_bands(tables)
    tries = max(1, min(_MOST_TRIES, int(effort // _EFFORT_PER_TRY)))
    slots = _slots(units, spacing.aspect)
    share = effort / tries
    attempts = [
        _attempt(tables, Rows(units, bands, slots), share, _SEED + at) for at in range(tries)
    ]
    rows, _ = min(attempts, key=lambda attempt: attempt[1])
    return _placed(rows, bands, spacing.row_gap)


def _attempt(tables: Tables, rows: Rows, effort: float, seed: int) -> tuple[Rows, float]:
    """One arrangement, in rows that are still empty, and what it costs."""
    from model.layout.improve import improve  # noqa: PLC0415 -- brings numpy
    from model.layout.rows import Cost  # noqa: PLC0415

    units = rows.units
    links = _links(tables, units)
    thorough = len(tables.actors) <= _THOROUGH_LIMIT
    cost = Cost(rows, links, _ties(tables, units), thorough=thorough)
    _settle(rows, cost, links)
    for unit in range(len(units)):
        cost.follow(unit)
    steps = _THOROUGH_STEPS if thorough else _PLAIN_STEPS
    improve(rows, cost, round(effort * steps), seed)
    return rows, cost.total()


def _slots(units: list[Unit], aspect: float) -> int:
    """How many slots wide the map should be, for a picture of pleasant proportions."""
    area = sum(unit.rows * unit.span for unit in units) * 1.3 * SLOT * 140.0
    widest = max((unit.span for unit in units), default=12)
    return max(widest, 48, math.ceil(math.sqrt(area * aspect) / SLOT))


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


def _settle(rows: Rows, cost: Cost, links: list[tuple[int, int]]) -> None:
    """Put every unit into the free place nearest to where the forces want it."""
    unit_of = [at for at, unit in enumerate(rows.units) for _ in unit.cells]
    between = [(unit_of[a], unit_of[b]) for a, b in links if unit_of[a] != unit_of[b]]
    spans = [rows.rows_of[unit.zone] for unit in rows.units]
    width = rows.slots * SLOT
    bounds = [(_ROW * lines[0], _ROW * lines[-1] + 0.01) for lines in spans]
    wanted = seeded(bounds, between, [unit.pull for unit in rows.units], width)
    degree = [len(found) for found in cost.links_of]
    order = sorted(
        range(len(rows.units)),
        key=lambda at: (-len(rows.units[at].cells), -rows.units[at].pull, -degree[at], at),
    )
    settle_groups(rows, [x for x, _ in wanted])
    for unit in order:
        if unit not in rows.at:
            x, y = wanted[unit]
            place = rows.nearest(unit, y / _ROW, x / SLOT - rows.units[unit].span / 2)
            rows.put(unit, *(place or _widened(rows, unit)))


_ROW = 132.0


def _widened(rows: Rows, unit: int) -> tuple[int, int]:
    """Make the rows longer when a zone is full; returns a place at the new end."""
    before = rows.slots
    rows.slots += rows.units[unit].span
    for line in rows.used:
        line.extend(bytes(rows.slots - before))
    return rows.rows_of[rows.units[unit].zone][0], before


def _placed(rows: Rows, bands: Iterable[str], gap: float) -> Arrangement:
    """Turn rows and slots into places; rows without cards take no room."""
    tallest: dict[int, float] = {}
    for unit, (row, _slot) in rows.at.items():
        for cell in rows.units[unit].cells:
            line = row + cell.row
            tallest[line] = max(tallest.get(line, 0.0), cell.height)
    tops: dict[int, float] = {}
    heights: dict[str, float] = {}
    above = 0.0
    for band in bands:
        heights[band], above = _stack(rows, band, tallest, tops, above, gap)
    left = min((slot for _row, slot in rows.at.values()), default=0)
    places: dict[str, tuple[float, float]] = {}
    for unit, (row, slot) in rows.at.items():
        for cell in rows.units[unit].cells:
            line = row + cell.row
            x = 48.0 + (slot + cell.slot - left) * SLOT
            y = tops[line] + (tallest[line] - cell.height) / 2
            places[cell.actor_id] = (x, float(round(y)))
    return Arrangement(places, heights)


def _stack(
    rows: Rows,
    band: str,
    tallest: Mapping[int, float],
    tops: dict[int, float],
    above: float,
    gap: float,
) -> tuple[float, float]:
    """Lay out the rows of a band, counted from its top, into `tops`.

    `above` is how far cards on the upper border reach in. Returns the height of the band and how
    far cards on its lower border reach into the next one; `gap` is the room between rows.
    """
    y = max(_TOP, above + gap) if above else _TOP
    bottom = y
    for line in rows.rows_of[Zone(band, border=False)]:
        if line in tallest:
            tops[line] = y
            bottom = y + tallest[line] + _BOTTOM
            y += tallest[line] + gap
    reach = 0.0
    for line in rows.rows_of[Zone(band, border=True)]:
        if line in tallest:
            # The last of these rows lies on the border itself.
            bottom = 8.0 * math.ceil((y + tallest[line] / 2) / 8)
            tops[line] = bottom - tallest[line] / 2
            reach = tallest[line] / 2
            y = tops[line] + tallest[line] + gap
    return max(112.0, 8.0 * math.ceil(bottom / 8)), reach
