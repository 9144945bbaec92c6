"""Records to JSON, batch by batch, and the proof that the JSON decodes to the same records.

Batches keep the interpreter's lock short, so that the window paints while a worker saves, and
let a save take over the text of records that have not changed since the last one.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from operator import is_
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec

from model.records import TABLES, Record
from model.storage.errors import InvalidContent, TooLarge
from model.storage.lineage import Lineage, block
from model.storage.schema import MAX_JSON, Extras, SaveStamp
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from model.storage.members import Member

Content = dict[str, dict[str, Record]]

BATCH: Final = 500
"""Records per call of the encoder and decoder: well under a millisecond each."""
ENCODER: Final = msgspec.json.Encoder()
_LIST_DECODERS: Final = {
    name: msgspec.json.Decoder(list[kind])  # type: ignore[valid-type]
    for name, kind in TABLES.items()
}
_FIELDS: Final = {name: msgspec.structs.fields(kind) for name, kind in TABLES.items()}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Records of one table that were encoded together, and where their text lies.

    Attributes:
        table, number: which batch of which table.
        records: the records, in order.
        start, end: where their text lies in the JSON.
        compared: whether the text is known to decode to the records.
    """

    table: str
    number: int
    records: Sequence[Record] = field(repr=False)
    start: int
    end: int
    compared: bool = False


@dataclass(frozen=True, slots=True)
class Encoded:
    """The JSON of a project, and what is where in it."""

    json: bytes = field(repr=False)
    chunks: tuple[Chunk, ...] = field(repr=False)


def encode(
    content: Mapping[str, Mapping[str, Record]],
    stamp: SaveStamp,
    app: str,
    extras: Extras | None = None,
    previous: Encoded | None = None,
    *,
    lineage: Lineage | None = None,
    members: Sequence[Member] = (),
) -> Encoded:
    """Return the JSON of a project; empty tables are left out.

    Args:
        content: the tables.
        stamp: which save this is.
        app: name and version of this program.
        extras: what a newer version wrote.
        previous: the last save of the same project with the same extras, already compared by
            `difference`; batches of the very same records are taken over from it.
        lineage: checkpoints and parents, for files that are merged later.
        members: whom the file is sealed to besides its own key.

    Raises:
        InvalidContent: a text that UTF-8 cannot carry or a number that JSON cannot (the editing
            rules let neither in).
        TooLarge: more than MAX_JSON bytes.
    """
    extras = extras or Extras()
    outer = {"format": extras.format, "app": app, "save": stamp, **extras.outer}
    if lineage:
        outer["lineage"] = block(lineage, stamp)
    if members:
        outer["members"] = members
    text = bytearray(ENCODER.encode(outer))
    text[-1:] = b',"tables":{'
    chunks: list[Chunk] = []
    known = {(chunk.table, chunk.number): chunk for chunk in previous.chunks} if previous else {}
    for table in TABLES:
        records = content.get(table)
        if records:
            text += b'"%b":' % table.encode("ascii")
            for number, some in enumerate(_batches(records.values())):
                text += b"," if number else b"["
                old = known.get((table, number))
                if previous is not None and old is not None and _same(old.records, some):
                    chunks.append(_take_over(text, previous, old))
                else:
                    chunks.append(_append(text, Chunk(table, number, some, 0, 0), extras))
            text += b"],"
    for table, rows in extras.tables.items():
        text += ENCODER.encode({table: rows})[1:-1] + b","
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


def _append(text: bytearray, chunk: Chunk, extras: Extras) -> Chunk:
    """Append records, behind a bracket or comma that is already there."""
    rows: Sequence[Record | dict[str, Any]] = chunk.records
    if extras.fields or extras.inner:
        rows = [_with_unknown(chunk.table, record, extras) for record in chunk.records]
    start = len(text) - 1
    before = text[start : start + 1]
    try:
        ENCODER.encode_into(rows, text, start)
    except (UnicodeEncodeError, OverflowError) as error:
        raise _unsavable(chunk.table, chunk.records) from error
    text[start : start + 1] = before
    del text[-1]
    return replace(chunk, start=start + 1, end=len(text))


def _take_over(text: bytearray, previous: Encoded, old: Chunk) -> Chunk:
    start = len(text)
    text += memoryview(previous.json)[old.start : old.end]
    return replace(old, start=start, end=len(text), compared=True)


def _same(old: Sequence[Record], new: Sequence[Record]) -> bool:
    """Whether these are the very same frozen records."""
    return len(old) == len(new) and all(map(is_, old, new))


def difference(encoded: Encoded) -> str:
    """Decode what was encoded and say where it is not what is in memory; "" where it is.

    Batches taken over from the last save were compared then and are passed over. Together with a
    comparison of the bytes read back from the medium this proves that every record can be read.
    """
    for chunk in encoded.chunks:
        if chunk.compared:
            continue
        text = b"[" + encoded.json[chunk.start : chunk.end] + b"]"
        try:
            read = cast("list[Record]", _LIST_DECODERS[chunk.table].decode(text))
        except msgspec.DecodeError as error:
            return tr("table {table}: {reason}", table=chunk.table, reason=str(error)[:200])
        if read != chunk.records and read != _as_decoded(chunk):
            return tr("records of the table {table} differ", table=chunk.table)
    return ""


def known_to_decode(encoded: Encoded) -> Encoded:
    """What was just read and encodes to the very same text: nothing in it is left to compare."""
    return replace(encoded, chunks=tuple(replace(chunk, compared=True) for chunk in encoded.chunks))


def plain_record(record: Record) -> dict[str, Any]:
    """The record as a tree of JSON values, as this version would write it."""
    return cast("dict[str, Any]", msgspec.json.decode(ENCODER.encode(record)))


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    iterator = iter(records)
    while some := list(itertools.islice(iterator, BATCH)):
        yield some


def _with_unknown(table: str, record: Record, extras: Extras) -> Record | dict[str, Any]:
    key = (table, record.id)
    unknown = extras.fields.get(key, {})
    inner = extras.inner.get(key, {})
    if not unknown and not inner:
        return record
    row = plain_record(record)
    row |= {name: raw for name, (plain, raw) in inner.items() if row.get(name) == plain}
    return row | unknown


def _unsavable(table: str, records: Sequence[Record]) -> InvalidContent:
    for record in records:
        try:
            ENCODER.encode(record)
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
