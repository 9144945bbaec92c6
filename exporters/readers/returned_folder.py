"""A folder of CSV files of ours that somebody has edited, read as an edited workbook is.

Programs save CSV in encodings and with separators of their own; both are found out, and said where
they were assumed. Cells know their file, line and column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exporters.csv_tables import MARK_FILE, MARK_HEAD, unguarded
from exporters.readers.foreign_csv import text_rows
from exporters.readers.limits import UnreadableSource, read_bytes
from exporters.readers.own_workbook import Meaning
from exporters.readers.returned import TableReader
from model.fields import FIELDS
from model.importing.columns import MARK_COLUMN
from model.refusals import Trouble
from model.returning.book import Remark, ReturnedBook, ReturnedCell, ReturnedRow
from model.returning.exported import RETURNING_TABLES
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from exporters.readers.limits import Limits

_NAMED: Final = 8
"""Lines that are named one by one."""


def read_folder(folder: Path, limits: Limits, encoding: str = "") -> ReturnedBook:
    """Read a folder of CSV files that comes back.

    Raises:
        UnreadableSource: a file is damaged or too large, or the folder is not one of our exports.
        Trouble: a file cannot be read.
    """
    names = _names(folder)
    mark, wanted = _export(folder, names, limits)
    if not mark:
        reason = tr(
            "its file “{name}” is missing or was changed, so it cannot be told which export the "
            "folder is; use a folder that still has it",
            name=MARK_FILE,
        )
        raise UnreadableSource(folder.name, reason)
    rows: list[ReturnedRow] = []
    remarks: list[Remark] = []
    sheets: dict[str, str] = {}
    for name in names:
        table = name.lower().removesuffix(".csv")
        if name.lower() == MARK_FILE:
            continue
        if not name.lower().endswith(".csv") or table not in RETURNING_TABLES or table in sheets:
            sentence = tr("This file is not part of the export and is not read.")
            remarks.append(Remark(name, "", sentence))
            continue
        sheet = TextSheet(folder / name, f"{folder.name}/{name}", limits, encoding)
        reader = TableReader(sheet, name, _meanings(table), {})
        rows += reader.rows()
        remarks += [*sheet.remarks, *reader.remarks]
        sheets[table] = name
    for table in wanted:
        if table not in sheets:
            sentence = tr("The file is not in the folder any more; its records are kept.")
            remarks.append(Remark(f"{table}.csv", "", sentence))
    return ReturnedBook(folder.name, mark, tuple(rows), tuple(remarks), sheets, is_text=True)


def mark_of_folder(folder: Path, limits: Limits) -> str:
    """The mark of the export that a folder is; "" for a folder that is none."""
    return _export(folder, _names(folder), limits)[0]


def _names(folder: Path) -> list[str]:
    try:
        return sorted(one.name for one in folder.iterdir() if not one.name.startswith("."))
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        message = tr("{name} cannot be read ({reason}).", name=folder, reason=reason)
        raise Trouble("unreadable", message, file=str(folder)) from error


def _export(folder: Path, names: Sequence[str], limits: Limits) -> tuple[str, list[str]]:
    """The mark of the export and the tables that it has; "" and none where it is no export."""
    name = next((one for one in names if one.lower() == MARK_FILE), "")
    if name:
        data = read_bytes(folder / name, f"{folder.name}/{name}", limits)
        (head, *rows), _separator, _assumed = text_rows(data, f"{folder.name}/{name}", limits)
        cells = [row.cells for row in rows if len(row.cells) == len(MARK_HEAD)]
        if tuple(head.cells) == MARK_HEAD and cells:
            return cells[0][0].strip(), [one[1] for one in cells if one[1] in RETURNING_TABLES]
    return "", []


def _meanings(table: str) -> dict[str, Meaning]:
    """Every column of a table's file: it is called like its field and holds what is stored."""
    found = {MARK_COLUMN: Meaning(table, "basis", "mark")}
    for spec in FIELDS[table].values():
        if spec.in_sheets:
            part = "id" if spec.name == "id" else "ids" if spec.target else "value"
            found[spec.name] = Meaning(table, spec.name, part)
    return found


class TextSheet:
    """A CSV file as rows of cells; the first row is the header.

    Attributes:
        is_text: cells are texts; where a row ends before the header does, its other cells are lost.
        title: name of the file.
        header: names of the columns.
        rows: first line and cells of each row that holds anything, the header included.
        remarks: what was assumed about the file.
    """

    is_text = True

    def __init__(self, path: Path, place: str, limits: Limits, encoding: str) -> None:
        """Read the file."""
        self.title = path.name
        data = read_bytes(path, place, limits)
        found, _separator, assumed = text_rows(data, place, limits, encoding)
        self.header = [cell.strip() for cell in found[0].cells]
        self.rows = [(row.line, [unguarded(cell) for cell in row.cells]) for row in found]
        self.remarks = [Remark(self.title, "", sentence) for sentence in assumed]
        self.remarks += self._uneven()

    def place(self, number: int, at: int) -> str:
        """What people call a cell: its line and column."""
        named = at < len(self.header) and bool(self.header[at])
        column = self.header[at] if named else str(at + 1)
        return tr("line {line}, column {column}", line=number, column=column)

    def filled(self, at: int) -> int:
        """How many cells below the header of a column hold anything."""
        return sum(at < len(cells) and bool(cells[at].strip()) for _line, cells in self.rows[1:])

    def cell(self, number: int, at: int, cells: Sequence[str]) -> ReturnedCell:
        """What stands in a cell of a row."""
        return ReturnedCell(self.place(number, at), cells[at] if at < len(cells) else "")

    def _uneven(self) -> Iterator[Remark]:
        """Say of rows that are longer or shorter than the header what is not read, and what stays.

        A cell that is lost is no empty one: its value stays as it is.
        """
        width = len(self.header)
        short = [line for line, cells in self.rows if len(cells) < width]
        for line, cells in self.rows:
            beyond = [cell for cell in cells[width:] if cell.strip()]
            if beyond:
                sentence = tr("The line has more cells than the header; “{text}” is not read.",
                              text="; ".join(beyond)[:80])  # fmt: skip
                yield Remark(self.title, tr("line {line}", line=line), sentence)
        if short:
            sentence = plural(
                "{count} line is shorter than the header ({lines}); what is missing stays as it "
                "is in the project.",
                "{count} lines are shorter than the header ({lines}); what is missing stays as it "
                "is in the project.",
                len(short),
                lines=", ".join(map(str, short[:_NAMED])) + ("…" if len(short) > _NAMED else ""),
            )
            yield Remark(self.title, "", sentence)
