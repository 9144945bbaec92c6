"""Media that refuse: small tmpfs, /dev/full, file size limit, read-only folder, FAT-like."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
from functools import partial
from typing import TYPE_CHECKING, Never

from model.refusals import Refusal
from model.storage.atomic import write_all
from model.storage.filesystem import FileSystem
from model.storage.store import Store
from tests.safety.operations import KEY, Bench, broken_promise, content_of, save
from tests.safety.results import Result

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOBODY = 65534
SMALL = 256 * 1024


def media_suite(place: Path) -> Result:
    """Each trial is one way in which a medium refuses; the old state must be whole after it."""
    result = Result("full, limited, read-only and FAT-like media")
    bench = Bench.make(place / "bench")
    for limit in (1, 100, 700, 2_000, 4_000, 6_000):
        _trial(result, bench, f"file size limit {limit}", partial(_limited, bench, limit))
    _trial(result, bench, "no links, no permissions", lambda: _fat(bench))
    _dev_full(result)
    if _is_root():
        _trial(result, bench, "somebody else's read-only folder", lambda: _read_only(bench))
        for left in range(0, 24, 2):
            _full_disk(result, place, left * 1024)
    else:
        result.name += " (no small disks: needs root)"
    return result


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _trial(result: Result, bench: Bench, name: str, work: Callable[[], None]) -> None:
    bench.reset()
    result.trials += 1
    child = os.fork()
    if child == 0:
        try:
            work()
        except (Refusal, OSError):
            os._exit(1)
        except BaseException:  # noqa: BLE001 - told by the code
            os._exit(2)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    result.fired += code == 1
    wrong = broken_promise(bench, ["s1"] if code == 0 else [])
    if code == 2 or wrong:
        result.losses.append(f"{name}: {wrong or 'an exception nobody foresaw'}")


def _limited(bench: Bench, size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    save(bench, lambda _: None)


def _read_only(bench: Bench) -> None:
    """As nobody: root would not be stopped by permissions."""
    for path in bench.folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    bench.folder.chmod(0o555)
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    save(bench, lambda _: None)


def _fat(bench: Bench) -> None:
    store = Store("safety", files=Fat(), generations=bench.folder / "generations", log_n=10)
    store.save(bench.opened(), content_of("s1"))


class Fat(FileSystem):
    """Neither links nor permissions, as on USB sticks."""

    def link(self, source: Path, target: Path) -> Never:
        """Refused."""
        raise PermissionError(1, "no links here")

    def copy_mode(self, handle: int, mode: int) -> Never:
        """Refused."""
        raise PermissionError(1, "no permissions here")


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


def _full_disk(result: Result, place: Path, left: int) -> None:
    """A tmpfs with only so many bytes left: the case in which QSaveFile destroys the old file."""
    folder = place / "small"
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        return
    try:
        bench = Bench(folder, place / "bench" / "master")
        shutil.copytree(bench.master, folder, dirs_exist_ok=True)
        free = shutil.disk_usage(folder).free
        (folder / "filler").write_bytes(bytes(max(0, free - left)))
        result.trials += 1
        told: list[str] = []
        try:
            saved = Store("safety", generations=folder / "g", log_n=10).save(
                bench.opened(), content_of("s1")
            )
            told += ["s1"] if saved.durable else []
        except Refusal:
            result.fired += 1
        wrong = broken_promise(bench, told)
        if wrong:
            result.losses.append(f"disk with {left} bytes left: {wrong}")
    finally:
        subprocess.run(["umount", str(folder)], check=False, capture_output=True)


def opens(path: Path) -> bool:
    """Whether the project at a path can be opened."""
    try:
        Store("look", log_n=10).open(path, KEY)
    except (Refusal, OSError):
        return False
    return True
