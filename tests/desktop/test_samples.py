from __future__ import annotations

import csv
from collections import Counter

import pytest

from desktop.build_samples import SETTINGS, build
from desktop.samples import SAMPLES, load_sample, sample_title
from model.document import Document
from model.integrity import check_content
from model.refusals import Refusal
from resources import locate
from tests.cases import CASES, needs_cases

NAMES = [sample.name for sample in SAMPLES]
_TABLES = {"checklist": ("answers",), "phases": ("phases", "milestones")}


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_there_are_three_samples() -> None:
    assert NAMES == list(SETTINGS) == ["mindanao", "myanmar", "mali"]


def test_a_sample_opens_by_the_rules_with_every_card_placed(name: str) -> None:
    document = Document(load_sample(name))
    check_content(document.content())
    assert document.project.title
    assert "not a source" in document.project.summary
    assert set(document.placements) == set(document.actors)
    assert document.project.as_of is not None
    assert document.project.as_of.is_exact


def test_each_opening_is_a_copy_of_its_own() -> None:
    first = load_sample("mali")
    first["actors"].clear()
    assert load_sample("mali")["actors"]


def test_an_unknown_sample_is_refused_with_the_known_names() -> None:
    with pytest.raises(Refusal, match="mindanao, myanmar, mali"):
        load_sample("atlantis")
    assert sample_title("atlantis") == "atlantis"


def test_the_contact_group_has_four_states_and_four_organisations() -> None:
    document = Document(load_sample("mindanao"))
    (group,) = [one.id for one in document.actors.values() if one.kind == "contact_group"]
    members = [
        document.actors[link.from_id]
        for link in document.linkages.values()
        if link.kind == "membership" and link.to_id == group
    ]
    kinds = Counter("state" if one.kind == "state" else "organisation" for one in members)
    assert kinds == {"state": 4, "organisation": 4}
    assert all(one.kind in {"state", "ingo", "mso"} for one in members)


def test_malaysia_facilitates() -> None:
    document = Document(load_sample("mindanao"))
    facilitators = {
        document.actors[link.from_id]
        for link in document.linkages.values()
        if link.kind == "facilitation"
    }
    offices = [one for one in facilitators if one.kind == "mediator_office"]
    assert [document.actors[one.parent_id].name for one in offices if one.parent_id] == ["Malaysia"]
    (talks,) = [one for one in document.processes.values() if "MILF" in one.name]
    assert talks.lead_id in {one.id for one in offices}


def test_mali_says_what_is_missing() -> None:
    document = Document(load_sample("mali"))
    assert not document.linkages
    assert not document.funding
    assert not document.postings
    assert "Linkages, funding lines and postings are missing" in document.project.summary


def test_what_is_not_checked_or_made_up_is_marked(name: str) -> None:
    document = Document(load_sample(name))
    tables = ("actors", "activities", "linkages", "answers", "funding", "postings")
    bases = Counter(one.basis for table in tables for one in document.table(table).values())
    assert bases["illustrative"] > 0
    assert bases["public_memory"] > 0
    assert bases["own"] == 0


@needs_cases
def test_every_row_of_every_table_is_there(name: str) -> None:
    content = load_sample(name)
    for path in sorted((CASES / name).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            ids = [row["id"] for row in csv.DictReader(stream)]
        tables = _TABLES.get(path.stem, (path.stem,))
        found = [
            ref.id
            for table in tables
            for record in content[table].values()
            for ref in record.external
            if ref.table == table
        ]
        assert sorted(found) == sorted(ids), path.name
        assert len(ids) == sum(len(content[table]) for table in tables)


@needs_cases
@pytest.mark.slow
def test_a_sample_is_built_again_byte_for_byte(name: str) -> None:
    assert build(CASES / name) == locate("samples", f"{name}.json").read_bytes()
