from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from model.refusals import Trouble
from model.storage import age
from model.storage.errors import Damaged, StorageRefusal, WrongKey
from model.storage.filesystem import FileSystem
from model.storage.journal import Journal, replay
from tests.model.storage.faults import FaultyFiles, ShortWrites

if TYPE_CHECKING:
    from pathlib import Path

KEY = age.Identity.generate()
FILES = FileSystem()
PAYLOADS = [b"first", b"", b"x" * 1000, b"last"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "drafts" / "p.journal"


def written(path: Path, files: FileSystem = FILES, payloads: list[bytes] = PAYLOADS) -> bytes:
    journal = Journal.start(files, path, KEY.recipient(), "project1", "base1")
    for payload in payloads:
        journal.append(payload)
    journal.sync()
    journal.close()
    return path.read_bytes()


def test_replay_gives_back_what_was_appended(path: Path) -> None:
    written(path)
    found = replay(FILES, path, KEY)
    assert list(found.records) == PAYLOADS
    assert (found.project, found.base, found.torn) == ("project1", "base1", False)


def test_it_goes_on_after_a_resume(path: Path) -> None:
    written(path)
    journal, found = Journal.resume(FILES, path, KEY)
    assert list(found.records) == PAYLOADS
    journal.append(b"more")
    journal.close()
    assert list(replay(FILES, path, KEY).records) == [*PAYLOADS, b"more"]


def test_every_torn_end_is_dropped_and_the_rest_kept(path: Path) -> None:
    sizes = []
    journal = Journal.start(FILES, path, KEY.recipient(), "project1", "base1")
    for payload in PAYLOADS:
        sizes.append(path.stat().st_size)
        journal.append(payload)
    journal.close()
    data = path.read_bytes()
    for size in range(sizes[0], len(data)):
        path.write_bytes(data[:size])
        found = replay(FILES, path, KEY)
        whole = sum(size >= end for end in [*sizes[1:], len(data)])
        assert list(found.records) == PAYLOADS[:whole]
        assert found.torn == (size not in sizes)


def test_resume_cuts_the_torn_end_off(path: Path) -> None:
    data = written(path)
    path.write_bytes(data[:-3])
    journal, found = Journal.resume(FILES, path, KEY)
    assert found.torn
    journal.append(b"again")
    journal.close()
    found = replay(FILES, path, KEY)
    assert list(found.records) == [*PAYLOADS[:-1], b"again"]
    assert not found.torn


def test_every_bit_flip_ends_the_chain_there(path: Path) -> None:
    data = written(path, payloads=[b"one", b"two"])
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1 << place % 8
        path.write_bytes(changed)
        try:
            found = replay(FILES, path, KEY)
        except StorageRefusal:
            continue
        assert found.torn
        assert list(found.records) in ([], [b"one"])


def test_records_cannot_be_left_out_or_moved(path: Path) -> None:
    start = len(written(path, payloads=[]))
    data = written(path, payloads=[b"one", b"two", b"six"])
    size = (len(data) - start) // 3
    head, one, two, six = (
        data[:start],
        *(data[start + number * size : start + (number + 1) * size] for number in range(3)),
    )
    for order, left in (([two, six], 0), ([one, six], 1), ([two, one], 0), ([one, one], 1)):
        path.write_bytes(head + b"".join(order))
        assert len(replay(FILES, path, KEY).records) == left


def test_other_keys_and_other_files(path: Path) -> None:
    written(path)
    with pytest.raises(WrongKey):
        replay(FILES, path, age.Identity.generate())
    for other in (b"", b"hello", path.read_bytes()[:40]):
        path.write_bytes(other)
        with pytest.raises(Damaged):
            replay(FILES, path, KEY)
    path.unlink()
    with pytest.raises(Trouble):
        replay(FILES, path, KEY)


def test_failed_append_can_be_repeated(path: Path) -> None:
    class NearlyFull(FileSystem):
        room = 100
        full = False

        def write(self, handle: int, data: memoryview) -> int:
            if not self.full:
                return super().write(handle, data)
            if not self.room:
                raise OSError(errno.ENOSPC, "full")
            count = super().write(handle, data[: self.room])
            self.room -= count
            return count

    files = NearlyFull()
    journal = Journal.start(files, path, KEY.recipient(), "project1", "base1")
    journal.append(b"one")
    files.full = True
    for _ in range(2):
        with pytest.raises(Trouble):
            journal.append(b"two")
    assert list(replay(FILES, path, KEY).records) == [b"one"]
    files.full = False
    journal.append(b"two")
    journal.close()
    found = replay(FILES, path, KEY)
    assert (list(found.records), found.torn) == ([b"one", b"two"], False)


def test_short_writes_and_failed_sync(path: Path) -> None:
    written(path, ShortWrites())
    assert list(replay(FILES, path, KEY).records) == PAYLOADS

    def fail() -> None:
        raise OSError(errno.EIO, "broken")

    calls = FaultyFiles()
    journal = Journal.start(calls, path, KEY.recipient(), "project1", "base1")
    journal.close()
    files = FaultyFiles(len(calls.calls), fail)
    journal = Journal.start(files, path, KEY.recipient(), "project1", "base1")
    with pytest.raises(Trouble, match="still open here"):
        journal.sync()
    journal.discard()
    assert not path.exists()


def test_sizes_say_little_and_nothing_is_readable(path: Path) -> None:
    short = written(path, payloads=[b"rename council"])
    long = written(path, payloads=[b"rename council to something longer"])
    assert len(short) == len(long)
    assert b"council" not in short


def test_a_sync_that_comes_after_the_end_is_no_error(path: Path) -> None:
    """Else a save that empties the draft just then would be told as a failing draft."""
    journal = Journal.start(FILES, path, KEY.recipient(), "project1", "base1")
    journal.append(b"one")
    journal.close()
    journal.sync()
    with pytest.raises(Trouble):
        journal.append(b"two")


def test_nobody_else_takes_over_a_journal_that_is_being_written(path: Path) -> None:
    journal = Journal.start(FILES, path, KEY.recipient(), "project1", "base1")
    with pytest.raises(Trouble):
        Journal.resume(FILES, path, KEY)
    journal.close()
    Journal.resume(FILES, path, KEY)[0].close()
