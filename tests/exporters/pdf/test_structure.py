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


def _elements(data: bytes) -> list[tuple[str, str, str]]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        root: Any = pdf.Root.StructTreeRoot
        return [
            (str(one.S), str(one.get("/ActualText", "")), str(one.get("/Alt", "")))
            for one in root.K.K
        ]


def test_pictures_are_described_and_sections_are_headings() -> None:
    recipe = Recipe(sections=("map", "timeline", "actors"))
    found = _elements(briefing_bytes(pack_of(sample(), recipe=recipe), Silent()))
    figures = [alt for role, _text, alt in found if role == "/Figure"]
    assert figures
    assert all(figures)
    headings = [text for role, text, _alt in found if role == "/H1"]
    assert headings == ["Contents", "Map", "Timeline", "Actors", "Sources and limits"]


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
