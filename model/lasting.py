"""Undo and the decision log: what has been saved in the log is not taken out of it again.

Until the project is saved, undo takes an entry back with its step, like any slip. Afterwards the
entry stays, whatever is undone; it only loses its pointer when what it is about goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from model.integrity import APPEND_ONLY
from model.patch import Patch, RecordChange

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from model.document import Document
    from model.records import Decision


def log_entries(document: Document) -> frozenset[str]:
    """Ids of all entries of the log."""
    return frozenset(one for table in APPEND_ONLY for one in document.table(table))


def keeping_the_log(patch: Patch, document: Document, lasting: AbstractSet[str]) -> Patch:
    """The patch of an undo as it may be applied.

    Args:
        patch: what would take the step back.
        document: the project as it is.
        lasting: ids of the entries that stay.
    """
    kept = tuple(
        one
        for one in patch.changes
        if not (one.table in APPEND_ONLY and one.after is None and one.id in lasting)
    )
    removed = {(one.table, one.id) for one in kept if one.after is None}
    spoken_for = {(one.table, one.id) for one in kept}
    loosened = []
    for record_id in lasting if removed else ():
        entry = cast("Decision | None", document.get("decisions", record_id))
        if entry is None or ("decisions", record_id) in spoken_for:
            continue
        after = _without(entry, removed)
        if after != entry:
            loosened.append(RecordChange("decisions", record_id, entry, after))
    if len(kept) == len(patch.changes) and not loosened:
        return patch
    return Patch(patch.label, (*kept, *loosened), patch.merge_key)


def _without(entry: Decision, removed: AbstractSet[tuple[str, str]]) -> Decision:
    """The entry without pointers at what goes."""
    sources = tuple(one for one in entry.source_ids if ("sources", one) not in removed)
    about = (entry.target_table, entry.target_id)
    values = {"target_table": "", "target_id": ""} if about in removed else {}
    return msgspec.structs.replace(entry, source_ids=sources, **values)
