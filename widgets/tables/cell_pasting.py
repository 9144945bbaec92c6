"""Cells copied in a spreadsheet are pasted into a table, from its current cell on."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from model.commands.pasting import Pasted, paste_cells
from model.refusals import Refusal
from resources.text import plural, tr
from widgets.tables.table_model import RECORD_ID

if TYPE_CHECKING:
    from widgets.tables.record_table import RecordTable


def block_of(text: str) -> list[list[str]]:
    """Rows of cells as spreadsheets put them on the clipboard: tabs, and quotes round new lines.

    Raises:
        Refusal: when a cell is larger than any text that belongs into one.
    """
    lines = StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline="")
    try:
        return [row or [""] for row in csv.reader(lines, delimiter="\t")]
    except csv.Error:
        text = tr("What lies on the clipboard is too large for cells.")
        raise Refusal("paste", text) from None


def paste_into(table: RecordTable, *, as_new: bool = False) -> None:
    """Paste what lies on the clipboard; one step of undo, or a refusal that names the cell.

    Args:
        table: where to; from its current cell on.
        as_new: whether all rows become new records, from the first column on.
    """
    workspace, view = table.workspace, table.view
    if not workspace.may_edit():
        return
    block = workspace.attempt(lambda: block_of(QGuiApplication.clipboard().text())) or []
    if not any(cell.strip() for row in block for cell in row):
        workspace.hinted.emit(tr("No cells lie on the clipboard."))
        return
    header, current = view.horizontalHeader(), view.currentIndex()
    first = 0 if as_new else header.visualIndex(max(current.column(), 0))
    logical = (header.logicalIndex(at) for at in range(first, header.count()))
    fields = [table.records.specs[at] for at in logical if not header.isSectionHidden(at)]
    rows = list(range(max(current.row(), 0), table.rows.rowCount()))
    if as_new:
        rows = []
    elif len(block) == len(block[0]) == 1:
        rows = sorted(index.row() for index in view.selectionModel().selectedRows())
    ids = [str(table.rows.index(row, 0).data(RECORD_ID)) for row in rows]
    pasted: Pasted | None = workspace.attempt(
        lambda: paste_cells(workspace.document, table.table, ids, fields, block)
    )
    if pasted is None:
        return
    words = plural("{count} cell pasted.", "{count} cells pasted.", pasted.cells)
    if pasted.added:
        words += " " + plural("{count} new record.", "{count} new records.", pasted.added)
    workspace.hinted.emit(words)
    if pasted.ids:
        workspace.select((table.table, one) for one in pasted.ids)
