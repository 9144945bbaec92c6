"""Cells and their formulas are read in whatever way a program has written a sheet."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from exporters.readers.limits import Limits, UnreadableSource
from exporters.readers.returned import read_returned
from exporters.readers.sheet_cells import Cell, opened_sheets
from exporters.readers.workbook import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
AS_EXCEL = f"""<x:worksheet xmlns:x="{MAIN}"><x:sheetData>
<x:row r="1" spans="1:3"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="C1" t="str"><x:f>1&amp;2</x:f>
<x:v>12</x:v></x:c></x:row><x:row r="4"><x:c r="A4" t="b"><x:v>1</x:v></x:c>
<x:c r="B4" t="e"><x:v>#REF!</x:v></x:c><x:c r="C4"><x:f>SUM(A1)</x:f></x:c>
<x:c r="D4"><x:v>1E3</x:v></x:c><x:c r="E4" s="9"/>
<x:c r="F4" t="str"><x:f>""</x:f><x:v></x:v></x:c></x:row>
<x:row><x:c t="inlineStr"><x:is><x:r><x:t>one </x:t></x:r><x:r><x:t>two</x:t></x:r>
<x:rPh sb="0" eb="1"><x:t>spoken</x:t></x:rPh></x:is></x:c><x:c><x:v>2.5</x:v></x:c></x:row>
</x:sheetData></x:worksheet>"""


def _rows(data: bytes) -> list[tuple[int, list[Cell]]]:
    with opened_sheets(data) as sheets:
        rows = [row for sheet in sheets for row in enumerate(sheet.rows(), 1)]
    return [(number, cells) for number, cells in rows if cells]


def _with_sheet(xml: str) -> bytes:
    """A workbook whose first sheet is this."""
    book: Any = openpyxl.Workbook()
    book.active.append(["shared"])
    made, spoilt = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(spoilt, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = xml.encode()
            if name in {"xl/sharedStrings.xml", "[Content_Types].xml"}:
                continue
            target.writestr(name, content)
        types = source.read("[Content_Types].xml").replace(
            b"</Types>",
            b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.'
            b'openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
        )
        if b"sharedStrings" in source.read("[Content_Types].xml"):
            types = source.read("[Content_Types].xml")
        target.writestr("[Content_Types].xml", types)
        shared = f'<sst xmlns="{MAIN}"><si><t>shared</t></si></sst>'
        target.writestr("xl/sharedStrings.xml", shared)
    return spoilt.getvalue()


def test_what_other_programs_write_is_understood() -> None:
    rows = dict(_rows(_with_sheet(AS_EXCEL)))
    assert list(rows) == [1, 4, 5]
    assert [one.value for one in rows[1]] == ["shared", None, "12"]
    assert [(one.value, one.data_type, one.formula) for one in rows[4]] == [
        (True, "b", ""), ("#REF!", "e", ""), (None, "n", "=SUM(A1)"), (1000.0, "n", ""),
        (None, "n", ""), ("", "s", '=""'),
    ]  # fmt: skip
    assert [one.value for one in rows[5]] == ["one two", 2.5]


def test_a_formula_without_a_result_is_no_empty_cell(tmp_path: Path) -> None:
    book: Any = openpyxl.Workbook()
    book.active.append(["Name", "Sum"])
    book.active.append(["Alpha", "=1+1"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableSource, match="row 2, column 2 holds a formula without"):
        read_workbook(tmp_path / "a.xlsx", Limits())


def test_days_moments_and_spans(tmp_path: Path) -> None:
    for epoch in (WINDOWS_EPOCH, MAC_EPOCH):
        book: Any = openpyxl.Workbook()
        book.epoch = epoch
        values = [dt.datetime(2024, 2, 3), dt.datetime(2024, 2, 3, 4, 30), dt.timedelta(hours=30)]  # noqa: DTZ001
        book.active.append(values)
        book.save(tmp_path / "days.xlsx")
        ((_number, cells),) = _rows((tmp_path / "days.xlsx").read_bytes())
        assert [one.value for one in cells] == values


@pytest.mark.parametrize(
    ("xml", "error"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>', ValueError),
        (f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData><row>', SyntaxError),
        (f'<r xmlns="{MAIN}"><row><c r="ZZZZ1"><v>1</v></c></row></r>', ValueError),
    ],
)
def test_damaged_sheets_and_entities_are_refused(
    tmp_path: Path, xml: str, error: type[Exception]
) -> None:
    data = _with_sheet(xml)
    with pytest.raises(error):
        _rows(data)
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    words = "XML entities|damaged"
    for read in (lambda: read_workbook(path, Limits()), lambda: read_returned(path)):
        with pytest.raises(UnreadableSource, match=words):
            read()
