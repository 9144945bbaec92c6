"""What came back, as its reader hands it over: texts that know their cells."""

from __future__ import annotations

from typing import Literal

import msgspec

Part = Literal["value", "names", "ids", "code", "mark"]


class ReturnedCell(msgspec.Struct, frozen=True):
    """What stands in a cell.

    Attributes:
        place: the cell, such as B5.
        text: its content as text; an exact day as 2013-05-17.
        problem: why it cannot be read, as the end of a sentence; "" where it can.
        is_day: whether the spreadsheet holds a day and not a text, so that it may have made a
            day of a month that was typed.
    """

    place: str
    text: str
    problem: str = ""
    is_day: bool = False


class ReturnedRow(msgspec.Struct, frozen=True):
    """A row of a table's sheet.

    Attributes:
        table, sheet, number: where it stands.
        id: exported id; empty or made up by the recipient for a new record.
        id_place: the cell of the id.
        cells: by field, then by part. A column that is not there has no cell.
    """

    table: str
    sheet: str
    number: int
    id: str
    id_place: str
    cells: dict[str, dict[str, ReturnedCell]]


class Remark(msgspec.Struct, frozen=True):
    """Something in the workbook that has no place in the project.

    Attributes:
        sheet, place: where it stands; no place where the whole sheet is meant.
        text: a sentence.
    """

    sheet: str
    place: str
    text: str


class ReturnedBook(msgspec.Struct, frozen=True):
    """A workbook, or a folder of CSV files, that came back.

    Attributes:
        name: name of the file or folder.
        mark: the mark of the export that it comes from.
        rows: all rows of its tables.
        remarks: what stands in it beside them.
        sheets: by table the sheet or file that holds it, also where it has no rows any more.
        is_text: whether it is CSV, in which spreadsheets write dates and numbers in their own way.
    """

    name: str
    mark: str
    rows: tuple[ReturnedRow, ...]
    remarks: tuple[Remark, ...] = ()
    sheets: dict[str, str] = msgspec.field(default_factory=dict)
    is_text: bool = False
