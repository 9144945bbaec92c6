from __future__ import annotations

import re
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring

from exporters.images.svg import svg_text
from model.drawing.primitives import (
    Drawing,
    Ellipse,
    Fill,
    Group,
    Icon,
    Label,
    PathBuilder,
    Polyline,
    Primitive,
    Rect,
    Stroke,
)
from model.drawing.text import TextStyle
from tests.drawing_samples import ARABIC, SCRIPTS, sample_sheet
from widgets.text_engine import QtTextEngine

NAMESPACE = "{http://www.w3.org/2000/svg}"
RED = "#ff0000"


def _parsed(*items: Primitive) -> Any:
    return fromstring(svg_text(Drawing(100, 100, items, None, "A title", "What it says")))


def test_size_title_and_description() -> None:
    root = _parsed()
    assert root.get("viewBox") == "0 0 100 100"
    assert (root.get("width"), root.get("height")) == ("100pt", "100pt")
    assert root.find(f"{NAMESPACE}title").text == "A title"
    assert root.find(f"{NAMESPACE}desc").text == "What it says"


def test_shapes_keep_their_paint() -> None:
    stroke = Stroke(RED, 2, (4, 2), "round")
    (path,) = _parsed(Rect(1, 2, 3, 4, 0, stroke, Fill("#0000ff80"))).findall(f"{NAMESPACE}path")
    assert path.attrib == {
        "d": "M1 2L4 2L4 6L1 6Z",
        "fill": "#0000ff",
        "fill-opacity": "0.502",
        "stroke": "#ff0000",
        "stroke-width": "2",
        "stroke-dasharray": "4 2",
        "stroke-linecap": "round",
    }
    (ellipse,) = _parsed(Ellipse(5, 5, 3, 2, fill=Fill(RED))).findall(f"{NAMESPACE}path")
    assert ellipse.get("d").count("C") == 4
    curve = PathBuilder().move(0, 0).cubic(1, 2, 3, 4, 5, 6).path(stroke)
    (path,) = _parsed(curve).findall(f"{NAMESPACE}path")
    assert (path.get("d"), path.get("fill")) == ("M0 0C1 2 3 4 5 6", "none")
    (path,) = _parsed(Polyline((0, 0, 9, 8), stroke)).findall(f"{NAMESPACE}path")
    assert path.get("d") == "M0 0L9 8"


def test_hatches_are_clipped_to_their_shape() -> None:
    root = _parsed(Rect(10, 10, 20, 20, fill=Fill(RED, "diagonal")))
    clip = root.find(f"{NAMESPACE}defs/{NAMESPACE}clipPath")
    hatch = root.findall(f"{NAMESPACE}path")[1]
    assert hatch.get("clip-path") == f"url(#{clip.get('id')})"


def test_groups_carry_transform_clip_and_words_but_no_record(qapp: object) -> None:
    child = Rect(0, 0, 1, 1, fill=Fill(RED))
    text = svg_text(
        Drawing(9, 9, (Group("actor:K1", (child,), Rect(0, 0, 5, 5), "State", "K1", 3, 4, 2),))
    )
    root: Any = fromstring(text)
    group = root.find(f"{NAMESPACE}g")
    assert group.get("transform") == "translate(3 4) scale(2)"
    assert group.get("aria-label") == "State"
    assert group.find(f"{NAMESPACE}title").text == "State"
    assert "K1" not in text


@pytest.mark.parametrize("text", SCRIPTS)
def test_text_is_outlines_with_its_words_beside(qapp: object, text: str) -> None:
    block = QtTextEngine().layout(text, TextStyle(12))
    root = _parsed(Label(10, 20, block, RED, "#ffffff", 2))
    label = root.find(f"{NAMESPACE}g")
    assert label.get("aria-label") == text
    uses = [use.get("href") for use in root.iter(f"{NAMESPACE}use")]
    names = {f"#{path.get('id')}" for path in root.find(f"{NAMESPACE}defs")}
    assert uses
    assert set(uses) == names
    assert not list(root.iter(f"{NAMESPACE}text"))


def test_equal_glyphs_and_icons_are_defined_once(qapp: object) -> None:
    block = QtTextEngine().layout("oooo", TextStyle(12))
    icons = (Icon("map", 0, 0, 10, RED), Icon("map", 20, 0, 10, RED))
    root = _parsed(Label(0, 0, block, RED), *icons)
    assert len(root.find(f"{NAMESPACE}defs")) == 2
    assert len(list(root.iter(f"{NAMESPACE}use"))) == 6


def test_the_file_is_self_contained_and_the_same_every_time(qapp: object) -> None:
    text = svg_text(sample_sheet(QtTextEngine()))
    assert text == svg_text(sample_sheet(QtTextEngine()))
    assert set(re.findall(r"https?://[^\"]*", text)) == {"http://www.w3.org/2000/svg"}
    assert "secret-record-id" not in text
    assert ARABIC.split()[0] in text
    fromstring(text)


def test_hostile_text_is_only_text(qapp: object) -> None:
    for hostile in ("\"><script>x</script>'", "]]>&lt;", "\x00\ud800\ufffe\x1b", "W" * 10_000):
        block = QtTextEngine().layout(hostile, TextStyle(10), 90, 5)
        text = svg_text(
            Drawing(9, 9, (Group("g", (Label(0, 0, block, RED),), alt=hostile),), None, hostile)
        )
        root = fromstring(text.encode())
        assert not list(root.iter(f"{NAMESPACE}script"))


def test_degenerate_primitives_do_no_harm() -> None:
    root = _parsed(
        Rect(5, 5, 0, 0, fill=Fill(RED, "dots")),
        Polyline((), Stroke(RED), Fill(RED, "cross")),
        PathBuilder().path(Stroke(RED)),
        Icon("no such icon", 0, 0, 0, RED),
        Group("vanished", (Rect(0, 0, 9, 9, fill=Fill(RED)),), scale=0),
    )
    assert root is not None
