"""The folder in which a run works: in memory, locked while it runs, cleared away after it.

A run that is killed leaves its folder, with mounted disks in it, which would stand in the way of
later runs; the next run clears it away once nobody holds its lock any more.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "crosstrack-safety-"
_MOUNTS = Path("/proc/self/mounts")


@contextlib.contextmanager
def own_place(parent: Path | None = None) -> Iterator[Path]:
    """A folder of its own for a run."""
    parent = parent or _quick_place()
    clear_left_behind(parent)
    handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=".lock", dir=parent)
    lock = Path(name)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        place = lock.with_suffix("")
        place.mkdir(mode=0o755)
        yield place
    finally:
        _clear(lock)
        os.close(handle)


def clear_left_behind(parent: Path) -> None:
    """Clear away what killed runs of this user have left; what is in use stays."""
    for lock in parent.glob(f"{PREFIX}*.lock"):
        with contextlib.suppress(OSError):  # somebody else's, or just gone
            handle = os.open(lock, os.O_RDONLY | os.O_NOFOLLOW)
            try:
                if os.fstat(handle).st_uid == os.geteuid():
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    _clear(lock)
            finally:
                os.close(handle)


def _clear(lock: Path) -> None:
    place = lock.with_suffix("")
    for mounted in mounts_below(place):
        subprocess.run(["umount", str(mounted)], check=False, capture_output=True)
    if not mounts_below(place):
        shutil.rmtree(place, ignore_errors=True)
        lock.unlink(missing_ok=True)


def mounts_below(place: Path) -> list[Path]:
    """Where something is mounted below a folder, the innermost first."""
    if not _MOUNTS.exists():
        return []
    found = []
    for line in _MOUNTS.read_text(encoding="utf-8").splitlines():
        plain = re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), line.split()[1])
        if Path(plain).is_relative_to(place):
            found.append(Path(plain))
    return found[::-1]


def _quick_place() -> Path:
    """Memory where there is one: flushes cost nothing there, and disks are suites of their own."""
    memory = Path("/dev/shm")
    usable = memory.is_dir() and os.access(memory, os.W_OK)
    return memory if usable else Path(tempfile.gettempdir())
