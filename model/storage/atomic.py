"""The only writer of project files: at every moment the old file or the new one is whole.

Order of one save (design section 6): compare with what was read last, write a temporary file in
the same folder, flush it to the medium, read it back and have it verified, keep the old file as a
generation, replace, flush the folder. Any failure before the replacing leaves the old file as it
was; a failure after it is reported as "saved, durability not confirmed".
"""

from __future__ import annotations

import errno
import hashlib
import re
import secrets
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from model.storage.container import MAX_FILE
from model.storage.errors import AlreadyThere, ChangedOnDisk, SaveTrouble
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from model.storage.filesystem import FileSystem

Verify = Callable[[bytes], None]
Keep = Callable[[bytes], None]
Step = Literal["read", "write", "verify", "generation", "replace"]

_TEMPORARY: Final = re.compile(r"\.crosstrack-[0-9a-f]{16}\.tmp")
_STALE: Final = 3600 * 10**9
"""Age, by the clock of the file system, after which a left-over temporary file is removed (ns)."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Which content a file has: the SHA-256 of all of it, never its time or size alone."""

    sha256: str

    @classmethod
    def of(cls, data: bytes) -> Fingerprint:
        """Return the fingerprint of a content."""
        return cls(hashlib.sha256(data).hexdigest())


@dataclass(frozen=True, slots=True)
class Written:
    """What a save has reached.

    Attributes:
        fingerprint: of the file that is now in place.
        durable: False where the folder could not be flushed: the file is saved, but a power cut
            within the next seconds might bring the old one back.
    """

    fingerprint: Fingerprint
    durable: bool


MARKED: Final = -1
"""Error number of our own for a file that is marked read-only."""


def current_fingerprint(files: FileSystem, path: Path) -> Fingerprint | None:
    """Return the fingerprint of what is on disk, None where there is no file."""
    if files.facts(path) is None:
        return None
    return Fingerprint.of(files.read(path, MAX_FILE))


def replace_file(
    files: FileSystem,
    path: Path,
    data: bytes,
    expected: Fingerprint | None,
    verify: Verify,
    keep: Keep | None = None,
) -> Written:
    """Put new content in the place of a file, or of nothing.

    Args:
        files: the operating system.
        path: the file; a symbolic link stays one and its target is replaced.
        data: the new content.
        expected: content that the file must still have, None where there must be no file.
        verify: raises where the content read back from the medium is not what was meant.
        keep: puts the old content aside; called before anything is replaced.

    Raises:
        ChangedOnDisk, AlreadyThere: the file is not as expected; nothing was touched.
        SaveTrouble: the world failed; the old file is whole and in place.
    """
    with _step("read", path):
        target = path.resolve() if path.is_symlink() else path
        old = _checked(files, target, expected)
        _check_space(files, target.parent, len(data))
    temporary = _temporary(target.parent)
    try:
        with _step("write", path):
            _write_new(files, temporary, data, _mode(files, target))
        with _step("verify", path):
            verify(files.read(temporary, MAX_FILE))
        if old is not None and keep is not None:
            with _step("generation", path):
                keep(old)
        with _step("replace", path), _alone(files, target):
            _checked(files, target, expected)
            _put_in_place(files, temporary, target, fresh=expected is None)
    except BaseException:
        with suppress(OSError):
            files.unlink(temporary)
        raise
    _remove_stale(files, target)
    return Written(Fingerprint.of(data), _folder_flushed(files, target.parent))


def write_beside(
    files: FileSystem, path: Path, data: bytes, first: Callable[[Path], object] | None = None
) -> None:
    """Write a new file whole or not at all; an existing one of that name is replaced.

    `first` is called with the written file before it gets its name, where nobody else knows it.
    """
    temporary = _temporary(path.parent)
    try:
        _write_new(files, temporary, data, None)
        if first is not None:
            first(temporary)
        files.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            files.unlink(temporary)
        raise
    _folder_flushed(files, path.parent)


def write_all(files: FileSystem, handle: int, data: bytes) -> None:
    """Write all of the data; a full disk may accept a part without an error at first."""
    left = memoryview(data)
    while left:
        count = files.write(handle, left)
        if count <= 0:
            raise OSError(errno.EIO, "the system wrote nothing")
        left = left[count:]


def _temporary(folder: Path) -> Path:
    return folder / f".crosstrack-{secrets.token_hex(8)}.tmp"


def _write_new(files: FileSystem, path: Path, data: bytes, mode: int | None) -> None:
    handle = files.create(path)
    try:
        write_all(files, handle, data)
        if mode is not None:
            with suppress(PermissionError):  # some drives have no permissions; content matters
                files.copy_mode(handle, mode)
        files.sync(handle)
    finally:
        files.close(handle)


def _checked(files: FileSystem, target: Path, expected: Fingerprint | None) -> bytes | None:
    """Return the present content if it is the one expected."""
    facts = files.facts(target)
    if expected is None:
        if facts is not None:
            raise AlreadyThere(
                tr("there is a file of this name already; choose another name or replace it.")
            )
        return None
    if facts is not None and facts.is_marked_read_only:
        raise OSError(MARKED, "marked read-only")
    if facts is None:
        raise ChangedOnDisk(
            tr("the file is no longer there; save under a name to keep your work."), missing=True
        )
    data = files.read(target, MAX_FILE)
    if Fingerprint.of(data) != expected:
        raise ChangedOnDisk(
            tr(
                "someone else has changed the file since it was opened; it was not overwritten. "
                "Merge the two or save under another name."
            )
        )
    return data


def _check_space(files: FileSystem, folder: Path, size: int) -> None:
    free = files.free_space(folder)
    if free is not None and free < 2 * size:
        raise OSError(errno.ENOSPC, "too little free space")


def _mode(files: FileSystem, target: Path) -> int | None:
    facts = files.facts(target)
    return None if facts is None else facts.mode


def _put_in_place(files: FileSystem, temporary: Path, target: Path, *, fresh: bool) -> None:
    """Give the temporary file its final name; a fresh file never replaces one by accident."""
    if fresh:
        try:
            files.link(temporary, target)
        except FileExistsError:
            raise AlreadyThere(
                tr("there is a file of this name already; choose another name or replace it.")
            ) from None
        except OSError:  # FAT and some network drives have no links
            files.replace(temporary, target)
            return
        with suppress(OSError):  # a second name of the new file: swept later
            files.unlink(temporary)
        return
    files.replace(temporary, target)


def _folder_flushed(files: FileSystem, folder: Path) -> bool:
    try:
        files.sync_folder(folder)
    except OSError:
        return False
    return True


def _remove_stale(files: FileSystem, target: Path) -> None:
    """Remove temporary files that killed saves left in this folder long ago."""
    with suppress(OSError):
        now = files.facts(target)
        for name in files.names(target.parent):
            found = files.facts(target.parent / name) if _TEMPORARY.fullmatch(name) else None
            if now is not None and found is not None and now.modified - found.modified > _STALE:
                files.unlink(target.parent / name)


@contextmanager
def _alone(files: FileSystem, target: Path) -> Iterator[None]:
    """Keep another process on this computer from replacing the file between look and replace.

    Where the file system knows no locks, the look just before the replacing is what there is.
    """
    try:
        handle = files.lock(target)
    except BlockingIOError:
        raise ChangedOnDisk(
            tr("another program is just saving the file; it was not overwritten. Save again."),
            busy=True,
        ) from None
    except OSError:
        handle = None
    try:
        yield
    finally:
        if handle is not None:
            with suppress(OSError):
                files.close(handle)


@contextmanager
def _step(step: Step, path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise trouble(error, path, step) from error


def trouble(error: OSError, path: Path, step: Step) -> SaveTrouble:
    """Say in words what failed and what is safe."""
    code = error.errno or 0
    if step == "generation":
        what = tr("the earlier version could not be put aside ({reason})", reason=_reason(code))
    else:
        what = _reason(code)
    return SaveTrouble(
        "not-saved",
        tr(
            "{name} was not saved: {what}. Nothing on disk has changed, and your work is still "
            "open here.",
            name=path.name,
            what=what,
        ),
        step=step,
        errno=code,
        name=path.name,
        why=what,
    )


def _reason(code: int) -> str:
    reasons = {
        errno.ENOSPC: tr("the disk is full; free some space or choose another place"),
        errno.EDQUOT: tr("your share of the disk is used up; free some space"),
        errno.EFBIG: tr("the drive does not take files of this size"),
        errno.EACCES: tr("writing there is not allowed; choose another place"),
        errno.EPERM: tr("writing there is not allowed; choose another place"),
        MARKED: tr("the file is marked read-only; take the mark away or choose another file"),
        errno.EROFS: tr("the medium cannot be written to; choose another place"),
        errno.ENOENT: tr("the folder is no longer there; is the drive still plugged in?"),
        errno.ENODEV: tr("the drive is gone; plug it in again"),
        errno.EIO: tr("the drive reports an error; use another drive"),
    }
    return reasons.get(code, tr("the system reports error {code}", code=code))
