"""Exported workbooks for tests of the way back: written, edited with openpyxl, read again."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import openpyxl

from desktop.export_worker import make_pack
from exporters.excel.workbook import workbook_bytes
from exporters.progress import Silent
from exporters.readers.returned import read_returned
from exporters.request import ExportRequest
from model.commands.exports import record_export
from model.document import Snapshot
from model.redaction import redact
from model.returning.plan import plan_return
from resources.text import use_language, use_pack_language
from tests.packs import DAY, empty_content

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from exporters.request import Pack
    from model.document import Document
    from model.returning.items import ReturnItem
    from model.returning.plan import ReturnPlan


@lru_cache(maxsize=1)
def _tools() -> Pack:
    """A pack whose text engine is used again, because it takes a while to make."""
    return make_pack(empty_content(), ExportRequest(audience="AMBER", as_of=DAY))


def exported(document: Document, path: Path, audience: str = "AMBER", language: str = "en") -> Path:
    """A workbook of a document, which has a note of the export afterwards; needs Qt."""
    copy = redact(document, audience)
    request = ExportRequest(audience=audience, as_of=DAY, language=language)
    pack = replace(_tools(), tables=Snapshot(copy.content, 0), request=request)
    use_pack_language(language)
    try:
        path.write_bytes(workbook_bytes(pack, Silent())[0])
    finally:
        use_language([])
    record_export(document, copy)
    return path


def edit(path: Path, change: Callable[[Any], None]) -> Path:
    """Open the workbook as a recipient would, change it and save it."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    change(book)
    book.save(path)
    return path


def cell(sheet: Any, title: str, row: int) -> Any:
    """The cell of a column by its title."""
    column = next(one.column for one in sheet[1] if one.value == title)
    return sheet.cell(row=row, column=column)


def row_of(sheet: Any, text: str) -> int:
    """The row that has a cell with this text."""
    return next(int(one.row) for row in sheet.iter_rows() for one in row if one.value == text)


def returned(document: Document, path: Path) -> ReturnPlan:
    """The plan of a workbook that came back."""
    return plan_return(document.snapshot(), read_returned(path))


def only(plan: ReturnPlan) -> ReturnItem:
    """The only item of a plan."""
    assert len(plan.items) == 1, plan.items
    return plan.items[0]
