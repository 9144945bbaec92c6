"""What cards show from afar: a name plate where there is room for one, a caption, or only a block.

All of it is reckoned for the whole map at a scale, never for what is in view, so that a panned
picture and a fresh one come out the same.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from model.drawing.boxes import Box, BoxGrid, grown
from model.drawing.estimate import text_width
from model.drawing.plate import Plate, plate_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from model.drawing.actor import CardContent
    from model.drawing.parts import Card
    from model.drawing.scene import MapScene
    from widgets.canvas.box_table import BoxTable

PLATES_FROM = 0.13
"""From this scale on cards are plates, where these have room; below it all are blocks."""
CAPTION = 10.0
"""Size of type of captions, in pixels."""
_CAPTION_HEIGHT = 13.0
_INTO = 2.0
"""Pixels that the name of a block may reach into the rim of a plate beside it."""
_MOST_CAPTIONS = 700
_MOST_PLATES = 700
"""With more cards than this in view none of them looks for room beside itself."""
_MOST_ASIDE = 480.0
_MOST_GROWTH = 44.0
"""Pixels that a plate may reach out of its card on one side."""
_KEPT_FREE = 2.0
"""Pixels between two plates that both grew into the gap between their cards."""

_Room = tuple[float, float, float]
"""Free room to the left, to the right, and above and below, in project units."""


class Plates:
    """Plates and captions of a scene, kept for one scale."""

    def __init__(self, scene: MapScene, cards: BoxTable) -> None:
        """Start without any."""
        self._scene = scene
        self._cards = cards
        self._scale = 0.0
        self._rooms: dict[str, _Room] = {}
        self._plates: dict[str, Plate | None] = {}
        self._made: dict[str, tuple[CardContent, _Room, Plate | None]] = {}
        self._captions: dict[str, Box] | None = None
        self._words: dict[str, str] = {}

    def forget(self) -> None:
        """Cards have changed or moved."""
        self._rooms.clear()
        self._plates.clear()
        self._captions = None

    def of(self, cards: Sequence[Card], scale: float) -> list[Plate | None]:
        """The plates of cards in pixels at a scale; None for those that are mere blocks."""
        self._at(scale)
        missing = [card for card in cards if card.id not in self._plates]
        if missing:
            self._find_rooms([card.id for card in missing if card.id not in self._rooms])
            for card in missing:
                gaps = self._rooms.get(card.id, (0.0, 0.0, 0.0))
                self._plates[card.id] = self._plate(card, scale, gaps)
        return [self._plates[card.id] for card in cards]

    def _plate(self, card: Card, scale: float, gaps: _Room) -> Plate | None:
        """The plate of a card, the one that it had if nothing around it has changed."""
        known = self._made.get(card.id)
        if known is not None and known[0] is card.content and known[1] == gaps:
            return known[2]
        # A neighbour may want to grow into the same gap.
        left, right, above = (
            min(_MOST_GROWTH, max(0.0, gap * scale / 2 - _KEPT_FREE)) for gap in gaps
        )
        plate = plate_of(card.content, scale, (left, right), above)
        self._made[card.id] = (card.content, gaps, plate)
        return plate

    def captions(self, scale: float) -> dict[str, Box]:
        """Names of blocks by card, each with its box in pixels of the whole map at a scale.

        Those with most linkages come first; a name that would lie on another one, or on a plate,
        is left out.
        """
        self._at(scale)
        if self._captions is None:
            self._captions = self._placed_captions(scale)
        return self._captions

    def caption(self, card_id: str) -> str:
        """The words of a caption."""
        return self._words.get(card_id, "")

    def _at(self, scale: float) -> None:
        if scale != self._scale:
            self._scale = scale
            self._plates.clear()
            self._made.clear()
            self._captions = None

    def _placed_captions(self, scale: float) -> dict[str, Box]:
        scene = self._scene
        lines = Counter(link.from_id for link in scene.links.values())
        lines.update(link.to_id for link in scene.links.values())
        ranked = sorted(
            scene.cards.values(),
            key=lambda card: (-lines[card.id], not card.content.is_party, card.id),
        )
        taken, found = self._taken_by_plates(scale), dict[str, Box]()
        blocks = ranked[:_MOST_CAPTIONS]
        if scale >= PLATES_FROM:
            blocks = [card for card in blocks if self._plates.get(card.id) is None]
        # All names come before the first value that cards are coloured by.
        tries = [(card, _short(card.content)) for card in blocks]
        tries += [(card, _valued(card.content)) for card in blocks if card.content.tag]
        for card, words in tries:
            box = _caption_box(card, words, scale)
            if taken.is_free(grown(box, 1.0), except_for=card.id):
                taken.put(card.id, box)
                found[card.id], self._words[card.id] = box, words
        return found

    def _taken_by_plates(self, scale: float) -> BoxGrid[str]:
        """Where names of blocks cannot go, in pixels of the whole map."""
        taken: BoxGrid[str] = BoxGrid()
        cards = list(self._scene.cards.values())
        if scale < PLATES_FROM or len(cards) > _MOST_CAPTIONS:
            return taken
        for card, plate in zip(cards, self.of(cards, scale), strict=True):
            taken.put(card.id, grown(plate_box(card, plate, scale), -_INTO))
        return taken

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
        level = (others[..., 1] < own[..., 3]) & (others[..., 3] > own[..., 1])
        right = _least(others[..., 0] - own[..., 2], level)
        left = _least(own[..., 0] - others[..., 2], level)
        upright = (others[..., 0] < own[..., 2]) & (others[..., 2] > own[..., 0])
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


def _short(content: CardContent) -> str:
    """What a card is called where there is little room."""
    return content.short_name or content.name


def _valued(content: CardContent) -> str:
    """What a card is called, and the value that it is coloured by."""
    return f"{_short(content)} · {content.tag}"


def _caption_box(card: Card, words: str, scale: float) -> Box:
    """Where words lie over the middle of a block, in pixels of the whole map."""
    x = (card.x + card.content.width / 2) * scale
    y = (card.y + card.content.height / 2) * scale
    half = text_width(words, CAPTION) / 2 + 2
    return (x - half, y - _CAPTION_HEIGHT / 2, x + half, y + _CAPTION_HEIGHT / 2)


def _least(gaps: NDArray[np.float64], wanted: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The smallest gap of each row that is one, no more than is ever used."""
    counted = np.where(wanted & (gaps >= 0), gaps, _MOST_ASIDE)
    found: NDArray[np.float64] = np.minimum(counted.min(axis=1), _MOST_ASIDE)
    return found
