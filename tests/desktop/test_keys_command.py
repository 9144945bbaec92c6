"""Ways in, members and personal keys on the command line; and who a merge lets in."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from desktop.cli.console import Console
from desktop.cli.context import Context
from model.storage.errors import WrongKey, WrongPassphrase
from model.storage.keys import KeyFile, Passphrase
from tests.desktop.cli_runner import PASSPHRASE, WORK_FACTOR, Runner

if TYPE_CHECKING:
    from pathlib import Path

    from model.storage.store import Store

OWN = "only Amina has ever heard of this"
SECOND = "a second one for the whole office"


@pytest.fixture
def run(run: Runner) -> Runner:
    for name, text in (("own", OWN), ("second", SECOND)):
        (run.folder / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
    return run


@pytest.fixture
def file(run: Runner) -> Path:
    assert run.sealed("new", run.folder / "plan.xtrk").code == 0
    return run.folder / "plan.xtrk"


@pytest.fixture
def store() -> Store:
    return Context(Console(), WORK_FACTOR).store


def own_key(run: Runner, name: str = "amina") -> tuple[Path, str]:
    """Make a personal key; its file and its public half."""
    path = run.folder / f"{name}.key"
    outcome = run("own-key", path, "--passphrase-file", run.folder / "own.txt", "--json")
    assert outcome.code == 0, outcome
    return path, outcome.json["public_key"]


def ways(run: Runner, file: Path) -> list[str]:
    return [one["way"] for one in run.sealed("keys", file, "--json").json["ways"]]


def test_a_member_comes_in_with_a_key_of_their_own(run: Runner, file: Path) -> None:
    path, public = own_key(run)
    assert public.startswith("age1")
    assert path.stat().st_mode & 0o077 == 0
    shown = run("own-key", path, "--show", "--passphrase-file", run.folder / "own.txt", "--json")
    assert shown.json["public_key"] == public
    assert run.sealed("keys", file, "--add-member", "Amina", public).code == 0
    assert ways(run, file) == ["passphrase-1", "Amina"]
    key = ("--key-file", path, "--key-passphrase-file", run.folder / "own.txt")
    listed = run("keys", file, *key)
    assert f"Amina: member, {public} (you opened it with this one)" in listed.out
    assert run.sealed("keys", file, "--remove", "amina").code == 0
    assert run("keys", file, *key).code == 1
    assert ways(run, file) == ["passphrase-1"]


def test_a_key_is_never_overwritten(run: Runner) -> None:
    path, _ = own_key(run)
    before = path.read_bytes()
    assert run("own-key", path, "--passphrase-file", run.folder / "own.txt").code == 1
    assert path.read_bytes() == before


def test_passphrases_and_key_files_come_and_go(run: Runner, file: Path, store: Store) -> None:
    second = ("--new-passphrase-file", run.folder / "second.txt")
    assert run.sealed("keys", file, "--add-passphrase", *second).code == 0
    store.open(file, Passphrase(SECOND))
    assert run.sealed("keys", file, "--add-key-file", run.folder / "desk.key").code == 0
    key = KeyFile.parse((run.folder / "desk.key").read_bytes())
    store.open(file, key)
    assert ways(run, file) == ["passphrase-1", "passphrase-2", "keyfile-1"]
    removed = run.sealed("keys", file, "--remove", "keyfile-1")
    assert "Copies made before still open with it" in removed.out
    with pytest.raises(WrongKey):
        store.open(file, key)


def test_a_new_key_shuts_out_all_but_members(run: Runner, file: Path, store: Store) -> None:
    path, public = own_key(run)
    assert run.sealed("keys", file, "--add-member", "Amina", public).code == 0
    second = ("--new-passphrase-file", run.folder / "second.txt")
    assert run.sealed("keys", file, "--new-key", *second).code == 0
    with pytest.raises(WrongPassphrase):
        store.open(file, Passphrase(PASSPHRASE))
    key = ("--key-file", path, "--key-passphrase-file", run.folder / "own.txt")
    listed = run("keys", file, *key, "--json").json["ways"]
    assert [one["kind"] for one in listed] == ["passphrase", "member"]


def test_what_cannot_be_is_refused_in_one_sentence(run: Runner, file: Path) -> None:
    secret = KeyFile.generate().identity.text()
    assert "secret key" in run.refused("keys", file, "--add-member", "Amina", secret)
    assert "not a public key" in run.refused("keys", file, "--add-member", "Amina", "age1x")
    assert "there are: passphrase-1" in run.refused("keys", file, "--remove", "passphrase-7")
    assert "it stays" in run.refused("keys", file, "--remove", "passphrase-1")
    weak = run.folder / "weak.txt"
    weak.write_text("password12\n")
    new = ("--new-passphrase-file", weak)
    assert "guessed" in run.refused("keys", file, "--add-passphrase", *new)
    assert "goes with" in run.refused("keys", file, *new)
    target = ("--add-key-file", run.folder / "weak.txt")
    assert "already a file" in run.refused("keys", file, *target)


def test_a_merge_lets_nobody_in_unless_it_is_told_to(run: Runner, file: Path, store: Store) -> None:
    path, public = own_key(run)
    theirs = shutil.copy(file, run.folder / "theirs.xtrk")
    assert run.sealed("keys", theirs, "--add-member", "Amina", public).code == 0
    second = ("--new-passphrase-file", run.folder / "second.txt")
    assert run.sealed("keys", theirs, "--add-passphrase", *second).code == 0
    out = run.folder / "both.xtrk"
    outcome = run.sealed("merge", file, theirs, "--out", out)
    assert "Opens only the other copy" in outcome.out
    assert f"{public}: Amina, member with the key {public}: not let in" in outcome.out
    assert "passphrase-2: Passphrase 2 of the other copy: added or changed there" in outcome.out
    assert ways(run, out) == ["passphrase-1"]
    assert "is no way" in run.refused(
        "merge", file, theirs, "--out", out, "--force", "--let-in", "Amina"
    )
    named = ("--let-in", public, "passphrase-2")
    taken = run.sealed("merge", file, theirs, "--out", out, "--force", "--json", *named)
    assert [one["taken"] for one in taken.json["ways"]] == [True, True]
    assert ways(run, out) == ["passphrase-1", "passphrase-2", "Amina"]
    store.open(out, Passphrase(SECOND))
    key = ("--key-file", path, "--key-passphrase-file", run.folder / "own.txt")
    assert run("info", out, *key).code == 0
