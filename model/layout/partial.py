"""Arranging a part of the map, and keeping what is arranged off the cards that are pinned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.document import Snapshot
from model.drawing.actor import card_content
from model.drawing.bands import Bands, bands_of, drawn_codes, home_track, run_of, used_tracks
from model.drawing.boxes import Box, BoxGrid, grown
from model.drawing.spanning import card_box
from model.layout.arrange import Arrangement, arrange
from model.layout.nudge import free_shift, shifted
from model.layout.place import initial_places
from model.layout.units import ROOMY
from model.records import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from model.layout.units import Spacing
    from model.tables import Tables

    Places = Mapping[str, tuple[float, float]]

_ROOM = 12.0
_MOSTLY = 0.6
"""With places for so many of the actors, a map has an order that is worth keeping."""


def arrange_around(
    tables: Tables,
    as_of: date,
    ids: Iterable[str] = (),
    *,
    effort: float = 1.0,
    spacing: Spacing = ROOMY,
    anew: bool = False,
) -> Arrangement:
    """Arrange all cards, or only some; pinned cards and, of a selection, all others stay.

    Args:
        tables: the project.
        as_of: the day whose roles decide the size of cards.
        ids: the actors to arrange; none means all.
        effort, spacing: see `arrange`.
        anew: do not mind where cards are; else a map most of which has places keeps its order.
    """
    pinned = {i for i, placement in tables.placements.items() if placement.pinned}
    chosen = [i for i in ids if i in tables.actors and i not in pinned]
    if chosen:
        return _some(tables, as_of, chosen, effort)
    before = None if anew else _places_now(tables)
    found = arrange(tables, as_of, effort=effort, spacing=spacing, before=before)
    fixed = {i: _stored(tables, i) for i in pinned if i in tables.actors}
    if not fixed:
        return found
    moving = {i: at for i, at in found.places.items() if i not in fixed}
    return Arrangement(_kept_off(tables, moving, fixed, found.heights), found.heights)


def _places_now(tables: Tables) -> dict[str, tuple[float, float]] | None:
    """Where cards are in the whole map; None where most have no place yet."""
    placed = {i: p for i, p in tables.placements.items() if i in tables.actors}
    if len(placed) < 3 or len(placed) < _MOSTLY * len(tables.actors):
        return None
    bands = _bands(tables, {i: (p.x, p.y) for i, p in placed.items()}, {})
    found = {}
    for actor_id, placement in placed.items():
        at = (placement.x, placement.y)
        found[actor_id] = _box(tables, bands, actor_id, at)[:2]
    return found


def _stored(tables: Tables, actor_id: str) -> tuple[float, float]:
    placement = tables.placements[actor_id]
    return placement.x, placement.y


def _some(tables: Tables, as_of: date, chosen: list[str], effort: float) -> Arrangement:
    """Arrange a selection within the room around its own corner, clear of all other cards."""
    now = initial_places(tables, as_of)
    found = arrange(_part(tables, set(chosen)), as_of, effort=effort).places
    left = min(now[i][0] for i in chosen) - min(at[0] for at in found.values())
    wanted: dict[str, tuple[float, float]] = {}
    for code in {home_track(tables.actors[i].tracks) for i in chosen}:
        members = [i for i in chosen if home_track(tables.actors[i].tracks) == code]
        down = min(now[i][1] for i in members) - min(found[i][1] for i in members)
        for i in members:
            wanted[i] = (found[i][0] + left, found[i][1] + down)
    others = {i: at for i, at in now.items() if i not in wanted}
    return Arrangement(_kept_off(tables, wanted, others, {}), {})


def _part(tables: Tables, ids: set[str]) -> Tables:
    """The project as if it had only these actors, with what is between them."""
    content = {name: dict(tables.table(name)) for name in TABLES}
    content["actors"] = {i: a for i, a in tables.actors.items() if i in ids}
    content["linkages"] = {
        i: link for i, link in tables.linkages.items() if link.from_id in ids and link.to_id in ids
    }
    return Snapshot(content, tables.revision)


def _kept_off(
    tables: Tables, moving: Places, fixed: Places, heights: Mapping[str, float]
) -> dict[str, tuple[float, float]]:
    """The places of moving cards, each put aside where it would lie on a card that stays."""
    bands = _bands(tables, {**fixed, **moving}, heights)
    taken: BoxGrid[str] = BoxGrid()
    for actor_id, at in fixed.items():
        taken.put(actor_id, _box(tables, bands, actor_id, at))
    found = {}
    for actor_id in sorted(moving, key=lambda i: (moving[i][1], moving[i][0], i)):
        box = _box(tables, bands, actor_id, moving[actor_id])
        room = grown(box, _ROOM)
        shift = free_shift([room], taken.is_free, level_only=True)
        dx, dy = shift or free_shift([room], taken.is_free) or (0.0, 0.0)
        x, y = moving[actor_id]
        found[actor_id] = (x + dx, y + dy)
        taken.put(actor_id, shifted(box, dx, dy))
    return found


def _bands(tables: Tables, places: Places, heights: Mapping[str, float]) -> Bands:
    if heights:
        top = 0.0
        entries = []
        for band in bands_of(tables, used_tracks(tables.actors.values()), {}).entries:
            height = heights.get(band.code, band.height)
            entries.append(type(band)(band.code, top, height))
            top += height
        return Bands(tuple(entries))
    cards: dict[str, list[tuple[float, float]]] = {}
    drawn = drawn_codes(tables)
    for actor_id, (_x, y) in places.items():
        actor = tables.actors[actor_id]
        if not run_of(actor.tracks, drawn):
            bottom = y + card_content(actor).height
            cards.setdefault(home_track(actor.tracks), []).append((y, bottom))
    return bands_of(tables, used_tracks(tables.actors.values()), cards)


def _box(tables: Tables, bands: Bands, actor_id: str, at: tuple[float, float]) -> Box:
    actor = tables.actors[actor_id]
    placement = tables.placements.get(actor_id)
    width = placement.width if placement is not None else 0.0
    y = bands.band(home_track(actor.tracks)).top + at[1]
    return card_box(actor, at[0], y, bands, width)
