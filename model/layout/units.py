"""What is to be arranged: cards, cards that span bands, and contact groups that keep together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from model.asof import exists
from model.drawing.actor import card_content
from model.drawing.bands import drawn_codes, home_track, run_of
from model.records import Actor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from model.records import Role
    from model.tables import Tables

SLOT = 24.0
"""Grain of places along a row, in project units."""
_BLOCK_GAP = 28.0
_BLOCK_EDGE = 28.0
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

    aspect: float = 1.75
    gap: float = 58.0
    row_gap: float = 48.0


ROOMY = Spacing()
"""For screens."""
DENSE = Spacing(aspect=1.6, gap=44.0, row_gap=44.0)
"""For a sheet of paper, where no zoom helps."""


class Cell(msgspec.Struct, frozen=True):
    """A card within its unit: row and first slot counted from the unit's, size in project units.

    `spans` says that the card reaches over the border below.
    """

    actor_id: str
    row: int
    slot: int
    width: float
    height: float
    spans: bool = False


class Unit(msgspec.Struct, frozen=True):
    """One or several cards that keep together and have their rectangle to themselves.

    Attributes:
        home: the band of its first row.
        last: the lowest band that it reaches into; `home` for most.
        cells: its cards.
        span: its width in slots.
        rows: how many rows it takes, but for those that it merely reaches through.
        pull: how strongly it wants to lie in the middle of the map.
        upper: rows that its cards take in the first band, for groups over several bands.
        lower: the second band that cards of a group lie in; "" for none.
        lower_spans: whether any of those reaches over a border, too.
        absent: whether none of it is there on the day: such units get what room is left.
    """

    home: str
    last: str
    cells: tuple[Cell, ...]
    span: int
    rows: int = 1
    pull: float = 0.0
    upper: int = 1
    lower: str = ""
    lower_spans: bool = False
    absent: bool = False

    @property
    def spans(self) -> bool:
        """Whether it reaches over a border, so that it has to lie at the end of its band."""
        return self.home != self.last


class Subject(msgspec.Struct, frozen=True):
    """An actor to be arranged, with the size of its card and the bands that it spans."""

    actor: Actor
    width: float
    height: float
    home: str
    last: str
    pull: float
    absent: bool
    is_long: bool = False


def units_of(tables: Tables, as_of: date, spacing: Spacing = ROOMY) -> list[Unit]:
    """All actors as units, in a fixed order."""
    subjects = subjects_of(tables, as_of)
    bands = drawn_codes(tables)
    units: list[Unit] = []
    taken: set[str] = set()
    for members in _groups(tables, subjects):
        # Who spans more than two bands would need all rows of those between for the whole group.
        fresh = [i for i in members if i not in taken and not subjects[i].is_long]
        if len(fresh) > 1:
            units += _group_units([subjects[i] for i in fresh], bands)
            taken.update(fresh)
    for actor_id in sorted(subjects):
        if actor_id not in taken:
            units.append(_single(subjects[actor_id], spacing))
    return units


def subjects_of(tables: Tables, as_of: date) -> dict[str, Subject]:
    """Every actor with what matters for its place."""
    roles: dict[str, list[Role]] = {}
    helpers: set[str] = set()
    for role in tables.roles.values():
        if exists(role, as_of):
            roles.setdefault(role.actor_id, []).append(role)
        if role.role in _HELPERS:
            helpers.add(role.actor_id)
    bands = drawn_codes(tables)
    subjects = {}
    for actor_id, actor in tables.actors.items():
        content = card_content(actor, roles.get(actor_id, ()))
        pull = _PARTY_PULL if actor.conflict_role == "primary_party" else 0.0
        if actor_id in helpers and actor.kind == "mediator_office":
            pull = _HELPER_PULL
        home = home_track(actor.tracks)
        run = run_of(actor.tracks, bands)
        # The first row is in the uppermost band of the run, which reordering can put above home.
        first, last = (run[0], run[-1]) if run else (home, home)
        placement = tables.placements.get(actor_id)
        width = max(content.width, placement.width if placement is not None else 0.0)
        absent = not exists(actor, as_of)
        size = (width, content.height)
        subjects[actor_id] = Subject(actor, *size, first, last, pull, absent, len(run) > 2)
    return subjects


def _groups(tables: Tables, subjects: Mapping[str, Subject]) -> list[list[str]]:
    heads = sorted(i for i, s in subjects.items() if s.actor.kind == "contact_group")
    members: dict[str, set[str]] = {head: set() for head in heads}
    for link in tables.linkages.values():
        if link.kind == "membership" and link.to_id in members and link.from_id in subjects:
            members[link.to_id].add(link.from_id)
    groups = [[head, *sorted(members[head])] for head in heads]
    for group in tables.groups.values():
        drawn = {group.actor_id, *group.member_ids} & set(subjects)
        groups.append(sorted(drawn))
    return groups


def _group_units(subjects: list[Subject], bands: Sequence[str]) -> list[Unit]:
    """A group as few units: members of neighbouring bands lie in one rectangle."""
    by_band: dict[str, list[Subject]] = {}
    for subject in subjects:
        by_band.setdefault(subject.home, []).append(subject)
    order = [code for code in bands if code in by_band]
    parts: list[list[str]] = []
    for code in order:
        # Over a band in between one rectangle reaches only where the band is a narrow one.
        if parts and bands.index(code) - bands.index(parts[-1][-1]) <= 1 + (code == "T2"):
            parts[-1].append(code)
        else:
            parts.append([code])
    parts = [half for part in parts for half in (_halves(part) if len(part) > 2 else [part])]
    return [_rectangle([by_band[code] for code in part], bands) for part in parts]


def _halves(part: list[str]) -> list[list[str]]:
    """More than two bands would need all rows of those in the middle: two at a time."""
    return [part[at : at + 2] for at in range(0, len(part), 2)]


def _rectangle(bands: list[list[Subject]], order: Sequence[str]) -> Unit:
    """Members in rows of so many columns; those that reach over the border lie next to it."""
    most = max(len(members) for members in bands)
    columns = max(2, math.ceil(math.sqrt(most * 1.2)))
    if most <= 3 and len(bands) > 1:
        columns = max(2, most)
    spanning = max(sum(s.last != s.home for s in members) for members in bands)
    columns = max(columns, spanning)
    pitch = _slots(max(s.width for members in bands for s in members) + _BLOCK_GAP)
    edge = _slots(_BLOCK_EDGE)
    width = 2 * edge + columns * pitch
    cells: list[Cell] = []
    row, upper = 0, 0
    for at, members in enumerate(bands):
        for line in _lines(members, columns):
            first = edge + (columns - len(line)) * pitch // 2
            for column, subject in enumerate(line):
                slot = first + column * pitch
                cells.append(_cell(subject, row, slot))
            row += 1
        if at == 0:
            upper = row
    home, lower = bands[0][0].home, bands[1][0].home if len(bands) > 1 else ""
    reached = {s.last for members in bands for s in members} | {lower or home}
    return Unit(
        home,
        max(reached, key=order.index),
        tuple(cells),
        width,
        row,
        upper=upper,
        lower=lower,
        lower_spans=any(s.last != s.home for members in bands[1:] for s in members),
        absent=all(s.absent for members in bands for s in members),
    )


def _lines(members: list[Subject], columns: int) -> list[list[Subject]]:
    spanning = [s for s in members if s.last != s.home]
    plain = [s for s in members if s.last == s.home]
    lines = [plain[at : at + columns] for at in range(0, len(plain), columns)]
    if not spanning:
        return lines
    if lines and len(lines[-1]) + len(spanning) <= columns:
        lines[-1] = [*lines[-1], *spanning]
        return lines
    return [*lines, spanning]


def _single(subject: Subject, spacing: Spacing) -> Unit:
    cell = _cell(subject, 0, 0)
    span = _slots(subject.width + spacing.gap)
    last, absent = subject.last, subject.absent
    return Unit(subject.home, last, (cell,), span, pull=subject.pull, absent=absent)


def _cell(subject: Subject, row: int, slot: int) -> Cell:
    spans = subject.last != subject.home
    return Cell(subject.actor.id, row, slot, subject.width, subject.height, spans)


def _slots(width: float) -> int:
    return math.ceil(width / SLOT)
