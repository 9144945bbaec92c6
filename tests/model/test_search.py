"""Finding: accents and case ignored, all words needed, names first, kept up by edits."""

from __future__ import annotations

from model.commands.records import remove_records, set_fields
from model.search import SearchIndex, fold
from tests.builders import a_project


def test_accents_and_case_do_not_matter() -> None:
    document = a_project().actor("a", name="Fondation Suisse de Déminage").document()
    index = SearchIndex(document)
    assert [hit.id for hit in index.find("DEMINAGE suisse")] == ["a"]
    assert index.find("deminage nowhere") == []
    assert index.find("  ") == []


def test_names_come_before_notes() -> None:
    project = a_project().actor("a", name="Elders", notes="Malaysia").actor("b", name="Malaysia")
    assert [hit.id for hit in SearchIndex(project.document()).find("malay")] == ["b", "a"]


def test_follows_edits() -> None:
    document = a_project().actor("a", name="Old").document()
    index = SearchIndex(document)
    index.attach(document)
    set_fields(document, "actors", ["a"], {"name": "New"})
    assert index.find("old") == []
    assert index.find("new")[0].field == "name"
    remove_records(document, "actors", ["a"])
    assert index.find("new") == []


def test_burmese_vowel_signs_stay() -> None:
    assert fold("ကို") != fold("က")


def test_letters_and_digits_of_other_scripts_are_made_equal() -> None:
    assert fold("Đồng Nai") == fold("dong nai")
    assert fold("مُحَمَّد") == fold("محمد")
    assert fold("علی") == fold("علي")
    assert fold("٢٠١٣ ၂၀၁၃") == "2013 2013"
    assert fold("Łódź, Ærø") == "lodz, aero"


def test_a_misspelt_name_is_found_all_the_same() -> None:
    project = a_project().actor("a", name="Muhammadiyah").actor("b", name="Conciliation Resources")
    index = SearchIndex(project.document())
    assert index.find("muhamadiya") == []
    assert [hit.id for hit in index.find_similar("muhamadiya")] == ["a"]
    assert [hit.id for hit in index.find_similar("concilliation")] == ["b"]
    assert index.find_similar("zzzzzzz") == []
