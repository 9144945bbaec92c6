"""Lines of cards that are on the move: as they would run if the cards were let go of here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.drawing.boxes import POLE, overlap

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from model.drawing.boxes import Box, BoxGrid
    from model.drawing.lines import Lines
    from model.drawing.parts import Card, Link

MOST_AROUND = 8
"""So many lines at most find their way around cards while these move; more take the direct one."""


class _OnTheMove:
    """The cards of a map, some of them elsewhere."""

    def __init__(self, resting: BoxGrid[str], moved: Mapping[str, Box]) -> None:
        self._resting, self._moved = resting, moved

    def near(self, box: Box) -> dict[str, Box]:
        found = {
            owner: other
            for owner, other in self._resting.near(box).items()
            if owner.removeprefix(POLE) not in self._moved
        }
        return found | {i: other for i, other in self._moved.items() if overlap(box, other)}


def moved_links(
    lines: Lines,
    cards: Mapping[str, Card],
    around: BoxGrid[str] | None,
    link_ids: Collection[str],
    boxes: Mapping[str, Box],
) -> list[Link]:
    """Drawn lines as they would be with some cards in other boxes.

    Args:
        lines, cards: what is drawn.
        around: the cards around which lines run on this map; None where they do not.
        link_ids: the lines of the cards that move.
        boxes: where these cards are now.
    """
    avoid = None
    if around is not None and len(link_ids) <= MOST_AROUND:
        avoid = _OnTheMove(around, boxes)
    found: list[Link] = []
    for link_id in sorted(link_ids):
        link = lines.links[link_id]
        start, end = (boxes.get(i, cards[i].box) for i in (link.from_id, link.to_id))
        way = lines.rerouted(link, start, end, avoid)
        found.append(msgspec.structs.replace(link, route=way))
    return found
