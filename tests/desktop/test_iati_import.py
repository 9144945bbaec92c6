"""IATI files from the command line and the window: tried, joined with known actors, undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.dialogs.iati_plan import IatiPlanDialog
from desktop.dialogs.same_actors import SameActorsDialog
from model.commands.records import add_record
from tests.desktop.cli_runner import Runner
from tests.desktop.test_whole_way import choose_path, press, session_of, wait_for
from tests.exporters.readers.test_iati import TWO, written

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(tmp_path, capsys)


def test_the_command_line_tries_then_imports_and_joins_known_actors_on_request(
    run: Runner, tmp_path: Path
) -> None:
    folder = tmp_path / "known"
    folder.mkdir()
    (folder / "actors.csv").write_text("id,name,kind\nA1,Northland,state\n", "utf-8")
    project, source = tmp_path / "p.xtrk", written(tmp_path, TWO)
    assert run.sealed("new", project, "--from", folder).code == 0
    tried = run.sealed("import", project, source, "--dry-run")
    assert "Perhaps the same: “Northland” is called like “Northland”." in tried.out
    assert "Nothing was written; 4 records would be added." in tried.out
    done = run.sealed("import", project, source, "--same-actors", "--json")
    assert done.json["written"] is True
    assert done.json["import"]["offers"] == []
    again = run.sealed("import", project, source)
    assert "There was nothing new" in again.out


def test_an_unknown_kind_of_money_is_refused(run: Runner, tmp_path: Path) -> None:
    project, source = tmp_path / "p.xtrk", written(tmp_path, TWO)
    assert run.sealed("new", project).code == 0
    assert "budgets, disbursements" in run.refused(
        "import", project, source, "--money", "pledges", *run.secret
    )


def test_the_window_offers_known_actors_and_imports_as_one_step(
    qtbot: QtBot, controller: Controller, tmp_path: Path
) -> None:
    controller.new()
    document = session_of(controller).document
    add_record(document, "actors", name="Northland", kind="state")
    add_record(document, "actors", name="Quiet Bridges", kind="mso")
    controller.window.actions_by_id["import_iati"].trigger()
    choose_path(qtbot, written(tmp_path, TWO))
    dialog = wait_for(qtbot, SameActorsDialog)
    assert dialog.choices.count() == 2
    dialog.choices.setFocus()
    QTest.keyClick(dialog.choices, Qt.Key.Key_Down)
    QTest.keyClick(dialog.choices, Qt.Key.Key_Space)
    press(dialog, "Go on")
    press(wait_for(qtbot, IatiPlanDialog), "Import")
    qtbot.waitUntil(lambda: controller.runner.is_idle)
    names = sorted(actor.name for actor in document.actors.values())
    assert names == ["Northland", "Quiet Bridges", "Quiet Bridges"]
    (line,) = document.funding.values()
    assert document.actors[line.donor_id].external
    session_of(controller).history.undo()
    assert len(document.actors) == 2
    assert not document.funding


def test_another_statement_of_money_is_planned_anew_before_anything_is_done(
    qtbot: QtBot, controller: Controller, tmp_path: Path
) -> None:
    commitment = (
        '<transaction><transaction-type code="2"/><transaction-date iso-date="2020-02-01"/>'
        "<value>900</value></transaction></iati-activity>"
    )
    text = TWO.replace("</iati-activity>", commitment)
    controller.new()
    document = session_of(controller).document
    controller.window.actions_by_id["import_iati"].trigger()
    choose_path(qtbot, written(tmp_path, text))
    first = wait_for(qtbot, IatiPlanDialog)
    assert first.money.currentData() == ""
    first.money.setCurrentIndex(first.money.findData("commitments"))
    first.money.activated.emit(first.money.currentIndex())
    qtbot.waitUntil(lambda: not first.isVisible())
    second = wait_for(qtbot, IatiPlanDialog)
    assert second.money.currentData() == "commitments"
    assert not document.funding
    press(second, "Import")
    qtbot.waitUntil(lambda: bool(document.funding))
    (line,) = document.funding.values()
    assert str(line.amount) == "900"
