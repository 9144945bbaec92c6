"""Workbooks in another language come back into a window in English, with their own labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from model import records as r
from model.codes import CODE_LISTS
from model.returning.applying import return_patch
from resources.text import (
    in_pack_languages,
    pack_languages,
    tr,
    use_language,
    use_pack_language,
    without_marks,
)
from tests.packs import document, sample
from tests.returned import cell, edit, exported, returned

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TRANSLATED = [code for code in pack_languages() if code != "en"]


@pytest.fixture(autouse=True)
def _english_again(qapp: object) -> Iterator[None]:
    """Packs shape text; other tests read English."""
    yield
    use_language([])


def _words(code: str, *texts: str) -> tuple[str, ...]:
    use_pack_language(code)
    found = tuple(tr(text) for text in texts)
    use_language([])
    return found


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_workbook_that_nobody_edited_changes_nothing(tmp_path: Path, code: str) -> None:
    project = document(sample("mali"))
    plan = returned(project, exported(project, tmp_path / "pack.xlsx", "RED", code))
    assert list(plan.items) == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_labels_of_the_language_are_taken(tmp_path: Path, code: str) -> None:
    project = document(sample("mali"))
    book = exported(project, tmp_path / "pack.xlsx", "RED", code)
    actors, name, kind, tracks = _words(code, "Actors", "Name", "Kind", "Tracks")
    state, youth, first, second = _words(
        code, "State", "Youth organisation", "Track I", "Track III"
    )

    def change(opened: Any) -> None:
        sheet = opened[actors]
        cell(sheet, kind, 2).value = youth
        cell(sheet, tracks, 2).value = f"{first}; {second}"
        row = sheet.max_row + 1
        cell(sheet, name, row).value = "مجلس الحكماء (UN, AU)"
        cell(sheet, kind, row).value = state

    plan = returned(project, edit(book, change))
    assert sorted(item.kind for item in plan.items) == ["added", "changed", "changed"]
    patch = return_patch(project, plan, {})
    project.apply(patch)
    made = {one.name: one for one in project.actors.values() if isinstance(one, r.Actor)}
    assert made["مجلس الحكماء (UN, AU)"].kind == "state"
    changed = [one for one in made.values() if one.kind == "youth_organisation"]
    assert any(one.tracks == ("T1", "T3") for one in changed)


@pytest.mark.parametrize("code", TRANSLATED)
def test_labels_of_a_list_can_be_told_apart(code: str) -> None:
    use_pack_language(code)
    for codes in CODE_LISTS.values():
        labels = [codes.label(one) for one in codes.codes]
        assert len(set(labels)) == len(labels), codes.name
        # People type labels, and nobody types marks of direction.
        assert labels == [without_marks(label) for label in labels], codes.name
        assert [codes.code_of(label) for label in labels] == list(codes.codes)


def test_a_text_is_known_in_every_language() -> None:
    assert in_pack_languages("Yes")[0] == "Yes"
    assert {"oui", "نعم"} <= {one.lower() for one in in_pack_languages("Yes")}


def test_arabic_sheets_run_from_right_to_left_and_each_text_its_own_way(tmp_path: Path) -> None:
    project = document(sample("mali"))
    book = openpyxl.load_workbook(exported(project, tmp_path / "pack.xlsx", "RED", "ar"))
    assert all(sheet.sheet_view.rightToLeft for sheet in book)
    sheet = book["الجهات الفاعلة"]
    for title, way in (("النوع", 2), ("الاسم", 1)):  # Arabic words, Latin names
        alignment = cell(sheet, title, 2).alignment
        assert (alignment.readingOrder, alignment.horizontal) == (way, "right"), title
    dashboard: Any = book["لوحة المعلومات"]
    charts = dashboard._charts
    assert charts
    across = [one.y_axis if one.type == "bar" else one.x_axis for one in charts]
    assert {axis.scaling.orientation for axis in across} == {"maxMin"}
