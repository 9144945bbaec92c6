"""Commands for the bands of the map: collapse, reorder, rename, take away, bring back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from model.codes import TRACKS
from model.commands.actors import unused_name
from model.commands.records import new_record
from model.document import Snapshot
from model.drawing.bands import ALWAYS_DRAWN, BAND_CODES, drawn_codes, home_track
from model.layout import place_new
from model.layout.make_room import make_room
from model.records import TABLES, Placement, Record, Track
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.document import Document
    from model.editing import Edit
    from model.records import Actor
    from model.tables import Tables

LONGEST_NAME = 60


def track_name(tables: Tables, code: str) -> str:
    """What the team calls a track; its usual name where it has no other."""
    record = tables.tracks.get(code)
    return (record.name if record is not None else "") or TRACKS.label(code)


def set_band_collapsed(document: Document, code: str, *, collapsed: bool) -> None:
    """Show one card for all actors of a band, or all of them again."""
    name = track_name(document, code)
    words = tr("Collapse {track}", track=name) if collapsed else tr("Open {track}", track=name)
    with document.edit(words) as edit:
        _put(document, edit, code, collapsed=collapsed)


def rename_band(document: Document, code: str, name: str) -> None:
    """Call a band something else on the map; nothing gives it its usual name back.

    Raises:
        Refusal: when the name is too long for a band.
    """
    wanted = " ".join(name.split())
    if len(wanted) > LONGEST_NAME:
        raise Refusal(
            "band_name",
            tr("The name of a band has at most {count} letters.", count=LONGEST_NAME),
        )
    if wanted == TRACKS.label(code):
        wanted = ""
    with document.edit(tr("Rename {track}", track=track_name(document, code))) as edit:
        # A name that was typed is no public fact as the codes are.
        tlp = document.project.default_tlp if wanted else "CLEAR"
        _put(document, edit, code, name=wanted, tlp=tlp)


def move_band(document: Document, code: str, position: int) -> None:
    """Put a band to another position among those drawn; its actors go along.

    Cards that then lie over the border of two bands, and on others, go aside in the same step.

    Args:
        document: the open project.
        code: the track.
        position: where it is to be among the drawn bands, 0 for the top.
    """
    order = [one for one in drawn_codes(document) if one != code]
    order.insert(max(0, min(position, len(order))), code)
    with document.edit(tr("Move {track}", track=track_name(document, code))) as edit:
        for at, one in enumerate(order):
            _put(document, edit, one, order=at)
        stored = {i: one for i, one in document.placements.items() if i in document.actors}
        after = _with(document, "tracks", {i: edit.get("tracks", i) for i in edit.ids("tracks")})
        places = {i: (one.x, one.y) for i, one in stored.items()}
        for actor_id, (x, y) in make_room(document, after, places).items():
            edit.change("placements", actor_id, x=x, y=y)


def remove_band(document: Document, code: str, target: str) -> int:
    """Take a band off the map; no actor is ever removed with it.

    Actors that are on other tracks, too, merely leave this one. Those that are on no other go to
    the target, "unknown" for none, where they get free places; what lies there stays.

    Returns:
        How many actors went to the target.
    """
    leaving = {i: a for i, a in document.actors.items() if code in _tracks(a)}
    going: dict[str, Actor] = {}
    changed: dict[str, Actor] = dict(document.actors)
    for actor_id, actor in leaving.items():
        tracks = tuple(one for one in actor.tracks if one != code)
        if not tracks:
            tracks = () if target == "unknown" else (target,)
        changed[actor_id] = msgspec.structs.replace(actor, tracks=tracks)
        if home_track(tracks) != home_track(actor.tracks):
            going[actor_id] = changed[actor_id]
    places = _free_places(document, changed, going)
    homeless = actors_only_on(document, code)
    with document.edit(tr("Remove {track}", track=track_name(document, code))) as edit:
        for actor_id in leaving:
            edit.change("actors", actor_id, tracks=changed[actor_id].tracks)
        for actor_id, (x, y) in places.items():
            if actor_id in document.placements:
                edit.change("placements", actor_id, x=x, y=y)
            else:
                tlp = document.actors[actor_id].tlp
                edit.put("placements", Placement(id=actor_id, x=x, y=y, tlp=tlp))
        if code in ALWAYS_DRAWN:
            _put(document, edit, code, hidden=True, collapsed=False)
    return len(homeless)


def add_actor_opening(document: Document, kind: str, code: str) -> Actor:
    """Add an actor on the track of a collapsed band, at a free place, and open it, as one step."""
    tracks = () if code == "unknown" else (code,)
    name = unused_name(document, tr("New actor"))
    actor = cast("Actor", new_record(document, "actors", name=name, kind=kind, tracks=tracks))
    actors = {**document.actors, actor.id: actor}
    known = {
        i: (place.x, place.y) for i, place in document.placements.items() if i in document.actors
    }
    with document.edit(tr("Add actor")) as edit:
        _put(document, edit, code, collapsed=False)
        bands = {i: edit.get("tracks", i) for i in edit.ids("tracks")}
        content = _content(document, {"actors": actors, "tracks": bands})
        x, y = dict(place_new(content, {actor.id}, known))[actor.id]
        edit.put("actors", actor)
        edit.put("placements", Placement(id=actor.id, x=x, y=y, tlp=actor.tlp))
    return actor


def show_band(document: Document, code: str) -> None:
    """Draw a band again that was taken away."""
    with document.edit(tr("Show {track}", track=track_name(document, code))) as edit:
        _put(document, edit, code, hidden=False)


def hidden_bands(tables: Tables) -> list[str]:
    """Main bands that were taken away and can be brought back."""
    drawn = drawn_codes(tables)
    return [code for code in BAND_CODES if code in ALWAYS_DRAWN and code not in drawn]


def actors_only_on(tables: Tables, code: str) -> list[str]:
    """Actors that would be on no track without this one."""
    return [i for i, actor in tables.actors.items() if set(_tracks(actor)) == {code}]


def _tracks(actor: Actor) -> tuple[str, ...]:
    return actor.tracks or ("unknown",)


def _free_places(
    document: Document, actors: Mapping[str, Record], going: Mapping[str, Actor]
) -> dict[str, tuple[float, float]]:
    known = {
        i: (place.x, place.y)
        for i, place in document.placements.items()
        if i in document.actors and i not in going
    }
    return dict(place_new(_with(document, "actors", actors), going, known))


def _with(document: Document, table: str, records: Mapping[str, Record | None]) -> Snapshot:
    """The tables with other records in one of them."""
    return _content(document, {table: records})


def _content(document: Document, others: Mapping[str, Mapping[str, Record | None]]) -> Snapshot:
    content: dict[str, dict[str, Record]] = {n: dict(document.table(n)) for n in TABLES}
    for table, records in others.items():
        content[table] = {i: record for i, record in records.items() if record is not None}
    return Snapshot(content, document.revision)


def _put(document: Document, edit: Edit, code: str, **values: object) -> None:
    if edit.get("tracks", code) is None:
        drawn = drawn_codes(document)
        order = drawn.index(code) if code in drawn else TRACKS.rank(code)
        edit.put("tracks", Track(id=code, order=order, tlp="CLEAR"))
    edit.change("tracks", code, **values)
