"""Lanes: things that would overlap in a row come to lie below one another."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def assign_lanes(extents: Sequence[tuple[float, float]], gap: float) -> list[int]:
    """The lane of each extent (left, right): no two in a lane come closer than the gap.

    Taken from left to right, each goes to the topmost lane that is free there; that needs no more
    lanes than the largest number of extents that meet at one place.
    """
    lanes = [0] * len(extents)
    free: list[int] = []
    busy: list[tuple[float, int]] = []
    count = 0
    for number in sorted(range(len(extents)), key=extents.__getitem__):
        left, right = extents[number]
        while busy and busy[0][0] + gap <= left:
            heapq.heappush(free, heapq.heappop(busy)[1])
        if free:
            lane = heapq.heappop(free)
        else:
            lane, count = count, count + 1
        lanes[number] = lane
        heapq.heappush(busy, (right, lane))
    return lanes
