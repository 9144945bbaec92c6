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
) -> None:
    """Move or stretch something in time.

    Raises:
        Refusal: when it would end before it starts.
    """
    name = document.name_of(table, record_id)
    with document.edit(tr("Change dates of {name}", name=name)) as edit:
        if table == "milestones":
            edit.change(table, record_id, date=start)
        else:
            edit.change(table, record_id, start=start, end=end)
