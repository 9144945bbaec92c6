"""Commands for things with dates: activities, phases, milestones, postings, funding lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.commands.records import new_record
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.dates import PartialDate
    from model.document import Document
    from model.records import Record


def set_period(
    document: Document,
    table: str,
    record_id: str,
    start: PartialDate | None,
    end: PartialDate | None,
    *,
    planned: bool = False,
    merge_key: str = "",
) -> None:
    """Move or stretch something in time; milestones have a start only.

    Args:
        document: the document to change.
        table: activities, phases, milestones, postings, funding or processes.
        record_id: what to change.
        start: its new start; for milestones its new date.
        end: its new end; nothing for milestones.
        planned: set the planned dates of an activity instead of the actual ones.
        merge_key: nudges with the same key join into one undo step.

    Raises:
        Refusal: when it would end before it starts.
    """
    name = document.name_of(table, record_id)
    with document.edit(tr("Change dates of {name}", name=name), merge_key) as edit:
        if table == "milestones":
            edit.change(table, record_id, date=start)
        elif planned:
            edit.change(table, record_id, planned_start=start, planned_end=end)
        else:
            edit.change(table, record_id, start=start, end=end)


def add_dependency(
    document: Document,
    target: tuple[str, str],
    other: tuple[str, str],
    kind: str = "finish_start",
    **fields: object,
) -> Record:
    """Let one thing wait for another and return the dependency.

    Raises:
        Refusal: when it would wait for itself, directly or in the end, or waits for it already.
    """
    if target == other or target in _all_awaited(document, other):
        raise Refusal(
            "circle",
            tr(
                "“{target}” cannot wait for “{other}”: “{other}” waits for it already.",
                target=document.name_of(*target),
                other=document.name_of(*other),
            ),
        )
    for known in document.dependencies.values():
        ends = (known.target_table, known.target_id), (known.other_table, known.other_id)
        if ends == (target, other) and known.kind == kind:
            raise Refusal("twice", tr("The two are linked in this way already."))
    label = tr(
        "Let {target} wait for {other}",
        target=document.name_of(*target),
        other=document.name_of(*other),
    )
    with document.edit(label) as edit:
        record = new_record(
            document,
            "dependencies",
            target_table=target[0],
            target_id=target[1],
            other_table=other[0],
            other_id=other[1],
            kind=kind,
            **fields,
        )
        return edit.put("dependencies", record)


def _all_awaited(document: Document, start: tuple[str, str]) -> set[tuple[str, str]]:
    """A thing and all that it waits for, directly or in the end."""
    found: set[tuple[str, str]] = set()
    pending = [start]
    while pending:
        node = pending.pop()
        found.add(node)
        for one in document.dependencies.values():
            other = (one.other_table, one.other_id)
            if (one.target_table, one.target_id) == node and one.other_id and other not in found:
                pending.append(other)
    return found


def add_participants(document: Document, activity_id: str, actor_ids: Sequence[str]) -> None:
    """Make actors participants of an activity; its lead and those who are it already stay.

    Raises:
        Refusal: when a rule would be broken.
    """
    activity = document.activities[activity_id]
    known = {*activity.participant_ids, activity.lead_id}
    added = tuple(one for one in dict.fromkeys(actor_ids) if one not in known)
    if not added:
        return
    names = ", ".join(document.name_of("actors", one) for one in added)
    with document.edit(tr("Add {names} to {title}", names=names, title=activity.title)) as edit:
        ids = (*activity.participant_ids, *added)
        edit.change("activities", activity_id, participant_ids=ids)
