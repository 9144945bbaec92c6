"""Tables of records to JSON and back; strict when reading, so that saving never has to refuse.

A file that is byte for byte what this version writes is decoded in one typed pass; any other goes
the slow way through `model.storage.strictjson`, which also keeps what a newer minor version added.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar, cast

import msgspec

from model import integrity
from model.records import TABLES, Record
from model.refusals import Refusal
from model.storage import migrations, strictjson
from model.storage.errors import InvalidContent, TooLarge, TooNew
from model.storage.schema import MAJOR, MAX_JSON, MINOR, Extras, Format, Head, Outer, SaveStamp
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Content = dict[str, dict[str, Record]]
_Kind = TypeVar("_Kind")

CHUNK_RECORDS: Final = 500
"""Records per call of the encoder: it holds the interpreter's lock, and the window must paint."""
_OUTER_NAMES: Final = ("format", "app", "save", "tables")
_ENCODER: Final = msgspec.json.Encoder()
_OWN_START: Final = b'{"format":%b,"app":' % _ENCODER.encode(Format(MAJOR, MINOR, MAJOR))
_PATH: Final = re.compile(r"^(?P<reason>.*) - at `\$(?P<path>.*)`$", re.DOTALL)
_RECORD_PATH: Final = re.compile(r"\.(?:tables\.)?(?P<table>\w+)\[(?P<index>\d+)\]\.?(?P<field>.*)")


_Tables: Final = msgspec.defstruct(
    "_Tables",
    [(name, list[kind], msgspec.field(default_factory=list)) for name, kind in TABLES.items()],  # type: ignore[valid-type]
)
_TABLES_DECODER: Final = msgspec.json.Decoder(_Tables)
_LIST_DECODERS: Final = {
    name: msgspec.json.Decoder(list[kind])  # type: ignore[valid-type]
    for name, kind in TABLES.items()
}
_FIELDS: Final = {name: msgspec.structs.fields(kind) for name, kind in TABLES.items()}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Records of one table that were encoded together, and where their text lies."""

    table: str
    records: Sequence[Record]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """The JSON of a project, and what is where in it."""

    json: bytes
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a file held."""

    content: Content
    stamp: SaveStamp
    app: str
    extras: Extras


def encode(
    content: Mapping[str, Mapping[str, Record]],
    stamp: SaveStamp,
    app: str,
    extras: Extras | None = None,
) -> Encoded:
    """Return the JSON of a project; empty tables are left out.

    Raises:
        InvalidContent: a text that UTF-8 cannot carry or a number that JSON cannot (the editing
            rules let neither in).
        TooLarge: more than MAX_JSON bytes.
    """
    extras = extras or Extras()
    outer = {"format": extras.format, "app": app, "save": stamp, **extras.outer}
    text = bytearray(_ENCODER.encode(outer))
    text[-1:] = b',"tables":{'
    chunks: list[Chunk] = []
    for table in TABLES:
        records = content.get(table)
        if records:
            text += b'"%b":' % table.encode("ascii")
            chunks += _append_table(text, table, records.values(), extras)
            text += b"],"
    for table, rows in extras.tables.items():
        text += _ENCODER.encode({table: rows})[1:-1] + b","
    if text.endswith(b","):
        del text[-1]
    text += b"}}"
    if len(text) > MAX_JSON:
        raise TooLarge(tr("the project is too large to be kept in one file."), limit=MAX_JSON)
    return Encoded(bytes(text), tuple(chunks))


def canonical(content: Mapping[str, Mapping[str, Record]]) -> Content:
    """Return equal content whose JSON depends on values alone.

    The encoder leaves out what *is* the default, not what equals it; a text "AMBER" that came
    from elsewhere would be written. Copies for others must not tell the two apart.
    """
    return {
        table: {name: _with_defaults(table, record) for name, record in records.items()}
        for table, records in content.items()
    }


def _with_defaults(table: str, record: Record) -> Record:
    values = msgspec.structs.astuple(record)
    same = {
        field.name: field.default
        for field, value in zip(_FIELDS[table], values, strict=True)
        if value is not field.default and value == field.default
    }
    return msgspec.structs.replace(record, **same) if same else record


def _append_table(
    text: bytearray, table: str, records: Iterable[Record], extras: Extras
) -> Iterator[Chunk]:
    """Append the records of a table, batch by batch, as a list that is not yet closed."""
    for number, some in enumerate(_batches(records)):
        start = len(text)
        rows: Sequence[Record | dict[str, Any]] = some
        if extras.fields or extras.inner:
            rows = [_with_unknown(table, record, extras) for record in some]
        try:
            _ENCODER.encode_into(rows, text, start)
        except (UnicodeEncodeError, OverflowError) as error:
            raise _unsavable(table, some) from error
        if number:
            text[start : start + 1] = b","
        del text[-1]
        yield Chunk(table, some, start + 1, len(text))


def difference(encoded: Encoded) -> str:
    """Decode what was encoded and say where it is not what is in memory; "" where it is.

    Goes in batches, so that the window stays alive meanwhile. Together with a comparison of the
    bytes read back from the medium this proves that every record can be read again.
    """
    for chunk in encoded.chunks:
        text = b"[" + encoded.json[chunk.start : chunk.end] + b"]"
        try:
            read = cast("list[Record]", _LIST_DECODERS[chunk.table].decode(text))
        except msgspec.DecodeError as error:
            return tr("table {table}: {reason}", table=chunk.table, reason=str(error)[:200])
        if read != chunk.records and read != _as_decoded(chunk):
            return tr("records of the table {table} differ", table=chunk.table)
    return ""


def decode(json: bytes) -> Decoded:
    """Read the JSON of a project and check all of it, references included.

    Raises:
        TooNew: written by a version whose files this one must not touch.
        InvalidContent: anything else that does not fit, naming table, record and field.
    """
    decoded = parse(json)
    try:
        integrity.check_content(decoded.content)
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
    if b"\\u0000" in json or encode(content, outer.save, outer.app).json != json:
        return None
    return Decoded(content, outer.save, outer.app, Extras())


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
    except msgspec.ValidationError as error:
        _refuse(error)
    _check_savable(content, stamp, app, extras)
    return Decoded(content, stamp, app, extras)


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
    plain = _plain(record)
    changed = {
        name: (plain[name], value)
        for name, value in row.items()
        if name in plain and isinstance(value, dict | list) and value != plain[name]
    }
    if changed:
        extras.inner[key] = changed


def _plain(record: Record) -> dict[str, Any]:
    """The record as a tree of JSON values, as this version would write it."""
    return cast("dict[str, Any]", msgspec.json.decode(_ENCODER.encode(record)))


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


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    iterator = iter(records)
    while some := list(itertools.islice(iterator, CHUNK_RECORDS)):
        yield some


def _with_unknown(table: str, record: Record, extras: Extras) -> Record | dict[str, Any]:
    key = (table, record.id)
    unknown = extras.fields.get(key, {})
    inner = extras.inner.get(key, {})
    if not unknown and not inner:
        return record
    row = _plain(record)
    row |= {name: raw for name, (plain, raw) in inner.items() if row.get(name) == plain}
    return row | unknown


def _unsavable(table: str, records: Sequence[Record]) -> InvalidContent:
    for record in records:
        try:
            _ENCODER.encode(record)
        except (UnicodeEncodeError, OverflowError):
            return InvalidContent(
                tr(
                    "table {table}, record {id}: it holds a character or number that no file can "
                    "carry; type it again.",
                    table=table,
                    id=ascii(record.id)[1:65],
                ),
                table=table,
            )
    return InvalidContent(tr("table {table} cannot be written.", table=table), table=table)


def _as_decoded(chunk: Chunk) -> list[Record]:
    """The records in memory with lists turned into tuples and so on, as reading gives them."""
    kind = TABLES[chunk.table]
    return [msgspec.convert(msgspec.to_builtins(record), kind) for record in chunk.records]


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
