"""A workbook of ours that somebody has edited: every cell with its place, nothing passed over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from exporters.readers.edited_sheets import read_sheets
from exporters.readers.limits import Limits, UnreadableSource, read_bytes
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
from resources.text import in_pack_languages, plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from exporters.readers.edited_sheets import EditedSheet
    from exporters.readers.own_workbook import Guide
    from exporters.readers.returned_folder import TextSheet

_KEY: Final = re.compile(r"X\d{4,}")
_MOST: Final = 0.8
"""Share of a table's columns by which a renamed sheet is known."""


def read_returned(path: Path, limits: Limits | None = None, encoding: str = "") -> ReturnedBook:
    """Read a workbook, or a folder of CSV files, that comes back.

    Args:
        path: the workbook, the folder or any of its CSV files.
        limits: what is refused before any work.
        encoding: of CSV files; found out where it is not given.

    Raises:
        UnreadableSource: damaged, too large, or not one of our exports.
        Trouble: a file cannot be read.
    """
    bounds = limits or Limits()
    if path.is_dir() or path.suffix.lower() == ".csv":
        from exporters.readers.returned_folder import read_folder  # noqa: PLC0415 - it needs ours

        return read_folder(path if path.is_dir() else path.parent, bounds, encoding)
    place = path.name
    data = read_bytes(path, place, bounds)
    check_package(data, place, bounds)
    sheets = read_sheets(data, place, bounds)
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
    others = {one.title: one.texts() for one in sheets if one.title not in guide}
    long_texts = read_long_texts(others, guide)
    rows: list[ReturnedRow] = []
    remarks: list[Remark] = []
    read: dict[str, str] = {}
    for sheet in sheets:
        remarks += sheet.comments
        title = _title_in_guide(sheet, guide, by_title)
        if not title:
            remarks += _unread(sheet, long_texts)
            continue
        read[title] = sheet.title
        reader = TableReader(sheet, title, guide[title], long_texts)
        rows += reader.rows()
        remarks += reader.remarks
    remarks += _missing(guide, read.keys())
    named = {next(iter(guide[one].values())).table: title for one, title in read.items()}
    return ReturnedBook(path.name, mark, tuple(rows), tuple(remarks), named)


def _title_in_guide(sheet: EditedSheet, guide: Guide, sheets: Mapping[str, EditedSheet]) -> str:
    """What the guide calls a sheet, a renamed one by its columns; "" for one that is no table."""
    if sheet.title in guide:
        return sheet.title
    for title, meanings in guide.items():
        known = [one for one in sheet.header if one in meanings]
        if title not in sheets and len(known) >= _MOST * len(meanings):
            return title
    return ""


def _unread(sheet: EditedSheet, long_texts: LongTexts) -> Iterator[Remark]:
    """Say of a sheet that somebody has added that it is not read."""
    if sheet.title == GUIDE_SHEET or sheet.title in _own_sheets() or not sheet.rows:
        return
    if long_texts and sheet.title in in_pack_languages("Long texts"):
        return
    yield Remark(sheet.title, "", tr("This sheet is not part of the export and is not read."))


def _own_sheets() -> set[str]:
    """Sheets that we write and do not read back: they follow from the tables."""
    titles = ("Read me", "Lists", "Dashboard", "Chart data", "Several values")
    return {said for title in titles for said in in_pack_languages(title)}


def _missing(guide: Guide, read: AbstractSet[str]) -> Iterator[Remark]:
    for title in guide:
        if title not in read:
            sentence = tr("The sheet is not in the workbook any more; its records are kept.")
            yield Remark(title, "", sentence)


class TableReader:
    """Reads the rows of a table; what has no place in it becomes a remark."""

    def __init__(
        self,
        sheet: EditedSheet | TextSheet,
        title: str,
        meanings: Mapping[str, Meaning],
        long_texts: LongTexts,
    ) -> None:
        """Find out which column is which; `title` is what the guide calls the sheet."""
        self._sheet = sheet
        self._title = title
        self._meanings = meanings
        self._long_texts = long_texts
        self.remarks: list[Remark] = []
        self._columns = self._known_columns()
        self._id_at = next((at for at, one in self._columns.items() if one.part == "id"), -1)

    def rows(self) -> Iterator[ReturnedRow]:
        """All rows that hold anything."""
        table = next(iter(self._meanings.values())).table
        rows: Sequence[tuple[int, Sequence[Any]]] = self._sheet.rows[1:]
        for number, cells in rows:
            row_id, is_filled = "", False
            found: dict[str, dict[str, ReturnedCell]] = {}
            if 0 <= self._id_at < len(cells):
                row_id = self._sheet.cell(number, self._id_at, cells).text.strip()
            for at, meaning in self._columns.items():
                if meaning.part != "id" and (at < len(cells) or not self._sheet.is_text):
                    read = self._cell(number, at, cells, row_id)
                    found.setdefault(meaning.field, {})[meaning.part] = read
                    is_filled = is_filled or bool(read.text)
            if not row_id and not is_filled:
                continue
            id_place = self._sheet.place(number, max(self._id_at, 0))
            yield ReturnedRow(table, self._sheet.title, number, row_id, id_place, found)

    def _known_columns(self) -> dict[int, Meaning]:
        columns: dict[int, Meaning] = {}
        taken: set[Meaning] = set()
        for at, title in enumerate(self._sheet.header):
            meaning = self._meanings.get(title)
            if meaning is None:
                self._remark_on_column(at, title)
            elif meaning in taken:
                sentence = tr("The column “{title}” stands twice; the first one counts.",
                              title=title)  # fmt: skip
                self.remarks.append(Remark(self._sheet.title, self._sheet.place(1, at), sentence))
            else:
                columns[at] = meaning
                taken.add(meaning)
        for title, meaning in self._meanings.items():
            if meaning not in taken and meaning.part not in {"mark", "code"}:
                sentence = tr("The column “{title}” is not there any more; its values stay as they "
                              "are.", title=title)  # fmt: skip
                self.remarks.append(Remark(self._sheet.title, "", sentence))
        return columns

    def _remark_on_column(self, at: int, title: str) -> None:
        filled = self._sheet.filled(at)
        if not filled and not title:
            return
        sentence = plural(
            "The column “{title}” is not part of the export; {count} cell in it is not read.",
            "The column “{title}” is not part of the export; {count} cells in it are not read.",
            filled,
            title=title or tr("without a title"),
        )
        self.remarks.append(Remark(self._sheet.title, self._sheet.place(1, at), sentence))

    def _cell(self, number: int, at: int, cells: Sequence[Any], row_id: str) -> ReturnedCell:
        found = self._sheet.cell(number, at, cells)
        if self._long_texts and not found.problem and _KEY.search(found.text[-12:]):
            key = (self._title, row_id, self._sheet.header[at])
            return msgspec.structs.replace(found, text=self._long_texts.get(key, found.text))
        return found
