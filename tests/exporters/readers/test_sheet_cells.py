"""The streaming reader of sheets sees what openpyxl sees, and refuses what is not honest."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import MAC_EPOCH

from exporters.readers.limits import Limits, UnreadableSource
from exporters.readers.sheet_cells import all_cells
from exporters.readers.workbook import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF), max_size=12)
VALUES = st.one_of(
    st.none(),
    TEXTS.filter(lambda text: not text.startswith("=") and "_x" not in text),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9),
    st.dates(dt.date(1901, 1, 1), dt.date(2100, 1, 1)),
    st.datetimes(dt.datetime(1901, 1, 1), dt.datetime(2100, 1, 1)).map(  # noqa: DTZ001
        lambda moment: moment.replace(microsecond=0)
    ),
    st.times().map(lambda moment: moment.replace(microsecond=0)),
    st.timedeltas(dt.timedelta(0), dt.timedelta(days=3)).map(
        lambda span: dt.timedelta(seconds=int(span.total_seconds()))
    ),
)


def streamed(data: bytes) -> dict[str, list[list[object]]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        found = all_cells(package, {"": "case.xlsx"}, Limits())
    return {title: trimmed(rows) for title, rows in found.items()}


def by_openpyxl(data: bytes) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    sheets: dict[str, list[list[object]]] = {
        sheet.title: [[*row] for row in sheet.values] for sheet in book.worksheets
    }
    return {title: trimmed(rows) for title, rows in sheets.items()}


def trimmed(rows: list[list[object]]) -> list[list[object]]:
    """Without empty cells and rows at the ends; whole numbers are whole however they are kept."""
    kept = []
    for row in rows:
        cells = [None if cell == "" else cell for cell in row]
        cells = [int(c) if isinstance(c, float) and c.is_integer() else c for c in cells]
        while cells and cells[-1] is None:
            cells.pop()
        kept.append(cells)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@given(st.lists(st.lists(VALUES, max_size=5), max_size=5), st.booleans())
def test_values_are_those_that_openpyxl_reads(rows: list[list[object]], mac: bool) -> None:
    book = openpyxl.Workbook()
    if mac:
        book.epoch = MAC_EPOCH
        late = (dt.date, dt.datetime)
        rows = [[None if isinstance(cell, late) else cell for cell in row] for row in rows]
    for row in rows:
        book.worksheets[0].append(row)
    data = saved(book)
    assert streamed(data) == by_openpyxl(data)


def test_sparse_hidden_merged_and_rich_cells() -> None:
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first["C4"] = CellRichText("Old ", TextBlock(InlineFont(b=True), "bold"), " new")
    first["AB2"] = "far"
    first.merge_cells("A6:B7")
    first["A6"] = "merged"
    first["D9"] = "=1+1"
    first["E9"].number_format = "0.00%"
    first["E9"] = 0.25
    hidden = book.create_sheet("Hidden")
    hidden.sheet_state = "hidden"
    hidden["B2"] = "there"
    book.create_sheet("Empty")
    data = saved(book)
    found = streamed(data)
    assert found == by_openpyxl(data)
    assert list(found) == ["Sheet", "Hidden", "Empty"]
    assert found["Sheet"][3][2] == "Old bold new"


def rewritten(data: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for other in old.namelist():
            new.writestr(other, part if other == name else old.read(other))
    return out.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (b'<row><c t="inlineStr"><is><t> a </t></is></c><c><v>2</v></c></row>', [[" a ", 2]]),
        (b'<row><c t="str"><f>A1</f><v>x</v></c><c t="b"><v>1</v></c></row>', [["x", True]]),
        (b'<row r="2"><c r="B2"><v>1e3</v></c></row>', [[], [None, 1000]]),
        (
            (
                b'<row><c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r>'
                b'<rPh sb="0" eb="1"><t>spoken</t></rPh></is></c></row>'
            ),
            [["ab"]],
        ),
        (b'<row><c t="inlineStr"><is/></c><c t="s"/></row>', []),
        (b'<row><c t="d"><v>2013-05-17</v></c></row>', [[dt.date(2013, 5, 17)]]),
    ],
)
def test_cells_as_other_programs_write_them(cells: bytes, wanted: list[list[object]]) -> None:
    data = rewritten(saved(openpyxl.Workbook()), "xl/worksheets/sheet1.xml", SHEET + cells + END)
    assert streamed(data) == {"Sheet": wanted} == by_openpyxl(data)


RELATIONS = "xl/_rels/workbook.xml.rels"
SHARED = (
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<si><t>plain</t></si><si><r><t>Old </t></r><r><t>bold</t></r>"
    b'<rPh sb="0" eb="1"><t>spoken</t></rPh></si><si><t/></si></sst>'
)


def with_shared_texts(shared: bytes) -> bytes:
    """A workbook as Excel saves it, with its texts in a part of their own."""
    data = saved(openpyxl.Workbook())
    cells = b"".join(b'<c t="s"><v>%d</v></c>' % number for number in range(3))
    data = rewritten(data, "xl/worksheets/sheet1.xml", SHEET + b"<row>" + cells + b"</row>" + END)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        relations = package.read(RELATIONS)
        types = package.read("[Content_Types].xml")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="rIdX" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    data = rewritten(
        data, RELATIONS, relations.replace(b"</Relationships>", relation.encode("ascii"))
    )
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{content}"/></Types>'
    data = rewritten(
        data, "[Content_Types].xml", types.replace(b"</Types>", override.encode("ascii"))
    )
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/sharedStrings.xml", shared)
    return out.getvalue()


def test_texts_that_cells_share() -> None:
    data = with_shared_texts(SHARED)
    assert streamed(data) == {"Sheet": [["plain", "Old bold"]]} == by_openpyxl(data)


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (b"<row><c><v>many</v></c></row>", "damaged"),
        (b'<row r="0"><c r="A0"><v>1</v></c></row>', "damaged"),
        (b'<row><c r="@1"><v>1</v></c></row>', "damaged"),
        (b'<row><c t="s"><v>99</v></c></row>', "damaged"),
        (b"<row><c><v>1e999</v></c></row>", "Excel error"),
        (b'<row r="900000"><c r="A900000"><v>1</v></c></row>', "rows"),
        (b'<row r="2"><c r="XFD2"><v>1</v></c></row>', "columns"),
    ],
)
def test_what_no_honest_sheet_holds_is_refused(tmp_path: Path, sheet: bytes, words: str) -> None:
    path = tmp_path / "case.xlsx"
    plain = saved(openpyxl.Workbook())
    path.write_bytes(rewritten(plain, "xl/worksheets/sheet1.xml", SHEET + sheet + END))
    with pytest.raises(UnreadableSource, match=words):
        read_workbook(path, Limits())


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


@pytest.mark.parametrize("part", ["shared", "xl/styles.xml", "xl/workbook.xml"])
def test_entities_are_refused_in_every_part(tmp_path: Path, part: str) -> None:
    path = tmp_path / "case.xlsx"
    plain = saved(openpyxl.Workbook())
    path.write_bytes(with_shared_texts(BOMB) if part == "shared" else rewritten(plain, part, BOMB))
    with pytest.raises(UnreadableSource, match="entities"):
        read_workbook(path, Limits())
