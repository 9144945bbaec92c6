"""Lanes of lines that run around the same corner of a card: side by side, so that each is followed.

Every line finds its way for itself, as near to the corners as it may come. Of those that meet at a
corner the one that turns most runs innermost, the others further out, one lane each; where there is
no room for that, nearer together.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from model.drawing.routing import Route, laned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.drawing.boxes import BoxGrid
    from model.drawing.parts import Card, Link

    Corner = tuple[float, float]

LANE = 11.0
"""From lane to lane, along each side of the card."""
_SHARES = (1.0, 0.7, 0.45)
"""Parts of its lanes that a line keeps where there is little room."""


class _Bend(NamedTuple):
    """How a line turns at a corner: the angle on the side of the card, and which way is out."""

    angle: float
    outwards: tuple[float, float]


class Lanes:
    """Which lines run around which corners."""

    def __init__(self) -> None:
        """Start without any."""
        self._at: dict[Corner, dict[str, _Bend]] = {}
        self._of: dict[str, dict[Corner, _Bend]] = {}

    def copy(self) -> Lanes:
        """The same lines around the same corners."""
        other = Lanes()
        other._at = {corner: dict(bends) for corner, bends in self._at.items()}
        other._of = {link_id: dict(bends) for link_id, bends in self._of.items()}
        return other

    def note(self, changed: Iterable[str], links: Mapping[str, Link]) -> set[str]:
        """Take over lines that run elsewhere now; returns all that meet them, before or now."""
        met: set[str] = set()
        for link_id in changed:
            before = self._of.pop(link_id, {})
            link = links.get(link_id)
            now = {} if link is None else _bends(link.route)
            for corner in before:
                met.update(self._at[corner])
                del self._at[corner][link_id]
                if not self._at[corner]:
                    del self._at[corner]
            for corner, bend in now.items():
                self._at.setdefault(corner, {})[link_id] = bend
            if now:
                self._of[link_id] = now
        for link_id in changed:
            for corner in self._of.get(link_id, ()):
                met.update(self._at[corner])
        return met

    def laned(self, link: Link, cards: Mapping[str, Card], avoid: BoxGrid[str] | None) -> Link:
        """A line in its lanes."""
        pushes: dict[Corner, Corner] = {}
        for corner, bend in self._of.get(link.id, {}).items():
            others = self._at[corner]
            order = sorted(others, key=lambda i: (round(others[i].angle, 6), i))
            lane = order.index(link.id)
            if lane:
                x, y = bend.outwards
                pushes[corner] = (lane * LANE * x, lane * LANE * y)
        if not pushes or avoid is None:
            return link
        ends = (link.from_id, link.to_id)
        boxes = (cards[ends[0]].box, cards[ends[1]].box)
        for share in _SHARES:
            stops = [
                (x + share * pushes[x, y][0], y + share * pushes[x, y][1])
                if (x, y) in pushes
                else (x, y)
                for x, y in _stops(link.route)
            ]
            route = laned(link.route, stops, boxes, avoid, ends)
            if route is not None:
                return msgspec.structs.replace(link, route=route)
        return link


def _stops(route: Route) -> list[Corner]:
    return list(zip(route.stops[0::2], route.stops[1::2], strict=True))


def _bends(route: Route) -> dict[Corner, _Bend]:
    """The corners that a line runs around."""
    found: dict[Corner, _Bend] = {}
    stops = _stops(route)
    for before, here, after in zip(stops, stops[1:], stops[2:], strict=False):
        one, two = _towards(here, before), _towards(here, after)
        cosine = max(-1.0, min(1.0, one[0] * two[0] + one[1] * two[1]))
        x, y = one[0] + two[0], one[1] + two[1]
        outwards = (-math.copysign(1.0, x), -math.copysign(1.0, y))
        found[here] = _Bend(math.acos(cosine), outwards)
    return found


def _towards(start: Corner, end: Corner) -> Corner:
    length = math.dist(start, end) or 1.0
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length
