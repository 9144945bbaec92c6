from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from exporters.readers.sources import read_sources
from model.dates import PartialDate
from model.document import Document
from model.history import History
from model.identifiers import CountingIds
from model.importing.plan import ImportPlan, plan_import
from model.records import Activity, Answer, Milestone, Record
from model.refusals import Refusal
from tests.cases import CASES, needs_cases, small_case, write_case

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cases import Table


def planned(folder: Path, document: Document | None = None) -> ImportPlan:
    return plan_import(document or fresh(), read_sources([folder]))


def fresh() -> Document:
    return Document(ids=CountingIds("r"))


def imported(folder: Path) -> Document:
    document = fresh()
    planned(folder, document).apply(document)
    return document


def by_source_id(document: Document, table: str, ext_id: str) -> Record:
    return next(
        record
        for record in document.table(table).values()
        if ext_id in {ref.id for ref in record.external}
    )


@pytest.fixture
def case(tmp_path: Path) -> dict[str, Table]:
    return small_case()


@pytest.fixture
def document(tmp_path: Path, case: dict[str, Table]) -> Document:
    return imported(write_case(tmp_path / "small", case))


def test_every_row_becomes_a_record(document: Document, case: dict[str, Table]) -> None:
    counts = {name: len(document.table(name)) for name in ("phases", "milestones")}
    assert counts == {"phases": 1, "milestones": 1}
    names = {"checklist": "answers"}
    for name, rows in case.items():
        if name != "phases":
            assert len(document.table(names.get(name, name))) == len(rows), name


def test_columns_of_case_folders_reach_their_fields(document: Document) -> None:
    actor = by_source_id(document, "actors", "A3")
    assert actor == document.actors[actor.id]
    facilitator = document.actors[actor.id]
    assert facilitator.country == "MYS"
    assert facilitator.support_roles == ("good_offices",)
    assert facilitator.basis == "public_checked"
    assert facilitator.start == PartialDate(year=2001)
    assert by_source_id(document, "actors", "A4").blind_spots == ("local_mechanism",)  # type: ignore[attr-defined]
    process = document.processes[by_source_id(document, "processes", "Q1").id]
    assert process.lead_id == facilitator.id
    assert [document.name_of("actors", one) for one in process.party_ids] == ["Government", "Front"]
    line = document.funding[by_source_id(document, "funding", "F1").id]
    assert line.amount == Decimal("1500.50")
    assert [document.activities[one].title for one in line.activity_ids] == ["Round"]
    posting = document.postings[by_source_id(document, "postings", "P1").id]
    assert posting.holder == "Holder 1"


def test_third_party_roles_become_records_of_their_own(document: Document) -> None:
    actor = by_source_id(document, "actors", "A3")
    roles = [role for role in document.roles.values() if role.actor_id == actor.id]
    assert [role.role for role in roles] == ["facilitator", "host"]
    assert roles[0].external[0].id == "A3/facilitator"
    assert all(role.process_id == "" and role.tlp == actor.tlp for role in roles)


def test_labels_that_are_not_stated_follow_the_rule(document: Document) -> None:
    labels = {
        (table, record.external[0].id): record.tlp
        for table in ("actors", "linkages", "postings", "answers", "activities")
        for record in document.table(table).values()
    }
    assert labels["actors", "A1"] == "CLEAR"
    assert labels["linkages", "L1"] == "GREEN"
    assert labels["linkages", "L2"] == "AMBER+STRICT"  # a back channel
    assert labels["postings", "P1"] == "AMBER+STRICT"
    assert labels["answers", "K1"] == "CLEAR"
    assert labels["answers", "K2"] == "AMBER+STRICT"  # a security review
    assert labels["activities", "C1"] == "CLEAR"


def test_a_row_of_nobody_s_source_is_never_made_public(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "own", {"actors": [{"id": "1", "name": "Somebody"}]})
    assert [actor.tlp for actor in imported(folder).actors.values()] == ["AMBER"]


def test_linkages_are_active_and_that_is_reported(tmp_path: Path, case: dict[str, Table]) -> None:
    plan = planned(write_case(tmp_path / "small", case))
    line = next(one for one in plan.report.guessed if one.column == "status"
                and one.file == "small/linkages.csv")  # fmt: skip
    assert line.rows == (2, 3)
    assert "active" in line.reason


def test_milestones_and_phases_come_from_one_file(document: Document) -> None:
    milestone = by_source_id(document, "milestones", "H2")
    assert isinstance(milestone, Milestone)
    assert milestone.date == PartialDate(year=2012, month=10, day=15)
    assert milestone.kind == "unknown"


def test_the_coarser_of_date_and_precision_counts_and_is_reported(
    tmp_path: Path, case: dict[str, Table]
) -> None:
    folder = write_case(tmp_path / "small", case)
    activity = by_source_id(imported(folder), "activities", "C1")
    assert isinstance(activity, Activity)
    assert activity.start == PartialDate(year=2010, month=3, raw="2010-03-05")
    lines = [one.text for one in planned(folder).report.guessed if one.column == "start"]
    assert lines == [
        (
            "small/activities.csv, row 2, column start, “2010-03-05”: the date and its precision "
            "“month” disagree; it counts as 2010-03"
        )
    ]


def test_a_scope_that_is_not_the_item_s_is_kept_with_a_warning(
    tmp_path: Path, case: dict[str, Table]
) -> None:
    folder = write_case(tmp_path / "small", case)
    report = planned(folder).report
    assert [line.value for line in report.warnings] == ["DNH-16"]
    answer = by_source_id(imported(folder), "answers", "K3")
    assert isinstance(answer, Answer)
    assert (answer.scope, answer.target_table) == ("actor", "actors")


def test_an_import_is_one_step_that_can_be_undone(tmp_path: Path, case: dict[str, Table]) -> None:
    document = fresh()
    before = document.content()
    history = History(document)
    planned(write_case(tmp_path / "small", case), document).apply(document)
    after = document.content()
    history.undo()
    assert document.content() == before
    history.redo()
    assert document.content() == after


def test_importing_again_adds_nothing_and_changes_nothing(
    tmp_path: Path, case: dict[str, Table]
) -> None:
    folder = write_case(tmp_path / "small", case)
    document = imported(folder)
    before = document.content()
    again = planned(folder, document)
    assert again.patch.changes == ()
    assert again.report.added == 0
    assert again.report.already_there == sum(
        len(records) for name, records in before.items() if name != "project"
    )
    assert again.report.differs == ()


def test_what_differs_from_an_earlier_import_is_listed_and_kept(
    tmp_path: Path, case: dict[str, Table]
) -> None:
    folder = write_case(tmp_path / "small", case)
    document = imported(folder)
    case["actors"][0]["name"] = "New government"
    write_case(folder, case)
    again = planned(folder, document)
    assert [(line.rows, line.column, line.value) for line in again.report.differs] == [
        ((2,), "name", "New government")
    ]
    again.apply(document)
    assert by_source_id(document, "actors", "A1").name == "Government"  # type: ignore[attr-defined]


def test_rows_may_refer_to_records_of_an_earlier_import(
    tmp_path: Path, case: dict[str, Table]
) -> None:
    linkages = {"linkages": case.pop("linkages")}
    folder = write_case(tmp_path / "one" / "small", case)
    later = write_case(tmp_path / "two" / "small", linkages)
    document = imported(folder)
    planned(later, document).apply(document)
    assert len(document.linkages) == 2


def test_rows_may_refer_to_records_by_their_id(tmp_path: Path, case: dict[str, Table]) -> None:
    document = imported(write_case(tmp_path / "small", case))
    actor = by_source_id(document, "actors", "A1")
    other = by_source_id(document, "actors", "A4")
    rows = [{"id": "N1", "from_id": actor.id, "to_id": other.id, "kind": "consultation"}]
    planned(write_case(tmp_path / "more", {"linkages": rows}), document).apply(document)
    linkage = by_source_id(document, "linkages", "N1")
    assert document.linkages[linkage.id].to_id == other.id


def test_the_same_ids_of_two_cases_stay_apart(tmp_path: Path, case: dict[str, Table]) -> None:
    document = imported(write_case(tmp_path / "small", case))
    planned(write_case(tmp_path / "other", case), document).apply(document)
    assert len(document.actors) == 2 * len(case["actors"])
    assert {ref.source for actor in document.actors.values() for ref in actor.external} == {
        "small",
        "other",
    }


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "place", "reason"),
    [
        ("linkages", 0, "to_id", "A9", "linkages.csv, row 2, column to_id, “A9”", "no record “A9”"),
        ("linkages", 1, "kind", "friend", "linkages.csv, row 3, column kind, “friend”", "mandate"),
        ("actors", 2, "start", "2013-13-01", "actors.csv, row 4, column start", "month 13"),
        ("actors", 0, "name", "", "actors.csv, row 2, column name", "needs a value"),
        ("actors", 0, "id", "A2", "actors.csv, row 3, column id, “A2”", "small/actors.csv, row 2"),
        ("actors", 3, "id", "", "actors.csv, row 5, column id", "no id"),
        ("actors", 2, "third_party_roles", "boss", "actors.csv, row 4", "lead_mediator"),
        ("actors", 2, "country_iso3", "XYW1", "actors.csv, row 4, column country_iso3", "ISO 3166"),
        ("funding", 0, "amount", "1,500", "funding.csv, row 2, column amount", "digits"),
        ("funding", 0, "currency", "QQQ", "funding.csv, row 2, column currency", "ISO 4217"),
        ("phases", 1, "type", "event", "phases.csv, row 3, column type", "milestone"),
        ("phases", 1, "end", "2013", "phases.csv, row 3, column end", "Milestones"),
        ("activities", 0, "phase_id", "H2", "activities.csv, row 2, column phase_id", "Phases"),
        ("activities", 0, "date_precision", "week", "activities.csv, row 2", "quarter"),
        ("activities", 0, "participant_ids", "A1;A1", "activities.csv, row 2", "twice"),
        ("checklist", 0, "item_id", "DNH-99", "checklist.csv, row 2, column item_id", "no such"),
        (
            "checklist",
            0,
            "target_id",
            "A1",
            "checklist.csv, row 2, column target_id",
            "which table",
        ),
        ("linkages", 0, "tlp", "PINK", "linkages.csv, row 2, column tlp, “PINK”", "AMBER+STRICT"),
        ("actors", 0, "colour", "red", "actors.csv, row 1, column colour", "not known"),
        ("actors", 0, "name", "a\x07b", "actors.csv, row 2, column name", "character"),
    ],
)
def test_a_mistake_is_refused_with_its_place_and_nothing_is_planned(
    tmp_path: Path,
    case: dict[str, Table],
    table: str,
    row: int,
    column: str,
    value: str,
    place: str,
    reason: str,
) -> None:
    case[table][row][column] = value
    plan = planned(write_case(tmp_path / "small", case))
    texts = [line.text for line in plan.report.refused]
    assert any(f"small/{place}" in text and reason in text for text in texts), texts
    assert plan.patch.changes == ()
    document = fresh()
    with pytest.raises(Refusal, match="nothing was imported"):
        plan.apply(document)


def test_a_linkage_of_an_actor_with_itself_is_refused_by_the_model_s_rule(
    tmp_path: Path, case: dict[str, Table]
) -> None:
    case["linkages"][0]["to_id"] = "A3"
    refused = planned(write_case(tmp_path / "small", case)).report.refused
    assert [(line.file, line.rows) for line in refused] == [("small/linkages.csv", (2,))]
    assert "same actor" in refused[0].reason


def test_all_mistakes_are_listed_and_the_first_is_named(
    tmp_path: Path, case: dict[str, Table]
) -> None:
    case["actors"][0]["kind"] = "kingdom"
    case["linkages"][0]["to_id"] = "A9"
    report = planned(write_case(tmp_path / "small", case)).report
    refusal = report.refusal()
    assert refusal is not None
    assert refusal.message.startswith("small/actors.csv, row 2, column kind, “kingdom”")
    assert "1 more place" in refusal.message
    assert len(report.refused) == 2


def test_a_misspelt_column_is_named_with_what_was_meant(
    tmp_path: Path, case: dict[str, Table]
) -> None:
    case["actors"][0]["shortname"] = "GOV"
    refused = planned(write_case(tmp_path / "small", case)).report.refused
    assert [line.column for line in refused] == ["shortname"]
    assert "short_name" in refused[0].reason


def test_a_file_that_is_no_table_is_refused_and_other_files_are_mentioned(
    tmp_path: Path, case: dict[str, Table]
) -> None:
    folder = write_case(tmp_path / "small", {**case, "acters": case["actors"]})
    (folder / "README.md").write_text("hello", encoding="utf-8")
    report = planned(folder).report
    assert [line.file for line in report.refused] == ["small/acters.csv"]
    assert "small/README.md" in [line.file for line in report.warnings]


def test_empty_rows_are_passed_over_and_counted_in_the_numbering(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "actors.csv").write_text("id,name,kind\n\nA1,One,state\n,,\nA2,Two,king\n")
    report = planned(folder).report
    assert [line.rows for line in report.warnings] == [(2, 4)]
    assert [line.rows for line in report.refused] == [(5,)]


def test_a_new_project_takes_the_name_of_the_folder(tmp_path: Path, case: dict[str, Table]) -> None:
    document = imported(write_case(tmp_path / "north_valley", case))
    assert document.project.title == "North valley"


def test_settings_of_a_project_are_only_filled_where_they_are_empty(tmp_path: Path) -> None:
    row = {"id": "project", "title": "New", "summary": "Text", "as_of": "2013-02-15"}
    folder = write_case(tmp_path / "small", {"project": [row]})
    document = fresh()
    with document.edit("Title") as edit:
        edit.change("project", "project", title="Old")
    plan = planned(folder, document)
    plan.apply(document)
    assert (document.project.title, document.project.summary) == ("Old", "Text")
    assert [line.column for line in plan.report.differs] == ["title"]


@needs_cases
@pytest.mark.parametrize("name", ["mindanao", "myanmar", "mali"])
def test_the_cases_import_without_a_single_refusal(name: str) -> None:
    report = planned(CASES / name).report
    assert report.refused == ()
    assert report.rows > 100
