"""Excel workbooks into plain tables, bounded, and with hardened XML parsing."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from exporters.readers.limits import UnreadableSource, check_shape, entities_in, read_bytes
from exporters.readers.own_workbook import (
    GUIDE_SHEET,
    mark_in,
    own_table,
    read_guide,
    read_long_texts,
)
from exporters.readers.sheet_cells import opened_sheets
from model.importing.source import SourceRow, SourceTable
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.readers.limits import Limits
    from exporters.readers.sheet_cells import Cell, OpenedSheet

_UNRECKONED: Final = object()
"""Stands for a formula without a saved result; it is no empty cell."""
_CORE_PART: Final = "xl/workbook.xml"


def read_workbook(path: Path, limits: Limits) -> list[SourceTable]:
    """Read the sheets of a workbook; the header is the first row that holds anything.

    In a workbook of our own the guide sheet decides which sheets are tables. In others every
    sheet is read whose name does not begin with an underscore.

    Raises:
        UnreadableSource: too large, damaged, protected, or not an Excel workbook at all.
        Trouble: the file cannot be read.
    """
    place = path.name
    data = read_bytes(path, place, limits)
    check_package(data, place, limits)
    places: dict[str, str] = {}
    sheets: dict[str, list[tuple[str, ...]]] = {}
    for title, cells in _sheets(data, place, limits).items():
        places[title] = tr("{file}, sheet {sheet}", file=place, sheet=title)
        sheets[title] = _texts(places[title], cells, limits)
    guide = read_guide(sheets.get(GUIDE_SHEET, []))
    if guide:
        long_texts = read_long_texts(sheets, guide)
        mark = mark_in(sheets[GUIDE_SHEET])
        return [
            own_table(title, places[title], rows, guide, long_texts, mark)
            for title, rows in sheets.items()
            if title in guide and rows
        ]
    return [
        _table(title, places[title], rows)
        for title, rows in sheets.items()
        if not title.startswith("_") and any(any(row) for row in rows)
    ]


def check_package(data: bytes, place: str, limits: Limits) -> None:
    """Look at the list of parts before anything is unpacked."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        reason = tr("it is an old or password-protected Excel file; save it as plain .xlsx")
        raise UnreadableSource(place, reason)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError):
        raise UnreadableSource(place, tr("it is not an Excel workbook, or it is damaged")) from None
    if all(part.filename != _CORE_PART for part in parts):
        raise UnreadableSource(place, tr("it is a ZIP file, but not an Excel workbook (.xlsx)"))
    if sum(part.file_size for part in parts) > limits.unpacked_bytes:
        reason = tr(
            "unpacked it would be larger than {limit} MB", limit=limits.unpacked_bytes // 1_000_000
        )
        raise UnreadableSource(place, reason)


def _sheets(data: bytes, place: str, limits: Limits) -> dict[str, list[list[object]]]:
    """The values of all sheets by title, in rows of the same width; None for empty cells."""
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - only needed with openpyxl

    try:
        with opened_sheets(data) as sheets:
            if len(sheets) > limits.files:
                reason = tr("it has more than {limit} sheets", limit=limits.files)
                raise UnreadableSource(place, reason)
            return {sheet.title: _rows(sheet, limits) for sheet in sheets}
    except DefusedXmlException:
        raise entities_in(place) from None
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        zipfile.BadZipFile,
        EOFError,
        OSError,
        SyntaxError,
        IndexError,
        RuntimeError,
    ) as error:
        # Whatever openpyxl stumbles over in a spoilt package: it has no error of its own for it.
        raise UnreadableSource(place, tr("the workbook is damaged")) from error


def _rows(sheet: OpenedSheet, limits: Limits) -> list[list[object]]:
    """The rows of a sheet, one more than are allowed at most."""
    found = [[_value(cell) for cell in row] for row in islice(sheet.rows(), limits.rows + 1)]
    width = max(map(len, found), default=0)
    return [row + [None] * (width - len(row)) for row in found]


def _value(cell: Cell) -> object:
    """What a cell holds; an Excel error is not a number, and 5.0 is 5."""
    if cell.data_type == "e":
        return float("nan")
    if cell.value is None and cell.formula:
        return _UNRECKONED
    value = cell.value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _texts(place: str, rows: list[list[Any]], limits: Limits) -> list[tuple[str, ...]]:
    if rows:
        check_shape(place, len(rows), len(rows[0]), limits)
    return [
        tuple(_text(cell, place, number, column) for column, cell in enumerate(row, 1))
        for number, row in enumerate(rows, 1)
    ]


def _table(title: str, place: str, rows: list[tuple[str, ...]]) -> SourceTable:
    first = next(index for index, row in enumerate(rows) if any(row))
    body = tuple(SourceRow(number, row) for number, row in enumerate(rows[first + 1 :], first + 2))
    header = tuple(cell.strip() for cell in rows[first])
    return SourceTable(title, place, header, body, is_optional=True)


def _text(cell: object, place: str, row: int, column: int) -> str:
    """The cell as the text that a CSV file would have."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, str):
        return cell
    if cell is _UNRECKONED:
        reason = tr(
            "row {row}, column {column} holds a formula without a saved result; open the file in "
            "a spreadsheet program and save it",
            row=row,
            column=column,
        )
        raise UnreadableSource(place, reason)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell != cell:  # noqa: PLR0124 - the way to ask for "not a number"
        reason = tr("row {row}, column {column} holds an Excel error", row=row, column=column)
        raise UnreadableSource(place, reason)
    return repr(cell) if isinstance(cell, float) else str(cell)
