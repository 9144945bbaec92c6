"""The checklist follows the selection; answers are undo steps; everything works by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from model.commands.records import remove_records, set_fields
from model.dates import parse_date
from model.document import Document
from model.donoharm.assessment import Standing
from model.donoharm.items import all_items
from model.donoharm.sets import item_set
from model.drawing.style import style_sheet
from model.records import Answer
from model.redaction import open_red_flags
from tests.samples import by_case_id, sample
from tests.widgets.opening import shown, workspace_of
from widgets.checklist.panel import ChecklistPanel
from widgets.checklist.states import state_symbol

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from widgets.common.workspace import Workspace


@pytest.fixture
def workspace(qapp: object) -> Workspace:
    return workspace_of(sample())


@pytest.fixture
def panel(qtbot: QtBot, workspace: Workspace) -> ChecklistPanel:
    panel = ChecklistPanel(workspace)
    shown(qtbot, panel)
    return panel


def answer_of(workspace: Workspace, item_id: str, target_id: str = "") -> str:
    return next(
        one.answer
        for one in workspace.document.answers.values()
        if (one.item_id, one.target_id) == (item_id, target_id)
    )


def test_the_project_when_nothing_is_selected(panel: ChecklistPanel) -> None:
    assert panel.pages.isVisible()
    assert panel.pages.code == "project"
    assert len(panel.rows) == 19
    assert panel.progress.text() == "7 of 18 answered, 2 open flags, 1 to look at again"


@pytest.mark.parametrize(
    ("table", "case_id", "count", "progress"),
    [
        ("activities", "C08", 11, "1 of 9 answered, 1 open flag"),
        ("linkages", "L34", 3, "1 of 3 answered, 1 open flag"),
        ("actors", "A38", 7, "1 of 6 answered, 0 open flags"),
    ],
)
def test_it_is_about_the_selection(
    panel: ChecklistPanel,
    workspace: Workspace,
    table: str,
    case_id: str,
    count: int,
    progress: str,
) -> None:
    workspace.select([(table, by_case_id(workspace.document, table, case_id))])
    assert len(panel.rows) == count
    assert panel.progress.text() == progress
    workspace.select([])
    assert len(panel.rows) == 19


def test_it_starts_with_what_is_selected_already(qtbot: QtBot, workspace: Workspace) -> None:
    workspace.select([("actors", by_case_id(workspace.document, "actors", "A38"))])
    panel = ChecklistPanel(workspace)
    qtbot.addWidget(panel)
    assert panel.title.text() == "Moro National Liberation Front"


def test_states_have_words_and_icons_of_their_own(
    panel: ChecklistPanel, workspace: Workspace
) -> None:
    words = {item: row.words.text() for item, row in panel.rows.items()}
    assert words["DNH-01"] == "Open flag · Partly · team lead, 2013-02-15"
    assert words["DNH-02"] == "Yes · team lead, 2013-02-15"
    assert words["DNH-11"] == "Not answered"
    assert words["DNH-15"] == "Not asked in this phase"
    assert words["DNH-31"] == "Partly · 646 days overdue · analyst, 2011-02-10"
    assert panel.rows["DNH-01"].head.accessibleName().endswith(words["DNH-01"])
    names = {
        row.standing.state: state_symbol(row.standing, workspace.style)[0]
        for row in panel.rows.values()
        if row.standing.answer is None or row.standing.answer.answer != "partly"
    }
    names["flag"] = state_symbol(panel.rows["DNH-01"].standing, workspace.style)[0]
    names["stale"] = state_symbol(panel.rows["DNH-31"].standing, workspace.style)[0]
    assert len(set(names.values())) == len(names)


def test_an_item_opens_with_its_question_and_closes(panel: ChecklistPanel) -> None:
    QTest.mouseClick(panel.rows["DNH-11"].head, Qt.MouseButton.LeftButton)
    assert panel.opened == "DNH-11"
    assert panel.detail is not None
    assert panel.detail.isVisible()
    QTest.mouseClick(panel.rows["DNH-11"].head, Qt.MouseButton.LeftButton)
    assert panel.opened == ""
    assert panel.detail is None


def test_answering_by_keyboard_is_one_undo_step(
    panel: ChecklistPanel, workspace: Workspace, qtbot: QtBot
) -> None:
    panel.open_item("DNH-11")
    assert panel.detail is not None
    first = panel.detail.choices.button("yes")
    qtbot.waitUntil(first.hasFocus)
    QTest.keyClick(first, Qt.Key.Key_P)
    assert answer_of(workspace, "DNH-11") == "partly"
    answer = next(a for a in workspace.document.answers.values() if a.item_id == "DNH-11")
    assert answer.review_date == parse_date("2013-02-15")
    assert panel.progress.text().startswith("8 of 18 answered")
    workspace.history.undo()
    assert all(one.item_id != "DNH-11" for one in workspace.document.answers.values())
    assert panel.progress.text().startswith("7 of 18 answered")
    assert panel.detail.choices.code == ""
    workspace.history.redo()
    assert panel.detail.choices.code == "partly"


def test_an_answer_can_be_changed_and_raises_or_lowers_the_flag(
    panel: ChecklistPanel, workspace: Workspace
) -> None:
    panel.open_item("DNH-02")
    assert panel.detail is not None
    QTest.mouseClick(panel.detail.choices.button("no"), Qt.MouseButton.LeftButton)
    assert panel.rows["DNH-02"].words.text().startswith("Open flag · No")
    QTest.mouseClick(panel.detail.choices.button("yes"), Qt.MouseButton.LeftButton)
    assert panel.rows["DNH-02"].words.text().startswith("Yes")
    workspace.history.undo()
    assert answer_of(workspace, "DNH-02") == "no"


def test_reasoning_is_typed_and_kept(panel: ChecklistPanel, workspace: Workspace) -> None:
    panel.open_item("DNH-11")
    assert panel.detail is not None
    text = panel.detail.editors["reasoning"].text  # type: ignore[attr-defined]
    text.setFocus()
    QTest.keyClicks(text, "Checked with insiders")
    QTest.keyClick(text, Qt.Key.Key_Tab)
    answer = next(a for a in workspace.document.answers.values() if a.item_id == "DNH-11")
    assert answer.reasoning == "Checked with insiders"
    assert answer.answer == "unknown"


def test_typing_is_kept_when_something_is_selected(
    panel: ChecklistPanel, workspace: Workspace
) -> None:
    panel.open_item("DNH-11")
    assert panel.detail is not None
    line = panel.detail.editors["reviewer_role"].line  # type: ignore[attr-defined]
    line.setFocus()
    QTest.keyClicks(line, "analyst")
    actor = by_case_id(workspace.document, "actors", "A09")
    workspace.select([("actors", actor)])
    answer = next(a for a in workspace.document.answers.values() if a.item_id == "DNH-11")
    assert (answer.reviewer_role, answer.target_id) == ("analyst", "")
    assert panel.opened == ""


def test_a_bad_date_is_refused_at_the_field(panel: ChecklistPanel, workspace: Workspace) -> None:
    panel.open_item("DNH-11")
    assert panel.detail is not None
    editor = panel.detail.editors["next_review"]
    line = editor.line  # type: ignore[attr-defined]
    line.setFocus()
    QTest.keyClicks(line, "2013-13-01")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "2013-13-01" in editor.refusal
    assert not workspace.history.can_undo


def test_review_goes_from_one_open_question_to_the_next(
    panel: ChecklistPanel, workspace: Workspace
) -> None:
    activity = by_case_id(workspace.document, "activities", "C08")
    workspace.select([("activities", activity)])
    seen = []
    for _ in range(9):
        panel.next_button.click()
        seen.append(panel.opened)
        assert panel.detail is not None
        panel.detail.choices.button("na").click()
    assert seen == ["DNH-03", "DNH-08", *(f"DNH-{n}" for n in (17, 18, 20, 27, 32, 34, 35))]
    assert not panel.next_button.isEnabled()
    assert panel.progress.text() == "9 of 9 answered, 0 open flags"


def test_a_target_that_goes_away_gives_way_to_the_project(
    panel: ChecklistPanel, workspace: Workspace
) -> None:
    linkage = by_case_id(workspace.document, "linkages", "L34")
    workspace.select([("linkages", linkage)])
    panel.open_item("DNH-12")
    assert panel.detail is not None
    text = panel.detail.editors["reasoning"].text  # type: ignore[attr-defined]
    text.setFocus()
    QTest.keyClicks(text, "x")
    remove_records(workspace.document, "linkages", [linkage])
    assert panel.pages.isVisible()
    assert panel.pages.code == "project"


def test_the_date_decides_which_items_are_asked(
    panel: ChecklistPanel, workspace: Workspace
) -> None:
    workspace.set_as_of(parse_date("2009-10-01").first())
    assert panel.rows["DNH-15"].words.text() == "Not answered"
    workspace.set_style(style_sheet("dark"))
    assert panel.rows["DNH-15"].words.text() == "Not answered"


def test_an_illustrative_answer_says_so(panel: ChecklistPanel) -> None:
    panel.open_item("DNH-01")
    assert panel.detail is not None
    assert panel.detail.mark.isVisible()
    assert panel.detail.mark.text() == "illustrative"


def test_a_set_of_items_becomes_the_projects_own(panel: ChecklistPanel) -> None:
    workspace = panel._workspace
    workspace.select([])
    before = len(panel.rows)
    chosen = next(one for one in panel.more_button.menu().actions() if "Eight" in one.text())
    chosen.trigger()
    assert len(panel.rows) == before + 8
    chosen.trigger()
    assert len(panel.rows) == before + 8
    workspace.history.undo()
    assert len(panel.rows) == before


def test_ctrl_enter_goes_on_to_the_next_item(panel: ChecklistPanel) -> None:
    QTest.keyClick(panel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    first = panel.opened
    assert first
    assert panel.detail is not None
    QTest.keyClick(panel.detail.choices, Qt.Key.Key_Y)
    QTest.keyClick(panel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert panel.opened not in {"", first}


@pytest.mark.parametrize("scope", ["project", "invitation", "export"])
def test_an_own_item_can_be_about_anything(panel: ChecklistPanel, scope: str) -> None:
    panel._workspace.select([])
    panel.more.add_own_item(scope)
    [item] = panel._workspace.document.table("checklist_items").values()
    assert item.scope == scope  # type: ignore[attr-defined]
    assert panel._workspace.selection == (("checklist_items", item.id),)


def test_what_leaves_the_team_has_a_page_of_its_own(panel: ChecklistPanel) -> None:
    workspace = panel._workspace
    workspace.select([])
    panel.more.add_set(item_set("exports"))
    QTest.keyClick(panel.pages.button("project"), Qt.Key.Key_E)
    assert len(panel.rows) == 5
    assert "0 of 5 answered" in panel.progress.text()
    panel.review_next()
    assert panel.detail is not None
    QTest.keyClick(panel.detail.choices, Qt.Key.Key_N)
    assert "1 of 5 answered, 1 open flag" in panel.progress.text()
    [answer] = [one for one in workspace.document.answers.values() if one.scope == "export"]
    assert (answer.target_table, answer.target_id) == ("", "")
    flags = open_red_flags(workspace.document, "GREEN")
    assert any("Who will read it" in one for one in flags)
    QTest.keyClick(panel.pages.button("export"), Qt.Key.Key_T)
    assert "DNH-01" in panel.rows


def test_questions_on_an_invitation_stand_with_the_linkage(panel: ChecklistPanel) -> None:
    workspace = panel._workspace
    link = by_case_id(workspace.document, "linkages", "L34")
    set_fields(workspace.document, "linkages", [link], {"kind": "participation"})
    panel.more.add_set(item_set("invitations"))
    workspace.select([("linkages", link)])
    own = next(i for i, row in panel.rows.items() if row.standing.item.title == "Free to say no")
    panel.open_item(own)
    assert panel.detail is not None
    QTest.keyClick(panel.detail.choices, Qt.Key.Key_N)
    [answer] = [one for one in workspace.document.answers.values() if one.item_id == own]
    assert (answer.scope, answer.target_table, answer.target_id) == ("invitation", "linkages", link)
    assert panel.rows[own].standing.state == "flag"


def test_own_items_are_moved_and_retired_and_asked_again(panel: ChecklistPanel) -> None:
    workspace = panel._workspace
    workspace.select([])
    panel.more.add_set(item_set("exports"))
    panel.pages.button("export").click()
    first, second, *_ = panel.rows

    def press(item_id: str, name: str) -> None:
        panel.open_item(item_id)
        assert panel.detail is not None
        assert panel.detail.own_buttons is not None
        QTest.keyClick(panel.detail.own_buttons.buttons[name], Qt.Key.Key_Space)

    press(second, "up")
    assert list(panel.rows)[:2] == [second, first]
    press(second, "retire")
    assert second not in panel.rows
    panel.more.fill()
    aside = next(
        one for one in panel.more.actions() if "no more (1)" in one.text().replace("&", "")
    )
    [again] = aside.menu().actions()  # type: ignore[attr-defined]
    again.trigger()
    assert next(iter(panel.rows)) == second
    press(first, "edit")
    assert workspace.selection == (("checklist_items", first),)


def test_an_answer_that_is_no_flag_only_in_this_phase_gets_no_tick() -> None:
    item = next(one for one in all_items(Document({}).snapshot()) if "no" in one.flag.answers)
    style = style_sheet("light")
    good, bad = (
        state_symbol(Standing(item, Answer(id="a", item_id=item.id, answer=answer), "fine"), style)
        for answer in ("yes", "no")
    )
    assert good[0] == "ok"
    assert bad[0] != "ok"


def test_a_shipped_item_is_set_aside_with_reason_and_role_and_asked_again(
    panel: ChecklistPanel, workspace: Workspace
) -> None:
    item = next(one for one in panel.rows if panel.rows[one].standing.state == "open")
    panel.open_item(item)
    assert panel.detail is not None
    form = panel.detail.aside
    assert form is not None
    QTest.keyClick(form.begin, Qt.Key.Key_Space)
    QTest.keyClicks(form.reason, "There is one process only")
    QTest.keyClick(form.reason, Qt.Key.Key_Return)
    assert form.refusal.isVisible()
    assert "role" in form.refusal.text()
    QTest.keyClicks(form.role, "team lead")
    QTest.keyClick(form.role, Qt.Key.Key_Return)
    assert item not in panel.rows
    panel.more.fill()
    menu = next(
        one.menu() for one in panel.more.actions() if "no more" in one.text().replace("&", "")
    )
    assert isinstance(menu, QMenu)
    (action,) = menu.actions()
    assert item in action.text()
    assert "There is one process only" in action.toolTip()
    action.trigger()
    assert item in panel.rows
    assert len(workspace.document.table("decisions")) >= 2
