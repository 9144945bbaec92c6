"""Excel workbooks into plain tables, bounded, and with hardened XML parsing."""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from exporters.readers.limits import UnreadableSource, read_bytes
from exporters.readers.own_workbook import (
    GUIDE_SHEET,
    mark_in,
    own_table,
    read_guide,
    read_long_texts,
)
from exporters.readers.sheet_cells import all_cells
from exporters.readers.xml_parts import EntityFound
from model.importing.source import SourceRow, SourceTable
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.readers.limits import Limits

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
    places = {"": place}
    sheets = {
        title: _texts(places[title], cells) for title, cells in _cells(data, places, limits).items()
    }
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


def _cells(data: bytes, places: dict[str, str], limits: Limits) -> dict[str, list[list[object]]]:
    place = places[""]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return all_cells(package, places, limits)
    except EntityFound:
        reason = tr("it holds XML entities, which no honest workbook does")
        raise UnreadableSource(place, reason) from None
    except (
        *(KeyError, ValueError, IndexError, StopIteration, zipfile.BadZipFile, zlib.error),
        *(EOFError, OSError, NotImplementedError, RuntimeError),
    ) as error:
        raise UnreadableSource(place, tr("the workbook is damaged")) from error


def _texts(place: str, rows: list[list[object]]) -> list[tuple[str, ...]]:
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
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
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
