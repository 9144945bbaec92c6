"""What cards show from afar: a name plate where there is room for one, a caption, or only a block.

All of it is reckoned for the whole map at a scale, never for what is in view, so that a panned
picture and a fresh one come out the same. At first each plate may take half of the gaps beside its
card. One whose words are cut nevertheless then takes what its neighbours can leave, who make do
with smaller type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.drawing.boxes import around, grown
from model.drawing.plate import Plate, is_cut, least_plate, plate_of
from widgets.canvas.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from model.drawing.actor import CardContent
    from model.drawing.boxes import Box
    from model.drawing.parts import Card
    from model.drawing.scene import MapScene
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
_BETWEEN = 3.0
"""The same, where one of them had too little room."""

_Room = tuple[float, float, float]
"""Free room to the left, to the right, and above and below, in project units."""


class _AtScale:
    """Plates at one scale, and what the last one of each card was made of."""

    def __init__(self) -> None:
        self.firsts: dict[str, Plate | None] = {}
        self.seconds: dict[str, Plate | None] = {}
        self.plates: dict[str, Plate | None] = {}
        self.made: dict[str, tuple[CardContent, _Room, Plate | None]] = {}


class Plates:
    """Plates of a scene, kept for the scales that were shown last."""

    def __init__(self, scene: MapScene, cards: BoxTable) -> None:
        """Start without any."""
        self._scene, self._cards = scene, cards
        self._rooms: dict[str, _Room] = {}
        self._scales: Recent[float, _AtScale] = Recent()

    def forget(self) -> None:
        """Cards have changed or moved."""
        self._rooms.clear()
        for one in self._scales.values():
            one.plates.clear()
            one.firsts.clear()
            one.seconds.clear()

    def forget_around(self, boxes: Iterable[Box]) -> set[str] | None:
        """Cards have come, gone or changed in these boxes; returns whose plates may be others.

        None where all may be.
        """
        if len(self._rooms) > _MOST_PLATES or any(
            len(one.plates) > _MOST_PLATES for one in self._scales.values()
        ):
            self.forget()
            return None
        # What a neighbour leaves depends on its own neighbours, and theirs.
        names, beyond, furthest = (
            {
                name
                for box in boxes
                for name in self._cards.names_within(grown(box, times * _MOST_ASIDE))
            }
            for times in (1, 2, 3)
        )
        for name in names:
            self._rooms.pop(name, None)
        for one in self._scales.values():
            for kept, gone in (
                (one.firsts, names),
                (one.seconds, beyond),
                (one.plates, furthest),
            ):
                for name in gone:
                    kept.pop(name, None)
        return furthest

    def of(self, cards: Sequence[Card], scale: float) -> list[Plate | None]:
        """The plates of cards in pixels at a scale; None for those that are mere blocks."""
        if scale < PLATES_FROM:
            return [None] * len(cards)
        kept = self._scales.get(scale) or self._scales.put(scale, _AtScale())
        plates = kept.plates
        missing = [card for card in cards if card.id not in plates]
        if missing:
            for card, first in zip(missing, self._first(kept, missing, scale), strict=True):
                plates[card.id] = first
            if len(self._cards.row_of) <= _MOST_PLATES:
                self._share_gaps(kept, missing, scale)
        return [plates[card.id] for card in cards]

    def _first(self, kept: _AtScale, cards: Sequence[Card], scale: float) -> list[Plate | None]:
        """Plates that take no more than half of the gaps beside their cards."""
        missing = [card for card in cards if card.id not in kept.firsts]
        self._find_rooms([card.id for card in missing if card.id not in self._rooms])
        for card in missing:
            kept.firsts[card.id] = _plate(kept, card, scale, self._gaps(card))
        return [kept.firsts[card.id] for card in cards]

    def _gaps(self, card: Card) -> _Room:
        return self._rooms.get(card.id, (0.0, 0.0, 0.0))

    def _share_gaps(self, kept: _AtScale, cards: Sequence[Card], scale: float) -> None:
        """Let plates whose words are cut have more of the gaps, and others less."""
        hull = around([card.box for card in cards])
        near = self._near(grown(hull, _MOST_ASIDE))
        firsts = self._first(kept, near, scale)
        cut = [card for card, first in zip(near, firsts, strict=True) if _wants(first)]
        if not cut:
            return
        self._widen(kept, [card for card in cut if card.id not in kept.seconds], scale)
        wide = [(card, plate) for card in cut if (plate := kept.seconds[card.id]) is not None]
        taken = np.array([plate_box(card, plate, scale) for card, plate in wide]).reshape(-1, 4)
        for card in cards:
            first = kept.plates[card.id]
            if _wants(first):
                kept.plates[card.id] = kept.seconds[card.id] or first
            elif _hit(taken, grown(plate_box(card, first, scale), _KEPT_FREE)):
                kept.plates[card.id] = _modest(card, scale, self._gaps(card)) or first

    def _near(self, area: Box) -> list[Card]:
        return [self._scene.cards[name] for name in self._cards.names_within(area)]

    def _widen(self, kept: _AtScale, cards: Sequence[Card], scale: float) -> None:
        """The plates of cards with too little room, as large as their neighbours can let them be.

        None for those that come out no larger.
        """
        if not cards:
            return
        near = self._near(grown(around([card.box for card in cards]), _MOST_ASIDE))
        firsts = self._first(kept, near, scale)
        claims = np.array(
            [self._claim(card, first, scale) for card, first in zip(near, firsts, strict=True)]
        )
        index = {card.id: at for at, card in enumerate(near)}
        for card in cards:
            others = np.delete(claims, index[card.id], axis=0)
            plate, first = _wider(card, scale, self._gaps(card), others), kept.firsts[card.id]
            larger = plate is not None and (first is None or plate.width > first.width)
            kept.seconds[card.id] = plate if larger else None

    def _claim(self, card: Card, first: Plate | None, scale: float) -> Box:
        """What a plate needs at least; one whose words are cut, half of the gaps."""
        gaps = self._gaps(card)
        if _wants(first):
            return _reach(card, scale, gaps)
        return plate_box(card, _modest(card, scale, gaps) or first, scale)

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


def _wants(plate: Plate | None) -> bool:
    """Whether a card has too little room for its name."""
    return plate is None or is_cut(plate)


def _growth(scale: float, gaps: _Room) -> _Room:
    """Pixels that a plate may reach out of its card; a neighbour may want to grow, too."""
    left, right, above = (min(_MOST_GROWTH, max(0.0, gap * scale / 2 - _KEPT_FREE)) for gap in gaps)
    return left, right, above


def _reach(card: Card, scale: float, gaps: _Room) -> Box:
    """All that a plate may take as long as it leaves half of the gaps to its neighbours."""
    left, right, above = _growth(scale, gaps)
    box = card.box
    return (
        box[0] * scale - left,
        box[1] * scale - above,
        box[2] * scale + right,
        box[3] * scale + above,
    )


def _modest(card: Card, scale: float, gaps: _Room) -> Plate | None:
    """The plate of a card that leaves most of the gaps beside it free.

    It grows to the roomier side, if at all; None if its words would be cut.
    """
    left, right, above = _growth(scale, gaps)
    plate = plate_of(card.content, scale, (0.0, 0.0), above)
    if not _wants(plate):
        return plate
    one_side = (left, 0.0) if gaps[0] >= gaps[1] else (0.0, right)
    ways = ((0.0, 0.0), one_side, (left, right))
    return next(
        (one for way in ways if (one := least_plate(card.content, scale, way, above))), None
    )


def _hit(boxes: NDArray[np.float64], box: Box) -> bool:
    """Whether one of some boxes overlaps a box."""
    found = (boxes[:, 0] < box[2]) & (boxes[:, 2] > box[0])
    found &= (boxes[:, 1] < box[3]) & (boxes[:, 3] > box[1])
    return bool(found.any())


def _wider(card: Card, scale: float, gaps: _Room, others: NDArray[np.float64]) -> Plate | None:
    """The plate of a card that takes what others leave of the gaps beside it."""
    left, right, above = _growth(scale, gaps)
    box = card.box
    x, top, to_x, bottom = (side * scale for side in box)
    level = (others[:, 1] < bottom + above + 1) & (others[:, 3] > top - above - 1)
    free_left = (x - others[:, 2])[level & (others[:, 2] <= x + 1)]
    free_right = (others[:, 0] - to_x)[level & (others[:, 0] >= to_x - 1)]
    most = _MOST_GROWTH + _BETWEEN
    left = max(left, float(free_left.min(initial=most)) - _BETWEEN)
    right = max(right, float(free_right.min(initial=most)) - _BETWEEN)
    plate = plate_of(card.content, scale, (left, right), above)
    if plate is None:
        return None
    return None if _hit(others, plate_box(card, plate, scale)) else plate


def _plate(kept: _AtScale, card: Card, scale: float, gaps: _Room) -> Plate | None:
    """The plate of a card, the one that it had if nothing around it has changed."""
    known = kept.made.get(card.id)
    if known is not None and known[0] is card.content and known[1] == gaps:
        return known[2]
    left, right, above = _growth(scale, gaps)
    plate = plate_of(card.content, scale, (left, right), above)
    kept.made[card.id] = (card.content, gaps, plate)
    return plate


def _least(gaps: NDArray[np.float64], wanted: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The smallest gap of each row that is one, no more than is ever used."""
    counted = np.where(wanted & (gaps >= 0), gaps, _MOST_ASIDE)
    found: NDArray[np.float64] = np.minimum(counted.min(axis=1), _MOST_ASIDE)
    return found
