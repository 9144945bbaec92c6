"""The first sheet: what the workbook is, for whom, how much is in it and how to read the marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.excel.cells import cell_xml, row_xml
from exporters.statements import counts_sentence, handling_sentences, limits, marking
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.excel.package import SheetBody
    from exporters.excel.sheets import Book
    from exporters.request import Pack

_LINE_CHARACTERS = 105
"""Characters of prose that fit on a line of the second column."""


def fill_cover(
    book: Book, body: SheetBody, pack: Pack, sheets: Sequence[tuple[str, int]], mark: str
) -> None:
    """Write the cover; `sheets` are the titles of the data sheets and their numbers of records."""
    cover = _Cover(book, body)
    request = pack.request
    cover.line(pack.title or tr("Crosstrack workbook"), "", book.styles.title, height=34)
    cover.line(marking(request.audience), "", book.styles.tlp, height=24)
    cover.gap()
    cover.fact(tr("As of"), request.as_of.isoformat())
    for number, sentence in enumerate(handling_sentences(pack.tables, request.audience)):
        cover.fact(tr("Handling") if number == 0 else "", sentence)
    if pack.tables.project.summary:
        cover.fact(tr("Summary"), pack.tables.project.summary)
    cover.fact(tr("Content"), counts_sentence(pack.tables))
    cover.fact(tr("Mark of this copy"), mark)
    cover.gap()
    cover.line(tr("Sheets"), "", book.styles.heading, height=20)
    for title, count in sheets:
        words = plural("{count} record", "{count} records", count) if count else ""
        cover.link(title, words or tr("Counts and charts"))
    cover.gap()
    cover.line(tr("How to read it"), "", book.styles.heading, height=20)
    for sentence in _reading_notes():
        cover.fact("", sentence)
    cover.gap()
    cover.line(tr("Limits"), "", book.styles.heading, height=20)
    for sentence in limits(pack.tables, request):
        cover.fact("", sentence)
    cover.finish()


def _reading_notes() -> list[str]:
    return [
        tr("The column “Mark” says which records are “not checked” and which “illustrative”."),
        tr(
            "Dates stand exactly as they are known: 2013, 2013-Q2, 2013-05, 2013-05-17; "
            "~ about, < before, > after; open: no planned end."
        ),
        tr(
            "References have two columns: the name for reading and the id that counts. Several "
            "values in one cell are separated by “; ”; the sheet “Several values” has a row for "
            "each. Codes stand beside their labels at the end of each sheet."
        ),
        tr(
            "Edit what you like and send the workbook back: the sender is shown every change. "
            "Leave ids and the last sheet as they are; a new row needs no id."
        ),
        tr("The last sheet, “_columns”, explains every column."),
    ]


class _Cover:
    """Writes rows from the top down."""

    def __init__(self, book: Book, body: SheetBody) -> None:
        self._styles = book.styles
        self._body = body
        self._row = 0
        body.sheet.sheet_view.showGridLines = False
        body.sheet.page_setup.orientation = "portrait"
        body.sheet.page_setup.paperSize = 9  # A4
        body.sheet.page_setup.fitToHeight = 1
        body.sheet.column_dimensions["A"].width = 30
        body.sheet.column_dimensions["B"].width = 96

    def line(self, first: str, second: str, style: int, height: float | None = None) -> None:
        self._row += 1
        cells = [cell_xml(1, self._row, first, style)]
        if second:
            cells.append(cell_xml(2, self._row, second, self._styles.prose))
        self._body.rows.append(row_xml(self._row, cells, height))

    def fact(self, name: str, text: str) -> None:
        lines = sum(max(1, -(-len(one) // _LINE_CHARACTERS)) for one in text.split("\n"))
        self.line(name, text[:30_000], self._styles.prose, height=16.0 * min(lines, 25))

    def link(self, sheet: str, text: str) -> None:
        self.line(sheet, text, self._styles.link)
        self._body.links[f"A{self._row}"] = sheet

    def gap(self) -> None:
        self._row += 1

    def finish(self) -> None:
        self._body.extent = f"A1:B{self._row}"
