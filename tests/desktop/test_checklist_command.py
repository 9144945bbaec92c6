"""The checklist on the command line, and own items that go from project to project by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from model.commands.checklist import add_own_item
from tests.desktop.test_whole_way import choose_path

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from tests.desktop.cli_runner import Runner

SET = b"""{"title": "Ours", "items": [
 {"title": "Guards", "scope": "activity", "question": "Who guards it?",
  "flag_answers": ["unknown"]},
 {"title": "Readers", "scope": "export", "question": "Who reads it?"}]}"""


@pytest.fixture
def project(run: Runner) -> Path:
    path = run.folder / "mindanao.xtrk"
    assert run.sealed("sample", "mindanao", path).code == 0
    return path


def test_it_says_how_the_questions_stand(run: Runner, project: Path) -> None:
    outcome = run.sealed("checklist", project, "--as-of", "2013-02-15")
    assert outcome.code == 0
    assert "Project: 7 of 18 answered\n  DNH-01 Role clarity: Partly, open flag\n" in outcome.out
    report = run.sealed("checklist", project, "--as-of", "2013-02-15", "--json").json
    assert report["as_of"] == "2013-02-15"
    assert {one["scope"] for one in report["targets"]} == {
        *("project", "actor", "linkage", "activity")
    }
    flags = [
        (one["name"], item["item"])
        for one in report["targets"]
        for item in one["items"]
        if item["state"] == "flag"
    ]
    assert ("CPC civilian protection monitoring", "DNH-08") in flags
    only = run.sealed("checklist", project, "--scope", "actor", "--all", "--json").json["targets"]
    assert len(only) == 56
    assert {one["scope"] for one in only} == {"actor"}


def test_items_go_from_one_project_to_another_by_file(run: Runner, project: Path) -> None:
    ours = run.folder / "ours.json"
    ours.write_bytes(SET)
    outcome = run.sealed("checklist", project, "--items-in", ours, "--scope", "export", "--all")
    assert outcome.out == "2 items added.\nExport: 0 of 1 answered\n"
    items = run.content(project)["checklist_items"].values()
    assert [(one.title, one.set_name, one.order) for one in items] == [  # type: ignore[attr-defined]
        ("Guards", "Ours", 0),
        ("Readers", "Ours", 1),
    ]
    again = run.sealed("checklist", project, "--items-in", ours, "--scope", "export")
    assert again.out == "0 items added.\n"
    copy = run.folder / "copy.json"
    assert run.sealed("checklist", project, "--items-out", copy, "--scope", "export").code == 0
    other = run.folder / "mali.xtrk"
    run.sealed("sample", "mali", other)
    assert "2 items added." in run.sealed("checklist", other, "--items-in", copy).out
    assert "there is already a file" in run.refused("checklist", project, "--items-out", copy)
    assert run.sealed("checklist", project, "--items-out", copy, "--force").code == 0


@pytest.mark.parametrize("content", [b"nonsense", b'{"title": "x", "items": 3}'])
def test_what_is_no_set_of_items_is_refused(run: Runner, project: Path, content: bytes) -> None:
    bad = run.folder / "bad.json"
    bad.write_bytes(content)
    assert run.refused("checklist", project, "--items-in", bad).startswith("bad.json: not a set")
    missing = run.folder / "missing.json"
    assert "cannot be read" in run.refused("checklist", project, "--items-in", missing)


def test_without_own_items_there_is_nothing_to_write(run: Runner, project: Path) -> None:
    target = run.folder / "ours.json"
    assert "no items of its own" in run.refused("checklist", project, "--items-out", target)


def test_items_go_out_and_in_by_the_menu_of_the_checklist(
    controller: Controller, qtbot: QtBot, tmp_path: Path
) -> None:
    controller.new()
    qtbot.waitUntil(lambda: controller.panels is not None)
    assert controller.panels is not None
    assert controller.session is not None
    document = controller.session.document
    add_own_item(document, "export", "Readers")
    [item] = document.table("checklist_items")
    with document.edit("question") as edit:
        edit.change("checklist_items", item, question="Who reads it?")
    more, target = controller.panels.checklist.more, tmp_path / "ours.json"
    more.save_wanted.emit()
    choose_path(qtbot, target)
    qtbot.waitUntil(target.exists)
    assert b"Who reads it?" in target.read_bytes()
    with document.edit("other title") as edit:
        edit.change("checklist_items", item, title="Those who read")
    more.bring_in_wanted.emit()
    choose_path(qtbot, target)
    qtbot.waitUntil(lambda: len(document.table("checklist_items")) == 2)
