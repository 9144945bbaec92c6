"""Members: people who open a project with a key of their own, known by their public half."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from model.storage import age
from model.storage.errors import BadSecret
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_MEMBERS: Final = 10
"""Each has a key slot, of which a file has at most sixteen."""
MAX_NAME: Final = 80


class Member(msgspec.Struct, frozen=True):
    """A member of a project; this stands in the sealed part of the file.

    Attributes:
        name: how the others call them.
        key: public key, ``age1...``.
        slot: name of the key slot that their key opens.
    """

    name: str
    key: str
    slot: str

    def __post_init__(self) -> None:
        """Refuse what nothing can be sealed to."""
        try:
            age.Recipient.parse(self.key)
        except BadSecret:
            raise ValueError("the public key of a member is none") from None

    @property
    def recipient(self) -> age.Recipient:
        """The public key as the codec needs it."""
        return age.Recipient.parse(self.key)


def check_new(members: Sequence[Member], name: str, key: str) -> tuple[str, age.Recipient]:
    """Name and public key of somebody who becomes a member, tidied.

    Raises:
        BadSecret: with what is wrong and what to do.
    """
    name, key = " ".join(name.split()), "".join(key.split())
    if not name or len(name) > MAX_NAME:
        raise BadSecret(tr("give the member a name of at most {limit} characters.", limit=MAX_NAME))
    if key.upper().startswith("AGE-SECRET-KEY-"):
        raise BadSecret(
            tr(
                "this is a secret key: its owner must give it to nobody. Ask for the public key, "
                "which begins with age1."
            )
        )
    if len(members) >= MAX_MEMBERS:
        raise BadSecret(tr("a project has at most {limit} members.", limit=MAX_MEMBERS))
    try:
        recipient = age.Recipient.parse(key)
    except BadSecret:
        raise BadSecret(
            tr("this is not a public key; it begins with age1 and has 62 characters.")
        ) from None
    same = next((one for one in members if one.key == recipient.text()), None)
    if same is not None:
        raise BadSecret(tr("this is the key of {name}, who is a member already.", name=same.name))
    if any(one.name.casefold() == name.casefold() for one in members):
        raise BadSecret(tr("there is a member called {name} already; add to the name.", name=name))
    return name, recipient
