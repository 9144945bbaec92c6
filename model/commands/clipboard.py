"""Copying records within and between projects: as data with fresh ids, never as references.

Copied are actors, their roles, the linkages between them and the notes pinned to any of these.
Whatever they refer to outside of that is kept where the other project has it, and left empty
elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.commands.actors import unused_name
from model.commands.extent import first_place, on_map
from model.fields import REFERENCE_FIELDS
from model.records import TABLES, Actor, Linkage, Note, Placement, Record, Role
from model.refusals import Refusal
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from model.document import Document
    from model.tables import Tables

    Key = tuple[str, str]

VERSION = 1
LARGEST = 16_000_000
"""Bytes; what is larger was not made by us."""
_ORDER = ("actors", "roles", "linkages", "notes", "placements")


class Copied(msgspec.Struct, frozen=True):
    """What lies on the clipboard: records by table, as plain values."""

    version: int
    tables: dict[str, tuple[dict[str, object], ...]]
    tops: dict[str, float] = {}


class Copies(msgspec.Struct, frozen=True):
    """Records read from a clipboard, still with the ids of where they come from.

    Attributes:
        tops: where the bands of the map that they come from begin, by code. Cards count from
            their band, but bends and free notes from the map, whose bands lie elsewhere in another.
    """

    actors: tuple[Actor, ...] = ()
    roles: tuple[Role, ...] = ()
    linkages: tuple[Linkage, ...] = ()
    notes: tuple[Note, ...] = ()
    placements: tuple[Placement, ...] = ()
    tops: dict[str, float] = {}

    def records(self) -> list[tuple[str, Record]]:
        """All of them with their tables, in the order in which they can be added."""
        found: list[tuple[str, Record]] = []
        for table in _ORDER:
            found += [(table, record) for record in getattr(self, table)]
        return found


def copies_of(
    tables: Tables,
    keys: Collection[Key],
    places: Mapping[str, tuple[float, float]],
    tops: Mapping[str, float] | None = None,
) -> Copies:
    """What copying a selection takes: the actors, and what belongs to them alone.

    Args:
        tables: the project.
        keys: the selection.
        places: where cards are, for those without a stored place.
        tops: where the bands of the map begin.
    """
    ids = {record_id for table, record_id in keys if table == "actors"} & set(tables.actors)
    chosen = {record_id for table, record_id in keys if table == "notes"}
    links = tuple(
        link for link in tables.linkages.values() if link.from_id in ids and link.to_id in ids
    )
    held = ids | {link.id for link in links}
    notes = tuple(n for n in tables.notes.values() if n.id in chosen or n.target_id in held)
    placed = []
    for record_id in (*sorted(ids), *(note.id for note in notes)):
        stored = tables.placements.get(record_id)
        if stored is not None:
            placed.append(stored)
        elif record_id in places:
            placed.append(first_place(tables, record_id, places[record_id]))
    return Copies(
        actors=tuple(a for i, a in tables.actors.items() if i in ids),
        roles=tuple(role for role in tables.roles.values() if role.actor_id in ids),
        linkages=links,
        notes=notes,
        placements=tuple(placed),
        tops=dict(tops or {}),
    )


def packed(copies: Copies) -> bytes:
    """Copies as bytes for a clipboard."""
    tables: dict[str, tuple[dict[str, object], ...]] = {}
    for table, record in copies.records():
        tables[table] = (*tables.get(table, ()), msgspec.to_builtins(record))
    return msgspec.json.encode(Copied(VERSION, tables, copies.tops))


def unpacked(data: bytes) -> Copies:
    """Copies from the bytes of a clipboard.

    Raises:
        Refusal: when the bytes are not what `packed` makes.
    """
    refusal = Refusal("clipboard", tr("What lies on the clipboard cannot be pasted here."))
    if len(data) > LARGEST:
        raise refusal
    try:
        copied = msgspec.json.decode(data, type=Copied)
        tables = {
            table: tuple(msgspec.convert(row, TABLES[table], strict=False) for row in rows)
            for table, rows in copied.tables.items()
            if table in _ORDER
        }
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise refusal from error
    if copied.version != VERSION:
        raise refusal
    found = msgspec.convert(tables, Copies, strict=False, from_attributes=True)
    return msgspec.structs.replace(found, tops=copied.tops)


def paste(
    document: Document,
    copies: Copies,
    shift: tuple[float, float] = (0.0, 0.0),
    label: str = "",
    tops: Mapping[str, float] | None = None,
) -> list[Key]:
    """Add copies as one step, with fresh ids; returns what was added, cards first.

    Args:
        document: the open project.
        copies: what to add.
        shift: how far from their old places they go, in project units.
        label: name of the step; "" for the usual one.
        tops: where the bands of this project's map begin.
    """
    count = len(copies.actors) + len(copies.notes)
    title = label or plural("Paste {count} thing", "Paste {count} things", count)
    fresh = {r.id: document.new_id() for table, r in copies.records() if table != "placements"}
    way = _Way(
        shift,
        frozenset(note.id for note in copies.notes if note.target_id in fresh),
        frozenset(note.id for note in copies.notes if not note.target_id),
        copies.tops,
        dict(tops or {}),
    )
    added: list[Key] = []
    with document.edit(title) as edit:
        taken: set[str] = set()
        for table, record in copies.records():
            made = _renewed(document, table, record, fresh, way)
            if made is None:
                continue
            if isinstance(made, Actor):
                made = msgspec.structs.replace(made, name=_own_name(document, made.name, taken))
                taken.add(made.name)
            edit.put(table, made)
            if table in {"actors", "linkages", "notes"}:
                added.append((table, made.id))
    return added


class _Way(msgspec.Struct, frozen=True):
    """How far copies go from where they come from.

    Attributes:
        shift: how far cards go.
        hanging: notes that are pinned to copies, and so go along.
        free: notes that are pinned to nothing.
        before, now: where the bands begin, there and here.
    """

    shift: tuple[float, float]
    hanging: frozenset[str]
    free: frozenset[str]
    before: dict[str, float]
    now: dict[str, float]

    def of_place(self, placement: Placement) -> tuple[float, float]:
        """The new place of a card or note."""
        if placement.id in self.free:
            return self.of_point(placement.x, placement.y)
        across, down = (0.0, 0.0) if placement.id in self.hanging else self.shift
        return on_map((placement.x + across, placement.y + down))

    def of_point(self, x: float, y: float) -> tuple[float, float]:
        """The new place of a point of the map: as far below the top of the same band."""
        above = [(top, code) for code, top in self.before.items() if top <= y]
        top, code = max(above, default=(0.0, ""))
        down = self.now.get(code, top) - top
        return on_map((x + self.shift[0], y + self.shift[1] + down))


def _own_name(document: Document, name: str, taken: set[str]) -> str:
    found, number = unused_name(document, name), 1
    while found in taken:
        number += 1
        found = unused_name(document, f"{name} {number}")
    return found


def _renewed(
    document: Document,
    table: str,
    record: Record,
    fresh: Mapping[str, str],
    way: _Way,
) -> Record | None:
    """A record under its new id, referring to copies or to what the project has.

    None when it hangs on something that is not there.
    """
    if isinstance(record, Placement):
        if record.id not in fresh:
            return None
        x, y = way.of_place(record)
        return msgspec.structs.replace(record, id=fresh[record.id], x=x, y=y, pinned=False)
    changes: dict[str, object] = {"id": fresh[record.id], "external": ()}
    for spec in REFERENCE_FIELDS[table]:
        value = getattr(record, spec.name)
        target = spec.target_in(record)
        if isinstance(value, tuple):
            kept = (_followed(document, target, one, fresh) for one in value)
            changes[spec.name] = tuple(one for one in kept if one)
        elif value:
            changes[spec.name] = _followed(document, target, value, fresh)
            if spec.required and not changes[spec.name]:
                return None
    if isinstance(record, Linkage):
        changes["bends"] = tuple(way.of_point(*bend) for bend in record.bends)
    if isinstance(record, Note) and not changes.get("target_id"):
        changes["target_table"] = ""
    return msgspec.structs.replace(record, **changes)


def _followed(document: Document, table: str, record_id: str, fresh: Mapping[str, str]) -> str:
    if record_id in fresh:
        return fresh[record_id]
    return record_id if table and document.get(table, record_id) is not None else ""
