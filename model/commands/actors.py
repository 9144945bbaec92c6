"""Commands for actors and their places on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from model.commands.extent import first_place, on_map
from model.commands.records import new_record
from model.records import Actor, Placement
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.document import Document


def add_actor(
    document: Document,
    kind: str,
    tracks: tuple[str, ...] = (),
    name: str = "",
    at: tuple[float, float] | None = None,
) -> Actor:
    """Add an actor, on the map at a point when one is given (project units)."""
    with document.edit(tr("Add actor")) as edit:
        named = name or unused_name(document, tr("New actor"))
        actor = new_record(document, "actors", name=named, kind=kind, tracks=tracks)
        edit.put("actors", actor)
        if at is not None:
            x, y = on_map(at)
            edit.put("placements", Placement(id=actor.id, x=x, y=y, tlp=actor.tlp))
    return cast("Actor", actor)


def unused_name(document: Document, wanted: str) -> str:
    """The wanted name, with a number when another actor has it already."""
    taken = {actor.name for actor in document.actors.values()}
    name, number = wanted, 1
    stem, _, last = wanted.rpartition(" ")
    if wanted in taken and stem in taken and last.isdecimal():
        wanted, number = stem, int(last)  # a copy of a copy is the next one
    while name in taken:
        number += 1
        name = f"{wanted} {number}"
    return name


def move(
    document: Document,
    places: Mapping[str, tuple[float, float]],
    tracks: Mapping[str, tuple[str, ...]] | None = None,
    merge_key: str = "",
) -> None:
    """Put cards and notes elsewhere on the map, as one step; several moves may join.

    Args:
        document: the open project.
        places: new point of each thing by id, in project units.
        tracks: new tracks of actors that the user agreed to move to another band.
        merge_key: for keyboard nudges, so that a run of them is one undo step.
    """
    if len(places) == 1:
        only = next(iter(places))
        label = tr("Move {name}", name=document.name_of(_table_of(document, only), only))
    else:
        label = _label_of_move(document, places)
    with document.edit(label, merge_key) as edit:
        for record_id, place in places.items():
            x, y = on_map(place)
            if edit.get("placements", record_id) is None:
                edit.put("placements", first_place(document, record_id, (x, y)))
            else:
                edit.change("placements", record_id, x=x, y=y)
        for actor_id, codes in (tracks or {}).items():
            edit.change("actors", actor_id, tracks=codes)


def _label_of_move(document: Document, places: Iterable[str]) -> str:
    ids = set(places)
    if ids & document.notes.keys():
        return plural("Move {count} thing", "Move {count} things", len(ids))
    return plural("Move {count} card", "Move {count} cards", len(ids))


def _table_of(document: Document, record_id: str) -> str:
    return "notes" if record_id in document.notes else "actors"
