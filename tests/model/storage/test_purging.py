"""Purging: a deleted name is in no file that is left, and nothing of the present is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from model.records import Actor
from model.refusals import Refusal, Trouble
from model.storage import container, padding
from model.storage.filesystem import FileSystem
from model.storage.journal import Journal
from model.storage.keys import KeyFile, Passphrase
from model.storage.purging import purge
from model.storage.store import OpenedProject, Store

if TYPE_CHECKING:
    from pathlib import Path

    from model.document import Content

KEY = KeyFile.generate()
CANARY = "canary-of-the-deleted-actor"


def _content(*names: str) -> Content:
    return {"actors": {name: Actor(id=name, name=name) for name in names}}


def _bodies(folder: Path, key: object) -> bytes:
    """The plaintext of everything sealed below a folder."""
    found = b""
    for path in folder.rglob("*.xtrk"):
        parts = container.read(path.read_bytes())
        found += padding.unpack(key.unseal(parts.body), 10**8)  # type: ignore[attr-defined]
    return found


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store("test", generations=tmp_path / "generations", log_n=10)


@pytest.fixture
def project(store: Store, tmp_path: Path) -> OpenedProject:
    """A project whose file came back from another machine, so that it holds checkpoints."""
    path = tmp_path / "plan.xtrk"
    made = store.create(path, _content("kept", CANARY), KEY).project
    elsewhere = Store("other", log_n=10)
    opened = elsewhere.open(path, KEY)
    elsewhere.save(opened, _content("kept", CANARY, "third"))
    here = store.open(path, KEY)
    saved = store.save(here, _content("kept", "third")).project
    assert saved.lineage.checkpoints
    assert CANARY.encode() in _bodies(tmp_path, made.key)
    return saved


def test_what_was_deleted_is_in_no_file_that_is_left(
    store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    name = project.stamp.project
    own = (f"{name}.12345678.draft", f"{name}.draft.abcdefgh.aside", f"{name}.locked")
    for one in (*own, "other.draft"):
        (drafts / one).write_bytes(b"sealed")
    done = purge(store, project, project.content, drafts)
    assert (done.versions, done.drafts) == (2, 3)
    assert [one.name for one in drafts.iterdir()] == ["other.draft"]
    assert CANARY.encode() not in _bodies(tmp_path, project.key)
    again = store.open(project.path, KEY)
    assert again.content["actors"] == project.content["actors"]
    assert not again.lineage.checkpoints
    assert not store.earlier_versions(again)
    # and the next save does not bring the past back either
    later = store.save(done.saved.project, _content("kept", "third", "fourth")).project
    assert CANARY.encode() not in _bodies(tmp_path, project.key)
    assert not later.lineage.checkpoints


def test_earlier_versions_stay_where_they_are_wanted(
    store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    before = len(store.earlier_versions(project))
    done = purge(store, project, project.content, tmp_path / "none", versions=False)
    assert done.versions == 0
    assert len(store.earlier_versions(done.saved.project)) == before + 1


def test_with_a_new_key_the_old_passphrase_opens_nothing_any_more(
    store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    secret = Passphrase("nine mild onions")
    purge(store, project, project.content, tmp_path / "none", secret=secret)
    assert store.open(project.path, secret).content["actors"] == project.content["actors"]
    with pytest.raises(Refusal):
        store.open(project.path, KEY)


def test_a_changed_file_is_neither_replaced_nor_is_anything_removed(
    store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    project.path.write_bytes(project.path.read_bytes()[:-1])
    before = len(store.earlier_versions(project))
    with pytest.raises(Refusal, match="changed"):
        purge(store, project, project.content, tmp_path / "none")
    assert len(store.earlier_versions(project)) == before


def test_what_could_not_be_removed_is_said(
    store: Store, project: OpenedProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: FileSystem, path: Path) -> None:
        if "generations" in path.parts:
            raise PermissionError(13, "no")
        path.unlink()

    monkeypatch.setattr(FileSystem, "unlink", refuse)
    with pytest.raises(Trouble, match="files of its past could not"):
        purge(store, project, project.content, tmp_path / "none")
    assert not store.open(project.path, KEY).lineage.checkpoints


def test_a_live_draft_stays(store: Store, project: OpenedProject, tmp_path: Path) -> None:
    path = tmp_path / f"{project.stamp.project}.draft"
    recipient = project.key.identity.recipient()
    journal = Journal.start(FileSystem(), path, recipient, project.stamp.project, "x", [b"one"])
    purge(store, project, project.content, tmp_path)
    journal.append(b"two")
    journal.close()
    assert path.exists()
