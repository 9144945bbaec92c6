"""Files of other programs: read whatever they look like, or refused in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from exporters.readers.foreign import is_native, read_foreign
from exporters.readers.limits import Limits, UnreadableSource
from model.document import Document
from model.foreign.convert import convert
from model.foreign.matching import IN_NOTES, propose, questions, with_column, with_date_order
from model.foreign.names import actor_names, alike
from model.importing.plan import plan_import
from tests.packs import empty_content

if TYPE_CHECKING:
    from pathlib import Path

    from model.foreign.matching import Match
    from model.foreign.table import ForeignFile
    from model.importing.report import ImportReport

KUMU = """{"elements": [
  {"label": "Ministry ", "type": "Government", "description": "Leads", "tags": ["a", "b"]},
  {"label": "Ministry", "type": "Spaceship"},
  {"label": "Women of the Lake", "type": "Women's organisation"}],
 "connections": [
  {"from": "Ministry", "to": "Women of the Lake", "direction": "mutual", "type": "works with"},
  {"from": "Ministry", "to": "Quiet Friends", "label": "funds"}]}"""
GRAPHML = """<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="n" for="node" attr.name="label" attr.type="string"/>
<key id="k" for="node" attr.name="kind" attr.type="string"><default>ngo</default></key>
<key id="w" for="edge" attr.name="weight" attr.type="double"/>
<graph edgedefault="undirected"><node id="a"><data key="n">Alpha</data></node>
<node id="b"><data key="n">Beta</data><data key="k">army</data></node>
<edge source="a" target="b"><data key="w">2.5</data></edge>
<edge source="a" target="c" directed="true"/></graph></graphml>"""


def _file(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def _read(path: Path) -> tuple[ForeignFile, Match, Document, ImportReport]:
    """Read, match and import a file into an empty project."""
    file = read_foreign(path)
    match = propose(file)
    assert questions(file, match) == []
    document = Document(empty_content())
    plan = plan_import(document, [convert(file, match, document)])
    assert plan.report.refused == ()
    plan.apply(document)
    return file, match, document, plan.report


def _told(report: ImportReport) -> str:
    return "\n".join(report.sentences())


def test_elements_and_connections(tmp_path: Path) -> None:
    file, match, document, report = _read(_file(tmp_path / "map.json", KUMU))
    names = [actor.name for actor in document.actors.values()]
    assert sorted(names) == ["Ministry", "Ministry", "Quiet Friends", "Women of the Lake"]
    kinds = {actor.name: actor.kind for actor in document.actors.values()}
    assert kinds["Women of the Lake"] == "womens_organisation"
    links = list(document.linkages.values())
    assert [(one.kind, one.direction) for one in links] == [
        ("coordination", "undirected"), ("coordination", "directed"),
    ]  # fmt: skip
    told = _told(report)
    assert "Quiet Friends" in told
    assert any("Spaceship" in actor.notes for actor in document.actors.values())
    assert any("tags: a; b" in actor.notes for actor in document.actors.values())
    assert alike(actor_names(file, match)) == []


def test_a_graph_with_defaults_mixed_edges_and_a_loose_end(tmp_path: Path) -> None:
    _, _match, document, report = _read(_file(tmp_path / "g.graphml", GRAPHML))
    assert {actor.name: actor.kind for actor in document.actors.values()} == {
        "Alpha": "national_ngo", "Beta": "armed_forces", "c": "other",
    }  # fmt: skip
    assert [one.direction for one in document.linkages.values()] == ["undirected", "directed"]
    assert "not among the nodes" in _told(report)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ("Name;Typ\nBüro;NGO\n".encode("cp1252"), "cp1252"),
        ("Name\tType\nOffice\tNGO\n".encode("utf-16"), "tab"),
        (b"Name|Type\nOffice|NGO\n", "bar"),
        (b"\xef\xbb\xbfName,Type\nOffice,NGO\n", "rows become actors"),
    ],
)
def test_encodings_and_separators_are_found_and_said(
    tmp_path: Path, data: bytes, word: str
) -> None:
    _, _match, document, report = _read(_file(tmp_path / "organisations.csv", data))
    assert len(document.actors) == 1
    assert word in _told(report)


def test_a_list_of_edges_makes_the_actors_that_it_names(tmp_path: Path) -> None:
    path = _file(tmp_path / "list.csv", "Source,Target,Type\nA,B,funding\nB,C,ally\n")
    _, _match, document, _report = _read(path)
    assert sorted(one.name for one in document.actors.values()) == ["A", "B", "C"]
    assert [one.kind for one in document.linkages.values()] == ["funding", "alliance"]


def test_dates_that_can_be_read_both_ways_are_asked_about(tmp_path: Path) -> None:
    text = "Event name,Date\nSigning,03/04/2020\nCeasefire,05/06/2021\n"
    file = read_foreign(_file(tmp_path / "events.csv", text))
    match = propose(file)
    assert match.tables[0].table == "milestones"
    (question,) = questions(file, match)
    assert "--dates" in question.options
    match = with_date_order(file, match, "dmy", swap=False)
    assert questions(file, match) == []
    document = Document(empty_content())
    plan_import(document, [convert(file, match, document)]).apply(document)
    dates = [one.date.iso() for one in document.milestones.values() if one.date]
    assert dates == ["2020-04-03", "2021-06-05"]


def test_a_date_that_does_not_fit_is_refused_with_its_row(tmp_path: Path) -> None:
    text = "Event name,Date\nA,25/12/2020\nB,12/25/2020\n"
    file = read_foreign(_file(tmp_path / "events.csv", text))
    match = with_date_order(file, propose(file), "dmy", swap=False)
    document = Document(empty_content())
    report = plan_import(document, [convert(file, match, document)]).report
    assert [line.rows for line in report.refused] == [(3,)]
    match = with_date_order(file, match, "dmy", swap=True)
    assert plan_import(document, [convert(file, match, document)]).report.refused == ()


def test_near_names_are_offered_and_factions_are_not(tmp_path: Path) -> None:
    names = ["Free Movement", "free movement ", "Free  Movement", "Free Movment", "Front (I)",
             "Front (II)", "Brigade 313", "Brigade 314", "Abu\u200b Group"]  # fmt: skip
    text = "Name\n" + "".join(f"{name}\n" for name in names)
    file = read_foreign(_file(tmp_path / "groups.csv", text))
    pairs = alike(actor_names(file, propose(file)))
    assert [(one.kept, one.other, one.same) for one in pairs] == [
        ("Free Movement", "free movement", True), ("Free Movement", "Free Movment", False),
    ]  # fmt: skip


def test_merged_names_become_one_actor_and_keep_their_linkages(tmp_path: Path) -> None:
    import msgspec

    book = openpyxl.Workbook()
    nodes = book.active
    assert nodes is not None
    nodes.title = "Elements"
    for row in (["ID", "Label"], ["1", "Free Movement"], ["2", "Free Movment"], ["3", "State"]):
        nodes.append(row)
    edges = book.create_sheet("Connections")
    for row in (["From", "To", "Type"], ["3", "2", "Conflict"]):
        edges.append(row)
    book.save(tmp_path / "map.xlsx")
    file = read_foreign(tmp_path / "map.xlsx")
    match = msgspec.structs.replace(propose(file), merged={"Free Movment": "Free Movement"})
    document = Document(empty_content())
    plan_import(document, [convert(file, match, document)]).apply(document)
    names = {one.id: one.name for one in document.actors.values()}
    (link,) = document.linkages.values()
    assert sorted(names.values()) == ["Free Movement", "State"]
    assert (names[link.from_id], names[link.to_id]) == ("State", "Free Movement")


def test_ends_that_the_project_knows_are_its_own_actors(tmp_path: Path) -> None:
    from model import records as r

    content = empty_content()
    content["actors"]["un"] = r.Actor(id="un", name="United Nations")
    document = Document(content)
    file = read_foreign(_file(tmp_path / "x.csv", "From,To\nunited nations,Someone\n"))
    plan_import(document, [convert(file, propose(file), document)]).apply(document)
    (link,) = document.linkages.values()
    assert link.from_id == "un"
    assert len(document.actors) == 2


def test_amounts_and_countries(tmp_path: Path) -> None:
    text = ("Donor,Recipient,Amount,Currency,Start date\n"
            'Norway,Office,"1,500,000",USD,2020-01\nEU,Office,250000.50,EUR,2021\n')  # fmt: skip
    _, _match, document, _report = _read(_file(tmp_path / "grants.csv", text))
    assert [str(one.amount) for one in document.funding.values()] == ["1500000", "250000.50"]


def test_a_column_can_be_given_to_another_field(tmp_path: Path) -> None:
    file = read_foreign(_file(tmp_path / "groups.csv", "Name,Remarks on role\nA,leads\n"))
    match = with_column(file, propose(file), 0, "Remarks on role", "added_value")
    assert match.tables[0].columns[1].field == "added_value"
    match = with_column(file, match, 0, "Remarks on role", IN_NOTES)
    assert match.tables[0].columns[1].field == IN_NOTES


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.json", b"{", "damaged"),
        ("a.json", b"[1, 2]", "no list of objects"),
        ("a.json", b'[{"a": 1}', "damaged"),
        ("a.gexf", b"<gexf><graph>", "damaged"),
        ("a.graphml", b"<html/>", "neither GraphML nor GEXF"),
        ("a.gexf", b"<gexf><graph/></gexf>", "no rows"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"a,b\n", "no rows"),
        ("a.csv", b"PK\x03\x04", "ZIP"),
        ("a.csv", b"a,b\n1,2,3\n", "row 2 has 3 cells"),
        ("a.csv", b'a,b\n"1,2\n', "row of a table"),
        ("a.csv", b"a,b\n\x00,1\n", "NUL"),
        ("a.csv", b"a,b\n\x81,1\n", "encoding"),
        ("a.xlsx", b"PK\x03\x04broken", "damaged"),
        ("a.docx", b"PK", "end in"),
        (
            "a.gexf",
            b'<!DOCTYPE a [<!ENTITY x "y">]><gexf>&x;</gexf>',
            "entities",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    tmp_path: Path, name: str, data: bytes, word: str
) -> None:
    with pytest.raises(UnreadableSource, match=word):
        read_foreign(_file(tmp_path / name, data))


def test_tables_beyond_the_limits_are_refused_before_any_work(tmp_path: Path) -> None:
    path = _file(tmp_path / "big.csv", "Name,Type\n" + "x,y\n" * 50)
    with pytest.raises(UnreadableSource, match="more than 20 rows"):
        read_foreign(path, Limits(rows=20))
    wide = _file(tmp_path / "wide.json", "[" + ",".join(f'{{"a{n}": 1}}' for n in range(30)) + "]")
    with pytest.raises(UnreadableSource, match="more than 200 cells"):
        read_foreign(wide, Limits(cells=200))


def test_our_own_graph_comes_in_with_its_codes_and_without_repetitions(
    tmp_path: Path, qapp: object
) -> None:
    from exporters.exchange.gexf import write_gexf
    from exporters.progress import Silent
    from tests.packs import sample_pack

    pack = sample_pack("mindanao", "AMBER")
    write_gexf(pack, tmp_path / "map.gexf", Silent())
    _, match, document, report = _read(tmp_path / "map.gexf")
    assert sorted(one.name for one in document.actors.values()) == sorted(
        one.name for one in pack.tables.actors.values()
    )
    kinds = sorted(one.kind for one in document.linkages.values())
    assert kinds == sorted(one.kind for one in pack.tables.linkages.values())
    left = {one.column for one in match.tables[0].columns if not one.field}
    assert {"label", "kind_label", "tracks_label"} <= left
    assert "repeats" in _told(report)


def test_our_own_layout_is_told_from_others(tmp_path: Path) -> None:
    assert is_native(_file(tmp_path / "actors.csv", "id,name\n1,A\n"))
    assert not is_native(_file(tmp_path / "actors.tsv", "id\tname\n1\tA\n"))
    assert not is_native(_file(tmp_path / "people.csv", "id,name\n1,A\n"))
    assert is_native(tmp_path)
