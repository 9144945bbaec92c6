"""Patches to bytes and back, for the draft journal; as strict as the codec of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.patch import Patch, RecordChange
from model.records import TABLES
from model.storage.errors import InvalidContent
from resources.text import tr

if TYPE_CHECKING:
    from model.records import Record


class _Change(msgspec.Struct, frozen=True):
    table: str
    id: str
    before: msgspec.Raw
    after: msgspec.Raw


class _Patch(msgspec.Struct, frozen=True):
    label: str
    changes: tuple[_Change, ...]
    merge_key: str = ""


def encode_patch(patch: Patch) -> bytes:
    """Return a patch as JSON."""
    return msgspec.json.encode(patch)


def decode_patch(data: bytes) -> Patch:
    """Read a patch.

    Raises:
        InvalidContent: it is no patch, or its records do not fit their tables.
    """
    try:
        read = msgspec.json.decode(data, type=_Patch)
        changes = tuple(_change(change) for change in read.changes)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise InvalidContent(
            tr("a change in the journal cannot be read ({reason}).", reason=str(error)[:200])
        ) from None
    return Patch(read.label, changes, read.merge_key)


def _change(change: _Change) -> RecordChange:
    if change.table not in TABLES:
        raise InvalidContent(
            tr("a change in the journal is about the unknown table {table}.", table=change.table)
        )
    before = _record(change.table, change.before)
    after = _record(change.table, change.after)
    if any(record is not None and record.id != change.id for record in (before, after)):
        raise InvalidContent(tr("a change in the journal mixes up two records."))
    return RecordChange(change.table, change.id, before, after)


def _record(table: str, raw: msgspec.Raw) -> Record | None:
    return msgspec.json.decode(raw, type=TABLES[table] | None)
