from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from desktop.cli.console import Console
from desktop.cli.context import Context
from model.document import Document
from model.merge.conflicts import open_conflicts
from model.storage.keys import Passphrase
from tests.cases import small_case, write_case
from tests.desktop.cli_runner import PASSPHRASE, WORK_FACTOR, Runner

if TYPE_CHECKING:
    from model.storage.store import OpenedProject


@pytest.fixture
def mine(run: Runner, tmp_path: Path) -> Path:
    case = write_case(tmp_path / "small", small_case())
    assert run.sealed("new", run.folder / "mine.xtrk", "--from", case).code == 0
    return run.folder / "mine.xtrk"


@pytest.fixture
def theirs(mine: Path) -> Path:
    return Path(shutil.copy(mine, mine.with_name("theirs.xtrk")))


def opened(path: Path) -> OpenedProject:
    return Context(Console(), WORK_FACTOR).store.open(path, Passphrase(PASSPHRASE))


def write(path: Path, **fields: str) -> str:
    """Change fields of the first actor; returns its id."""
    project = opened(path)
    actors = dict(project.content["actors"])
    actor_id = next(iter(actors))
    actors[actor_id] = msgspec.structs.replace(actors[actor_id], **fields)
    store = Context(Console(), WORK_FACTOR).store
    store.save(project, {**project.content, "actors": actors})
    return actor_id


def test_two_copies_come_together(run: Runner, mine: Path, theirs: Path) -> None:
    actor_id = write(mine, notes="written by me")
    write(theirs, interests="written by them")
    out = run.folder / "both.xtrk"
    before = mine.read_bytes(), theirs.read_bytes()
    outcome = run.sealed("merge", mine, theirs, "--out", out, "--json")
    assert outcome.code == 0, outcome
    assert outcome.json["has_base"] is True
    assert outcome.json["conflicts"] == []
    assert [(one["id"], one["fields"]) for one in outcome.json["changed"]] == [
        (actor_id, ["interests"])
    ]
    actor = run.content(out)["actors"][actor_id]
    assert (actor.notes, actor.interests) == ("written by me", "written by them")  # type: ignore[attr-defined]
    assert (mine.read_bytes(), theirs.read_bytes()) == before


def test_conflicts_are_a_result_and_stay_open(run: Runner, mine: Path, theirs: Path) -> None:
    actor_id = write(mine, notes="written by me")
    write(theirs, notes="written by them")
    out = run.folder / "both.xtrk"
    outcome = run.sealed("merge", mine, theirs, "--out", out)
    assert outcome.code == 0
    assert "yours “written by me”, theirs “written by them”, before “" in outcome.out
    assert "1 conflict." in outcome.out
    (conflict,) = open_conflicts(Document(run.content(out)))
    assert (conflict.id, conflict.field, conflict.theirs) == (actor_id, "notes", "written by them")


def test_the_merged_file_knows_both(run: Runner, mine: Path, theirs: Path) -> None:
    write(mine, notes="written by me")
    write(theirs, interests="written by them")
    out = run.folder / "both.xtrk"
    assert run.sealed("merge", mine, theirs, "--out", out).code == 0
    for copy in (mine, theirs):
        again = run.sealed("merge", out, copy, "--out", run.folder / f"again-{copy.name}", "--json")
        assert again.json["added"] == again.json["changed"] == again.json["removed"] == []
        back = run.sealed("merge", copy, out, "--out", run.folder / f"back-{copy.name}", "--json")
        assert len(back.json["changed"]) == 1


def test_mine_may_be_replaced_with_force_only(run: Runner, mine: Path, theirs: Path) -> None:
    write(theirs, notes="written by them")
    sentence = run.refused("merge", mine, theirs, "--out", mine)
    assert "--force" in sentence
    assert run.sealed("merge", mine, theirs, "--out", mine, "--force").code == 0
    assert any(one.notes == "written by them" for one in run.content(mine)["actors"].values())
    assert "other copy" in run.refused("merge", mine, theirs, "--out", theirs, "--force")


def test_other_passphrase_of_the_other_copy(run: Runner, mine: Path) -> None:
    project = opened(mine)
    store = Context(Console(), WORK_FACTOR).store
    theirs = run.folder / "theirs.xtrk"
    store.save_copy(project, theirs, project.content, secret=Passphrase("another boat, one river"))
    (run.folder / "other.txt").write_text("another boat, one river\n", encoding="utf-8")
    out = run.folder / "both.xtrk"
    assert "passphrase is wrong" in run.refused("merge", mine, theirs, "--out", out)
    secret = ("--theirs-passphrase-file", run.folder / "other.txt")
    outcome = run.sealed("merge", mine, theirs, "--out", out, *secret)
    assert outcome.code == 0, outcome
    assert "brings nothing new" in outcome.out
    assert run.content(out) == project.content


def test_refusals_name_the_file(run: Runner, mine: Path) -> None:
    missing = run.folder / "missing.xtrk"
    assert "missing.xtrk" in run.refused("merge", mine, missing, "--out", run.folder / "o.xtrk")
    (run.folder / "text.xtrk").write_text("no project", encoding="utf-8")
    wrong = run.refused("merge", mine, run.folder / "text.xtrk", "--out", run.folder / "o.xtrk")
    assert "text.xtrk" in wrong
    assert run("merge", mine, mine).code == 2
