"""Groups that are collapsed: which actors one card stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.asof import exists, linkage_state
from model.drawing.actor import CardContent, card_content
from model.drawing.bands import home_track, ordered_tracks
from model.drawing.outlines import CONTACT_GROUP
from model.records import Actor
from resources.text import plural

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from model.drawing.bands import Bands
    from model.records import Group
    from model.tables import Tables


class Fold(msgspec.Struct, frozen=True):
    """A collapsed group: its card's id and table, and the actors that the card stands for.

    A group that outlines a contact group has the card of that actor; others have one of their own.
    """

    id: str
    table: str
    group_id: str
    members: tuple[str, ...]


def folds_of(tables: Tables, as_of: date) -> dict[str, Fold]:
    """The collapsed groups on a day by the id of their card; no actor is in two of them."""
    found: dict[str, Fold] = {}
    taken: set[str] = set()
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
    """What the card of a collapsed group without an actor of its own shows."""
    tracks = ordered_tracks(code for i in fold.members for code in tables.actors[i].tracks)
    name = tables.groups[fold.group_id].label
    stand_in = Actor(id=fold.id, name=name, kind=CONTACT_GROUP, tracks=tracks)
    return counted(card_content(stand_in), tables, fold, as_of)


def counted(content: CardContent, tables: Tables, fold: Fold, as_of: date) -> CardContent:
    """A card's content that also says for how many members it stands."""
    count = sum(exists(tables.actors[i], as_of) for i in fold.members)
    words = plural("{count} member", "{count} members", count)
    return msgspec.structs.replace(content, detail=f"{words} · {content.detail}")


def group_place(
    tables: Tables, fold: Fold, places: Mapping[str, tuple[float, float]], bands: Bands
) -> tuple[float, float]:
    """Where the card of a collapsed group goes: into the middle of its members' places."""
    xs, ys = [], []
    for actor_id in fold.members:
        x, y = places[actor_id]
        xs.append(x)
        ys.append(bands.band(home_track(tables.actors[actor_id].tracks)).top + y)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
