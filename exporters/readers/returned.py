"""A workbook of ours that somebody has edited: every cell with its place, nothing passed over."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from exporters.readers.limits import Limits, UnreadableSource, check_shape, read_bytes
from exporters.readers.own_workbook import (
    GUIDE_SHEET,
    LongTexts,
    Meaning,
    mark_in,
    read_guide,
    read_long_texts,
)
from exporters.readers.workbook import check_package
from model.returning.book import Remark, ReturnedBook, ReturnedCell, ReturnedRow
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from exporters.readers.own_workbook import Guide

_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ />]")
_KEY: Final = re.compile(r"X\d{4,}")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
"""How workbooks write characters that XML cannot hold, and texts that look like that."""
_SHOWN: Final = 80


def read_returned(path: Path, limits: Limits | None = None) -> ReturnedBook:
    """Read a workbook that comes back.

    Raises:
        UnreadableSource: damaged, too large, or not one of our workbooks.
        Trouble: the file cannot be read.
    """
    bounds = limits or Limits()
    place = path.name
    data = read_bytes(path, place, bounds)
    check_package(data, place, bounds)
    book = _opened(data, place)
    sheets = [_Sheet(sheet, place, bounds) for sheet in book.worksheets]
    by_title = {sheet.title: sheet for sheet in sheets}
    guide_rows = by_title[GUIDE_SHEET].texts() if GUIDE_SHEET in by_title else []
    guide, mark = read_guide(guide_rows), mark_in(guide_rows)
    if not guide or not mark:
        reason = tr(
            "its sheet “{sheet}” is missing or was changed, so it cannot be told which record each "
            "row is; use a workbook that still has it",
            sheet=GUIDE_SHEET,
        )
        raise UnreadableSource(place, reason)
    formulas = _with_formulas(data, place)
    long_texts = read_long_texts({one.title: one.texts() for one in sheets}, guide)
    rows: list[ReturnedRow] = []
    remarks: list[Remark] = []
    read: set[str] = set()
    for sheet in sheets:
        remarks += sheet.comments()
        title = _title_in_guide(sheet, guide, by_title)
        if not title:
            remarks += _unread(sheet, guide, long_texts)
            continue
        read.add(title)
        reader = _TableReader(sheet, guide[title], long_texts, formulas.get(sheet.title, {}))
        rows += reader.rows()
        remarks += reader.remarks
    remarks += _missing(guide, read)
    return ReturnedBook(path.name, mark, tuple(rows), tuple(remarks))


def _opened(data: bytes, place: str, *, values: bool = True) -> Any:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl, about parts of no interest here
            return load_workbook(io.BytesIO(data), data_only=values)
    except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile, EOFError, OSError,
            SyntaxError, IndexError, RuntimeError) as error:  # fmt: skip
        # Whatever openpyxl stumbles over in a spoilt package: it has no error of its own for it.
        raise UnreadableSource(place, tr("the workbook is damaged")) from error


def _with_formulas(data: bytes, place: str) -> dict[str, dict[tuple[int, int], str]]:
    """Formulas that the recipient wrote, by sheet and cell; we never write any."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        if not any(_FORMULA.search(package.read(name)) for name in sheets):
            return {}
    found: dict[str, dict[tuple[int, int], str]] = {}
    for sheet in _opened(data, place, values=False).worksheets:
        cells = found.setdefault(sheet.title, {})
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cells[cell.row, cell.column] = str(cell.value)
    return found


class _Sheet:
    """A sheet as rows of cells; the first row is the header."""

    def __init__(self, sheet: Any, place: str, limits: Limits) -> None:
        self.title: str = str(sheet.title)
        self._where = tr("{file}, sheet {sheet}", file=place, sheet=self.title)
        check_shape(self._where, sheet.max_row, sheet.max_column, limits)
        self._sheet = sheet
        self.cells: list[tuple[Any, ...]] = list(sheet.iter_rows())
        self.header = [_text(cell.value).strip() for cell in self.cells[0]] if self.cells else []
        self._texts: list[list[str]] | None = None

    def texts(self) -> list[list[str]]:
        """All cells as texts."""
        if self._texts is None:
            self._texts = [[_text(cell.value) for cell in row] for row in self.cells]
        return self._texts

    def comments(self) -> Iterator[Remark]:
        """What somebody has pinned to cells."""
        for row in self.cells:
            for cell in row:
                if getattr(cell, "comment", None) is not None:
                    text = " ".join(str(cell.comment.text).split())
                    sentence = tr("A comment is pinned here: “{text}”.", text=text[:500])
                    yield Remark(self.title, cell.coordinate, sentence)


def _title_in_guide(sheet: _Sheet, guide: Guide, sheets: Mapping[str, _Sheet]) -> str:
    """What the guide calls a sheet, a renamed one by its columns; "" for one that is no table."""
    if sheet.title in guide:
        return sheet.title
    for title, meanings in guide.items():
        known = [one for one in sheet.header if one in meanings]
        if title not in sheets and len(known) >= 0.8 * len(meanings):
            return title
    return ""


def _unread(sheet: _Sheet, guide: Guide, long_texts: LongTexts) -> Iterator[Remark]:
    """Say of a sheet that somebody has added that it is not read."""
    own = {GUIDE_SHEET, *(title for title, _id, _column in long_texts)}
    if sheet.title in own or sheet.title in guide or not sheet.cells:
        return
    if sheet.title in _own_sheets():
        return
    if any(cell for row in sheet.texts() for cell in row):
        yield Remark(sheet.title, "", tr("This sheet is not part of the export and is not read."))


def _own_sheets() -> set[str]:
    """Sheets that we write and do not read back: they follow from the tables."""
    return {tr("Read me"), tr("Lists"), tr("Long texts"), tr("Dashboard"), tr("Chart data"),
            tr("Several values")}  # fmt: skip


def _missing(guide: Guide, read: set[str]) -> Iterator[Remark]:
    for title in guide:
        if title not in read:
            sentence = tr(
                "The sheet is not in the workbook any more; its records stay as they are."
            )
            yield Remark(title, "", sentence)


class _TableReader:
    """Reads the rows of a table; what has no place in it becomes a remark."""

    def __init__(
        self,
        sheet: _Sheet,
        meanings: Mapping[str, Meaning],
        long_texts: LongTexts,
        formulas: Mapping[tuple[int, int], str],
    ) -> None:
        self._sheet = sheet
        self._meanings = meanings
        self._long_texts = long_texts
        self._formulas = formulas
        self.remarks: list[Remark] = []
        self._columns = self._known_columns()

    def rows(self) -> Iterator[ReturnedRow]:
        table = next(iter(self._meanings.values())).table
        for cells in self._sheet.cells[1:]:
            if not any(_text(cell.value).strip() for cell in cells):
                continue
            row_id, id_place = "", f"A{cells[0].row}"
            found: dict[str, dict[str, ReturnedCell]] = {}
            read = [(at, meaning, self._cell(cells[at])) for at, meaning in self._columns.items()]
            for _at, meaning, cell in read:
                if meaning.part == "id":
                    row_id, id_place = cell.text.strip(), cell.place
            for at, meaning, cell in read:
                if meaning.part != "id":
                    whole = self._whole(cell, row_id, self._sheet.header[at])
                    found.setdefault(meaning.field, {})[meaning.part] = whole
            number = int(cells[0].row)
            yield ReturnedRow(table, self._sheet.title, number, row_id, id_place, found)

    def _known_columns(self) -> dict[int, Meaning]:
        columns: dict[int, Meaning] = {}
        for at, title in enumerate(self._sheet.header):
            meaning = self._meanings.get(title)
            if meaning is None:
                self._remark_on_column(at, title)
            elif meaning in columns.values():
                place = self._sheet.cells[0][at].coordinate
                sentence = tr("The column “{title}” stands twice; the first one counts.",
                              title=title)  # fmt: skip
                self.remarks.append(Remark(self._sheet.title, place, sentence))
            else:
                columns[at] = meaning
        for title, meaning in self._meanings.items():
            if meaning not in columns.values() and meaning.part != "mark":
                sentence = tr("The column “{title}” is not there any more; its values stay as they "
                              "are.", title=title)  # fmt: skip
                self.remarks.append(Remark(self._sheet.title, "", sentence))
        return columns

    def _remark_on_column(self, at: int, title: str) -> None:
        filled = [row[at] for row in self._sheet.cells[1:] if _text(row[at].value).strip()]
        if not filled and not title:
            return
        sentence = plural(
            "The column “{title}” is not part of the export; {count} cell in it is not read.",
            "The column “{title}” is not part of the export; {count} cells in it are not read.",
            len(filled),
            title=title or tr("without a title"),
        )
        self.remarks.append(
            Remark(self._sheet.title, self._sheet.cells[0][at].coordinate, sentence)
        )

    def _cell(self, cell: Any) -> ReturnedCell:
        place = str(cell.coordinate)
        formula = self._formulas.get((cell.row, cell.column))
        if cell.data_type == "e":
            return ReturnedCell(place, str(cell.value), tr("it holds an error of the spreadsheet"))
        if formula is not None and cell.value is None:
            reason = tr(
                "it holds a formula whose result was not saved; put the result in its place"
            )
            return ReturnedCell(place, formula[:_SHOWN], reason)
        value = cell.value
        is_day = isinstance(value, date)
        if is_day and not _shows_days(str(cell.number_format)):
            return ReturnedCell(place, value.strftime("%Y-%m"))
        return ReturnedCell(place, _text(value), is_day=is_day)

    def _whole(self, cell: ReturnedCell, row_id: str, title: str) -> ReturnedCell:
        """The text in full where the cell only says on which sheet it stands."""
        pieces = self._long_texts.get((self._sheet.title, row_id, title))
        if pieces is None or not _KEY.search(cell.text[-12:]):
            return cell
        return ReturnedCell(cell.place, pieces)


def _shows_days(number_format: str) -> bool:
    """Whether a date format shows the day; “mmm-yy” is what Excel makes of a typed month."""
    plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).lower()
    return "d" in plain or not ("m" in plain and "y" in plain)


def _text(value: object) -> str:
    """The content of a cell as text."""
    match value:
        case None:
            return ""
        case str():
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
