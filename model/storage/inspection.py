"""What can be said about a project file, without and with its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from model.storage import age, codec, container, keys, padding
from model.storage.errors import (
    Damaged,
    InvalidContent,
    NotAnAgeFile,
    TooCostly,
    TooLarge,
    TooNew,
)
from model.storage.schema import MAX_JSON
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from model.storage.container import Container
    from model.storage.keys import Secret


@dataclass(frozen=True, slots=True)
class SlotInfo:
    """A key slot from outside: member name, kind, scrypt work factor of a passphrase slot."""

    name: str
    kind: str
    log_n: int | None


@dataclass(frozen=True, slots=True)
class ProjectInfo:
    """A project file from outside; sizes in bytes."""

    path: Path
    size: int
    body_size: int
    recipients: int
    slots: tuple[SlotInfo, ...]


@dataclass(frozen=True, slots=True)
class PartCheck:
    """One part of a file: its name, whether it is sound, and one sentence about it."""

    part: str
    ok: bool
    detail: str


def describe(path: Path, data: bytes, parts: Container) -> ProjectInfo:
    """Tell what is visible without a key.

    Raises:
        Damaged, TooCostly: a key slot or the body's header is not as it must be.
    """
    slots = tuple(SlotInfo(slot.name, slot.kind, keys.slot_cost(slot)) for slot in parts.slots)
    recipients = len(_body_header(parts).stanzas)
    return ProjectInfo(path, len(data), len(parts.body), recipients, slots)


def check_parts(data: bytes, secret: Secret | None) -> tuple[PartCheck, ...]:
    """Check one part after the other and stop at the first one that hides the rest.

    Args:
        data: the file.
        secret: if given, the inside is decrypted and every record and reference is checked.

    Raises:
        NotAProject: it is another kind of file.
        WrongPassphrase, WrongKey, BadSecret, TooCostly: the inside cannot be reached.
    """
    try:
        parts = container.read(data)
    except (Damaged, TooLarge) as refusal:
        return (PartCheck("container", ok=False, detail=refusal.sentence),)
    checks = [PartCheck("container", ok=True, detail=tr("complete and unchanged"))]
    checks += [_slot_check(slot) for slot in parts.slots]
    checks.append(_header_check(parts))
    if secret is not None and all(check.ok for check in checks):
        checks += _inside(parts, secret)
    return tuple(checks)


def _body_header(parts: Container) -> age.Header:
    try:
        header = age.parse_header(parts.body)
    except (Damaged, NotAnAgeFile):
        raise Damaged(
            tr("its content is damaged at the start; take an undamaged copy."), part=container.BODY
        ) from None
    return header


def _slot_check(slot: container.Slot) -> PartCheck:
    try:
        log_n = keys.slot_cost(slot)
    except (Damaged, TooCostly) as refusal:
        return PartCheck(slot.name, ok=False, detail=refusal.sentence)
    if log_n is None:
        return PartCheck(slot.name, ok=True, detail=tr("opened by a key file"))
    return PartCheck(slot.name, ok=True, detail=tr("passphrase, scrypt 2^{log_n}", log_n=log_n))


def _header_check(parts: Container) -> PartCheck:
    try:
        count = len(_body_header(parts).stanzas)
    except (Damaged, TooLarge) as refusal:
        return PartCheck(container.BODY, ok=False, detail=refusal.sentence)
    return PartCheck(
        container.BODY,
        ok=True,
        detail=plural("sealed to {count} key", "sealed to {count} keys", count),
    )


def _inside(parts: Container, secret: Secret) -> list[PartCheck]:
    key = keys.unlock(parts.slots, secret)
    checks: list[PartCheck] = []
    part = tr("seal")
    try:
        packed = key.unseal(parts.body)
        checks.append(PartCheck(part, ok=True, detail=tr("every block is authentic")))
        part = tr("compression")
        json = padding.unpack(packed, MAX_JSON)
        checks.append(PartCheck(part, ok=True, detail=tr("{size} bytes", size=len(json))))
        part = tr("records")
        decoded = codec.decode(json)
    except (Damaged, TooLarge, TooNew, InvalidContent) as refusal:
        return [*checks, PartCheck(part, ok=False, detail=refusal.sentence)]
    return [*checks, PartCheck(part, ok=True, detail=_counts(decoded.content))]


def _counts(content: Mapping[str, Mapping[str, object]]) -> str:
    filled = [f"{table} {len(records)}" for table, records in content.items() if records]
    return ", ".join(filled)
