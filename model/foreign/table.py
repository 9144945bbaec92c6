"""What a reader of foreign files hands over: tables of texts, with what had to be assumed."""

from __future__ import annotations

from typing import Literal

import msgspec

from model.importing.source import SourceRow

Role = Literal["", "nodes", "edges"]


class ForeignTable(msgspec.Struct, frozen=True):
    """A sheet, a CSV file, or the nodes or edges of a graph.

    Attributes:
        name: title of the sheet or name of the file.
        place: how the user finds it.
        columns: headers, each once and none empty.
        rows: as many cells each as there are columns.
        role: what a graph file says the rows are; "" where nothing is said.
        is_hidden: a sheet that nobody sees who opens the workbook.
    """

    name: str
    place: str
    columns: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    role: Role = ""
    is_hidden: bool = False

    def cells(self, column: str) -> list[tuple[int, str]]:
        """The filled cells of a column with the numbers of their rows."""
        at = self.columns.index(column)
        found = ((row.number, row.cells[at].strip()) for row in self.rows)
        return [(number, text) for number, text in found if text]


class ForeignFile(msgspec.Struct, frozen=True):
    """A file of another program.

    Attributes:
        name: the file's name without its ending; the first part of external references.
        tables: what was found in it.
        remarks: what had to be assumed in order to read it, as sentences.
        encoding: by which the letters of a text file were read; "" for other files.
    """

    name: str
    tables: tuple[ForeignTable, ...]
    remarks: tuple[str, ...] = ()
    encoding: str = ""
