"""What is to be arranged: cards, and the blocks that members of a contact group form in a band."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from model.asof import exists
from model.drawing.actor import card_content
from model.drawing.bands import (
    ALWAYS_DRAWN,
    BAND_CODES,
    home_track,
    ordered_tracks,
    used_tracks,
)
from model.records import Actor

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from model.records import Role
    from model.tables import Tables

SLOT = 24.0
"""Grain of places along a row, in project units."""
_BLOCK_GAP = 28.0
_BLOCK_EDGE = 40.0
_PARTY_PULL = 0.35
_HELPER_PULL = 0.25
_HELPERS = frozenset({"lead_mediator", "co_mediator", "facilitator"})


class Spacing(msgspec.Struct, frozen=True):
    """How roomy an arrangement is, in project units.

    Attributes:
        aspect: width by height to aim at.
        gap: room between cards of a row, for links and their labels.
        row_gap: room between rows.
    """

    aspect: float = 3.0
    gap: float = 92.0
    row_gap: float = 64.0


ROOMY = Spacing()
"""For screens."""
DENSE = Spacing(aspect=1.7, gap=36.0, row_gap=36.0)
"""For a sheet of paper, where no zoom helps."""


class Zone(msgspec.Struct, frozen=True):
    """A band, or the border between a band and the next one, as a place for cards."""

    band: str
    border: bool


class Cell(msgspec.Struct, frozen=True):
    """A card within its unit: row and first slot counted from the unit's, width in slots."""

    actor_id: str
    row: int
    slot: int
    span: int
    width: float
    height: float


class Unit(msgspec.Struct, frozen=True):
    """One or several cards that keep together.

    `pull` is how strongly the unit wants to lie in the middle of the map. Units of the same
    `group` ("" for none) are blocks of one contact group: they lie above one another and are
    only moved together.
    """

    zone: Zone
    cells: tuple[Cell, ...]
    pull: float = 0.0
    group: str = ""

    @property
    def rows(self) -> int:
        """How many rows the unit takes."""
        return 1 + max(cell.row for cell in self.cells)

    @property
    def span(self) -> int:
        """How many slots the unit is wide."""
        return max(cell.slot + cell.span for cell in self.cells)


class Subject(msgspec.Struct, frozen=True):
    """An actor to be arranged, with the size of its card."""

    actor: Actor
    width: float
    height: float
    zone: Zone
    pull: float


def units_of(tables: Tables, as_of: date, spacing: Spacing = ROOMY) -> list[Unit]:
    """All actors as units, in a fixed order."""
    subjects = _subjects(tables, as_of)
    units: list[Unit] = []
    taken: set[str] = set()
    for members in _groups(tables, subjects):
        fresh = [i for i in members if i not in taken]
        if len(fresh) > 1:
            units += _blocks([subjects[i] for i in fresh])
            taken.update(fresh)
    for actor_id in sorted(subjects):
        if actor_id not in taken:
            units.append(_single(subjects[actor_id], spacing))
    return units


def drawn_bands(tables: Tables) -> tuple[str, ...]:
    """Codes of the bands that are drawn, from the top."""
    used = used_tracks(tables.actors.values())
    return tuple(code for code in BAND_CODES if code in ALWAYS_DRAWN or code in used)


def _subjects(tables: Tables, as_of: date) -> dict[str, Subject]:
    roles: dict[str, list[Role]] = {}
    helpers: set[str] = set()
    for role in tables.roles.values():
        if exists(role, as_of):
            roles.setdefault(role.actor_id, []).append(role)
        if role.role in _HELPERS:
            helpers.add(role.actor_id)
    bands = drawn_bands(tables)
    subjects = {}
    for actor_id, actor in tables.actors.items():
        content = card_content(actor, roles.get(actor_id, ()))
        pull = _PARTY_PULL if actor.conflict_role == "primary_party" else 0.0
        if actor_id in helpers and actor.kind == "mediator_office":
            pull = _HELPER_PULL
        zone = _zone(actor, bands)
        subjects[actor_id] = Subject(actor, content.width, content.height, zone, pull)
    return subjects


def _zone(actor: Actor, bands: tuple[str, ...]) -> Zone:
    """The band of an actor, or the border below it when it is on the next drawn band too."""
    tracks = [code for code in ordered_tracks(actor.tracks) if code in bands]
    home = home_track(actor.tracks)
    at = bands.index(home)
    below = bands[at + 1] if at + 1 < len(bands) else ""
    return Zone(home, border=len(tracks) > 1 and tracks[1] == below)


def _groups(tables: Tables, subjects: Mapping[str, Subject]) -> list[list[str]]:
    heads = sorted(i for i, s in subjects.items() if s.actor.kind == "contact_group")
    groups = []
    for head in heads:
        members = {
            link.from_id
            for link in tables.linkages.values()
            if link.kind == "membership" and link.to_id == head and link.from_id in subjects
        }
        groups.append([head, *sorted(members)])
    for group in tables.groups.values():
        members = {group.actor_id, *group.member_ids} & set(subjects)
        groups.append(sorted(members))
    return groups


def _blocks(subjects: list[Subject]) -> list[Unit]:
    """One block for each zone that members lie in; all blocks of a group are equally wide."""
    zones: dict[Zone, list[Subject]] = {}
    for subject in subjects:
        zones.setdefault(subject.zone, []).append(subject)
    widest = max(len(members) for members in zones.values())
    in_border = max((len(m) for z, m in zones.items() if z.border), default=0)
    columns = max(in_border, 2, math.ceil(math.sqrt(widest)))
    span = max(_slots(subject.width + _BLOCK_GAP) for subject in subjects)
    group = subjects[0].actor.id
    order = sorted(zones, key=lambda zone: (BAND_CODES.index(zone.band), zone.border))
    return [_block(zone, zones[zone], columns, span, group) for zone in order]


def _block(zone: Zone, members: list[Subject], columns: int, span: int, group: str) -> Unit:
    """Members of one zone in rows of so many columns; a row that is not full is centred."""
    edge = _slots(_BLOCK_EDGE)
    width = 2 * edge + columns * span
    head_alone = members[0].actor.kind == "contact_group" and len(members) > columns
    lines = [members[:1]] if head_alone else []
    rest = members[len(lines) :]
    lines += [rest[at : at + columns] for at in range(0, len(rest), columns)]
    cells = []
    for row, line in enumerate(lines):
        first = edge + (columns - len(line)) * span // 2
        for column, member in enumerate(line):
            slot = first + column * span
            # The last card reaches to the edge, so that no stranger gets into the outline.
            reach = width - slot if column == len(line) - 1 else span
            size = (member.width, member.height)
            cells.append(Cell(member.actor.id, row, slot, reach, *size))
    return Unit(zone, tuple(cells), group=group)


def _single(subject: Subject, spacing: Spacing) -> Unit:
    span = _slots(subject.width + spacing.gap)
    cell = Cell(subject.actor.id, 0, 0, span, subject.width, subject.height)
    return Unit(subject.zone, (cell,), subject.pull)


def _slots(width: float) -> int:
    return math.ceil(width / SLOT)
