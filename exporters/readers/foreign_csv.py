"""Text tables of other programs: encoding and separator are found out, and said."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from io import StringIO
from typing import Final, NamedTuple

from exporters.readers.limits import Limits, UnreadableSource, check_shape
from exporters.readers.titles import header_at
from model.foreign.table import ForeignTable
from model.importing.source import SourceRow
from resources.text import plural, tr

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FIRST_BYTES: Final = {
    b"pk\x03\x04": "a ZIP or Excel file",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"%pdf": "a PDF",
    b"{\\rtf": "a text document",
    b"<!doctype html": "a web page",
    b"<html": "a web page",
}
_SEPARATORS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_LOOKED_AT: Final = 200
"""Rows by which the separator is found."""
ENCODINGS: Final = ("utf-8", "cp1252", "cp1250", "cp1251", "cp1256", "latin-1", "utf-16")


def read_foreign_csv(
    data: bytes, name: str, place: str, limits: Limits, encoding: str = ""
) -> tuple[ForeignTable, tuple[str, ...], str]:
    """A text table, what was assumed about it, and its encoding.

    Raises:
        UnreadableSource: it is no text table, or uneven.
    """
    rows, separator, assumed = text_rows(data, place, limits, encoding)
    remarks = list(assumed)
    at = header_at([row.cells for row in rows])
    if at:
        rows = rows[at:]
        remarks.append(
            tr("{place}: the columns are named in line {line}; what stands above is not read.",
               place=place, line=rows[0].line)
        )  # fmt: skip
    if separator != ",":
        word = tr(_SEPARATORS[separator])
        remarks.append(tr("{place}: columns are separated by {separator}.", place=place,
                          separator=word))  # fmt: skip
    header = tuple(cell.strip() for cell in rows[0].cells)
    body, uneven = _even(rows[1:], len(header), place)
    if uneven:
        numbers = ", ".join(str(number) for number in uneven[:8])
        remarks.append(
            plural(
                "{place}: {count} row is shorter than the header and was filled up ({rows}).",
                "{place}: {count} rows are shorter than the header and were filled up ({rows}).",
                len(uneven),
                place=place,
                rows=numbers,
            )
        )
    return ForeignTable(name, place, header, body), tuple(remarks), _encoding(data, encoding)


class TextRow(NamedTuple):
    """A row of a text table that holds anything: which one it is, its first line, its cells."""

    number: int
    line: int
    cells: list[str]


def text_rows(
    data: bytes, place: str, limits: Limits, encoding: str = ""
) -> tuple[list[TextRow], str, list[str]]:
    """The rows of a text table, the header first; its separator; what was assumed about it.

    Raises:
        UnreadableSource: it is no text table, or too large.
    """
    text, assumed = _decoded(data, place, encoding)
    if not text.strip():
        raise UnreadableSource(place, tr("the file is empty; its first row must name the columns"))
    check_shape(place, text.count("\n"), 1, limits)
    separator = _separator(text, place)
    rows = _rows(text, separator, place)
    check_shape(place, len(rows), len(rows[0].cells), limits)
    return rows, separator, assumed


def _decoded(data: bytes, place: str, encoding: str) -> tuple[str, list[str]]:
    for start, kind in _FIRST_BYTES.items():
        if data[:40].lstrip().lower().startswith(start):
            reason = tr("this is {kind}, not a text table; save it as CSV where it comes from",
                        kind=tr(kind))  # fmt: skip
            raise UnreadableSource(place, reason)
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    marked = marked or _unmarked_utf_16(data)
    wanted = encoding or marked or "utf-8"
    try:
        text = data.decode(wanted)
    except LookupError:
        known = ", ".join(ENCODINGS)
        reason = tr("“{name}” is no encoding; use one of {known}", name=encoding, known=known)
        raise UnreadableSource(place, reason) from None
    except UnicodeDecodeError as error:
        if encoding or marked:
            line = data.count(b"\n", 0, error.start) + 1
            reason = tr("line {line} is not {encoding} text", line=line, encoding=wanted)
            raise UnreadableSource(place, reason) from None
        return _as_windows(data, place, error.start)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        reason = tr("line {line} holds a NUL character; the file is damaged", line=line)
        raise UnreadableSource(place, reason)
    return text, []


def _unmarked_utf_16(data: bytes) -> str:
    """Which UTF-16 a file without a mark is in, by its many NUL bytes; "" for none."""
    pairs = len(data[:2000]) // 2
    for name, at in (("utf-16-le", 1), ("utf-16-be", 0)):
        held = data[at : pairs * 2 : 2].count(0)
        if (
            pairs
            and len(data) % 2 == 0
            and held > pairs * 0.4 > data[1 - at : pairs * 2 : 2].count(0)
        ):
            return name
    return ""


def _encoding(data: bytes, wanted: str) -> str:
    """By what a file that could be read was read."""
    if wanted:
        return wanted
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if marked or (marked := _unmarked_utf_16(data)):
        return marked
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _as_windows(data: bytes, place: str, start: int) -> tuple[str, list[str]]:
    """Text that is not UTF-8: as Windows writes it in Western Europe, with a word to look at."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        line = data.count(b"\n", 0, start) + 1
        reason = tr("line {line} is neither UTF-8 nor Windows text; it is damaged or no table, "
                    "or its encoding has to be named (--encoding)", line=line)  # fmt: skip
        raise UnreadableSource(place, reason) from None
    word = next((one for one in text.split() if not one.isascii()), "")[:40]
    sentence = tr(
        "{place}: the file is not UTF-8 and was read as Windows text (cp1252), such as “{word}”; "
        "if that looks wrong, choose another encoding.",
        place=place,
        word=word,
    )
    return text, [sentence]


def _separator(text: str, place: str) -> str:
    """The sign that gives the header and the rows below it the same number of cells."""
    best, width, score, first = ",", 1, 0.0, 0
    for sign in _SEPARATORS:
        widths = []
        try:
            for row in csv.reader(StringIO(text), delimiter=sign):
                if row:
                    widths.append(len(row))
                if len(widths) >= _LOOKED_AT:
                    break
        except csv.Error:
            continue
        if not widths:
            continue
        usual, count = Counter(widths).most_common(1)[0]
        same = count / len(widths)
        if max(widths) > 1 and not first:
            first = next((at for at, held in enumerate(widths, 1) if held != widths[0]), 0)
        if usual > 1 and (round(same, 2), usual) > (round(score, 2), width):
            best, width, score = sign, usual, same
    if first and score < 0.5:
        reason = tr("its rows have different numbers of cells, whichever sign separates them; "
                    "the first that differs is row {row}", row=first)  # fmt: skip
        raise UnreadableSource(place, reason)
    return best


def _rows(text: str, separator: str, place: str) -> list[TextRow]:
    found = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for number, row in enumerate(reader, 1):
            if any(cell.strip() for cell in row):
                found.append(TextRow(number, line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            reason = tr("line {line} holds a cell of more than {limit} characters; shorten it",
                        line=line, limit=f"{csv.field_size_limit():,}")  # fmt: skip
            raise UnreadableSource(place, reason) from None
        reason = tr("line {line} cannot be read as a row of a table ({error}); a quotation mark "
                    "may be missing", line=reader.line_num, error=str(error))  # fmt: skip
        raise UnreadableSource(place, reason) from None
    return found


def _even(rows: list[TextRow], width: int, place: str) -> tuple[tuple[SourceRow, ...], list[int]]:
    body, short = [], []
    for number, _line, cells in rows:
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            reason = tr("row {number} has {held} cells instead of {width}; put texts that hold "
                        "the separator into double quotes", number=number, held=len(cells),
                        width=width)  # fmt: skip
            raise UnreadableSource(place, reason)
        if len(cells) < width:
            short.append(number)
        even = (*cells[:width], *[""] * (width - len(cells)))
        body.append(SourceRow(number, tuple(even)))
    return tuple(body), short
