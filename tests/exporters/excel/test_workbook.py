from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
import openpyxl
import pytest

from exporters.excel.cells import CELL_LIMIT, letters, split_long, utf16_length
from exporters.excel.workbook import workbook_bytes
from exporters.progress import Silent
from model import records as r
from model.codes import CODE_LISTS
from model.dates import parse_date
from model.fields import FIELDS
from model.identifiers import CountingIds
from resources.text import pack_languages, use_pack_language
from tests.packs import empty_content, pack_of, put, sample

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from model.document import Content

NASTY = [
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\ttab",
    "'quoted",
    "<b>&amp;</b>",
    "_x0041_ stays",
    "  spaces  ",
    "two\nlines",
    "تنسق البعثة",
    "မြန်မာ",
]


@pytest.fixture(autouse=True)
def _qt(qapp: object) -> None:
    """Packs shape text."""


def _book(content: Content, audience: str = "GREEN") -> tuple[bytes, Workbook]:
    data, _remarks = workbook_bytes(pack_of(content, audience), Silent())
    return data, openpyxl.load_workbook(io.BytesIO(data))


def _actors(*names: str) -> Content:
    content = empty_content()
    new_id = CountingIds("a")
    for name in names:
        put(content, "actors", r.Actor(id=new_id(), tlp="CLEAR", name=name, notes=name))
    return content


def _column(book: Workbook, sheet: str, title: str) -> list[object]:
    rows = list(book[sheet].iter_rows(values_only=True))
    at = rows[0].index(title)
    return [row[at] for row in rows[1:]]


def test_user_text_stays_literal_text_whatever_it_begins_with() -> None:
    data, book = _book(_actors(*NASTY))
    # openpyxl does not undo the escape that Excel and LibreOffice undo
    read = [str(value).replace("_x005F_", "_") for value in _column(book, "Actors", "Name")]
    assert sorted(read) == sorted(NASTY)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert not re.search(rb"<f[ >/]", archive.read(name))
    formula_like = [cell for cell in book["Actors"]["B"] if str(cell.value).startswith("=")]
    assert len(formula_like) == 1
    assert all(cell.quotePrefix for cell in formula_like)


def test_dates_are_real_days_only_where_the_day_is_known() -> None:
    content = empty_content()
    for number, text in enumerate(["2013", "2013-Q2", "~2013-05", "<2014", "open", "2013-05-17"]):
        phase = r.Phase(id=f"h{number}", tlp="CLEAR", label=text, start=parse_date(text))
        put(content, "phases", phase)
    _data, book = _book(content)
    by_label = dict(
        zip(_column(book, "Phases", "Label"), _column(book, "Phases", "Start"), strict=True)
    )
    assert by_label.pop("2013-05-17") == datetime(2013, 5, 17)  # noqa: DTZ001
    assert all(label == value for label, value in by_label.items())


def test_long_texts_are_split_and_reported_never_cut() -> None:
    long = "Zürich 𝒜 " * 9_000
    content = _actors("A")
    actor = msgspec.structs.replace(content["actors"]["a-000001"], notes=long, needs="x" * 32_767)
    put(content, "actors", actor)
    data, remarks = workbook_bytes(pack_of(content), Silent())
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert len(remarks) == 1
    assert _column(book, "Actors", "Needs") == ["x" * 32_767]
    assert _column(book, "Actors", "Notes") == ["See sheet “Long texts”, key X0001"]
    pieces = _column(book, "Long texts", "Text")
    assert "".join(map(str, pieces)) == long
    assert len(pieces) > 1


def test_pieces_of_long_texts_each_fit_as_excel_counts() -> None:
    for text in ("a" * 100_000, "𝒜" * 50_000, "a𝒜" * 30_001):
        pieces = split_long(text)
        assert "".join(pieces) == text
        assert max(map(utf16_length, pieces)) <= CELL_LIMIT


def test_nothing_in_the_file_tells_who_when_or_where() -> None:
    data, _book_read = _book(sample())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
        app = archive.read("docProps/app.xml").decode()
        names = archive.namelist()
    assert not re.search(r"creator|modified|created|openpyxl|lastModifiedBy", core)
    assert "openpyxl" not in app
    assert not [name for name in names if "custom" in name or "calcChain" in name]


def test_every_sheet_is_visible_marked_and_a_named_table() -> None:
    _data, book = _book(sample(), "AMBER+STRICT")
    assert {sheet.sheet_state for sheet in book.worksheets} == {"visible"}
    assert book.sheetnames[0] == "Read me"
    assert book.sheetnames[-1] == "_columns"
    for sheet in book.worksheets:
        for part in (sheet.oddHeader, sheet.oddFooter):
            assert part is not None
            assert part.right.text == "TLP:AMBER+STRICT"
            assert part.right.size == 12
    actors = book["Actors"]
    (table,) = actors.tables.values()
    assert table.ref == actors.dimensions
    assert [column.name for column in table.tableColumns] == [cell.value for cell in actors[1]]
    assert actors.freeze_panes == "C2"
    assert book["Read me"]["A2"].value == "TLP:AMBER+STRICT"


def test_all_visible_records_are_there_with_names_ids_and_marks() -> None:
    content = sample()
    _data, book = _book(content, "AMBER+STRICT")
    for sheet, table in (("Actors", "actors"), ("Linkages", "linkages"), ("Postings", "postings")):
        assert len(_column(book, sheet, "Id")) == len(content[table])
    names = dict(zip(_column(book, "Actors", "Id"), _column(book, "Actors", "Name"), strict=True))
    froms = zip(
        _column(book, "Linkages", "From"), _column(book, "Linkages", "From id"), strict=True
    )
    assert all(names[end_id] == name for name, end_id in froms)
    marks = _column(book, "Actors", "Mark")
    unchecked = sum(one.basis == "public_memory" for one in content["actors"].values())
    assert marks.count("not checked") == unchecked > 0
    assert "Postings" not in _book(content, "GREEN")[1].sheetnames


def test_drop_downs_offer_the_labels_of_the_code_list() -> None:
    _data, book = _book(sample())
    kinds = FIELDS["actors"]["kind"].codes
    assert kinds is not None
    at = [cell.value for cell in book["Actors"][1]].index("Kind") + 1
    rules = [
        rule
        for rule in book["Actors"].data_validations.dataValidation
        if f"{letters(at)}2" in rule.sqref
    ]
    (rule,) = rules
    sheet, _, area = rule.formula1.replace("'", "").partition("!")
    offered = [row[0].value for row in book[sheet][area.replace("$", "")]]
    assert offered == [kinds.label(code) for code in kinds.codes]


@pytest.mark.parametrize("language", ["en", *pack_languages()])
def test_labels_lead_back_to_one_code_each(language: str) -> None:
    use_pack_language(language)
    try:
        for codes in CODE_LISTS.values():
            labels = [codes.label(code) for code in codes.codes]
            assert len(set(labels)) == len(labels), codes.name
            assert [codes.code_of(label) for label in labels] == list(codes.codes), codes.name
    finally:
        use_pack_language("")


def test_the_guide_names_every_column_of_every_sheet() -> None:
    _data, book = _book(sample())
    guide = list(book["_columns"].iter_rows(values_only=True))[1:]
    for sheet in ("Actors", "Linkages", "Funding"):
        told = [row[1] for row in guide if row[0] == sheet]
        assert told == [cell.value for cell in book[sheet][1]]
    *columns, mark = guide
    assert all(row[3] in FIELDS[str(row[2])] for row in columns)
    assert mark[2] == "mark"


def test_amounts_are_numbers_unless_a_spreadsheet_would_round_them() -> None:
    content = empty_content()
    for number, amount in enumerate(["3000000", "0", "12345678901234567.89"]):
        line = r.FundingLine(id=f"f{number}", tlp="CLEAR", amount=Decimal(amount), currency="USD")
        put(content, "funding", line)
    put(content, "funding", r.FundingLine(id="f9", tlp="CLEAR"))
    _data, book = _book(content)
    found = set(_column(book, "Funding", "Amount"))
    assert found == {3_000_000, 0, "12345678901234567.89", None}


def test_the_same_copy_gives_the_same_bytes() -> None:
    assert _book(sample())[0] == _book(sample())[0]


def test_an_empty_project_makes_a_workbook_too() -> None:
    _data, book = _book(empty_content())
    assert book.sheetnames == ["Read me", "_columns"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_shows_text_as_text(tmp_path: Path) -> None:
    data, _book_read = _book(_actors(*NASTY))
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        [
            "soffice",
            home,
            "--headless",
            "--convert-to",
            sheet,
            "--outdir",
            str(tmp_path),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (made,) = tmp_path.glob("book-Actors.csv")
    text = made.read_text(encoding="utf-8")
    for name in ("=HYPERLINK", "+1+1", "-2+3", "@SUM(A1)", "_x0041_ stays", "မြန်မာ"):
        assert name.replace('"', '""') in text


def test_rows_are_as_high_as_their_texts_need() -> None:
    long = "An office with a long name that needs lines " * 3
    _, book = _book(_actors("Short", long, "two\nlines"))
    sheet = book["Actors"]
    names = _column(book, "Actors", "Name")
    heights = {name: sheet.row_dimensions[row].height for row, name in enumerate(names, start=2)}
    assert heights["Short"] is None
    assert heights["two\nlines"] == 30
    assert heights[long] >= 45


def test_the_dashboard_counts_and_charts_what_is_there() -> None:
    _data, book = _book(sample(), "RED")
    sheet = book["Dashboard"]
    texts = {cell.value: cell.row for cell in sheet["A"] if cell.value}
    assert sheet.cell(row=texts["State"], column=2).value == 11
    charts = [chart.tagname for chart in sheet._charts]  # type: ignore[attr-defined]
    assert charts == ["barChart"] * 5
    data = book["Chart data"]
    assert [cell.value for cell in data[1]][:2] == ["Month", "No funding line"]  # nothing else is
    money = sheet._charts[3]  # type: ignore[attr-defined]
    assert money.series[0].graphicalProperties.solidFill.srgbClr == "8A94A3"
    names = {row[0].value: row for row in data.iter_rows(min_col=1, max_col=4)}
    signed = names["Joint statement resuming talks"]
    assert signed[2].value == 1  # it is signed on one day and does not go on


def test_gaps_of_money_are_charted_only_for_those_who_see_everything() -> None:
    content = empty_content()
    put(
        content,
        "funding",
        r.FundingLine(id="f", tlp="CLEAR", start=parse_date("2024"), end=parse_date("2024"),
                      status="committed"),
    )  # fmt: skip
    _data, book = _book(content, "GREEN")
    heads = [cell.value for cell in book["Chart data"][1]]
    assert heads[:2] == ["Month", "Committed"]
    assert book["Chart data"]["B13"].value == 1


def test_columns_are_no_wider_than_what_stands_in_them() -> None:
    _data, book = _book(sample())
    sheet = book["Actors"]
    widths = {
        cell.value: sheet.column_dimensions[letters(at)].width
        for at, cell in enumerate(sheet[1], start=1)
    }
    assert widths["Positions"] < 20  # nobody has written any
    assert widths["Level"] < widths["Name"] == 30
    assert sheet.print_options.gridLines


def test_lists_are_called_like_the_columns_that_offer_them() -> None:
    _data, book = _book(sample())
    heads = [str(cell.value) for cell in book["Lists"][1]]
    assert len(set(heads)) == len(heads)
    assert {"Kind (Actors)", "Kind (Linkages)", "TLP label"} <= set(heads)


def test_references_lead_to_the_row_that_they_name() -> None:
    data, book = _book(sample())
    sheet = book["Linkages"]
    names = {cell.value: cell.column or 0 for cell in sheet[1]}
    link = sheet.cell(row=2, column=names["From"]).hyperlink
    assert link is not None
    row = int(str(link.location).removeprefix("'Actors'!A"))
    named = sheet.cell(row=2, column=names["From id"]).value
    assert book["Actors"].cell(row=row, column=1).value == named
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            assert b"TargetMode" not in package.read(name), name


def test_codes_stand_beside_their_labels_for_pivot_tables() -> None:
    _data, book = _book(sample())
    sheet = book["Actors"]
    names = {cell.value: cell.column for cell in sheet[1]}
    labels = {one.value for one in next(sheet.iter_cols(names["Kind"], names["Kind"], 2))}
    codes = {one.value for one in next(sheet.iter_cols(names["Kind code"], names["Kind code"], 2))}
    assert "Armed group" in labels
    assert "armed_group" in codes
    values = list(book["Several values"].iter_rows(values_only=True))
    assert ("Actors", "Tracks", "Track III", "T3") in {(r[0], r[3], r[4], r[5]) for r in values}


def test_headings_explain_themselves_and_values_have_colours() -> None:
    _data, book = _book(sample())
    sheet = book["Linkages"]
    hints = {str(one.sqref): one.prompt for one in sheet.data_validations.dataValidation}
    names = {cell.value: letters(cell.column) for cell in sheet[1]}
    assert "keep apart" in hints[f"{names['Decision']}1"]
    formats = [rule.formula for one in sheet.conditional_formatting for rule in one.rules]
    assert ['"Keep apart"'] in formats
    assert sheet.column_dimensions[names["Start"]].number_format == "@"
