"""Dashed outlines around contact groups and other groups of actors; they may span tracks.

Members that lie together get one box; members elsewhere (on another track, or apart) get boxes of
their own that a dashed line joins to the others. A box never encloses a card that is no member.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from model.asof import linkage_state
from model.codes import TRACKS
from model.drawing.bands import ordered_tracks
from model.drawing.boxes import POLE, Box, BoxGrid, around, grown
from model.drawing.colours import faded
from model.drawing.estimate import text_width
from model.drawing.primitives import Fill, Group, Label, Polyline, Primitive, Rect, Stroke
from model.drawing.style import text_style
from model.drawing.text import TextStyle
from resources.text import joined, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from model.records import Linkage
    from model.tables import Tables

MARGIN = 14.0
TITLE = 20.0
"""Height of the strip above the cards that bears the title."""
CONTACT_GROUP = "contact_group"


class Membership(msgspec.Struct, frozen=True):
    """Who is in an outline, and what it is called.

    `linkage_ids` are the membership linkages that the outline stands for; they need no line.
    """

    key: tuple[str, str]
    name: str
    member_ids: tuple[str, ...]
    linkage_ids: tuple[str, ...]
    tracks: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title: name, number of members and their tracks."""
        members = plural(
            "{count} member", "{count} members", len(self.linkage_ids) or len(self.member_ids)
        )
        names = joined(TRACKS.label(code) for code in self.tracks)
        return joined((self.name, members, names), " · ")


class Outline(msgspec.Struct, frozen=True):
    """An outline as it lies on the map: boxes, joining lines, the box of the title."""

    membership: Membership
    boxes: tuple[Box, ...]
    joints: tuple[tuple[float, float, float, float], ...]
    title_box: Box


def memberships(
    tables: Tables, as_of: date, shown: Mapping[str, object], contact_groups: Iterable[str]
) -> list[Membership]:
    """The groups to outline on a day among the actors that are shown.

    Contact groups are actors whose members hang on membership linkages; groups made by hand are
    records of their own.
    """
    heads = {i for i in contact_groups if i in shown}
    found = list(_contact_groups(tables, as_of, shown, heads))
    outlined = {membership.key[1] for membership in found}
    return [*found, *_drawn_groups(tables, shown, outlined)]


def _contact_groups(
    tables: Tables, as_of: date, shown: Mapping[str, object], heads: set[str]
) -> Iterable[Membership]:
    members: dict[str, list[tuple[str, str]]] = {}
    for linkage in _linkages_of(tables, heads):
        if linkage.kind != "membership" or linkage.to_id not in heads:
            continue
        if linkage.from_id in shown and linkage_state(linkage, as_of) in {"current", "doubtful"}:
            members.setdefault(linkage.to_id, []).append((linkage.from_id, linkage.id))
    for head_id, pairs in sorted(members.items()):
        head = tables.actors[head_id]
        ids = tuple(sorted({member for member, _ in pairs}))
        yield Membership(
            key=("actors", head_id),
            name=head.short_name or head.name,
            member_ids=(head_id, *ids),
            linkage_ids=tuple(sorted(link for _, link in pairs)),
            tracks=_tracks(tables, (head_id, *ids)),
        )


def _linkages_of(tables: Tables, actors: set[str]) -> Iterable[Linkage]:
    """The linkages of some actors at least; a document knows them, a snapshot has to look."""
    index, linkages = getattr(tables, "links", None), tables.linkages
    if index is None:
        return linkages.values() if actors else ()
    found = {link_id for actor_id in actors for link_id in index.of(actor_id)}
    return [linkages[link_id] for link_id in found]


def _drawn_groups(
    tables: Tables, shown: Mapping[str, object], heads: set[str]
) -> Iterable[Membership]:
    for group in tables.groups.values():
        # A record about the outline of a contact group (collapsed once) adds no outline of its own.
        if group.actor_id and (group.actor_id in heads or not group.member_ids):
            continue
        ids = tuple(i for i in (group.actor_id, *group.member_ids) if i in shown)
        if ids:
            yield Membership(
                key=("groups", group.id),
                name=group.label,
                member_ids=ids,
                linkage_ids=(),
                tracks=_tracks(tables, ids),
            )


def _tracks(tables: Tables, ids: Iterable[str]) -> tuple[str, ...]:
    return ordered_tracks(code for i in ids for code in tables.actors[i].tracks)


def outline_of(
    membership: Membership, boxes: Mapping[str, Box], cards: BoxGrid[str]
) -> Outline | None:
    """Draw an outline around the cards of its members; None when none of them is placed."""
    members = [boxes[i] for i in membership.member_ids if i in boxes]
    if not members:
        return None
    strangers = _Strangers(set(membership.member_ids), cards)
    clusters = _merged([grown(box, MARGIN) for box in members], strangers)
    clusters.sort(key=lambda box: (round(box[1]), box[0]))
    first = _title_cluster(clusters)
    width = text_width(membership.title, text_style("group-name").size) + 16
    top = clusters[first]
    right = (
        max(top[2], top[0] + width + 8)
        if strangers.free((top[0], top[1] - TITLE, top[0] + width + 8, top[3]))
        else top[2]
    )
    clusters[first] = (top[0], top[1] - TITLE + 6, right, top[3])
    head = clusters[first]
    title = (head[0] + 8, head[1] + 2, head[0] + 8 + width, head[1] + 2 + TITLE)
    return Outline(membership, tuple(clusters), tuple(_joints(clusters)), title)


class _Strangers:
    """The cards that an outline must not enclose."""

    def __init__(self, members: set[str], cards: BoxGrid[str]) -> None:
        self._members = members
        self._cards = cards

    def free(self, box: Box) -> bool:
        near = self._cards.near(box)
        return all(owner.removeprefix(POLE) in self._members for owner in near)


def _merged(boxes: list[Box], strangers: _Strangers) -> list[Box]:
    """Join boxes into larger ones, nearest first, as long as no stranger would be enclosed."""
    clusters = list(boxes)
    while len(clusters) > 1:
        pairs = sorted(
            (_gap(clusters[i], clusters[j]), i, j) for i in range(len(clusters)) for j in range(i)
        )
        for gap, i, j in pairs:
            joined = around([clusters[i], clusters[j]])
            if gap <= 260 and strangers.free(joined):
                clusters = [c for k, c in enumerate(clusters) if k not in {i, j}] + [joined]
                break
        else:
            break
    return clusters


def _title_cluster(clusters: list[Box]) -> int:
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in clusters]
    return areas.index(max(areas))


def _gap(one: Box, other: Box) -> float:
    dx = max(0.0, one[0] - other[2], other[0] - one[2])
    dy = max(0.0, one[1] - other[3], other[1] - one[3])
    return math.hypot(dx, dy)


def _joints(clusters: list[Box]) -> list[tuple[float, float, float, float]]:
    """Lines that join the boxes into one: a shortest spanning tree (Prim)."""
    joined, left = clusters[:1], clusters[1:]
    lines = []
    while left:
        _, i, j = min((_gap(a, b), i, j) for i, a in enumerate(joined) for j, b in enumerate(left))
        other = left.pop(j)
        lines.append(_bridge(joined[i], other))
        joined.append(other)
    return lines


def _bridge(one: Box, other: Box) -> tuple[float, float, float, float]:
    """The line between the nearest borders of two boxes, upright or level where possible."""

    def span(a: float, b: float, c: float, d: float) -> tuple[float, float]:
        low, high = max(a, c), min(b, d)
        if low <= high:
            return (low + high) / 2, (low + high) / 2
        return (b, c) if b < c else (a, d)

    x1, x2 = span(one[0], one[2], other[0], other[2])
    y1, y2 = span(one[1], one[3], other[1], other[3])
    return x1, y1, x2, y2


def outline_group(outline: Outline, style: StyleSheet) -> Group:
    """The outline with its joints, which lies below the lines."""
    family = style.family(CONTACT_GROUP)
    line = Stroke(family.colour, 1.4, (6.0, 4.0))
    fill = Fill(faded(family.colour, 0.07))
    shapes: list[Primitive] = [
        Rect(left, top, right - left, bottom - top, 12, line, fill)
        for left, top, right, bottom in outline.boxes
    ]
    shapes += [Polyline(joint, line) for joint in outline.joints]
    table, record_id = outline.membership.key
    return Group(
        key=f"outline:{table}:{record_id}",
        children=tuple(shapes),
        alt=outline.membership.title,
        record_id=record_id,
    )


def name_box(outline: Outline, size: float) -> Box:
    """Where the name of an outline seen from afar lies, at most."""
    left, bottom = outline.title_box[0], _above_members(outline)
    wide = text_width(outline.membership.name, size)
    return left - 4, bottom - 1.4 * size, left + wide + 4, bottom


def _above_members(outline: Outline) -> float:
    """The lower edge of a name from afar: the members lie over it where there is little room."""
    return outline.title_box[1] - 2 + MARGIN + TITLE - 6


def title_group(
    outline: Outline, style: StyleSheet, engine: TextEngine, *, size: float = 0.0
) -> Group:
    """The title, which lies over the lines; from afar only the name, in type of some size."""
    family = style.family(CONTACT_GROUP)
    left, top, right, bottom = outline.title_box
    if size:
        block = engine.layout(outline.membership.name, TextStyle(size, bold=True))
        bottom = _above_members(outline)
        top = bottom - block.height
    else:
        block = engine.layout(outline.membership.title, text_style("group-name"), right - left, 1)
        top, bottom = top + 2, bottom - 2
    ground = Rect(
        left - 4, top, block.width + 8, bottom - top, 4, None, Fill(faded(style.halo, 0.8))
    )
    label = Label(left, (top + bottom) / 2, block, family.colour, vertical="middle")
    table, record_id = outline.membership.key
    return Group(key=f"title:{table}:{record_id}", children=(ground, label), record_id=record_id)
