"""Where the line of a linkage runs: from border to border, around cards, fanned out from its twins.

Lines are straight where they can be, for straight lines are read best; where a card would lie on
the way the line bends just enough. Parallel linkages of a pair lie side by side.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np

from model.drawing.boxes import POLE, grown
from model.drawing.detours import CLEARANCE as _CLEARANCE
from model.drawing.detours import rounded, way_around

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Protocol

    from numpy.typing import NDArray

    from model.drawing.boxes import Box

    class Cards(Protocol):
        """What is known of the cards on the map: which of them lie near a box."""

        def near(self, box: Box) -> Mapping[str, Box]:
            """Cards that overlap a box, and their boxes."""
            ...


STEPS = 14
"""Straight pieces that a bent line is flattened into."""
FAN = 34.0
"""Distance between the middles of parallel lines."""
_DETOURS = tuple(side * size for size in (18.0, 36.0, 54.0) for side in (1, -1))
_BOWS = (0.0, *_DETOURS, 72.0, -72.0, 90.0, -90.0)
_SQUEEZES = (1.0, 0.65, 0.4)
_ASIDE = 380.0
"""How far to the side of its straight way a line may run."""
_GAP = 1.5
"""Distance of a line's end from the card's border."""


class Route(msgspec.Struct, frozen=True, gc=False):
    """A line: Bezier control points (one cubic, or several through bends) and its flattening.

    `cubics` holds x0, y0, then six numbers per piece; `points` is x, y, x, y... along the line.
    `is_swayed` says that cards beside the line had a part in how it runs, though none lies on it.
    `stops` are the corners around which it runs, between its two ends; x, y, x, y...
    """

    cubics: tuple[float, ...]
    points: tuple[float, ...]
    is_swayed: bool = False
    stops: tuple[float, ...] = ()

    @property
    def is_straight(self) -> bool:
        """Whether the line is one straight piece."""
        return len(self.points) == 4

    def at(self, share: float) -> tuple[float, float]:
        """The point a share (0 to 1) of the way along the line."""
        x, y, _dx, _dy = self.along(share)
        return x, y

    def along(self, share: float) -> tuple[float, float, float, float]:
        """Point and unit direction a share of the way along the line."""
        points = self.points
        lengths = [
            math.hypot(points[i + 2] - points[i], points[i + 3] - points[i + 1])
            for i in range(0, len(points) - 2, 2)
        ]
        rest = share * sum(lengths)
        for index, length in enumerate(lengths):
            if rest <= length or index == len(lengths) - 1:
                i = 2 * index
                part = rest / length if length else 0.0
                dx, dy = points[i + 2] - points[i], points[i + 3] - points[i + 1]
                scale = 1 / length if length else 0.0
                return points[i] + part * dx, points[i + 1] + part * dy, dx * scale, dy * scale
            rest -= length
        return points[0], points[1], 1.0, 0.0

    def box(self) -> Box:
        """The box around the line."""
        xs, ys = self.points[0::2], self.points[1::2]
        return min(xs), min(ys), max(xs), max(ys)

    def distance(self, x: float, y: float) -> float:
        """How far a point is from the line."""
        points = self.points
        return min(
            _distance(x, y, *points[i : i + 4]) for i in range(0, max(1, len(points) - 2), 2)
        )


def fan_offsets(count: int) -> list[float]:
    """Sideways offsets of so many parallel lines."""
    return [FAN * (index - (count - 1) / 2) for index in range(count)]


def route(
    start: Box,
    end: Box,
    offset: float = 0.0,
    bends: Sequence[tuple[float, float]] = (),
    cards: Cards | None = None,
    ends: tuple[str, str] = ("", ""),
    twins: int = 1,
) -> Route:
    """The line between two cards.

    Args:
        start, end: the boxes of the cards.
        offset: how far the middle lies to the side, for parallel lines.
        bends: points that the user made the line run through.
        cards: the cards that the line should run around, if that is wanted.
        ends: ids of the two cards, which are not in the way.
        twins: how many parallel lines there are; all run alike, so that they stay apart.
    """
    if bends:
        return _through(start, end, bends)
    if cards is None:
        return _arc(start, end, offset)
    direct = _arc(start, end, offset)
    if twins == 1 and not _is_blocked(direct, cards, ends):
        return direct
    swayed = _swayed(start, end, offset, direct, cards, ends, twins)
    return msgspec.structs.replace(swayed, is_swayed=True)


def _swayed(
    start: Box,
    end: Box,
    offset: float,
    direct: Route,
    cards: Cards,
    ends: tuple[str, str],
    twins: int,
) -> Route:
    """The line when others or cards may be in its way; see `route`."""
    if twins > 1:
        found = _common_way(start, end, twins, cards, ends)
        if found is not None:
            return _arc(start, end, found.squeeze * offset + found.bow)
        if not _is_blocked(direct, cards, ends):
            return direct
    side = offset / FAN if ends[0] < ends[1] else -offset / FAN
    # Parallel lines around the same corners go 0, 1, 2... from the inside outwards.
    lane = round(2 * abs(side)) - (side < 0)
    obstacles = _obstacles(start, end, cards, ends)
    detours = _DETOURS if twins == 1 else ()
    return _around(start, end, direct, obstacles, [offset + detour for detour in detours], lane)


class _CommonWay(NamedTuple):
    """How all parallel lines run: nearer together by a factor, and so far to one side."""

    squeeze: float
    bow: float


def _common_way(
    start: Box, end: Box, twins: int, cards: Cards, ends: tuple[str, str]
) -> _CommonWay | None:
    """How all parallel lines run over no card and side by side; None where they cannot."""
    side = 1 if ends[0] < ends[1] else -1
    for squeeze in _SQUEEZES:
        for bow in _BOWS:
            lines = (
                _arc(start, end, squeeze * offset + side * bow) for offset in fan_offsets(twins)
            )
            if not any(_is_blocked(line, cards, ends) for line in lines):
                return _CommonWay(squeeze, side * bow)
    return None


def is_in_way(line: Route, box: Box) -> bool:
    """Whether a card at a box would make a line run elsewhere than it does."""
    points = line.points
    return any(cuts(points[i : i + 4], box) for i in range(0, len(points) - 2, 2))


def _is_blocked(line: Route, cards: Cards, ends: tuple[str, str]) -> bool:
    near = cards.near(grown(line.box(), _CLEARANCE))
    return any(
        owner.removeprefix(POLE) not in ends and is_in_way(line, box) for owner, box in near.items()
    )


def _obstacles(start: Box, end: Box, cards: Cards, ends: tuple[str, str]) -> NDArray[np.float64]:
    near = cards.near(reach(start, end))
    boxes = [near[owner] for owner in sorted(near) if owner.removeprefix(POLE) not in ends]
    found = np.array(boxes, dtype=float).reshape(-1, 4)
    if not len(found):
        return found
    ax, ay, bx, by = _aims(start, end)
    length = math.hypot(bx - ax, by - ay) or 1.0
    middle = (found[:, :2] + found[:, 2:]) / 2
    aside = np.abs((middle[:, 0] - ax) * (by - ay) - (middle[:, 1] - ay) * (bx - ax)) / length
    kept: NDArray[np.float64] = found[aside < _ASIDE]
    return kept


def _around(
    start: Box,
    end: Box,
    direct: Route,
    obstacles: NDArray[np.float64],
    offsets: Sequence[float],
    lane: int,
) -> Route:
    """A little bent line that runs over no card; else the shortest way around the cards."""
    best, fewest = direct, _count_cut(direct, obstacles)
    for offset in offsets:
        line = _arc(start, end, offset)
        crossed = _count_cut(line, obstacles)
        if crossed < fewest:
            best, fewest = line, crossed
        if not fewest:
            return best
    around = _bent(start, end, obstacles, lane) or _bent(start, end, obstacles, 0)
    return around if around is not None and _count_cut(around, obstacles) < fewest else best


def _bent(start: Box, end: Box, obstacles: NDArray[np.float64], lane: int) -> Route | None:
    ax, ay, bx, by = _aims(start, end)
    stops = way_around((ax, ay), (bx, by), obstacles, reach(start, end), lane)
    if stops is None:
        return None
    stops[0] = _border(start, stops[0], stops[1])
    stops[-1] = _border(end, stops[-1], stops[-2])
    return _along(stops)


def _along(stops: Sequence[tuple[float, float]]) -> Route:
    """The line through its two ends and the corners between them."""
    return Route(*rounded(stops), stops=tuple(number for stop in stops for number in stop))


def laned(
    line: Route,
    stops: Sequence[tuple[float, float]],
    boxes: tuple[Box, Box],
    cards: Cards,
    ends: tuple[str, str],
) -> Route | None:
    """A bent line with other stops; None where it would run over more cards than it does.

    Args:
        line: as it runs.
        stops: its ends and the corners around which it runs.
        boxes: the cards that it joins.
        cards: the cards that it runs around.
        ends: ids of the cards that it joins.
    """
    start, end = boxes
    ax, ay, bx, by = _aims(start, end)
    inner = list(stops[1:-1])
    first, last = _border(start, (ax, ay), inner[0]), _border(end, (bx, by), inner[-1])
    found = _along([first, *inner, last])
    obstacles = _obstacles(start, end, cards, ends)
    if _count_cut(found, obstacles) > _count_cut(line, obstacles):
        return None
    return msgspec.structs.replace(found, is_swayed=line.is_swayed)


def _count_cut(line: Route, boxes: NDArray[np.float64]) -> int:
    """How many boxes a line runs over (Liang and Barsky, for all pieces and boxes at once)."""
    corners = np.array(line.points).reshape(-1, 2)
    origin, step = corners[:-1, None, :], np.diff(corners, axis=0)[:, None, :]
    step = np.where(np.abs(step) < 1e-9, 1e-9, step)
    one = (boxes[None, :, :2] - _CLEARANCE - origin) / step
    two = (boxes[None, :, 2:] + _CLEARANCE - origin) / step
    near, far = np.minimum(one, two).max(axis=2), np.maximum(one, two).min(axis=2)
    hit = np.maximum(near, 0.0) <= np.minimum(far, 1.0)
    return int(hit.any(axis=0).sum())


def reach(start: Box, end: Box) -> Box:
    """Where a line between two cards may run at all: what lies outside cannot change it."""
    margin = _ASIDE
    return (
        min(start[0], end[0]) - margin,
        min(start[1], end[1]) - margin,
        max(start[2], end[2]) + margin,
        max(start[3], end[3]) + margin,
    )


def _arc(start: Box, end: Box, offset: float) -> Route:
    ax, ay, bx, by = _aims(start, end)
    length = math.hypot(bx - ax, by - ay) or 1.0
    nx, ny = -(by - ay) / length, (bx - ax) / length
    # A cubic whose inner points lie 4/3 of the offset to the side has its middle at the offset.
    push = offset * 4 / 3
    c1 = (ax + (bx - ax) * 0.3 + nx * push, ay + (by - ay) * 0.3 + ny * push)
    c2 = (ax + (bx - ax) * 0.7 + nx * push, ay + (by - ay) * 0.7 + ny * push)
    p0 = _border(start, (ax, ay), c1 if offset else (bx, by))
    p3 = _border(end, (bx, by), c2 if offset else (ax, ay))
    if not offset:
        third = ((p3[0] - p0[0]) / 3, (p3[1] - p0[1]) / 3)
        c1 = (p0[0] + third[0], p0[1] + third[1])
        c2 = (p3[0] - third[0], p3[1] - third[1])
        return Route((*p0, *c1, *c2, *p3), (*p0, *p3))
    cubic = (*p0, *c1, *c2, *p3)
    return Route(cubic, flattened(cubic))


def _aims(start: Box, end: Box) -> tuple[float, float, float, float]:
    """Points inside the cards that the line aims at: the centres, shifted towards each other."""
    ax, ay = (start[0] + start[2]) / 2, (start[1] + start[3]) / 2
    bx, by = (end[0] + end[2]) / 2, (end[1] + end[3]) / 2
    shift_a = _bounded((bx - ax) * 0.25, 0.34 * (start[2] - start[0]))
    shift_b = _bounded((ax - bx) * 0.25, 0.34 * (end[2] - end[0]))
    return ax + shift_a, ay, bx + shift_b, by


def _bounded(value: float, limit: float) -> float:
    return max(-limit, min(limit, value))


def _border(
    box: Box, inside: tuple[float, float], outside: tuple[float, float]
) -> tuple[float, float]:
    """Where the way from a point inside a box to one outside leaves the box (with the gap)."""
    left, top, right, bottom = box[0] - _GAP, box[1] - _GAP, box[2] + _GAP, box[3] + _GAP
    x, y = inside
    dx, dy = outside[0] - x, outside[1] - y
    share = 1.0
    if dx > 0:
        share = min(share, (right - x) / dx)
    elif dx < 0:
        share = min(share, (left - x) / dx)
    if dy > 0:
        share = min(share, (bottom - y) / dy)
    elif dy < 0:
        share = min(share, (top - y) / dy)
    share = max(0.0, share)
    return x + share * dx, y + share * dy


def _through(start: Box, end: Box, bends: Sequence[tuple[float, float]]) -> Route:
    """A smooth line through the bends (Catmull-Rom, tension one half)."""
    ax, ay, bx, by = _aims(start, end)
    first = _border(start, (ax, ay), bends[0])
    last = _border(end, (bx, by), bends[-1])
    stops = [first, *bends, last]
    numbers: list[float] = [*first]
    for i in range(len(stops) - 1):
        before, here = stops[max(0, i - 1)], stops[i]
        there, after = stops[i + 1], stops[min(len(stops) - 1, i + 2)]
        numbers += [
            here[0] + (there[0] - before[0]) / 6,
            here[1] + (there[1] - before[1]) / 6,
            there[0] - (after[0] - here[0]) / 6,
            there[1] - (after[1] - here[1]) / 6,
            *there,
        ]
    cubics = tuple(numbers)
    return Route(cubics, flattened(cubics))


def flattened(cubics: Sequence[float], steps: int = STEPS) -> tuple[float, ...]:
    """Points along one or several joined cubics."""
    points: list[float] = [cubics[0], cubics[1]]
    for i in range(0, len(cubics) - 2, 6):
        x0, y0, x1, y1, x2, y2, x3, y3 = cubics[i : i + 8]
        for step in range(1, steps + 1):
            t = step / steps
            u = 1 - t
            a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
            points.append(a * x0 + b * x1 + c * x2 + d * x3)
            points.append(a * y0 + b * y1 + c * y2 + d * y3)
    return tuple(points)


def cuts(piece: Sequence[float], box: Box, margin: float = _CLEARANCE) -> bool:
    """Whether a straight piece runs through a box or close to it (Liang and Barsky, 1984)."""
    x1, y1, x2, y2 = piece
    low, high = 0.0, 1.0
    dx, dy = x2 - x1, y2 - y1
    for step, room in (
        (-dx, x1 - box[0] + margin),
        (dx, box[2] + margin - x1),
        (-dy, y1 - box[1] + margin),
        (dy, box[3] + margin - y1),
    ):
        if step == 0:
            if room < 0:
                return False
            continue
        share = room / step
        if step < 0:
            low = max(low, share)
        else:
            high = min(high, share)
        if low > high:
            return False
    return True


def _distance(x: float, y: float, x1: float, y1: float, x2: float, y2: float) -> float:
    dx, dy = x2 - x1, y2 - y1
    square = dx * dx + dy * dy
    share = ((x - x1) * dx + (y - y1) * dy) / square if square else 0.0
    share = max(0.0, min(1.0, share))
    return math.hypot(x - x1 - share * dx, y - y1 - share * dy)
