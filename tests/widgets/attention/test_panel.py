"""The needs-attention panel: list, filter, explanation, and the two ways on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QStyleOptionViewItem

from model.analysis.engine import Kept, refreshed
from model.commands.actors import move
from model.commands.records import add_record, set_fields
from model.drawing.style import style_sheet
from tests.builders import a_project
from tests.samples import by_case_id, sample
from tests.widgets.opening import shown, workspace_of
from widgets.attention.model import ENTRY_ROLE, FindingModel
from widgets.attention.panel import AttentionPanel
from widgets.common.theme import GRID, TypeSizes

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from model.analysis.finding import Finding
    from widgets.common.workspace import Workspace

Work = Callable[[], Kept]
Done = Callable[[Kept], None]


@pytest.fixture
def workspace(qapp: object) -> Workspace:
    return workspace_of(sample())


@pytest.fixture
def panel(qtbot: QtBot, workspace: Workspace) -> AttentionPanel:
    panel = AttentionPanel(workspace)
    shown(qtbot, panel)
    panel.compute()
    return panel


def rule(panel: AttentionPanel, rule_id: str) -> Finding:
    return next(one for one in panel.findings if one.rule_id == rule_id)


def test_it_lists_what_the_engine_finds_grave_ones_first(panel: AttentionPanel) -> None:
    assert panel.counts == {"high": 8, "medium": 65, "low": 65, "info": 0, "muted": 0}
    assert panel.counts_text == f"{len(panel.findings)} warnings, 8 high"
    first = panel.model.rows[0]
    assert first.finding.rule_id == "W02"
    assert first.finding.severity == "high"


def test_many_of_one_rule_stand_under_one_heading(panel: AttentionPanel) -> None:
    headings = [entry for entry in panel.model.rows if entry.is_heading]
    heading = next(entry for entry in headings if entry.finding.rule_id == "W06")
    assert heading.text == "5 activities that outlast their money"
    assert heading.note == "W06 · Outlives its funding · 4 high, 1 medium"
    assert [one.finding.severity for one in heading.children] == ["high"] * 4 + ["medium"]
    listed = sum(len(entry.children) or 1 for entry in panel.model.rows)
    assert listed == len(panel.findings)


def test_the_model_keeps_qts_rules(panel: AttentionPanel) -> None:
    model = FindingModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_findings(panel.findings)
    model.show_findings(panel.findings[:2])
    assert tester.model() is model
    top = model.index(0, 0)
    assert model.data(top, Qt.ItemDataRole.AccessibleTextRole).startswith("High: ")
    assert model.rowCount(QModelIndex()) == 1
    assert model.rowCount(top) == 2


def test_filters_hide_by_severity(panel: AttentionPanel) -> None:
    panel.filters["high"].click()
    assert all(entry.finding.severity != "high" for entry in panel.model.rows)
    panel.filters["medium"].click()
    panel.filters["low"].click()
    assert panel.model.rows == []
    panel.filters["high"].click()
    assert {entry.finding.severity for entry in panel.model.rows} == {"high"}


def test_a_finding_explains_itself(panel: AttentionPanel) -> None:
    assert not panel.detail.isVisible()
    panel.select_finding(rule(panel, "W13"))
    assert panel.detail.isVisible()
    assert "security review" in panel.detail.why.text()
    assert "Source: C4" in panel.detail.why.text()
    assert panel.detail.targets()[0].whole_text == "CPC civilian protection monitoring"


def test_show_on_map_selects_all_that_lies_there(
    panel: AttentionPanel, workspace: Workspace, qtbot: QtBot
) -> None:
    finding = rule(panel, "W27")
    panel.select_finding(finding)
    with qtbot.waitSignal(workspace.reveal_wanted) as caught:
        panel.detail.show_button.click()
    assert tuple(caught.args or ()) == finding.targets[0]
    assert workspace.selection == finding.targets


def test_what_is_only_on_the_timeline_is_shown_there(panel: AttentionPanel) -> None:
    panel.select_finding(rule(panel, "W06"))
    assert panel.detail.show_button.text() == "Show on timeline"
    panel.select_finding(rule(panel, "W23"))
    assert not panel.detail.show_button.isEnabled()


def test_review_selects_what_it_is_about_and_asks_for_the_checklist(
    panel: AttentionPanel, workspace: Workspace, qtbot: QtBot
) -> None:
    finding = rule(panel, "W25")
    panel.select_finding(finding)
    with qtbot.waitSignal(panel.review_wanted):
        panel.detail.review_button.click()
    assert workspace.selection == (finding.targets[0],)
    panel.select_finding(rule(panel, "W23"))
    with qtbot.waitSignal(panel.review_wanted):
        panel.detail.review_button.click()
    assert not workspace.selection


def test_all_of_a_rule_are_explained_shown_and_set_aside_together(
    panel: AttentionPanel, workspace: Workspace
) -> None:
    heading = next(one for one in panel.model.rows if one.finding.rule_id == "W24")
    assert heading.is_heading
    panel.view.setCurrentIndex(panel.model.index_of(heading))
    links = [one.subject for one in panel.findings if one.rule_id == "W24"]
    assert len(panel.detail.targets()) == 4
    assert panel.detail.rest.text() == f"and {len(links) - 4} more"
    assert not panel.detail.review_button.isVisible()
    panel.detail.show_button.click()
    assert set(workspace.selection) == set(links)
    panel.detail.mute_button.click()
    form = panel.detail.mute_form
    QTest.keyClicks(form.reason, "Written down by March")
    QTest.keyClicks(form.role, "team lead")
    QTest.keyClicks(form.expires, "2013-03")
    QTest.keyClick(form.expires, Qt.Key.Key_Return)
    panel.compute()
    assert all(one.muted_by for one in panel.findings if one.rule_id == "W24")
    assert not any(one.muted_by for one in panel.findings if one.rule_id == "W25")


def test_enter_opens_a_heading_and_shows_a_finding(
    panel: AttentionPanel, workspace: Workspace
) -> None:
    heading = next(entry for entry in panel.model.rows if entry.is_heading)
    index = panel.model.index_of(heading)
    panel.view.setFocus()
    panel.view.setCurrentIndex(index)
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert panel.view.isExpanded(index)
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    entry = panel.view.currentIndex().data(ENTRY_ROLE)
    assert entry.parent is heading
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert workspace.selection


def test_it_computes_again_a_moment_after_a_change(
    panel: AttentionPanel, workspace: Workspace, qtbot: QtBot
) -> None:
    activity = by_case_id(workspace.document, "activities", "C08")
    panel.select_finding(rule(panel, "W13"))
    with qtbot.waitSignal(panel.findings_changed):
        set_fields(workspace.document, "activities", [activity], {"security_review": "yes"})
        assert rule(panel, "W13").severity == "high"
    assert all(one.rule_id != "W13" for one in panel.findings)
    assert not panel.detail.isVisible()
    with qtbot.waitSignal(panel.findings_changed):
        workspace.history.undo()
    assert rule(panel, "W13").severity == "high"


def test_opened_headings_and_the_current_row_survive_a_computation(panel: AttentionPanel) -> None:
    finding = rule(panel, "W25")
    panel.select_finding(finding)
    before = panel.view.currentIndex().data(ENTRY_ROLE).key
    panel.compute()
    assert panel.view.currentIndex().data(ENTRY_ROLE).key == before
    assert panel.view.isExpanded(panel.view.currentIndex().parent())


def test_moving_cards_changes_no_warning(panel: AttentionPanel, workspace: Workspace) -> None:
    panel._timer.stop()
    move(workspace.document, {next(iter(workspace.document.actors)): (1.0, 2.0)})
    assert not panel._timer.isActive()


def test_the_day_counts(panel: AttentionPanel, workspace: Workspace, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.findings_changed):
        workspace.set_as_of(panel.findings[0].as_of.replace(year=2030))
    assert panel.findings[0].as_of.year == 2030
    assert "2030" in panel.headline.text()


def test_a_late_answer_to_an_old_question_is_dropped(qtbot: QtBot, workspace: Workspace) -> None:
    waiting: list[tuple[Work, Done]] = []
    panel = AttentionPanel(workspace, lambda work, done: waiting.append((work, done)))
    shown(qtbot, panel)
    waiting.clear()
    panel.compute()
    panel.compute()
    (old_work, old_done), (new_work, new_done) = waiting
    whole = new_work()
    new_done(msgspec.structs.replace(whole, findings=whole.findings[:1]))
    old_done(old_work())
    assert len(panel.findings) == 1


def test_muted_findings_can_be_looked_at(workspace: Workspace, qtbot: QtBot) -> None:
    add_record(workspace.document, "mutes", rule_id="W02", reason="known")
    panel = AttentionPanel(workspace)
    shown(qtbot, panel)
    panel.compute()
    assert panel.counts["muted"] == 3
    assert all(entry.finding.rule_id != "W02" for entry in panel.model.rows)
    panel.filters["muted"].click()
    entry = next(entry for entry in panel.model.rows if entry.finding.rule_id == "W02")
    assert "muted" in entry.note
    workspace.set_style(style_sheet("dark"))


def test_nothing_found_is_said_with_care(qtbot: QtBot, workspace: Workspace) -> None:
    nothing = refreshed(None, workspace.document.snapshot(), workspace.as_of, [])
    panel = AttentionPanel(workspace, lambda _, done: done(nothing))
    shown(qtbot, panel)
    panel.compute()
    assert "only know what is recorded" in panel.headline.text()
    assert not panel.filters["high"].isVisible()


def test_a_warning_is_set_aside_with_reason_role_and_expiry(qtbot: QtBot) -> None:
    project = a_project().actor("a").actor("b").actor("c")
    project.link("a", "b", rationale="because").link("a", "c", rationale="because")
    panel = AttentionPanel(workspace_of(project.document()))
    shown(qtbot, panel)
    panel.compute()
    finding = next(one for one in panel.findings if one.subject == ("linkages", "a>b"))
    panel.select_finding(finding)
    panel.detail.mute_button.click()
    form = panel.detail.mute_form
    QTest.keyClicks(form.reason, "Known to all")
    QTest.keyClick(form.reason, Qt.Key.Key_Return)
    assert form.refusal.isVisible()
    QTest.keyClicks(form.role, "team lead")
    QTest.keyClicks(form.expires, "2013-12")
    QTest.keyClick(form.expires, Qt.Key.Key_Return)
    assert not form.isVisible()
    panel.compute()
    [record] = panel._workspace.document.table("mutes").values()
    muted = [one for one in panel.findings if one.muted_by]
    assert [one.subject for one in muted] == [("linkages", "a>b")]
    assert muted[0].rule_id == finding.rule_id
    panel.filters["muted"].setChecked(True)
    panel.select_finding(muted[0])
    assert "team lead until" in panel.detail.set_aside.text()
    panel.detail.mute_button.click()
    panel.compute()
    assert not any(one.muted_by for one in panel.findings)
    assert record.id not in panel._workspace.document.table("mutes")


def test_limits_are_changed_where_one_sees_what_they_do(panel: AttentionPanel) -> None:
    finding = next(
        one for one in panel.findings if one.rule_id == "W06" and " runs 4 days" in one.message
    )
    panel.select_finding(finding)
    field = panel.detail.limits.fields["W06.days"]
    assert field.value() == 1
    field.setValue(5)
    document = panel._workspace.document
    assert document.project.thresholds == {"W06.days": 5.0}
    panel.compute()
    assert finding not in panel.findings
    panel._workspace.history.undo()
    assert document.project.thresholds == {}


@pytest.mark.parametrize("width", [220, 280, 340, 460])
def test_a_heading_in_bold_has_room_for_all_its_lines(panel: AttentionPanel, width: int) -> None:
    panel.resize(width, 500)
    view, model = panel.view, panel.view.model()
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        entry = index.data(ENTRY_ROLE)
        if not entry.is_heading:
            continue
        bold = QFont(view.font())
        bold.setBold(True)
        small = QFont(view.font())
        small.setPixelSize(TypeSizes().small)
        size = view.itemDelegate().sizeHint(view_option(panel), index)
        flags = int(Qt.TextFlag.TextWordWrap)
        room = QRect(0, 0, size.width(), 10_000)
        text = QFontMetrics(bold).boundingRect(room, flags, entry.text).height()
        assert size.height() >= text + QFontMetrics(small).lineSpacing() + 2 * GRID


def view_option(panel: AttentionPanel) -> QStyleOptionViewItem:
    option = QStyleOptionViewItem()
    option.font = panel.view.font()
    return option


def test_findings_that_stay_the_same_leave_the_list_alone(
    panel: AttentionPanel, workspace: Workspace, qtbot: QtBot
) -> None:
    actor = next(iter(workspace.document.actors))
    with qtbot.assertNotEmitted(panel.model.modelReset):
        set_fields(workspace.document, "actors", [actor], {"interests": "Peace"})
        panel.compute()
    workspace.set_as_of(workspace.as_of.replace(year=workspace.as_of.year + 1))
    panel.compute()
    assert str(workspace.as_of.year) in panel.headline.text()
