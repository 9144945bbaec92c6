"""Plain tables: one CSV file per table, field names as headings, codes and ids as they are stored.

UTF-8 with a byte order mark, without which Excel takes the text for something else. CSV knows no
types, so text that a spreadsheet would take for a formula gets an apostrophe in front; `unguarded`
takes it away again when such a file is read back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from exporters.statements import DATA_TABLES
from exporters.wording import mark_text, plain_text
from model.fields import FIELDS
from model.importing.columns import MARK_COLUMN
from model.returning.exported import mark_of
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from exporters.progress import Progress
    from exporters.request import Pack
    from model.fields import FieldSpec
    from model.records import Record
    from model.tables import Tables

SEPARATOR: Final = ";"
"""Between several values in one cell, as the case folders have it."""
MARK_FILE: Final = "_export.csv"
"""Tells the sender's project which export the folder is; it is no table."""
MARK_HEAD: Final = ("mark", "table")
_GUARDED: Final = ("=", "+", "-", "@", "\t", "\r", "'")


def guarded(text: str) -> str:
    """The text with an apostrophe in front if a spreadsheet might reckon with it."""
    return f"'{text}" if text.startswith(_GUARDED) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_GUARDED) else text


def write_csv(pack: Pack, folder: Path, progress: Progress) -> tuple[str, ...]:
    """Write the tables into a folder, which is made; returns remarks for the sender."""
    folder.mkdir(mode=0o700, exist_ok=True)
    tables = [table for table in DATA_TABLES if pack.tables.table(table)]
    mark = mark_of({one: pack.tables.table(one) for one in DATA_TABLES}, pack.request.audience)
    (folder / MARK_FILE).write_bytes(_mark_text(mark, tables).encode("utf-8-sig"))
    split = 0
    for number, table in enumerate(tables):
        progress.report(number / len(tables), tr("Writing tables"))
        text = csv_text(pack.tables, table)
        (folder / f"{table}.csv").write_bytes(text.encode("utf-8-sig"))
        split += _ambiguous_cells(pack.tables, table)
    if not split:
        return ()
    return (
        plural(
            "{count} cell holds a value with a semicolon in it, which also separates values.",
            "{count} cells hold a value with a semicolon in it, which also separates values.",
            split,
        ),
    )


def _mark_text(mark: str, tables: Iterable[str]) -> str:
    """Which export the folder is, and which tables belong to it, for when it comes back."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(MARK_HEAD)
    writer.writerows((mark, table) for table in tables)
    return stream.getvalue()


def csv_text(tables: Tables, table: str) -> str:
    """One table as CSV (RFC 4180)."""
    specs = _specs(table)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([*(spec.name for spec in specs), MARK_COLUMN])
    for record in tables.table(table).values():
        cells = [_cell(getattr(record, spec.name)) for spec in specs]
        writer.writerow([*cells, mark_text(record)])
    return stream.getvalue()


def _specs(table: str) -> list[FieldSpec]:
    return [spec for spec in FIELDS[table].values() if spec.in_sheets]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, tuple):
        return guarded(SEPARATOR.join(plain_text(one) for one in value))
    if isinstance(value, Mapping):
        return guarded(SEPARATOR.join(f"{key}={value[key]:g}" for key in value))
    return plain_text(value)


def _ambiguous_cells(tables: Tables, table: str) -> int:
    return sum(
        any(SEPARATOR in str(one) for one in value)
        for record in tables.table(table).values()
        for value in _tuples(record, table)
    )


def _tuples(record: Record, table: str) -> Iterator[tuple[object, ...]]:
    for spec in _specs(table):
        value = getattr(record, spec.name)
        if isinstance(value, tuple):
            yield value
