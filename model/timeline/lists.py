"""The lists beside the timeline: each line a sentence that leads to what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from model.timeline.baselines import compare
from model.timeline.changes import between
from model.timeline.continuity import NEAR_DAYS, at_risk, rotation_text, rotations
from model.timeline.dependencies import (
    Node,
    awaited,
    clashes,
    dependency_text,
    live,
    waits,
)
from model.timeline.scheduling import chain_to
from model.timeline.strip import Strip
from resources.text import plural, tr

if TYPE_CHECKING:
    from datetime import date

    from model.records import Baseline
    from model.tables import Tables
    from model.timeline.scheduling import Schedule

Gravity = Literal["high", "medium", "info"]


class Line(msgspec.Struct, frozen=True):
    """One line.

    Attributes:
        text: what it says.
        nodes: what a click selects; may be empty.
        gravity: how it is marked.
        dependency_id: the dependency that it tells of, if it does.
        strip: whose need and cover a click draws in the timeline.
    """

    text: str
    nodes: tuple[Node, ...] = ()
    gravity: Gravity = "info"
    dependency_id: str = ""
    strip: Strip | None = None


def clash_lines(tables: Tables) -> list[Line]:
    """Clashes first, the certain ones before the possible ones, then what is kept."""
    found = clashes(tables)
    lines = [
        Line(
            one.text,
            _ends(one.node, awaited(one.dependency)),
            "high" if one.certain else "medium",
            one.dependency.id,
        )
        for one in found
    ]
    clashing = {one.dependency.id for one in found}
    lines += [
        Line(
            tr(
                "“{title}”: {dependency}",
                title=tables.name_of(*waits(one)),
                dependency=dependency_text(tables, one),
            ),
            _ends(waits(one), awaited(one)),
            dependency_id=one.id,
        )
        for one in live(tables)
        if one.id not in clashing
    ]
    return lines


def chain_lines(tables: Tables, goal: Node) -> list[Line]:
    """What decides when the goal can be, from the first link to the goal."""
    chain = chain_to(tables, goal)
    if len(chain) < 2:
        name = tables.name_of(*goal)
        return [Line(tr("“{title}” waits for nothing with a known date.", title=name), (goal,))]
    lines = []
    for link in chain:
        name = tables.name_of(*link.node)
        if link.dependency is None:
            lines.append(Line(tr("“{title}” is the goal.", title=name), (link.node,)))
            continue
        slack = plural("{count} day to spare", "{count} days to spare", link.slack)
        gravity: Gravity = "info" if link.slack else "medium"
        text = tr("“{title}”: {slack}", title=name, slack=slack)
        lines.append(Line(text, (link.node,), gravity))
    return lines


def schedule_lines(tables: Tables, schedule: Schedule) -> list[Line]:
    """What would move, what cannot, and what would clash then."""
    lines = [
        Line(
            tr(
                "“{title}”: {before} → {after}",
                title=tables.name_of(*shift.node),
                before=shift.before.text,
                after=shift.after.text,
            ),
            (shift.node,),
        )
        for shift in schedule.shifts
    ]
    lines += [
        Line(
            tr("“{title}” would have to move but is under way.", title=tables.name_of(*node)),
            (node,),
            "high",
        )
        for node in schedule.held
    ]
    lines += [
        Line(
            tr("“{title}” waits for itself in the end.", title=tables.name_of(*node)),
            (node,),
            "high",
        )
        for node in schedule.circles
    ]
    lines += [
        Line(tr("Then: {clash}", clash=one.text), (one.node,), "high" if one.certain else "medium")
        for one in schedule.clashes
    ]
    return lines


def baseline_lines(tables: Tables, baseline: Baseline) -> list[Line]:
    """Dates and money that have changed since the baseline."""
    lines = [
        Line(one.text, (one.node,) if tables.get(*one.node) is not None else ())
        for one in compare(tables, baseline)
    ]
    return lines or [Line(tr("Nothing has changed since then."))]


def rotation_lines(
    tables: Tables, as_of: date, near_days: int = NEAR_DAYS, *, only_at_risk: bool = False
) -> list[Line]:
    """Ends of postings from the day on, then those before; all, or those with something at risk."""
    found = rotations(tables, near_days)
    if only_at_risk:
        found = [one for one in found if at_risk(one)]
    ahead = [one for one in found if one.ends >= as_of]
    lines: list[Line] = []
    for one in (*ahead, *(past for past in reversed(found) if past.ends < as_of)):
        grave = one.ends >= as_of and (one.at_risk or one.successor is None)
        nodes = (("postings", one.posting.id), *(("linkages", kept) for kept in one.at_risk))
        lines.append(Line(rotation_text(tables, one), nodes, "medium" if grave else "info"))
    return lines


def difference_lines(tables: Tables, earlier: date, later: date) -> list[Line]:
    """What changed between two days."""
    return [Line(one.text, (one.node,)) for one in between(tables, earlier, later)]


def _ends(*nodes: Node | None) -> tuple[Node, ...]:
    return tuple(node for node in nodes if node is not None)
