"""Merging two project files: the base is found, the plan made; nothing is written here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from model.merge.lineage import Copy, find_base
from model.merge.returning import export_behind, returned
from model.merge.threeway import MergePlan, merge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.records import Record
    from model.storage.codec import Content
    from model.storage.store import OpenedProject, Store


def plan_merge(
    store: Store,
    ours: OpenedProject,
    content: Mapping[str, Mapping[str, Record]],
    theirs: OpenedProject,
) -> MergePlan:
    """Plan to merge another copy into ours; reads earlier versions, so call it from a worker.

    Args:
        store: where earlier versions of our file are kept.
        ours: our file as it was last read or saved.
        content: our tables as they are now, unsaved work included.
        theirs: the other copy.
    """
    other = Copy.of(theirs)
    run = export_behind(content, other)
    if run is not None:
        states = returned(content, run, other)
        plan = merge(states.base, content, states.theirs)
        return replace(plan, has_base=states.is_known, shared_for=run.audience)

    def elsewhere(save_id: str) -> Content | None:
        return store.earlier_state(ours, save_id)

    base = find_base(Copy.of(ours), other, elsewhere)
    return merge(base, content, theirs.content)
