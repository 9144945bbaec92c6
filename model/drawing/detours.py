"""The shortest way of a line around cards: from corner to corner, with rounded bends.

A search over the corners of the cards in the way (visibility graph, A* by Hart, Nilsson and
Raphael, 1968), of which only as much is looked at as is needed.
"""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Point = tuple[float, float]

CLEARANCE = 8.0
"""How near a line comes to a card on its way."""
_CORNER = 14.0
"""How far from a card's corner a line bends."""
_LANE = 7.0
"""Room between parallel lines around the same corner."""
_BEND = 30.0
"""What a bend costs, in length."""
_MOST_STEPS = 160
_ROUNDING = 20.0
"""Larger, and bends would come nearer to cards than the clearance."""


def way_around(
    start: Point, end: Point, cards: Numbers, within: Sequence[float], lane: int = 0
) -> list[Point] | None:
    """Points from start to end that keep clear of cards; None when there is no short way.

    Args:
        start, end: points inside the cards that the line joins.
        cards: boxes of the others.
        within: the box that the way must not leave.
        lane: which of several parallel lines; each keeps a little more distance from corners.
    """
    boxes = cards + np.array([-CLEARANCE, -CLEARANCE, CLEARANCE, CLEARANCE])
    stops = np.vstack([_corners(cards, _CORNER + _LANE * lane, boxes, within), [start, end]])
    goal, first = len(stops) - 1, len(stops) - 2
    rest = np.hypot(stops[:, 0] - end[0], stops[:, 1] - end[1])
    spent = np.full(len(stops), np.inf)
    spent[first] = 0.0
    came: dict[int, int] = {}
    done: set[int] = set()
    queue = [(float(rest[first]), first)]
    for _ in range(_MOST_STEPS):
        while queue and queue[0][1] in done:
            heapq.heappop(queue)
        if not queue:
            return None
        _, here = heapq.heappop(queue)
        if here == goal:
            return _path(stops, came, goal)
        done.add(here)
        steps = np.hypot(stops[:, 0] - stops[here, 0], stops[:, 1] - stops[here, 1])
        cost = spent[here] + steps + (_BEND if here != first else 0.0)
        better = np.nonzero(cost < spent - 1e-6)[0]
        better = better[_visible(stops[here], stops[better], boxes)]
        for stop in better.tolist():
            spent[stop] = cost[stop]
            came[stop] = here
            heapq.heappush(queue, (float(cost[stop] + rest[stop]), stop))
    return None


def _path(stops: Numbers, came: dict[int, int], goal: int) -> list[Point]:
    path = [goal]
    while path[-1] in came:
        path.append(came[path[-1]])
    return [(float(stops[at, 0]), float(stops[at, 1])) for at in reversed(path)]


def _corners(cards: Numbers, margin: float, boxes: Numbers, within: Sequence[float]) -> Numbers:
    """Points beside the corners of cards, but for those that lie on another card."""
    left, top = cards[:, 0] - margin, cards[:, 1] - margin
    right, bottom = cards[:, 2] + margin, cards[:, 3] + margin
    points = np.concatenate(
        [
            np.column_stack([left, top]),
            np.column_stack([right, top]),
            np.column_stack([left, bottom]),
            np.column_stack([right, bottom]),
        ]
    )
    x, y = points[:, 0, None], points[:, 1, None]
    covered = (x > boxes[:, 0]) & (x < boxes[:, 2]) & (y > boxes[:, 1]) & (y < boxes[:, 3])
    inside = (points[:, 0] > within[0]) & (points[:, 0] < within[2])
    inside &= (points[:, 1] > within[1]) & (points[:, 1] < within[3])
    found: Numbers = points[inside & ~covered.any(axis=1)]
    return found


def _visible(point: Numbers, others: Numbers, boxes: Numbers) -> NDArray[np.bool_]:
    """Which points can be reached from one in a straight line (Liang and Barsky)."""
    step = others - point
    step = np.where(np.abs(step) < 1e-9, 1e-9, step)[:, None, :]
    low = (boxes[None, :, :2] - point) / step
    high = (boxes[None, :, 2:] - point) / step
    near, far = np.minimum(low, high).max(axis=2), np.maximum(low, high).min(axis=2)
    blocked = np.maximum(near, 0.0) < np.minimum(far, 1.0)
    free: NDArray[np.bool_] = ~blocked.any(axis=1)
    return free


def rounded(stops: Sequence[Point], pieces: int = 6) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """A line through stops with rounded bends: Bezier control points, and its flattening."""
    cubics: list[float] = [*stops[0]]
    points: list[float] = [*stops[0]]
    for before, here, after in zip(stops, stops[1:], stops[2:], strict=False):
        reach = min(_ROUNDING, math.dist(before, here) * 0.45, math.dist(here, after) * 0.45)
        one, two = _towards(here, before, reach), _towards(here, after, reach)
        _straight(cubics, points, one)
        c1, c2 = _towards(one, here, reach * 2 / 3), _towards(two, here, reach * 2 / 3)
        cubics += [*c1, *c2, *two]
        for step in range(1, pieces + 1):
            t = step / pieces
            u = 1 - t
            points += [
                u * u * u * one[axis]
                + 3 * u * u * t * c1[axis]
                + 3 * u * t * t * c2[axis]
                + t * t * t * two[axis]
                for axis in (0, 1)
            ]
    _straight(cubics, points, stops[-1])
    return tuple(cubics), tuple(points)


def _straight(cubics: list[float], points: list[float], to: Point) -> None:
    x, y = cubics[-2:]
    dx, dy = (to[0] - x) / 3, (to[1] - y) / 3
    cubics += [x + dx, y + dy, to[0] - dx, to[1] - dy, *to]
    points += [*to]


def _towards(start: Point, end: Point, way: float) -> Point:
    length = math.dist(start, end) or 1.0
    share = way / length
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
