"""The lists beside the timeline: each line a sentence that leads to what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from model.naming import short_name
from model.timeline.baselines import compare
from model.timeline.changes import between
from model.timeline.continuity import rotation_text, rotations
from model.timeline.dependencies import (
    Node,
    awaited,
    clashes,
    dependency_text,
    live,
    waits,
)
from model.timeline.items import money_text
from model.timeline.money import FundingGroup, cover_by_month, dependence, totals
from model.timeline.scheduling import chain_to
from model.timeline.wording import day_text
from resources.text import plural, tr

if TYPE_CHECKING:
    from datetime import date

    from model.records import Baseline, FundingLine
    from model.tables import Tables
    from model.timeline.money import GroupCover
    from model.timeline.scheduling import Schedule

Gravity = Literal["high", "medium", "info"]


class Line(msgspec.Struct, frozen=True):
    """One line.

    Attributes:
        text: what it says.
        nodes: what a click selects; may be empty.
        gravity: how it is marked.
    """

    text: str
    nodes: tuple[Node, ...] = ()
    gravity: Gravity = "info"


def clash_lines(tables: Tables) -> list[Line]:
    """Clashes first, the certain ones before the possible ones, then what is kept."""
    found = clashes(tables)
    lines = [
        Line(
            one.text, _ends(one.node, awaited(one.dependency)), "high" if one.certain else "medium"
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
    return [
        Line(one.text, (one.node,) if tables.get(*one.node) is not None else ())
        for one in compare(tables, baseline)
    ]


def rotation_lines(tables: Tables, as_of: date) -> list[Line]:
    """Ends of postings from the day on, then those before."""
    found = rotations(tables)
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


def funding_lines(tables: Tables, group: FundingGroup, as_of: date, horizon: date) -> list[Line]:
    """Cover of each group against its need, then whose money recipients live on that day."""
    found = cover_by_month(tables, group, horizon)
    found = [one for one in found if one.months]
    found.sort(key=lambda one: -one.uncovered_months)
    lines = [_cover_line(tables, one) for one in found]
    for one in dependence(tables, as_of):
        donors = ", ".join(
            f"{short_name(tables, donor) if donor else tr('Donor not known')} ({count})"
            for donor, count in one.donors
        )
        text = tr(
            "{recipient} on {date}: {lines} from {donors}; {rigid} rigid",
            recipient=short_name(tables, one.recipient_id),
            date=day_text(as_of),
            lines=plural("{count} line", "{count} lines", one.lines),
            donors=donors,
            rigid=one.rigid,
        )
        if one.single:
            text = f"{text}; {tr('single donor')}"
        all_rigid = one.rigid == one.lines and one.lines > 1
        gravity: Gravity = "medium" if one.single or all_rigid else "info"
        lines.append(Line(f"{text}.", (("actors", one.recipient_id),), gravity))
    return lines


def _cover_line(tables: Tables, group: GroupCover) -> Line:
    needed = plural(
        "{count} month of need",
        "{count} months of need",
        sum(one.needed > 0 for one in group.months),
    )
    parts = [tr("{name}: {needed}", name=group.name, needed=needed)]
    bare = group.uncovered_months
    if bare:
        months = [one for one in group.months if one.uncovered > 0]
        first, last = months[0], months[-1]
        parts.append(
            tr(
                "{months} not covered ({first:04d}-{fmonth:02d} to {last:04d}-{lmonth:02d})",
                months=plural("{count} month", "{count} months", bare),
                first=first.year,
                fmonth=first.month,
                last=last.year,
                lmonth=last.month,
            )
        )
    without = sum(one.without > 0 for one in group.months)
    if without:
        parts.append(
            plural("{count} month without any line", "{count} months without any line", without)
        )
    parts += [
        tr(
            "money for “{title}” ends on {date}",
            title=tables.name_of("activities", cliff.activity_id),
            date=day_text(cliff.last),
        )
        for cliff in group.cliffs
    ]
    own = set(group.activity_ids)
    lines = [one for one in tables.funding.values() if not own.isdisjoint(one.activity_ids)]
    if lines:
        parts.append(_money(lines))
    gravity: Gravity = "high" if bare else ("medium" if without else "info")
    nodes = tuple(("activities", one) for one in group.activity_ids)
    return Line("; ".join(parts) + ".", nodes, gravity)


def _money(lines: list[FundingLine]) -> str:
    sums, unknown = totals(lines)
    parts = [money_text(amount, currency) for currency, amount in sorted(sums.items())]
    if unknown:
        parts.append(plural("{count} amount not known", "{count} amounts not known", unknown))
    return tr("money: {sums}", sums=" + ".join(parts))


def _ends(*nodes: Node | None) -> tuple[Node, ...]:
    return tuple(node for node in nodes if node is not None)
