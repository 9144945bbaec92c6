"""The coloured shape behind an icon: every family of actors has a shape of its own."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from model.drawing.primitives import Ellipse, Fill, Polyline, Primitive, Rect

if TYPE_CHECKING:
    from model.drawing.style import CardShape

_CORNERS = {"hexagon": 6, "pentagon": 5, "octagon": 8, "diamond": 4}


def chip(shape: CardShape, x: float, y: float, size: float, colour: str) -> list[Primitive]:
    """A filled shape within a square box."""
    fill = Fill(colour)
    if shape == "circle":
        half = size / 2
        return [Ellipse(x + half, y + half, half, half, None, fill)]
    if shape in {"square", "rounded"}:
        radius = 2.0 if shape == "square" else size / 4
        inset = 1.0
        return [Rect(x + inset, y + inset, size - 2 * inset, size - 2 * inset, radius, None, fill)]
    return [Polyline(_regular(shape, x + size / 2, y + size / 2, size * 0.53), None, fill, True)]


def _regular(shape: str, cx: float, cy: float, radius: float) -> tuple[float, ...]:
    count = _CORNERS[shape]
    start = -math.pi / 2 if shape in {"pentagon", "diamond"} else 0.0
    if shape == "octagon":
        start = math.pi / 8
    points: list[float] = []
    for at in range(count):
        angle = start + 2 * math.pi * at / count
        points += [cx + radius * math.cos(angle), cy + radius * math.sin(angle)]
    return tuple(points)
