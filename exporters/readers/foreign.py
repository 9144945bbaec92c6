"""Files of other programs into plain tables: CSV of any kind, workbooks, graphs, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exporters.readers.foreign_csv import read_foreign_csv
from exporters.readers.foreign_graph import read_graph
from exporters.readers.foreign_json import read_json
from exporters.readers.limits import Limits, UnreadableSource, read_bytes
from exporters.readers.workbook import read_workbook
from model.foreign.table import ForeignFile, ForeignTable
from model.importing.columns import field_for, table_for
from model.importing.source import SourceRow
from model.refusals import Trouble
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from model.importing.source import SourceTable

FOREIGN_ENDINGS: Final = (
    ".csv",
    ".tsv",
    ".txt",
    ".xlsx",
    ".xlsm",
    ".graphml",
    ".gexf",
    ".json",
)
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
        tables = tuple(_from_sheet(table) for table in read_workbook(path, bounds))
        return _filled(path, [one for one in tables if one is not None], ())
    data = read_bytes(path, path.name, bounds)
    if ending in _TEXTS:
        table, remarks = read_foreign_csv(data, path.stem, path.name, bounds, encoding)
        return _filled(path, [table], remarks)
    if ending in _GRAPHS:
        return _filled(path, *read_graph(data, path.name, bounds))
    if ending == ".json":
        return _filled(path, *read_json(data, path.stem, path.name, bounds))
    reason = tr("tables and graphs are read from files that end in {endings}",
                endings=", ".join(FOREIGN_ENDINGS))  # fmt: skip
    raise UnreadableSource(path.name, reason)


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


def _from_sheet(table: SourceTable) -> ForeignTable | None:
    rows = tuple(row for row in table.rows if not row.is_empty)
    if not rows:
        return None
    return ForeignTable(table.name, table.place, unique_headers(table.columns), rows)


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
            kept.append(ForeignTable(table.name, table.place, unique_headers(table.columns), rows,
                                     table.role))  # fmt: skip
    if not kept:
        raise UnreadableSource(path.name, tr("it holds no rows"))
    return ForeignFile(path.stem, tuple(kept), tuple(remarks))
