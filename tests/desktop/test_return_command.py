"""Bringing a workbook back on the command line, as a script would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from model import records as r
from tests.desktop.cli_runner import Runner
from tests.packs import document, sample
from tests.returned import cell, edit, exported, row_of

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


@pytest.fixture(autouse=True)
def _qt(qapp: object) -> None:
    """Packs shape text."""


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(tmp_path, capsys)


@pytest.fixture
def case(run: Runner) -> tuple[Path, Path]:
    """A project that has a note of an export, and the workbook."""
    from desktop.cli.console import Console
    from desktop.cli.context import Context
    from model.storage.keys import Passphrase
    from tests.desktop.cli_runner import PASSPHRASE, WORK_FACTOR

    project = document(sample("mali"))
    book = exported(project, run.folder / "pack.xlsx", "AMBER")
    file = run.folder / "mali.xtrk"
    store = Context(Console(), WORK_FACTOR).store
    store.create(file, project.content(), Passphrase(PASSPHRASE))
    return file, book


def _rename(book: Any) -> None:
    sheet = book["Actors"]
    cell(sheet, "Name", 2).value = "Renamed by the field office"


def test_nothing_edited_says_so_and_writes_nothing(run: Runner, case: tuple[Path, Path]) -> None:
    file, book = case
    before = file.read_bytes()
    outcome = run.sealed("return", file, book)
    assert outcome.code == 0, outcome
    assert "nothing was changed in them" in outcome.out
    assert file.read_bytes() == before


def test_an_edited_name_comes_home(run: Runner, case: tuple[Path, Path]) -> None:
    file, book = case
    edit(book, _rename)
    trial = run.sealed("return", file, book, "--dry-run", "--json").json
    assert trial["written"] is False
    assert trial["changed"][0]["cell"] == "B2"
    names = {one.name for one in run.content(file)["actors"].values() if isinstance(one, r.Actor)}
    assert "Renamed by the field office" not in names
    outcome = run.sealed("return", file, book)
    assert (outcome.code, outcome.error) == (0, "")
    names = {one.name for one in run.content(file)["actors"].values() if isinstance(one, r.Actor)}
    assert "Renamed by the field office" in names


def test_what_is_unclear_is_refused_with_its_cell_until_a_side_is_named(
    run: Runner, case: tuple[Path, Path]
) -> None:
    file, book = case

    def change(opened: Any) -> None:
        _rename(opened)
        sheet = opened["Activities"]
        cell(sheet, "TLP label", row_of(sheet, "C0001")).value = "unreadable"

    edit(book, change)
    sentence = run.refused("return", file, book)
    assert "Activities, cell" in sentence
    assert "--decide project" in sentence
    outcome = run.sealed("return", file, book, "--decide", "workbook", "--json")
    assert outcome.code == 0, outcome
    assert outcome.json["written"] is True
    assert outcome.json["refused"][0]["then"] == "unreadable"


def test_a_row_that_is_gone_removes_only_where_that_is_said(
    run: Runner, case: tuple[Path, Path]
) -> None:
    file, book = case
    count = len(run.content(file)["milestones"])
    edit(book, lambda opened: opened["Milestones"].delete_rows(2))
    assert run.sealed("return", file, book).code == 0
    assert len(run.content(file)["milestones"]) == count
    assert run.sealed("return", file, book, "--remove-missing").code == 0
    assert len(run.content(file)["milestones"]) == count - 1


def test_importing_a_workbook_of_the_same_project_is_refused_with_the_way(
    run: Runner, case: tuple[Path, Path]
) -> None:
    file, book = case
    assert "crosstrack return" in run.refused("import", file, book)


def _exported_folder(run: Runner) -> tuple[Path, Path]:
    """A project and the CSV folder that was exported from it."""
    file, folder = run.folder / "mali.xtrk", run.folder / "tables"
    assert run.sealed("sample", "mali", file).code == 0
    assert run.sealed("export", file, "--audience", "AMBER", "--csv", folder).code == 0
    return file, folder


def test_an_edited_folder_of_csv_files_comes_home(run: Runner) -> None:
    file, folder = _exported_folder(run)
    same = run.sealed("return", file, folder)
    assert (same.code, "nothing was changed in them" in same.out) == (0, True)
    actors = folder / "actors.csv"
    text = actors.read_text(encoding="utf-8-sig")
    actors.write_text(text.replace(",Algeria,", ",Algeria (renamed),"), encoding="utf-8")
    trial = run.sealed("return", file, folder, "--dry-run", "--json").json
    (changed,) = trial["changed"]
    assert (changed["sheet"], changed["field"]) == ("actors.csv", "Name")
    assert changed["cell"].startswith("line ")
    outcome = run.sealed("return", file, folder)
    assert (outcome.code, outcome.error) == (0, "")
    names = {one.name for one in run.content(file)["actors"].values() if isinstance(one, r.Actor)}
    assert "Algeria (renamed)" in names


def test_a_folder_is_not_imported_into_the_project_it_came_from(run: Runner) -> None:
    file, folder = _exported_folder(run)
    outcome = run.sealed("import", file, folder)
    assert outcome.code == 1
    assert "bring it back instead" in outcome.error
