"""Further sections of a briefing: analyses by audience, records with grades, encryption."""

from __future__ import annotations

import io

import pikepdf
import pytest

from exporters.pdf.briefing import briefing_bytes, briefing_pages
from exporters.progress import Silent
from exporters.request import Recipe, Section
from model import records as r
from tests.packs import empty_content, pack_of, put, sample
from tests.pages import words_of


@pytest.fixture(autouse=True)
def _qt(qapp: object) -> None:
    """Packs shape text."""


def _titles(audience: str, *sections: Section) -> list[str]:
    pack = pack_of(sample(), audience, recipe=Recipe(sections=sections))
    pages = briefing_pages(pack, Silent())
    return [title for page in pages for title, level in page.outline if level == 0]


def test_analyses_of_what_is_missing_are_for_those_who_see_everything() -> None:
    sections: tuple[Section, ...] = ("channels", "spheres", "blind_spots", "parallel")
    assert _titles("RED", *sections)[1:] == [
        "Channel coverage",
        "Spheres of action",
        "Blind-spot grid",
        "Parallel processes",
    ]
    assert _titles("AMBER+STRICT", *sections)[1:] == ["Parallel processes"]


def test_records_show_marks_and_grades() -> None:
    content = empty_content()
    put(content, "actors", r.Actor(id="a", tlp="CLEAR", name="Northern Council"))
    signal = r.Signal(
        id="s",
        tlp="CLEAR",
        text="They will come to the table",
        actor_id="a",
        reliability="B",
        credibility="2",
        basis="public_memory",
    )
    put(content, "signals", signal)
    pages = briefing_pages(pack_of(content, recipe=Recipe(sections=("context",))), Silent())
    words = words_of(pages)
    assert "They will come to the table" in words
    assert "B2 (" in words
    assert "not checked" in words


def test_sections_without_records_are_left_out() -> None:
    assert _titles("RED", "mandates", "decisions", "claims", "relations")[1:] == []


def test_a_password_encrypts_with_aes_256() -> None:
    content = empty_content()
    put(content, "actors", r.Actor(id="a", tlp="CLEAR", name="Northern Council"))
    recipe = Recipe(sections=("actors",))
    data = briefing_bytes(pack_of(content, recipe=recipe, pdf_password="gehéim"), Silent())
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(data))
    with pikepdf.open(io.BytesIO(data), password="gehéim") as pdf:
        assert pdf.encryption.R == 6
        assert "/Info" not in pdf.trailer


def _words(audience: str) -> str:
    pack = pack_of(sample(), audience, recipe=Recipe(sections=("measures",)))
    return words_of(briefing_pages(pack, Silent()))


def test_measures_say_what_they_stand_for_and_who_alone_joins_others() -> None:
    words = _words("RED")
    for one in ("Brokers", "Single points of failure", "Isolated actors", "Circles", "as of 2024"):
        assert one in words
    assert "may be linkages and ways" not in words
    assert "Accepting one makes a group" not in words


def test_measures_of_a_copy_leave_out_what_a_copy_cannot_know() -> None:
    words = _words("GREEN")
    assert "Brokers" in words
    assert "may be linkages and ways that it does not hold" in words
    for one in ("Single points of failure", "Isolated actors", "Only way", "not by trust"):
        assert one not in words


def test_an_empty_project_has_no_measures() -> None:
    pack = pack_of(empty_content(), "RED", recipe=Recipe(sections=("measures",)))
    assert "Measures of the network" not in words_of(briefing_pages(pack, Silent()))


def test_the_checklist_names_items_that_were_set_aside_with_their_reason() -> None:
    content = empty_content()
    why = r.Mute(
        id="m", tlp="CLEAR", rule_id="DNH-05", reason="One process only", author_role="lead"
    )
    put(content, "mutes", why)
    pages = briefing_pages(pack_of(content, recipe=Recipe(sections=("checklist",))), Silent())
    words = words_of(pages)
    assert "Set aside for this project" in words
    assert "One process only" in words
    assert "lead" in words
    assert "0 of 39 items" in words
