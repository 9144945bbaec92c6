"""The sheets of a workbook: one per table, then drop-down lists, long texts and column guide."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from exporters.excel.aids import add_colours, add_drop_downs, add_hints, hint_of
from exporters.excel.cells import (
    CELL_LIMIT,
    cell_xml,
    letters,
    row_xml,
    split_long,
    utf16_length,
)
from exporters.excel.columns import Column, columns_of, fitted_columns
from exporters.excel.many import many_heads, many_rows
from exporters.excel.package import SheetBody
from exporters.excel.rows import RowWriter
from exporters.excel.styles import Styles, tlp_hex
from exporters.statements import marking
from model.codes import CODE_LISTS
from model.fields import TABLE_SPECS
from resources.text import noted, right_to_left, tr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from openpyxl.workbook import Workbook

    from exporters.excel.columns import CellValue
    from model.fields import FieldSpec
    from model.tables import Tables

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_TITLE_LIMIT: Final = 31
_AZ: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PAGE_WIDTH: Final = 300.0
"""Characters across a printed page; more become too small to read."""
_MOST_LINKS: Final = 40_000
"""Links of one sheet; Excel refuses more than 65,530."""


@dataclass(frozen=True)
class LongText:
    """A text that no cell can hold: where it belongs, and its pieces."""

    key: str
    sheet: str
    record_id: str
    column: str
    pieces: tuple[str, ...]


class Book:
    """A workbook that is being filled, and the bodies of its sheets in order."""

    def __init__(self, workbook: Workbook, audience: str, language: str) -> None:
        """Begin without sheets."""
        self.workbook = workbook
        self.audience = audience
        self.from_right = right_to_left(language)
        self.styles = Styles(workbook, audience, from_right=self.from_right)
        self.bodies: list[SheetBody] = []
        self.long_texts: list[LongText] = []
        self.data_columns: list[tuple[str, str, Column]] = []
        self.rows_of: dict[str, tuple[str, dict[str, int]]] = {}
        self._lists: dict[str, str] = {}
        self._list_heads: dict[str, tuple[str, str]] = {}

    def sheet(self, wanted: str) -> SheetBody:
        """A new sheet at the end, marked and set up for printing."""
        from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

        worksheet = self.workbook.create_sheet(self._free_title(wanted))
        worksheet.sheet_properties.tabColor = tlp_hex(self.audience)
        worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        worksheet.page_setup.orientation = "landscape"
        worksheet.page_setup.paperSize = 8  # A3
        worksheet.page_setup.fitToWidth = 1
        worksheet.page_setup.fitToHeight = 0
        worksheet.sheet_view.rightToLeft = self.from_right
        self._mark(worksheet)
        body = SheetBody(worksheet)
        self.bodies.append(body)
        return body

    def _mark(self, worksheet: Any) -> None:
        for part in (worksheet.oddHeader, worksheet.oddFooter):
            part.right.text = marking(self.audience)
            part.right.size = 12
            part.right.font = "Calibri,Bold"
        worksheet.oddFooter.left.text = worksheet.title.replace("&", "&&")
        worksheet.oddFooter.center.text = "&P / &N"

    def _free_title(self, wanted: str) -> str:
        base = _FORBIDDEN.sub(" ", wanted).strip()[:_TITLE_LIMIT] or "?"
        taken = {title.casefold() for title in self.workbook.sheetnames}
        title, number = base, 1
        while title.casefold() in taken:
            number += 1
            suffix = f" {number}"
            title = base[: _TITLE_LIMIT - len(suffix)] + suffix
        return title

    def list_range(self, list_name: str, column: str, sheet: str) -> str:
        """Where the labels of a code list will stand, for the drop-downs of a column of a sheet."""
        if list_name not in self._lists:
            self._list_heads[list_name] = (column, sheet)
            column = letters(len(self._lists) + 1)
            last = len(CODE_LISTS[list_name].entries) + 1
            self._lists[list_name] = f"${column}$2:${column}${last}"
        return self._lists[list_name]

    def link_references(self) -> None:
        """Turn references into links, once all sheets have their rows."""
        for body in self.bodies:
            for place, (table, record_id) in body.targets.items():
                title, rows = self.rows_of.get(table, ("", {}))
                if record_id in rows:
                    body.row_links.append((place, title, rows[record_id]))

    @property
    def used_lists(self) -> tuple[tuple[str, str], ...]:
        """The code lists with drop-downs in the order of their columns, each with its heading.

        It is that of the first column that offers the list, with its sheet where several are alike.
        """
        said = Counter(column for column, _sheet in self._list_heads.values())
        return tuple(
            (name, column if said[column] == 1 else noted(column, sheet))
            for name, (column, sheet) in self._list_heads.items()
        )


def add_table_sheet(
    book: Book, tables: Tables, table: str, lists_title: str, as_of: dt.date
) -> SheetBody:
    """Add the sheet of a table, with all of its records."""
    records = tables.table(table)
    columns = fitted_columns(columns_of(table), tables, records.values())
    body = book.sheet(TABLE_SPECS[table].title)
    titles = [column.title for column in columns]
    _add_head(book, body, titles, [one.width for one in columns])
    writer = RowWriter(
        book.styles, tables, columns, lambda *text: _short_enough(book, body.sheet.title, *text)
    )
    linked = _linked_columns(columns, len(records))
    for number, record in enumerate(records.values(), start=2):
        body.rows.append(writer.row(number, record))
        for letter, spec in linked:
            target = getattr(record, spec.name)
            if target:
                body.targets[f"{letter}{number}"] = (spec.target_in(record), target)
    book.rows_of[table] = (body.sheet.title, {one: at for at, one in enumerate(records, start=2)})
    _finish_table(body, f"ct_{table}", titles, len(records))
    body.sheet.freeze_panes = "C2" if TABLE_SPECS[table].title_field else "B2"
    _prepare_columns(book, body, columns)
    add_drop_downs(book, body, columns, len(records), lists_title)
    add_hints(body, columns)
    add_colours(body, table, columns, len(records), as_of)
    book.data_columns += [(body.sheet.title, table, column) for column in columns]
    return body


def _linked_columns(columns: Sequence[Column], rows: int) -> list[tuple[str, FieldSpec]]:
    """Columns whose cells lead to the row of the record that they name."""
    found = [
        (letters(at), column.spec)
        for at, column in enumerate(columns, start=1)
        if column.spec is not None and column.part == "names" and column.spec.kind == "reference"
    ]
    return found[: max(0, _MOST_LINKS // max(rows, 1))]


def _prepare_columns(book: Book, body: SheetBody, columns: Sequence[Column]) -> None:
    """Codes can be folded away and are not printed; what is typed as a date stays as it is typed.

    Sheets that are too wide to be read on one page take several, each with the first columns.
    """
    printed = [one for one in columns if one.part != "code"]
    width = sum(one.width for one in printed)
    body.sheet.page_setup.fitToWidth = max(1, ceil(width / _PAGE_WIDTH))
    body.sheet.print_area = (
        f"A1:{letters(len(printed))}{body.extent.rpartition(':')[2].lstrip(_AZ)}"
    )
    body.sheet.print_title_cols = "A:B" if columns[1].part == "value" else "A:A"
    for at, column in enumerate(columns, start=1):
        dimension: Any = body.sheet.column_dimensions[letters(at)]
        if column.part == "code":
            dimension.outlineLevel = 1
        if column.spec is not None and column.spec.kind == "date":
            dimension._style = book.styles.as_array(book.styles.typed)  # noqa: SLF001 - by number


def _short_enough(book: Book, sheet: str, text: str, record_id: str, column: str) -> str:
    """The text, or where to find it if no cell can hold it."""
    if utf16_length(text) <= CELL_LIMIT:
        return text
    key = f"X{len(book.long_texts) + 1:04d}"
    book.long_texts.append(LongText(key, sheet, record_id, column, tuple(split_long(text))))
    return tr("See sheet “{sheet}”, key {key}", sheet=long_texts_title(), key=key)


def long_texts_title() -> str:
    """Title of the sheet that holds texts too long for a cell."""
    return tr("Long texts")


def _add_head(book: Book, body: SheetBody, titles: Sequence[str], widths: Sequence[float]) -> None:
    head = [cell_xml(at, 1, title, book.styles.head) for at, title in enumerate(titles, start=1)]
    body.rows.append(row_xml(1, head, height=30))
    for at, width in enumerate(widths, start=1):
        body.sheet.column_dimensions[letters(at)].width = width


def _finish_table(body: SheetBody, name: str, titles: Sequence[str], count: int) -> None:
    """Make the rows a named table with a filter, its head repeated on each printed page."""
    from openpyxl.worksheet.filters import AutoFilter  # noqa: PLC0415
    from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo  # noqa: PLC0415

    extent = f"A1:{letters(len(titles))}{max(count, 1) + 1}"
    table = Table(displayName=name, name=name, ref=extent)
    table.tableColumns = [TableColumn(id=at, name=one) for at, one in enumerate(titles, start=1)]
    table.autoFilter = AutoFilter(ref=extent)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    body.sheet.add_table(table)
    body.sheet.print_title_rows = "1:1"
    body.sheet.print_options.gridLines = True
    body.extent = extent


def add_lists_sheet(book: Book, title: str) -> None:
    """Add the sheet that drop-downs take their values from: one column per code list."""
    lists = book.used_lists
    if not lists:
        return
    body = book.sheet(title)
    labels = [
        [CODE_LISTS[name].label(code) for code in CODE_LISTS[name].codes] for name, _ in lists
    ]
    heads = [head for _name, head in lists]
    widths = [
        max(map(len, (head, *said))) * 1.1 + 2 for head, said in zip(heads, labels, strict=True)
    ]
    _add_head(book, body, heads, widths)
    body.sheet.page_setup.fitToWidth = max(1, ceil(sum(widths) / _PAGE_WIDTH))
    body.sheet.print_title_rows = "1:1"
    for row in range(max(map(len, labels))):
        cells = [
            cell_xml(at, row + 2, column[row], book.styles.literal)
            for at, column in enumerate(labels, start=1)
            if row < len(column)
        ]
        body.rows.append(row_xml(row + 2, cells))
    body.extent = f"A1:{letters(len(lists))}{len(body.rows)}"
    body.sheet.freeze_panes = "A2"


def add_long_texts_sheet(book: Book) -> None:
    """Add the texts that no cell could hold, in pieces, with what they belong to."""
    if not book.long_texts:
        return
    titles = [tr("Key"), tr("Sheet"), tr("Id"), tr("Column"), tr("Part"), tr("Text")]
    widths = [9.0, 22.0, 9.0, 26.0, 7.0, 90.0]
    rows = _long_text_rows(book.long_texts)
    _add_plain_sheet(book, long_texts_title(), titles, widths, rows, "ct_long_texts")


def _long_text_rows(texts: Iterable[LongText]) -> Iterator[list[CellValue]]:
    for one in texts:
        for number, piece in enumerate(one.pieces, start=1):
            row: list[CellValue] = [one.key, one.sheet, one.record_id, one.column, number, piece]
            yield row


def add_columns_sheet(book: Book, mark: str, cover: str) -> None:
    """Add the guide to all columns, which also tells an importer which column is which field.

    Its last row holds the mark by which the sender's project knows the workbook again.
    """
    titles = [
        *(tr("Sheet"), tr("Column"), tr("Table"), tr("Field"), tr("Part"), tr("Kind")),
        tr("What it means"),
    ]
    _add_plain_sheet(
        book,
        "_columns",
        titles,
        [24, 30, 16, 24, 10, 12, 70],
        [*_column_rows(book.data_columns), _mark_row(mark, cover)],
        "ct_columns",
    )


def _column_rows(columns: Iterable[tuple[str, str, Column]]) -> Iterator[list[CellValue]]:
    for sheet, table, column in columns:
        spec = column.spec
        name = spec.name if spec else "basis"
        kind = spec.kind if spec else "mark"
        hint = hint_of(column) or None
        row: list[CellValue] = [sheet, column.title, table, name, column.part, kind, hint]
        yield row


def _mark_row(mark: str, cover: str) -> list[CellValue]:
    hint = tr("Tells the sender’s project which export this is; keep this sheet as it is.")
    return [cover, tr("Mark of this copy"), "mark", mark, "mark", "mark", hint]


def add_many_sheet(book: Book, tables: Tables, wanted: Sequence[str], title: str) -> None:
    """Add what stands together in one cell elsewhere, one row for each value."""
    rows = list(many_rows(tables, wanted))
    if rows:
        _add_plain_sheet(book, title, many_heads(), [22, 9, 40, 26, 40, 22], rows, "ct_values")


def _add_plain_sheet(
    book: Book,
    title: str,
    titles: list[str],
    widths: list[float],
    rows: Iterable[Sequence[CellValue]],
    table_name: str,
) -> None:
    body = book.sheet(title)
    _add_head(book, body, titles, widths)
    count = 0
    for count, values in enumerate(rows, start=1):
        cells = [
            cell_xml(at, count + 1, value, book.styles.wrapped_literal)
            for at, value in enumerate(values, start=1)
            if value is not None
        ]
        body.rows.append(row_xml(count + 1, cells))
    _finish_table(body, table_name, titles, count)
    body.sheet.freeze_panes = "A2"
