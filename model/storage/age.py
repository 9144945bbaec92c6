"""A strict codec for age v1 files (age-encryption.org/v1): X25519 and passphrase recipients.

Specification: C2SP "The age file encryption format". Armor, plugins and post-quantum recipients
are not supported. Every limit is checked before the work that it limits, so that a hostile file
can cost neither minutes nor gigabytes. Keys are given and returned as plain bytes; Python cannot
wipe them, and this module does not pretend to.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from model.storage import bech32
from model.storage.errors import (
    BadSecret,
    Damaged,
    NotAnAgeFile,
    TooCostly,
    TooLarge,
    WrongKey,
    WrongPassphrase,
)
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

INTRO: Final = b"age-encryption.org/v1\n"
MAX_HEADER: Final = 64 * 1024
"""Longest header that is looked at, in bytes."""
MAX_LOG_N: Final = 20
"""Highest scrypt work factor that is computed: 2**20 needs 1 GiB and some seconds."""
CHUNK: Final = 64 * 1024
MAX_PLAIN: Final = 1 << 30
"""Largest plaintext that is decrypted unless the caller sets a tighter cap, in bytes."""

_X25519_INFO: Final = b"age-encryption.org/v1/X25519"
_SCRYPT_SALT_PREFIX: Final = b"age-encryption.org/v1/scrypt"
_FILE_KEY_SIZE: Final = 16
_TAG_SIZE: Final = 16
_NONCE_SIZE: Final = 16
_BODY_COLUMNS: Final = 64
_ARGUMENT: Final = re.compile(r"[!-~]+")
_LOG_N: Final = re.compile(r"[1-9][0-9]{0,2}")
_ZERO_NONCE: Final = bytes(12)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A public X25519 key that files can be sealed to."""

    public: bytes

    def text(self) -> str:
        """Return the key as ``age1...``."""
        return bech32.encode("age", self.public)

    @classmethod
    def parse(cls, text: str) -> Recipient:
        """Read ``age1...``; raises BadSecret."""
        return cls(_key_bytes(text, "age"))


@dataclass(frozen=True, slots=True)
class Identity:
    """A secret X25519 key that opens files; never shown by repr."""

    secret: bytes = field(repr=False)

    def text(self) -> str:
        """Return the key as ``AGE-SECRET-KEY-1...``."""
        return bech32.encode("age-secret-key-", self.secret).upper()

    def recipient(self) -> Recipient:
        """Return the public half."""
        return Recipient(_private(self).public_key().public_bytes_raw())

    @classmethod
    def generate(cls) -> Identity:
        """Make a new random key."""
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def parse(cls, text: str) -> Identity:
        """Read ``AGE-SECRET-KEY-1...``; raises BadSecret."""
        return cls(_key_bytes(text, "age-secret-key-"))


@dataclass(frozen=True, slots=True)
class Stanza:
    """One way to the file key: type and arguments, and the wrapped key."""

    args: tuple[str, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """A parsed header: the stanzas, the bytes that the MAC covers, the MAC, and where it ends."""

    stanzas: tuple[Stanza, ...]
    covered: bytes
    mac: bytes
    end: int

    def log_n(self) -> int | None:
        """The scrypt work factor of a passphrase file, None for any other; checks all limits."""
        for stanza in self.stanzas:
            if stanza.args[0] == "scrypt":
                return _scrypt_parameters(self)[1]
        return None


def encrypt(plaintext: bytes, recipients: Iterable[Recipient]) -> bytes:
    """Seal to X25519 keys; whoever holds any one of the secret halves can open."""
    file_key = os.urandom(_FILE_KEY_SIZE)
    stanzas = [_wrap_x25519(file_key, recipient) for recipient in recipients]
    if not stanzas:
        raise ValueError("a file without recipients could never be opened")
    return _sealed(plaintext, file_key, stanzas)


def encrypt_with_passphrase(plaintext: bytes, passphrase: bytes, log_n: int) -> bytes:
    """Seal to a passphrase with scrypt at 2**log_n (r = 8, p = 1)."""
    if not 1 <= log_n <= MAX_LOG_N:
        raise ValueError(f"work factor {log_n} is outside 1 to {MAX_LOG_N}")
    file_key = os.urandom(_FILE_KEY_SIZE)
    salt = os.urandom(16)
    key = _scrypt_key(passphrase, salt, log_n)
    body = ChaCha20Poly1305(key).encrypt(_ZERO_NONCE, file_key, None)
    return _sealed(plaintext, file_key, [Stanza(("scrypt", _base64(salt), str(log_n)), body)])


def decrypt(data: bytes, identities: Sequence[Identity], max_plain: int = MAX_PLAIN) -> bytes:
    """Open with X25519 keys.

    Raises:
        NotAnAgeFile, Damaged, TooCostly, TooLarge: before any key is tried, or afterwards
            where the MAC or the payload does not hold.
        WrongKey: the header is sound but none of the keys fits.
    """
    header = parse_header(data)
    _scrypt_alone(header)
    _check_size(len(data) - header.end, max_plain)
    for stanza in header.stanzas:
        file_key = _unwrap_x25519(stanza, identities)
        if file_key is not None:
            return _opened(data, header, file_key)
    raise WrongKey(tr("this key does not open the file; use the key that it was sealed to."))


def decrypt_with_passphrase(data: bytes, passphrase: bytes, max_plain: int = MAX_PLAIN) -> bytes:
    """Open with a passphrase; one scrypt computation.

    Raises:
        NotAnAgeFile, Damaged, TooCostly, TooLarge: before the computation where possible.
        WrongPassphrase: the header is sound but the passphrase does not fit.
        WrongKey: the file is not sealed to a passphrase.
    """
    header = parse_header(data)
    _check_size(len(data) - header.end, max_plain)
    if header.log_n() is None:
        raise WrongKey(tr("the file is sealed to a key, not to a passphrase."))
    salt, log_n = _scrypt_parameters(header)
    key = _scrypt_key(passphrase, salt, log_n)
    try:
        file_key = ChaCha20Poly1305(key).decrypt(_ZERO_NONCE, header.stanzas[0].body, None)
    except InvalidTag:
        raise WrongPassphrase(
            tr("the passphrase is wrong; check the keyboard layout and capital letters.")
        ) from None
    return _opened(data, header, file_key)


def parse_header(data: bytes) -> Header:
    """Read and check the header without any key.

    Raises:
        NotAnAgeFile: the first line is another one.
        Damaged: the header breaks a rule of the format.
        TooLarge: it does not end within MAX_HEADER bytes.
    """
    if not data.startswith(INTRO):
        raise NotAnAgeFile(tr("this is not an age file of version 1."))
    lines = _Lines(data, len(INTRO))
    stanzas: list[Stanza] = []
    while True:
        start = lines.position
        line = lines.take()
        if line.startswith("--- "):
            break
        if not line.startswith("-> "):
            raise _bad_header()
        stanzas.append(_stanza(line, lines))
    mac = _unbase64(line[4:])
    if len(mac) != 32 or not stanzas:
        raise _bad_header()
    return Header(tuple(stanzas), data[: start + 3], mac, lines.position)


class _Lines:
    """Takes one header line after the other, never past the size limit."""

    def __init__(self, data: bytes, position: int) -> None:
        self._data = data
        self.position = position

    def take(self) -> str:
        end = self._data.find(b"\n", self.position, MAX_HEADER)
        if end < 0 and len(self._data) > MAX_HEADER:
            raise TooLarge(tr("the header is longer than 64 KiB."), part="header")
        if end < 0:
            raise _bad_header()
        line = self._data[self.position : end]
        self.position = end + 1
        try:
            return line.decode("ascii")
        except UnicodeDecodeError:
            raise _bad_header() from None


def _stanza(line: str, lines: _Lines) -> Stanza:
    arguments = line[3:].split(" ")
    if not all(_ARGUMENT.fullmatch(argument) for argument in arguments):
        raise _bad_header()
    body: list[bytes] = []
    while True:
        text = lines.take()
        if len(text) > _BODY_COLUMNS:
            raise _bad_header()
        body.append(_unbase64(text))
        if len(text) < _BODY_COLUMNS:
            return Stanza(tuple(arguments), b"".join(body))


def _base64(data: bytes) -> str:
    return base64.b64encode(data).rstrip(b"=").decode("ascii")


def _unbase64(text: str) -> bytes:
    """Decode unpadded base64 in its one canonical form."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        raise _bad_header() from None
    if _base64(data) != text:
        raise _bad_header()
    return data


def _bad_header() -> Damaged:
    return Damaged(tr("the header is damaged; take an undamaged copy."), part="header")


def _key_bytes(text: str, prefix: str) -> bytes:
    try:
        found, data = bech32.decode(text.strip())
    except ValueError:
        found, data = "", b""
    if found != prefix or len(data) != 32:
        raise BadSecret(tr("this is not an age key; check that all of it was copied."))
    return data


def _private(identity: Identity) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(identity.secret)


def _hkdf(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt or None, info).derive(key)


def _wrap_x25519(file_key: bytes, recipient: Recipient) -> Stanza:
    ephemeral = X25519PrivateKey.generate()
    share = ephemeral.public_key().public_bytes_raw()
    secret = ephemeral.exchange(X25519PublicKey.from_public_bytes(recipient.public))
    key = _hkdf(secret, share + recipient.public, _X25519_INFO)
    body = ChaCha20Poly1305(key).encrypt(_ZERO_NONCE, file_key, None)
    return Stanza(("X25519", _base64(share)), body)


def _unwrap_x25519(stanza: Stanza, identities: Sequence[Identity]) -> bytes | None:
    """Return the file key if the stanza is for one of the identities."""
    if stanza.args[0] != "X25519":
        return None
    if len(stanza.args) != 2 or len(stanza.body) != _FILE_KEY_SIZE + _TAG_SIZE:
        raise _bad_header()
    share = _unbase64(stanza.args[1])
    if len(share) != 32:
        raise _bad_header()
    for identity in identities:
        private = _private(identity)
        try:
            secret = private.exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError:  # a share of low order gives an all-zero secret
            raise _bad_header() from None
        key = _hkdf(secret, share + private.public_key().public_bytes_raw(), _X25519_INFO)
        try:
            return ChaCha20Poly1305(key).decrypt(_ZERO_NONCE, stanza.body, None)
        except InvalidTag:
            continue
    return None


def _scrypt_alone(header: Header) -> None:
    if len(header.stanzas) > 1 and any(s.args[0] == "scrypt" for s in header.stanzas):
        raise _bad_header()


def _scrypt_parameters(header: Header) -> tuple[bytes, int]:
    """Return salt and work factor of a passphrase file; nothing is computed yet."""
    _scrypt_alone(header)
    stanza = header.stanzas[0]
    if len(stanza.args) != 3 or len(stanza.body) != _FILE_KEY_SIZE + _TAG_SIZE:
        raise _bad_header()
    salt = _unbase64(stanza.args[1])
    if len(salt) != 16 or not _LOG_N.fullmatch(stanza.args[2]):
        raise _bad_header()
    log_n = int(stanza.args[2])
    if log_n > MAX_LOG_N:
        raise TooCostly(
            tr(
                "it asks for a key derivation of 2^{found} steps, more than the 2^{limit} that "
                "any Crosstrack file uses; it was not opened.",
                found=log_n,
                limit=MAX_LOG_N,
            ),
            log_n=log_n,
        )
    return salt, log_n


def _scrypt_key(passphrase: bytes, salt: bytes, log_n: int) -> bytes:
    memory = 128 * 8 * (2**log_n + 8)
    try:
        return hashlib.scrypt(
            passphrase,
            salt=_SCRYPT_SALT_PREFIX + salt,
            n=2**log_n,
            r=8,
            p=1,
            maxmem=memory + 1024 * 1024,
            dklen=32,
        )
    except (MemoryError, ValueError) as error:  # the parameters are valid: only memory can lack
        raise TooCostly(
            tr(
                "unlocking needs {size} MiB of free memory; close other programs and try again.",
                size=memory >> 20,
            ),
            log_n=log_n,
        ) from error


def _check_size(payload: int, max_plain: int) -> None:
    """Refuse a payload that would decrypt to more than the cap; the sizes say so by themselves."""
    chunks = max(1, -(-(payload - _NONCE_SIZE) // (CHUNK + _TAG_SIZE)))
    if payload - _NONCE_SIZE - chunks * _TAG_SIZE > max_plain:
        raise TooLarge(tr("it is larger than any Crosstrack file can be."), limit=max_plain)


def _mac(file_key: bytes, covered: bytes) -> bytes:
    return hmac.digest(_hkdf(file_key, b"", b"header"), covered, "sha256")


def _sealed(plaintext: bytes, file_key: bytes, stanzas: Sequence[Stanza]) -> bytes:
    covered = INTRO + b"".join(_written(stanza) for stanza in stanzas) + b"---"
    nonce = os.urandom(_NONCE_SIZE)
    mac = _base64(_mac(file_key, covered)).encode("ascii")
    parts = [covered, b" ", mac, b"\n", nonce]
    cipher = ChaCha20Poly1305(_hkdf(file_key, nonce, b"payload"))
    view = memoryview(plaintext)
    count = max(1, -(-len(plaintext) // CHUNK))
    for number in range(count):
        chunk = view[number * CHUNK : (number + 1) * CHUNK]
        parts.append(cipher.encrypt(_chunk_nonce(number, number == count - 1), chunk, None))
    return b"".join(parts)


def _written(stanza: Stanza) -> bytes:
    text = _base64(stanza.body)
    # A full last line is followed by an empty one: a short line ends the body.
    lines = [text[at : at + _BODY_COLUMNS] for at in range(0, len(text) + 1, _BODY_COLUMNS)]
    return ("-> " + " ".join(stanza.args) + "\n" + "\n".join(lines) + "\n").encode("ascii")


def _opened(data: bytes, header: Header, file_key: bytes) -> bytes:
    """Check the MAC and decrypt the payload; nothing is returned unless all of it holds."""
    if not hmac.compare_digest(_mac(file_key, header.covered), header.mac):
        raise Damaged(tr("the header has been changed; take an undamaged copy."), part="mac")
    payload = memoryview(data)[header.end :]
    if len(payload) < _NONCE_SIZE:
        raise _bad_header()
    cipher = ChaCha20Poly1305(_hkdf(file_key, bytes(payload[:_NONCE_SIZE]), b"payload"))
    body = payload[_NONCE_SIZE:]
    size = CHUNK + _TAG_SIZE
    count = -(-len(body) // size)
    plain: list[bytes] = []
    try:
        for number in range(count):
            chunk = body[number * size : (number + 1) * size]
            plain.append(cipher.decrypt(_chunk_nonce(number, number == count - 1), chunk, None))
    except (InvalidTag, ValueError):
        raise _bad_payload() from None
    if not plain or (count > 1 and not plain[-1]):
        raise _bad_payload()
    return b"".join(plain)


def _bad_payload() -> Damaged:
    return Damaged(
        tr("the content has been changed or cut short; take an undamaged copy."), part="payload"
    )


def _chunk_nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
