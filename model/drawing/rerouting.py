"""Which lines may run elsewhere after cards have come, gone or moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.drawing.boxes import Box, grown, overlap
from model.drawing.detours import CLEARANCE
from model.drawing.routing import is_in_way, reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.drawing.parts import Card, Link


def within_reach(links: Iterable[Link], cards: Mapping[str, Card], moved: list[Box]) -> set[str]:
    """Ids of the lines for which the cards that were or are at these boxes matter."""
    found = set()
    for link in links:
        start, end = cards.get(link.from_id), cards.get(link.to_id)
        if start is None or end is None:
            continue
        swayed = link.route.is_swayed
        corridor = reach(start.box, end.box) if swayed else link.route.box()
        for box in moved:
            near = overlap(corridor, grown(box, CLEARANCE + 1.0))
            if near and (swayed or is_in_way(link.route, box)):
                found.add(link.id)
    return found
