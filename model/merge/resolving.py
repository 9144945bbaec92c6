"""From plan and choices to one patch; what is left open stays flagged as a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.commands.records import remove_with_dependents
from model.editing import Edit
from model.merge.conflicts import conflict_id, flag, open_conflicts
from model.merge.repair import references
from model.merge.threeway import MergePlan
from model.records import OpenConflict, Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.document import Document
    from model.merge.conflicts import Choice, Conflict, ConflictKey
    from model.patch import Patch
    from model.tables import Tables

    Choices = Mapping[ConflictKey, Choice]


def resolve(document: Document, plan: MergePlan, choices: Choices, label: str) -> Patch:
    """The patch that carries out a plan with the choices made; everything else stays open.

    Args:
        document: our copy, as it was when the plan was made.
        plan: from `model.merge.threeway.merge`.
        choices: by the conflicts' keys; a conflict about looks that is left open keeps ours.
        label: what undo will call it.

    Raises:
        Refusal: the choices together break a rule, such as an end before its start; the place
            is named and nothing was changed.
    """
    edit = Edit(document)
    for change in plan.changes:
        if change.after is None:
            edit.remove(change.table, change.id)
        else:
            edit.put(change.table, change.after)
    doomed = {one.key[:2] for one in plan.conflicts if _is_removed(one, _choice(one, choices))}
    for conflict in plan.conflicts:
        if conflict.key[:2] not in doomed:
            _carry_out(edit, conflict, _choice(conflict, choices), plan)
    remove_with_dependents(edit, doomed)
    return edit.patch(label)


def open_plan(tables: Tables) -> MergePlan:
    """The open conflicts of a project as a plan that changes nothing but what is chosen."""
    return MergePlan(has_base=True, changes=(), conflicts=tuple(open_conflicts(tables)))


def _choice(conflict: Conflict, choices: Choices) -> Choice:
    choice = choices.get(conflict.key, "open")
    return "ours" if choice == "open" and conflict.is_arrangement and conflict.field else choice


def _is_removed(conflict: Conflict, choice: Choice) -> bool:
    return not conflict.field and conflict.value(choice) is None


def _carry_out(edit: Edit, conflict: Conflict, choice: Choice, plan: MergePlan) -> None:
    table, record_id, field = conflict.key
    record = edit.get(table, record_id)
    if record is None:
        return
    if choice != "open":
        if field and choice == "theirs":
            record = msgspec.structs.replace(record, **{field: conflict.theirs})
            edit.put(table, record)
            _bring_targets(edit, table, record, plan)
        _drop_flag(edit, conflict.key)
    elif not conflict.is_arrangement and table != "conflicts":
        _put_flag(edit, conflict, record)


def _bring_targets(edit: Edit, table: str, record: Record, plan: MergePlan) -> None:
    """A chosen value may point at what we had removed: it comes back with it."""
    pending = [(table, record)]
    while pending:
        for _, (target, wanted) in references(*pending.pop()):
            found = plan.theirs.get(target, {}).get(wanted)
            if edit.get(target, wanted) is None and found is not None:
                edit.put(target, found)
                pending.append((target, found))


def _put_flag(edit: Edit, conflict: Conflict, record: Record) -> None:
    flagged = flag(conflict, record.tlp)
    known = edit.get("conflicts", flagged.id)
    if isinstance(known, OpenConflict):
        candidates = tuple(sorted({*known.candidates, *flagged.candidates}))
        flagged = msgspec.structs.replace(known, candidates=candidates)
    edit.put("conflicts", flagged)


def _drop_flag(edit: Edit, key: ConflictKey) -> None:
    flagged = conflict_id(key)
    if edit.get("conflicts", flagged) is not None:
        edit.remove("conflicts", flagged)
