"""Earlier versions of a project: whole sealed files in the app's own folder, a few of them.

Kept are the newest five by number of save and the last one of each of the thirty latest days on
which there was a save. The clock decides only about thinning out, never about which is newest.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from model.storage.atomic import Fingerprint, write_all, write_beside
from model.storage.container import MAX_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from model.storage.filesystem import FileSystem

NEWEST_KEPT: Final = 5
DAYS_KEPT: Final = 30
_NAME: Final = re.compile(r"(\d{8})-([0-9a-f]{16})\.xtrk")
_LAST_SAVE: Final = "last-save"
_DAY: Final = 86400 * 10**9


@dataclass(frozen=True, slots=True)
class Generation:
    """An earlier version: where it is, the number of its save, when it was put aside (ns)."""

    path: Path
    number: int
    modified: int


def keep_generation(
    files: FileSystem, folder: Path, number: int, data: bytes, newest: int = NEWEST_KEPT
) -> Path:
    """Put a version aside, whole and flushed, and thin out the older ones.

    Args:
        files, folder: where versions are kept.
        number: of the save whose file it is.
        data: the whole file.
        newest: how many of the newest stay in any case.

    Raises:
        OSError: it could not be written; nothing has been thinned out then.
    """
    files.make_folder(folder)
    path = folder / f"{number:08d}-{Fingerprint.of(data).sha256[:16]}.xtrk"
    if files.facts(path) is None or files.read(path, MAX_FILE) != data:
        write_beside(files, path, data)
    with suppress(OSError):  # one version too many does not keep anybody from saving
        for old in _superfluous(find_generations(files, folder), newest):
            if old.path != path:
                files.unlink(old.path)
    return path


def find_generations(files: FileSystem, folder: Path) -> list[Generation]:
    """List the versions in a folder, newest first."""
    if files.facts(folder) is None:
        return []
    generations = []
    for name in files.names(folder):
        match = _NAME.fullmatch(name)
        facts = files.facts(folder / name) if match else None
        if match and facts is not None:
            generations.append(Generation(folder / name, int(match[1]), facts.modified))
    return sorted(generations, key=lambda one: (one.number, one.modified), reverse=True)


def last_save(files: FileSystem, folder: Path) -> str:
    """The id of the save that this machine wrote last; "" where it is not known.

    Raises:
        OSError: it cannot be read.
    """
    path = folder / _LAST_SAVE
    if files.facts(path) is None:
        return ""
    return files.read(path, MAX_FILE).decode("ascii", "replace")


def remember_last_save(files: FileSystem, folder: Path, save_id: str) -> None:
    """Note the id of a save, which is random and says nothing; not flushed, as nothing rests on it.

    Raises:
        OSError: it could not be written; nothing depends on it but a checkpoint.
    """
    files.make_folder(folder)
    new = folder / f"{_LAST_SAVE}.tmp"
    if files.facts(new) is not None:
        files.unlink(new)
    handle = files.create(new)
    try:
        write_all(files, handle, save_id.encode("ascii"))
    finally:
        files.close(handle)
    files.replace(new, folder / _LAST_SAVE)


def _superfluous(newest_first: list[Generation], newest: int) -> list[Generation]:
    days: set[int] = set()
    dropped = []
    for place, generation in enumerate(newest_first):
        day = generation.modified // _DAY
        last_of_day = day not in days and len(days) < DAYS_KEPT
        if last_of_day:
            days.add(day)
        if place >= newest and not last_of_day:
            dropped.append(generation)
    return dropped
