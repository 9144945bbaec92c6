"""What moves when something moves: shifts worked out before anything is changed.

Nothing becomes more exact: what is known by the month moves by months. What is under way or over is
never moved; if a dependency would need that, the clash stays and is listed. Circles of
dependencies are left alone and listed as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from model.records import Activity, Dependency
from model.timeline import moving
from model.timeline.dependencies import (
    UNDER_WAY,
    Clash,
    Node,
    awaited,
    clashes,
    dates_by_node,
    live,
    shortfall,
    waits,
)
from model.timeline.editing import Dates, record_dates
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.document import Document
    from model.tables import Tables
    from model.timeline.moving import MoveUnit

Manner = Literal["needed", "along"]
"""Whether what depends on a thing moves only as far as it must, or always along with it."""


class Shift(msgspec.Struct, frozen=True):
    """One thing before and after."""

    node: Node
    before: Dates
    after: Dates


class Schedule(msgspec.Struct, frozen=True):
    """What would change, and which clashes there would be then.

    Attributes:
        shifts: what moves, the thing itself first, then in order of dependency.
        clashes: those that would be there afterwards.
        held: things that would have to move but are under way or over.
        circles: things that wait for themselves in the end.
    """

    shifts: tuple[Shift, ...]
    clashes: tuple[Clash, ...]
    held: tuple[Node, ...] = ()
    circles: tuple[Node, ...] = ()


def what_if(
    tables: Tables, node: Node, unit: MoveUnit, count: int, manner: Manner = "needed"
) -> Schedule:
    """What follows from moving one thing by so many days, months, quarters or years."""
    record = tables.get(*node)
    if record is None:
        return Schedule((), tuple(clashes(tables)))
    before = record_dates(record)
    step = moving.move_unit(unit, before.start, before.end)
    after = moved(before, step, count)
    along = (step, count) if manner == "along" else None
    return reschedule(tables, {node: after}, along)


def reschedule(
    tables: Tables,
    wanted: Mapping[Node, Dates],
    along: tuple[MoveUnit, int] | None = None,
) -> Schedule:
    """Give some things new dates and move what depends on them as far as it must.

    Args:
        tables: the records.
        wanted: the new dates; these are not moved any further.
        along: steps that everything depending on them moves by in any case.
    """
    dependencies = live(tables)
    before = dates_by_node(tables, dependencies)
    for node in wanted:
        record = tables.get(*node)
        if record is not None:
            before[node] = record_dates(record)
    dates = {**before, **wanted}
    order, circles = in_order(dates, dependencies)
    incoming = _incoming(dependencies)
    touched = set(wanted)
    held: list[Node] = []
    for node in order:
        driving = [one for one in incoming.get(node, ()) if awaited(one) in touched]
        if node in wanted or not driving:
            continue
        after = dates[node]
        if along is not None:
            after = moved(after, moving.move_unit(along[0], after.start, after.end), along[1])
        after = pushed(node, after, incoming[node], dates)
        if after == dates[node]:
            continue
        if not movable(tables, node):
            held.append(node)
            continue
        dates[node] = after
        touched.add(node)
    shifts = tuple(
        Shift(node, before[node], dates[node])
        for node in [*wanted, *(one for one in order if one not in wanted)]
        if node in before and before[node] != dates[node]
    )
    return Schedule(shifts, tuple(clashes(tables, dates)), tuple(held), tuple(circles))


def settle_all(tables: Tables) -> Schedule:
    """Move whatever clashes for certain as far as it must, the whole plan over."""
    dependencies = live(tables)
    before = dates_by_node(tables, dependencies)
    dates = dict(before)
    order, circles = in_order(dates, dependencies)
    incoming = _incoming(dependencies)
    held: list[Node] = []
    for node in order:
        after = pushed(node, dates[node], incoming.get(node, ()), dates)
        if after != dates[node]:
            if movable(tables, node):
                dates[node] = after
            else:
                held.append(node)
    shifts = tuple(
        Shift(one, before[one], dates[one]) for one in order if dates[one] != before[one]
    )
    return Schedule(shifts, tuple(clashes(tables, dates)), tuple(held), tuple(circles))


def apply(document: Document, schedule: Schedule) -> None:
    """Make it real, as one step that can be undone.

    Raises:
        Refusal: when something would break a rule; nothing is changed then.
    """
    if not schedule.shifts:
        return
    name = document.name_of(*schedule.shifts[0].node)
    with document.edit(tr("Move {name} and what depends on it", name=name)) as edit:
        for shift in schedule.shifts:
            table, record_id = shift.node
            after = shift.after
            if table == "milestones":
                edit.change(table, record_id, date=after.start)
            elif after.planned:
                edit.change(table, record_id, planned_start=after.start, planned_end=after.end)
            else:
                edit.change(table, record_id, start=after.start, end=after.end)


def movable(tables: Tables, node: Node) -> bool:
    """Whether scheduling may move it: what is under way or over stays."""
    record = tables.get(*node)
    return not (isinstance(record, Activity) and record.status in UNDER_WAY)


def moved(dates: Dates, unit: MoveUnit, count: int) -> Dates:
    """Both ends moved by so many steps."""
    return msgspec.structs.replace(
        dates,
        start=moving.shifted(dates.start, unit, count),
        end=moving.shifted(dates.end, unit, count),
    )


def pushed(
    node: Node, dates: Dates, needs: Iterable[Dependency], known: Mapping[Node, Dates]
) -> Dates:
    """The dates moved later until no dependency is broken for certain, and no further."""
    unit = moving.move_unit("day", dates.start, dates.end)
    after = dates
    for dependency in needs:
        lack = _lack(dependency, node, after, known)
        while lack > 0:
            count = max(int(lack / moving.DAYS[unit] * 0.95), 1)
            later = moved(after, unit, count)
            if later == after:
                break
            after = later
            lack = _lack(dependency, node, after, known)
    return after


def _lack(dependency: Dependency, node: Node, dates: Dates, known: Mapping[Node, Dates]) -> int:
    found = shortfall(dependency, {**_ends(dependency, known), node: dates})
    return found[0] if found is not None else 0


def _ends(dependency: Dependency, known: Mapping[Node, Dates]) -> dict[Node, Dates]:
    other = awaited(dependency)
    return {other: known[other]} if other is not None and other in known else {}


def _incoming(dependencies: Iterable[Dependency]) -> dict[Node, list[Dependency]]:
    found: dict[Node, list[Dependency]] = {}
    for dependency in dependencies:
        found.setdefault(waits(dependency), []).append(dependency)
    return found


def in_order(
    nodes: Iterable[Node], dependencies: Iterable[Dependency]
) -> tuple[list[Node], list[Node]]:
    """Things after what they wait for; and those that stand in a circle, which have no order."""
    pending: dict[Node, set[Node]] = {node: set() for node in nodes}
    following: dict[Node, list[Node]] = {}
    for dependency in dependencies:
        other, node = awaited(dependency), waits(dependency)
        if other is not None and node in pending and other in pending:
            pending[node].add(other)
            following.setdefault(other, []).append(node)
    free = sorted(node for node, awaits in pending.items() if not awaits)
    order: list[Node] = []
    while free:
        node = free.pop()
        order.append(node)
        for later in following.get(node, ()):
            pending[later].discard(node)
            if not pending[later] and later not in order and later not in free:
                free.append(later)
    done = set(order)
    return order, sorted(node for node in pending if node not in done)


class Link(msgspec.Struct, frozen=True):
    """One link of a chain: what it is, what it is waited for by, how many days are to spare.

    Attributes:
        node: the thing.
        dependency: why the next one waits for it; None for the last one, the goal itself.
        slack: days by which it may be late before the goal must move.
    """

    node: Node
    dependency: Dependency | None
    slack: int


def chain_to(tables: Tables, goal: Node) -> tuple[Link, ...]:
    """The chain that decides when the goal can be: at every link what leaves least to spare.

    From the first thing to the goal. Empty but for the goal when it waits for nothing.
    """
    dependencies = live(tables)
    dates = dates_by_node(tables, dependencies)
    incoming = _incoming(dependencies)
    chain = [Link(goal, None, 0)]
    node, slack, seen = goal, 0, {goal}
    while True:
        spare = [
            (-lack[0], one.id, one)
            for one in incoming.get(node, ())
            if (lack := shortfall(one, dates)) is not None and awaited(one) not in {None, *seen}
        ]
        if not spare:
            return tuple(reversed(chain))
        least, _, dependency = min(spare)
        other = awaited(dependency)
        if other is None:
            return tuple(reversed(chain))
        slack += max(least, 0)
        chain.append(Link(other, dependency, slack))
        seen.add(other)
        node = other
