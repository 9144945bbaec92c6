"""Who opens a merged project: what the other copy lets in is shown and asked, never taken silently.

The merged file is ours with its ways in. A member or passphrase that only the other copy has would
be shut out by the merge, and letting it in unseen would hand the project to whoever was added
there. So each is named, and comes along only where a person says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from model.storage import keys
from model.storage.container import MAX_SLOTS
from model.storage.errors import BadSecret
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.storage.container import Slot
    from model.storage.keys import ProjectKey
    from model.storage.members import Member
    from model.storage.store import OpenedProject


@dataclass(frozen=True, slots=True)
class Way:
    """A way to open the other copy that ours does not have.

    Attributes:
        slot: its key slot there.
        member: whose it is; None for a passphrase, a key file or a recovery sheet.
        namesake: the member is called like one of ours, but has another key.
    """

    slot: Slot
    member: Member | None = None
    namesake: bool = False


def only_theirs(ours: ProjectKey, theirs: ProjectKey) -> tuple[Way, ...]:
    """What opens the other copy and not ours; members first.

    Under another project key only members can come along: other slots hold that other key.
    """
    known = {member.key for member in ours.members}
    names = {member.name.casefold() for member in ours.members}
    slots = {slot.name: slot for slot in theirs.slots}
    ways = [
        Way(slots[member.slot], member, member.name.casefold() in names)
        for member in theirs.members
        if member.key not in known and member.slot in slots
    ]
    if ours.identity == theirs.identity:
        sealed = {slot.sealed for slot in ours.slots}
        theirs_members = {member.slot for member in theirs.members}
        ways += [
            Way(slot)
            for slot in theirs.slots
            if slot.name not in theirs_members and slot.sealed not in sealed
        ]
    return tuple(ways)


def only_ours(ours: ProjectKey, theirs: ProjectKey) -> tuple[Member, ...]:
    """Members that the other copy does not let in: new here, or removed there."""
    known = {member.key for member in theirs.members}
    return tuple(member for member in ours.members if member.key not in known)


def with_ways(project: OpenedProject, ways: Iterable[Way]) -> OpenedProject:
    """Our file, opened from its next save on by these ways of the other copy, too.

    Raises:
        BadSecret: there is no room for all of them.
    """
    key = project.key
    for way in ways:
        key = _with_way(key, way)
    return replace(project, key=key)


def _with_way(key: ProjectKey, way: Way) -> ProjectKey:
    if way.member is not None:
        return keys.with_member(key, _free_name(key.members, way.member.name), way.member.key)
    if len(key.slots) >= MAX_SLOTS:
        raise BadSecret(tr("a project can have at most {limit} key slots.", limit=MAX_SLOTS))
    number = keys.free_number(key.slots, way.slot.kind)
    return keys.with_sealed_slot(key, replace(way.slot, number=number))


def _free_name(members: Iterable[Member], name: str) -> str:
    taken = {member.name.casefold() for member in members}
    free, number = name, 2
    while free.casefold() in taken:
        free, number = f"{name} {number}", number + 1
    return free
