"""Shapes turned into plain path commands and hatches into lines, the same for every painter."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from model.drawing.primitives import HATCH_STEP, Ellipse, Path, Polyline, Rect

if TYPE_CHECKING:
    from model.drawing.bounds import Bounds
    from model.drawing.primitives import Hatch, Shape

CIRCLE = 0.5522847498
"""Distance of control points that makes four cubics a circle of radius 1 (error 0.03 %)."""

Segment = tuple[float, float, float, float]


def outline(shape: Shape) -> tuple[str, tuple[float, ...]]:
    """The verbs and points (as in Path) of a shape's outline."""
    match shape:
        case Path(verbs=verbs, points=points):
            return verbs, points
        case Polyline(points=points, closed=closed):
            count = len(points) // 2
            if count == 0:
                return "", ()
            return "M" + "L" * (count - 1) + ("Z" if closed else ""), points[: 2 * count]
        case Ellipse(cx=cx, cy=cy, rx=rx, ry=ry):
            return _rounded(cx - rx, cy - ry, cx + rx, cy + ry, rx, ry)
        case Rect(x=x, y=y, width=width, height=height):
            right, bottom = x + width, y + height
            radius = max(0.0, min(shape.radius, width / 2, height / 2))
            if radius:
                return _rounded(x, y, right, bottom, radius, radius)
            return "MLLLZ", (x, y, right, y, right, bottom, x, bottom)


def hatch_lines(hatch: Hatch, box: Bounds) -> list[Segment]:
    """The lines of a hatch that cross a box; they stand at fixed places of the plane."""
    lines: list[Segment] = []
    if hatch in {"horizontal", "cross"}:
        lines += [(box.left, y, box.right, y) for y in _steps(box.top, box.bottom, HATCH_STEP)]
    if hatch in {"vertical", "cross"}:
        lines += [(x, box.top, x, box.bottom) for x in _steps(box.left, box.right, HATCH_STEP)]
    apart = HATCH_STEP * math.sqrt(2)
    top, bottom = box.top, box.bottom
    if hatch == "diagonal":
        sums = _steps(box.left + top, box.right + bottom, apart)
        lines += [(at - bottom, bottom, at - top, top) for at in sums]
    if hatch == "back-diagonal":
        differences = _steps(box.left - bottom, box.right - top, apart)
        lines += [(at + top, top, at + bottom, bottom) for at in differences]
    return lines


def hatch_dots(hatch: Hatch, box: Bounds) -> list[tuple[float, float]]:
    """The centres of a dotted hatch within a box: rows shifted by half a step."""
    if hatch != "dots":
        return []
    return [
        (x + (row % 2) * HATCH_STEP / 2, y)
        for row, y in enumerate(
            _steps(box.top, box.bottom, HATCH_STEP / 2), math.ceil(box.top / (HATCH_STEP / 2))
        )
        for x in _steps(box.left - HATCH_STEP, box.right, HATCH_STEP)
    ]


def _steps(low: float, high: float, step: float) -> list[float]:
    return [at * step for at in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _rounded(
    left: float, top: float, right: float, bottom: float, rx: float, ry: float
) -> tuple[str, tuple[float, ...]]:
    """A box whose corners are quarters of an ellipse, clockwise from the top edge."""
    kx, ky = rx * (1 - CIRCLE), ry * (1 - CIRCLE)
    return "MLCLCLCLCZ", (
        *(left + rx, top, right - rx, top),
        *(right - kx, top, right, top + ky, right, top + ry),
        *(right, bottom - ry),
        *(right, bottom - ky, right - kx, bottom, right - rx, bottom),
        *(left + rx, bottom),
        *(left + kx, bottom, left, bottom - ky, left, bottom - ry),
        *(left, top + ry),
        *(left, top + ky, left + kx, top, left + rx, top),
    )
