"""One save after the other goes wrong at each of its calls; the file is always old or new."""

from __future__ import annotations

import dataclasses
import errno
import os
import shutil
import stat
from types import SimpleNamespace
from typing import TYPE_CHECKING, Never

import msgspec
import pytest

from model.refusals import Trouble
from model.storage import atomic
from model.storage.atomic import Fingerprint
from model.storage.errors import AlreadyThere, ChangedOnDisk, SaveTrouble
from model.storage.filesystem import FileSystem
from model.storage.keys import KeyFile
from model.storage.store import Store
from tests.model.storage.faults import FaultyFiles, NoLinks, RottenDisk, ShortWrites, killed_at
from tests.model.storage.helpers import filled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from model.storage.codec import Content
    from model.storage.store import OpenedProject, Saved

KEY = KeyFile.generate()


@pytest.fixture
def project(store: Store, tmp_path: Path, content: Content) -> OpenedProject:
    return store.create(tmp_path / "p.xtrk", content, KEY).project


@pytest.fixture
def edited(content: Content) -> Content:
    actor = msgspec.structs.replace(content["actors"]["a1"], notes="edited")
    return {**content, "actors": {**content["actors"], "a1": actor}}


def with_files(store: Store, files: FileSystem) -> Store:
    return dataclasses.replace(store, files=files)


def temporaries(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if atomic._TEMPORARY.fullmatch(path.name)]


def calls_of_a_save(store: Store, project: OpenedProject, edited: Content) -> list[str]:
    files = FaultyFiles()
    with_files(store, files).save(project, edited)
    return files.calls


def restored(project: OpenedProject, old: bytes) -> Iterator[int]:
    """Count calls from 1 on, each time with the old file and no generations."""
    for call in range(1, 200):
        project.path.write_bytes(old)
        shutil.rmtree(project.path.parent / "generations", ignore_errors=True)
        yield call


def fail(code: int) -> Never:
    raise OSError(code, os.strerror(code))


def attempt(store: Store, project: OpenedProject, edited: Content) -> Saved | SaveTrouble:
    try:
        return store.save(project, edited)
    except SaveTrouble as trouble:
        return trouble


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT])
def test_error_at_each_call_leaves_the_old_file_or_reports_the_new_one(
    store: Store, project: OpenedProject, content: Content, edited: Content, code: int
) -> None:
    old = project.path.read_bytes()
    outcomes = set()
    for call in restored(project, old):
        files = FaultyFiles(call, lambda: fail(code))
        result = attempt(with_files(store, files), project, edited)
        if isinstance(result, SaveTrouble):
            assert project.path.read_bytes() == old
            assert "was not saved" in result.message
            assert "Nothing on disk has changed" in result.message
            assert result.facts["errno"] == code
            outcomes.add("old")
        else:
            assert filled(store.open(project.path, KEY).content) == edited
            outcomes.add("durable" if result.durable else "not confirmed")
        if files.calls[call - 1 : call] != ["unlink"]:
            assert temporaries(project.path.parent) == []
        for temporary in temporaries(project.path.parent):
            temporary.unlink()
        if len(files.calls) < call:
            break
    assert outcomes == {"old", "durable", "not confirmed"}
    assert call > 20


def test_kill_at_each_call_leaves_old_or_new(
    store: Store, project: OpenedProject, content: Content, edited: Content
) -> None:
    old = project.path.read_bytes()
    seen = set()
    for call in restored(project, old):
        died = killed_at(call, lambda files: with_files(store, files).save(project, edited))
        found = filled(store.open(project.path, KEY).content)
        assert found in (content, edited)
        seen.add(found == edited)
        for temporary in temporaries(project.path.parent):
            temporary.unlink()
        if not died:
            break
    assert seen == {False, True}


def test_order_of_the_calls(store: Store, project: OpenedProject, edited: Content) -> None:
    calls = calls_of_a_save(store, project, edited)
    saving = [name for name in calls if name in {"write", "sync", "replace", "sync_folder"}]
    # The file, then its generation with its folder, then the replacing; then a note, unflushed.
    assert saving == [
        *("write", "sync"),
        *("write", "sync", "replace", "sync_folder"),
        *("replace", "sync_folder"),
        *("write", "replace"),
    ]
    first_sync = calls.index("sync")
    assert "read" in calls[first_sync : first_sync + 3], "what was written is read back"


def test_short_writes_are_carried_on(store: Store, project: OpenedProject, edited: Content) -> None:
    saved = with_files(store, ShortWrites()).save(project, edited)
    assert saved.project.path.stat().st_size > 8000
    assert filled(store.open(project.path, KEY).content) == edited


def test_bit_flip_on_the_medium_is_noticed_before_replacing(
    store: Store, project: OpenedProject, edited: Content
) -> None:
    old = project.path.read_bytes()
    with pytest.raises(SaveTrouble, match="could not be read back"):
        with_files(store, RottenDisk()).save(project, edited)
    assert project.path.read_bytes() == old
    assert temporaries(project.path.parent) == []


def test_foreign_change_is_never_overwritten(
    store: Store, project: OpenedProject, content: Content, edited: Content
) -> None:
    theirs = store.save(store.open(project.path, KEY), edited).project
    with pytest.raises(ChangedOnDisk, match="someone else"):
        store.save(project, content)
    assert Fingerprint.of(project.path.read_bytes()) == theirs.fingerprint
    project.path.unlink()
    with pytest.raises(ChangedOnDisk, match="no longer there"):
        store.save(project, content)
    assert not project.path.exists()


def test_foreign_change_during_the_save_is_noticed(
    store: Store, project: OpenedProject, edited: Content
) -> None:
    calls = calls_of_a_save(store, project, edited)
    store_again = store.open(project.path, KEY)
    at = calls.index("make_folder")
    files = FaultyFiles(at + 1, lambda: project.path.write_bytes(b"theirs"))
    with pytest.raises(ChangedOnDisk):
        with_files(store, files).save(store_again, edited)
    assert project.path.read_bytes() == b"theirs"


def test_create_never_replaces_by_accident(store: Store, tmp_path: Path, content: Content) -> None:
    path = tmp_path / "p.xtrk"
    path.write_bytes(b"precious")
    with pytest.raises(AlreadyThere):
        store.create(path, content, KEY)
    assert path.read_bytes() == b"precious"
    store.create(path, content, KEY, overwrite=True)
    assert filled(store.open(path, KEY).content) == content


def test_file_that_appears_during_a_create_stays(
    store: Store, tmp_path: Path, content: Content
) -> None:
    path = tmp_path / "p.xtrk"
    files = FaultyFiles()
    with_files(store, files).create(tmp_path / "other.xtrk", content, KEY)
    at = files.calls.index("link") + 1
    files = FaultyFiles(at, lambda: path.write_bytes(b"theirs"))
    with pytest.raises(AlreadyThere):
        with_files(store, files).create(path, content, KEY)
    assert path.read_bytes() == b"theirs"
    assert temporaries(tmp_path) == []


def test_drive_without_links_and_permissions(
    store: Store, tmp_path: Path, content: Content, edited: Content
) -> None:
    plain = with_files(store, NoLinks())
    project = plain.create(tmp_path / "p.xtrk", content, KEY).project
    assert filled(plain.save(project, edited).project.content) == edited
    assert filled(store.open(project.path, KEY).content) == edited
    assert temporaries(tmp_path) == []


def test_link_stays_a_link_and_mode_stays(
    store: Store, project: OpenedProject, tmp_path: Path, edited: Content
) -> None:
    assert stat.S_IMODE(project.path.stat().st_mode) == 0o600
    project.path.chmod(0o640)
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.xtrk"
    link.symlink_to(project.path)
    store.save(store.open(link, KEY), edited)
    assert link.is_symlink()
    assert stat.S_IMODE(project.path.stat().st_mode) == 0o640
    assert filled(store.open(project.path, KEY).content) == edited


def test_a_file_that_is_marked_read_only_is_left_alone(
    store: Store, project: OpenedProject, tmp_path: Path, edited: Content
) -> None:
    """Even by root, whom permissions do not hold up, and though the folder may be written to."""
    before = project.path.read_bytes()
    project.path.chmod(0o444)
    with pytest.raises(SaveTrouble, match="marked read-only; take the mark away"):
        store.save(project, edited)
    assert project.path.read_bytes() == before
    assert temporaries(tmp_path) == []
    project.path.chmod(0o600)
    assert filled(store.save(project, edited).project.content) == edited


def test_full_disk_is_refused_before_writing(
    store: Store, project: OpenedProject, edited: Content
) -> None:
    class Full(FaultyFiles):
        def free_space(self, folder: Path) -> int:
            return 10_000

    files = Full()
    with pytest.raises(SaveTrouble, match="disk is full"):
        with_files(store, files).save(project, edited)
    assert "create" not in files.calls


def test_a_drive_that_does_not_tell_its_size_is_saved_to(
    project: OpenedProject, edited: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some drives of networks report 0 of 0 bytes free."""
    usage = SimpleNamespace(total=0, used=0, free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    Store("tests", log_n=10).save(project, edited)


def test_an_earlier_version_that_cannot_be_thinned_out_does_not_stop_saving(
    project: OpenedProject, edited: Content, tmp_path: Path
) -> None:
    class Stubborn(FileSystem):
        def unlink(self, path: Path) -> None:
            raise PermissionError(errno.EACCES, "not yours")

    store = Store("tests", files=Stubborn(), generations=tmp_path / "generations", log_n=10)
    for _ in range(9):
        project = store.save(project, edited).project
    assert len(store.earlier_versions(project)) == 9


def test_old_left_overs_are_swept_and_young_ones_stay(
    store: Store, project: OpenedProject, tmp_path: Path, edited: Content
) -> None:
    old, young = (tmp_path / f".crosstrack-{digit * 16}.tmp" for digit in "ab")
    foreign = tmp_path / ".other.tmp"
    for path in (old, young, foreign):
        path.write_bytes(b"")
    for path in (old, foreign):
        os.utime(path, (1, 1))
    store.save(project, edited)
    assert [path.exists() for path in (old, young, foreign)] == [False, True, True]


def test_generations_hold_the_last_versions(
    store: Store, project: OpenedProject, content: Content
) -> None:
    for number in range(8):
        changed = {
            **content,
            "actors": {"a1": msgspec.structs.replace(content["actors"]["a1"], notes=str(number))},
            "linkages": {},
        }
        project = store.save(project, changed).project
    versions = store.earlier_versions(project)
    assert [version.number for version in versions] == [8, 7, 6, 5, 4]
    opened = store.open(versions[0].path, KEY)
    assert opened.content["actors"]["a1"].notes == "6"
    assert opened.stamp.number == 8
    assert opened.stamp.id == project.stamp.ancestors[0]


def test_each_day_keeps_its_last_version(store: Store, project: OpenedProject) -> None:
    day = 86400
    for number in range(40):
        before = store.earlier_versions(project)
        project = store.save(project, project.content).project
        (new,) = [one for one in store.earlier_versions(project) if one not in before]
        os.utime(new.path, (number // 2 * day, number // 2 * day))
    numbers = [version.number for version in store.earlier_versions(project)]
    assert numbers == [40, 39, 38, 37, 36, *range(34, 0, -2)]


def test_save_to_a_folder_that_is_gone(store: Store, content: Content, tmp_path: Path) -> None:
    with pytest.raises(SaveTrouble, match="no longer there") as caught:
        store.create(tmp_path / "gone" / "p.xtrk", content, KEY)
    assert isinstance(caught.value, Trouble)


@pytest.mark.skipif(os.name != "posix", reason="permission bits are a POSIX matter")
def test_folders_of_the_app_are_private_all_the_way(tmp_path: Path) -> None:
    FileSystem().make_folder(tmp_path / "generations" / "project")
    for folder in (tmp_path / "generations", tmp_path / "generations" / "project"):
        assert folder.stat().st_mode & 0o777 == 0o700
