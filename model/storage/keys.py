"""Key slots: the ways to a project's X25519 identity, and the unlocked key that saves reuse.

Each slot is an age file that holds the identity as text, so that the stock command opens a
project too: ``age -d -i keys/passphrase-1.age body.age``. Deriving a key from a passphrase
happens once per unlock; saving needs none.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from model.storage import age
from model.storage.container import MAX_SLOT_SIZE, Slot, SlotKind, in_order
from model.storage.errors import (
    BadSecret,
    Damaged,
    NotAnAgeFile,
    TooCostly,
    WrongKey,
    WrongPassphrase,
)
from model.storage.members import Member, check_new
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_LOG_N: Final = 18
"""scrypt work factor of new passphrase slots: 256 MiB and about a second; only tests lower it."""
MAX_PASSPHRASE: Final = 1024
MAX_PASSPHRASE_SLOTS: Final = 4
"""Each may cost a key derivation at unlocking, so there are few."""


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A passphrase as typed; compared in Unicode form NFC, so that all keyboards agree."""

    text: str = field(repr=False)

    def encoded(self) -> bytes:
        """Return the bytes that the key is derived from; raises BadSecret."""
        if not self.text:
            raise BadSecret(tr("the passphrase is empty; type one."))
        if len(self.text) > MAX_PASSPHRASE:
            raise BadSecret(
                tr("the passphrase is longer than {limit} characters.", limit=MAX_PASSPHRASE)
            )
        try:
            return unicodedata.normalize("NFC", self.text).encode("utf-8")
        except UnicodeEncodeError:
            raise BadSecret(
                tr("the passphrase holds a character that is only half there; type it again.")
            ) from None


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A secret X25519 key from a key file or a recovery sheet."""

    identity: age.Identity = field(repr=False)

    @classmethod
    def parse(cls, content: bytes) -> KeyFile:
        """Read an age identity file: comments and exactly one secret key; raises BadSecret."""
        try:
            lines = content[:MAX_SLOT_SIZE].decode("utf-8").splitlines()
        except UnicodeDecodeError:
            lines = []
        keys = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        if len(keys) != 1:
            raise BadSecret(tr("this is not a key file: it must hold one line AGE-SECRET-KEY-1..."))
        return cls(age.Identity.parse(keys[0]))

    @classmethod
    def generate(cls) -> KeyFile:
        """Make a new key."""
        return cls(age.Identity.generate())

    def content(self) -> bytes:
        """Return the content of the key file, to be kept apart from the project."""
        return (
            f"# public key: {self.identity.recipient().text()}\n{self.identity.text()}\n".encode()
        )


Secret = Passphrase | KeyFile


@dataclass(frozen=True, slots=True)
class ProjectKey:
    """An unlocked project: its identity, its slots as they are on disk, and the slot used.

    Attributes:
        identity: the project's own key.
        slots: all slots; saves write them again unchanged.
        opened_by: name of the slot that was opened.
        members: people whose own keys open the file, too; known once the body has been read.
    """

    identity: age.Identity = field(repr=False)
    slots: tuple[Slot, ...] = field(repr=False)
    opened_by: str
    members: tuple[Member, ...] = field(default=(), repr=False)

    def seal(self, plain: bytes) -> bytes:
        """Seal to the project key and to all members; needs no key derivation."""
        others = (member.recipient for member in self.members)
        return age.encrypt(plain, [self.identity.recipient(), *others])

    def unseal(self, sealed: bytes, max_plain: int = age.MAX_PLAIN) -> bytes:
        """Open what was sealed to the project key.

        Raises:
            Damaged: also where the file is sealed to another key than that in its slots.
        """
        try:
            return age.decrypt(sealed, [self.identity], max_plain)
        except WrongKey:
            raise Damaged(
                tr("the content belongs to another key than the one in the key slots."),
                part="body.age",
            ) from None


def new_key(
    secret: Secret, log_n: int = DEFAULT_LOG_N, members: Sequence[Member] = ()
) -> ProjectKey:
    """Make a project key with one slot, and one for each member; one key derivation."""
    identity = age.Identity.generate()
    slot = _sealed_slot(identity, secret, _kind_of(secret), 1, log_n)
    key = ProjectKey(identity, (slot,), slot.name)
    for member in members:
        key = with_member(key, member.name, member.key)
    return key


def unlock(slots: Sequence[Slot], secret: Secret) -> ProjectKey:
    """Find the slot that the secret opens; one key derivation for each passphrase slot tried.

    Raises:
        WrongPassphrase, WrongKey: every slot is sound and none opens.
        Damaged, TooCostly: a slot breaks the rules; looked at before any derivation.
        BadSecret: the secret itself cannot be used.
    """
    _check(slots)
    fitting = _fitting(slots, secret)
    if not fitting:
        raise WrongKey(_other_way(secret))
    for slot in fitting:
        try:
            identity = _opened_slot(slot, secret)
        except (WrongPassphrase, WrongKey):
            continue
        return ProjectKey(identity, tuple(slots), slot.name)
    if isinstance(secret, Passphrase):
        raise WrongPassphrase(
            tr("the passphrase is wrong; check the keyboard layout and capital letters.")
        )
    raise WrongKey(tr("this key file does not open the project; use the one made for it."))


def with_new_secret(
    key: ProjectKey, slot_name: str, secret: Secret, log_n: int = DEFAULT_LOG_N
) -> ProjectKey:
    """Replace the secret of one slot; the identity stays, so old copies keep their old secret.

    The new slot is opened once before it is returned: two key derivations for a passphrase, and
    one for each passphrase that there is.

    Raises:
        BadSecret: the secret cannot be used, does not fit the kind of slot, or opens one already.
    """
    old = next((slot for slot in key.slots if slot.name == slot_name), None)
    if old is None:
        raise WrongKey(tr("the project has no key slot {name}.", name=slot_name))
    if (old.kind == "passphrase") != isinstance(secret, Passphrase):
        raise BadSecret(tr("a passphrase slot takes a passphrase, a key slot takes a key file."))
    _check_new(key.slots, secret)
    new = _sealed_slot(key.identity, secret, old.kind, old.number, log_n)
    return _with_slots(key, [new if slot is old else slot for slot in key.slots], new, secret)


def with_slot(
    key: ProjectKey, secret: Secret, kind: SlotKind | None = None, log_n: int = DEFAULT_LOG_N
) -> ProjectKey:
    """Add a further way in: a second passphrase, a key file or a recovery sheet.

    Raises:
        BadSecret: the secret cannot be used, does not fit the kind of slot, or opens one already.
    """
    kind = kind or _kind_of(secret)
    if (kind == "passphrase") != isinstance(secret, Passphrase):
        raise BadSecret(tr("a passphrase slot takes a passphrase, a key slot takes a key file."))
    _check_new(key.slots, secret)
    number = free_number(key.slots, kind)
    new = _sealed_slot(key.identity, secret, kind, number, log_n)
    return _with_slots(key, [*key.slots, new], new, secret)


def with_sealed_slot(key: ProjectKey, slot: Slot) -> ProjectKey:
    """Take over a slot that another copy of the project holds, as it is sealed there.

    Raises:
        BadSecret, Damaged, TooCostly: it cannot stand beside the others.
    """
    slots = (*key.slots, slot)
    if sum(one.kind == "passphrase" for one in slots) > MAX_PASSPHRASE_SLOTS:
        raise BadSecret(
            tr("a project has at most {limit} passphrases.", limit=MAX_PASSPHRASE_SLOTS)
        )
    _check(slots)
    return replace(key, slots=in_order(slots))


def with_member(key: ProjectKey, name: str, public: str) -> ProjectKey:
    """Let somebody open the project with their own key; nothing secret is exchanged.

    Raises:
        BadSecret: the name or the public key cannot be taken.
    """
    name, recipient = check_new(key.members, name, public)
    number = free_number(key.slots, "keyfile")
    slot = Slot("keyfile", number, age.encrypt(_identity_text(key.identity), [recipient]))
    member = Member(name, recipient.text(), slot.name)
    return replace(key, slots=in_order((*key.slots, slot)), members=(*key.members, member))


def without_slot(key: ProjectKey, slot_name: str) -> ProjectKey:
    """Drop a slot; the last one, and the one in use, stay.

    Whoever knew the dropped secret may still hold the identity or an old copy.
    """
    if slot_name == key.opened_by or len(key.slots) < 2:
        raise BadSecret(
            tr("you opened it with this one, so it stays; open it with another one first.")
        )
    kept = tuple(slot for slot in key.slots if slot.name != slot_name)
    members = tuple(member for member in key.members if member.slot != slot_name)
    return replace(key, slots=kept, members=members)


def slot_cost(slot: Slot) -> int | None:
    """Return the scrypt work factor of a passphrase slot, None for a key slot, checking limits.

    Raises:
        Damaged: the slot is not an age file of its kind.
        TooCostly: it asks for more than the limit.
    """
    try:
        log_n = age.parse_header(slot.sealed).log_n()
    except TooCostly as refusal:
        raise TooCostly(refusal.sentence, **refusal.facts, part=slot.name) from None
    except (Damaged, NotAnAgeFile):
        raise _bad_slot(slot) from None
    if (log_n is not None) != (slot.kind == "passphrase"):
        raise _bad_slot(slot)
    return log_n


def _check(slots: Sequence[Slot]) -> None:
    costly = [slot for slot in slots if slot_cost(slot) is not None]
    if len(costly) > MAX_PASSPHRASE_SLOTS:
        raise TooCostly(
            tr("it has more than {limit} passphrase slots.", limit=MAX_PASSPHRASE_SLOTS)
        )


def _check_new(slots: Sequence[Slot], secret: Secret) -> None:
    """Refuse what opens a slot already: one would remove it there and believe it gone."""
    for slot in _fitting(slots, secret):
        try:
            _opened_slot(slot, secret)
        except (WrongPassphrase, WrongKey, Damaged, TooCostly):
            continue
        if isinstance(secret, Passphrase):
            raise BadSecret(
                tr("this passphrase opens the project already; choose another one."),
                part=slot.name,
            )
        raise BadSecret(tr("this key opens the project already; make another one."), part=slot.name)


def _with_slots(key: ProjectKey, slots: Sequence[Slot], new: Slot, secret: Secret) -> ProjectKey:
    _check(slots)
    if _opened_slot(new, secret) != key.identity:
        raise _bad_slot(new)
    return replace(key, slots=in_order(slots))


def free_number(slots: Sequence[Slot], kind: SlotKind) -> int:
    """The number that the next slot of a kind gets."""
    taken = {slot.number for slot in slots if slot.kind == kind}
    return next(number for number in range(1, 100) if number not in taken)


def _identity_text(identity: age.Identity) -> bytes:
    return identity.text().encode("ascii") + b"\n"


def _kind_of(secret: Secret) -> SlotKind:
    return "passphrase" if isinstance(secret, Passphrase) else "keyfile"


def _fitting(slots: Sequence[Slot], secret: Secret) -> list[Slot]:
    wants_passphrase = isinstance(secret, Passphrase)
    return [slot for slot in slots if (slot.kind == "passphrase") == wants_passphrase]


def _other_way(secret: Secret) -> str:
    if isinstance(secret, Passphrase):
        return tr("the project has no passphrase; open it with its key file.")
    return tr("the project has no key file; open it with its passphrase.")


def _sealed_slot(
    identity: age.Identity, secret: Secret, kind: SlotKind, number: int, log_n: int
) -> Slot:
    text = _identity_text(identity)
    if isinstance(secret, Passphrase):
        sealed = age.encrypt_with_passphrase(text, secret.encoded(), log_n)
    else:
        sealed = age.encrypt(text, [secret.identity.recipient()])
    return Slot(kind, number, sealed)


def _opened_slot(slot: Slot, secret: Secret) -> age.Identity:
    passphrase = secret.encoded() if isinstance(secret, Passphrase) else b""
    try:
        if isinstance(secret, Passphrase):
            text = age.decrypt_with_passphrase(slot.sealed, passphrase, MAX_SLOT_SIZE)
        else:
            text = age.decrypt(slot.sealed, [secret.identity], MAX_SLOT_SIZE)
        return age.Identity.parse(text.decode("ascii"))
    except (Damaged, BadSecret, UnicodeDecodeError):
        raise _bad_slot(slot) from None


def _bad_slot(slot: Slot) -> Damaged:
    return Damaged(
        tr("its key slot {name} is damaged; take an undamaged copy.", name=slot.name),
        part=slot.name,
    )
