"""Fonts for scripts that do not ship: which files count, and that letters come out of them."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont

from exporters.outlines import glyph_outline
from model.drawing.font_files import font_files
from model.drawing.optional_fonts import font_folder, named_anew, optional_fonts, unusable_fonts
from model.drawing.text import TextStyle
from tests.fonts import put_font, with_fresh_fonts
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object) -> Iterator[Path]:
    monkeypatch.setenv("CROSSTRACK_FONTS", str(tmp_path))
    yield from with_fresh_fonts(tmp_path)


def test_without_a_font_the_letters_are_named(folder: Path) -> None:
    engine = QtTextEngine()
    assert font_folder() == folder
    assert engine.unshown("Ministry 外交部, 外, \u200b Ж مرحبا\n") == "外交部"
    assert engine.unshown("Ministry") == ""


def test_a_font_in_the_folder_is_used_in_both_weights(folder: Path) -> None:
    put_font(folder / "NotoSansSC-Regular.ttf", "外交部")
    engine = QtTextEngine()
    assert engine.unshown("外交部长") == "长"
    for bold in (False, True):
        (line,) = engine.layout("外交部", TextStyle(12, bold=bold)).lines
        (run,) = line.runs
        assert run.font == "NotoSansSC-Regular"
        # Glyph ids count in the file itself, whatever fonts of the same name the machine has.
        names = TTFont(folder / "NotoSansSC-Regular.ttf").getBestCmap()
        glyphs = TTFont(folder / "NotoSansSC-Regular.ttf").getReverseGlyphMap()
        assert run.glyphs == tuple(glyphs[names[ord(one)]] for one in "外交部")
        assert glyph_outline(run.font, run.glyphs[0]).verbs


def test_a_bold_file_is_used_for_bold_text(folder: Path) -> None:
    put_font(folder / "NotoSansSC-Regular.ttf", "外")
    put_font(folder / "NotoSansSC-Bold.ttf", "外", weight=700)
    put_font(folder / "NotoSansSC-Black.ttf", "外", weight=900)
    (line,) = QtTextEngine().layout("外", TextStyle(12, bold=True)).lines
    assert [run.font for run in line.runs] == ["NotoSansSC-Bold"]


def test_weights_of_a_family_are_known_by_either_way_of_naming_files(folder: Path) -> None:
    put_font(folder / "NotoSansSC_400Regular.ttf", "外")
    put_font(folder / "NotoSansSC_700Bold.ttf", "外", weight=700)
    (line,) = QtTextEngine().layout("外", TextStyle(12, bold=True)).lines
    assert [run.font for run in line.runs] == ["NotoSansSC700Bold"]


def test_our_own_fonts_come_first(folder: Path) -> None:
    put_font(folder / "Other-Regular.ttf", "Aa外")
    (line,) = QtTextEngine().layout("Aa外", TextStyle(12)).lines
    assert [run.font for run in line.runs] == ["NotoSans-Regular", "Other-Regular"]
    assert list(font_files())[-1] == "Other-Regular"


@pytest.mark.parametrize("bits", [0x0002, 0x0100, 0x0200])
def test_fonts_that_may_not_be_embedded_do_not_count(folder: Path, bits: int) -> None:
    put_font(folder / "Shut-Regular.ttf", "外", bits=bits)
    assert optional_fonts() == []


def test_damaged_and_other_files_do_not_count(folder: Path) -> None:
    put_font(folder / "Good-Regular.ttf", "外", bits=8)
    data = (folder / "Good-Regular.ttf").read_bytes()
    for name, content in {
        "Cut.ttf": data[:-200],
        "Empty.ttf": b"",
        "Text.ttf": b"no font at all" * 9,
        "Many.ttf": data[:4] + b"\xff\xff" + data[6:],
        "Outlines.ttf": b"OTTO" + data[4:],
        "Variable.ttf": data.replace(b"post", b"fvar", 1),
    }.items():
        (folder / name).write_bytes(content)
    (folder / "Folder.ttf").mkdir()
    (folder / "Collection.ttc").write_bytes(b"ttcf" + data)
    (folder / "Read me.txt").write_bytes(b"about fonts")
    assert [one.key for one in optional_fonts()] == ["Good-Regular"]
    assert "Good-Regular.ttf" not in unusable_fonts()
    assert {"Outlines.ttf", "Variable.ttf", "Collection.ttc"} < {*unusable_fonts()}
    assert "Read me.txt" not in unusable_fonts()


def test_a_font_under_another_name_is_otherwise_the_same(folder: Path) -> None:
    put_font(folder / "Good-Regular.ttf", "外")
    data = (folder / "Good-Regular.ttf").read_bytes()
    font = TTFont(BytesIO(named_anew(data, "Crosstrack Good")), checkChecksums=2)
    assert font["name"].getDebugName(1) == "Crosstrack Good"
    assert font["cmap"].getBestCmap() == TTFont(BytesIO(data)).getBestCmap()
    assert struct.unpack(">H", data[4:6])[0] == len(font.reader.tables)
