"""After bands change places: cards that would now cover others go to free ground beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.drawing.boxes import Box, BoxGrid, grown, overlap
from model.layout.nudge import free_shift, shifted
from model.layout.place import laid_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.tables import Tables

Places = dict[str, tuple[float, float]]

_BESIDE = 8.0
"""How far from others a card that had to go aside lies."""


def make_room(before: Tables, after: Tables, places: Mapping[str, tuple[float, float]]) -> Places:
    """Other places for cards on several tracks that would lie on cards they did not lie on before.

    Only these can: all others go along with their bands. They keep their height, which their
    tracks give them, and go to the nearest free ground at either side.
    """
    old, new = laid_out(before, places, largest=False), laid_out(after, places)
    taken: BoxGrid[str] = BoxGrid()
    for actor_id, box in new.boxes.items():
        taken.put(actor_id, box)
    boxes, found = dict(new.boxes), Places()
    for actor_id in sorted(places):
        tracks = after.actors[actor_id].tracks
        if not old.bands.spanned(tracks) and not new.bands.spanned(tracks):
            continue
        box = boxes[actor_id]
        covered = taken.near(box).keys() - {actor_id}
        if all(overlap(old.boxes[i], old.boxes[actor_id]) for i in covered):
            continue
        taken.remove(actor_id)
        near_by = free_shift([box], lambda at: _is_free(taken, at), level_only=True)
        others = [other for i, other in boxes.items() if i != actor_id]
        dx = near_by[0] if near_by is not None else _beyond(box, others)
        boxes[actor_id] = shifted(box, dx, 0.0)
        taken.put(actor_id, boxes[actor_id])
        found[actor_id] = (places[actor_id][0] + dx, places[actor_id][1])
    return found


def _is_free(taken: BoxGrid[str], box: Box) -> bool:
    return taken.is_free(grown(box, _BESIDE))


def _beyond(box: Box, others: Iterable[Box]) -> float:
    """How far a card has to go to lie beyond all that lie at its height, at the nearer side."""
    level = [
        other for other in others if other[1] < box[3] + _BESIDE and other[3] > box[1] - _BESIDE
    ]
    right = max(other[2] for other in level) + 2 * _BESIDE - box[0]
    left = min(other[0] for other in level) - 2 * _BESIDE - box[2]
    return right if right <= -left else left
