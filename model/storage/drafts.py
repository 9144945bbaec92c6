"""Finding the drafts of a project again, and what in them is not in the file yet.

Every window writes a draft of its own, under a random name behind the project's random id, and
holds it locked; what a living window writes is nobody else's to take over. A draft that does not
fit the file as it is stays where it is: it may be of another copy, or somebody has changed the
file since. It is never applied by itself and never deleted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from model.identifiers import random_id
from model.refusals import Trouble
from model.storage.errors import StorageRefusal
from model.storage.filesystem import FileSystem
from model.storage.journal import replay, unusable
from model.storage.patchcodec import decode_patch

if TYPE_CHECKING:
    from pathlib import Path

    from model.patch import Patch
    from model.records import Record
    from model.storage.codec import Content
    from model.storage.store import OpenedProject

SUFFIX: Final = ".draft"
_REST: Final = re.compile(r"(\.[0-9a-z]{8})?\.draft(\.[0-9a-z]{8}\.aside)?")
"""What follows the project's id; before, there was one draft, renamed where it did not fit."""


@dataclass(frozen=True, slots=True)
class Stray:
    """Unsaved changes that do not fit the file as it is.

    Attributes:
        path: the draft that holds them.
        patches: the changes in their order.
        modified: when the last one was made, by the file system's clock (ns).
    """

    path: Path
    patches: tuple[Patch, ...] = field(repr=False)
    modified: int


@dataclass(frozen=True, slots=True)
class Drafts:
    """What was found for a project.

    Attributes:
        patches: the unsaved changes that fit the file as it was just opened.
        path: the draft that holds them; None where there is none to go on with.
        strays: further ones, newest first.
        trouble: why one of them could not be read; None where all could.
    """

    patches: tuple[Patch, ...] = field(default=(), repr=False)
    path: Path | None = None
    strays: tuple[Stray, ...] = ()
    trouble: Trouble | None = None


def new_draft_path(folder: Path, project: OpenedProject) -> Path:
    """Where a window keeps the draft of a project."""
    return folder / f"{project.stamp.project}.{random_id()[:8]}{SUFFIX}"


def drafts_after(folder: Path, project: OpenedProject, work: Patch) -> Drafts:
    """As `find_drafts`, but what is newer than the work sealed at locking; none as a rule."""
    content = {table: dict(records) for table, records in project.content.items()}
    for change in work.changes:
        table = content.setdefault(change.table, {})
        if change.after is None:
            table.pop(change.id, None)
        else:
            table[change.id] = change.after
    return find_drafts(folder, replace(project, content=content))


def find_drafts(folder: Path, project: OpenedProject) -> Drafts:
    """The unsaved changes of a project that was just opened; call from a worker.

    A draft usually starts from the very file. After a crash between a save and the clearing of the
    draft it starts from the file before; then what the save already holds is left out.
    """
    files = FileSystem()
    found: list[Stray] = []
    trouble: Trouble | None = None
    try:
        for path in _paths(files, folder, project.stamp.project):
            found += _left_behind(files, path, project)
    except Trouble as error:
        trouble = error
    except OSError as error:
        trouble = unusable(error)
    found.sort(key=lambda one: one.modified, reverse=True)
    fitting: Stray | None = None
    missing: tuple[Patch, ...] = ()
    strays = []
    for stray in found:
        fits = not_yet_in(project.content, stray.patches)
        if fits is None or (fits and missing):
            strays.append(stray)
        elif fitting is None or fits:
            fitting, missing = stray, fits
    return Drafts(missing, fitting.path if fitting is not None else None, tuple(strays), trouble)


def found_draft(folder: Path, project: OpenedProject) -> tuple[Patch, ...]:
    """The unsaved changes that fit the file as it was just opened."""
    return find_drafts(folder, project).patches


def abandoned_drafts(files: FileSystem, folder: Path, project: str) -> list[Path]:
    """All drafts of a project that no living window writes, whether they can be read or not."""
    return [path for path in _paths(files, folder, project) if not _is_held(files, path)]


def _is_held(files: FileSystem, path: Path) -> bool:
    try:
        handle = files.lock(path)
    except BlockingIOError:
        return True
    except OSError:  # no locks there
        return False
    if handle is not None:
        files.close(handle)
    return False


def _paths(files: FileSystem, folder: Path, project: str) -> list[Path]:
    if files.facts(folder) is None:
        return []
    names = [name for name in files.names(folder) if name.startswith(project)]
    return [folder / name for name in names if _REST.fullmatch(name.removeprefix(project))]


def _left_behind(files: FileSystem, path: Path, project: OpenedProject) -> tuple[Stray, ...]:
    """A draft that no living window writes, if it can be read with the project's key."""
    try:
        handle = files.lock(path)
    except BlockingIOError:
        return ()
    except OSError:  # no locks there
        handle = None
    try:
        held = replay(files, path, project.key.identity)
        if held.project != project.stamp.project:
            return ()
        facts = files.facts(path)
        modified = facts.modified if facts is not None else 0
        return (Stray(path, tuple(map(decode_patch, held.records)), modified),)
    except Trouble:
        raise
    except StorageRefusal:  # of an earlier key, or spoilt: not to be read, and not ours to remove
        return ()
    finally:
        if handle is not None:
            files.close(handle)


def not_yet_in(content: Content, patches: tuple[Patch, ...]) -> tuple[Patch, ...] | None:
    """Those patches at the end that a content does not hold yet; None where they do not fit it.

    The content fits after k patches if every record that any of them touches is as it was then;
    the largest such k is taken.
    """
    states: dict[tuple[str, str], list[tuple[int, Record | None]]] = {}
    for number, patch in enumerate(patches):
        for change in patch.changes:
            history = states.setdefault((change.table, change.id), [(0, change.before)])
            if history[-1][1] != change.before:
                return None
            history.append((number + 1, change.after))
    fitting = set(range(len(patches) + 1))
    for (table, record_id), history in states.items():
        now = content.get(table, {}).get(record_id)
        ends = [start for start, _ in history[1:]] + [len(patches) + 1]
        spans = zip(history, ends, strict=True)
        fitting &= {k for (start, was), end in spans if was == now for k in range(start, end)}
    return patches[max(fitting) :] if fitting else None
