"""Making a copy for others: gate, redaction, a new sealed file; without a window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.export_job import check_gate
from desktop.targets import check_no_project
from model.identifiers import random_id
from model.redaction import redact
from model.storage.sharing import share_copy

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from model.redaction import RedactedCopy
    from model.storage.keys import Secret
    from model.storage.store import OpenedProject, Saved, Store
    from model.tables import Tables

_MARK_LENGTH = 5


@dataclass(frozen=True)
class ShareChoice:
    """What goes out.

    Attributes:
        audience: TLP label.
        only: ids of the actors to take; None for all.
        keep_positions: whether cards stay where they are.
        override: reason to go on although red flags are open.
    """

    audience: str
    only: frozenset[str] | None
    keep_positions: bool = False
    override: str = ""


@dataclass(frozen=True)
class Shared:
    """A copy that was made.

    Attributes:
        saved: the file.
        copy: what was withheld, emptied and mentioned; for the sender only.
        flags: open red flags that were overridden.
    """

    saved: Saved
    copy: RedactedCopy
    flags: tuple[str, ...]


def share(
    store: Store,
    project: OpenedProject | None,
    tables: Tables,
    as_of: date,
    choice: ShareChoice,
    path: Path,
    secret: Secret,
) -> Shared:
    """Make the copy; derives a key, so call it from a worker.

    Args:
        store: writes it.
        project: the file of the project, if it is in one.
        tables: the project as it is now; a snapshot if another thread may edit it.
        as_of: day whose red flags count.
        choice: what goes out.
        path: the new file; another file there is replaced, a project never.
        secret: what opens the copy.

    Raises:
        Refusal: red flags are open, nothing is left to share, a project is at the path.
        Trouble: it could not be written; nothing has changed.
    """
    flags = check_gate(tables, choice.audience, as_of, choice.override)
    check_no_project(path)
    copy = redact(
        tables,
        choice.audience,
        keep_positions=choice.keep_positions,
        # Ids of two copies must differ, so that whoever gets both can tell their records apart.
        id_mark=f"{random_id()[:_MARK_LENGTH]}-",
        only=choice.only,
    )
    saved = share_copy(store, project, path, copy, secret, overwrite=True)
    return Shared(saved, copy, tuple(flags))
