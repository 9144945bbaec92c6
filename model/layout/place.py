"""Places for cards that nobody has placed, without moving those that somebody has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from model.drawing.actor import card_content
from model.drawing.bands import (
    MARGIN,
    Bands,
    bands_of,
    drawn_codes,
    home_track,
    run_of,
    used_tracks,
)
from model.drawing.boxes import Box, BoxGrid, grown
from model.drawing.spanning import card_box
from model.layout.arrange import arrange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from model.records import Role
    from model.tables import Tables

    Places = dict[str, tuple[float, float]]

_STEP = 24.0
_CLEARANCE = 20.0
_LEFT = 48.0
_TOP = 44.0


def initial_places(
    tables: Tables, as_of: date, known: Mapping[str, tuple[float, float]] | None = None
) -> Places:
    """A place for every actor, counted from the top of its band.

    Stored placements rule; then places already `known`; a map without any placement is arranged;
    in others the missing cards get free spots.
    """
    places: Places = {}
    for actor_id in tables.actors:
        placement = tables.placements.get(actor_id)
        if placement is not None:
            places[actor_id] = (placement.x, placement.y)
        elif known is not None and actor_id in known:
            places[actor_id] = known[actor_id]
    missing = [actor_id for actor_id in tables.actors if actor_id not in places]
    if not missing:
        return places
    if not places and len(missing) > 1:
        return dict(arrange(tables, as_of).places)
    places.update(place_new(tables, missing, places))
    return places


def place_new(
    tables: Tables, missing: Iterable[str], places: Mapping[str, tuple[float, float]]
) -> Places:
    """Free spots for actors without a place, near what they are linked to, in their own bands."""
    bands, tops, boxes = laid_out(tables, places)
    taken: BoxGrid[str] = BoxGrid()
    for actor_id, box in boxes.items():
        taken.put(actor_id, box)
    found: Places = {}
    for actor_id in sorted(missing):
        wanted = _wish(tables, actor_id, {**places, **found})
        band = bands.band(home_track(tables.actors[actor_id].tracks))
        actor, top, room = tables.actors[actor_id], band.top + _TOP, band.height - _TOP - MARGIN
        if bands.spanned(actor.tracks):
            # How high it lies is given by its bands; only the way along them is free.
            top, room = card_box(actor, 0.0, band.bottom, bands)[1], 0.0
        spanning = card_box(actor, 0.0, top, bands)
        size = (spanning[2], spanning[3] - spanning[1])
        x, y = _free_spot(taken, size, wanted, top, room)
        found[actor_id] = (x, y - tops[actor_id])
        taken.put(actor_id, card_box(actor, x, y, bands))
    return found


class LaidOut(NamedTuple):
    """The bands of a map, the upper edge of each actor's own, and the boxes of placed cards."""

    bands: Bands
    tops: dict[str, float]
    boxes: dict[str, Box]


def laid_out(
    tables: Tables, places: Mapping[str, tuple[float, float]], *, largest: bool = True
) -> LaidOut:
    """Where the bands are, and the cards that have these places.

    A card is the larger the more roles it tells of on a day; without them it is no `largest` one.
    """
    sizes = {i: _size(tables, i) for i in tables.actors}
    cards: dict[str, list[tuple[float, float]]] = {}
    drawn = drawn_codes(tables)
    for actor_id, (_x, y) in places.items():
        if not run_of(tables.actors[actor_id].tracks, drawn):
            code = home_track(tables.actors[actor_id].tracks)
            cards.setdefault(code, []).append((y, y + sizes[actor_id][1]))
    bands = bands_of(tables, used_tracks(tables.actors.values()), cards)
    tops = {i: bands.band(home_track(a.tracks)).top for i, a in tables.actors.items()}
    roles: dict[str, list[Role]] = {}
    for role in tables.roles.values() if largest else ():
        roles.setdefault(role.actor_id, []).append(role)
    boxes = {
        i: card_box(tables.actors[i], x, y + tops[i], bands, roles=roles.get(i, ()))
        for i, (x, y) in places.items()
    }
    return LaidOut(bands, tops, boxes)


def _size(tables: Tables, actor_id: str) -> tuple[float, float]:
    content = card_content(tables.actors[actor_id])
    return content.width, content.height


def _wish(tables: Tables, actor_id: str, places: Mapping[str, tuple[float, float]]) -> float:
    """Where along its band the actor would like to be: over its neighbours, else at the left."""
    xs = [
        places[other][0]
        for link in tables.linkages.values()
        if actor_id in {link.from_id, link.to_id}
        for other in (link.from_id, link.to_id)
        if other != actor_id and other in places
    ]
    return sum(xs) / len(xs) if xs else _LEFT


def _free_spot(
    taken: BoxGrid[str], size: tuple[float, float], x: float, top: float, height: float
) -> tuple[float, float]:
    """The free spot of a band nearest to x; the band never has to grow for it."""
    rows = max(1, int((height - size[1]) // _STEP) + 1)
    for ring in range(400):
        for row in range(rows):
            for shift in (ring * _STEP, -ring * _STEP):
                at = (_snapped(x + shift), top + row * _STEP)
                if at[0] >= _LEFT and taken.is_free(grown(_box(*at, size), _CLEARANCE)):
                    return at
    return x + 400 * _STEP, top


def _snapped(value: float) -> float:
    return 8.0 * round(value / 8.0)


def _box(x: float, y: float, size: tuple[float, float]) -> Box:
    return x, y, x + size[0], y + size[1]
