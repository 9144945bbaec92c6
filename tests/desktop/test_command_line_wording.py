"""Sentences that speak to somebody at the window say it again for a terminal."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from desktop.cli.context import Context
from desktop.cli.wording import in_terminal
from model.donoharm.gates import GateRefusal
from model.storage.filesystem import FileSystem
from tests.cases import small_case, write_case
from tests.desktop.cli_runner import PASSPHRASE

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable
    from pathlib import Path

    from model.storage.store import OpenedProject
    from tests.desktop.cli_runner import Runner


@pytest.fixture
def project(run: Runner) -> Path:
    path = run.folder / "plan.xtrk"
    assert run.sealed("new", path).code == 0
    return path


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case", small_case())


def no_space(self: object, handle: int, data: memoryview) -> int:
    raise OSError(errno.ENOSPC, "full")


def test_a_full_disk_keeps_no_work_open_in_a_terminal(
    run: Runner, project: Path, rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FileSystem, "write", no_space)
    end = "was not written: the disk is full; free some space or choose another place. "
    for command in (("import", project, rows), ("new", run.folder / "other.xtrk")):
        said = run.refused(*command)
        assert said == f"{command[1].name} {end}Nothing on disk has changed."


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (lambda path: path.write_bytes(b"else"), "someone else has changed the file"),
        (lambda path: path.unlink(), "has gone away since the command opened it"),
        (lambda _: None, "another program is just writing the file; run the command again"),
    ],
)
def test_a_file_that_changes_while_a_command_runs(
    run: Runner,
    project: Path,
    rows: Path,
    monkeypatch: pytest.MonkeyPatch,
    happens: Callable[[Path], object],
    words: str,
) -> None:
    real = Context.open

    def opened(self: Context, options: Namespace) -> OpenedProject:
        found = real(self, options)
        happens(project)
        return found

    def locked(self: object, path: Path) -> int:
        raise BlockingIOError

    monkeypatch.setattr(Context, "open", opened)
    monkeypatch.setattr(FileSystem, "lock", locked)
    outcome = run.sealed("import", project, rows)
    assert outcome.code == 1
    assert words in outcome.error
    assert outcome.error.startswith("plan.xtrk: ")
    assert "Merge" not in outcome.error
    assert "ave " not in outcome.error


def test_a_question_names_the_project_that_it_is_about(
    run: Runner, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy under another key is asked for its own passphrase, after ours."""
    other = run.folder / "other.xtrk"
    (run.folder / "second.txt").write_text("eleven slow rivers under no bridge")
    assert run("new", other, "--passphrase-file", run.folder / "second.txt").code == 0
    asked = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return PASSPHRASE

    monkeypatch.setattr("getpass.getpass", typed)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert "passphrase is wrong" in run("merge", project, other, "--out", "both.xtrk").error
    assert asked == ["Passphrase of plan.xtrk: ", "Passphrase of other.xtrk: "]
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    said = run.sealed("merge", project, other, "--out", "both.xtrk").error
    assert (
        said
        == "other.xtrk: the passphrase is wrong; check the keyboard layout and capital letters.\n"
    )


def test_a_gate_is_passed_at_the_window() -> None:
    said = in_terminal(GateRefusal(["DNH-02 is answered “No”."]))
    assert said.startswith("1 red flag is open: DNH-02 is answered “No”. Nothing was written.")
    assert "in the window, which takes a reason" in said
