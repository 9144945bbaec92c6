"""The ways to open a project in words, for the window and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.merge.access import Way
    from model.storage.members import Member

_SHOWN = 12
"""Characters of a public key that tell it apart from others in a list."""


def slot_in_words(slot: str, members: Sequence[Member], *, used: bool = False) -> str:
    """A slot as people know it: "Passphrase 2", "Amina, member (age1qyqszqgp…)"."""
    member = next((one for one in members if one.slot == slot), None)
    kind, _, number = short_name(slot).rpartition("-")
    kinds = {
        "passphrase": tr("Passphrase {number}", number=number),
        "keyfile": tr("Key file {number}", number=number),
        "recovery": tr("Recovery sheet {number}", number=number),
    }
    text = kinds.get(kind, slot)
    if member is not None:
        text = tr("{name}, member ({key}…)", name=member.name, key=member.key[:_SHOWN])
    return tr("{way} (you opened it with this one)", way=text) if used else text


def short_name(slot: str) -> str:
    """The name of a slot as the command line takes it: passphrase-2."""
    return slot.removeprefix("keys/").removesuffix(".age")


def way_in_words(way: Way) -> str:
    """A way that only another copy has, as a person has to judge it."""
    member = way.member
    if member is None:
        return tr(
            "{way} of the other copy: added or changed there",
            way=slot_in_words(way.slot.name, ()),
        )
    if way.namesake:
        return tr(
            "{name} with another key than your member of this name: {key}",
            name=member.name,
            key=member.key,
        )
    return tr("{name}, member with the key {key}", name=member.name, key=member.key)
