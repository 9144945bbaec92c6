"""Files of other programs into plain tables: CSV of any kind, workbooks, graphs, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from exporters.readers.foreign_csv import read_foreign_csv
from exporters.readers.foreign_graph import read_graph
from exporters.readers.foreign_json import read_json
from exporters.readers.limits import (
    TABLE_ENDINGS,
    Limits,
    UnreadableSource,
    other_kind,
    read_bytes,
)
from exporters.readers.sheet_facts import SheetFacts, sheet_facts
from exporters.readers.titles import header_at
from exporters.readers.workbook import read_workbook
from model.foreign.table import ForeignFile, ForeignTable
from model.importing.columns import field_for, table_for
from model.importing.source import SourceRow
from model.refusals import Trouble
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from model.importing.source import SourceTable

FOREIGN_ENDINGS: Final = TABLE_ENDINGS
_TEXTS: Final = frozenset({".csv", ".tsv", ".txt"})
_BOOKS: Final = frozenset({".xlsx", ".xlsm"})
_GRAPHS: Final = frozenset({".graphml", ".gexf"})


def read_foreign(path: Path, limits: Limits | None = None, encoding: str = "") -> ForeignFile:
    """Read a file of another program.

    Args:
        path: the file.
        limits: what is refused before any work.
        encoding: of a text file, where the user knows better.

    Raises:
        UnreadableSource: damaged, too large, or of no kind that can be read.
        Trouble: the file cannot be read.
    """
    bounds = limits or Limits()
    ending = path.suffix.lower()
    if not path.is_file():
        message = tr("{name} cannot be read: there is no such file or folder.", name=path)
        raise Trouble("unreadable", message, file=str(path))
    if ending in _BOOKS:
        facts = sheet_facts(read_bytes(path, path.name, bounds))
        remarks: list[str] = []
        tables = [
            _from_sheet(table, facts.get(table.name, SheetFacts()), remarks)
            for table in read_workbook(path, bounds)
        ]
        return _filled(path, [one for one in tables if one is not None], remarks)
    data = read_bytes(path, path.name, bounds)
    if ending in _TEXTS:
        table, said, read_as = read_foreign_csv(data, path.stem, path.name, bounds, encoding)
        return msgspec.structs.replace(_filled(path, [table], said), encoding=read_as)
    if ending in _GRAPHS:
        return _filled(path, *read_graph(data, path.name, bounds))
    if ending == ".json":
        return _filled(path, *read_json(data, path.stem, path.name, bounds))
    raise other_kind(path)


def is_native(path: Path, limits: Limits | None = None) -> bool:
    """Whether a source is in our own layout: a folder, or tables called and keyed like ours.

    Raises:
        UnreadableSource: a workbook is damaged or too large.
        Trouble: it cannot be read.
    """
    if path.is_dir() or not path.exists():
        return True
    ending = path.suffix.lower()
    if ending in _BOOKS:
        return any(
            _is_ours(table.name, table.columns) for table in read_workbook(path, limits or Limits())
        )
    if ending != ".csv":
        return False
    with path.open("rb") as stream:
        head = stream.readline(65_536).decode("utf-8-sig", "replace")
    return _is_ours(path.stem, head.strip().split(","))


def _is_ours(name: str, columns: Iterable[str]) -> bool:
    table = table_for(name)
    if not table:
        return False
    fields = [field_for(table, column.strip().strip('"')) for column in columns]
    return any(spec is not None and spec.name == "id" for spec in fields)


def _from_sheet(table: SourceTable, facts: SheetFacts, remarks: list[str]) -> ForeignTable | None:
    """A sheet below its titles, with what merged cells say in each of their rows."""
    rows = [row for row in table.rows if not row.is_empty]
    at = header_at([table.columns, *(row.cells for row in rows)])
    columns = tuple(cell.strip() for cell in rows[at - 1].cells) if at else table.columns
    if at:
        remarks.append(
            tr("{place}: the columns are named in row {row}; what stands above is not read.",
               place=table.place, row=rows[at - 1].number)
        )  # fmt: skip
    rows, count = _spread(rows[at:], facts)
    if count:
        remarks.append(
            plural("{place}: {count} merged cell counts for each of its rows.",
                   "{place}: {count} merged cells count for each of their rows.",
                   count, place=table.place)
        )  # fmt: skip
    if not rows:
        return None
    headers = unique_headers(columns)
    return ForeignTable(table.name, table.place, headers, tuple(rows), is_hidden=facts.is_hidden)


def _spread(rows: list[SourceRow], facts: SheetFacts) -> tuple[list[SourceRow], int]:
    """The rows with the values of merged cells, and how many of those there were."""
    by_number = {row.number: list(row.cells) for row in rows}
    used = 0
    for span in facts.spans:
        at = span.column - 1
        top = by_number.get(span.first)
        below = [by_number[one] for one in range(span.first + 1, span.last + 1) if one in by_number]
        if top is not None and at < len(top) and top[at].strip() and below:
            used += 1
            for cells in below:
                cells[at] = cells[at] or top[at]
    return [SourceRow(number, tuple(cells)) for number, cells in by_number.items()], used


def unique_headers(columns: Sequence[str]) -> tuple[str, ...]:
    """Headers that can be told apart: an empty one gets its number, a repeated one too."""
    found: list[str] = []
    for number, column in enumerate(columns, 1):
        title = column.strip() or tr("Column {number}", number=number)
        found.append(title if title not in found else f"{title} ({number})")
    return tuple(found)


def _filled(path: Path, tables: Sequence[ForeignTable], remarks: Sequence[str]) -> ForeignFile:
    """The file with headers that differ; a file without rows is refused."""
    kept = []
    for table in tables:
        rows = tuple(SourceRow(row.number, row.cells) for row in table.rows if not row.is_empty)
        if rows:
            headers = unique_headers(table.columns)
            kept.append(msgspec.structs.replace(table, columns=headers, rows=rows))
    if not kept:
        raise UnreadableSource(path.name, tr("it holds no rows"))
    return ForeignFile(path.stem, tuple(kept), tuple(remarks))
