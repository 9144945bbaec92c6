"""What a reader hands over: tables of plain texts that remember where they stood."""

from __future__ import annotations

from typing import Literal

import msgspec


class SourceNote(msgspec.Struct, frozen=True):
    """What a reader has to say about a row, or about the whole where the number is 0."""

    kind: Literal["refused", "guessed", "warning"]
    place: str
    number: int
    reason: str
    value: str = ""


class SourceRow(msgspec.Struct, frozen=True):
    """One row; the header of a table is row 1, as spreadsheets count."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything but blanks."""
        return not any(cell.strip() for cell in self.cells)


class SourceTable(msgspec.Struct, frozen=True):
    """One CSV file or one sheet.

    Attributes:
        name: file name without ending, or title of the sheet.
        place: how the user finds it: "actors.csv", or "case.xlsx, sheet Actors".
        columns: the header, one text per column.
        rows: the rows below it; each has as many cells as there are columns.
        is_optional: True for a sheet, which may be anything; a CSV file is meant to be read.
        uses_labels: True where labels of codes stand for the codes, as in our own workbooks.
        mark: the mark of the export that it is part of; "" where it is none of ours.
    """

    name: str
    place: str
    columns: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    is_optional: bool = False
    uses_labels: bool = False
    mark: str = ""


class Source(msgspec.Struct, frozen=True):
    """A case folder, a workbook or single files of one folder.

    Attributes:
        name: folder name or workbook name; the first part of external references.
        tables: what was found, in a stable order.
        skipped: files that hold no table, such as a README.
        notes: what the reader noticed on the way.
        title: what the user calls it, where that is not its name.
    """

    name: str
    tables: tuple[SourceTable, ...]
    skipped: tuple[str, ...] = ()
    notes: tuple[SourceNote, ...] = ()
    title: str = ""

    @property
    def shown(self) -> str:
        """What reports call it."""
        return self.title or self.name
