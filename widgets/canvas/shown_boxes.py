"""Where cards are seen: from afar their plates and captions reach out of their own boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.drawing.boxes import Box, around
from widgets.canvas.plates import plate_box
from widgets.canvas.renderer import NEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.drawing.parts import Card
    from widgets.canvas.renderer import Renderer

    Point = tuple[float, float]

MOST_REACH: Final = 64.0
"""No plate or caption reaches further out of its card, in pixels."""


def outer_boxes(renderer: Renderer, cards: Sequence[Card], scale: float) -> list[Box]:
    """What is drawn of cards, in pixels of the whole map: the card itself, its plate, its block."""
    if scale >= NEAR:
        return [scaled(grown_box(card), scale) for card in cards]
    plates = renderer.card_painter.plates.of(cards, scale)
    return [plate_box(card, plate, scale) for card, plate in zip(cards, plates, strict=True)]


def seen_boxes(renderer: Renderer, cards: Sequence[Card], scale: float) -> list[Box]:
    """All that is seen of cards, in pixels of the whole map: the names of blocks, too."""
    found = outer_boxes(renderer, cards, scale)
    if scale >= NEAR:
        return found
    painter = renderer.card_painter
    for at, plate in enumerate(painter.plates.of(cards, scale)):
        caption = painter.captions.at(scale).get(cards[at].id) if plate is None else None
        if caption is not None:
            found[at] = around([found[at], caption.box])
    return found


def shown_box(renderer: Renderer, card: Card, scale: float) -> Box:
    """All that is seen of a card at a scale, in project units: what a click or a frame is about."""
    (seen,) = seen_boxes(renderer, [card], scale)
    return scaled(seen, 1 / scale)


def grown_box(card: Card) -> Box:
    """The box of a card as large as it is drawn."""
    content = card.content
    wide, high = (content.grow - 1) * content.width / 2, (content.grow - 1) * content.height / 2
    left, top, right, bottom = card.box
    return left - wide, top - high, right + wide, bottom + high


def scaled(box: Box, scale: float) -> Box:
    """A box of the map in pixels of the whole map."""
    return box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale


def points_outside(points: Sequence[float], ends: Sequence[Box]) -> tuple[float, ...]:
    """The part of a line, x, y, x, y…, between the boxes of the cards at its two ends.

    A line that is nowhere outside both is given back whole.
    """
    if len(ends) < 2:
        return tuple(points)
    first, last = ends[0], ends[1]
    pairs = list(zip(points[0::2], points[1::2], strict=True))
    pairs = _after(pairs, first)
    pairs = _after(pairs[::-1], last)[::-1]
    if len(pairs) < 2:
        return tuple(points)
    return tuple(number for pair in pairs for number in pair)


def _after(pairs: list[Point], box: Box) -> list[Point]:
    """What of a line follows after it has left the box that it begins in."""
    left, top, right, bottom = box
    at = 0
    while at < len(pairs) and left <= pairs[at][0] <= right and top <= pairs[at][1] <= bottom:
        at += 1
    if at in {0, len(pairs)}:
        return pairs if at == 0 else []
    (x, y), (to_x, to_y) = pairs[at - 1], pairs[at]
    shares = [
        (edge - one) / (other - one)
        for one, other, edges in ((x, to_x, (left, right)), (y, to_y, (top, bottom)))
        for edge in edges
        if (one <= edge < other) or (other < edge <= one)
    ]
    share = min(shares, default=0.0)
    return [(x + share * (to_x - x), y + share * (to_y - y)), *pairs[at:]]
