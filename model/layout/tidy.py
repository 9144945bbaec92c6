"""Lining things up: shifts that align cards or spread them evenly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.drawing.boxes import Box

Alignment = Literal["left", "centre", "right", "top", "middle", "bottom"]
Direction = Literal["across", "down"]
Shifts = dict[str, tuple[float, float]]


def aligned(boxes: Mapping[str, Box], how: Alignment) -> Shifts:
    """Shifts that give all boxes the same edge or middle; edges are those of the outermost box.

    Centres and middles are aligned at the middle of all boxes together.
    """
    if not boxes:
        return {}
    axis = 0 if how in {"left", "centre", "right"} else 1
    low = min(box[axis] for box in boxes.values())
    high = max(box[axis + 2] for box in boxes.values())
    shifts: Shifts = {}
    for key, box in boxes.items():
        if how in {"left", "top"}:
            way = low - box[axis]
        elif how in {"right", "bottom"}:
            way = high - box[axis + 2]
        else:
            way = (low + high) / 2 - (box[axis] + box[axis + 2]) / 2
        shifts[key] = (way, 0.0) if axis == 0 else (0.0, way)
    return shifts


def distributed(boxes: Mapping[str, Box], direction: Direction) -> Shifts:
    """Shifts that make the gaps between neighbours equal; the outermost two stay.

    Where there is too little room for gaps, the gaps become a little one and the last box moves.
    """
    axis = 0 if direction == "across" else 1
    order = sorted(boxes, key=lambda key: (boxes[key][axis], key))
    if len(order) < 3:
        return dict.fromkeys(order, (0.0, 0.0))
    start, end = boxes[order[0]][axis], boxes[order[-1]][axis + 2]
    filled = sum(boxes[key][axis + 2] - boxes[key][axis] for key in order)
    gap = max(16.0, (end - start - filled) / (len(order) - 1))
    shifts: Shifts = {}
    at = start
    for key in order:
        way = at - boxes[key][axis]
        shifts[key] = (way, 0.0) if axis == 0 else (0.0, way)
        at += boxes[key][axis + 2] - boxes[key][axis] + gap
    return shifts
