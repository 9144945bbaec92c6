"""Sheets of an edited workbook: every cell with its place, its comment and its formula."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from exporters.excel.cells import letters
from exporters.readers.limits import Limits, UnreadableSource, check_shape, entities_in
from exporters.readers.sheet_cells import EMPTY, Cell, opened_sheets
from model.returning.book import Remark, ReturnedCell
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.readers.sheet_cells import OpenedSheet

_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
"""How workbooks write characters that XML cannot hold, and texts that look like that."""
_LONGEST_COMMENT: Final = 500
_SHOWN: Final = 80


def read_sheets(data: bytes, place: str, limits: Limits) -> list[EditedSheet]:
    """All sheets of a workbook.

    Raises:
        UnreadableSource: it is damaged or too large.
    """
    with (
        _damage_named(place),
        opened_sheets(data) as opened,
        zipfile.ZipFile(io.BytesIO(data)) as package,
    ):
        sheets = [EditedSheet(sheet, place, limits) for sheet in opened]
        for sheet, source in zip(sheets, opened, strict=True):
            sheet.comments = list(_comments(package, source.part, sheet.title))
    return sheets


@contextmanager
def _damage_named(place: str) -> Iterator[None]:
    """Say of whatever openpyxl stumbles over that the workbook is damaged: it has no own error."""
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - only needed with openpyxl

    try:
        yield
    except UnreadableSource:
        raise
    except DefusedXmlException:
        raise entities_in(place) from None
    except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile, EOFError, OSError,
            SyntaxError, IndexError, RuntimeError) as error:  # fmt: skip
        raise UnreadableSource(place, tr("the workbook is damaged")) from error


class EditedSheet:
    """A sheet as rows of cells; the first row is the header.

    Attributes:
        is_text: a sheet holds typed cells; where a row ends, its other cells are empty.
        title: of the sheet.
        header: texts of the first row, without blanks at their ends.
        rows: number and cells of each row that holds anything, the header included.
        comments: what somebody has pinned to cells.
    """

    is_text = False

    def __init__(self, sheet: OpenedSheet, place: str, limits: Limits) -> None:
        """Read the cells."""
        self.title = sheet.title
        self.comments: list[Remark] = []
        self.rows: list[tuple[int, list[Cell]]] = []
        where = tr("{file}, sheet {sheet}", file=place, sheet=self.title)
        for number, cells in enumerate(sheet.rows(), 1):
            if any(cell.value is not None or cell.formula for cell in cells):
                check_shape(where, len(self.rows), len(cells), limits)
                self.rows.append((number, cells))
        first = self.rows[0] if self.rows else (0, [])
        self.header = [text_of(cell.value).strip() for cell in first[1]] if first[0] == 1 else []

    def texts(self) -> list[list[str]]:
        """All cells as texts, in rows as wide as the header."""
        width = len(self.header)
        return [
            [text_of(cell.value) for cell in cells[:width]] + [""] * (width - len(cells))
            for _number, cells in self.rows
        ]

    def place(self, number: int, at: int) -> str:
        """What people call a cell."""
        return place_of(number, at)

    def filled(self, at: int) -> int:
        """How many cells below the header of a column hold anything."""
        return sum(
            at < len(cells) and bool(text_of(cells[at].value).strip())
            for _number, cells in self.rows[1:]
        )

    def cell(self, number: int, at: int, cells: Sequence[Any]) -> ReturnedCell:
        """What stands in a cell of a row, empty beyond its end."""
        place = place_of(number, at)
        cell: Cell = cells[at] if at < len(cells) else EMPTY
        value = cell.value
        if value is None and cell.formula:
            reason = tr("it holds a formula without a saved result; write the result")
            return ReturnedCell(place, cell.formula[:_SHOWN], reason)
        if value is None:
            return ReturnedCell(place, "")
        if cell.data_type == "e":
            return ReturnedCell(place, str(value), tr("it holds an error of the spreadsheet"))
        if isinstance(value, date):
            if not _shows_days(cell.number_format):
                return ReturnedCell(place, value.strftime("%Y-%m"))
            return ReturnedCell(place, text_of(value), is_day=True)
        return ReturnedCell(place, text_of(value))


def _shows_days(number_format: str) -> bool:
    """Whether a date format shows the day; “mmm-yy” is what Excel makes of a typed month."""
    plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).lower()
    return "d" in plain or not ("m" in plain and "y" in plain)


def place_of(number: int, at: int) -> str:
    """What people call a cell, B5 for instance; columns count from 0."""
    return f"{letters(at + 1)}{number}"


def _comments(package: zipfile.ZipFile, path: str, title: str) -> Iterator[Remark]:
    """Comments and the first words of threads that belong to a sheet."""
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 - slow to import

    folder, name = posixpath.split(path)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package.namelist():
        return
    for relation in fromstring(package.read(relations)):
        if not str(relation.get("Type", "")).endswith("/comments"):
            continue
        target = str(relation.get("Target", ""))
        part = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        for comment in fromstring(package.read(part)).iter():
            if str(comment.tag).rpartition("}")[2] == "comment":
                text = " ".join("".join(comment.itertext()).split())[:_LONGEST_COMMENT]
                sentence = tr("A comment is pinned here: “{text}”.", text=text)
                yield Remark(title, str(comment.get("ref", "")), sentence)


def text_of(value: object) -> str:
    """The content of a cell as text."""
    match value:
        case None:
            return ""
        case str():
            if "_x" not in value:
                return value
            return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ")
        case date():
            return value.isoformat()
        case float():
            return repr(value).removesuffix(".0")
        case _:
            return str(value)
