"""Getting out of the way: the smallest shift that frees cards from those they would cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from model.drawing.boxes import Box

STEP = 8.0
_RINGS = (8.0, 16.0, 24.0, 32.0, *(float(ring) for ring in range(48, 961, 24)))
_SLANTS = (0.0, 0.25, -0.25, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0)


def free_shift(
    boxes: Sequence[Box],
    is_free: Callable[[Box], bool],
    *,
    level_only: bool = False,
    upright_only: bool = False,
) -> tuple[float, float] | None:
    """The least shift that puts all boxes on free ground together; None when there is none near.

    Args:
        boxes: the cards that move together.
        is_free: whether a card may lie there.
        level_only: only to the left and right, so that cards stay in their row.
        upright_only: only up and down, so that cards stay in their column.
    """
    if all(map(is_free, boxes)):
        return 0.0, 0.0
    for dx, dy in _shifts(level_only=level_only, upright_only=upright_only):
        if all(is_free(shifted(box, dx, dy)) for box in boxes):
            return dx, dy
    return None


def _shifts(*, level_only: bool, upright_only: bool) -> Iterator[tuple[float, float]]:
    for ring in _RINGS:
        if level_only or not upright_only:
            yield ring, 0.0
            yield -ring, 0.0
        if upright_only or not level_only:
            yield 0.0, ring
            yield 0.0, -ring
        if not level_only and not upright_only:
            yield from _slanted(ring)


def _slanted(ring: float) -> Iterator[tuple[float, float]]:
    for slant in _SLANTS[1:]:
        aside = STEP * round(ring * slant / STEP)
        yield ring, aside
        yield -ring, aside
        yield aside, ring
        yield aside, -ring


def shifted(box: Box, dx: float, dy: float) -> Box:
    """The box moved by so much."""
    return box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy
