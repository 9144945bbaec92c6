"""Names of blocks on a map seen from afar: those with most linkages, as many as have room.

Who comes first depends on the whole map; it is reckoned once and kept in step with edits, and so
are the places at the scales that were shown last.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from model.drawing.boxes import Box, BoxGrid, grown
from model.drawing.estimate import text_width
from widgets.canvas.plates import PLATES_FROM, plate_box
from widgets.canvas.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from model.drawing.actor import CardContent
    from model.drawing.parts import Card
    from model.drawing.scene import MapScene
    from widgets.canvas.plates import Plates

SIZE = 10.0
"""Size of type of captions, in pixels."""
_HEIGHT = 13.0
_PAD = 2.0
"""Ground at either side of the words of a caption, in pixels."""
_ASIDE = 2.0
"""Pixels by which a name beside its block keeps off the block next to it."""
_INTO = 2.0
"""Pixels that the name of a block may reach into the rim of a plate beside it."""
_MOST = 700
_MANY = 1000
"""When so many lines differ at once all are counted anew."""


class Caption(NamedTuple):
    """Words over the middle of a block, with their box in pixels of the whole map."""

    words: str
    box: Box

    @property
    def words_box(self) -> Box:
        """The words without the ground around them."""
        left, top, right, bottom = self.box
        return left + _PAD, top + 1, right - _PAD, bottom - 1


class Captions:
    """The captions of one scene."""

    def __init__(self, scene: MapScene, plates: Plates) -> None:
        """Reckon nothing before it is asked for."""
        self._scene, self._plates = scene, plates
        self._ends: dict[str, tuple[str, str]] = {}
        self._lines: Counter[str] = Counter()
        self._first: list[str] | None = None
        self._parties: dict[str, bool] = {}
        self._places: Recent[float, dict[str, Caption]] = Recent()

    def forget(self) -> None:
        """Everything has changed."""
        self._first = None
        self._places.clear()

    def follow(self, cards: Collection[str], links: Collection[str]) -> None:
        """These cards and lines came, went, moved or have changed."""
        if self._first is None:
            return
        same_ranks = len(links) <= _MANY and not self._recount(links)
        if not same_ranks or any(self._parties.get(i) != self._is_party(i) for i in cards):
            self.forget()
        elif cards:
            untouched = set(cards).isdisjoint(self._first)
            # Where there are plates, any card may stand in the way of a name.
            self._places.keep(lambda scale: untouched and scale < PLATES_FROM)

    def at(self, scale: float) -> dict[str, Caption]:
        """Captions by card at a scale.

        Cards with most linkages come first; a name that would lie on another one, or on a plate,
        is left out.
        """
        if self._first is None:
            self._first = self._ranked()
        found = self._places.get(scale)
        return self._places.put(scale, self._placed(self._first, scale)) if found is None else found

    def _is_party(self, card_id: str) -> bool | None:
        card = self._scene.cards.get(card_id)
        return None if card is None else card.content.is_party

    def _recount(self, links: Collection[str]) -> bool:
        """Count these lines anew; returns whether a card has more or fewer lines than before."""
        changed = False
        for link_id in links:
            link = self._scene.links.get(link_id)
            now = None if link is None else (link.from_id, link.to_id)
            before = self._ends.pop(link_id, None)
            if now is not None:
                self._ends[link_id] = now
            if now != before:
                changed = True
                self._lines.subtract(before or ())
                self._lines.update(now or ())
        return changed

    def _ranked(self) -> list[str]:
        scene = self._scene
        self._ends = {i: (link.from_id, link.to_id) for i, link in scene.links.items()}
        self._lines = lines = Counter(chain.from_iterable(self._ends.values()))
        self._parties = parties = {i: card.content.is_party for i, card in scene.cards.items()}
        order = sorted((-lines[i], not is_party, i) for i, is_party in parties.items())
        return [card_id for _, _, card_id in order[:_MOST]]

    def _placed(self, ids: list[str], scale: float) -> dict[str, Caption]:
        blocks = [self._scene.cards[i] for i in ids]
        taken: BoxGrid[str] = BoxGrid()
        unnamed: BoxGrid[str] = BoxGrid()
        found: dict[str, Caption] = {}
        if scale >= PLATES_FROM:
            plates = dict(zip(ids, self._plates.of(blocks, scale), strict=True))
            if len(self._scene.cards) <= _MOST:  # then these are all
                for card in blocks:
                    place = plate_box(card, plates[card.id], scale)
                    taken.put(card.id, grown(place, -_INTO))
            blocks = [card for card in blocks if plates[card.id] is None]
            for card in blocks:
                unnamed.put(card.id, plate_box(card, None, scale))
        # All names come before the first value that cards are coloured by.
        tries = [(card, _short(card.content)) for card in blocks]
        tries += [(card, _valued(card.content)) for card in blocks if card.content.tag]
        # At first no name lies on the block of another card, which would have no name then.
        for off in (unnamed, BoxGrid[str]()) if scale >= PLATES_FROM else (unnamed,):
            for card, words in tries:
                if card.id in found and words == _short(card.content):
                    continue
                caption = _first_free(card, words, scale, taken, off)
                if caption is not None:
                    taken.put(card.id, caption.box)
                    found[card.id] = caption
        return found


def _first_free(
    card: Card, words: str, scale: float, taken: BoxGrid[str], off: BoxGrid[str]
) -> Caption | None:
    """The first place for a caption that lies neither on what is taken nor on what it keeps off."""
    for caption in _places(card, words, scale):
        if off.is_free(caption.box, except_for=card.id) and taken.is_free(
            grown(caption.box, 1.0), except_for=card.id
        ):
            return caption
    return None


def _short(content: CardContent) -> str:
    """What a card is called where there is little room."""
    more = f" +{content.stands_for}" if content.stands_for else ""
    return (content.short_name or content.name) + more


def _valued(content: CardContent) -> str:
    """What a card is called, and the value that it is coloured by."""
    return f"{_short(content)} · {content.tag}"


def _places(card: Card, words: str, scale: float) -> Iterator[Caption]:
    """Where words may lie: over the middle of their block or a little beside it, or cut.

    From far away all cards are blocks, and there are others to be named.
    """
    x = (card.x + card.content.width / 2) * scale
    y = (card.y + card.content.height / 2) * scale
    texts, steps = [words], [0.0]
    if scale >= PLATES_FROM and words == _short(card.content):
        steps += [-3.0, 3.0, -6.0, 6.0]
        texts += [f"{words[:length]}…" for length in range(len(words) - 1, 2, -1)]
    for text in texts:
        half = text_width(text, SIZE) / 2 + _PAD
        # A long name may begin or end with its block.
        over = max(0.0, half - card.content.width * scale / 2) + _ASIDE
        asides = (0.0, over, -over) if len(steps) > 1 else (0.0,)
        for aside in asides:
            for step in steps:
                top = y + step - _HEIGHT / 2
                yield Caption(text, (x + aside - half, top, x + aside + half, top + _HEIGHT))
