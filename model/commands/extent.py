"""How far the map reaches: what somebody drags beyond it stays at its edge and can be found."""

from __future__ import annotations

from typing import Final

FARTHEST: Final = 100_000.0
"""Project units from the origin; the widest arrangement of 10,000 actors needs a third of it."""

Point = tuple[float, float]


def on_map(point: Point) -> Point:
    """The point itself, or the nearest one that is still on the map."""
    x, y = point
    return max(-FARTHEST, min(FARTHEST, x)), max(-FARTHEST, min(FARTHEST, y))
