from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from exporters.pdf.canvas import PdfPainter, new_canvas
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

if TYPE_CHECKING:
    from pathlib import Path

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler-utils is not installed"
)
RED = "#ff0000"


def _pdf(drawing: Drawing) -> bytes:
    stream = BytesIO()
    canvas = new_canvas(stream, (drawing.width, drawing.height), "Sheet")
    PdfPainter(canvas).draw(drawing, 0, drawing.height)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _content(*items: Primitive) -> str:
    with pikepdf.open(BytesIO(_pdf(Drawing(100, 100, items)))) as document:
        return document.pages[0].Contents.read_bytes().decode("latin-1")


def _extracted(drawing: Drawing, folder: Path) -> str:
    (folder / "sheet.pdf").write_bytes(_pdf(drawing))
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(folder / "sheet.pdf"), "-"],
        capture_output=True,
        check=True,
        timeout=60,
    )
    # Poppler puts marks of direction around right-to-left words.
    return re.sub("[\u200e\u200f\u202a-\u202e]", "", done.stdout.decode())


@needs_poppler
@pytest.mark.parametrize("text", SCRIPTS)
def test_text_is_found_in_the_file(qapp: object, tmp_path: Path, text: str) -> None:
    block = QtTextEngine().layout(text, TextStyle(12))
    drawing = Drawing(500, 60, (Label(10, 10, block, "#000000"),))
    assert text in _extracted(drawing, tmp_path)


@needs_poppler
def test_words_of_a_mixed_page_are_found(qapp: object, tmp_path: Path) -> None:
    text = _extracted(sample_sheet(QtTextEngine()), tmp_path)
    for word in (*ARABIC.split(), "UN, AU", "Philippines", "TRACK I"):
        assert word.strip("(),") in text, word


@needs_poppler
def test_halos_are_not_read_twice(qapp: object, tmp_path: Path) -> None:
    block = QtTextEngine().layout("Facilitates", TextStyle(12))
    label = Label(10, 10, block, "#000000", "#ffffff", 2)
    assert _extracted(Drawing(200, 60, (label,)), tmp_path).count("Facilitates") == 1


def test_a_cut_text_does_not_hide_its_rest_in_the_file(qapp: object) -> None:
    block = QtTextEngine().layout("Public name and the secret part", TextStyle(12), 80, 1)
    assert block.elided
    content = _content(Label(0, 0, block, "#000000"))
    assert "secret".encode("utf-16-be").hex() not in content
    assert "Public".encode("utf-16-be").hex() in content


def test_the_same_drawing_gives_the_same_bytes(qapp: object) -> None:
    assert _pdf(sample_sheet(QtTextEngine())) == _pdf(sample_sheet(QtTextEngine()))


def test_only_our_fonts_as_subsets_and_no_metadata(qapp: object) -> None:
    data = _pdf(sample_sheet(QtTextEngine()))
    with pikepdf.open(BytesIO(data)) as document:
        fonts = dict(document.pages[0].Resources.Font)
        for font in fonts.values():
            assert re.fullmatch(r"/[A-Z]{6}\+NotoSans\w*-(Regular|Bold)", str(font.BaseFont))
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert len(descriptor.FontFile2.read_bytes()) < 120_000
            assert "/ToUnicode" in font
        info = {key: str(value) for key, value in document.docinfo.items()}
    assert info.pop("/Title") == "Sheet"
    assert info.pop("/CreationDate").startswith("D:2000")
    assert info.pop("/ModDate").startswith("D:2000")
    assert info.pop("/Trapped") == "/False"
    assert set(info.values()) <= {""}
    assert b"secret-record-id" not in data
    assert b"Helvetica" not in data


def test_shapes_become_operators() -> None:
    stroke = Stroke(RED, 2, (4, 2), "round")
    content = _content(Rect(1, 2, 3, 4, 0, stroke, Fill("#0000ff80")))
    assert "0 0 1 rg" in content
    assert "1 0 0 RG 2 w 1 J 1 j [4 2] 0 d" in content
    assert "1.000 2.000 m 4.000 2.000 l 4.000 6.000 l 1.000 6.000 l h" in content
    assert content.count(" c ") == 0
    assert _content(Ellipse(5, 5, 3, 2, fill=Fill(RED))).count(" c ") == 4
    curve = PathBuilder().move(0, 0).cubic(1, 2, 3, 4, 5, 6).path(stroke)
    assert "1.000 2.000 3.000 4.000 5.000 6.000 c" in _content(curve)
    assert "m 9.000 8.000 l\nS" in _content(Polyline((0, 0, 9, 8), stroke))


def test_groups_transform_and_clip() -> None:
    content = _content(
        Group("g", (Rect(0, 0, 1, 1, fill=Fill(RED)),), Rect(0, 0, 5, 5), "", "", 3, 4, 2)
    )
    assert "2 0 0 2 3 4 cm" in content
    assert content.count("W n") == 2
    assert content.count("q") >= content.count("Q")


def test_state_is_balanced_whatever_is_drawn(qapp: object) -> None:
    content = _content(*sample_sheet(QtTextEngine()).items)
    words = content.split()
    assert words.count("q") == words.count("Q")
    assert words.count("BT") == words.count("ET")
    assert words.count("BDC") == words.count("EMC")


def test_degenerate_primitives_do_no_harm(qapp: object) -> None:
    engine = QtTextEngine()
    _content(
        Rect(5, 5, 0, 0, fill=Fill(RED, "diagonal")),
        Polyline((), Stroke(RED), Fill(RED, "cross")),
        PathBuilder().path(Stroke(RED)),
        Icon("no such icon", 0, 0, 12, RED),
        Icon("map", 0, 0, 0, RED),
        Label(0, 0, engine.layout("", TextStyle(10)), RED),
        Group("vanished", (Rect(0, 0, 9, 9, fill=Fill(RED)),), scale=0),
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<b>&amp;</b><script>alert(1)</script>",
        ") Tj ET Q (",
        ">> BDC EMC",
        "\x00\x1b[31m\ud800",
        "W" * 10_000,
        "\u202e\u2066evil\u0301" * 50,
    ],
)
def test_hostile_text_is_only_text(qapp: object, hostile: str) -> None:
    block = QtTextEngine().layout(hostile, TextStyle(10), 90, 5)
    content = _content(Label(5, 5, block, "#000000", "#ffffff", 1))
    words = content.split()
    assert words.count("BT") == words.count("ET")
    assert words.count("q") == words.count("Q")
    assert "script" not in content


def test_several_pages_share_fonts(qapp: object) -> None:
    block = QtTextEngine().layout("Page", TextStyle(12))
    stream = BytesIO()
    canvas = new_canvas(stream, (200, 100))
    painter = PdfPainter(canvas)
    for _page in range(3):
        painter.text(block, 10, 90, "#000000")
        canvas.showPage()
    canvas.save()
    with pikepdf.open(stream) as document:
        assert [len(page.Resources.Font) for page in document.pages] == [1, 1, 1]


def test_reportlab_still_has_what_the_fonts_hook_into() -> None:
    """We add fonts through two lists of reportlab's document; an update must not move them."""
    canvas: Any = new_canvas(BytesIO(), (100, 100))
    document = canvas._doc
    assert document.delayedFonts == []
    assert isinstance(document.fontMapping, dict)
    assert hasattr(document.idToObject["BasicFonts"], "dict")
