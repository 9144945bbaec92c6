from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.drawing.estimate import text_width
from model.drawing.font_files import font_files
from model.drawing.linkage import LinkContent, label_shapes, link_look
from model.drawing.primitives import Rect
from model.drawing.style import style_sheet, text_style
from model.drawing.text import ELLIPSIS, TextStyle, burmese_borders
from tests.drawing_samples import ARABIC, BURMESE, CYRILLIC, LATIN, SCRIPTS
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from model.drawing.text import Align, TextBlock

BODY = TextStyle(11)


@pytest.fixture(name="engine")
def _engine(qapp: object) -> QtTextEngine:
    return QtTextEngine()


def _fonts(block: TextBlock) -> set[str]:
    return {run.font for line in block.lines for run in line.runs}


def _shown(block: TextBlock) -> list[str]:
    return [line.text for line in block.lines]


@pytest.mark.parametrize("text", SCRIPTS)
@pytest.mark.parametrize("bold", [False, True])
def test_every_script_is_set_in_our_fonts_without_missing_glyphs(
    engine: QtTextEngine, text: str, bold: bool
) -> None:
    block = engine.layout(text, TextStyle(11, bold=bold))
    assert _shown(block) == [text]
    assert _fonts(block) <= {*font_files()}
    assert all(font.endswith("Bold" if bold else "Regular") for font in _fonts(block))
    assert all(0 not in run.glyphs for line in block.lines for run in line.runs)


def test_sizes_scale_exactly(engine: QtTextEngine) -> None:
    small, large = engine.layout(LATIN, TextStyle(8)), engine.layout(LATIN, TextStyle(80))
    assert large.width == pytest.approx(10 * small.width)
    assert engine.measure(LATIN, TextStyle(8)) == (small.width, small.height)


def test_lines_are_no_wider_than_asked(engine: QtTextEngine) -> None:
    for text in SCRIPTS:
        block = engine.layout(text, BODY, 40)
        assert len(block.lines) > 1, text
        assert block.width <= 40.001
        assert "".join(_shown(block)).replace(" ", "") == text.replace(" ", "")


def test_burmese_lines_break_only_at_syllables_and_spaces(engine: QtTextEngine) -> None:
    text = "မြန်မာနိုင်ငံတော် ကျောင်းသားများ သမဂ္ဂ"
    for width in range(40, 200, 7):
        place = 0
        for line in engine.layout(text, BODY, width).lines[:-1]:
            place = text.index(line.text, place) + len(line.text)
            assert text[place] == " " or place in burmese_borders(text), (width, line.text)


def test_text_is_cut_only_when_there_are_too_many_lines(engine: QtTextEngine) -> None:
    whole = engine.layout(LATIN, BODY, 120, 9)
    assert not whole.elided
    cut = engine.layout(LATIN, BODY, 60, 1)
    assert cut.elided
    assert cut.text == LATIN
    assert cut.lines[0].text.endswith(ELLIPSIS)
    assert LATIN.startswith(cut.lines[0].text.removesuffix(ELLIPSIS))
    assert cut.width <= 60.001
    assert _shown(engine.layout("a\nb\nc", BODY, None, 2)) == ["a", f"b{ELLIPSIS}"]


def test_right_to_left_text_starts_at_the_right(engine: QtTextEngine) -> None:
    block = engine.layout(f"{ARABIC}\n{ARABIC} {ARABIC}", BODY)
    assert block.rtl
    first, second = block.lines
    assert first.x == pytest.approx(block.width - first.width)
    assert second.x == pytest.approx(0)
    assert engine.layout(f"{LATIN} {ARABIC}", BODY).rtl is False
    assert engine.layout(f"123 {ARABIC}", BODY).rtl is True
    assert engine.layout(LATIN, BODY, direction="rtl").rtl is True


def test_glyphs_of_every_line_start_at_its_left_edge(engine: QtTextEngine) -> None:
    for text in SCRIPTS:
        for line in engine.layout(text, BODY, 80).lines:
            leftmost = min(min(run.xs) for run in line.runs)
            assert leftmost == pytest.approx(0, abs=0.02)
            assert max(max(run.xs) for run in line.runs) <= line.width + 0.02


def test_edges_tell_where_each_character_of_mixed_lines_stands(engine: QtTextEngine) -> None:
    (line,) = engine.layout("مع (UN) سلام", BODY).lines
    edges = dict(zip(line.text, zip(line.edges[::2], line.edges[1::2], strict=True), strict=True))
    assert edges["U"][1] == pytest.approx(edges["N"][0], abs=0.02)
    assert edges["م"][0] < edges["U"][0]
    assert engine.layout(LATIN, BODY).lines[0].edges == ()


def test_alignment_shares_out_the_spare_width(engine: QtTextEngine) -> None:
    for align, share in (("left", 0), ("centre", 0.5), ("right", 1)):
        block = engine.layout("Short\nA longer line", BODY, align=align)  # type: ignore[arg-type]
        short = block.lines[0]
        assert short.x == pytest.approx(share * (block.width - short.width))


def test_unknown_scripts_show_as_replacement_unless_the_machine_may_help(
    engine: QtTextEngine,
) -> None:
    text = "中国 \U0001f54a\ufe0f x"
    block = engine.layout(text, BODY)
    assert _shown(block) == [text]
    assert _fonts(block) <= {*font_files()}
    helped = QtTextEngine(system_fonts=True).layout(text, BODY)
    assert _shown(helped) == [text]
    assert all(font in font_files() or font.startswith("system:") for font in _fonts(helped))


def test_words_without_end_break_anywhere(engine: QtTextEngine) -> None:
    block = engine.layout("W" * 10_000, BODY, 100)
    assert "".join(_shown(block)) == "W" * 10_000
    assert block.width <= 100
    assert engine.layout("W" * 10_000, BODY, 100, 2).elided
    assert engine.layout("မြန်မာ" * 1_000, BODY, 100, 2).elided
    assert engine.layout("abc", BODY, 0.01).lines


@given(st.text(st.characters(codec=None), max_size=40), st.none() | st.floats(-5, 90))
def test_any_text_is_laid_out(qapp: object, text: str, width: float | None) -> None:
    block = QtTextEngine().layout(text, BODY, width, 3)
    assert len(block.lines) <= 3
    assert block.height > 0 or not text
    for line in block.lines:
        assert all(len(run.glyphs) == len(run.xs) == len(run.ys) for run in line.runs)
        assert len(line.edges) in {0, 2 * len(line.text)}


@given(
    st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(SCRIPTS),
    st.floats(1, 300),
    st.none() | st.integers(1, 3),
    st.sampled_from(("start", "left", "centre", "right")),
)
def test_text_that_fits_in_one_line_is_set_as_if_broken_for_its_room(
    qapp: object, text: str, width: float, lines: int | None, align: Align
) -> None:
    engine, style = QtTextEngine(), TextStyle(11, bold=True)
    broken = engine._laid_out(text, style, width, lines, align, "auto")
    assert engine.layout(text, style, width, lines, align) == broken


def test_empty_text_is_an_empty_block(engine: QtTextEngine) -> None:
    assert engine.layout("", BODY).lines == ()
    assert len(engine.layout("\n", BODY).lines) == 2


def test_tall_scripts_get_the_room_they_need(engine: QtTextEngine) -> None:
    latin, burmese = engine.layout(CYRILLIC, BODY), engine.layout(BURMESE, BODY)
    assert latin.height == pytest.approx(engine.metrics(BODY).height)
    assert burmese.height > latin.height


def test_equal_questions_get_the_same_block(engine: QtTextEngine) -> None:
    assert engine.layout(LATIN, BODY, 90) is engine.layout(LATIN, TextStyle(11), 90)


def test_shaping_keeps_the_count_of_references_to_none(engine: QtTextEngine, qtbot: QtBot) -> None:
    """PySide6 6.12.0 lost one per call of some functions until Python aborted."""
    for warm in range(50):
        engine.layout(f"{ARABIC} {warm}", BODY, 80, 1)
    gc.collect()
    before = sys.getrefcount(None)
    for count in range(300):
        engine.layout(f"{ARABIC} {BURMESE} number {count}", BODY, 80, 2)
    gc.collect()
    assert sys.getrefcount(None) > before - 250


LABELS = (*SCRIPTS, "تبادل المعلومات وتنسيق الوساطة")


@pytest.mark.parametrize("text", LABELS)
def test_the_room_reckoned_for_a_text_holds_it_and_is_not_much_wider(
    engine: QtTextEngine, text: str
) -> None:
    shaped = engine.measure(text, TextStyle(10, bold=True))[0]
    assert shaped <= text_width(text, 10) <= 1.6 * shaped


def test_the_pill_of_a_label_is_as_wide_as_its_words(engine: QtTextEngine) -> None:
    content = LinkContent("coordination", directed=False, state="current", mark="")
    look, style = link_look(content, style_sheet("paper")), style_sheet("paper")
    pill = label_shapes(content, look, (0.0, 0.0, 300.0, 17.0), style, engine)[0]
    words = engine.measure(content.text, text_style("link-label"))[0]
    assert isinstance(pill, Rect)
    assert pill.x + pill.width / 2 == pytest.approx(150)
    assert words < pill.width < words + 15
