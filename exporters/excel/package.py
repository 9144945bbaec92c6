"""Packing of a workbook: in memory, with fixed dates, without names of people or programs.

openpyxl makes styles, tables, settings and relations; rows come ready as XML from
`exporters.excel.cells`. openpyxl by itself would put each sheet into a temporary file in clear,
stamp the zip with the local clock and the properties with the time of saving, which together tell
the time zone (safety study, finding 7).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_FIXED_DATE: Final = (1980, 1, 1, 0, 0, 0)
_CORE: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties"/>'
)
_APP: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"/>'
)
_REPLACED: Final = {"docProps/core.xml": _CORE, "docProps/app.xml": _APP}


@dataclass
class SheetBody:
    """The rows of a sheet as XML, its extent and its links.

    Attributes:
        links: cell to sheet.
        targets: cell to the record that it names, before it is known where that will stand.
        row_links: cell, sheet and row.
    """

    sheet: Worksheet
    rows: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    targets: dict[str, tuple[str, str]] = field(default_factory=dict)
    row_links: list[tuple[str, str, int]] = field(default_factory=list)
    extent: str = "A1"


def packed(workbook: Workbook, bodies: list[SheetBody]) -> bytes:
    """The bytes of the workbook with its sheets' rows put in."""
    from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415 - slow, only exports need it

    by_title = {body.sheet.title: body for body in bodies}
    memory = BytesIO()
    archive = _FixedZip(memory, "w", ZIP_DEFLATED, compresslevel=6)

    class Writer(ExcelWriter):  # a class of its own, because its base is imported late
        def write_worksheet(self, ws: Any) -> None:
            archive.writestr(ws.path[1:], _sheet_xml(ws, by_title[ws.title]))
            self.manifest.append(ws)

    Writer(workbook, archive).save()
    return memory.getvalue()


class _FixedZip(ZipFile):
    """A zip whose entries tell nothing about when, where and by whom it was made."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_rest: Any, **_more: Any) -> None:
        entry = ZipInfo(str(zinfo_or_arcname), _FIXED_DATE)
        entry.compress_type = ZIP_DEFLATED
        entry.create_system = 0
        entry.external_attr = 0
        super().writestr(entry, _REPLACED.get(entry.filename, data))


def _sheet_xml(sheet: Any, body: SheetBody) -> bytes:
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing  # noqa: PLC0415
    from openpyxl.worksheet._writer import WorksheetWriter  # noqa: PLC0415
    from openpyxl.worksheet.hyperlink import Hyperlink  # noqa: PLC0415

    sheet._drawing = SpreadsheetDrawing()  # noqa: SLF001 - as openpyxl's own writer does
    sheet._drawing.charts = sheet._charts  # noqa: SLF001 - the same
    sheet.calculate_dimension = lambda: body.extent
    stream = BytesIO()
    writer: Any = WorksheetWriter(sheet, stream)
    writer.write_top()
    writer.write_rows()
    links = [(place, target, 1) for place, target in body.links.items()] + body.row_links
    if links:
        sheet._hyperlinks.append(Hyperlink(ref="A1", location="A1"))  # noqa: SLF001 - replaced below
    writer.write_tail()
    writer.close()
    sheet._rels = writer._rels  # noqa: SLF001
    head, tail = _around_rows(stream.getvalue())
    if links:
        tail = _with_links(tail, links)
    return b"".join([head, "".join(body.rows).encode("utf-8"), tail])


def _with_links(tail: bytes, links: list[tuple[str, str, int]]) -> bytes:
    """The end of a sheet with its links; thousands are too many for objects of openpyxl."""
    xml = "".join(
        f'<hyperlink ref="{place}" location={quoteattr(_location(sheet, row))}/>'
        for place, sheet, row in links
    )
    before, _, rest = tail.partition(b"<hyperlinks>")
    _, _, after = rest.partition(b"</hyperlinks>")
    return b"".join([before, b"<hyperlinks>", xml.encode("utf-8"), b"</hyperlinks>", after])


@lru_cache(maxsize=4096)
def _location(sheet: str, row: int) -> str:
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!A{row}"


def _around_rows(xml: bytes) -> tuple[bytes, bytes]:
    """What stands before and after the rows of a sheet that was written without any."""
    for empty in (b"<sheetData/>", b"<sheetData />", b"<sheetData></sheetData>"):
        head, found, tail = xml.partition(empty)
        if found:
            return head + b"<sheetData>", b"</sheetData>" + tail
    raise ValueError("openpyxl wrote a sheet without a place for rows")
