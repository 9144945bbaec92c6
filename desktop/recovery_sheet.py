"""The recovery sheet as a page: the same for the printer and as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from model.storage.identities import key_groups
from model.storage.recovery import open_without_us, sheet_sentences
from resources.text import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPagedPaintDevice

    from model.storage.recovery import Sheet

_MARGIN_MM = 20
_COLUMNS = 5
_TITLE, _HEADING, _TEXT, _SMALL, _KEY = 20, 12, 10.5, 8, 17
_GAP, _PADDING = 9, 14
"""Before a paragraph and around a group; both at 96 dots an inch, as Qt counts them."""


def sheet_pdf(sheet: Sheet) -> bytes:
    """The sheet as a PDF of one page."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator("Crosstrack")
    writer.setResolution(300)
    set_page(writer)
    print_sheet(writer, sheet)
    del writer  # the end of the file is written when it goes
    return bytes(buffer.data().data())


def set_page(device: QPagedPaintDevice) -> None:
    """A4, upright, with room for holes."""
    page = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
        QPageLayout.Unit.Millimeter,
    )
    device.setPageLayout(page)


def print_sheet(device: QPagedPaintDevice, sheet: Sheet) -> None:
    """Draw the sheet on a page."""
    document = QTextDocument()
    document.setDefaultFont(_font(_TEXT))
    document.documentLayout().setPaintDevice(device)
    document.setDocumentMargin(0)
    document.setPageSize(QSizeF(device.width(), device.height()))
    cursor = QTextCursor(document)
    _write(cursor, tr("Recovery sheet"), _font(_TITLE, bold=True))
    _write(cursor, sheet.name, _font(_HEADING, bold=True))
    for sentence in sheet_sentences():
        _write(cursor, sentence, _font(_TEXT))
    _write(cursor, tr("The key"), _font(_HEADING, bold=True))
    _write(cursor, tr("It begins with AGE-SECRET-KEY-1, then come these groups:"), _font(_TEXT))
    _groups(cursor, sheet)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    _write(
        cursor,
        tr(
            "In it are only digits and capital letters; never 1, B, I or O. A mistyped key is "
            "noticed, so a wrong letter opens nothing and harms nothing."
        ),
        _font(_SMALL),
    )
    _write(cursor, tr("With Crosstrack"), _font(_HEADING, bold=True))
    _write(
        cursor,
        tr(
            "Open the project and type the key in place of the passphrase, beginning with "
            "AGE-SECRET-KEY-1; gaps, hyphens and small letters do not matter."
        ),
        _font(_TEXT),
    )
    _write(cursor, tr("Without Crosstrack"), _font(_HEADING, bold=True))
    _write(cursor, open_without_us()[0], _font(_TEXT))
    for command in sheet.commands("sheet.key"):
        _write(cursor, command, _font(_TEXT, fixed=True), close=True)
    _write(cursor, open_without_us()[1], _font(_TEXT))
    blank = "_" * 12
    _write(cursor, tr("Typed back on: {day}  by: {name}", day=blank, name=blank), _font(_TEXT))
    document.print_(device)


def _groups(cursor: QTextCursor, sheet: Sheet) -> None:
    groups = key_groups(sheet.key)
    form = QTextTableFormat()
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorder(1)
    form.setBorderCollapse(True)
    form.setCellPadding(_PADDING)
    share = QTextLength(QTextLength.Type.PercentageLength, 100 / _COLUMNS)
    form.setColumnWidthConstraints([share] * _COLUMNS)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    rows = -(-len(groups) // _COLUMNS)
    table = cursor.insertTable(rows, _COLUMNS, form)
    for at, group in enumerate(groups):
        inner = table.cellAt(at // _COLUMNS, at % _COLUMNS).firstCursorPosition()
        inner.insertText(f"{at + 1}  ", _format(_font(_SMALL)))
        inner.insertText(group, _format(_font(_KEY, bold=True, fixed=True)))


def _write(cursor: QTextCursor, text: str, font: QFont, *, close: bool = False) -> None:
    block = QTextBlockFormat()
    block.setTopMargin(0 if close else _GAP)
    if cursor.document().isEmpty():
        cursor.setBlockFormat(block)
        cursor.setCharFormat(_format(font))
    else:
        cursor.insertBlock(block, _format(font))
    cursor.insertText(text, _format(font))


def _format(font: QFont) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFont(font)
    return form


def _font(points: float, *, bold: bool = False, fixed: bool = False) -> QFont:
    font = QGuiApplication.font()
    if fixed:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(points)
    font.setBold(bold)
    return font
