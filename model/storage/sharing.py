"""A copy for others: a project of its own, with no past and no way back to ours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from model.redaction import RedactedCopy
    from model.storage.keys import Secret
    from model.storage.store import OpenedProject, Saved, Store


def share_copy(
    store: Store,
    ours: OpenedProject | None,
    path: Path,
    copy: RedactedCopy,
    secret: Secret,
    *,
    overwrite: bool = False,
) -> Saved:
    """Write a redacted copy as a new project under a new key; one key derivation.

    It has a random id, no ancestors and no checkpoints; nothing about it is kept on this computer.

    Args:
        store: writes it.
        ours: the project that it is made from, if that is in a file; it is never replaced.
        path: the new file.
        copy: what the audience gets.
        secret: the only thing that opens it.
        overwrite: whether another file at the path may be replaced.

    Raises:
        Refusal: there is nothing to share, or it would replace the project itself.
        AlreadyThere, BadSecret, SaveTrouble: nothing was written.
    """
    if not any(records for table, records in copy.content.items() if table not in _BARE):
        raise Refusal(
            "empty-copy",
            tr("Nothing is left for this audience and part; choose a wider part or audience."),
        )
    if ours is not None and path.exists() and ours.path.exists() and path.samefile(ours.path):
        message = tr("{name} is the project itself; choose another name.", name=path.name)
        raise Refusal("same-file", message)
    return replace(store, generations=None).create(path, copy.content, secret, overwrite=overwrite)


_BARE = frozenset({"project", "tracks"})
