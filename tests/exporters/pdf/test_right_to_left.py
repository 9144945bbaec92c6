"""Packs that are read from right to left: mirrored pages, texts at the right, nothing outside."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.images.pictures import write_svg
from exporters.mirrored import mirrored, mirrored_drawing
from exporters.pdf.briefing import briefing_pages
from exporters.pdf.document import pdf_bytes
from exporters.pdf.paper import SIDE
from exporters.pdf.pictures import PICTURE_SIDE
from exporters.progress import Silent
from exporters.request import Recipe
from model.drawing.bounds import bounds
from model.drawing.primitives import (
    Drawing,
    Ellipse,
    Group,
    Icon,
    Label,
    PathBuilder,
    Polyline,
    Rect,
    Stroke,
)
from model.drawing.text import TextStyle
from model.records import Actor, Process
from resources.text import use_language, use_pack_language, without_marks
from tests.exporters.pdf.test_canvas import needs_poppler
from tests.packs import SAMPLE_DAYS, empty_content, pack_of, put, sample
from tests.pages import words_of
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from exporters.pdf.pages import Page
    from exporters.request import Section
    from model.drawing.primitives import Primitive

SECTIONS: tuple[Section, ...] = (
    "summary",
    "map",
    "timeline",
    "actors",
    "linkages",
    "funding",
    "horizon",
    "limits",
)
RECIPE = Recipe(sections=SECTIONS, options=(("map", "sheet"),))


@pytest.fixture(autouse=True)
def _arabic(qapp: object) -> Iterator[None]:
    use_pack_language("ar")
    yield
    use_language([])


@pytest.fixture(scope="module")
def pages(qapp: object) -> list[Page]:
    """An Arabic briefing of the sample; its names are Latin, its own words Arabic."""
    use_pack_language("ar")
    pack = pack_of(sample(), "AMBER+STRICT", SAMPLE_DAYS["mindanao"], language="ar", recipe=RECIPE)
    return briefing_pages(pack, Silent())


def _labels(items: list[Primitive]) -> Iterator[Label]:
    for item in items:
        if isinstance(item, Label):
            yield item


def _said(label: Label) -> str:
    return without_marks(" ".join(line.text for line in label.block.lines))


def _box(label: Label) -> tuple[float, float]:
    left = label.x + label.origin()[0]
    return left, left + label.block.width


def _find(page: Page, text: str) -> Label:
    return next(label for label in _labels(page.items) if _said(label) == text)


def test_all_text_lies_within_the_margins(pages: list[Page]) -> None:
    for page in pages:
        side = PICTURE_SIDE if page.pictures and page.width > page.height else SIDE
        for label in _labels(page.items):
            left, right = _box(label)
            assert left >= side - 0.5, _said(label)
            assert right <= page.width - side + 0.5, _said(label)


def test_headings_begin_at_the_right_edge(pages: list[Page]) -> None:
    page = next(one for one in pages if ("الصلات", 0) in one.outline)
    assert _box(_find(page, "الصلات"))[1] == pytest.approx(page.width - SIDE, abs=0.5)


def test_columns_run_from_right_to_left(pages: list[Page]) -> None:
    page = next(one for one in pages if any(title == "الجهات الفاعلة" for title, _ in one.outline))
    heads = [_find(page, name) for name in ("الجهة الفاعلة", "النوع", "المسارات", "الأدوار")]
    edges = [_box(head)[1] for head in heads]
    assert edges == sorted(edges, reverse=True)


def test_contents_lead_from_the_title_at_the_right_to_the_page_at_the_left(
    pages: list[Page],
) -> None:
    contents = pages[1]
    title = _find(contents, "الصلات")
    on_its_line = [one for one in _labels(contents.items) if one.y == title.y and one is not title]
    assert [_said(one).isdigit() for one in on_its_line] == [True]
    assert _box(on_its_line[0])[0] == pytest.approx(SIDE, abs=0.5)
    link = next(one for one in contents.links if abs(one.top - title.y) < 1)
    assert (link.left, link.right) == (SIDE, contents.width - SIDE)
    assert ("الصلات", 0) in link.target.outline


def test_the_label_stands_at_the_left_and_stays_as_it_is(pages: list[Page]) -> None:
    for page in pages:
        marks = [one for one in _labels(page.items) if _said(one) == "TLP:AMBER+STRICT"]
        assert len(marks) == 2
        assert all(_box(one)[1] < page.width / 2 for one in marks)


def test_figures_and_words_of_ours_are_of_one_kind(pages: list[Page]) -> None:
    words = without_marks(words_of(pages))
    assert not re.search("[٠-٩۰-۹]", words)
    assert "15 فبراير 2013" in words
    assert "الصفحة 2 من" in words
    assert "Briefing pack" not in words


def test_arrows_in_tables_lead_to_the_left(pages: list[Page]) -> None:
    words = words_of(pages)
    assert "←" in words
    assert "→" not in words


def test_pictures_are_seen_in_a_mirror_unless_places_were_kept(pages: list[Page]) -> None:
    kept = pack_of(
        sample("mali"),
        "AMBER+STRICT",
        SAMPLE_DAYS["mali"],
        language="ar",
        recipe=Recipe(sections=("map",), options=(("map", "sheet"),)),
        keep_positions=True,
    )
    fixed = next(one for page in briefing_pages(kept, Silent()) for one in page.pictures)
    turned = next(one for page in pages for one in page.pictures)
    assert _heads_at_the_right(turned.drawing)
    assert not _heads_at_the_right(fixed.drawing)


def _heads_at_the_right(drawing: Drawing) -> bool:
    """Whether the turned names of bands stand in the right half."""
    turned = [
        one.x + dx for one, dx in _placed(drawing.items, 0.0) if isinstance(one, Label) and one.turn
    ]
    assert turned
    return all(x > drawing.width / 2 for x in turned)


def _placed(items: tuple[Primitive, ...], dx: float) -> Iterator[tuple[Primitive, float]]:
    for item in items:
        if isinstance(item, Group):
            yield from _placed(item.children, dx + item.dx)
        else:
            yield item, dx


def test_pictures_by_themselves_are_mirrored_too(tmp_path: Path) -> None:
    pack = pack_of(sample("mali"), "GREEN", SAMPLE_DAYS["mali"], language="ar")
    write_svg(pack, tmp_path / "map.svg", Silent())
    text = (tmp_path / "map.svg").read_text(encoding="utf-8")
    assert "خريطة فيها" in text
    use_pack_language("en")
    english = pack_of(sample("mali"), "GREEN", SAMPLE_DAYS["mali"])
    write_svg(english, tmp_path / "english.svg", Silent())
    assert text.count("<path") > 0.8 * (tmp_path / "english.svg").read_text().count("<path")


@needs_poppler
def test_sentences_and_names_are_found_in_the_file(tmp_path: Path) -> None:
    content = empty_content("محادثات السلام")
    front = Actor(id="A1", tlp="CLEAR", name="جبهة الوحدة (UN, AU)")
    state = Actor(id="A2", tlp="CLEAR", name="الحكومة")
    put(content, "actors", front, state)
    talks = Process(id="P1", tlp="CLEAR", name="الجولة الثالثة", lead_id="A2", party_ids=("A1",))
    put(content, "processes", talks)
    recipe = Recipe(sections=("summary", "processes", "limits"))
    pack = pack_of(content, "GREEN", language="ar", recipe=recipe)
    data = pdf_bytes(briefing_pages(pack, Silent()), "ar", Silent())
    (tmp_path / "pack.pdf").write_bytes(data)
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(tmp_path / "pack.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.sub(r"\s+", " ", re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", done.stdout))
    assert "الوضع في 1 مايو 2024" in found
    assert "تجري العملية الجولة الثالثة بقيادة الحكومة، مع جبهة الوحدة (UN, AU)." in found
    assert "كل شيء معروض كما هو في 2024-05-01؛ ولا تكون التواريخ أبدًا أدق مما هو معروف." in found
    assert "يجوز للمتلقين مشاركة هذا داخل مجتمعهم المعني، لا علنًا." in found
    assert "يضم هذا الملف ما يلي: جهتان فاعلتان وعملية واحدة." in found
    with pikepdf.open(BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "ar"
        said = [str(one) for one in _actual_texts(pdf.Root.StructTreeRoot.K)]
    assert not any(mark in text for text in said for mark in "\u2066\u2067\u2068\u2069\u200f")
    assert (
        said[said.index("أين وصلت الأمور") - 1] == "الملخص"
    )  # read aloud in the order of the text
    assert any(text.endswith("جبهة الوحدة (UN, AU).") for text in said)


def _actual_texts(part: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if "/ActualText" in part:
        yield part.ActualText
    children = part.get("/K")
    if isinstance(children, pikepdf.Array):
        for child in children:
            if isinstance(child, pikepdf.Dictionary):
                yield from _actual_texts(child)


def _shapes() -> st.SearchStrategy[Primitive]:
    number = st.integers(-500, 500).map(float)
    size = st.integers(1, 200).map(float)
    words = st.sampled_from(
        ["EU", "الوسيط", "على مسار UN (AU) الثاني", "Tripartite review of talks"]
    )
    block = words.map(lambda text: QtTextEngine().layout(text, TextStyle(10.0), 60.0))
    sides = st.sampled_from(["left", "centre", "right"])
    heights = st.sampled_from(["top", "middle", "bottom"])
    turns = st.sampled_from([-90, 0, 90])
    pen_of = Stroke("#000000", 1.0)
    pen = st.just(pen_of)
    simple = st.one_of(
        st.builds(Rect, number, number, size, size, stroke=pen),
        st.builds(Ellipse, number, number, size, size, stroke=pen),
        st.builds(Icon, st.just("back"), number, number, size, st.just("#000000")),
        st.builds(lambda *at: Polyline(at, Stroke("#000000")), number, number, number, number),
        st.builds(
            lambda a, b, c, d: PathBuilder().move(a, b).cubic(a, c, d, b, c, d).path(pen_of),
            number, number, number, number,
        ),
        st.builds(
            lambda x, y, shown, side, height, turn: Label(
                x, y, shown, "#000000", horizontal=side, vertical=height, turn=turn
            ),
            number, number, block, sides, heights, turns,
        ),
    )  # fmt: skip
    grouped = st.builds(
        lambda child, dx, dy, scale: Group("g", (child,), dx=dx, dy=dy, scale=scale),
        simple, number, number, st.sampled_from([0.5, 1.0, 2.0]),
    )  # fmt: skip
    return st.one_of(simple, grouped)


@given(_shapes(), st.integers(0, 900).map(float))
def test_everything_takes_the_mirrored_room(qapp: object, shape: Primitive, width: float) -> None:
    before, after = bounds(shape), bounds(mirrored(shape, width))
    assert before is not None
    assert after is not None
    assert (after.left, after.right) == pytest.approx((width - before.right, width - before.left))
    assert (after.top, after.bottom) == pytest.approx((before.top, before.bottom))


def test_a_mirror_of_a_mirror_shows_the_shapes_again() -> None:
    shapes = (Rect(1, 2, 3, 4), Polyline((0, 0, 9, 9), Stroke("#000")), Icon("back", 1, 1, 8, "#0"))
    drawing = Drawing(40, 40, (*shapes, Group("g", shapes, clip=Rect(0, 0, 5, 5), dx=7)))
    assert mirrored_drawing(mirrored_drawing(drawing)) == drawing
