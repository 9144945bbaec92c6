"""What cards show from afar: a name plate where there is room for one, a caption, or only a block.

All of it is reckoned for the whole map at a scale, never for what is in view, so that a panned
picture and a fresh one come out the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.drawing.boxes import grown
from model.drawing.plate import Plate, plate_of
from widgets.canvas.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from model.drawing.actor import CardContent
    from model.drawing.boxes import Box
    from model.drawing.parts import Card
    from widgets.canvas.box_table import BoxTable

PLATES_FROM = 0.13
"""From this scale on cards are plates, where these have room; below it all are blocks."""
_MOST_PLATES = 700
"""With more cards than this in view none of them looks for room beside itself."""
_MOST_ASIDE = 480.0
_LEVEL, _UPRIGHT = 24.0, 100.0
"""So far above or below, or aside, in project units, others limit how far a plate may grow."""
_MOST_GROWTH = 44.0
"""Pixels that a plate may reach out of its card on one side."""
_KEPT_FREE = 2.0
"""Pixels between two plates that both grew into the gap between their cards."""

_Room = tuple[float, float, float]
"""Free room to the left, to the right, and above and below, in project units."""


class _AtScale:
    """Plates at one scale, and what the last one of each card was made of."""

    def __init__(self) -> None:
        self.plates: dict[str, Plate | None] = {}
        self.made: dict[str, tuple[CardContent, _Room, Plate | None]] = {}


class Plates:
    """Plates of a scene, kept for the scales that were shown last."""

    def __init__(self, cards: BoxTable) -> None:
        """Start without any."""
        self._cards = cards
        self._rooms: dict[str, _Room] = {}
        self._scales: Recent[float, _AtScale] = Recent()

    def forget(self) -> None:
        """Cards have changed or moved."""
        self._rooms.clear()
        for one in self._scales.values():
            one.plates.clear()

    def forget_around(self, boxes: Iterable[Box]) -> set[str] | None:
        """Cards have come, gone or changed in these boxes; returns whose plates may be others.

        None where all may be.
        """
        if len(self._rooms) > _MOST_PLATES or any(
            len(one.plates) > _MOST_PLATES for one in self._scales.values()
        ):
            self.forget()
            return None
        names: set[str] = set()
        for box in boxes:
            names.update(self._cards.names_within(grown(box, _MOST_ASIDE)))
        for name in names:
            self._rooms.pop(name, None)
            for one in self._scales.values():
                one.plates.pop(name, None)
        return names

    def of(self, cards: Sequence[Card], scale: float) -> list[Plate | None]:
        """The plates of cards in pixels at a scale; None for those that are mere blocks."""
        if scale < PLATES_FROM:
            return [None] * len(cards)
        kept = self._scales.get(scale) or self._scales.put(scale, _AtScale())
        plates = kept.plates
        missing = [card for card in cards if card.id not in plates]
        if missing:
            self._find_rooms([card.id for card in missing if card.id not in self._rooms])
            for card in missing:
                gaps = self._rooms.get(card.id, (0.0, 0.0, 0.0))
                plates[card.id] = _plate(kept, card, scale, gaps)
        return [plates[card.id] for card in cards]

    def _find_rooms(self, ids: Sequence[str]) -> None:
        """Free room beside and above cards, in project units."""
        if not ids or len(ids) > _MOST_PLATES:
            return
        rows = np.array([self._cards.row_of[i] for i in ids if i in self._cards.row_of])
        if not len(rows):
            return
        boxes = self._cards.boxes
        # Only what is so near that it can make a gap smaller than the largest that counts.
        hull = (*boxes[rows, :2].min(axis=0).tolist(), *boxes[rows, 2:].max(axis=0).tolist())
        near = self._cards.within(grown(hull, _MOST_ASIDE))
        own, others = boxes[rows][:, None, :], boxes[near][None, :, :]
        # Plates grow in both directions: what lies a little higher or lower is beside them, too.
        high, wide = _LEVEL, _UPRIGHT
        level = (others[..., 1] < own[..., 3] + high) & (others[..., 3] > own[..., 1] - high)
        right = _least(others[..., 0] - own[..., 2], level)
        left = _least(own[..., 0] - others[..., 2], level)
        upright = (others[..., 0] < own[..., 2] + wide) & (others[..., 2] > own[..., 0] - wide)
        below = _least(others[..., 1] - own[..., 3], upright)
        above = _least(own[..., 1] - others[..., 3], upright)
        gaps = np.column_stack([left, right, np.minimum(above, below)]).tolist()
        for name, (one, two, three) in zip(self._cards.names(rows), gaps, strict=True):
            self._rooms[name] = (one, two, three)


def plate_box(card: Card, plate: Plate | None, scale: float) -> Box:
    """Where a card is drawn as a plate, or as a block, in pixels of the whole map."""
    left, top, right, bottom = (side * scale for side in card.box)
    if plate is None:
        return left, top, right, bottom
    x = (left + right) / 2 + plate.shift - plate.width / 2
    y = (top + bottom) / 2 - plate.height / 2
    return x, y, x + plate.width, y + plate.height


def _plate(kept: _AtScale, card: Card, scale: float, gaps: _Room) -> Plate | None:
    """The plate of a card, the one that it had if nothing around it has changed."""
    known = kept.made.get(card.id)
    if known is not None and known[0] is card.content and known[1] == gaps:
        return known[2]
    # A neighbour may want to grow into the same gap.
    left, right, above = (min(_MOST_GROWTH, max(0.0, gap * scale / 2 - _KEPT_FREE)) for gap in gaps)
    plate = plate_of(card.content, scale, (left, right), above)
    kept.made[card.id] = (card.content, gaps, plate)
    return plate


def _least(gaps: NDArray[np.float64], wanted: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The smallest gap of each row that is one, no more than is ever used."""
    counted = np.where(wanted & (gaps >= 0), gaps, _MOST_ASIDE)
    found: NDArray[np.float64] = np.minimum(counted.min(axis=1), _MOST_ASIDE)
    return found
