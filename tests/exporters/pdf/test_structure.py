"""Screen readers: headings, paragraphs in order, pictures with descriptions, no decoration."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from exporters.pdf.briefing import briefing_bytes
from exporters.progress import Silent
from exporters.request import Recipe
from model import records as r
from tests.packs import empty_content, pack_of, put, sample


@pytest.fixture(autouse=True)
def _qt(qapp: object) -> None:
    """Packs shape text."""


@pytest.fixture(scope="module")
def briefing(qapp: object) -> bytes:
    """A briefing of the sample with pictures, tables, lists and links."""
    recipe = Recipe(sections=("map", "timeline", "actors", "limits"))
    return briefing_bytes(pack_of(sample(), recipe=recipe), Silent())


def _elements(data: bytes) -> list[tuple[str, str, str]]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        return [found[1:] for found in _walk(pdf.Root.StructTreeRoot.K)]


def _walk(element: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str, str, str]]:
    """All elements in reading order: where they stand, role, text, description."""
    found = []
    for one in element.K:
        role = str(one.S)
        found.append((path, role, str(one.get("/ActualText", "")), str(one.get("/Alt", ""))))
        if isinstance(one.get("/K"), pikepdf.Array):
            found += _walk(one, (*path, role))
    return found


def test_pictures_are_described_and_sections_are_headings(briefing: bytes) -> None:
    found = _elements(briefing)
    figures = [alt for role, _text, alt in found if role == "/Figure"]
    assert figures
    assert all(figures)
    headings = [text for role, text, _alt in found if role == "/H1"]
    assert headings == ["Contents", "Map", "Timeline", "Actors", "Limits of this pack"]


@pytest.mark.parametrize(
    "name", ["مجلس الشمال (UN)", "मध्यस्थता परिषद", "ငြိမ်းချမ်းရေး ကော်မရှင်", "Совет мира"]
)
def test_names_of_all_scripts_are_read_in_logical_order(name: str) -> None:
    content = empty_content()
    put(content, "actors", r.Actor(id="a", tlp="CLEAR", name=name))
    pack = pack_of(content, recipe=Recipe(sections=("actors",)))
    texts = [text for _role, text, _alt in _elements(briefing_bytes(pack, Silent()))]
    assert name in texts


def test_every_number_of_marked_content_has_one_element() -> None:
    pack = pack_of(sample("mali"), recipe=Recipe(sections=("map", "linkages")))
    with pikepdf.open(io.BytesIO(briefing_bytes(pack, Silent()))) as pdf:
        tree: Any = pdf.Root.StructTreeRoot.ParentTree.Nums
        for number, page in enumerate(pdf.pages):
            commands = pikepdf.parse_content_stream(page)
            marked = [
                int(one.operands[1].MCID)
                for one in commands
                if str(one.operator) == "BDC" and "/MCID" in one.operands[1]
            ]
            assert marked == list(range(len(tree[2 * number + 1])))
            begun = sum(str(one.operator) in {"BDC", "BMC"} for one in commands)
            assert begun == sum(str(one.operator) == "EMC" for one in commands)


def test_tables_have_rows_and_cells_and_repeated_heads_are_decoration() -> None:
    pack = pack_of(sample(), recipe=Recipe(sections=("activities",)))
    with pikepdf.open(io.BytesIO(briefing_bytes(pack, Silent()))) as pdf:
        assert len(pdf.pages) > 4
        found = _walk(pdf.Root.StructTreeRoot.K)
    tables = [role for _path, role, *_rest in found if role == "/Table"]
    assert tables == ["/Table"]  # one table over several pages
    heads = [path for path, role, *_rest in found if role == "/TH"]
    assert heads == [("/Table", "/TR")] * 4
    rows = sum(role == "/TR" for _path, role, *_rest in found)
    assert rows == 1 + len(pack.tables.activities)
    cells = {path for path, role, *_rest in found if role == "/TD"}
    assert cells == {("/Table", "/TR")}
    texts = [text for path, _role, text, _alt in found if path[-1:] == ("/TH",)]
    assert texts == ["When", "Activity", "Who", "Lead consulted"]


def test_points_are_lists_and_contents_are_a_table_of_contents() -> None:
    pack = pack_of(sample(), recipe=Recipe(sections=("limits",)))
    with pikepdf.open(io.BytesIO(briefing_bytes(pack, Silent()))) as pdf:
        found = _walk(pdf.Root.StructTreeRoot.K)
    roles = [role for _path, role, *_rest in found]
    assert roles.count("/L") == 1
    assert roles.count("/LI") > 4
    assert {path for path, role, *_rest in found if role == "/LBody"} == {("/L", "/LI")}
    assert {path for path, role, *_rest in found if role == "/TOCI"} == {("/TOC",)}


def test_links_are_in_the_contents_and_say_where_they_lead(briefing: bytes) -> None:
    with pikepdf.open(io.BytesIO(briefing)) as pdf:
        root = pdf.Root.StructTreeRoot
        keys = dict(
            zip(list(root.ParentTree.Nums)[::2], list(root.ParentTree.Nums)[1::2], strict=True)
        )
        links = [one for page in pdf.pages for one in page.obj.get("/Annots", ())]
        assert links
        for link in links:
            element = keys[link.StructParent]
            assert (str(element.S), str(element.P.S)) == ("/Link", "/TOCI")
            assert element.K.Obj.objgen == link.objgen != (0, 0)
        titles = [str(link.Contents) for link in links]
        assert {"Map", "Actors", "Limits of this pack"} <= set(titles)
        assert max(keys) < root.ParentTreeNextKey


def test_pictures_say_where_they_stand(briefing: bytes) -> None:
    with pikepdf.open(io.BytesIO(briefing)) as pdf:
        figures = [one for one in pdf.Root.StructTreeRoot.K.K if one.S == "/Figure"]
        assert figures
        for figure in figures:
            left, bottom, right, top = (float(side) for side in figure.A.BBox)
            width, height = (float(side) for side in list(figure.Pg.MediaBox)[2:])
            assert 0 <= left < right <= width
            assert 0 <= bottom < top <= height
