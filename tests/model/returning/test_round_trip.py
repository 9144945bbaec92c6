"""A workbook that comes back: nothing that was edited is lost, nothing that was not is touched."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import msgspec
import openpyxl
import pytest
from openpyxl.comments import Comment

from model import records as r
from model.dates import parse_date
from model.donoharm.gates import GateRefusal
from model.history import History
from model.refusals import Refusal
from model.returning.applying import return_patch
from model.returning.plan import summary_words
from tests.packs import document, empty_content, put, sample
from tests.returned import cell, edit, exported, only, returned, row_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from model.document import Document
    from model.returning.plan import ReturnPlan


@pytest.fixture(autouse=True)
def _qt(qapp: object) -> None:
    """Packs shape text."""


@pytest.fixture
def project() -> Document:
    content = empty_content(tlp="AMBER")
    put(
        content,
        "actors",
        r.Actor(id="un", name="United Nations", kind="un_body", tracks=("T1",),
                start=parse_date("2013-05")),
        r.Actor(id="au", name="African Union", notes="Headquarters;\nAddis",
                start=parse_date("~2002")),
        r.Actor(id="secret", name="Quiet house", tlp="RED"),
    )  # fmt: skip
    put(
        content,
        "processes",
        r.Process(id="talks", name="Talks", lead_id="un", co_lead_ids=("au", "secret")),
    )
    put(
        content,
        "activities",
        r.Activity(id="meeting", title="Meeting", tlp="GREEN", security_review="yes",
                   start=parse_date("2024-02-01"), end=parse_date("open")),
    )  # fmt: skip
    put(content, "linkages", r.Linkage(id="link", from_id="un", to_id="au", status="active"))
    put(content, "decisions", r.Decision(id="log", title="We meet"))
    return document(content)


@pytest.fixture
def book(project: Document, tmp_path: Path) -> Path:
    return exported(project, tmp_path / "pack.xlsx")


def _take(project: Document, plan: ReturnPlan, **choices: str) -> None:
    patch = return_patch(project, plan, {key.replace("__", "/"): v for key, v in choices.items()})
    if patch.changes:
        project.apply(patch, "import")


def _set(sheet: str, title: str, text: str, value: Any) -> Callable[[Any], None]:
    """An edit: the cell of a column in the row with some text gets a value."""

    def change(book: Any) -> None:
        page = book[sheet]
        cell(page, title, row_of(page, text)).value = value

    return change


def test_an_untouched_workbook_reports_no_change(project: Document, book: Path) -> None:
    plan = returned(project, book)
    assert plan.is_empty
    assert plan.same == plan.rows == 6
    assert "nothing was changed" in summary_words(plan)


def test_a_code_of_a_newer_version_comes_back_unread_and_unchanged(tmp_path: Path) -> None:
    content = empty_content()
    put(content, "actors", r.Actor(id="a", name="A", tlp="CLEAR", kind="of a newer version"))
    project = document(content)
    assert returned(project, exported(project, tmp_path / "new.xlsx")).is_empty


def test_a_sample_comes_back_unchanged_through_another_program(tmp_path: Path) -> None:
    project = document(sample("mali"))
    path = exported(project, tmp_path / "pack.xlsx", "RED")
    edit(path, lambda _book: None)
    assert returned(project, path).items == ()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_saves_the_workbooks_again_and_nothing_has_changed(tmp_path: Path) -> None:
    names = ("mindanao", "myanmar", "mali")
    projects = {name: document(sample(name)) for name in names}
    paths = [exported(projects[name], tmp_path / f"{name}.xlsx", "RED") for name in names]
    out = tmp_path / "again"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "xlsx", "--outdir", str(out), *map(str, paths)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    for name in names:
        assert returned(projects[name], out / f"{name}.xlsx").items == (), name


def test_an_edited_value_is_taken_and_undone_in_one_step(project: Document, book: Path) -> None:
    history = History(project)
    edit(book, _set("Actors", "Notes", "African Union", "Moved to Nairobi"))
    item = only(plan := returned(project, book))
    assert (item.kind, item.record_id, item.field) == ("changed", "au", "Notes")
    assert item.cell.startswith("Actors, cell ")
    assert (item.now, item.then) == ("Headquarters;\nAddis", "Moved to Nairobi")
    _take(project, plan)
    assert project.actors["au"].notes == "Moved to Nairobi"
    history.undo()
    assert project.actors["au"].notes == "Headquarters;\nAddis"
    assert returned(project, book).of("changed")


def test_what_changed_only_in_the_project_stays(project: Document, book: Path) -> None:
    with project.edit("Rename") as staged:
        staged.change("actors", "au", name="AU Commission")
    assert returned(project, book).is_empty


def test_what_both_changed_has_to_be_decided(project: Document, book: Path) -> None:
    with project.edit("Rename") as staged:
        staged.change("actors", "au", name="AU Commission")
    edit(book, _set("Actors", "Name", "African Union", "African Union (AU)"))
    item = only(plan := returned(project, book))
    assert (item.kind, item.default, item.now) == ("decide", "", "AU Commission")
    _take(project, plan)
    assert project.actors["au"].name == "AU Commission"
    _take(project, plan, **{item.key: "take"})
    assert project.actors["au"].name == "African Union (AU)"


def test_the_same_change_on_both_sides_is_none(project: Document, book: Path) -> None:
    with project.edit("Rename") as staged:
        staged.change("actors", "au", name="AU")
    edit(book, _set("Actors", "Name", "African Union", "AU"))
    assert returned(project, book).is_empty


def test_partial_dates_survive_and_can_be_edited(project: Document, book: Path) -> None:
    edit(book, _set("Actors", "Start", "United Nations", "2013-Q2"))
    item = only(plan := returned(project, book))
    assert (item.now, item.then) == ("2013-05", "2013-Q2")
    _take(project, plan)
    assert project.actors["un"].start == parse_date("2013-Q2")
    assert project.actors["au"].start == parse_date("~2002")
    assert project.activities["meeting"].end == parse_date("open")


def test_a_month_that_excel_turned_into_its_first_day_is_asked_about(
    project: Document, book: Path
) -> None:
    edit(book, _set("Actors", "Start", "African Union", datetime(2002, 7, 1)))  # noqa: DTZ001
    item = only(plan := returned(project, book))
    assert (item.kind, set(item.options)) == ("decide", {"take", "keep", "month"})
    _take(project, plan, **{item.key: "month"})
    assert project.actors["au"].start == parse_date("2002-07")


def test_a_date_shown_without_its_day_is_a_month(project: Document, book: Path) -> None:
    def change(opened: Any) -> None:
        sheet = opened["Actors"]
        start = cell(sheet, "Start", row_of(sheet, "African Union"))
        start.value, start.number_format = date(2002, 7, 1), "mmm-yy"

    item = only(returned(project, edit(book, change)))
    assert (item.kind, item.then) == ("changed", "2002-07")


def test_codes_are_read_by_label_and_wrong_ones_refused(project: Document, book: Path) -> None:
    edit(book, _set("Linkages", "Status", "L0001", "Ended"))
    _take(project, plan := returned(project, book))
    assert only(plan).kind == "changed"
    assert next(iter(project.linkages.values())).status == "ended"
    edit(book, _set("Linkages", "Status", "L0001", "Over"))
    item = only(returned(project, book))
    assert item.kind == "refused"
    assert "not one of" in item.reason


def test_a_reference_can_be_changed_by_its_name_alone(project: Document, book: Path) -> None:
    edit(book, _set("Processes", "Lead", "Talks", "African Union"))
    item = only(plan := returned(project, book))
    assert (item.now, item.then) == ("United Nations", "African Union")
    _take(project, plan)
    assert project.processes["talks"].lead_id == "au"


def test_names_that_nobody_bears_are_refused_with_their_cell(project: Document, book: Path) -> None:
    edit(book, _set("Processes", "Lead", "Talks", "League of Nations"))
    item = only(returned(project, book))
    assert item.kind == "refused"
    assert "League of Nations" in item.reason


def test_name_and_id_that_disagree_are_refused(project: Document, book: Path) -> None:
    def change(opened: Any) -> None:
        _set("Processes", "Lead", "Talks", "African Union")(opened)
        _set("Processes", "Lead id", "Talks", "")(opened)

    item = only(returned(project, edit(book, change)))
    assert item.kind == "refused"


def test_replacing_a_name_everywhere_is_one_change(project: Document, book: Path) -> None:
    def change(opened: Any) -> None:
        for sheet in opened.worksheets:
            for row in sheet.iter_rows():
                for one in row:
                    if isinstance(one.value, str) and "United Nations" in one.value:
                        one.value = one.value.replace("United Nations", "UN")

    item = only(returned(project, edit(book, change)))
    assert (item.field, item.then) == ("Name", "UN")


def test_withheld_members_of_a_list_stay(project: Document, book: Path) -> None:
    edit(book, _set("Processes", "Co-leads", "Talks", ""))
    edit(book, _set("Processes", "Co-leads id", "Talks", ""))
    _take(project, returned(project, book))
    assert project.processes["talks"].co_lead_ids == ("secret",)


def test_a_guarded_value_is_never_overwritten_without_a_decision(
    project: Document, book: Path
) -> None:
    edit(book, _set("Activities", "Security review", "Meeting", "No"))
    item = only(plan := returned(project, book))
    assert item.kind == "decide"
    _take(project, plan)
    assert project.activities["meeting"].security_review == "yes"


def test_a_lower_label_is_a_decision(project: Document, book: Path) -> None:
    edit(book, _set("Actors", "TLP label", "African Union", "TLP:CLEAR"))
    assert only(returned(project, book)).kind == "decide"


def test_rows_without_an_id_become_records_that_refer_to_each_other(
    project: Document, book: Path
) -> None:
    def change(opened: Any) -> None:
        actors, links = opened["Actors"], opened["Linkages"]
        row = actors.max_row + 1
        cell(actors, "Name", row).value = "Women of the Lake"
        cell(actors, "Id", row).value = "lake"
        row = links.max_row + 1
        cell(links, "From id", row).value = "lake"
        cell(links, "To", row).value = "United Nations"

    plan = returned(project, edit(book, change))
    assert [item.kind for item in plan.items] == ["added", "added"]
    _take(project, plan)
    new = next(one for one in project.actors.values() if one.name == "Women of the Lake")
    link = next(one for one in project.linkages.values() if one.id != "link")
    assert (link.from_id, link.to_id, new.tlp) == (new.id, "un", "AMBER")


def test_a_new_row_passes_the_gate_like_a_change_of_status(project: Document, book: Path) -> None:
    def change(opened: Any) -> None:
        links = opened["Linkages"]
        row = links.max_row + 1
        for title, text in (("From", "African Union"), ("To", "United Nations")):
            cell(links, title, row).value = text
        cell(links, "Status", row).value = "Agreed"

    plan = returned(project, edit(book, change))
    flag = r.Answer(id="flag", item_id="DNH-09", answer="yes", scope="actor",
                    target_table="actors", target_id="au")  # fmt: skip
    with project.edit("answer") as answered:
        answered.put("answers", flag)
    with pytest.raises(GateRefusal, match="Standing at home"):
        _take(project, plan)
    assert list(project.linkages) == ["link"]


def test_a_new_row_needs_what_its_record_needs(project: Document, book: Path) -> None:
    def change(opened: Any) -> None:
        sheet = opened["Actors"]
        cell(sheet, "Notes", sheet.max_row + 1).value = "without a name"

    item = only(returned(project, edit(book, change)))
    assert item.kind == "refused"
    assert "it needs a value" in item.reason


def test_a_new_row_like_a_known_one_is_asked_about(project: Document, book: Path) -> None:
    def change(opened: Any) -> None:
        sheet = opened["Actors"]
        cell(sheet, "Name", sheet.max_row + 1).value = "Afrikan union"

    item = only(plan := returned(project, edit(book, change)))
    assert item.kind == "decide"
    _take(project, plan)
    assert len(project.actors) == 3


def test_a_deleted_row_removes_nothing_unless_that_is_wanted(project: Document, book: Path) -> None:
    def change(opened: Any) -> None:
        sheet = opened["Actors"]
        sheet.delete_rows(row_of(sheet, "African Union"))

    item = only(plan := returned(project, edit(book, change)))
    assert (item.kind, item.default) == ("removed", "keep")
    _take(project, plan)
    assert "au" in project.actors
    _take(project, plan, **{item.key: "take"})
    assert "au" not in project.actors
    assert not project.linkages
    assert project.processes["talks"].co_lead_ids == ("secret",)


def test_an_id_that_stands_twice_is_a_question_with_its_cells(
    project: Document, book: Path
) -> None:
    def change(opened: Any) -> None:
        sheet = opened["Actors"]
        values = [one.value for one in sheet[row_of(sheet, "African Union")]]
        sheet.append(values)
        cell(sheet, "Name", sheet.max_row).value = "ECOWAS"

    item = only(plan := returned(project, edit(book, change)))
    assert item.kind == "decide"
    rows = [option for option in item.options if option != "keep"]
    assert len(rows) == 4
    _take(project, plan)
    assert project.actors["au"].name == "African Union"
    _take(project, plan, **{item.key: "row 2+new"})
    assert {one.name for one in project.actors.values()} >= {"African Union", "ECOWAS"}


def test_sorting_renaming_and_moving_columns_changes_nothing(project: Document, book: Path) -> None:
    def change(opened: Any) -> None:
        sheet = opened["Actors"]
        rows = [[one.value for one in row] for row in sheet.iter_rows()]
        for number, row in enumerate([rows[0], *reversed(rows[1:])], 1):
            for at, value in enumerate([*row[1:], row[0]], 1):
                sheet.cell(row=number, column=at).value = value
        sheet.title = "Akteure"

    assert returned(project, edit(book, change)).is_empty


def test_everything_beside_the_tables_is_named_with_its_place(
    project: Document, book: Path
) -> None:
    def change(opened: Any) -> None:
        sheet = opened["Actors"]
        sheet.cell(row=1, column=sheet.max_column + 1).value = "My judgement"
        sheet.cell(row=2, column=sheet.max_column).value = "good"
        sheet["B2"].comment = Comment("Is this still true?", "reviewer")
        opened.create_sheet("Ideas")["A1"] = "call them"
        del opened["Linkages"]

    remarks = returned(project, edit(book, change)).of("remark")
    texts = " ".join(f"{item.cell}: {item.reason}" for item in remarks)
    assert "My judgement" in texts
    assert "Is this still true?" in texts
    assert "Actors, cell B2" in texts
    assert "Ideas" in texts
    assert "Linkages" in texts
    assert len(remarks) == 4
    assert "link" in project.linkages


def test_formulas_without_a_result_are_refused_not_read_as_empty(
    project: Document, book: Path
) -> None:
    edit(book, _set("Actors", "Notes", "African Union", '="a"&"b"'))
    item = only(returned(project, book))
    assert item.kind == "refused"
    assert "formula" in item.reason


def test_the_decision_log_is_not_rewritten(project: Document, book: Path) -> None:
    edit(book, _set("Decisions", "Title", "DE0001", "We never met"))
    assert only(returned(project, book)).kind == "refused"


def test_a_workbook_of_another_project_is_refused(book: Path) -> None:
    with pytest.raises(Refusal, match="has no note of the export"):
        returned(document(empty_content()), book)


def test_a_workbook_without_its_guide_is_refused(project: Document, book: Path) -> None:
    def change(opened: Any) -> None:
        del opened["_columns"]

    with pytest.raises(Refusal, match="_columns"):
        returned(project, edit(book, change))


def test_a_text_longer_than_a_cell_comes_back(tmp_path: Path) -> None:
    content = empty_content()
    put(content, "actors", r.Actor(id="a", name="Long", tlp="CLEAR", notes="word " * 9_000))
    project = document(content)
    path = edit(exported(project, tmp_path / "long.xlsx"), lambda _book: None)
    assert returned(project, path).is_empty
    edit(path, _set("Actors", "Notes", "Long", "short now"))
    assert only(returned(project, path)).then == "short now"


def test_awkward_texts_come_back_as_they_were(tmp_path: Path) -> None:
    content = empty_content()
    texts = ["=1+1", "+2", "-3", "@x", "'q", "\ttab", "_x0041_", " blanks ", "a\r\nb", "2013-05",
             "123", "yes", "a; b", "تنسق", "မြန်မာ", "e\u0301"]  # fmt: skip
    for number, text in enumerate(texts):
        put(content, "actors", r.Actor(id=f"a{number}", name=f"N{number}", tlp="CLEAR", notes=text,
                                       short_name=text, other_names=(text, "b;c")))  # fmt: skip
    project = document(content)
    path = edit(exported(project, tmp_path / "odd.xlsx"), lambda _book: None)
    assert returned(project, path).items == ()


def test_the_note_of_an_export_holds_digests_and_no_texts(project: Document, book: Path) -> None:
    run = next(iter(project.table("exports").values()))
    encoded = msgspec.json.encode(run).decode()
    assert book.exists()
    assert "African Union" not in encoded
    assert "Addis" not in encoded


def test_the_mark_stands_on_the_cover(project: Document, book: Path) -> None:
    run = next(iter(project.table("exports").values()))
    cover = openpyxl.load_workbook(book)["Read me"]
    assert row_of(cover, getattr(run, "mark", "?"))
