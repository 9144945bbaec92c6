"""Cards seen from afar: name plates in pixels, whose words keep a size that can be read.

A plate may be a little larger than its card, as far as its neighbours leave room. The short name
is set in one of few sizes, so that plates beside each other look alike; what fits in none is cut
with an ellipsis, and where hardly a letter has room the card is a mere block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.drawing.actor import accent_of, inks_of, toned
from model.drawing.chip import chip
from model.drawing.estimate import line_count, text_width
from model.drawing.primitives import Fill, Group, Icon, Label, Primitive, Rect, Stroke
from model.drawing.text import TextStyle

if TYPE_CHECKING:
    from model.drawing.actor import CardContent
    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine

SIZES = (12.5, 11.5)
"""Sizes of type, in pixels, that are tried for short names within the card itself."""
NAME_SIZES = (12.5, 11.5, 10.5)
"""Sizes that are tried for the name in full."""
TIGHT = (11.0, 10.0)
"""Sizes that are tried when the plate has to be larger than the card."""
_MOST_LINES = 3
EDGE = 5.0
"""Width in pixels of the strip in the colours of the bands that a card spans."""
_LEAST_WITH_EDGE = 40.0
LEAST_SIZE = 9.0
"""The smallest type, for names that would be cut otherwise."""
_LEAST_WITH_CHIP = 46.0
_LEAST_WIDTH = 26.0
_LEAST_HEIGHT = 13.0
LEADING = 1.16
"""From line to line, in sizes of type."""
_BOLD = 0.98
"""Names are reckoned a little too wide; here every pixel counts."""


class Plate(msgspec.Struct, frozen=True):
    """A plate before it is drawn: its size in pixels, its words and how they are set.

    `shift` is how far to the right of the card's middle its own middle lies; `strip` is the width
    of the strip at its right in the colours of the bands that the card spans.
    """

    width: float
    height: float
    text: str
    size: float
    lines: int
    chip: float
    shift: float = 0.0
    strip: float = 0.0


def plate_of(
    content: CardContent, scale: float, beside: tuple[float, float], above: float
) -> Plate | None:
    """How a card is shown at a scale; None where there is no room for a name.

    The value that a card is coloured by stands behind the name where both have room; the name
    comes first, and the legend says what the colours mean.

    Args:
        content: what the card shows.
        scale: pixels per project unit.
        beside: room in pixels to the left and to the right of the card.
        above: room above and below.
    """
    found = _plate_in_full(content, scale, beside, above)
    if content.tag and (found is None or is_cut(found)):
        untagged = msgspec.structs.replace(content, tag="")
        return _plate_in_full(untagged, scale, beside, above) or found
    return found


def least_plate(
    content: CardContent, scale: float, beside: tuple[float, float], above: float
) -> Plate | None:
    """The smallest plate that holds all words of a card; None where there is none.

    For cards whose neighbours have too little room. What spans bands keeps the strip that says so.
    """
    if content.segments:
        return None
    scale *= content.grow
    width, height = content.width * scale, content.height * scale
    short = _short(content)
    rows = int((height + 2 * above - 3) / (LEAST_SIZE * LEADING))
    for most in (1, rows):
        found = _grown_to(short, (LEAST_SIZE, 0.0, most), (width, height), beside)
        if found is not None:
            return found
    return None


def _short(content: CardContent) -> str:
    """The name on a plate, with how many cards it stands for and the value it is coloured by."""
    short = content.short_name or content.name
    if content.stands_for:
        short = f"{short} +{content.stands_for}"
    return f"{short} · {content.tag}" if content.tag else short


def _plate_in_full(
    content: CardContent, scale: float, beside: tuple[float, float], above: float
) -> Plate | None:
    """The plate with all the words that a card has, cut where they have no room."""
    scale *= content.grow
    width, height = content.width * scale, content.height * scale
    strip = EDGE if content.segments and width >= _LEAST_WITH_EDGE else 0.0
    # A plate with a strip keeps to the right edge of its card, where its pole is.
    full, beside = beside, (beside[0], 0.0) if strip else beside
    found = _plate_within(content, width - strip, height, beside, above)
    if strip and (found is None or is_cut(found)):
        # The name comes first; the card still lies over the border, or on its pole.
        strip, found = 0.0, _plate_within(content, width, height, full, above)
    if found is None or not strip:
        return found
    return msgspec.structs.replace(
        found, width=found.width + strip, strip=strip, shift=(width - strip - found.width) / 2
    )


def _plate_within(
    content: CardContent, width: float, height: float, beside: tuple[float, float], above: float
) -> Plate | None:
    short = _short(content)
    more = f" +{content.stands_for}" if content.stands_for else ""
    tries = [(short, size) for size in SIZES]
    if not content.tag:
        tries = [*((content.name + more, size) for size in NAME_SIZES), *tries]
    for text, size in tries:
        found = _fitting(text, size, width, height)
        if found is not None:
            return found
    left, right = beside
    widest, tallest = width + left + right, max(height, min(_LEAST_HEIGHT + 2, height + 2 * above))
    if widest < _LEAST_WIDTH or tallest < _LEAST_HEIGHT:
        return None
    mark = _chip(tallest, widest) if widest >= _LEAST_WITH_CHIP else 0.0
    high = height + 2 * above - 3
    rows, most_rows = (int(high / (size * LEADING)) for size in (TIGHT[-1], LEAST_SIZE))
    for size, chip_size, most in (
        *((size, _chip(tallest, widest), 1) for size in TIGHT),
        (TIGHT[-1], mark, rows),
        (LEAST_SIZE, mark, 1),
        (LEAST_SIZE, mark, most_rows),
        (LEAST_SIZE, 0.0, 1),
        (LEAST_SIZE, 0.0, most_rows),
    ):
        found = _grown_to(short, (size, chip_size, most), (width, height), beside)
        if found is not None:
            return found
    return Plate(widest, max(height, size + 4), short, size, 1, 0.0, (right - left) / 2)


def _grown_to(
    text: str,
    how: tuple[float, float, int],
    card: tuple[float, float],
    beside: tuple[float, float],
) -> Plate | None:
    """The plate that is just so much larger than its card that all words fit; None without room."""
    (size, mark, rows), (width, height), (left, right) = how, card, beside
    widest = width + left + right
    if rows == 1:
        needed = text_width(text, size) + mark + 7
        if needed > widest:
            return None
        wide = max(width, needed)
        shift = _shift(wide - width, beside)
        return Plate(wide, max(height, size + 4), text, size, 1, mark, shift)
    room = widest - mark - 7
    longest = max((text_width(word, size) * _BOLD for word in text.split()), default=0.0)
    if rows < 1 or longest > room or line_count(text, size, room / _BOLD, rows) > rows:
        return None
    lines = line_count(text, size, room / _BOLD, rows)
    high = max(height, lines * size * LEADING + 3)
    return Plate(widest, high, text, size, lines, mark, (right - left) / 2)


def is_cut(plate: Plate) -> bool:
    """Whether some of the words have no room."""
    room = plate.width - plate.strip - words_left(plate) - 2
    longest = max((text_width(word, plate.size) * _BOLD for word in plate.text.split()), default=0)
    return longest > room + 1 or line_count(plate.text, plate.size, room / _BOLD) > plate.lines


def _shift(more: float, beside: tuple[float, float]) -> float:
    """How far aside a plate lies that is so much wider than its card: as little as can be."""
    left, right = beside
    to_left = min(left, max(more / 2, more - right))
    return more / 2 - to_left


def _fitting(text: str, size: float, width: float, height: float) -> Plate | None:
    """The plate when the words fit into the card itself."""
    rows = min(_MOST_LINES, int((height - 3) / (size * LEADING)))
    mark = _chip(height, width)
    room = width - mark - 8
    if rows < 1 or room < 12:
        return None
    longest = max((text_width(word, size) * _BOLD for word in text.split()), default=0.0)
    if longest > room or line_count(text, size, room / _BOLD, rows) > rows:
        return None
    lines = line_count(text, size, room / _BOLD, rows)
    return Plate(width, height, text, size, lines, mark)


def _chip(height: float, width: float) -> float:
    """Room for the coloured shape of the actor's family."""
    return min(height - 3, 18.0) if width >= 90 else min(height - 3, 13.0)


def _strip(content: CardContent, plate: Plate, style: StyleSheet) -> list[Primitive]:
    """The strip in the colours of the bands, as far as the card itself reaches into them."""
    if not plate.strip:
        return []
    shapes: list[Primitive] = []
    scale, left = (plate.height - 2) / content.height, plate.width - plate.strip - 1
    for at, (code, top) in enumerate(content.segments):
        after = content.segments[at + 1 :]
        upper = max(top, 0.0) * scale
        lower = min(after[0][1] if after else content.height, content.height) * scale
        if lower > upper:
            fill = Fill(toned(content, style, style.band(code).line))
            shapes.append(Rect(left, 1 + upper, plate.strip, lower - upper, 0, None, fill))
    return shapes


def words_left(plate: Plate) -> float:
    """Where the words of a plate begin."""
    return plate.chip + 4 if plate.chip else 4.0


def plate_group(content: CardContent, plate: Plate, style: StyleSheet, engine: TextEngine) -> Group:
    """The plate, its top left corner at the origin, in pixels."""
    family = style.family(content.kind, content.conflict_role)
    colour = accent_of(content, style)
    ink, _muted = inks_of(content, style)
    dash = {"planned": (4.0, 2.5), "ended": (1.5, 2.0)}.get(content.state, ())
    line = Stroke(colour, 1.7 if content.is_party else 1.0, dash)
    radius = 1.5 if content.is_party else 4.0
    inset = line.width / 2
    shapes: list[Primitive] = [
        Rect(
            inset,
            inset,
            plate.width - 2 * inset,
            plate.height - 2 * inset,
            radius,
            line,
            Fill(style.surface),
        )
    ]
    left = words_left(plate)
    if plate.chip:
        top = (plate.height - plate.chip) / 2
        shapes += chip(family.shape, 2, top, plate.chip, colour)
        small = plate.chip * 0.6
        shift = (plate.chip - small) / 2
        shapes.append(Icon(family.icon, 2 + shift, top + shift, small, family.on_colour))
    else:
        shapes.append(Rect(1, 1, 2.5, plate.height - 2, 1, None, Fill(colour)))
    style_of_text = TextStyle(plate.size, bold=True, line_spacing=LEADING)
    room = plate.width - plate.strip - left - 2
    block = engine.layout(plate.text, style_of_text, room, plate.lines)
    shapes.append(Label(left, plate.height / 2, block, ink, vertical="middle"))
    shapes += _strip(content, plate, style)
    return Group(key="", children=tuple(shapes))
