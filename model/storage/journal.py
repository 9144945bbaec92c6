"""The draft journal: every change since the last save, sealed, in the order it was made.

A journal is bound to the file content that its changes start from (its fingerprint). Each record
is sealed under the journal's own random key and chained to the one before, so that none can be
left out, moved or taken from elsewhere; only the end can be lost, and a torn end is dropped. The
journal's key is sealed to the project key: appending needs no secret, reading needs the project's.
"""

from __future__ import annotations

import errno
import hashlib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from model.refusals import Trouble
from model.storage import age
from model.storage.atomic import write_all, write_beside
from model.storage.errors import Damaged, TooLarge
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Self

    from model.storage.filesystem import FileSystem

INTRO: Final = b"crosstrack-journal/1\n"
MAX_RECORD: Final = 64 * 1024 * 1024
MAX_JOURNAL: Final = 512 * 1024 * 1024

_PAD: Final = 256
_LENGTH: Final = 4
_SALT: Final = 16
_TAG: Final = 16
_INFO: Final = b"crosstrack-journal/1 record"
_NONCE: Final = bytes(12)  # every record has a key of its own


class _Head(msgspec.Struct, frozen=True):
    project: str
    base: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Replay:
    """What a journal held.

    Attributes:
        project: random id of the project.
        base: SHA-256 of the project file that the first record starts from.
        records: payloads in order.
        torn: whether something behind the last whole record was dropped.
    """

    project: str
    base: str
    records: tuple[bytes, ...] = field(repr=False)
    torn: bool


@dataclass(frozen=True, slots=True)
class _Chain:
    """Where the chain stands: key, number of records, last tag, size of the whole part."""

    key: bytes = field(repr=False)
    count: int
    tag: bytes
    size: int

    def seal(self, payload: bytes) -> tuple[bytes, _Chain]:
        """Return the next record as it goes to disk, and the chain after it."""
        salt = os.urandom(_SALT)
        plain = len(payload).to_bytes(_LENGTH, "little") + payload
        plain += bytes(-len(plain) % _PAD)
        sealed = self._cipher(salt).encrypt(_NONCE, plain, self._bound())
        record = (_SALT + len(sealed)).to_bytes(_LENGTH, "little") + salt + sealed
        return record, self._after(sealed, len(record))

    def open(self, record: bytes) -> tuple[bytes, _Chain]:
        """Return the payload of the next record, and the chain after it; raises InvalidTag."""
        salt, sealed = record[_LENGTH : _LENGTH + _SALT], record[_LENGTH + _SALT :]
        plain = self._cipher(salt).decrypt(_NONCE, sealed, self._bound())
        length = int.from_bytes(plain[:_LENGTH], "little")
        return plain[_LENGTH : _LENGTH + length], self._after(sealed, len(record))

    def _cipher(self, salt: bytes) -> ChaCha20Poly1305:
        return ChaCha20Poly1305(HKDF(SHA256(), 32, salt, _INFO).derive(self.key))

    def _bound(self) -> bytes:
        return self.count.to_bytes(8, "little") + self.tag

    def _after(self, sealed: bytes, size: int) -> _Chain:
        return _Chain(self.key, self.count + 1, sealed[-_TAG:], self.size + size)


class Journal:
    """A journal that is being written."""

    def __init__(self, files: FileSystem, path: Path, chain: _Chain, handle: int) -> None:
        """Append behind the chain's end, to an open file that nobody else writes."""
        self.path = path
        self._files = files
        self._chain = chain
        self._torn = False
        self._handle: int | None = handle

    @classmethod
    def start(
        cls,
        files: FileSystem,
        path: Path,
        recipient: age.Recipient,
        project: str,
        base: str,
        records: Sequence[bytes] = (),
    ) -> Self:
        """Begin a journal, in the place of any earlier one of that name, in one step.

        Args:
            files: the operating system.
            path: the journal's file.
            recipient: public half of the project key.
            project: the project's random id.
            base: SHA-256 of the project file that the changes start from.
            records: payloads that it holds from the beginning.

        Raises:
            Trouble: it could not be written; the earlier one is as it was.
        """
        key = os.urandom(32)
        head = age.encrypt(msgspec.json.encode(_Head(project, base, key)), [recipient])
        start = INTRO + len(head).to_bytes(_LENGTH, "little") + head
        chain = _Chain(key, 0, _first_tag(head), len(start))
        for payload in records:
            record, chain = chain.seal(payload)
            start += record
        handles: list[int] = []
        try:
            files.make_folder(path.parent)
            write_beside(files, path, start, lambda new: handles.append(_held(files, new)))
        except OSError as error:
            for handle in handles:
                files.close(handle)
            raise unusable(error) from error
        return cls(files, path, chain, handles[0])

    @classmethod
    def resume(cls, files: FileSystem, path: Path, identity: age.Identity) -> tuple[Self, Replay]:
        """Read a journal, cut off a torn end, and go on writing behind it.

        Raises:
            Damaged, WrongKey, TooLarge: as `replay` does.
            Trouble: it cannot be read or written, or another window is writing it.
        """
        try:
            handle = _held(files, path)
        except OSError as error:
            raise unusable(error) from error
        try:
            replayed, chain = _read(files, path, identity)
            if replayed.torn:
                files.truncate(path, chain.size)
        except BaseException as error:
            files.close(handle)
            if isinstance(error, OSError):
                raise unusable(error) from error
            raise
        return cls(files, path, chain, handle), replayed

    def append(self, payload: bytes) -> None:
        """Add a record; it survives a crash of the program at once, a power cut after `sync`.

        Raises:
            TooLarge: the payload exceeds MAX_RECORD.
            Trouble: it could not be written; the journal stays whole up to here and the same
                payload can be tried again.
        """
        if len(payload) > MAX_RECORD:
            raise TooLarge(tr("a single change is too large for the journal."))
        record, after = self._chain.seal(payload)
        if self._handle is None:
            raise unusable(OSError(errno.EBADF, "closed"))
        try:
            if self._torn:
                self._files.truncate(self.path, self._chain.size)
            self._torn = True
            write_all(self._files, self._handle, record)
        except OSError as error:
            raise unusable(error) from error
        self._torn = False
        self._chain = after

    def sync(self) -> None:
        """Wait until all records are on the medium; raises Trouble.

        A worker may come to this after the journal was closed, because a save has emptied it.
        """
        handle = self._handle
        if handle is None:
            return
        try:
            self._files.sync(handle)
        except OSError as error:
            raise unusable(error) from error

    def close(self) -> None:
        """Stop writing; the journal stays."""
        handle, self._handle = self._handle, None
        if handle is not None:
            self._files.close(handle)

    def discard(self) -> None:
        """Stop writing and remove the journal, because everything in it has been saved."""
        self.close()
        self._files.unlink(self.path)


def replay(files: FileSystem, path: Path, identity: age.Identity) -> Replay:
    """Read all whole records of a journal; nothing is written.

    Raises:
        Damaged: it is not a journal, or its head is spoilt.
        WrongKey: it belongs to another project.
        TooLarge: it exceeds MAX_JOURNAL.
        Trouble: it cannot be read.
    """
    return _read(files, path, identity)[0]


def _held(files: FileSystem, path: Path) -> int:
    """Open a file for appending and keep other windows from taking it over until it is closed."""
    handle = files.open_append(path)
    try:
        files.hold(handle)
    except BlockingIOError:
        files.close(handle)
        raise
    except OSError:  # no locks there
        return handle
    return handle


def _read(files: FileSystem, path: Path, identity: age.Identity) -> tuple[Replay, _Chain]:
    try:
        data = files.read(path, MAX_JOURNAL)
    except OSError as error:
        raise unusable(error) from error
    if len(data) > MAX_JOURNAL:
        raise TooLarge(tr("the journal is larger than any journal can be."))
    start = len(INTRO) + _LENGTH
    end = start + int.from_bytes(data[len(INTRO) : start], "little")
    if not data.startswith(INTRO) or len(data) < end:
        raise _damaged()
    sealed_head = data[start:end]
    try:
        head = msgspec.json.decode(age.decrypt(sealed_head, [identity]), type=_Head)
    except msgspec.DecodeError:
        raise _damaged() from None
    chain = _Chain(head.key, 0, _first_tag(sealed_head), end)
    records: list[bytes] = []
    while True:
        record = _next_record(data, chain.size)
        if record is None:
            break
        try:
            payload, chain = chain.open(record)
        except InvalidTag:
            break
        records.append(payload)
    torn = chain.size < len(data)
    return Replay(head.project, head.base, tuple(records), torn), chain


def _next_record(data: bytes, position: int) -> bytes | None:
    start = position + _LENGTH
    end = start + int.from_bytes(data[position:start], "little")
    if len(data) < start or len(data) < end or end - start < _SALT + _TAG:
        return None
    return data[position:end]


def _first_tag(sealed_head: bytes) -> bytes:
    return hashlib.sha256(sealed_head).digest()[:_TAG]


def _damaged() -> Damaged:
    return Damaged(tr("this is not a draft journal, or its beginning is damaged."), part="journal")


def unusable(error: OSError) -> Trouble:
    """Say that drafts cannot be written or read."""
    return Trouble(
        "journal",
        tr(
            "The journal of unsaved changes cannot be used (system error {code}). Your work is "
            "still open here; save it.",
            code=error.errno,
        ),
        errno=error.errno,
    )
