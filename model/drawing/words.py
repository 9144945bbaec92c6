"""Where the words of cards lie, so that no sign is ever put over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.drawing.actor import CHIP, META_HEIGHT, PAD, STRIP, TAG_HEIGHT, TAG_OVER, text_height
from model.drawing.estimate import text_width
from model.drawing.plate import LEADING, words_left
from model.drawing.style import text_style

if TYPE_CHECKING:
    from model.drawing.actor import CardContent
    from model.drawing.boxes import Box
    from model.drawing.plate import Plate

_LEFT = 2 * PAD + CHIP


def card_words(content: CardContent) -> list[Box]:
    """Boxes of the words of a card in full, from its top left corner, at least so large."""
    words = text_height(content.name_lines, content.detail_lines)
    words += META_HEIGHT if content.badge or content.mark else 0.0
    top = (content.height - words) / 2
    right = content.width - (0.0 if content.segments else 6.0)
    found = [(_LEFT, top, right, top + words)]
    if content.segments:
        found.append((content.width - STRIP, 0.0, content.width, content.height))
    if content.tag:
        wide = min(content.width - 24, text_width(content.tag, text_style("small").size)) + 10
        right = content.width - 6
        found.append((right - wide, -TAG_OVER, right, TAG_HEIGHT - TAG_OVER))
    return found


def plate_words(plate: Plate) -> list[Box]:
    """Boxes of the words of a plate in pixels, from its top left corner."""
    high = plate.lines * plate.size * LEADING
    top = (plate.height - high) / 2
    left, right = words_left(plate), plate.width - plate.strip - 2
    if plate.lines == 1:
        right = min(right, left + text_width(plate.text, plate.size))
    return [(left, top, right, top + high)]
