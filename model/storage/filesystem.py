"""The operating system as saving sees it: a handful of calls that tests can make fail."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

_READ_SIZE: Final = 1024 * 1024
_CREATE: Final = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_READ: Final = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_APPEND: Final = (
    os.O_WRONLY | os.O_APPEND | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
)


_ANY_WRITE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class FileFacts(NamedTuple):
    """What saving needs to know about a file: size in bytes, mode bits, time in nanoseconds."""

    size: int
    mode: int
    modified: int
    is_file: bool

    @property
    def is_marked_read_only(self) -> bool:
        """Whether nobody may write to it, which not even root should pass over."""
        return not self.mode & _ANY_WRITE


class FileSystem:
    """Thin wrappers around the calls of one save; every one may raise OSError."""

    def create(self, path: Path) -> int:
        """Create a new private file for writing; fails if there is one."""
        return os.open(path, _CREATE, 0o600)

    def open_append(self, path: Path) -> int:
        """Open an existing file for appending."""
        return os.open(path, _APPEND)

    def write(self, handle: int, data: memoryview) -> int:
        """Write some of the data and return how much; it can be less than all."""
        return os.write(handle, data)

    def truncate(self, path: Path, size: int) -> None:
        """Cut a file to a size."""
        os.truncate(path, size)

    def copy_mode(self, handle: int, mode: int) -> None:
        """Give an open file the permission bits of the one it will replace."""
        if hasattr(os, "fchmod"):
            os.fchmod(handle, mode)

    def sync(self, handle: int) -> None:
        """Wait until the file's content is on the medium."""
        os.fsync(handle)

    def close(self, handle: int) -> None:
        """Close a file."""
        os.close(handle)

    def read(self, path: Path, limit: int) -> bytes:
        """Read a whole file; at most ``limit`` + 1 bytes, so that the caller can tell."""
        handle = os.open(path, _READ)
        try:
            parts = []
            left = limit + 1
            while left > 0 and (part := os.read(handle, min(left, _READ_SIZE))):
                parts.append(part)
                left -= len(part)
            return b"".join(parts)
        finally:
            os.close(handle)

    def facts(self, path: Path) -> FileFacts | None:
        """Return what is known about a file, None where there is none."""
        try:
            found = path.stat()
        except FileNotFoundError:
            return None
        return FileFacts(
            found.st_size,
            stat.S_IMODE(found.st_mode),
            found.st_mtime_ns,
            stat.S_ISREG(found.st_mode),
        )

    def free_space(self, folder: Path) -> int | None:
        """Return the free bytes on the medium of a folder, None where it does not tell its size."""
        usage = shutil.disk_usage(folder)
        return usage.free if usage.total else None

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in the place of another in one step."""
        source.replace(target)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a further name; fails if the name is taken, or where links do not exist."""
        os.link(source, target)

    def lock(self, path: Path) -> int | None:
        """Lock a file against other processes that lock it too, until the handle is closed.

        None where there is no file, or no such locks (Windows keeps an open file in its place).

        Raises:
            BlockingIOError: another process has it, or has just replaced it.
        """
        if os.name == "nt" or not path.exists():
            return None
        import fcntl  # noqa: PLC0415 - not on Windows

        handle = os.open(path, _READ)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not os.path.samestat(os.fstat(handle), path.stat()):
                raise BlockingIOError(errno.EAGAIN, "replaced meanwhile")  # noqa: TRY301
        except BaseException:
            os.close(handle)
            raise
        return handle

    def hold(self, handle: int) -> None:
        """Lock an open file as `lock` does; nothing where there are no such locks.

        Raises:
            BlockingIOError: another process has it.
        """
        if os.name != "nt":
            import fcntl  # noqa: PLC0415 - not on Windows

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def unlink(self, path: Path) -> None:
        """Remove a name."""
        path.unlink()

    def sync_folder(self, folder: Path) -> None:
        """Wait until the names in a folder are on the medium; Windows offers no such call."""
        if os.name == "nt":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def make_folder(self, folder: Path) -> None:
        """Create a private folder and its parents, if missing."""
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):  # `parents=True` would leave those open to others
            one.mkdir(mode=0o700, exist_ok=True)

    def names(self, folder: Path) -> list[str]:
        """List the names in a folder."""
        return [entry.name for entry in folder.iterdir()]
