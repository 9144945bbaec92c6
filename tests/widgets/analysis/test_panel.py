"""The analysis panel: choosing, reading by keyboard, leading to records, answering a gap."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from model.analysis.views import VIEWS
from model.analysis.views.grid import Grid
from model.commands.records import set_fields
from model.drawing.style import style_sheet
from model.filtering import FilterSpec
from model.search import SearchIndex
from tests.samples import sample
from tests.widgets.opening import shown, workspace_of
from widgets.analysis.model import GridModel
from widgets.analysis.panel import AnalysisPanel
from widgets.common.lens import Lens

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from widgets.common.workspace import Workspace


@pytest.fixture
def workspace(qapp: object) -> Workspace:
    return workspace_of(sample())


@pytest.fixture
def panel(qtbot: QtBot, workspace: Workspace) -> AnalysisPanel:
    panel = AnalysisPanel(workspace)
    shown(qtbot, panel, 700)
    panel.compute()
    return panel


def column(panel: AnalysisPanel, text: str) -> int:
    headings = [panel.model.headerData(at, Qt.Orientation.Horizontal) for at in range(20)]
    return headings.index(text)


def row(panel: AnalysisPanel, text: str) -> int:
    return [one.title.text for one in panel.model.grid.rows].index(text)


@pytest.mark.parametrize("view_id", VIEWS)
def test_every_analysis_can_be_shown(panel: AnalysisPanel, view_id: str) -> None:
    panel.show_view(view_id)
    panel.compute()
    assert panel.question.text() == VIEWS[view_id].asks
    assert panel.view.isVisible() or panel.summary.text()
    for one in panel.model.grid.rows:
        assert len(one.cells) == len(panel.model.grid.columns)


def test_the_grid_keeps_the_rules_of_qt_models(panel: AnalysisPanel) -> None:
    model = GridModel()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    model.show_grid(panel.model.grid)
    model.show_grid(Grid("", (), ()))
    assert tester.model() is model


def test_the_keyboard_moves_and_enter_leads_to_the_records(
    panel: AnalysisPanel, workspace: Workspace, qtbot: QtBot
) -> None:
    panel.show_view("channels")
    panel.compute()
    at = panel.model.index(row(panel, "NOR"), column(panel, "NDFP") - 1)
    panel.view.setCurrentIndex(at)
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_Right)
    assert "Facilitation" in panel.foot.text.text()
    assert len(panel.foot.rows()) == 1
    with qtbot.waitSignal(workspace.reveal_wanted):
        QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert [table for table, _ in workspace.selection] == ["linkages"]


def test_screen_readers_hear_row_column_and_meaning(panel: AnalysisPanel) -> None:
    panel.show_view("blind_spots")
    panel.compute()
    at = panel.model.index(row(panel, "Youth organisations"), column(panel, "Track II"))
    said = at.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == (
        "Youth organisations, Track II: Nobody on the map, and no record of a search (gap)"
    )


def test_a_gap_is_answered_by_a_search_that_found_nobody(
    panel: AnalysisPanel, workspace: Workspace
) -> None:
    panel.show_view("blind_spots")
    panel.compute()
    at = (row(panel, "Youth organisations"), column(panel, "Track II"))
    panel.view.setCurrentIndex(panel.model.index(*at))
    QTest.keyClicks(panel.foot.search.outcome, "Asked both universities")
    QTest.keyClick(panel.foot.search.outcome, Qt.Key.Key_Return)
    panel.compute()
    assert panel.model.index(*at).data() == "none found, 2013-02-15"
    assert "Asked both universities" in panel.foot.text.text()
    workspace.history.undo()
    panel.compute()
    assert panel.model.index(*at).data() == "gap"


def test_dividers_are_listed_and_activities_tested_by_keyboard(
    panel: AnalysisPanel, workspace: Workspace
) -> None:
    panel.show_view("dividers")
    panel.compute()
    form = panel.divider
    assert form.isVisible()
    QTest.keyClicks(form.title, "Land titles")
    QTest.keyClick(form.buttons["divider"], Qt.Key.Key_Space)
    QTest.keyClicks(form.title, "Market day")
    QTest.keyClick(form.buttons["connector"], Qt.Key.Key_Space)
    panel.show_view("tested")
    panel.compute()
    assert not form.isVisible()
    at = (0, column(panel, "Land titles"))
    panel.view.setCurrentIndex(panel.model.index(*at))
    test = panel.foot.test
    assert test.isVisible()
    QTest.keyClicks(test.reasoning, "Hires from one clan")
    QTest.keyClicks(test.role, "team lead")
    QTest.keyClick(test.effect.button("strengthens"), Qt.Key.Key_Space)
    panel.compute()
    assert panel.model.index(*at).data() == "Strengthens it"
    assert panel.model.cell(panel.model.index(*at)).mark == "alarm"
    QTest.keyClicks(test.options, "Hire in pairs")
    QTest.keyClick(test.options, Qt.Key.Key_Return)
    panel.compute()
    assert panel.model.cell(panel.model.index(*at)).mark == "doubt"
    assert "Instead: Hire in pairs" in panel.foot.text.text()
    [record] = workspace.document.table("divider_tests").values()
    assert record.reasoning == "Hires from one clan"  # type: ignore[attr-defined]
    assert record.date.iso() == "2013-02-15"  # type: ignore[attr-defined]
    panel.view.setCurrentIndex(panel.model.index(1, at[1]))
    assert test.effect.code == ""
    assert (test.reasoning.text(), test.options.text()) == ("", "")
    assert test.role.text() == "team lead"


def test_a_decision_is_logged_and_stays(panel: AnalysisPanel, workspace: Workspace) -> None:
    workspace.select([("actors", next(iter(workspace.document.actors)))])
    panel.show_view("log")
    panel.compute()
    form = panel.decision
    assert not form.log_button.isEnabled()
    QTest.keyClicks(form.title, "We wait with the visit")
    QTest.keyClicks(form.reason, "The security review is not done")
    QTest.keyClicks(form.role, "team lead")
    QTest.keyClick(form.role, Qt.Key.Key_Return)
    panel.compute()
    assert [one.title.text for one in panel.model.grid.rows] == ["We wait with the visit"]
    assert panel.model.grid.rows[0].cells[2].text == "The security review is not done"
    assert panel.model.grid.rows[0].cells[1].targets == workspace.selection
    assert form.title.text() == ""
    assert form.role.text() == "team lead"


def test_the_stall_test_can_be_asked_about_one_process(
    panel: AnalysisPanel, workspace: Workspace
) -> None:
    panel.show_view("stall")
    panel.compute()
    whole = panel.summary.text()
    assert panel.about.isVisible()
    names = [panel.about.itemText(at) for at in range(panel.about.count())]
    assert names[0] == "The whole of Track I"
    at = names.index("GPH-MILF peace talks")
    panel.about.setFocus()
    for _ in range(at):
        QTest.keyClick(panel.about, Qt.Key.Key_Down)
    panel.compute()
    assert panel.summary.text() == "Nothing on record depends on GPH-MILF peace talks alone."
    assert panel.summary.text() != whole
    process = panel.about.currentData()
    set_fields(workspace.document, "processes", [process], {"name": "Peace talks"})
    panel.compute()
    assert panel.about.currentText() == "Peace talks"
    panel.show_view("channels")
    assert not panel.about.isVisible()


def test_the_table_behind_an_analysis_can_be_opened(panel: AnalysisPanel, qtbot: QtBot) -> None:
    panel.show_view("stall")
    assert not panel.table_button.isVisible()
    panel.show_view("trust")
    assert panel.table_button.text() == "Table “Trust”"
    with qtbot.waitSignal(panel.table_wanted) as caught:
        panel.table_button.click()
    assert caught.args == ["trust"]


def test_it_follows_changes_and_keeps_its_place(
    panel: AnalysisPanel, workspace: Workspace, qtbot: QtBot
) -> None:
    panel.show_view("spheres")
    panel.compute()
    panel.view.setCurrentIndex(panel.model.index(1, 2))
    activity = panel.model.grid.rows[0].cells[1].targets[0]
    set_fields(workspace.document, "activities", [activity[1]], {"tracks": ("T3",)})
    qtbot.waitUntil(lambda: not panel.model.grid.rows[0].cells[1].targets)
    assert (panel.view.currentIndex().row(), panel.view.currentIndex().column()) == (1, 2)


def test_it_looks_like_the_theme(panel: AnalysisPanel, workspace: Workspace) -> None:
    before = panel.view.grab().toImage()
    workspace.set_style(style_sheet("dark"))
    assert panel.view.grab().toImage() != before


def test_the_first_column_stays_in_sight(qtbot: QtBot, qapp: object) -> None:
    panel = AnalysisPanel(workspace_of(sample("myanmar"), date(2023, 3, 1)))
    shown(qtbot, panel, 600)
    panel.show_view("channels")
    panel.compute()
    bar = panel.view.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    assert panel.view.visualRect(panel.model.index(1, 0)).left() == 0
    bar.setValue(0)
    last = panel.model.index(1, panel.model.columnCount() - 1)
    panel.view.setCurrentIndex(last)
    assert bar.value() > 0
    QTest.keyClick(panel.view, Qt.Key.Key_Home)
    panel.view.setCurrentIndex(panel.model.index(1, 1))
    assert panel.view.visualRect(panel.model.index(1, 1)).left() >= panel.view.columnWidth(0)


def lens_of(workspace: Workspace) -> Lens:
    index = SearchIndex(workspace.document)
    workspace.committed.connect(lambda commit: index.follow(commit.patch))
    return Lens(workspace, index)


def test_measures_follow_the_filter_and_say_for_whom_they_hold(
    qtbot: QtBot, workspace: Workspace
) -> None:
    lens = lens_of(workspace)
    panel = AnalysisPanel(workspace, lens=lens)
    shown(qtbot, panel, 700)
    panel.show_view("brokers")
    panel.compute()
    assert "all 49 actors" in panel.caveat.text()
    lens.set_filter(FilterSpec({"track": frozenset({"T1"})}))
    qtbot.waitUntil(lambda: "that the filter shows" in panel.caveat.text())
    panel.show_view("channels")
    panel.compute()
    assert panel.caveat.isHidden()


def test_a_circle_is_accepted_as_a_group_by_keyboard_and_undone(
    qtbot: QtBot, workspace: Workspace
) -> None:
    lens = lens_of(workspace)
    panel = AnalysisPanel(workspace, lens=lens)
    shown(qtbot, panel, 700)
    panel.show_view("circles")
    panel.compute()
    before = dict(workspace.document.groups)
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    panel.foot.name.setFocus()
    panel.foot.name.selectAll()
    QTest.keyClicks(panel.foot.name, "Inner circle")
    QTest.keyClick(panel.foot.name, Qt.Key.Key_Return)
    made = [one for i, one in workspace.document.groups.items() if i not in before]
    assert [one.label for one in made] == ["Inner circle"]
    assert len(made[0].member_ids) == len(panel.foot._actors())
    qtbot.waitUntil(lambda: panel.model.index(0, 4).data() == "Inner circle")
    assert panel.foot.accept.isHidden() or not panel.foot.accept.isVisible()
    workspace.history.undo()
    assert dict(workspace.document.groups) == before


def test_the_actors_of_a_cell_are_shown_by_themselves_on_the_map(
    qtbot: QtBot, workspace: Workspace
) -> None:
    lens = lens_of(workspace)
    panel = AnalysisPanel(workspace, lens=lens)
    shown(qtbot, panel, 700)
    panel.show_view("circles")
    panel.compute()
    panel.view.setCurrentIndex(panel.model.index(1, 0))
    QTest.mouseClick(panel.foot.show_only, Qt.MouseButton.LeftButton)
    ids = {one for _, one in panel.model.grid.rows[1].title.targets}
    assert lens.lit is not None
    assert ids <= lens.lit
    assert set(workspace.selected("actors")) == ids
