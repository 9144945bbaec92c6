"""The stall test: what stands still when Track I does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.analysis.views.grid import Cell, Grid, Row, columns
from model.analysis.views.view import View
from resources.text import plural, tr

if TYPE_CHECKING:
    from model.analysis.facts import Facts
    from model.records import Activity

OFFICIAL = {"T1"}
LOWER = {"T1.5", "T2", "T3"}


def stall_test(facts: Facts) -> Grid:
    """Activities, actors and linkages beyond Track I that depend on it alone."""
    ahead = {one.id: one for one in facts.activities_ahead}
    stalled = {i for i, one in ahead.items() if set(one.tracks) == OFFICIAL}
    waiting = _waiting(ahead, stalled)
    official = {one for one in facts.actors if facts.tracks(one) == OFFICIAL}
    lower = {one for one in facts.actors if facts.tracks(one) & LOWER}
    cut_off = {
        one
        for one in lower - official
        if facts.holding_graph[one] and set(facts.holding_graph[one]) <= official
    }
    rows = [*_activity_rows(facts, ahead, waiting)]
    rows += [_actor_row(facts, one) for one in facts.sorted_by_name(cut_off)]
    rows += _link_rows(facts, official)
    beyond = [one for one in ahead.values() if set(one.tracks) & LOWER]
    summary = (
        tr(
            "If Track I stalls, {activities} of {all} activities and {actors} of {lower} actors "
            "beyond it have nothing else to rest on.",
            activities=len(waiting),
            all=len(beyond),
            actors=len(cut_off),
            lower=len(lower),
        ),
        _directions(facts),
    )
    return Grid(
        tr("What would stall"),
        columns(tr("Kind"), tr("Why")),
        tuple(rows),
        summary,
        tr("Nothing on record depends on Track I alone."),
    )


def _waiting(ahead: dict[str, Activity], stalled: set[str]) -> dict[str, set[str]]:
    """Activities beyond Track I all of whose conditions have stalled, with these conditions.

    The chain is followed: what waits for something that waits has stalled too.
    """
    still = set(stalled)
    found: dict[str, set[str]] = {}
    grown = True
    while grown:
        grown = False
        for one, activity in ahead.items():
            conditions = {other for other in activity.depends_on if other in ahead}
            if one not in still and conditions and conditions <= still:
                still.add(one)
                found[one] = conditions
                grown = True
    return found


def _activity_rows(
    facts: Facts, ahead: dict[str, Activity], waiting: dict[str, set[str]]
) -> list[Row]:
    rows = []
    for one in sorted(waiting, key=lambda i: ahead[i].title.casefold()):
        titles = sorted(ahead[other].title for other in waiting[one])
        why = tr("depends on: {activities}", activities="; ".join(titles))
        targets = tuple(("activities", other) for other in sorted(waiting[one]))
        title = Cell(ahead[one].title, targets=(("activities", one),))
        rows.append(Row(title, (Cell(tr("Activity")), Cell(why, "alarm", targets))))
    for activity in sorted(ahead.values(), key=lambda a: a.title.casefold()):
        process = facts.tables.processes.get(activity.process_id)
        beyond = set(activity.tracks) & LOWER and "T1" not in activity.tracks
        if process is not None and set(process.tracks) == OFFICIAL and beyond:
            why = tr("belongs to the Track I process {process}", process=process.name)
            title = Cell(activity.title, targets=(("activities", activity.id),))
            cell = Cell(why, "doubt", (("processes", process.id),))
            rows.append(Row(title, (Cell(tr("Activity")), cell)))
    return rows


def _actor_row(facts: Facts, actor_id: str) -> Row:
    others = facts.sorted_by_name(facts.holding_graph[actor_id])
    why = tr("all its links lead to Track I: {names}", names=facts.names(others))
    title = Cell(facts.name(actor_id), targets=(("actors", actor_id),))
    targets = tuple(("actors", one) for one in others)
    return Row(title, (Cell(tr("Actor")), Cell(why, "alarm", targets)))


def _link_rows(facts: Facts, official: set[str]) -> list[Row]:
    rows = []
    for link in sorted(facts.links, key=lambda one: (facts.ends(one), one.id)):
        far = link.to_id if link.from_id in official else link.from_id
        joins = {link.from_id, link.to_id} & official and facts.tracks(far) & LOWER
        if link.initiative == "top_down" and joins:
            why = Cell(tr("was begun from above"), "doubt")
            title = Cell(facts.ends(link), targets=(("linkages", link.id),))
            rows.append(Row(title, (Cell(tr("Linkage")), why)))
    return rows


def _directions(facts: Facts) -> str:
    counts = dict.fromkeys(("top_down", "bottom_up", "lateral"), 0)
    for link in facts.links:
        if link.initiative in counts:
            counts[link.initiative] += 1
    unknown = len(facts.links) - sum(counts.values())
    shares = tr(
        "{down} links start from the top, {up} from below, {across} are lateral",
        down=counts["top_down"],
        up=counts["bottom_up"],
        across=counts["lateral"],
    )
    rest = plural("{count} does not say.", "{count} do not say.", unknown)
    return f"{shares}; {rest}"


VIEWS = (
    View(
        id="stall",
        name="Stall test",
        question="If Track I stalls, what stalls with it?",
        definition=(
            "Takes Track I as stalled. Lists activities all of whose conditions have stalled "
            "(followed along the chain), activities beyond Track I that belong to a process of "
            "Track I alone, actors whose every link leads to actors of Track I alone, and "
            "linkages to other tracks that were begun from above."
        ),
        example=(
            "The round table meets only after each negotiation round; when these stop, it "
            "stops with them."
        ),
        source="C4 (trickle-down)",
        inputs=("activities", "processes", "actors", "linkages"),
        make=stall_test,
    ),
)
