"""A file system whose n-th call fails, writes short, or kills the process."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

from model.storage.filesystem import FileFacts, FileSystem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class FaultyFiles(FileSystem):
    """Counts the calls of a save and lets one of them go wrong.

    Args:
        at: number of the call that goes wrong, from 1; 0 for none.
        fault: what happens there instead of the call.
    """

    def __init__(self, at: int = 0, fault: Callable[[], object] = lambda: None) -> None:
        self.calls: list[str] = []
        self._at = at
        self._fault = fault

    def _count(self, name: str) -> None:
        self.calls.append(name)
        if len(self.calls) == self._at:
            self._fault()

    def create(self, path: Path) -> int:
        self._count("create")
        return super().create(path)

    def write(self, handle: int, data: memoryview) -> int:
        self._count("write")
        return super().write(handle, data)

    def copy_mode(self, handle: int, mode: int) -> None:
        self._count("copy_mode")
        super().copy_mode(handle, mode)

    def sync(self, handle: int) -> None:
        self._count("sync")
        super().sync(handle)

    def close(self, handle: int) -> None:
        super().close(handle)
        self._count("close")

    def read(self, path: Path, limit: int) -> bytes:
        self._count("read")
        return super().read(path, limit)

    def facts(self, path: Path) -> FileFacts | None:
        self._count("facts")
        return super().facts(path)

    def free_space(self, folder: Path) -> int | None:
        self._count("free_space")
        return super().free_space(folder)

    def replace(self, source: Path, target: Path) -> None:
        self._count("replace")
        super().replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        self._count("link")
        super().link(source, target)

    def unlink(self, path: Path) -> None:
        self._count("unlink")
        super().unlink(path)

    def sync_folder(self, folder: Path) -> None:
        self._count("sync_folder")
        super().sync_folder(folder)

    def make_folder(self, folder: Path) -> None:
        self._count("make_folder")
        super().make_folder(folder)

    def names(self, folder: Path) -> list[str]:
        self._count("names")
        return super().names(folder)


class ShortWrites(FileSystem):
    """Writes at most seven hundred bytes at a time, as a nearly full disk may."""

    def write(self, handle: int, data: memoryview) -> int:
        return super().write(handle, data[:700])


class RottenDisk(FileSystem):
    """Flips one bit of everything it writes to project files."""

    def write(self, handle: int, data: memoryview) -> int:
        spoilt = bytearray(data)
        spoilt[len(spoilt) // 2] ^= 1
        return super().write(handle, memoryview(spoilt))


class NoLinks(FileSystem):
    """A FAT drive: neither links nor permissions."""

    def link(self, source: Path, target: Path) -> None:
        raise PermissionError(1, "no links here")

    def copy_mode(self, handle: int, mode: int) -> None:
        raise PermissionError(1, "no permissions here")


def killed_at(call: int, work: Callable[[FileSystem], object]) -> bool:
    """Run the work in a child process that kills itself at the given call; tell if it did."""

    def kill() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        try:
            work(FaultyFiles(call, kill))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
