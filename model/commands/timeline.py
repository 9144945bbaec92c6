"""Commands for things with dates: activities, phases, milestones, postings, funding lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resources.text import tr

if TYPE_CHECKING:
    from model.dates import PartialDate
    from model.document import Document


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
