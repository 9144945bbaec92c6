"""A project put away while it is locked: everything sealed to the project key, no key in memory.

Two parts: the project file as it was last read or saved (its slots and its sealed body), and the
work since then: unsaved changes, the undo history, the selection and half-typed text. Both open
with any secret that opens the file. The second part also lies in the folder of drafts, so that a
machine that dies while locked loses nothing of it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import msgspec

from model.history import HistoryState, Step
from model.patch import Patch, RecordChange
from model.records import View
from model.storage import codec, keys, padding
from model.storage.atomic import Fingerprint, write_beside
from model.storage.errors import Damaged, InvalidContent, TooLarge
from model.storage.patchcodec import decode_patch, encode_patch
from model.storage.schema import MAX_JSON
from model.storage.store import OpenedProject
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from model.records import Record
    from model.storage.container import Slot
    from model.storage.filesystem import FileSystem
    from model.storage.keys import ProjectKey, Secret

MAX_SEALED: Final = 512 * 1024 * 1024
Key = tuple[str, str]


class TypedText(msgspec.Struct, frozen=True):
    """Text that stood half-typed in a field when the project was locked.

    Attributes:
        panel: which panel the field is in.
        name: accessible name of the field.
        text: what was typed.
    """

    panel: str
    name: str
    text: str


class Work(msgspec.Struct, frozen=True):
    """What a person was doing.

    Attributes:
        unsaved: one patch from the content last saved to the present one.
        history: what can be undone and done again.
        selection: what was selected, as (table, id).
        as_of: day of the date cursor, ISO.
        typed: half-typed texts.
        view: how map and timeline were looked at; None where nobody looked.
    """

    unsaved: Patch
    history: HistoryState
    selection: tuple[Key, ...] = ()
    as_of: str = ""
    typed: tuple[TypedText, ...] = ()
    view: View | None = None


class _Step(msgspec.Struct, frozen=True):
    patch: msgspec.Raw
    size: int
    before_mark: int
    after_mark: int


class _Written(msgspec.Struct, frozen=True):
    project: str
    base: str
    unsaved: msgspec.Raw
    done: tuple[_Step, ...]
    undone: tuple[_Step, ...]
    marks: tuple[int, int, int]
    selection: tuple[Key, ...]
    as_of: str
    typed: tuple[TypedText, ...]
    view: View | None = None


@dataclass(frozen=True, slots=True)
class LockedProject:
    """A locked project; nothing in it can be read without a secret of the project.

    Attributes:
        path: the project file.
        fingerprint: of the file as it was last read or saved.
        slots: the ways in.
        body: the content as last saved, sealed.
        work: the work since, sealed.
        project: random id of the project.
    """

    path: Path
    fingerprint: Fingerprint
    slots: tuple[Slot, ...] = field(repr=False)
    body: bytes = field(repr=False)
    work: bytes = field(repr=False)
    project: str


def changes_between(
    before: Mapping[str, Mapping[str, Record]], after: Mapping[str, Mapping[str, Record]]
) -> tuple[RecordChange, ...]:
    """The changes that lead from one content to another."""
    changes = []
    for table in dict.fromkeys((*before, *after)):
        old, new = before.get(table, {}), after.get(table, {})
        if old is new:
            continue
        for record_id in dict.fromkeys((*old, *new)):
            was, now = old.get(record_id), new.get(record_id)
            if was is not now and was != now:
                changes.append(RecordChange(table, record_id, was, now))
    return tuple(changes)


def lock(project: OpenedProject, work: Work) -> LockedProject:
    """Seal a project and the work on it; the caller then forgets both, and with them the key."""
    encoded = codec.encode(
        project.content,
        project.stamp,
        project.app,
        project.extras,
        lineage=project.lineage,
        members=project.key.members,
    )
    return LockedProject(
        path=project.path,
        fingerprint=project.fingerprint,
        slots=project.key.slots,
        body=project.key.seal(padding.pack(encoded.json)),
        work=seal_work(project, work),
        project=project.stamp.project,
    )


def unlock(locked: LockedProject, secret: Secret) -> tuple[OpenedProject, Work]:
    """Open a locked project with any of its secrets; one key derivation per passphrase slot.

    Raises:
        WrongPassphrase, WrongKey, BadSecret: it stays locked.
    """
    return _opened(locked, keys.unlock(locked.slots, secret))


def after_late_save(locked: LockedProject, saved: OpenedProject, saved_mark: int) -> LockedProject:
    """The same locked work as what is left to do since a save that ended after the lock.

    Args:
        locked: the project as it was sealed while the save was still under way.
        saved: what the save has written.
        saved_mark: which state of the history that is.
    """
    before, work = _opened(locked, saved.key)
    content = {table: dict(records) for table, records in before.content.items()}
    for change in work.unsaved.changes:
        table = content.setdefault(change.table, {})
        if change.after is None:
            table.pop(change.id, None)
        else:
            table[change.id] = change.after
    unsaved = Patch(work.unsaved.label, changes_between(saved.content, content))
    history = msgspec.structs.replace(work.history, saved_mark=saved_mark)
    return lock(saved, msgspec.structs.replace(work, unsaved=unsaved, history=history))


def _opened(locked: LockedProject, key: ProjectKey) -> tuple[OpenedProject, Work]:
    decoded = codec.decode(padding.unpack(key.unseal(locked.body), MAX_JSON))
    key = replace(key, members=decoded.members)
    project = OpenedProject(
        path=locked.path,
        content=decoded.content,
        key=key,
        fingerprint=locked.fingerprint,
        stamp=decoded.stamp,
        extras=decoded.extras,
        app=decoded.app,
        lineage=decoded.lineage,
    )
    return project, _work(key, locked.work, project)


def seal_work(project: OpenedProject, work: Work) -> bytes:
    """Seal the work on a project to the project's key."""
    history = work.history
    written = _Written(
        project=project.stamp.project,
        base=project.fingerprint.sha256,
        unsaved=msgspec.Raw(encode_patch(work.unsaved)),
        done=tuple(map(_written_step, history.done)),
        undone=tuple(map(_written_step, history.undone)),
        marks=(history.mark, history.marks, history.saved_mark),
        selection=work.selection,
        as_of=work.as_of,
        typed=work.typed,
        view=work.view,
    )
    return project.key.seal(padding.pack(msgspec.json.encode(written)))


def work_path(folder: Path, project_id: str) -> Path:
    """Where the sealed work of a project is kept."""
    return folder / f"{project_id}.locked"


def keep_work(files: FileSystem, folder: Path, locked: LockedProject) -> None:
    """Put the sealed work on the medium.

    Raises:
        OSError: it could not be written; it is still in memory.
    """
    files.make_folder(folder)
    write_beside(files, work_path(folder, locked.project), locked.work)


def found_work(files: FileSystem, folder: Path, project: OpenedProject) -> Work | None:
    """The work that was kept for a project when it was locked, if it fits the file as it is."""
    path = work_path(folder, project.stamp.project)
    try:
        if files.facts(path) is None:
            return None
        return _work(project.key, files.read(path, MAX_SEALED), project)
    except (OSError, InvalidContent, Damaged, TooLarge):
        return None


def drop_work(files: FileSystem, folder: Path, project_id: str) -> None:
    """Remove the sealed work, because it is open again and journalled."""
    with suppress(OSError):
        if files.facts(work_path(folder, project_id)) is not None:
            files.unlink(work_path(folder, project_id))


def _written_step(step: Step) -> _Step:
    patch = msgspec.Raw(encode_patch(step.patch))
    return _Step(patch, step.size, step.before_mark, step.after_mark)


def _step(written: _Step) -> Step:
    patch = decode_patch(bytes(written.patch))
    return Step(patch, written.size, written.before_mark, written.after_mark)


def _work(key: ProjectKey, sealed: bytes, project: OpenedProject) -> Work:
    try:
        read = msgspec.json.decode(padding.unpack(key.unseal(sealed), MAX_JSON), type=_Written)
    except msgspec.DecodeError:
        raise _damaged() from None
    if read.project != project.stamp.project or read.base != project.fingerprint.sha256:
        raise _damaged()
    mark, marks, saved_mark = read.marks
    done, undone = tuple(map(_step, read.done)), tuple(map(_step, read.undone))
    in_file = tuple(sorted(project.content.get("decisions", {})))
    history = HistoryState(done, undone, mark, marks, saved_mark, in_file)
    unsaved = decode_patch(bytes(read.unsaved))
    content = project.content
    if any(content.get(one.table, {}).get(one.id) != one.before for one in unsaved.changes):
        raise _damaged()
    return Work(unsaved, history, read.selection, read.as_of, read.typed, read.view)


def _damaged() -> Damaged:
    return Damaged(tr("the work that was kept for it does not fit the file."), part="work")
