"""What files of people look like: titles above the header, merged cells, hidden sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from exporters.readers.foreign import read_foreign
from exporters.readers.limits import UnreadableSource
from exporters.readers.sources import read_sources
from model.document import Document
from model.foreign.convert import convert
from model.foreign.matching import propose, with_table
from model.foreign.names import alike
from model.importing.plan import plan_import
from tests.packs import empty_content

if TYPE_CHECKING:
    from pathlib import Path

    from model.foreign.table import ForeignFile

HEADER = "Name,Type,Country\n"
ROWS = "Ministry of Peace,Government,Mali\nÉlders’ Council,NGO,Niger\n"
DYNAMIC = """<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph mode="dynamic">
<attributes class="node" mode="dynamic"><attribute id="0" title="kind" type="string"/></attributes>
<nodes><node id="a" label="Alpha"><attvalues><attvalue for="0" value="NGO" end="2021-01-01"/>
<attvalue for="0" value="army" start="2021-01-01"/></attvalues></node><node id="b"/></nodes>
<edges><edge id="e" source="a" target="b"><spells><spell start="2021-03-01" end="2021-09-01"/>
<spell start="2020-03-01" end="2020-06-01"/></spells></edge></edges></graph></gexf>"""


def _brought_in(file: ForeignFile) -> tuple[Document, str]:
    document = Document(empty_content())
    plan = plan_import(document, [convert(file, propose(file), document)])
    assert plan.report.refused == ()
    plan.apply(document)
    return document, "\n".join(plan.report.sentences())


def _book(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Actors"
    for row in (["Who we met, May"], [], ["Region", "Name"], ["North", "Alpha"], [None, "Beta"],
                ["South", "Gamma"]):  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A4:A5")
    others = book.create_sheet("More actors")
    for row in (["Name", "Type"], ["Delta", "NGO"], ["Epsilon", "NGO"]):
        others.append(row)
    hidden = book.create_sheet("Working list")
    for row in (["Name", "Type"], ["Nobody's business", "NGO"]):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def test_titles_merged_cells_and_hidden_sheets_of_a_workbook(tmp_path: Path) -> None:
    file = read_foreign(_book(tmp_path / "who.xlsx"))
    document, told = _brought_in(file)
    notes = {actor.name: actor.notes for actor in document.actors.values()}
    assert set(notes) == {"Alpha", "Beta", "Gamma", "Delta", "Epsilon"}
    assert "North" in notes["Beta"]
    assert "South" in notes["Gamma"]
    assert "sheet Actors: the columns are named in row 3" in told
    assert "1 merged cell" in told
    assert "sheet Working list: this table was left out" in told
    match = with_table(file, propose(file), 2, "actors")
    assert match.tables[2].table == "actors"


def test_rows_of_two_sheets_are_never_taken_for_one(tmp_path: Path) -> None:
    """Both have a row 2 and no ids."""
    book = openpyxl.Workbook()
    for title in ("Actors in the north", "Actors in the south"):
        sheet = book.create_sheet(title)
        sheet.append(["Name"])
        sheet.append([f"{title}: council"])
    book.save(tmp_path / "two.xlsx")
    document, _told = _brought_in(read_foreign(tmp_path / "two.xlsx"))
    assert len(document.actors) == 2


def test_a_title_above_the_columns_of_a_text_table(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "List of our counterparts\n\nName;Type\nAlpha;NGO\nBeta;NGO\n", encoding="utf-8"
    )
    file = read_foreign(path)
    assert file.tables[0].columns == ("Name", "Type")
    assert [row.number for row in file.tables[0].rows] == [4, 5]
    assert any("line 3" in remark for remark in file.remarks)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_a_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes((HEADER + ROWS).encode(encoding))
    file = read_foreign(path)
    assert file.tables[0].rows[1].cells[0] == "Élders’ Council"
    assert file.encoding.startswith("utf-16")


def test_the_encoding_that_was_guessed_is_told_and_another_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Name,Type\nСовет,NGO\n".encode("cp1251"))
    assert read_foreign(path).encoding == "cp1252"
    file = read_foreign(path, encoding="cp1251")
    assert (file.encoding, file.tables[0].rows[0].cells[0]) == ("cp1251", "Совет")


def test_periods_of_a_dynamic_graph_are_read_from_first_to_last(tmp_path: Path) -> None:
    path = tmp_path / "map.gexf"
    path.write_text(DYNAMIC, encoding="utf-8")
    document, told = _brought_in(read_foreign(path))
    (link,) = document.linkages.values()
    assert link.start is not None
    assert link.end is not None
    assert (link.start.iso(), link.end.iso()) == ("2020-03-01", "2021-09-01")
    assert "1 node or edge is there in several periods" in told
    assert "1 node or edge has values that change over time" in told
    assert {actor.name for actor in document.actors.values()} == {"Alpha", "b"}
    assert "1 row has no name and is called by its id" in told


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.ods", b"PK\x03\x04", "save it as an Excel workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "save it as an Excel workbook"),
        ("a.png", b"\x89PNG", ".graphml"),
        ("a.csv", b"%PDF-1.4\n1 0 obj\n", "a PDF"),
        ("a.csv", b"<!DOCTYPE html>\n<p>\n", "a web page"),
        ("a.csv", b"Name,Notes\nA," + b"x" * 140_000 + b"\n", "line 2 holds a cell of more than"),
        ("a.csv", b"Name,Notes\nA,b,c,d\nB\nC,d,e\n", "row 2"),
        ("a.csv", b"Name,Notes\n" + b"A,b\n" * 100_001, "more than 100,000 rows; keep"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableSource, match=words) as refused:
        read_foreign(path)
    assert str(refused.value).startswith(name)
    if not name.endswith(".csv"):
        with pytest.raises(UnreadableSource, match=words):
            read_sources([path])


@pytest.mark.parametrize(
    ("first", "second", "offered"),
    [
        ("Government of Iceland", "Government of Ireland", False),
        ("Supporters of PNP", "Supporters of BNP", False),
        ("Ministry of Peace", "Ministry of Peece", True),
        ("SUPREME COUNCIL OF PEACE", "SUPREME COUNCIL OF PEECE", True),
    ],
)
def test_countries_and_abbreviations_tell_names_apart(
    first: str, second: str, *, offered: bool
) -> None:
    assert bool(alike([first, second])) is offered
