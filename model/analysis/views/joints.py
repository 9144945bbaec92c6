"""What holds the network together: between tracks, within circles, and by trust."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from model.analysis.bridges import track_pairs
from model.analysis.measures import communities, trusted_reach
from model.analysis.paths import network
from model.analysis.trusted import trust_web, trust_words, trusted_ways
from model.analysis.views.coverage import heads
from model.analysis.views.grid import Cell, Grid, Row, columns
from model.analysis.views.measures import MOST_ROWS, actors, caveat, no_links, track_names
from model.analysis.views.view import View
from model.codes import TRACKS
from resources.text import arrow, joined, plural, tr

if TYPE_CHECKING:
    from model.analysis.bridges import Bridge, Pair
    from model.analysis.facts import Facts
    from model.analysis.paths import Network
    from model.analysis.trusted import TrustWeb, Way
    from model.analysis.views.grid import Mark

_TRUSTED_WELL = 3


def single_points(facts: Facts) -> Grid:
    """For each pair of tracks who alone keeps some of them in touch."""
    rows = []
    for pair in track_pairs(facts, facts.visible):
        rows += [_bridge_row(facts, pair, one) for one in pair.bridges] or [_safe_row(pair)]
    alone = {row.cells[0].targets for row in rows if row.cells[0].targets}
    said = plural(
        "{count} actor alone keeps others in touch with another track.",
        "{count} actors alone keep others in touch with another track.",
        len(alone),
    )
    return Grid(
        tr("Between"),
        columns(tr("Single point of failure"), tr("Then out of touch"), tr("Direct linkages")),
        tuple(rows),
        (said,) if rows else (),
        tr("Actors on at least two tracks are needed."),
        caveat(facts),
    )


def _pair_title(pair: Pair) -> Cell:
    return Cell(f"{TRACKS.label(pair.tracks[0])} – {TRACKS.label(pair.tracks[1])}")


def _direct(pair: Pair) -> Cell:
    count = len(pair.linkage_ids)
    targets = tuple(("linkages", one) for one in pair.linkage_ids)
    if not count:
        return Cell(tr("none"), "gap")
    return Cell(str(count), "", targets)


def _bridge_row(facts: Facts, pair: Pair, bridge: Bridge) -> Row:
    name = facts.name(bridge.actor_id)
    names = facts.names(bridge.lost)
    lost = plural(
        "{count} actor: {names}", "{count} actors: {names}", len(bridge.lost), names=names
    )
    more = tr("Without {actor}: {lost}", actor=name, lost=lost)
    if bridge.ends_all:
        more = tr("{text}. Nothing else joins the two tracks.", text=more)
    grave = bridge.ends_all or len(bridge.lost) >= facts.limit("W27.group")
    mark: Mark = "alarm" if grave else "doubt"
    cells = (
        Cell(name, mark, actors((bridge.actor_id,)), more),
        Cell(lost, mark, actors(bridge.lost), more),
        _direct(pair),
    )
    return Row(_pair_title(pair), cells)


def _safe_row(pair: Pair) -> Row:
    if pair.linkage_ids:
        return Row(_pair_title(pair), (Cell(tr("nobody"), "good"), Cell(""), _direct(pair)))
    return Row(
        _pair_title(pair),
        (Cell(tr("nobody alone")), Cell(""), _direct(pair)),
    )


def circles_found(facts: Facts) -> Grid:
    """Circles of actors as proposals for groups, beside the groups that somebody made."""
    web = network(facts, facts.visible)
    made = {frozenset(one.member_ids): one.label for one in facts.tables.groups.values()}
    rows = tuple(
        _circle_row(facts, web, members, made.get(frozenset(members), ""))
        for members in communities(facts, facts.visible)
    )
    said = plural(
        "{count} circle is proposed. Accepting one makes a group; groups that are there stay.",
        "{count} circles are proposed. Accepting one makes a group; groups that are there stay.",
        sum(1 for row in rows if row.title.proposes),
    )
    return Grid(
        tr("Circle"),
        columns(tr("Members"), tr("Tracks"), tr("Linked pairs"), tr("Group")),
        rows,
        (said,) if rows else (),
        no_links(),
        caveat(facts),
    )


def _circle_row(facts: Facts, web: Network, members: list[str], made: str) -> Row:
    inside = set(members)
    centre = max(members, key=lambda one: (len(inside & web[one].keys()), -members.index(one)))
    name = tr("Around {name}", name=facts.name(centre))
    within = sum(len(inside & web[one].keys()) for one in members) // 2
    beyond = sum(len(web[one].keys() - inside) for one in members)
    names = joined(facts.name(one) for one in members)
    cells = (
        Cell(names),
        Cell(track_names(facts, members) or tr("not known")),
        Cell(tr("{inside} inside, {outside} to others", inside=within, outside=beyond)),
        Cell(made or tr("proposal"), "good" if made else ""),
    )
    about = {"targets": actors(members), "proposes": "" if made else name}
    counted = plural("{name}: {count} actor", "{name}: {count} actors", len(members), name=name)
    title = Cell(name, more=f"{counted}: {names}")
    return Row(replace(title, **about), tuple(replace(one, **about) for one in cells))


def by_trust(facts: Facts) -> Grid:
    """Who reaches whom through trusted linkages, with the weakest trust on the way."""
    web = trust_web(facts, facts.visible)
    figures = trusted_reach(facts, facts.visible)
    parties = [one for one in heads(facts) if facts.visible is None or one in facts.visible]
    ways = {party: _ways_to(facts, web, party) for party in parties}
    ranked = sorted(
        (one for one, figure in figures.items() if figure),
        key=lambda one: (-figures[one], facts.name(one).casefold()),
    )
    rows = []
    for one in ranked[:MOST_ROWS]:
        from_here = trusted_ways(web, one)
        cells = [_reached(facts, from_here)]
        cells += [_way(facts, party, one, ways[party].get(one)) for party in parties]
        rows.append(Row(Cell(facts.name(one), targets=actors((one,))), tuple(cells)))
    reached = sum(1 for party in parties if any(one != party for one in ways[party]))
    said = tr("{count} of {all} parties can be reached by trust.", count=reached, all=len(parties))
    return Grid(
        tr("Actor"),
        (
            Cell(tr("Reaches by trust")),
            *(Cell(facts.name(one), targets=actors((one,))) for one in parties),
        ),
        tuple(rows),
        (said,) if rows else (),
        tr(
            "No trusted linkage is on record. Set the quality of linkages to “Working” or "
            "“Trusted”, or add records to the table “Trust”."
        ),
        caveat(facts),
    )


def _ways_to(facts: Facts, web: TrustWeb, party: str) -> dict[str, Way]:
    """The best way from everybody to a party or to what belongs to it."""
    best: dict[str, Way] = {}
    for goal in sorted(facts.family(party) & web.keys()):
        for one, way in trusted_ways(web, goal).items():
            known = best.get(one)
            rank = (way.weakest, -len(way.through))
            if known is None or rank > (known.weakest, -len(known.through)):
                best[one] = way
    return best


def _reached(facts: Facts, ways: dict[str, Way]) -> Cell:
    names = facts.sorted_by_name(ways)
    weakest = min(way.weakest for way in ways.values())
    text = plural(
        "{count} actor; weakest trust: {level}",
        "{count} actors; weakest trust: {level}",
        len(ways),
        level=trust_words(weakest),
    )
    each = "; ".join(
        f"{facts.name(one)} ({trust_words(ways[one].weakest)})" for one in names[:MOST_ROWS]
    )
    return Cell(text, "", actors(names), f"{text}. {each}")


def _way(facts: Facts, party: str, one: str, way: Way | None) -> Cell:
    if one == party or one in facts.family(party):
        return Cell("–")
    if way is None:
        return Cell(tr("not by trust"), "gap")
    # Ways are sought from the party; they are told from the actor.
    through = tuple(reversed(way.through))
    between = [facts.name(step) for step in through[1:-1]]
    level = trust_words(way.weakest)
    text = tr("{level}, through {names}", level=level, names=joined(between))
    if not between:
        text = tr("{level}, directly", level=level)
    chain = joined((facts.name(step) for step in through), f" {arrow('→')} ")
    more = tr("{chain}. Weakest trust on the way: {level}", chain=chain, level=level)
    return Cell(text, "good" if way.weakest >= _TRUSTED_WELL else "doubt", actors(through), more)


VIEWS = (
    View(
        id="single_points",
        name="Single points of failure",
        question="Who alone keeps actors of two tracks in touch?",
        definition=(
            "For each pair of tracks: actors without whom some on the one track can no longer "
            "reach anybody on the other, directly or through others. An actor on both tracks "
            "counts for both. Direct linkages join an actor on the one track with one on the "
            "other."
        ),
        example="Only the district office connects the village councils with the talks.",
        source="C4, S25 (own operationalisation)",
        inputs=("actors", "linkages"),
        make=single_points,
        follows_filter=True,
    ),
    View(
        id="circles",
        name="Circles",
        question="Who is linked more among themselves than with others?",
        definition=(
            "Circles are joined step by step as long as that makes them denser than chance would "
            "(modularity); nothing in it is random, so the same project gives the same circles. "
            "They are proposals: one that you accept becomes a group of its own, which you can "
            "rename, fill and empty; groups that are there are never changed."
        ),
        example="Five church groups know one another well and the envoys hardly at all.",
        source="C1, R4 (own operationalisation)",
        inputs=("actors", "linkages", "groups"),
        make=circles_found,
        follows_filter=True,
    ),
    View(
        id="trusted",
        name="Reach by trust",
        question="Who can reach whom through people they trust?",
        definition=(
            "Two linked actors trust each other as far as the lower of the two directions in the "
            "newest records of trust; where there are none, a linkage of the quality “Working” or "
            "“Trusted” counts as such. From “Conditional” on a word is taken to be passed on. Of "
            "all ways the one whose weakest trust is strongest is shown, then the shortest."
        ),
        example="The envoy reaches the commander through a teacher whom both trust.",
        source="Chapter 1; C5 (own operationalisation)",
        inputs=("actors", "linkages", "trust"),
        make=by_trust,
        follows_filter=True,
    ),
)
