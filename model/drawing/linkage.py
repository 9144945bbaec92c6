"""Linkages: how a kind in a state looks, its arrow heads, its barrier, its label.

Colour, dash and end mark come from the group of kinds; the state lays its own dash, fade and icon
over them. "Keep apart" is drawn as what it is: a line that is broken by a barrier.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

import msgspec

from model.asof import LinkageState, basis_mark
from model.codes import LINKAGE_KINDS, linkage_group
from model.drawing.colours import mixed
from model.drawing.estimate import text_width
from model.drawing.labels import leader_end
from model.drawing.primitives import (
    Ellipse,
    Fill,
    Group,
    Icon,
    Label,
    Path,
    PathBuilder,
    Polyline,
    Primitive,
    Rect,
    Stroke,
)
from model.drawing.style import Marker, text_style
from resources.text import noted, plural, tr

if TYPE_CHECKING:
    from model.drawing.boxes import Box
    from model.drawing.routing import Route
    from model.drawing.style import State, StyleSheet
    from model.drawing.text import TextEngine
    from model.records import Linkage

LABEL_HEIGHT = 17.0
_LABEL_PAD = 6.0
_ICON = 11.0
HEAD = 9.0
"""Length of an arrow head."""


class LinkContent(msgspec.Struct, frozen=True):
    """What decides how a linkage looks; equal contents look equal."""

    kind: str
    directed: bool
    state: LinkageState
    mark: str
    count: int = 1

    @property
    def group(self) -> str:
        """The group of kinds that gives colour, dash and end mark."""
        return linkage_group(self.kind)

    @property
    def text(self) -> str:
        """The words on the line."""
        words = LINKAGE_KINDS.label(self.kind)
        if self.count > 1:
            return plural("{count} linkage", "{count} linkages", self.count)
        if self.state == "keep_apart":
            words = tr("Keep apart")
        elif self.state == "wait":
            words = tr("{kind}: wait", kind=words)
        return noted(words, self.mark) if self.mark else words


class LinkLook(msgspec.Struct, frozen=True, gc=False):
    """The resolved look: stroke, ink of the label, end mark, icon of the state ("" for none)."""

    stroke: Stroke
    ink: str
    marker: Marker
    icon: str


def link_content(linkage: Linkage, state: LinkageState) -> LinkContent:
    """What a linkage shows in a state."""
    mark = basis_mark(linkage)
    return LinkContent(
        linkage.kind, linkage.direction == "directed", state, tr(mark) if mark else ""
    )


def link_look(content: LinkContent, style: StyleSheet) -> LinkLook:
    """The look of a linkage in a style."""
    base = style.link(content.group)
    if content.state == "current":
        return LinkLook(base.stroke(), base.colour, base.marker, "")
    state = style.state(cast("State", content.state.replace("_", "-")))
    colour = style.toned(state.colour or base.colour, state.fade)
    width = base.width + (0.6 if content.state == "keep_apart" else 0.0)
    stroke = Stroke(colour, width, base.dash if state.dash is None else state.dash)
    return LinkLook(stroke, colour, base.marker, state.icon)


def label_size(content: LinkContent) -> tuple[float, float]:
    """Room that the label on the line takes, reckoned without shaping it."""
    icon = 0.0 if content.state == "current" else _ICON + 3
    # Labels are set regular, which runs a little narrower than the bold that is reckoned with.
    words = text_width(content.text, text_style("link-label").size) * 0.97
    return words + icon + 2 * _LABEL_PAD, LABEL_HEIGHT


def line_path(line: Route, look: LinkLook) -> Path:
    """The line itself as a path."""
    numbers = line.cubics
    if line.is_straight:
        builder = PathBuilder().move(numbers[0], numbers[1]).line(numbers[-2], numbers[-1])
        return builder.path(look.stroke)
    return Path("M" + "C" * ((len(numbers) - 2) // 6), numbers, look.stroke)


def heads(line: Route, content: LinkContent, look: LinkLook, style: StyleSheet) -> list[Primitive]:
    """Arrow head of a directed linkage and the barrier of a keep-apart decision."""
    shapes: list[Primitive] = []
    if content.state == "keep_apart":
        shapes += barrier(line, look)
    elif content.directed:
        shapes.append(head(line, look, style))
    return shapes


def head(line: Route, look: LinkLook, style: StyleSheet) -> Primitive:
    """The mark at the end of the line that points at the second actor."""
    points = line.points
    x, y = points[-2:]
    dx, dy = x - points[-4], y - points[-3]
    length = math.hypot(dx, dy) or 1.0
    return marker(look.marker, x, y, dx / length, dy / length, look.stroke, style.surface)


def marker(
    kind: Marker, x: float, y: float, dx: float, dy: float, stroke: Stroke, ground: str
) -> Primitive:
    """An end mark whose tip is at a point, looking in a direction (a unit vector)."""
    back = (x - dx * HEAD, y - dy * HEAD)
    side = (-dy * HEAD * 0.45, dx * HEAD * 0.45)
    left, right = (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1])
    if kind == "circle":
        radius = HEAD * 0.42
        centre = (x - dx * radius, y - dy * radius)
        line = Stroke(stroke.colour, 1.6)
        return Ellipse(*centre, radius, radius, line, Fill(ground))
    if kind == "chevron":
        tip = Stroke(stroke.colour, stroke.width + 0.2, (), "round")
        return Polyline((*left, x, y, *right), tip)
    if kind == "diamond":
        middle = (x - dx * HEAD * 0.55, y - dy * HEAD * 0.55)
        flank = (side[0] * 0.85, side[1] * 0.85)
        points = (
            *(x, y),
            *(middle[0] + flank[0], middle[1] + flank[1]),
            *(x - dx * HEAD * 1.1, y - dy * HEAD * 1.1),
            *(middle[0] - flank[0], middle[1] - flank[1]),
        )
        return Polyline(points, None, Fill(stroke.colour), True)
    return Polyline((x, y, *left, *right), None, Fill(stroke.colour), True)


def barrier(line: Route, look: LinkLook) -> list[Primitive]:
    """Two bars across the line a third of the way along, with nothing between them."""
    shapes: list[Primitive] = []
    bar = Stroke(look.stroke.colour, 3.0, (), "flat")
    for share in (0.28, 0.72):
        x, y, dx, dy = line.along(share)
        for shift in (-3.0, 3.0):
            cx, cy = x + dx * shift, y + dy * shift
            ends = (cx - dy * 9, cy + dx * 9, cx + dy * 9, cy - dx * 9)
            shapes.append(Polyline(ends, bar))
    return shapes


def label_shapes(
    content: LinkContent, look: LinkLook, box: Box, style: StyleSheet, engine: TextEngine
) -> list[Primitive]:
    """The label in the middle of its box: a pill of the ground's colour around icon and words.

    The room of a label is reckoned without shaping it; the pill is as wide as its words are.
    """
    _, top, _, bottom = box
    middle = (top + bottom) / 2
    block = engine.layout(content.text, text_style("link-label"))
    icon = _ICON + 3 if look.icon else 0.0
    half = min(box[2] - box[0], block.width + icon + 2 * _LABEL_PAD) / 2
    left, right = (box[0] + box[2]) / 2 - half, (box[0] + box[2]) / 2 + half
    line = Stroke(mixed(look.ink, style.surface, 0.62), 0.8)
    pill = Rect(
        left, top, right - left, bottom - top, (bottom - top) / 2, line, Fill(style.surface)
    )
    shapes: list[Primitive] = [pill]
    x = left + _LABEL_PAD
    if look.icon:
        shapes.append(Icon(look.icon, x, middle - _ICON / 2, _ICON, look.ink))
        x += icon
    centre = (x + right - _LABEL_PAD) / 2
    ink = mixed(look.ink, style.ink, 0.25)
    shapes.append(Label(centre, middle, block, ink, horizontal="centre", vertical="middle"))
    return shapes


def leader(line: Route, box: Box, style: StyleSheet) -> Primitive | None:
    """A thin line from a label that had to be put aside to its linkage; None if it is on it."""
    if line.distance((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) <= LABEL_HEIGHT / 2:
        return None
    x, y = line.at(0.5)
    return Polyline((x, y, *leader_end(x, y, box)), Stroke(style.muted_ink, 0.7, (1.5, 1.5)))


def link_group(
    key: str,
    record_id: str,
    line: Route,
    content: LinkContent,
    style: StyleSheet,
) -> Group:
    """A whole linkage without its label, for exports."""
    look = link_look(content, style)
    shapes = (line_path(line, look), *heads(line, content, look, style))
    return Group(key=key, children=shapes, record_id=record_id)
