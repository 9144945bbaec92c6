"""The stall test: what stands still when Track I does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.analysis.views.grid import Cell, Grid, Row, columns
from model.analysis.views.view import View
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from model.analysis.facts import Facts
    from model.records import Activity, Process
    from model.tables import Tables

OFFICIAL = {"T1"}
LOWER = {"T1.5", "T2", "T3"}


def running_processes(tables: Tables) -> tuple[tuple[str, str], ...]:
    """The processes that may stall, by name."""
    found = [(one.id, one.name) for one in tables.processes.values()]
    return tuple(sorted(found, key=lambda one: (one[1].casefold(), one[0])))


def stall_of(facts: Facts, process_id: str) -> Grid:
    """What depends on one process alone: on its activities and on those who carry it."""
    process = facts.tables.processes.get(process_id)
    if process is None:
        return stall_test(facts)
    ahead = {one.id: one for one in facts.activities_ahead}
    stalled = {i for i, one in ahead.items() if one.process_id == process_id}
    waiting = _waiting(ahead, stalled)
    team = _carried_only_by(facts, process)
    left = set(facts.actors) - team - set(process.party_ids)
    cut_off = _cut_off(facts, left, team)
    rows = [*_waiting_rows(ahead, waiting), *_belonging_rows(ahead, process, stalled)]
    rows += [_actor_row(facts, one, process.name) for one in facts.sorted_by_name(cut_off)]
    summary = tr(
        "If {process} stalls, so do: activities of its own: {own}; others that wait for these "
        "alone: {waiting}; actors with links only to those who carry it ({names}): {actors}.",
        process=process.name,
        own=len(stalled),
        waiting=len(waiting),
        actors=len(cut_off),
        names=facts.names(team) or tr("nobody on record"),
    )
    nothing = tr("Nothing on record depends on {process} alone.", process=process.name)
    heading = columns(tr("Kind"), tr("Why"))
    return Grid(tr("What would stall"), heading, tuple(rows), (summary,), nothing)


def _carried_only_by(facts: Facts, process: Process) -> set[str]:
    """Lead, co-leads and those with a role in a process, who carry no other running one."""

    def team(one: Process) -> set[str]:
        roles = {r.actor_id for r in facts.tables.roles.values() if r.process_id == one.id}
        return ({one.lead_id, *one.co_lead_ids} | roles) - {""}

    others = {a for one in facts.processes if one.id != process.id for a in team(one)}
    return (team(process) - others) & set(facts.actors)


def _cut_off(facts: Facts, candidates: Iterable[str], stalled: AbstractSet[str]) -> set[str]:
    """Actors with links, all of which lead to those who stall."""
    return {
        one
        for one in candidates
        if facts.holding_graph[one] and set(facts.holding_graph[one]) <= stalled
    }


def stall_test(facts: Facts) -> Grid:
    """Activities, actors and linkages beyond Track I that depend on it alone."""
    ahead = {one.id: one for one in facts.activities_ahead}
    stalled = {i for i, one in ahead.items() if set(one.tracks) == OFFICIAL}
    waiting = _waiting(ahead, stalled)
    official = {one for one in facts.actors if facts.tracks(one) == OFFICIAL}
    lower = {one for one in facts.actors if facts.tracks(one) & LOWER}
    cut_off = _cut_off(facts, lower - official, official)
    rows = [*_waiting_rows(ahead, waiting), *_track_one_rows(facts, ahead)]
    rows += [_actor_row(facts, one, tr("Track I")) for one in facts.sorted_by_name(cut_off)]
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


def _waiting_rows(ahead: dict[str, Activity], waiting: dict[str, set[str]]) -> list[Row]:
    """Activities all of whose conditions have stalled."""
    rows = []
    for one in sorted(waiting, key=lambda i: ahead[i].title.casefold()):
        titles = sorted(ahead[other].title for other in waiting[one])
        why = tr("depends on: {activities}", activities="; ".join(titles))
        targets = tuple(("activities", other) for other in sorted(waiting[one]))
        title = Cell(ahead[one].title, targets=(("activities", one),))
        rows.append(Row(title, (Cell(tr("Activity")), Cell(why, "alarm", targets))))
    return rows


def _belonging_rows(ahead: dict[str, Activity], process: Process, own: Iterable[str]) -> list[Row]:
    """The activities of the process itself."""
    why = Cell(tr("belongs to {process}", process=process.name), "doubt")
    return [
        Row(Cell(ahead[one].title, targets=(("activities", one),)), (Cell(tr("Activity")), why))
        for one in sorted(own, key=lambda i: ahead[i].title.casefold())
    ]


def _track_one_rows(facts: Facts, ahead: dict[str, Activity]) -> list[Row]:
    """Activities beyond Track I that belong to a process of Track I alone."""
    rows = []
    for activity in sorted(ahead.values(), key=lambda a: a.title.casefold()):
        process = facts.tables.processes.get(activity.process_id)
        beyond = set(activity.tracks) & LOWER and "T1" not in activity.tracks
        if process is not None and set(process.tracks) == OFFICIAL and beyond:
            why = tr("belongs to the Track I process {process}", process=process.name)
            title = Cell(activity.title, targets=(("activities", activity.id),))
            cell = Cell(why, "doubt", (("processes", process.id),))
            rows.append(Row(title, (Cell(tr("Activity")), cell)))
    return rows


def _actor_row(facts: Facts, actor_id: str, stalls: str) -> Row:
    others = facts.sorted_by_name(facts.holding_graph[actor_id])
    why = tr("all its links lead to {stalls}: {names}", stalls=stalls, names=facts.names(others))
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
            "linkages to other tracks that were begun from above. Asked about one process, it "
            "takes that as stalled: its activities, what waits for these alone, and actors whose "
            "every link leads to those who carry it and no other process."
        ),
        example=(
            "The round table meets only after each negotiation round; when these stop, it "
            "stops with them."
        ),
        source="C4 (trickle-down)",
        inputs=("activities", "processes", "actors", "linkages", "roles"),
        make=stall_test,
        choices=running_processes,
        make_about=stall_of,
    ),
)
