"""Actor cards: what stands on a card, how large it is, and how it is drawn at two levels of detail.

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
from model.drawing.bands import band_short_name, ordered_tracks
from model.drawing.chip import chip
from model.drawing.colours import mixed
from model.drawing.estimate import line_count, text_width
from model.drawing.primitives import Fill, Group, Icon, Label, Primitive, Rect, Stroke
from model.drawing.style import actor_family, text_style
from model.drawing.text import TextStyle
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.drawing.style import FamilyStyle, StyleSheet
    from model.drawing.text import TextBlock, TextEngine
    from model.records import Actor, Role

CardState = Literal["current", "planned", "ended"]

WIDTHS = (184.0, 216.0, 256.0)
"""The widths a card may have: the first that holds the name in two lines is taken."""
PAD = 8.0
CHIP = 32.0
_TEXT_LEFT = PAD + CHIP + PAD
_TEXT_MARGIN = _TEXT_LEFT + 10.0
_MAX_NAME_LINES = 4
_MAX_DETAIL_LINES = 3
_META_HEIGHT = 16.0
_LONG_WORD = 9
_PARTIES = frozenset({"primary_party", "secondary_party", "non_signatory_armed"})


class CardContent(msgspec.Struct, frozen=True):
    """Everything that a card shows, and its size."""

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

    @property
    def family(self) -> str:
        """The family that gives the card its colour and shape."""
        return actor_family(self.kind, self.conflict_role)

    @property
    def is_party(self) -> bool:
        """Whether the actor is a conflict party (armed groups outside the process included)."""
        return self.conflict_role in _PARTIES

    @property
    def spoken(self) -> str:
        """The card in one line of words, for screen readers and tooltips."""
        parts = [self.name, self.detail, self.badge, self.mark]
        if self.state != "current":
            parts.append(tr("not there yet") if self.state == "planned" else tr("no longer there"))
        return ", ".join(part for part in parts if part)


def card_content(
    actor: Actor,
    roles: Iterable[Role] = (),
    state: CardState = "current",
    *,
    badge_single: bool = False,
) -> CardContent:
    """What an actor's card shows.

    Args:
        actor: the actor.
        roles: its third-party roles that count on the day.
        state: whether it exists on the day.
        badge_single: name the track even if there is only one (the card lies outside its band).
    """
    tracks = ordered_tracks(actor.tracks)
    shows_badge = len(tracks) > 1 or badge_single
    badge = " · ".join(band_short_name(code) for code in tracks) if shows_badge else ""
    mark = basis_mark(actor)
    detail = _detail(actor, roles)
    width, height, name_lines, detail_lines = card_size(actor.name, detail, bool(mark or badge))
    return CardContent(
        name=actor.name,
        short_name=actor.short_name,
        kind=actor.kind,
        conflict_role=actor.conflict_role,
        detail=detail,
        mark=tr(mark) if mark else "",
        badge=badge,
        state=state,
        width=width,
        height=height,
        name_lines=name_lines,
        detail_lines=detail_lines,
    )


@lru_cache(maxsize=20_000)
def card_size(name: str, detail: str, has_meta: bool) -> tuple[float, float, int, int]:
    """Width, height, lines of the name and lines of the detail of a card; all sizes are even."""
    name_size = text_style("card-name").size
    width, lines = WIDTHS[-1], 1
    for candidate in WIDTHS:
        room = candidate - _TEXT_MARGIN
        lines = line_count(name, name_size, room, _MAX_NAME_LINES)
        longest = max((text_width(word, name_size) for word in name.split()), default=0.0)
        below = line_count(detail, text_style("card-detail").size, room, 2)
        if lines <= 2 and below <= 2 and longest <= room:
            width = candidate
            break
    name_lines = min(lines, _MAX_NAME_LINES)
    room = width - _TEXT_MARGIN
    detail_lines = min(
        line_count(detail, text_style("card-detail").size, room, _MAX_DETAIL_LINES),
        _MAX_DETAIL_LINES,
    )
    height = 2 * PAD + _text_height(name_lines, detail_lines) + (_META_HEIGHT if has_meta else 0)
    return width, max(48.0, 8.0 * math.ceil(height / 8.0)), name_lines, detail_lines


def card_group(content: CardContent, style: StyleSheet, engine: TextEngine, key: str = "") -> Group:
    """The card in full, its top left corner at the origin."""
    family = style.family(content.kind, content.conflict_role)
    ink, muted = _inks(content, style)
    children: list[Primitive] = [*_frame(content, style, family)]
    chip_colour = _toned(content, style, family.colour)
    top = (content.height - CHIP) / 2
    children += chip(family.shape, PAD, top, CHIP, chip_colour)
    children.append(Icon(family.icon, PAD + 7, top + 7, CHIP - 14, family.on_colour))
    room = content.width - _TEXT_MARGIN + 4
    name = engine.layout(content.name, text_style("card-name"), room, content.name_lines)
    detail = engine.layout(content.detail, text_style("card-detail"), room, content.detail_lines)
    meta = _META_HEIGHT if content.badge or content.mark else 0.0
    y = (content.height - name.height - detail.height - meta) / 2
    children.append(Label(_TEXT_LEFT, y, name, ink))
    y += name.height
    children.append(Label(_TEXT_LEFT, y, detail, muted))
    if meta:
        children += _meta_row(content, style, engine, y + detail.height + 3)
    return Group(key=key, children=tuple(children), alt=content.spoken)


def compact_group(content: CardContent, style: StyleSheet, engine: TextEngine) -> Group:
    """The card as it is seen from afar: chip and short name as large as fits."""
    family = style.family(content.kind, content.conflict_role)
    ink, _muted = _inks(content, style)
    children: list[Primitive] = [*_frame(content, style, family)]
    size = min(content.height - 8, 40.0)
    longest = max(map(len, (content.short_name or content.name).split()), default=0)
    if longest > _LONG_WORD:
        size = 28.0  # a long word needs the room more than the chip does
    top = (content.height - size) / 2
    colour = _toned(content, style, family.colour)
    children += chip(family.shape, 4, top, size, colour)
    children.append(
        Icon(family.icon, 4 + size * 0.2, top + size * 0.2, size * 0.6, family.on_colour)
    )
    room = content.width - size - 14
    block = _largest(content, engine, room, content.height - 4)
    children.append(Label(size + 8, content.height / 2, block, ink, vertical="middle"))
    return Group(key="", children=tuple(children))


def _largest(content: CardContent, engine: TextEngine, room: float, height: float) -> TextBlock:
    """The short name in the largest size that fits; the last resort cuts it."""
    text = content.short_name or content.name
    for size in (24.0, 22.0, 20.0, 18.0, 16.5, 15.0, 14.0):
        style = TextStyle(size, bold=True, line_spacing=1.15)
        limit = max(1, int(height // (size * 1.15)))
        longest = max((text_width(word, size) for word in text.split()), default=0.0)
        if longest <= room and line_count(text, size, room, limit) <= limit:
            return engine.layout(text, style, room, limit)
    style = TextStyle(13.0, bold=True, line_spacing=1.15)
    return engine.layout(text, style, room, max(1, int(height // 15)))


def _text_height(name_lines: int, detail_lines: int) -> float:
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
    more = f" +{len(codes) - 1}" if len(codes) > 1 else ""
    return f"{kind} · {shown}{more}"


def _inks(content: CardContent, style: StyleSheet) -> tuple[str, str]:
    return _toned(content, style, style.ink), _toned(content, style, style.muted_ink)


def _toned(content: CardContent, style: StyleSheet, colour: str) -> str:
    if content.state == "current":
        return colour
    return style.toned(colour, style.state(content.state).fade)


def _frame(content: CardContent, style: StyleSheet, family: FamilyStyle) -> list[Primitive]:
    colour = _toned(content, style, family.colour)
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
    ink, muted = _inks(content, style)
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
