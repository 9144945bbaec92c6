"""Where cards are seen: from afar their plates and captions reach out of their own boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.drawing.boxes import Box, around
from widgets.canvas.renderer import NEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.drawing.parts import Card
    from widgets.canvas.renderer import Renderer

MOST_REACH: Final = 64.0
"""No plate or caption reaches further out of its card, in pixels."""


def outer_boxes(renderer: Renderer, cards: Sequence[Card], scale: float) -> list[Box]:
    """What is drawn of cards, in pixels of the whole map: the card itself, its plate, its block."""
    if scale >= NEAR:
        return [scaled(grown_box(card), scale) for card in cards]
    boxes: list[Box] = []
    plates = renderer.card_painter.plates
    for card, plate in zip(cards, plates.of(cards, scale), strict=True):
        box = scaled(card.box, scale)
        if plate is not None:
            x = (box[0] + box[2]) / 2 + plate.shift - plate.width / 2
            y = (box[1] + box[3]) / 2 - plate.height / 2
            box = (x, y, x + plate.width, y + plate.height)
        boxes.append(box)
    return boxes


def shown_box(renderer: Renderer, card: Card, scale: float) -> Box:
    """All that is seen of a card at a scale, in project units: what a click or a frame is about."""
    (seen,) = outer_boxes(renderer, [card], scale)
    plates = renderer.card_painter.plates
    if scale < NEAR and plates.of([card], scale)[0] is None:
        caption = plates.captions(scale).get(card.id)
        if caption is not None:
            seen = around([seen, caption])
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
