"""Keys in people's hands: personal identity files under a passphrase, and keys typed from paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.storage import age
from model.storage.container import MAX_SLOT_SIZE
from model.storage.keys import DEFAULT_LOG_N, KeyFile, Passphrase

if TYPE_CHECKING:
    from model.storage.keys import Secret

_START: Final = "AGESECRETKEY1"
GROUP: Final = 4
"""Characters of a key that stand together on paper."""


def is_sealed(content: bytes) -> bool:
    """Whether a key file is itself under a passphrase."""
    return content.startswith(age.INTRO)


def seal_identity(key: KeyFile, passphrase: Passphrase, log_n: int = DEFAULT_LOG_N) -> bytes:
    """A personal identity file: the key, under a passphrase; age takes it as it is (-i FILE)."""
    return age.encrypt_with_passphrase(key.content(), passphrase.encoded(), log_n)


def open_identity(content: bytes, passphrase: Passphrase) -> KeyFile:
    """Open a personal identity file; one key derivation.

    Raises:
        WrongPassphrase, WrongKey, BadSecret, Damaged, TooCostly: there is no key in it for us.
    """
    return KeyFile.parse(age.decrypt_with_passphrase(content, passphrase.encoded(), MAX_SLOT_SIZE))


def typed_secret(text: str) -> Secret:
    """What was typed to open a project: a passphrase, or the key of a recovery sheet.

    Raises:
        BadSecret: it begins as a key does, and was not typed as it stands on the sheet.
    """
    letters = key_letters(text)
    if not letters.startswith(_START):
        return Passphrase(text)
    return KeyFile(age.Identity.parse("AGE-SECRET-KEY-1" + letters.removeprefix(_START)))


def key_letters(text: str) -> str:
    """A key as it was typed, without the gaps of the paper."""
    return "".join(one for one in text.upper() if one.isalnum())


def key_groups(key: KeyFile) -> list[str]:
    """The part of a key that differs from key to key, in groups that are easy to type."""
    letters = key_letters(key.identity.text()).removeprefix(_START)
    return [letters[start : start + GROUP] for start in range(0, len(letters), GROUP)]


def mistyped_groups(key: KeyFile, text: str) -> list[int]:
    """Which groups, counted from 1, are not as on the paper; the beginning may be left out."""
    letters = key_letters(text).removeprefix(_START)
    groups = key_groups(key)
    starts = range(0, max(len(letters), GROUP * len(groups)), GROUP)
    typed = [letters[start : start + GROUP] for start in starts]
    groups += [""] * (len(typed) - len(groups))
    pairs = enumerate(zip(groups, typed, strict=True), 1)
    return [at for at, (one, other) in pairs if one != other]


def check_identity_file(content: bytes) -> KeyFile | None:
    """The key of a file, or None where it is under a passphrase.

    Raises:
        BadSecret: it is no key file.
    """
    return None if is_sealed(content) else KeyFile.parse(content)
