"""Groups and bands that are collapsed: which actors one card stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.asof import exists, linkage_state
from model.codes import TRACKS
from model.drawing.actor import CardContent, card_content
from model.drawing.bands import drawn_codes, home_track, ordered_tracks, run_of
from model.drawing.outlines import CONTACT_GROUP
from model.layout.nudge import free_shift
from model.records import Actor
from resources.text import joined, plural

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from model.drawing.bands import Bands
    from model.drawing.boxes import BoxGrid
    from model.records import Group
    from model.tables import Tables


_IN_BAND = 28.0
"""How far below the upper border of a collapsed band its card lies."""


class Fold(msgspec.Struct, frozen=True):
    """A collapsed group or band: its card's id and table, and the actors the card stands for.

    A group that outlines a contact group has the card of that actor; others have one of their own,
    and so has a band, whose card bears the code of the track.
    """

    id: str
    table: str
    group_id: str
    members: tuple[str, ...]


def folds_of(tables: Tables, as_of: date) -> dict[str, Fold]:
    """What is collapsed on a day by the id of its card; no actor is in two of them."""
    found = _bands(tables)
    taken: set[str] = {i for fold in found.values() for i in fold.members}
    for group in tables.groups.values():
        if not group.collapsed:
            continue
        head = group.actor_id if group.actor_id in tables.actors else ""
        members = tuple(
            i
            for i in _members(tables, group, as_of)
            if i != head and i not in taken and i in tables.actors
        )
        if members and head not in taken:
            taken.update(members)
            card_id = head or group.id
            found[card_id] = Fold(card_id, "actors" if head else "groups", group.id, members)
    return {i: fold for i, fold in found.items() if i not in taken}


def any_collapsed(tables: Tables) -> bool:
    """Whether any group or band is collapsed."""
    return any(group.collapsed for group in tables.groups.values()) or any(
        track.collapsed for track in tables.tracks.values()
    )


def _bands(tables: Tables) -> dict[str, Fold]:
    """The collapsed bands with those actors who reach into no open band next to it."""
    collapsed = {code for code, track in tables.tracks.items() if track.collapsed}
    if not collapsed:
        return {}
    drawn = drawn_codes(tables)
    members: dict[str, list[str]] = {}
    for actor_id, actor in tables.actors.items():
        home = home_track(actor.tracks)
        if home in collapsed and collapsed.issuperset(run_of(actor.tracks, drawn)):
            members.setdefault(home, []).append(actor_id)
    return {code: Fold(code, "tracks", code, tuple(ids)) for code, ids in members.items()}


def _members(tables: Tables, group: Group, as_of: date) -> list[str]:
    members = set(group.member_ids)
    head = tables.actors.get(group.actor_id)
    if head is not None and head.kind == CONTACT_GROUP:
        for linkage in tables.linkages.values():
            joins = linkage.kind == "membership" and linkage.to_id == head.id
            if joins and linkage_state(linkage, as_of) in {"current", "doubtful"}:
                members.add(linkage.from_id)
    return sorted(members)


def fold_content(tables: Tables, fold: Fold, as_of: date) -> CardContent:
    """What the card of a collapsed group or band without an actor of its own shows."""
    tracks = ordered_tracks(code for i in fold.members for code in tables.actors[i].tracks)
    if fold.table == "tracks":
        name, tracks = tables.tracks[fold.id].name or TRACKS.label(fold.id), ()
    else:
        name = tables.groups[fold.group_id].label
    stand_in = Actor(id=fold.id, name=name, kind=CONTACT_GROUP, tracks=tracks)
    return counted(card_content(stand_in), tables, fold, as_of)


def counted(content: CardContent, tables: Tables, fold: Fold, as_of: date) -> CardContent:
    """A card's content that also says for how many members it stands."""
    count = sum(exists(tables.actors[i], as_of) for i in fold.members)
    content = msgspec.structs.replace(content, stands_for=count)
    if fold.table == "tracks":
        words = plural("{count} actor, collapsed", "{count} actors, collapsed", count)
        return msgspec.structs.replace(content, detail=words)
    words = plural("{count} member", "{count} members", count)
    return msgspec.structs.replace(content, detail=joined((words, content.detail), " · "))


def group_place(
    tables: Tables,
    fold: Fold,
    places: Mapping[str, tuple[float, float]],
    bands: Bands,
    size: tuple[float, float],
    cards: BoxGrid[str],
) -> tuple[float, float]:
    """Where the card of a collapsed group goes: into the middle of its members' places.

    The card of a band lies in its band, beside the cards that reach into it.
    """
    if fold.table == "tracks":
        xs = [places[i][0] for i in fold.members]
        x, y = (min(xs) + max(xs)) / 2, bands.band(fold.id).top + _IN_BAND
        box = (x, y, x + size[0], y + size[1])
        aside = free_shift([box], lambda at: cards.is_free(at, fold.id), level_only=True)
        return x + (aside[0] if aside is not None else 0.0), y
    xs, ys = [], []
    for actor_id in fold.members:
        x, y = places[actor_id]
        xs.append(x)
        ys.append(bands.band(home_track(tables.actors[actor_id].tracks)).top + y)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
