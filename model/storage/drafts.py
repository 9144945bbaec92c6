"""Finding the draft of a project again, and what in it is not in the file yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from model.identifiers import random_id
from model.refusals import Trouble
from model.storage.errors import StorageRefusal
from model.storage.filesystem import FileSystem
from model.storage.journal import replay
from model.storage.patchcodec import decode_patch

if TYPE_CHECKING:
    from pathlib import Path

    from model.patch import Patch
    from model.records import Record
    from model.storage.codec import Content
    from model.storage.store import OpenedProject

ASIDE: Final = ".aside"


def draft_path(folder: Path, project: OpenedProject) -> Path:
    """Where the draft of a project is kept."""
    return folder / f"{project.stamp.project}.draft"


def drafted_after(folder: Path, project: OpenedProject, work: Patch) -> tuple[Patch, ...]:
    """The drafted changes that are newer than the work sealed at locking; none as a rule."""
    content = {table: dict(records) for table, records in project.content.items()}
    for change in work.changes:
        table = content.setdefault(change.table, {})
        if change.after is None:
            table.pop(change.id, None)
        else:
            table[change.id] = change.after
    return found_draft(folder, replace(project, content=content))


def found_draft(folder: Path, project: OpenedProject) -> tuple[Patch, ...]:
    """The unsaved changes that fit the file as it was just opened; call from a worker.

    A draft usually starts from the very file. After a crash between a save and the clearing of the
    draft it starts from the file before; then what the save already holds is left out. A draft that
    fits no way is put aside untouched, never applied and never deleted.

    Raises:
        Trouble: the draft cannot be read; the project itself is open and whole.
    """
    files, path = FileSystem(), draft_path(folder, project)
    if files.facts(path) is None:
        return ()
    try:
        held = replay(files, path, project.key.identity)
        patches = tuple(decode_patch(record) for record in held.records)
        if held.project == project.stamp.project:
            missing = not_yet_in(project.content, patches)
            if missing is not None:
                return missing
    except Trouble:
        raise
    except StorageRefusal:
        pass
    path.replace(path.with_name(f"{path.name}.{random_id()[:8]}{ASIDE}"))
    return ()


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
