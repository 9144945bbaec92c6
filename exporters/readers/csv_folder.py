"""CSV files into plain tables: UTF-8 with or without a mark, commas, a header row; no sniffing."""

from __future__ import annotations

import codecs
import csv
import re
from io import StringIO
from typing import TYPE_CHECKING, Final

from exporters.csv_tables import unguarded
from exporters.readers.limits import UnreadableSource, check_shape, read_bytes
from model.importing.source import SourceRow, SourceTable
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path

from exporters.readers.limits import Limits

_TOO_MANY: Final = re.compile(r"Expected (\d+) fields in line (\d+), saw (\d+)")
_FIRST_BYTES: Final = {
    b"PK\x03\x04": "a ZIP or Excel file",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
}


def read_csv(path: Path, place: str, limits: Limits) -> SourceTable:
    """Read one CSV file.

    Args:
        path: the file.
        place: how messages call it.
        limits: what is refused before any work.

    Raises:
        UnreadableSource: too large, not UTF-8, cut short or uneven; with the line.
        Trouble: the file cannot be read.
    """
    data = read_bytes(path, place, limits)
    text = _decoded(data, place)
    is_guarded = data.startswith(codecs.BOM_UTF8)
    if not text.strip():
        raise UnreadableSource(place, tr("the file is empty; its first row must name the columns"))
    check_shape(place, text.count("\n"), 1, limits)
    rows = _parsed(text, place)
    check_shape(place, len(rows), len(rows[0]), limits)
    header = _header(rows[0], place)
    if is_guarded:
        # Files of our own, and those that Excel has saved since, mark formula-like texts.
        rows = [tuple(unguarded(cell) for cell in cells) for cells in rows]
    body = tuple(SourceRow(number, cells) for number, cells in enumerate(rows[1:], 2))
    return SourceTable(path.stem, place, header, body)


def _decoded(data: bytes, place: str) -> str:
    for start, kind in _FIRST_BYTES.items():
        if data.startswith(start):
            raise UnreadableSource(place, tr("this is {kind}, not a CSV file", kind=tr(kind)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = tr(
            "line {line} is not UTF-8 text; save the file as “CSV UTF-8 (comma delimited)”",
            line=line,
        )
        raise UnreadableSource(place, reason) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        reason = tr("line {line} holds a NUL character; the file is damaged", line=line)
        raise UnreadableSource(place, reason)
    return text


def _parsed(text: str, place: str) -> list[tuple[str, ...]]:
    import pandas as pd  # noqa: PLC0415 - slow to import, and the window must open without it

    try:
        # The slower engine of the two, because the other fills short rows up without a word.
        frame = pd.read_csv(
            StringIO(text),
            header=None,
            dtype=object,
            keep_default_na=False,
            na_filter=False,
            skip_blank_lines=False,
            engine="python",
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise UnreadableSource(place, _reason(str(error), text)) from None
    width = len(frame.columns)
    rows = []
    for number, cells in enumerate(frame.itertuples(index=False, name=None), 1):
        held = sum(cell is not None for cell in cells)
        if held <= 1 and not cells[0]:
            rows.append(("",) * width)  # a blank line
        elif held < width:
            reason = tr(
                "row {number} has {held} cells instead of {width}; it was cut short or a comma is "
                "missing",
                number=number,
                held=held,
                width=width,
            )
            raise UnreadableSource(place, reason)
        else:
            rows.append(tuple(str(cell) for cell in cells))
    return rows


def _reason(error: str, text: str) -> str:
    uneven = _TOO_MANY.search(error)
    if uneven:
        return tr(
            "line {line} has {held} cells instead of {width}; put texts that hold a comma into "
            "double quotes",
            line=uneven[2],
            held=uneven[3],
            width=uneven[1],
        )
    if "unexpected end of data" in error or "EOF" in error:
        return tr("a double quote is opened and never closed; the file is cut short or damaged")
    return tr(
        "a double quote in or before line {line} stands in the wrong place; put the whole text "
        "into double quotes and write those inside it twice",
        line=_line_of_trouble(text),
    )


def _line_of_trouble(text: str) -> int:
    """The line up to which a file follows the rules of CSV."""
    reader = csv.reader(StringIO(text), strict=True)
    try:
        for _ in reader:
            pass
    except csv.Error:
        pass
    return reader.line_num


def _header(cells: tuple[str, ...], place: str) -> tuple[str, ...]:
    header = tuple(cell.strip() for cell in cells)
    if len(header) == 1 and any(sign in header[0] for sign in ";\t|"):
        reason = tr("its columns are not separated by commas; save it again with commas")
        raise UnreadableSource(place, reason)
    return header
