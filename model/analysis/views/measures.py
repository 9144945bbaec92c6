"""Measures in a mediator's words: who brokers, who reaches whom, who stands alone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from model.analysis.measures import CAVEAT, brokerage, circles, cut_off, near, partners, reach
from model.analysis.network import cut_groups
from model.analysis.paths import distances, network
from model.analysis.views.grid import Cell, Grid, Row, columns
from model.analysis.views.view import View
from model.asof import linkage_state
from model.codes import TRACKS
from model.timeline.wording import decimal_text
from resources.text import joined, plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.analysis.facts import Facts
    from model.analysis.finding import Target
    from model.analysis.paths import Network

MOST_ROWS = 60
"""Longer lists are cut; the map can be coloured or sized by the measure."""


def actors(ids: Iterable[str]) -> tuple[Target, ...]:
    """Actors as targets."""
    return tuple(("actors", one) for one in ids)


def caveat(facts: Facts) -> str:
    """What the figures stand for: how much of the project, which day, and how far to trust them."""
    shown = len(network(facts, facts.visible))
    every = len(facts.actors)
    counted = (
        plural(
            "Computed for the {count} actor that the filter shows, as of {day}.",
            "Computed for the {count} actors that the filter shows, as of {day}.",
            shown,
            day=facts.as_of.isoformat(),
        )
        if shown < every
        else plural(
            "Computed for {count} actor, as of {day}.",
            "Computed for all {count} actors, as of {day}.",
            every,
            day=facts.as_of.isoformat(),
        )
    )
    return f"{counted} {tr(CAVEAT)}"


def no_links() -> str:
    """What to do where there is nothing to count."""
    return tr("No linkage counts on this day. Linkages count once they are agreed or active.")


def _title(facts: Facts, actor_id: str) -> Cell:
    return Cell(facts.name(actor_id), targets=actors((actor_id,)), more=_whole(facts, actor_id))


def _whole(facts: Facts, actor_id: str) -> str:
    return facts.everyone[actor_id].name


def track_names(facts: Facts, ids: Iterable[str]) -> str:
    """The tracks of some actors in a row."""
    found = {track for one in ids for track in facts.tracks(one)}
    return joined(TRACKS.label(code) for code in TRACKS.codes if code in found)


def brokers(facts: Facts) -> Grid:
    """Actors by the share of pairs that meet through them, with what depends on them alone."""
    web = network(facts, facts.visible)
    share, lost = brokerage(facts, facts.visible), cut_off(facts, facts.visible)
    cuts = cut_groups({one: list(others) for one, others in web.items()})
    circle = circles(facts, facts.visible)
    ranked = sorted(
        (one for one, figure in share.items() if figure > 0),
        key=lambda one: (-share[one], facts.name(one).casefold()),
    )
    rows = []
    for one in ranked[:MOST_ROWS]:
        joined = Counter(circle[other] for other in web[one] if other in circle)
        between = len(joined.keys() | {circle.get(one, 0.0)} - {0.0})
        met = Cell(tr("{share} %", share=decimal_text(share[one])), targets=actors(web[one]))
        rows.append(
            Row(
                _title(facts, one),
                (
                    met,
                    _only_way(facts, cuts.get(one, []), int(lost[one])),
                    Cell(plural("{count} circle", "{count} circles", between)),
                    Cell(track_names(facts, web[one]) or tr("not known"), targets=actors(web[one])),
                ),
            )
        )
    alone = sum(1 for one in ranked if lost[one])
    said = plural(
        "{count} actor is the only way between some others.",
        "{count} actors are the only way between some others.",
        alone,
    )
    return Grid(
        tr("Actor"),
        columns(
            tr("Pairs that meet through it"),
            tr("Only way"),
            tr("Joins"),
            tr("In touch with"),
        ),
        tuple(rows),
        (said,) if rows else (),
        no_links(),
        caveat(facts),
    )


def _only_way(facts: Facts, groups: list[list[str]], lost: int) -> Cell:
    if not groups:
        return Cell(tr("no, others join them, too"), "good")
    # Of two equally large ones, those on Track I are rather called the rest than cut off.
    largest = max(groups, key=lambda ids: (len(ids), any("T1" in facts.tracks(i) for i in ids)))
    apart = [group for group in groups if group is not largest]
    names = joined((facts.names(group) for group in apart), "; ")
    text = plural(
        "between {groups} groups that have no other path; {count} actor would be cut off",
        "between {groups} groups that have no other path; {count} actors would be cut off",
        lost,
        groups=len(groups),
    )
    ids = facts.sorted_by_name(one for group in apart for one in group)
    return Cell(text, "alarm", actors(ids), tr("{text}: {names}", text=text, names=names))


def within_reach(facts: Facts) -> Grid:
    """Whom each actor reaches directly and through one other."""
    web = network(facts, facts.visible)
    figures, direct = reach(facts, facts.visible), partners(facts, facts.visible)
    ranked = sorted(
        (one for one in figures if figures[one]),
        key=lambda one: (-figures[one], -direct[one], facts.name(one).casefold()),
    )
    rows = []
    for one in ranked[:MOST_ROWS]:
        reached = facts.sorted_by_name(near(web, one))
        parties = [other for other in reached if other in facts.contestants]
        cells = (
            Cell(str(int(direct[one])), "", actors(web[one]), facts.names(web[one])),
            Cell(str(len(reached)), "", actors(reached), facts.names(reached)),
            Cell(facts.names(parties) or tr("none"), "" if parties else "gap", actors(parties)),
            Cell(track_names(facts, reached) or tr("not known")),
        )
        rows.append(Row(_title(facts, one), cells))
    return Grid(
        tr("Actor"),
        columns(
            tr("Linked to"),
            tr("Reaches over two steps"),
            tr("Parties among them"),
            tr("Tracks among them"),
        ),
        tuple(rows),
        (),
        no_links(),
        caveat(facts),
    )


def isolated(facts: Facts) -> Grid:
    """Actors without a linkage that counts, and small parts without a way to the rest."""
    web = network(facts, facts.visible)
    parts = _parts(web)
    main = max(parts, key=len, default=set())
    alone = facts.sorted_by_name(i for i, others in web.items() if not others)
    besides = _not_counted(facts, alone)
    rows = [
        Row(_title(facts, one), (Cell(tr("nobody"), "gap"), besides[one]))
        for one in alone[:MOST_ROWS]
    ]
    for part in sorted(parts, key=lambda ids: (-len(ids), facts.sorted_by_name(ids))):
        if part is main or len(part) < 2:
            continue
        names = facts.sorted_by_name(part)
        title = Cell(facts.names(names), targets=actors(names))
        among = tr("only each other")
        tracks = track_names(facts, names) or tr("not known")
        rows.append(Row(title, (Cell(among, "doubt", actors(names)), Cell(tracks))))
    said = plural(
        "{count} of {all} actors has no linkage that counts on this day.",
        "{count} of {all} actors have no linkage that counts on this day.",
        len(alone),
        all=len(web),
    )
    return Grid(
        tr("Actor"),
        columns(tr("In touch with"), tr("What is on record besides")),
        tuple(rows),
        (said,) if rows else (),
        tr("Every actor can reach every other one through linkages that count on this day."),
        caveat(facts),
    )


def _parts(web: Network) -> list[set[str]]:
    """Within each part everybody can reach everybody."""
    seen: set[str] = set()
    parts = []
    for one in web:
        if one not in seen:
            part = set(distances(web, [one]))
            seen |= part
            parts.append(part)
    return parts


def _not_counted(facts: Facts, alone: Iterable[str]) -> dict[str, Cell]:
    """Linkages of actors that are there but do not count on the day."""
    words = {
        "planned": tr("planned"),
        "ended": tr("ended"),
        "doubtful": tr("not known whether active"),
        "keep_apart": tr("to be kept apart"),
        "wait": tr("decided to wait"),
        "current": tr("holds nobody together, or is filtered out"),
    }
    found: dict[str, dict[str, list[Target]]] = {one: {} for one in alone}
    for link in facts.tables.linkages.values():
        for end in {link.from_id, link.to_id} & found.keys():
            state = linkage_state(link, facts.as_of)
            found[end].setdefault(state, []).append(("linkages", link.id))
    cells = {}
    for one, states in found.items():
        said = "; ".join(
            f"{words[state]}: {len(states[state])}" for state in words if state in states
        )
        targets = tuple(key for keys in states.values() for key in keys)
        cells[one] = (
            Cell(said, "doubt", targets) if said else Cell(tr("no linkage on record"), "gap")
        )
    return cells


VIEWS = (
    View(
        id="brokers",
        name="Brokers",
        question="Through whom do others meet, and who is the only way?",
        definition=(
            "Of all pairs of other actors, the share whose shortest ways lead through the actor "
            "(betweenness). “Only way” lists the groups that would lose each other without it. "
            "Opposition, competition, splits and successions hold nobody together and are left "
            "out. Circles are those of the analysis “Circles”."
        ),
        example=(
            "The bishop stands on the way between the two councils; without him they have "
            "no common line."
        ),
        source="C2, C4 (own operationalisation)",
        inputs=("actors", "linkages"),
        make=brokers,
        follows_filter=True,
    ),
    View(
        id="reach",
        name="Reach",
        question="How many others does each actor reach, and which parties?",
        definition=(
            "All actors at most two steps away: those it is linked to, and those whom these are "
            "linked to."
        ),
        example=(
            "A trader reaches both armed groups in two steps; nobody had thought of asking her."
        ),
        source="C3, R1 (own operationalisation)",
        inputs=("actors", "linkages"),
        make=within_reach,
        follows_filter=True,
    ),
    View(
        id="isolated",
        name="Isolated actors",
        question="Who stands alone, and which small parts have no way to the rest?",
        definition=(
            "Actors without a linkage that counts on the day, with what else is on record about "
            "them, and parts of the network other than the largest within which everybody reaches "
            "everybody but nobody else."
        ),
        example="A youth league is on the map with four activities and not one linkage.",
        source="C3, R4 (own operationalisation)",
        inputs=("actors", "linkages"),
        make=isolated,
        follows_filter=True,
    ),
)
