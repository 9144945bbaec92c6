"""Workbooks that Excel opens without a word about repairs."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from functools import lru_cache

import pytest

from exporters.excel.workbook import workbook_bytes
from exporters.progress import Silent
from model import records as r
from model.identifiers import CountingIds
from resources.text import pack_languages, use_pack_language
from tests.exporters.excel.excel_rules import faults
from tests.packs import empty_content, pack_of, put, sample_pack


@pytest.fixture(autouse=True)
def _qt(qapp: object) -> None:
    """Packs shape text."""


@lru_cache(maxsize=1)
def _sample_book() -> bytes:
    return workbook_bytes(sample_pack("mindanao", "RED"), Silent())[0]


def _awkward() -> bytes:
    """A project with what is hard on a spreadsheet: long, odd and empty texts."""
    content = empty_content("O'Brien's [plan]: a/b * \\ ?" + "x" * 40)
    new_id = CountingIds("a")
    for name in ("=1+1", "'quoted'", "a\nb", "_x0041_", "x" * 40_000, "\U0001f54a" * 20_000):
        put(content, "actors", r.Actor(id=new_id(), tlp="CLEAR", name=name, notes=name))
    first = next(iter(content["actors"]))
    line = r.FundingLine(id=new_id(), tlp="CLEAR", donor_id=first, recipient_id=first,
                         amount=Decimal("0.10"), currency="USD")  # fmt: skip
    put(content, "funding", line)
    return workbook_bytes(pack_of(content), Silent())[0]


@pytest.mark.parametrize("language", ["en", *pack_languages()])
@pytest.mark.parametrize("name", ["mindanao", "myanmar", "mali"])
def test_samples_have_nothing_that_excel_repairs(name: str, language: str) -> None:
    use_pack_language(language)
    try:
        data, _remarks = workbook_bytes(sample_pack(name, "RED", language=language), Silent())
    finally:
        use_pack_language("en")
    assert faults(data) == []


def test_awkward_and_empty_projects_have_nothing_that_excel_repairs() -> None:
    assert faults(_awkward()) == []
    assert faults(workbook_bytes(pack_of(empty_content()), Silent())[0]) == []


@pytest.mark.parametrize(
    ("part", "was", "becomes", "words"),
    [
        ("xl/tables/table1.xml", b'name="Name"', b'name="Names"', "is not the column"),
        ("xl/tables/table1.xml", b'name="Name"', b'name="ID"', "two columns called id"),
        ("xl/tables/table2.xml", b'id="2"', b'id="1"', "two tables with id"),
        ("xl/tables/table1.xml", b'displayName="ct_actors"', b'displayName="AB1"', "called so"),
        ("xl/workbook.xml", b'name="Roles"', b'name="Actors"', "two sheets called"),
        ("xl/workbook.xml", b'name="Roles"', b'name="A:B"', "cannot be called"),
        ("xl/worksheets/sheet3.xml", b'prompt="', b'prompt="' + b"x" * 255, "longer than 255"),
        ("xl/worksheets/sheet3.xml", b' s="', b' s="9', "a format that is not there"),
        ("xl/worksheets/sheet3.xml", b'<row r="2"', b'<row r="1"', "comes after"),
        ("xl/worksheets/sheet3.xml", b"'!A18", b"s'!A18", "which is not there"),
        ("xl/worksheets/sheet3.xml", b"<hyperlinks>", b"<drawing/><hyperlinks>", "out of order"),
        ("xl/worksheets/sheet3.xml", b"</sheetData>", b"</sheetDat>", "is no XML"),
        ("xl/_rels/workbook.xml.rels", b"theme1.xml", b"theme2.xml", "is missing"),
        ("[Content_Types].xml", b"/xl/tables/table1.xml", b"/xl/tables/t.xml", "typed and missing"),
    ],
)
def test_each_fault_is_found(part: str, was: bytes, becomes: bytes, words: str) -> None:
    data = _sample_book()
    spoilt = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(spoilt, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert was in content
                content = content.replace(was, becomes, 1)
            target.writestr(name, content)
    assert any(words in one for one in faults(spoilt.getvalue()))
