"""Purging: what is kept of a project's past goes, in the file and on this computer.

What went to sticks, mails, backups and other computers cannot be called back, and no deleting is
sure on flash memory; whoever calls this says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from model.refusals import Trouble
from model.storage.drafts import abandoned_drafts
from model.storage.generations import remember_last_save
from model.storage.lockedwork import work_path
from resources.text import plural

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from model.records import Record
    from model.storage.keys import Secret
    from model.storage.store import OpenedProject, Saved, Store


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge has done: the file as it is now, and how many files of its past went."""

    saved: Saved
    versions: int
    drafts: int


def purge(
    store: Store,
    project: OpenedProject,
    content: Mapping[str, Mapping[str, Record]],
    drafts: Path,
    *,
    versions: bool = True,
    secret: Secret | None = None,
) -> Purged:
    """Save without a past, then remove the earlier versions and drafts on this computer.

    The ids of former saves stay in the file: they are random and hold nothing. Without the
    checkpoints a merge with a copy that has none either asks about every difference.

    Args:
        store, project: the open project.
        content: its tables, unsaved work included: drafts are removed only because it is saved.
        drafts: folder of the drafts; one that a living window writes begins anew by itself.
        versions: whether the earlier versions go, too.
        secret: if given, the file is sealed under a new key that this and the members open.

    Raises:
        ChangedOnDisk, SaveTrouble: nothing was removed.
        Trouble: the file is purged, but something beside it could not be removed.
    """
    bare = replace(project, lineage=project.lineage.without_checkpoints())
    if store.generations is not None:
        # So that the save sets no new checkpoint, as it does after a save on another machine.
        folder = store.generations / project.stamp.project
        remember_last_save(store.files, folder, project.stamp.id)
    saved = store.rekey(bare, content, secret) if secret else store.save(bare, content)
    earlier = [one.path for one in store.earlier_versions(project)] if versions else []
    drafted = _drafts(store, project, drafts)
    left = _remove(store, [*earlier, *drafted])
    if left:
        raise Trouble(
            "purge-incomplete",
            plural(
                "The file is purged, but {count} file of its past could not be removed from this "
                "computer; close other programs that use it and purge again.",
                "The file is purged, but {count} files of its past could not be removed from "
                "this computer; close other programs that use them and purge again.",
                left,
            ),
        )
    return Purged(saved, len(earlier), len(drafted))


def _drafts(store: Store, project: OpenedProject, folder: Path) -> list[Path]:
    """The drafts, fitting or not, and the work sealed at a lock."""
    locked = work_path(folder, project.stamp.project)
    found = abandoned_drafts(store.files, folder, project.stamp.project)
    return [*found, locked] if store.files.facts(locked) is not None else found


def _remove(store: Store, paths: list[Path]) -> int:
    """Remove files; how many could not be."""
    left = 0
    for path in paths:
        try:
            store.files.unlink(path)
        except OSError:
            left += 1
    for folder in {path.parent for path in paths}:
        store.files.sync_folder(folder)
    return left
