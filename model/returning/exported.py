"""What went out, kept in the sender's project: the mark of the copy and a digest of each value.

Digests say whether a value has changed since, without keeping old values, which the user may have
removed for good reason (design 4: nothing keeps deleted secrets).
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from typing import TYPE_CHECKING, Final, cast

import msgspec

from model.document import Snapshot
from model.fields import TABLE_SPECS
from model.returning.values import compared_fields, default_of, plain, reference_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.document import Content
    from model.records import ExportRun, Record
    from model.tables import Tables

RETURNING_TABLES: Final = tuple(
    name
    for name in TABLE_SPECS
    if name
    not in {
        "project",
        "tracks",
        "placements",
        "views",
        "exports",
        "baselines",
        "conflicts",
        "recipes",
    }
)
"""Tables that come back: statements about the world. The others are settings."""
_MARK_BYTES: Final = 8
_DIGEST: Final = 5
"""Characters of a digest: thirty bits, so that one change in a thousand million goes unseen."""
_DEFAULT: Final = "="
"""Stands for a value that is as it is when nothing is said."""


class ExportedState(msgspec.Struct, frozen=True):
    """What tells a workbook of an export from others, and its values from changed ones.

    Attributes:
        mark: follows from what the audience sees, and from nothing else.
        digests: by exported id; and by table the names of the fields in their order.
    """

    mark: str
    digests: dict[str, str]


def mark_of(tables: Mapping[str, Mapping[str, Record]], audience: str) -> str:
    """The mark of a copy: the same for the same visible content and audience."""
    state = hashlib.blake2b(audience.encode(), digest_size=_MARK_BYTES)
    for table in RETURNING_TABLES:
        records = sorted(tables[table].values(), key=lambda record: record.id)
        state.update(msgspec.json.encode((table, records), order="deterministic"))
    text = state.hexdigest().upper()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def exported_state(content: Content, audience: str) -> ExportedState:
    """The state of a copy; takes a moment for large ones, so call it beside the window."""
    mark = mark_of(content, audience)
    tables = Snapshot(content, 0)
    digests: dict[str, str] = {}
    for table in RETURNING_TABLES:
        if content[table]:
            digests[table] = " ".join(_names(table))
        for record in content[table].values():
            digests[record.id] = _digests(mark, tables, table, record)
    return ExportedState(mark, digests)


def names_key(name: str) -> str:
    """Under which key the names are kept that stand beside the ids of a reference."""
    return f"{name}@"


def _names(table: str) -> list[str]:
    """The fields of a table in the order of their digests; references have two."""
    found = []
    for spec in compared_fields(table):
        found.append(spec.name)
        if spec.target:
            found.append(names_key(spec.name))
    return found


def _digests(mark: str, tables: Tables, table: str, record: Record) -> str:
    pieces = []
    for spec in compared_fields(table):
        value = getattr(record, spec.name)
        is_default = value == default_of(table, spec.name)
        pieces.append(_DEFAULT if is_default else digest(mark, table, spec.name, plain(value)))
        if spec.target:
            words = reference_words(tables, record, spec)
            pieces.append(digest(mark, table, names_key(spec.name), words))
    return "".join(pieces)


def digest(mark: str, table: str, name: str, text: str) -> str:
    """The digest of a value as a workbook holds it."""
    if text == _default_text(table, name):
        return _DEFAULT
    data = f"{table}.{name}={text}".encode("utf-8", "replace")
    return b64encode(hashlib.blake2b(data, digest_size=6, key=mark.encode()).digest())[
        :_DIGEST
    ].decode()


@cache
def _default_text(table: str, name: str) -> str:
    value = None if name.endswith("@") else default_of(table, name)
    return plain(None if value is msgspec.NODEFAULT else value)


def digests_by_field(state: Mapping[str, str], table: str, exported_id: str) -> dict[str, str]:
    """The digests of a record by field; those of fields that this version does not know too."""
    names = state.get(table, "").split()
    text = state.get(exported_id, "")
    found = {}
    at = 0
    for name in names:
        size = 1 if text[at : at + 1] == _DEFAULT else _DIGEST
        found[name] = text[at : at + size]
        at += size
    return found


def runs_of(tables: Tables, mark: str) -> list[ExportRun]:
    """The exports of a project that bear a mark, in the order in which they were made."""
    runs = (cast("ExportRun", run) for run in tables.table("exports").values())
    return [run for run in runs if run.mark == mark and mark]


def is_return(tables: Tables, mark: str) -> bool:
    """Whether a workbook with this mark was exported from this project."""
    return bool(runs_of(tables, mark))
