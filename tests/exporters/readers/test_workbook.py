from __future__ import annotations

import datetime as dt
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.xml import DEFUSEDXML

from exporters.readers.limits import Limits, UnreadableSource
from exporters.readers.sources import read_sources
from model.document import Document
from model.importing.plan import plan_import
from tests.cases import small_case, write_case

if TYPE_CHECKING:
    from pathlib import Path

    from model.importing.source import SourceTable


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def read(path: Path, limits: Limits | None = None) -> tuple[SourceTable, ...]:
    (source,) = read_sources([path], limits)
    assert source.name == path.stem
    return source.tables


def test_xml_is_read_by_the_hardened_parser() -> None:
    assert DEFUSEDXML


def test_cells_become_the_texts_that_a_csv_file_would_have(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["id", "a", "b", "c", "d"],
        ["1", dt.date(2013, 5, 17), 2013, 1500.5, True],
        [None, None, None, None, None],
        [7, "NA", "007", None, dt.datetime.fromisoformat("2013-05-17 08:30")],
    ]
    (table,) = read(workbook(tmp_path / "case.xlsx", {"Actors": rows}))
    assert table.place == "case.xlsx, sheet Actors"
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("1", "2013-05-17", "2013", "1500.5", "yes")),
        (3, ("",) * 5),
        (4, ("7", "NA", "007", "", "2013-05-17 08:30:00")),
    ]


def test_the_header_may_stand_below_empty_rows(tmp_path: Path) -> None:
    (table,) = read(workbook(tmp_path / "case.xlsx", {"actors": [[None], ["id"], ["1"]]}))
    assert table.columns == ("id",)
    assert [row.number for row in table.rows] == [3]


def test_a_workbook_imports_like_the_folder(tmp_path: Path) -> None:
    case = small_case()
    sheets: dict[str, list[list[object]]] = {}
    for name, rows in case.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheets[name] = [list(columns)]
        sheets[name] += [[row.get(one) for one in columns] for row in rows]
    path = workbook(tmp_path / "small.xlsx", {**sheets, "scratch": [["anything"], ["at all"]]})
    book = plan_import(Document(), read_sources([path])).report
    folder = plan_import(Document(), read_sources([write_case(tmp_path / "small", case)])).report
    assert book.refused == ()
    assert book.added == folder.added
    assert "small.xlsx, sheet scratch" in [line.file for line in book.warnings]


def test_an_excel_error_is_refused_with_its_cell(tmp_path: Path) -> None:
    path = workbook(tmp_path / "case.xlsx", {"actors": [["id", "name"], ["1", "#REF!"]]})
    with pytest.raises(
        UnreadableSource, match="sheet actors: row 2, column 2 holds an Excel error"
    ):
        read(path)


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "not an Excel workbook"), (b"id,name\n", "not an Excel workbook"),
     (b"\xd0\xcf\x11\xe0old", "password")],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_with_its_name(
    tmp_path: Path, data: bytes, words: str
) -> None:
    path = tmp_path / "case.xlsx"
    path.write_bytes(data)
    with pytest.raises(UnreadableSource, match=words) as caught:
        read(path)
    assert caught.value.message.startswith("case.xlsx: ")


def test_a_renamed_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("photo.jpg", b"x")
    with pytest.raises(UnreadableSource, match="ZIP file, but not an Excel workbook"):
        read(path)


def test_a_workbook_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "case.xlsx", {"actors": [["id"], ["1"]]})
    whole = path.read_bytes()
    for size in range(0, len(whole), 97):
        path.write_bytes(whole[:size])
        with pytest.raises(UnreadableSource):
            read(path)


def test_a_spoilt_part_is_refused_or_makes_no_difference(tmp_path: Path) -> None:
    path = workbook(tmp_path / "case.xlsx", {"actors": [["id"], ["1"]]})
    whole = read(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name in parts:
        for spoilt in (b"", b"<a", parts[name][: len(parts[name]) // 2]):
            with zipfile.ZipFile(path, "w") as package:
                for other, data in parts.items():
                    package.writestr(other, spoilt if other == name else data)
            try:
                assert read(path) == whole, name
            except UnreadableSource:
                continue


def test_entities_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "case.xlsx", {"actors": [["id"], ["1"]]})
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    parts["xl/worksheets/sheet1.xml"] = bomb
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    with pytest.raises(UnreadableSource):
        read(path)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(file_bytes=100), "larger"),
        (Limits(unpacked_bytes=100), "unpacked"),
        (Limits(files=1), "sheets"),
        (Limits(rows=2), "rows"),
        (Limits(columns=1), "columns"),
    ],
)
def test_limits_hold(tmp_path: Path, limits: Limits, words: str) -> None:
    rows: list[list[object]] = [["id", "name"], ["1", "a"], ["2", "b"]]
    path = workbook(tmp_path / "case.xlsx", {"actors": rows, "phases": rows})
    with pytest.raises(UnreadableSource, match=words):
        read(path, limits)
