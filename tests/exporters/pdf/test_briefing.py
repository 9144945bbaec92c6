from __future__ import annotations

import io
import shutil
import subprocess
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
import pikepdf
import pytest

from exporters.attention import rules_for
from exporters.pdf.briefing import briefing_bytes, briefing_pages
from exporters.pdf.document import pdf_bytes
from exporters.pdf.paper import BOTTOM
from exporters.progress import Silent
from exporters.request import Recipe
from model import records as r
from model.analysis.rules import RULES
from model.drawing.bounds import bounds
from model.drawing.primitives import Label
from tests.drawing_samples import ARABIC, BURMESE, CYRILLIC, DEVANAGARI
from tests.packs import empty_content, pack_of, put, sample_pack, sample_pages

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.pdf.pages import Page
    from exporters.request import Pack

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler is not installed"
)


@pytest.fixture(autouse=True)
def _qt(qapp: object) -> None:
    """Packs shape text."""


def _texts(page: Page) -> list[str]:
    return [item.block.text for item in page.items if isinstance(item, Label)]


def _all_text(pages: list[Page]) -> str:
    return "\n".join(text for page in pages for text in _texts(page))


def _pdftotext(data: bytes, tmp_path: Path) -> str:
    path = tmp_path / "briefing.pdf"
    path.write_bytes(data)
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, timeout=60
    )
    return done.stdout.decode("utf-8")


def test_every_page_bears_the_marking_twice_and_its_number() -> None:
    pages = sample_pages()
    for number, page in enumerate(pages, start=1):
        labels = [
            item for item in page.items
            if isinstance(item, Label) and item.block.text == "TLP:GREEN"
        ]  # fmt: skip
        assert len(labels) == 2
        sizes = {run.size for one in labels for line in one.block.lines for run in line.runs}
        assert min(sizes) >= 12
        assert any(f"Page {number} of {len(pages)}" in text for text in _texts(page))


def test_nothing_is_clipped_by_the_page_or_lies_in_the_foot() -> None:
    for page in sample_pages("mindanao", "AMBER+STRICT"):
        for item in page.items[:-12]:
            box = bounds(item)
            assert box is not None
            assert 0 <= box.left <= box.right <= page.width
            assert 0 <= box.top <= box.bottom <= page.height
            is_running = isinstance(item, Label) and "Page " in item.block.text
            assert box.bottom <= page.height - BOTTOM + 3 or is_running or page.pictures


def test_contents_lead_to_the_right_pages() -> None:
    pages = sample_pages()
    contents = pages[1]
    assert contents.links
    listed = [text for text in _texts(contents) if text.isdigit()]
    assert listed == [str(pages.index(link.target) + 1) for link in contents.links]
    titles = {title for page in pages for title, _level in page.outline}
    assert {"Map", "Timeline", "Actors", "Linkages", "Sources and grades"} <= titles


def test_all_visible_records_and_their_marks_are_in_it() -> None:
    pack = sample_pack("mindanao", "AMBER+STRICT")
    text = _all_text(sample_pages("mindanao", "AMBER+STRICT"))
    for actor in pack.tables.actors.values():
        assert actor.name in text
    for posting in pack.tables.postings.values():
        assert posting.office in text
    assert text.count("not checked") > 5
    assert text.count("illustrative") > 5


def test_postings_and_security_reviews_need_a_strict_audience() -> None:
    green = _all_text(sample_pages("mindanao", "GREEN"))
    assert "Postings" not in green
    assert "Security review" not in green
    strict = _all_text(sample_pages("mindanao", "AMBER+STRICT"))
    assert "Postings" in strict
    assert "Security review: " in strict


def test_rules_about_what_is_missing_stay_out_unless_all_is_seen() -> None:
    green = {rule.id for rule in rules_for("GREEN")}
    assert not green & {rule.id for rule in RULES.values() if rule.absence}
    assert "W13" not in green
    assert "W13" in {rule.id for rule in rules_for("AMBER+STRICT")}
    assert rules_for("RED") == list(RULES.values())
    text = _all_text(sample_pages())
    assert "Rules about what is missing" in text
    strict = _all_text(sample_pages("mindanao", "AMBER+STRICT"))
    assert "missing reviews" not in strict  # W13 speaks of them there


def test_a_recipe_decides_sections_order_and_paper() -> None:
    recipe = Recipe(sections=("checklist", "actors"), page="letter")
    pages = briefing_pages(sample_pack(recipe=recipe), Silent())
    titles = [title for page in pages for title, level in page.outline if level == 0]
    assert titles == ["Contents", "Do-no-harm checklist", "Actors"]
    assert {(page.width, page.height) for page in pages} == {(612.0, 792.0)}
    assert all(f"DNH-{n:02d}" in _all_text(pages) for n in range(1, 41))


def _linkage_pack(**fields: str) -> Pack:
    content = empty_content()
    put(content, "actors", r.Actor(id="a", tlp="CLEAR", name="<b>A & B</b>"))
    put(content, "actors", r.Actor(id="b", tlp="CLEAR", name=ARABIC))
    linkage = r.Linkage(id="l", tlp="CLEAR", from_id="a", to_id="b", status="active")
    put(content, "linkages", msgspec.structs.replace(linkage, **fields))
    return pack_of(content, recipe=Recipe(sections=("linkages",)))


@needs_poppler
def test_texts_longer_than_a_page_go_on_without_losing_a_word(tmp_path: Path) -> None:
    words = [f"word{number}" for number in range(2_500)]
    pack = _linkage_pack(rationale=" ".join(words), negative_consequences="short")
    found = _pdftotext(briefing_bytes(pack, Silent()), tmp_path)
    assert [word for word in words if word not in found] == []
    assert found.count("Possible negative consequences") > 3  # the head is repeated


@needs_poppler
def test_markup_stays_text_and_all_scripts_can_be_found(tmp_path: Path) -> None:
    texts = f"{CYRILLIC} {DEVANAGARI} {BURMESE}"
    data = briefing_bytes(_linkage_pack(rationale=texts), Silent())
    found = _pdftotext(data, tmp_path)
    assert "<b>A & B</b>" in found
    for script in (CYRILLIC, DEVANAGARI, BURMESE):
        assert script.split()[0] in found


def test_the_file_holds_no_metadata_scripts_or_attachments() -> None:
    data = pdf_bytes(sample_pages(), "en", Silent())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/Info" not in pdf.trailer
        assert "/Metadata" not in pdf.Root
        assert not {"/Names", "/AcroForm", "/OpenAction", "/AF"} & set(pdf.Root.keys())
        assert str(pdf.Root.Lang) == "en"
        fonts = {
            str(font.get("/BaseFont"))
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"
            for font in [one]
        }
    assert not [font for font in fonts if "Helvetica" in font]
    assert b"reportlab" not in data.lower()


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert briefing_bytes(sample_pack(), Silent()) == briefing_bytes(sample_pack(), Silent())


def test_long_titles_and_summaries_stay_on_their_pages() -> None:
    content = empty_content(title="Endless talks about talks " * 30)
    summary = "What has happened so far is told here. " * 300
    project = msgspec.structs.replace(
        content["project"]["project"], summary=summary, community="Friends of the process " * 60
    )
    content["project"]["project"] = project
    pages = briefing_pages(pack_of(content), Silent())
    assert pages[2].outline == [("Summary", 0)]
    for page in pages:
        for item in page.items:
            box = bounds(item)
            assert box is not None
            assert 0 <= box.left <= box.right <= page.width
            assert 0 <= box.top <= box.bottom <= page.height
    assert all(bounds(item).bottom < 760 for item in pages[0].items[:-4])  # type: ignore[union-attr]


def test_an_empty_project_makes_a_briefing_too() -> None:
    pages = briefing_pages(pack_of(empty_content()), Silent())
    assert "There are no records in this pack." in _all_text(pages)


def test_many_lines_on_which_the_same_is_missing_share_a_row() -> None:
    content = empty_content()
    names = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta"]
    for name in names:
        put(content, "actors", r.Actor(id=name, tlp="CLEAR", name=name, tracks=("T2",)))
    for first, second in pairwise(names):
        link = r.Linkage(
            id=f"{first}{second}",
            tlp="CLEAR",
            from_id=first,
            to_id=second,
            kind="coordination",
            status="active",
            negative_consequences="None that we know of.",
        )
        put(content, "linkages", link)
    pack = pack_of(content, "RED", recipe=Recipe(sections=("attention",)))
    said = _all_text(briefing_pages(pack, Silent()))
    assert "6 links without a recorded reason" in said
    assert all(f"{first} – {second}" in said for first, second in pairwise(names))
    assert "No recorded reason for the link" not in said
