"""Commands for things with dates: activities, phases, milestones, postings, funding lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.commands.dependencies import Statement, state_dependency
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
    statement = Statement(target=target, other=other, kind=kind, **fields)  # type: ignore[arg-type]
    return state_dependency(document, statement)


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
