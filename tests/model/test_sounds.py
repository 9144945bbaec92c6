from __future__ import annotations

import pytest

from model.search import SearchIndex, fold
from model.sounds import bones
from tests.builders import a_project

NAMES = {
    "arabic": "جمعية علماء الإسلام",
    "cyrillic": "Москва",
    "devanagari": "मुक्ति मोर्चा",
    "burmese": "ကရင် အမျိုးသား",
    "greek": "Λευκωσία",
    "hebrew": "שלום עכשיו",
    "latin": "Norway",
}

MOST_ALIKE = 2
"""Shalom and Islam have the same bones."""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jamiat", "arabic"),
        ("islam", "arabic"),
        ("moskva", "cyrillic"),
        ("Moskwa", "cyrillic"),
        ("mukti", "devanagari"),
        ("morcha", "devanagari"),
        ("karen", "burmese"),
        ("lefkosia", "greek"),
        ("shalom", "hebrew"),
        ("Норвей", "latin"),
    ],
)
def test_a_name_is_found_in_another_script(typed: str, found: str) -> None:
    project = a_project()
    for one, name in NAMES.items():
        project = project.actor(one, name=name)
    index = SearchIndex(project.document())
    assert index.find(typed) == []
    ids = {hit.id for hit in index.find_similar(typed)}
    assert found in ids
    assert len(ids) <= MOST_ALIKE


def test_only_words_of_other_scripts_are_compared_by_sound() -> None:
    index = SearchIndex(a_project().actor("A", name="Mekatu").document())
    assert index.find_similar("mukti") == []


def test_what_has_no_known_sound_has_no_bones() -> None:
    assert bones(fold("北京")) == ""
    assert bones("aeiou") == ""
