"""Tables of records to JSON and back; strict when reading, so that saving never has to refuse.

A file that is byte for byte what this version writes is decoded in one typed pass; any other goes
the slow way through `model.storage.strictjson`, which also keeps what a newer minor version added.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn, TypeVar

import msgspec

from model import integrity
from model.records import TABLES, Record
from model.refusals import Refusal
from model.storage import migrations, strictjson
from model.storage.encoding import (
    ENCODER,
    Chunk,
    Content,
    Encoded,
    canonical,
    difference,
    encode,
    known_to_decode,
    plain_record,
)
from model.storage.errors import InvalidContent, TooNew
from model.storage.lineage import Lineage, read_block
from model.storage.members import Member
from model.storage.schema import MAJOR, MINOR, Extras, Format, Head, Outer, SaveStamp
from resources.text import tr

__all__ = [
    "Chunk",
    "Content",
    "Decoded",
    "Encoded",
    "canonical",
    "decode",
    "difference",
    "encode",
    "parse",
]

_Kind = TypeVar("_Kind")

_OUTER_NAMES: Final = ("format", "app", "save", "lineage", "members", "tables")
_UNUSUAL: Final = re.compile(rb'\\[^"\\/nt]')
"""Without these escapes there is no control character in any text; half characters there never are
in UTF-8, and JSON itself forbids bare control characters."""
_OWN_START: Final = b'{"format":%b,"app":' % ENCODER.encode(Format(MAJOR, MINOR, MAJOR))
_PATH: Final = re.compile(r"^(?P<reason>.*) - at `\$(?P<path>.*)`$", re.DOTALL)
_RECORD_PATH: Final = re.compile(r"\.(?:tables\.)?(?P<table>\w+)\[(?P<index>\d+)\]\.?(?P<field>.*)")


_Tables: Final = msgspec.defstruct(
    "_Tables",
    [(name, list[kind], msgspec.field(default_factory=list)) for name, kind in TABLES.items()],  # type: ignore[valid-type]
)
_TABLES_DECODER: Final = msgspec.json.Decoder(_Tables)


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a file held.

    Attributes:
        encoded: the same as text, where the next save can take over from it.
    """

    content: Content
    stamp: SaveStamp
    app: str
    extras: Extras
    lineage: Lineage = field(default_factory=Lineage)
    members: tuple[Member, ...] = ()
    encoded: Encoded | None = field(default=None, repr=False)


def decode(json: bytes) -> Decoded:
    """Read the JSON of a project and check all of it, references included.

    Raises:
        TooNew: written by a version whose files this one must not touch.
        InvalidContent: anything else that does not fit, naming table, record and field.
    """
    decoded = parse(json)
    try:
        plain = _UNUSUAL.search(json) is None
        integrity.check_content(decoded.content, texts_are_plain=plain)
    except Refusal as refusal:
        facts = {name: fact for name, fact in refusal.facts.items() if name != "place"}
        raise InvalidContent(refusal.message, rule=refusal.code, **facts) from refusal
    return decoded


def parse(json: bytes) -> Decoded:
    """Read the JSON of a project without looking at references and code lists."""
    if json.startswith(_OWN_START):
        quick = _parse_own(json)
        if quick is not None:
            return quick
    found = _decoded(Head, json).format
    _check_version(found)
    return _parse_foreign(json, found)


def _check_version(found: Format) -> None:
    if found.major > MAJOR or found.min_reader > MAJOR:
        raise TooNew(
            tr(
                "it was saved by a newer Crosstrack (format {major}.{minor}); open it with that "
                "version or update this one.",
                major=found.major,
                minor=found.minor,
            ),
            major=found.major,
            minor=found.minor,
        )
    if found.major < 1 or found.minor < 0:
        raise InvalidContent(tr("it states no format version that exists."))


def _parse_own(json: bytes) -> Decoded | None:
    """Decode a text of exactly this version; None where it is not what we would write."""
    outer = _decoded(Outer, json)
    try:
        tables = _TABLES_DECODER.decode(outer.tables)
    except msgspec.ValidationError as error:
        _refuse(error)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    content: Content = {}
    for table in TABLES:
        content[table] = _by_id(table, getattr(tables, table))
    lineage = read_block(outer.lineage, outer.save) if outer.lineage else Lineage()
    members = outer.members
    again = encode(content, outer.save, outer.app, lineage=lineage, members=members)
    if b"\\u0000" in json or again.json != json:
        return None
    encoded = known_to_decode(again)
    return Decoded(content, outer.save, outer.app, Extras(), lineage, members, encoded)


def _parse_foreign(json: bytes, found: Format) -> Decoded:
    """Decode the slow way: refuse ambiguities, migrate, keep what is not known."""
    tree = strictjson.loads(json)
    tree = migrations.migrate(tree, (found.major, found.minor), (MAJOR, MINOR))
    tables = tree.get("tables")
    if not isinstance(tables, dict):
        raise InvalidContent(tr("it has no tables."))
    extras = Extras(
        format=max(found, Format(MAJOR, MINOR, MAJOR), key=lambda one: (one.major, one.minor)),
        outer={name: value for name, value in tree.items() if name not in _OUTER_NAMES},
        tables={name: rows for name, rows in tables.items() if name not in TABLES},
    )
    content: Content = {}
    for table in TABLES:
        content[table] = _by_id(table, _records(table, tables.get(table, []), extras))
    try:
        stamp = msgspec.convert(tree.get("save"), SaveStamp)
        app = msgspec.convert(tree.get("app"), str)
        members = msgspec.convert(tree.get("members", []), tuple[Member, ...])
    except msgspec.ValidationError as error:
        _refuse(error)
    lineage = Lineage()
    if "lineage" in tree:
        lineage = read_block(ENCODER.encode(tree["lineage"]), stamp)
    _check_savable(content, stamp, app, extras)
    return Decoded(content, stamp, app, extras, lineage, members)


def _records(table: str, rows: object, extras: Extras) -> list[Record]:
    if not isinstance(rows, list):
        raise InvalidContent(tr("table {table} is not a list of records.", table=table))
    known = set(TABLES[table].__struct_encode_fields__)
    records = []
    for index, row in enumerate(rows):
        try:
            record = msgspec.convert(row, TABLES[table])
        except msgspec.ValidationError as error:
            _refuse(error, table, index)
        records.append(record)
        _keep_unknown((table, record.id), row, record, known, extras)
    return records


def _keep_unknown(
    key: tuple[str, str], row: dict[str, Any], record: Record, known: set[str], extras: Extras
) -> None:
    unknown = {name: value for name, value in row.items() if name not in known}
    if unknown:
        extras.fields[key] = unknown
    plain = plain_record(record)
    changed = {
        name: (plain[name], value)
        for name, value in row.items()
        if name in plain and isinstance(value, dict | list) and value != plain[name]
    }
    if changed:
        extras.inner[key] = changed


def _check_savable(content: Content, stamp: SaveStamp, app: str, extras: Extras) -> None:
    for unknown in (extras.outer, extras.tables, *extras.fields.values()):
        strictjson.check_depth(unknown)
    for changed in extras.inner.values():
        strictjson.check_depth([raw for _, raw in changed.values()])
    try:
        encode(content, stamp, app, extras)
    except (RecursionError, OverflowError):
        raise InvalidContent(tr("it holds a value that no program could save again.")) from None


def _by_id(table: str, records: list[Record]) -> dict[str, Record]:
    by_id = {record.id: record for record in records}
    if len(by_id) != len(records):
        seen: set[str] = set()
        for number, record in enumerate(records, 1):
            if record.id in seen:
                raise InvalidContent(
                    tr(
                        "table {table}, record {number}: the id “{id}” is used twice.",
                        table=table,
                        number=number,
                        id=record.id[:64],
                    ),
                    table=table,
                    record=number,
                )
            seen.add(record.id)
    return by_id


def _decoded(kind: type[_Kind], json: bytes) -> _Kind:
    try:
        return msgspec.json.decode(json, type=kind)
    except msgspec.ValidationError as error:
        _refuse(error)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        strictjson.loads(json)  # says better what is wrong
        raise InvalidContent(tr("the content is not valid JSON.")) from None


def _refuse(error: msgspec.ValidationError, table: str = "", index: int = -1) -> NoReturn:
    """Turn a type error into one sentence that names table, record and field."""
    match = _PATH.match(str(error))
    reason = (match["reason"] if match else str(error)).replace("`", "")
    path = match["path"] if match else ""
    place = _RECORD_PATH.match(path)
    if place is not None and not table:
        table, index, path = place["table"], int(place["index"]), place["field"]
    field = path.strip(".")
    if not table:
        raise InvalidContent(
            tr("its outer part “{field}” is wrong: {reason}.", field=field, reason=reason)
        ) from None
    raise InvalidContent(
        tr(
            "table {table}, record {number}, field {field}: {reason}.",
            table=table,
            number=index + 1,
            field=field or "?",
            reason=reason,
        ),
        table=table,
        record=index + 1,
        field=field,
    ) from None
