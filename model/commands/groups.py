"""Commands for groups on the map: make, fill, collapse, remove; actors are never touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from model.codes import tlp_rank
from model.commands.records import new_record
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.document import Document
    from model.records import Group


def make_group(document: Document, ids: Iterable[str], label: str = "") -> Group:
    """Outline these actors as a group, at least as strict as the strictest of them.

    Raises:
        Refusal: when there is no actor among them.
    """
    members = tuple(i for i in dict.fromkeys(ids) if i in document.actors)
    if not members:
        raise Refusal("group", tr("Select the actors that belong to the group first."))
    labels = [document.project.default_tlp, *(document.actors[i].tlp for i in members)]
    taken = {group.label for group in document.groups.values()}
    name, number = label or tr("New group"), 1
    while name in taken:
        number += 1
        name = f"{label or tr('New group')} {number}"
    tlp = max(labels, key=tlp_rank)
    group = new_record(document, "groups", label=name, member_ids=members, tlp=tlp)
    with document.edit(tr("Make a group")) as edit:
        edit.put("groups", group)
    return cast("Group", group)


def add_members(document: Document, group_id: str, ids: Iterable[str]) -> None:
    """Take actors into a group."""
    group = document.groups[group_id]
    members = tuple(dict.fromkeys((*group.member_ids, *ids)))
    labels = [group.tlp, *(document.actors[i].tlp for i in members)]
    with document.edit(tr("Add to {name}", name=group.label)) as edit:
        strictest = max(labels, key=tlp_rank)
        edit.change("groups", group_id, member_ids=members, tlp=strictest)


def remove_members(document: Document, group_id: str, ids: Iterable[str]) -> None:
    """Let actors leave a group; a group without members goes, the actors stay."""
    group, gone = document.groups[group_id], set(ids)
    members = tuple(i for i in group.member_ids if i not in gone)
    with document.edit(tr("Leave {name}", name=group.label)) as edit:
        if members or group.actor_id:
            edit.change("groups", group_id, member_ids=members)
        else:
            edit.remove("groups", group_id)


def set_collapsed(document: Document, table: str, record_id: str, *, collapsed: bool) -> None:
    """Show a group or contact group as one card, or with its members again.

    Args:
        document: the open project.
        table: "groups", or "actors" for a contact group.
        record_id: the group, or the actor that is the contact group.
        collapsed: whether it becomes one card.
    """
    group_id = record_id
    if table == "actors":
        found = (g.id for g in document.groups.values() if g.actor_id == record_id)
        group_id = next(found, "")
    label = tr("Collapse group") if collapsed else tr("Show members of group")
    with document.edit(label) as edit:
        if group_id:
            edit.change("groups", group_id, collapsed=collapsed)
        else:
            actor = document.actors[record_id]
            values = {"label": actor.name, "actor_id": record_id, "collapsed": collapsed}
            edit.put("groups", new_record(document, "groups", tlp=actor.tlp, **values))
