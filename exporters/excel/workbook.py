"""The workbook of a pack: cover, one sheet per table, lists, long texts and column guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.excel.cover import fill_cover
from exporters.excel.dashboard import fill_dashboard
from exporters.excel.package import packed
from exporters.excel.sheets import (
    Book,
    add_columns_sheet,
    add_lists_sheet,
    add_long_texts_sheet,
    add_many_sheet,
    add_table_sheet,
    long_texts_title,
)
from exporters.statements import DATA_TABLES
from model.returning.exported import mark_of
from resources.text import plural, tr

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.progress import Progress
    from exporters.request import Pack


def write_workbook(pack: Pack, path: Path, progress: Progress) -> tuple[str, ...]:
    """Write the workbook to a path; returns remarks for the sender."""
    data, remarks = workbook_bytes(pack, progress)
    path.write_bytes(data)
    return remarks


def workbook_bytes(pack: Pack, progress: Progress) -> tuple[bytes, tuple[str, ...]]:
    """The bytes of the workbook, and remarks for the sender."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow, only exports need it

    workbook = Workbook()
    book = Book(workbook, pack.request.audience, pack.request.language)
    if workbook.active is not None:
        workbook.remove(workbook.active)
    lists_title = tr("Lists")
    cover = book.sheet(tr("Read me"))
    wanted = [table for table in DATA_TABLES if pack.tables.table(table)]
    dashboard = book.sheet(tr("Dashboard")) if wanted else None
    sheets = [(dashboard.sheet.title, 0)] if dashboard is not None else []
    titles: dict[str, str] = {}
    for number, table in enumerate(wanted):
        progress.report(0.8 * number / len(wanted), tr("Writing the workbook"))
        body = add_table_sheet(book, pack.tables, table, lists_title, pack.request.as_of)
        sheets.append((body.sheet.title, len(pack.tables.table(table))))
        titles[table] = body.sheet.title
    mark = mark_of(
        {table: pack.tables.table(table) for table in DATA_TABLES}, pack.request.audience
    )
    fill_cover(book, cover, pack, sheets, mark)
    if dashboard is not None:
        fill_dashboard(book, dashboard, pack, titles, tr("Chart data"))
    book.link_references()
    add_many_sheet(book, pack.tables, wanted, tr("Several values"))
    add_lists_sheet(book, lists_title)
    add_long_texts_sheet(book)
    add_columns_sheet(book, mark, cover.sheet.title)
    progress.report(0.85, tr("Packing the workbook"))
    return packed(workbook, book.bodies), _remarks(book)


def _remarks(book: Book) -> tuple[str, ...]:
    count = len(book.long_texts)
    if not count:
        return ()
    return (
        plural(
            "{count} text is too long for a cell and stands in the sheet “{sheet}”.",
            "{count} texts are too long for a cell and stand in the sheet “{sheet}”.",
            count,
            sheet=long_texts_title(),
        ),
    )
