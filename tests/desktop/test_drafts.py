"""Drafts: every change is on disk, sealed, and comes back after the program was killed."""

from __future__ import annotations

import errno
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.drafts import DraftKeeper, find_drafts, found_draft
from desktop.session import Session
from model.commands.actors import add_actor
from model.commands.records import set_fields
from model.storage.drafts import Drafts
from model.storage.filesystem import FileSystem
from model.storage.keys import Passphrase
from model.storage.store import Store
from tests.builders import a_project

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from model.patch import Patch
    from model.storage.store import OpenedProject

SECRET = Passphrase("a passphrase for tests")


@pytest.fixture
def store() -> Store:
    return Store("test", log_n=10)


@pytest.fixture
def project(store: Store, tmp_path: Path) -> OpenedProject:
    content = a_project().actor("a", name="Elders").content()
    return store.create(tmp_path / "plan.xtrk", content, SECRET).project


def _session(project: OpenedProject) -> Session:
    return Session(project.content, project, "plan", date(2013, 2, 15))


def _names(patches: tuple[Patch, ...]) -> list[object]:
    return [getattr(one.after, "name", None) for patch in patches for one in patch.changes]


def _killed(session: Session, folder: Path) -> None:
    """Edit under a keeper that never gets to close."""
    keeper = DraftKeeper(session, folder, lambda work: work())
    set_fields(session.document, "actors", ["a"], {"name": "CANARY-7261"})
    add_actor(session.document, "mso", name="Second")
    session.history.undo()
    _close_without_a_word(keeper)


def test_changes_come_back_after_a_kill(
    qtbot: QtBot, store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    first = _session(project)
    _killed(first, tmp_path / "drafts")
    again = store.open(project.path, SECRET)
    second = _session(again)
    for patch in found_draft(tmp_path / "drafts", again):
        second.document.apply(patch, "recover")
    assert second.document.content() == first.document.content()
    assert second.is_dirty
    assert second.history.can_undo


def test_nothing_readable_lies_in_the_folder(
    qtbot: QtBot, project: OpenedProject, tmp_path: Path
) -> None:
    _killed(_session(project), tmp_path / "drafts")
    (draft,) = (tmp_path / "drafts").iterdir()
    assert b"CANARY" not in draft.read_bytes()
    assert "plan" not in draft.name


def test_a_save_begins_the_draft_anew(
    qtbot: QtBot, store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    session = _session(project)
    keeper = DraftKeeper(session, tmp_path / "drafts", lambda work: work())
    set_fields(session.document, "actors", ["a"], {"name": "Saved"})
    content, revision = session.document.content(), session.document.revision
    mark = session.history.mark
    set_fields(session.document, "actors", ["a"], {"kind": "mso"})
    session.end_save(store.save(project, content), mark, revision)
    again = store.open(project.path, SECRET)
    keeper.close(keep=True)
    patches = found_draft(tmp_path / "drafts", again)
    assert [change.touched() for patch in patches for change in patch.changes] == [("kind",)]
    resumed = DraftKeeper(_session(again), tmp_path / "drafts", lambda work: work())
    resumed.take_over(next((tmp_path / "drafts").iterdir()))
    resumed.close(keep=False)
    assert found_draft(tmp_path / "drafts", again) == ()


def test_a_draft_of_another_state_is_kept_and_told_not_applied(
    qtbot: QtBot, store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    _killed(_session(project), tmp_path / "drafts")
    copy = tmp_path / "stick.xtrk"
    shutil.copy(project.path, copy)
    other = a_project().actor("a", name="Changed elsewhere").content()
    saved = store.save(project, other).project
    found = find_drafts(tmp_path / "drafts", saved)
    assert found.patches == ()
    assert [len(stray.patches) for stray in found.strays] == [3]
    fitting = find_drafts(tmp_path / "drafts", store.open(copy, SECRET))
    assert len(fitting.patches) == 3
    assert fitting.strays == ()


def test_a_draft_that_an_earlier_version_put_aside_is_found_again(
    qtbot: QtBot, store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    _killed(_session(project), tmp_path / "drafts")
    (draft,) = (tmp_path / "drafts").iterdir()
    draft.rename(draft.with_name(f"{project.stamp.project}.draft.0a1b2c3d.aside"))
    assert len(found_draft(tmp_path / "drafts", project)) == 3


def test_two_windows_on_one_file_write_two_drafts(
    qtbot: QtBot, store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    """One draft for both would be torn where the second began to write."""
    folder = tmp_path / "drafts"
    first, second = _session(project), _session(store.open(project.path, SECRET))
    keeper = DraftKeeper(first, folder, lambda work: work())
    set_fields(first.document, "actors", ["a"], {"name": "From the first"})
    assert find_drafts(folder, project) == Drafts()  # it is being written
    other = DraftKeeper(second, folder, lambda work: work())
    set_fields(second.document, "actors", ["a"], {"name": "From the second"})
    set_fields(first.document, "actors", ["a"], {"name": "From the first again"})
    saved = store.save(second.project or project, second.document.content())
    second.end_save(saved, second.history.mark, second.document.revision)
    other.close(keep=False)
    _close_without_a_word(keeper)
    found = find_drafts(folder, project)
    assert _names(found.patches) == ["From the first", "From the first again"]
    assert [_names(one.patches) for one in find_drafts(folder, saved.project).strays] == [
        ["From the first", "From the first again"]
    ]


def _close_without_a_word(keeper: DraftKeeper) -> None:
    """As the end of a process does: handles and locks go, nothing else happens."""
    journal = keeper._journal
    assert journal is not None
    journal.close()
    keeper._timer.stop()
    keeper.setParent(None)


def test_two_drafts_that_both_fit_are_both_told(
    qtbot: QtBot, store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    folder = tmp_path / "drafts"
    keepers = []
    for name in ("First", "Second"):
        session = _session(store.open(project.path, SECRET))
        keepers.append(DraftKeeper(session, folder, lambda work: work()))
        set_fields(session.document, "actors", ["a"], {"name": name})
    for keeper in keepers:
        _close_without_a_word(keeper)
    found = find_drafts(folder, project)
    names = [_names(found.patches), *(_names(stray.patches) for stray in found.strays)]
    assert sorted(names, key=str) == [["First"], ["Second"]]


def test_a_draft_that_cannot_be_read_does_not_keep_the_project_shut(
    qtbot: QtBot,
    store: Store,
    project: OpenedProject,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _killed(_session(project), tmp_path / "drafts")

    def broken(self: object, path: Path, limit: int) -> bytes:
        raise OSError(errno.EIO, "bad sector")

    monkeypatch.setattr(FileSystem, "read", broken)
    found = find_drafts(tmp_path / "drafts", project)
    assert found.patches == ()
    assert found.trouble is not None


def test_changes_made_during_a_save_come_back_when_the_program_dies_right_after_it(
    qtbot: QtBot, store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    session = _session(project)
    keeper = DraftKeeper(session, tmp_path / "drafts", lambda work: work())
    set_fields(session.document, "actors", ["a"], {"name": "Saved"})
    content = session.document.content()
    set_fields(session.document, "actors", ["a"], {"name": "Typed while it was saved"})
    store.save(project, content)
    _close_without_a_word(keeper)  # dies before the draft could begin anew
    again = store.open(project.path, SECRET)
    patches = found_draft(tmp_path / "drafts", again)
    assert _names(patches) == ["Typed while it was saved"]


def test_a_draft_that_could_not_be_written_for_a_while_has_no_hole(
    qtbot: QtBot,
    store: Store,
    project: OpenedProject,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(self: object, handle: int, data: memoryview) -> int:
        raise OSError(errno.ENOSPC, "full")

    session = _session(project)
    keeper = DraftKeeper(session, tmp_path / "drafts", lambda work: work())
    told: list[object] = []
    keeper.failed.connect(told.append)
    set_fields(session.document, "actors", ["a"], {"name": "One"})
    with monkeypatch.context() as patched:
        patched.setattr(FileSystem, "write", full)
        set_fields(session.document, "actors", ["a"], {"name": "Two"})
        set_fields(session.document, "actors", ["a"], {"name": "Three"})
        assert not keeper.flush()
    set_fields(session.document, "actors", ["a"], {"name": "Four"})
    assert keeper.flush()
    assert len(told) == 1
    _close_without_a_word(keeper)
    patches = found_draft(tmp_path / "drafts", store.open(project.path, SECRET))
    assert _names(patches) == ["One", "Two", "Three", "Four"]
