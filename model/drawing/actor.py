"""Actor cards: what stands on a card, how large it is, and how it is drawn near by.

A card's content is a value that can be compared: equal contents look equal, so pictures of cards
can be kept. Places are not part of it. Conflict parties differ by square corners, a double
outline and their words as well as by colour.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import msgspec

from model.asof import basis_mark
from model.codes import ACTOR_KINDS, CONFLICT_ROLES, THIRD_PARTY_ROLES
from model.drawing.bands import band_short_name
from model.drawing.chip import chip
from model.drawing.colours import mixed
from model.drawing.estimate import line_count, text_width
from model.drawing.primitives import Fill, Group, Icon, Label, Primitive, Rect, Stroke
from model.drawing.style import actor_family, text_style
from model.drawing.text import TextStyle
from model.drawing.tones import tone_colour
from resources.text import isolated, joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.drawing.boxes import Box
    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from model.records import Actor, Role

CardState = Literal["current", "planned", "ended"]

WIDTHS = (184.0, 216.0, 256.0)
"""The widths a card may have: the first that holds the name in two lines is taken."""
PAD = 8.0
CHIP = 32.0
STRIP = 24.0
"""Width of the strip that names the bands which a card spans."""
_NUMERAL = TextStyle(10.0, bold=True)
_TEXT_LEFT = PAD + CHIP + PAD
_TEXT_MARGIN = _TEXT_LEFT + 10.0
_MAX_NAME_LINES = 4
_MAX_DETAIL_LINES = 3
META_HEIGHT = 16.0
"""Height of the row of pills under the words."""
TAG_HEIGHT = 13.0
TAG_OVER = 5.0
"""How far the tag of a coloured card reaches over its upper edge."""
_PARTIES = frozenset({"primary_party", "secondary_party", "non_signatory_armed"})


class CardContent(msgspec.Struct, frozen=True):
    """Everything that a card shows, and its size.

    `segments` are the bands that it spans, each with where it begins below the card's upper edge;
    above it for a card that hangs from a pole. `reach` is where the last of them ends.
    `tone` and `tag` are a value by which cards are coloured (tones.py) and its words; `grow` is
    how large the card is drawn, around its middle. `stands_for` is how many members of a collapsed
    group or band are not shown.
    """

    name: str
    short_name: str
    kind: str
    conflict_role: str
    detail: str
    mark: str
    badge: str
    state: CardState
    width: float
    height: float
    name_lines: int
    detail_lines: int
    segments: tuple[tuple[str, float], ...] = ()
    reach: float = 0.0
    tone: str = ""
    tag: str = ""
    grow: float = 1.0
    stands_for: int = 0

    @property
    def family(self) -> str:
        """The family that gives the card its colour and shape."""
        return actor_family(self.kind, self.conflict_role)

    @property
    def is_party(self) -> bool:
        """Whether the actor is a conflict party (armed groups outside the process included)."""
        return self.conflict_role in _PARTIES

    @property
    def pole(self) -> Box | None:
        """The pole from which the card hangs, from its top left corner; None where it has none."""
        if not self.segments or (self.segments[0][1] >= 0 and self.reach <= self.height):
            return None
        left, right = self.width - STRIP, self.width - 2.0
        return left, self.segments[0][1], right, self.reach

    @property
    def spoken(self) -> str:
        """The card in one line of words, for screen readers and tooltips."""
        parts = [self.name, self.detail, self.tag, self.badge, self.mark]
        if self.state != "current":
            parts.append(tr("not there yet") if self.state == "planned" else tr("no longer there"))
        return joined(parts)


def card_content(
    actor: Actor,
    roles: Iterable[Role] = (),
    state: CardState = "current",
) -> CardContent:
    """What an actor's card shows, but for what depends on where it lies (spanning.py).

    Args:
        actor: the actor.
        roles: its third-party roles that count on the day.
        state: whether it exists on the day.
    """
    mark = basis_mark(actor)
    detail = _detail(actor, roles)
    on_several = len(actor.tracks) > 1
    strip = STRIP if on_several else 0.0
    size = card_size(actor.name, detail, bool(mark) or on_several, strip)
    width, height, name_lines, detail_lines = size
    return CardContent(
        name=actor.name,
        short_name=actor.short_name,
        kind=actor.kind,
        conflict_role=actor.conflict_role,
        detail=detail,
        mark=tr(mark) if mark else "",
        badge="",
        state=state,
        width=width,
        height=height,
        name_lines=name_lines,
        detail_lines=detail_lines,
    )


@lru_cache(maxsize=20_000)
def card_size(
    name: str, detail: str, has_meta: bool, strip: float = 0.0
) -> tuple[float, float, int, int]:
    """Width, height, lines of the name and lines of the detail of a card; all sizes are even.

    `strip` is room at the right that words must not take.
    """
    name_size = text_style("card-name").size
    width, lines = WIDTHS[-1], 1
    for candidate in WIDTHS:
        room = candidate - _TEXT_MARGIN - strip
        lines = line_count(name, name_size, room, _MAX_NAME_LINES)
        longest = max((text_width(word, name_size) for word in name.split()), default=0.0)
        below = line_count(detail, text_style("card-detail").size, room, 2)
        if lines <= 2 and below <= 2 and longest <= room:
            width = candidate
            break
    name_lines = min(lines, _MAX_NAME_LINES)
    room = width - _TEXT_MARGIN - strip
    detail_lines = min(
        line_count(detail, text_style("card-detail").size, room, _MAX_DETAIL_LINES),
        _MAX_DETAIL_LINES,
    )
    height = 2 * PAD + text_height(name_lines, detail_lines) + (META_HEIGHT if has_meta else 0)
    return width, max(48.0, 8.0 * math.ceil(height / 8.0)), name_lines, detail_lines


def card_group(content: CardContent, style: StyleSheet, engine: TextEngine, key: str = "") -> Group:
    """The card in full, its top left corner at the origin."""
    family = style.family(content.kind, content.conflict_role)
    ink, muted = inks_of(content, style)
    children: list[Primitive] = [*_pole(content, style), *_frame(content, style)]
    chip_colour = accent_of(content, style)
    strip = STRIP if content.segments else 0.0
    top = (content.height - CHIP) / 2
    children += chip(family.shape, PAD, top, CHIP, chip_colour)
    children.append(Icon(family.icon, PAD + 7, top + 7, CHIP - 14, family.on_colour))
    room = content.width - _TEXT_MARGIN + 4 - strip
    name = engine.layout(content.name, text_style("card-name"), room, content.name_lines)
    detail = engine.layout(content.detail, text_style("card-detail"), room, content.detail_lines)
    meta = META_HEIGHT if content.badge or content.mark else 0.0
    y = (content.height - name.height - detail.height - meta) / 2
    children.append(Label(_TEXT_LEFT, y, name, ink))
    y += name.height
    children.append(Label(_TEXT_LEFT, y, detail, muted))
    if meta:
        children += _meta_row(content, style, engine, y + detail.height + 3)
    children += span_strip(content, style, engine)
    children += _tag(content, style, engine)
    return Group(key=key, children=tuple(children), alt=content.spoken)


def _tag(content: CardContent, style: StyleSheet, engine: TextEngine) -> list[Primitive]:
    """The words of the value by which the card is coloured, on its upper edge."""
    if not content.tag:
        return []
    block = engine.layout(content.tag, text_style("small"), content.width - 24, 1)
    width = block.width + 10
    left = content.width - width - 6
    colour = accent_of(content, style)
    line, ground = Stroke(colour, 1.2), Fill(style.surface)
    shape = Rect(left, -TAG_OVER, width, TAG_HEIGHT, TAG_HEIGHT / 2, line, ground)
    middle = TAG_HEIGHT / 2 - TAG_OVER
    return [shape, Label(left + 5, middle, block, style.ink, vertical="middle")]


def _pole(content: CardContent, style: StyleSheet) -> list[Primitive]:
    if content.pole is None:
        return []
    left, top, right, bottom = content.pole
    line = Stroke(accent_of(content, style), 1.3)
    return [Rect(left, top, right - left, bottom - top, 4, line, Fill(style.surface))]


def span_strip(
    content: CardContent, style: StyleSheet, engine: TextEngine, size: float = 10.0
) -> list[Primitive]:
    """The strip at the right of a card on several bands: each band's part in its colour, named.

    It goes on above and below a card that hangs from a pole. `size` is that of the numerals.
    """
    shapes: list[Primitive] = []
    left, right = content.width - STRIP + 1.5, content.width - 3.5
    if content.pole is None:
        left, right = content.width - STRIP, content.width - 3
    last = max(content.reach, content.height)
    for at, (code, top) in enumerate(content.segments):
        after = content.segments[at + 1 :]
        upper = top + 3.0 if at == 0 else top
        lower = after[0][1] if after else last - 3
        look = style.band(code)
        line = Stroke(toned(content, style, look.line), 0.8)
        fill = Fill(toned(content, style, look.header))
        shapes.append(Rect(left, upper, right - left, lower - upper, 2, line, fill))
        block = engine.layout(band_short_name(code), msgspec.structs.replace(_NUMERAL, size=size))
        ink = toned(content, style, style.ink)
        middle = ((left + right) / 2, (upper + lower) / 2)
        turn: Literal[-90, 0] = -90 if block.width > right - left else 0
        if max(block.height, block.width if turn else 0.0) > lower - upper + 2:
            continue
        shapes.append(Label(*middle, block, ink, horizontal="centre", vertical="middle", turn=turn))
    return shapes


def pole_bars(content: CardContent, style: StyleSheet) -> Group:
    """The pole of a card from afar: each band's part in its colour, for under the card."""
    shapes: list[Primitive] = _pole(content, style)
    left, right = content.width - STRIP + 2.0, content.width - 4.0
    for at, (code, top) in enumerate(content.segments):
        after = content.segments[at + 1 :]
        upper = top + 2.0 if at == 0 else top
        lower = after[0][1] if after else max(content.reach, content.height) - 2.0
        fill = Fill(toned(content, style, style.band(code).line))
        shapes.append(Rect(left, upper, right - left, lower - upper, 0, None, fill))
    return Group(key="", children=tuple(shapes))


def pole_group(content: CardContent, style: StyleSheet, engine: TextEngine, size: float) -> Group:
    """The pole of a card with its numerals in a size, for under the card, at the card's corner."""
    strip = span_strip(content, style, engine, size)
    return Group(key="", children=(*_pole(content, style), *strip))


def text_height(name_lines: int, detail_lines: int) -> float:
    """Height of the name and the detail of a card together."""
    name, detail = text_style("card-name"), text_style("card-detail")
    return (
        name_lines * name.size * name.line_spacing
        + detail_lines * detail.size * detail.line_spacing
    )


def _detail(actor: Actor, roles: Iterable[Role]) -> str:
    kind = ACTOR_KINDS.label(actor.kind)
    if actor.conflict_role in _PARTIES:
        return f"{CONFLICT_ROLES.label(actor.conflict_role)} · {kind}"
    codes = sorted({role.role for role in roles if role.role != "none"}, key=THIRD_PARTY_ROLES.rank)
    if not codes:
        return kind
    shown = THIRD_PARTY_ROLES.label(codes[0])
    more = " " + isolated(f"+{len(codes) - 1}") if len(codes) > 1 else ""
    return f"{kind} · {shown}{more}"


def accent_of(content: CardContent, style: StyleSheet) -> str:
    """The colour of a card's frame and chip."""
    if content.tone:
        return toned(content, style, tone_colour(content.tone, style))
    family = style.family(content.kind, content.conflict_role)
    return toned(content, style, family.colour)


def inks_of(content: CardContent, style: StyleSheet) -> tuple[str, str]:
    """The colours of a card's name and of what else is written on it."""
    return toned(content, style, style.ink), toned(content, style, style.muted_ink)


def toned(content: CardContent, style: StyleSheet, colour: str) -> str:
    """A colour as it is on the card: paler where its actor is not simply there."""
    if content.state == "current":
        return colour
    return style.toned(colour, style.state(content.state).fade)


def _frame(content: CardContent, style: StyleSheet) -> list[Primitive]:
    colour = accent_of(content, style)
    dash: tuple[float, ...] = ()
    if content.state == "planned":
        dash = (5.0, 3.0)
    elif content.state == "ended":
        dash = (1.5, 2.5)
    width, height = content.width, content.height
    if not content.is_party:
        line = Stroke(mixed(colour, style.surface, 0.25), 1.3, dash)
        return [Rect(0.65, 0.65, width - 1.3, height - 1.3, 9, line, Fill(style.surface))]
    fill = Fill(mixed(style.surface, colour, 0.06))
    return [
        Rect(1, 1, width - 2, height - 2, 2, Stroke(colour, 2.0, dash), fill),
        Rect(4, 4, width - 8, height - 8, 1, Stroke(mixed(colour, style.surface, 0.45), 0.8)),
    ]


def _meta_row(
    content: CardContent, style: StyleSheet, engine: TextEngine, y: float
) -> list[Primitive]:
    """Pills under the words: the tracks, and that the record was not checked or is made up."""
    ink, muted = inks_of(content, style)
    shapes: list[Primitive] = []
    x = _TEXT_LEFT
    for text, colour, dash in ((content.badge, ink, ()), (content.mark, muted, (2.0, 1.5))):
        if not text:
            continue
        block = engine.layout(text, text_style("small"))
        width = block.width + 10
        line = Stroke(mixed(colour, style.surface, 0.4), 0.8, dash)
        shapes.append(Rect(x, y, width, 13, 6.5, line, Fill(style.surface)))
        shapes.append(Label(x + 5, y + 6.5, block, colour, vertical="middle"))
        x += width + 4
    return shapes
