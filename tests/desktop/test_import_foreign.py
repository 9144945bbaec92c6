"""Files of other programs on the command line and in the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from desktop.dialogs.importing import ImportPlanDialog
from desktop.dialogs.matching import MatchDialog
from desktop.flows.importing import import_path
from tests.desktop.cli_runner import Runner
from tests.desktop.test_whole_way import press, session_of, wait_for

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the public files are not here")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(tmp_path, capsys)


@pytest.fixture
def project(run: Runner) -> Path:
    path = run.folder / "plan.xtrk"
    assert run.sealed("new", path).code == 0
    return path


@needs_data
@pytest.mark.parametrize(
    ("name", "options", "table", "count"),
    [
        ("actors/un_pko_71_missions_text_dates.csv", (), "actors", 71),
        ("actors/ucdp-actor-221.csv", (), "actors", 1725),
        ("graphs/gexf_1.1_simple.gexf", (), "actors", 2),
        ("graphs/gexf_1.2_simple.gexf", (), "actors", 2),
        ("graphs/gexf_1.3_simple.gexf", (), "actors", 2),
        ("graphs/arctic_old_namespace.gexf", (), "actors", 1715),
    ],
)
def test_public_files_go_in(
    run: Runner, project: Path, name: str, options: tuple[str, ...], table: str, count: int
) -> None:
    outcome = run.sealed("import", project, DATA / name, *options, "--json")
    assert outcome.code == 0, outcome
    assert outcome.json["written"] is True
    assert len(run.content(project)[table]) == count


@needs_data
@pytest.mark.parametrize(
    "name",
    sorted(str(path.relative_to(DATA)) for path in (DATA / "vocab").glob("*")),
)
def test_lists_of_codes_are_refused_with_what_to_do(run: Runner, project: Path, name: str) -> None:
    sentence = run.refused("import", project, DATA / name)
    assert "it is a list of codes and holds no" in sentence
    assert ("choose the file of activities" in sentence) == name.endswith(".xml")


@needs_data
def test_published_activities_go_in(run: Runner, project: Path) -> None:
    path = DATA / "funding" / "iati_activity_example_annotated.xml"
    assert run.sealed("import", project, path).code == 0
    content = run.content(project)
    assert [len(content[table]) for table in ("actors", "activities", "funding")] == [3, 1, 1]


def test_every_public_file_is_tried_here() -> None:
    """A file that is added to the study must be added to one of the tests above."""
    tried = {"actors": 3, "funding": 1, "graphs": 4, "vocab": 20}
    for folder, count in tried.items() if DATA.is_dir() else ():
        assert len(list((DATA / folder).iterdir())) == count, folder


@needs_data
@pytest.mark.parametrize("name", ["actors/ucdp_prio_acd_v25_1_split.csv"])
def test_a_file_whose_rows_are_not_clear_is_refused_with_the_options(
    run: Runner, project: Path, name: str
) -> None:
    sentence = run.refused("import", project, DATA / name)
    assert "--table" in sentence
    trial = ("import", project, DATA / name, "--table", "phases", "--column", "conflict_id=label")
    outcome = run.sealed(*trial, "--dry-run", "--json")
    assert outcome.code == 0, outcome
    read = outcome.json["import"]["read"]
    assert read[0]["rows"] == 5652


def test_options_answer_what_the_file_leaves_open(run: Runner, project: Path) -> None:
    table = run.folder / "events.csv"
    table.write_text("Event;Date\nSigning;03/04/2020\n", encoding="utf-8")
    assert "--dates" in run.refused("import", project, table)
    outcome = run.sealed("import", project, table, "--dates", "dmy", "--tlp", "GREEN", "--json")
    assert outcome.code == 0, outcome
    (milestone,) = run.content(project)["milestones"].values()
    assert (milestone.tlp, getattr(milestone, "date").iso()) == ("GREEN", "2020-04-03")  # noqa: B009


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--table", "wishes"), "no table"),
        (("--column", "Event"), "HEADER=FIELD"),
        (("--column", "Wish=label"), "has no column"),
        (("--column", "Event=wish"), "is no field"),
        (("--encoding", "klingon"), "no encoding"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    run: Runner, project: Path, options: tuple[str, ...], word: str
) -> None:
    table = run.folder / "events.csv"
    table.write_text("Event;Date\nSigning;2020\n", encoding="utf-8")
    assert word in run.refused("import", project, table, *options)


def test_the_wizard_asks_what_is_open_and_imports_in_one_step(
    controller: Controller, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "events.csv"
    path.write_text("Event;When;Kind\nSigning;03/04/2020;Agreement\n", encoding="utf-8")
    controller.new()
    document = session_of(controller).document
    controller.runner.start(import_path(session_of(controller), path), controller._exported)
    dialog = wait_for(qtbot, MatchDialog)
    page = dialog.tables[0]
    assert page.target.currentData() == "milestones"
    press(dialog, "Go on")
    assert "both orders are possible" in dialog.problem.text()
    assert page.columns.currentRow() == 1
    assert page.detail.orders.isVisible()
    QTest.mouseClick(page.detail.orders.button("dmy"), Qt.MouseButton.LeftButton)
    box = page.columns.cellWidget(2, 2)
    assert isinstance(box, QComboBox)
    assert box.currentData() == "kind"
    press(dialog, "Go on")
    press(wait_for(qtbot, ImportPlanDialog), "Import")
    qtbot.waitUntil(lambda: bool(document.milestones))
    (milestone,) = document.milestones.values()
    assert (milestone.label, milestone.kind) == ("Signing", "agreement")
    assert milestone.date is not None
    assert milestone.date.iso() == "2020-04-03"
    session_of(controller).history.undo()
    assert not document.milestones


def test_letters_that_look_wrong_are_read_anew_in_the_wizard(
    controller: Controller, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "actors.csv"
    path.write_bytes("Name,Type\nСовет,NGO\n".encode("cp1251"))
    controller.new()
    document = session_of(controller).document
    controller.runner.start(import_path(session_of(controller), path), controller._exported)

    def choose(dialog: MatchDialog, code: str) -> None:
        dialog.encodings.setCurrentIndex(dialog.encodings.findData(code))
        dialog.encodings.activated.emit(dialog.encodings.currentIndex())

    def shown(code: str, problem: str = "") -> MatchDialog:
        def is_there() -> bool:
            dialog = QApplication.activeModalWidget()
            return (
                isinstance(dialog, MatchDialog)
                and dialog.encodings.currentData() == code
                and problem in dialog.problem.text()
                and dialog.result() == 0
            )

        qtbot.waitUntil(is_there)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, MatchDialog)
        return dialog

    choose(shown("cp1252"), "utf-8")
    choose(shown("cp1252", "not utf-8 text"), "cp1251")
    press(shown("cp1251"), "Go on")
    press(wait_for(qtbot, ImportPlanDialog), "Import")
    qtbot.waitUntil(lambda: bool(document.actors))
    assert [actor.name for actor in document.actors.values()] == ["Совет"]
