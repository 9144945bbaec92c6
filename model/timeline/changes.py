"""What is different on one day from another: what began, what ended, what changed hands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

from model.asof import counts_as_edge
from model.dates import first_day, in_force, last_day
from model.fields import TABLE_SPECS
from model.timeline.dependencies import Node
from model.timeline.editing import record_dates
from resources.text import tr

if TYPE_CHECKING:
    from datetime import date

    from model.records import Record
    from model.tables import Tables

How = Literal["began", "ended", "passed", "happened"]
LASTING: Final = (
    *("actors", "linkages", "roles", "processes", "phases", "activities", "postings", "mandates"),
    "funding",
)


class Difference(msgspec.Struct, frozen=True):
    """One thing that is there on one of the two days only, or that lies between them.

    Attributes:
        how: began and still there; ended; passed (began and ended between); happened (one day).
    """

    node: Node
    how: How
    text: str


def between(tables: Tables, earlier: date, later: date) -> list[Difference]:
    """What changed from the end of one day to the end of another, table by table.

    Things without any date are on both days and so never differ.
    """
    if later < earlier:
        earlier, later = later, earlier
    found: list[Difference] = []
    for table in LASTING:
        for record in tables.table(table).values():
            how = _how(table, record, earlier, later)
            if how is not None:
                found.append(_difference(tables, (table, record.id), how))
    found += [
        _difference(tables, ("milestones", one.id), "happened")
        for one in tables.milestones.values()
        if one.date is not None and earlier < one.date.first() <= later
    ]
    return found


def _how(table: str, record: Record, earlier: date, later: date) -> How | None:
    if table == "linkages":
        before, after = (counts_as_edge(record, day) for day in (earlier, later))  # type: ignore[arg-type]
    else:
        dates = record_dates(record)
        start = dates.start
        end = dates.start if dates.single else dates.end
        before, after = in_force(start, end, earlier), in_force(start, end, later)
        if not before and not after and start is not None:
            inside = earlier < first_day(start) and last_day(end) <= later
            one_day = dates.single or start == end
            return ("happened" if one_day else "passed") if inside else None
    if before == after:
        return None
    return "began" if after else "ended"


def _difference(tables: Tables, node: Node, how: How) -> Difference:
    words = {
        "began": tr("began"),
        "ended": tr("ended"),
        "passed": tr("began and ended"),
        "happened": tr("happened"),
    }
    text = tr(
        "{table}: {name} {how}",
        table=TABLE_SPECS[node[0]].singular,
        name=tables.name_of(*node),
        how=words[how],
    )
    return Difference(node, how, text)
