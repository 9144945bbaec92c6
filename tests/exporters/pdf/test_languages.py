"""A pack in another language says everything in it: nothing of ours is left in English."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

import resources.text as texts
from exporters.excel.workbook import workbook_bytes
from exporters.pdf.briefing import briefing_pages
from exporters.progress import Silent
from exporters.request import SECTION_OPTIONS, Recipe
from model.timeline.wording import day_text, decimal_text
from resources import locate
from resources.text import pack_languages, use_language, use_pack_language
from tests.packs import SAMPLE_DAYS, pack_of, sample
from tests.pages import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

UNSEEN = re.compile(r"^(Laying out|Drawing|Writing|Packing|Preparing)|^[\W\d_]*$|^TLP:")
"""Progress, which no pack shows, labels that are never translated, and what has no words."""
EVERYTHING = Recipe(
    options=tuple((section, options[-1]) for section, options in SECTION_OPTIONS.items())
)


@pytest.fixture(autouse=True)
def _english_again(qapp: object) -> Iterator[None]:
    """Other tests read English."""
    yield
    use_language([])


def _missed(monkeypatch: pytest.MonkeyPatch, code: str) -> set[str]:
    """Collects what is asked of the catalogue of a language and is not in it."""
    use_pack_language(code)
    catalogue = texts._CHOSEN.catalogue
    known, missed = set(catalogue._texts), set[str]()  # type: ignore[attr-defined]
    for name in ("gettext", "ngettext"):
        ask = getattr(catalogue, name)

        def asked(message: str, *rest: object, ask: object = ask) -> object:
            if message not in known and not UNSEEN.search(message):
                missed.add(message)
            return ask(message, *rest)  # type: ignore[operator]

        monkeypatch.setattr(catalogue, name, asked)
    return missed


@pytest.mark.parametrize("code", [one for one in pack_languages() if one != "en"])
def test_everything_that_a_pack_says_is_translated(
    monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    missed = _missed(monkeypatch, code)
    day = SAMPLE_DAYS["mindanao"]
    pack = pack_of(sample(), "RED", day, language=code, recipe=EVERYTHING)
    briefing_pages(pack, Silent())
    workbook_bytes(pack, Silent())
    assert sorted(missed) == []


def test_a_pack_in_french_reads_french() -> None:
    use_pack_language("fr")
    recipe = Recipe(sections=("summary", "limits"))
    pages = briefing_pages(
        pack_of(sample(), day=SAMPLE_DAYS["mindanao"], language="fr", recipe=recipe), Silent()
    )
    words = words_of(pages)
    assert "Dossier d’information" in words
    assert "15 février 2013" in words
    assert "Page 2 sur" in words
    assert "Où en est-on" in words
    assert "TLP:GREEN" in words  # never translated


def test_the_first_of_a_month_and_figures_are_written_as_the_language_does(qapp: object) -> None:
    said = {}
    for language in ("en", "fr"):
        use_pack_language(language)
        try:
            said[language] = (day_text(date(2013, 1, 1)), decimal_text(31.54))
        finally:
            use_pack_language("")
    assert said == {"en": ("1 Jan 2013", "31.5"), "fr": ("1er janv. 2013", "31,5")}


def test_french_signs_never_begin_a_line() -> None:
    with locate("languages", "fr", "pack.po").open("rb") as file:
        said = [text for one in read_po(file) if one.id for text in _texts_of(one.string)]
    assert not [text for text in said if re.search(r" [:;?!»%]|« ", text)]


def _texts_of(said: object) -> tuple[str, ...]:
    return tuple(map(str, said)) if isinstance(said, tuple | list) else (str(said),)
