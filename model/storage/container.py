"""The container of a project file: a plain ZIP with exactly one way to write it.

Members are stored, dated 1980-01-01, in a fixed order: ``mimetype``, the key slots, ``body.age``.
Reading rebuilds the container from what was read and compares all bytes, so that any changed,
missing or added bit is noticed, also in places that a tolerant reader never looks at. CRC-32
tells a damaged member before any key is tried.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from model.storage.errors import Damaged, NotAProject, TooLarge
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

MIMETYPE: Final = b"application/vnd.crosstrack+zip"
BODY: Final = "body.age"
SlotKind = Literal["passphrase", "keyfile", "recovery"]
SLOT_KINDS: Final[tuple[SlotKind, ...]] = get_args(SlotKind)
MAX_SLOTS: Final = 16
MAX_SLOT_SIZE: Final = 16 * 1024
MAX_BODY: Final = 256 * 1024 * 1024
MAX_FILE: Final = MAX_BODY + MAX_SLOTS * MAX_SLOT_SIZE + 64 * 1024
"""Larger files are refused unread, in bytes."""

_SLOT_NAME: Final = re.compile(r"keys/(passphrase|keyfile|recovery)-([1-9][0-9]?)\.age")
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_LOCAL_MARK: Final = b"PK\x03\x04"
_CENTRAL_MARK: Final = b"PK\x01\x02"
_END_MARK: Final = b"PK\x05\x06"
_VERSION: Final = 10  # ZIP 1.0 is enough for stored members
_MADE_ON_UNIX: Final = 3 << 8 | _VERSION
_FIRST_JANUARY_1980: Final = 1 << 5 | 1
_PRIVATE_FILE: Final = 0o100600 << 16


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the project key: its kind, its number from 1, and the age file itself."""

    kind: SlotKind
    number: int
    sealed: bytes

    @property
    def name(self) -> str:
        """The member's name in the container."""
        return f"keys/{self.kind}-{self.number}.age"


@dataclass(frozen=True, slots=True)
class Container:
    """The parts of a project file."""

    slots: tuple[Slot, ...]
    body: bytes


def in_order(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Key slots in the order in which they stand in a file."""
    return tuple(sorted(slots, key=lambda slot: (SLOT_KINDS.index(slot.kind), slot.number)))


def write(container: Container) -> bytes:
    """Return the bytes of the file; the same parts always give the same bytes."""
    if len(container.slots) > MAX_SLOTS:
        raise TooLarge(tr("a project can have at most {limit} key slots.", limit=MAX_SLOTS))
    if len(container.body) > MAX_BODY:
        raise TooLarge(tr("the project is too large to be kept in one file."), limit=MAX_BODY)
    slots = in_order(container.slots)
    members = [("mimetype", MIMETYPE), *((slot.name, slot.sealed) for slot in slots)]
    members.append((BODY, container.body))
    local: list[bytes] = []
    central: list[bytes] = []
    offset = 0
    for name, data in members:
        encoded = name.encode("ascii")
        common = (_VERSION, 0, 0, 0, _FIRST_JANUARY_1980, zlib.crc32(data), len(data), len(data))
        local += [_LOCAL.pack(_LOCAL_MARK, *common, len(encoded), 0), encoded, data]
        central += [
            _CENTRAL.pack(
                *(_CENTRAL_MARK, _MADE_ON_UNIX, *common, len(encoded)),
                *(0, 0, 0, 0, _PRIVATE_FILE, offset),
            ),
            encoded,
        ]
        offset += _LOCAL.size + len(encoded) + len(data)
    size = sum(map(len, central))
    end = _END.pack(_END_MARK, 0, 0, len(members), len(members), size, offset, 0)
    return b"".join((*local, *central, end))


def read(data: bytes) -> Container:
    """Return the parts of a file, every bit of which is as `write` would have written it.

    Raises:
        NotAProject: the file is empty or something else.
        Damaged: it is a project file that was changed or cut short; ``part`` says where.
        TooLarge: a part is larger than the format allows.
    """
    _check_kind(data)
    members = _members(data)
    *slots, (name, body) = members[1:] if len(members) > 1 else [("", b"")]
    if name != BODY:
        raise _damaged("directory")
    container = Container(tuple(_slot(name, sealed) for name, sealed in slots), body)
    if not container.slots:
        raise _damaged("directory")
    if write(container) != data:
        raise _damaged("directory")
    return container


def starts_as_project(data: bytes) -> bool:
    """Whether the first bytes of a file say that it is a project, whole or damaged."""
    start = _LOCAL.size + len(b"mimetype")
    return data[start : start + len(MIMETYPE)] == MIMETYPE


def _check_kind(data: bytes) -> None:
    """Tell at the first bytes what else a file may be."""
    start = _LOCAL.size + len(b"mimetype")
    if not data:
        raise NotAProject(tr("the file is empty, so it is not a Crosstrack project."))
    if starts_as_project(data):
        return
    if data.startswith(b"PK"):
        whole = start + len(MIMETYPE)
        if len(data) < whole and _head()[: len(data)] == data:
            raise _cut_short("mimetype")
        found = tr("a ZIP archive of another kind, such as a workbook")
    elif data.startswith(b"age-encryption.org/"):
        found = tr("an age file without a Crosstrack project around it")
    elif data.lstrip()[:1] in {b"{", b"["}:
        found = tr("a JSON text")
    elif data.startswith(b"%PDF"):
        found = tr("a PDF document")
    else:
        raise NotAProject(tr("this is not a Crosstrack project file (.xtrk)."))
    raise NotAProject(tr("this is {found}, not a Crosstrack project file (.xtrk).", found=found))


def _head() -> bytes:
    """The first bytes of every project file."""
    return write(Container((), b""))[: _LOCAL.size + len(b"mimetype") + len(MIMETYPE)]


def _members(data: bytes) -> list[tuple[str, bytes]]:
    """Read the members one after the other, from the start up to the central directory."""
    members: list[tuple[str, bytes]] = []
    position = 0
    while data[position : position + 4] == _LOCAL_MARK:
        if len(members) > MAX_SLOTS + 1:
            raise _damaged("directory")
        name, content, position = _member(data, position)
        members.append((name, content))
    if data[position : position + 4] != _CENTRAL_MARK:
        raise _cut_short("directory") if len(data) < position + 4 else _damaged("directory")
    if _END_MARK not in data[position:]:
        raise _cut_short("directory")
    return members


def _member(data: bytes, position: int) -> tuple[str, bytes, int]:
    start = position + _LOCAL.size
    if len(data) < start:
        raise _cut_short("directory")
    fields = _LOCAL.unpack_from(data, position)
    crc, size, length = fields[6], fields[8], fields[9]
    name = data[start : start + length].decode("ascii", "replace")
    known = name in {"mimetype", BODY} or _SLOT_NAME.fullmatch(name)
    if not known:
        raise _cut_short("directory") if len(data) < start + length else _damaged("directory")
    if size > (MAX_BODY if name == BODY else MAX_SLOT_SIZE):
        raise TooLarge(tr("its part {part} is larger than allowed.", part=name), part=name)
    start += length
    content = data[start : start + size]
    if len(content) < size:
        raise _cut_short(name)
    if zlib.crc32(content) != crc:
        raise _damaged(name)
    return name, content, start + size


def _slot(name: str, sealed: bytes) -> Slot:
    match = _SLOT_NAME.fullmatch(name)
    if match is None:
        raise _damaged("directory")
    kind = next(kind for kind in SLOT_KINDS if kind == match[1])
    return Slot(kind, int(match[2]), sealed)


def _damaged(part: str) -> Damaged:
    return Damaged(
        tr(
            "the project file is damaged or was changed by another program (part: {part}); "
            "take a copy or an earlier version.",
            part=part,
        ),
        part=part,
    )


def _cut_short(part: str) -> Damaged:
    return Damaged(
        tr(
            "the project file is cut short (in part: {part}); copy it again or take an earlier "
            "version.",
            part=part,
        ),
        part=part,
        cut_short=True,
    )
