"""Media that refuse: small tmpfs, /dev/full, file size limit, read-only folder, FAT-like."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
from functools import partial
from typing import TYPE_CHECKING, Never
from unittest import mock

from model.storage.atomic import write_all
from model.storage.filesystem import FileSystem
from tests.safety.faults import Board, run
from tests.safety.operations import OPERATIONS, Bench
from tests.safety.promises import broken_promise
from tests.safety.results import Result, Suite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOBODY = 65534
SMALL = 384 * 1024
TRIED = ("save", "autosave", "merge", "re-key", "lock")


def media_suite(place: Path) -> Suite:
    """Each trial is an operation on a medium that refuses; what was promised must be there."""
    name = "full, limited, read-only, FAT-like media"
    return Suite(name, (partial(_all_media, place),), least=40, fires=0.5)


def _all_media(place: Path) -> Result:
    result = Result("part")
    bench, board = Bench.make(place / "bench"), Board()
    for name in TRIED:
        for limit in (1, 100, 700, 2_000, 4_000, 6_000, 9_000):
            _trial(result, bench, board, name, f"file size limit {limit}", partial(_limit, limit))
        done = _trial(result, bench, board, name, "neither links nor permissions", _like_fat)
        if done != "done":
            result.losses.append(f"{name}: does not work without links and permissions")
    _dev_full(result)
    if not (hasattr(os, "geteuid") and os.geteuid() == 0):
        result.note = "no small disks and no read-only folders: needs root"
        return result
    for name in TRIED:
        end = _trial(result, bench, board, name, "a read-only folder", partial(_read_only, bench))
        if end == "done" and name == "save":
            result.losses.append("permissions did not stop anybody: this trial proves nothing")
        for left in range(0, 40, 4):
            _full_disk(result, place, board, name, left * 1024)
    return result


def _trial(
    result: Result, bench: Bench, board: Board, name: str, medium: str, hinder: Callable[[], None]
) -> str:
    bench.reset()
    return _look(result, bench, board, name, medium, hinder)


def _look(
    result: Result, bench: Bench, board: Board, name: str, medium: str, hinder: Callable[[], None]
) -> str:
    operation = OPERATIONS[name]
    operation.prepare(bench)

    def work(tell: Callable[[str], None]) -> None:
        hinder()
        operation.work(bench, tell)

    found = run(work, (), board)
    result.trials += 1
    result.fired += found.end == "refused" or not any(one[0] == "f" for one in found.told)
    wrong = broken_promise(bench, found.told, name)
    if not wrong and found.end not in {"done", "refused"}:
        wrong = f"ended with {found.end}"
    if wrong:
        result.losses.append(f"{name}, {medium}: {wrong}")
    return found.end


def _limit(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _read_only(bench: Bench) -> None:
    """As nobody: root would not be stopped by permissions."""
    for path in bench.folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    bench.folder.chmod(0o555)
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def _like_fat() -> None:
    """Neither links nor permissions nor locks, as on USB sticks."""

    def refused(*_: object) -> Never:
        raise PermissionError(1, "not on this drive")

    for name in ("link", "copy_mode", "hold"):
        mock.patch.object(FileSystem, name, refused).start()


def _dev_full(result: Result) -> None:
    result.trials += 1
    files = FileSystem()
    handle = os.open("/dev/full", os.O_WRONLY)
    try:
        write_all(files, handle, b"x" * 100_000)
    except OSError:
        result.fired += 1
    else:
        result.losses.append("/dev/full: believed to be written")
    finally:
        os.close(handle)


def _full_disk(result: Result, place: Path, board: Board, name: str, left: int) -> None:
    """A tmpfs with only so many bytes left: the case in which QSaveFile destroys the old file."""
    with _small_disk(place / "small") as folder:
        if folder is None:
            result.note = "no small disks: mounting is not allowed"
            return
        bench = Bench(folder, place / "bench" / "master")
        shutil.copytree(bench.master, folder, dirs_exist_ok=True)
        free = shutil.disk_usage(folder).free
        (folder / "filler").write_bytes(bytes(max(0, free - left)))
        _look(result, bench, board, name, f"disk with {left} bytes left", lambda: None)


@contextlib.contextmanager
def _small_disk(folder: Path) -> Iterator[Path | None]:
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=False, capture_output=True)
