"""All measures, the ways between two and the single points beside another library's answers.

`python -m tests.model.analysis.test_measures_beside_networkx 2000` tries as many random networks.
"""

from __future__ import annotations

import random
import sys
from datetime import date
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from model.analysis.bridges import KNOWN_TRACKS, track_pairs
from model.analysis.facts import UNTYING_KINDS, Facts
from model.analysis.measures import (
    brokerage,
    communities,
    cut_off,
    parties_in_reach,
    partners,
    reach,
    trusted_reach,
)
from model.analysis.paths import DETOUR, around, network, ways_between
from model.analysis.rules import DEFAULT_THRESHOLDS
from model.analysis.trusted import trust_web, trusted_ways
from model.asof import counts_as_edge, exists
from tests.builders import a_project
from tests.samples import sample

if TYPE_CHECKING:
    from model.tables import Tables

DAY = date(2020, 1, 1)
SAMPLES = {"mindanao": date(2013, 2, 15), "myanmar": date(2023, 3, 1), "mali": date(2022, 9, 1)}


def random_project(seed: int) -> Tables:
    """Actors on all tracks, linkages of all sorts, of which only some count, and trust."""
    chance = random.Random(seed)
    project = a_project()
    count = chance.randint(2, 16)
    names = [f"n{at}" for at in range(count)]
    for name in names:
        tracks = chance.sample(KNOWN_TRACKS, chance.randint(0, 2))
        role = chance.choice(("none", "primary_party"))
        project.actor(name, tracks=tuple(tracks), conflict_role=role)
    for at in range(chance.randint(0, 2 * count)):
        one, other = chance.sample(names, 2)
        project.link(
            one,
            other,
            record_id=f"l{at}",
            kind=chance.choice(("coordination", "coordination", "adversarial")),
            status=chance.choice(("active", "active", "agreed", "planned", "ended")),
            decision=chance.choice(("link", "link", "keep_apart", "wait")),
            quality=chance.choice(("+2", "+1", "0", "-1")),
        )
    for at in range(chance.randint(0, count)):
        one, other = chance.sample(names, 2)
        level = str(chance.randint(0, 4))
        project.add("trust", f"t{at}", from_id=one, to_id=other, level=level, date="2019-05-01")
    return project.document()


def facts_of(tables: Tables, day: date) -> Facts:
    return Facts(tables, day, DEFAULT_THRESHOLDS)


def graph_of(tables: Tables, day: date, visible: frozenset[str] | None = None) -> nx.Graph[str]:
    """What counts, read off the records anew."""
    here = {
        i for i, one in tables.actors.items() if exists(one, day) and (not visible or i in visible)
    }
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(here)
    for link in tables.linkages.values():
        counts = counts_as_edge(link, day) and link.kind not in UNTYING_KINDS
        if counts and {link.from_id, link.to_id} <= here and (not visible or link.id in visible):
            graph.add_edge(link.from_id, link.to_id)
    return graph


def compare(tables: Tables, day: date, visible: frozenset[str] | None = None) -> None:
    """Every figure is what networkx finds."""
    facts, graph = facts_of(tables, day), graph_of(tables, day, visible)
    web = network(facts, visible)
    assert {one: set(others) for one, others in web.items()} == {
        one: set(graph[one]) for one in graph
    }
    assert partners(facts, visible) == dict(graph.degree())
    theirs = nx.betweenness_centrality(graph)
    assert brokerage(facts, visible) == {i: pytest.approx(100 * theirs[i]) for i in graph}
    lost = dict.fromkeys(graph, 0)
    for one in nx.articulation_points(graph):
        part = graph.subgraph(nx.node_connected_component(graph, one) - {one})
        sizes = [len(piece) for piece in nx.connected_components(part)]
        lost[one] = sum(sizes) - max(sizes)
    assert cut_off(facts, visible) == lost
    near = {
        one: set(nx.single_source_shortest_path_length(graph, one, cutoff=2)) - {one}
        for one in graph
    }
    assert reach(facts, visible) == {one: len(others) for one, others in near.items()}
    parties = {i for i in graph if tables.actors[i].conflict_role in PARTIES}
    assert parties_in_reach(facts, visible) == {i: len(near[i] & parties) for i in graph}
    compare_trust(facts, graph, visible)
    circles = communities(facts, visible)
    assert len({one for circle in circles for one in circle}) == sum(map(len, circles))
    for circle in circles:
        assert nx.is_connected(graph.subgraph(circle))
    compare_ways(facts, graph, visible)
    if visible is None:
        compare_single_points(facts, graph)


PARTIES = frozenset({"primary_party", "non_signatory_armed"})


def compare_trust(facts: Facts, graph: nx.Graph[str], visible: frozenset[str] | None) -> None:
    """Reach by trust, and the widest way to each."""
    web = trust_web(facts, visible)
    trusted: nx.Graph[str] = nx.Graph()
    trusted.add_nodes_from(graph)
    trusted.add_edges_from(
        (one, other, {"level": level})
        for one, others in web.items()
        for other, level in others.items()
    )
    assert all(graph.has_edge(*edge) for edge in trusted.edges)
    found = trusted_reach(facts, visible)
    assert found == {i: len(nx.node_connected_component(trusted, i)) - 1 for i in trusted}
    widest = nx.maximum_spanning_tree(trusted, weight="level")
    for one in trusted:
        ways = trusted_ways(web, one)
        paths = nx.single_source_shortest_path(widest, one)
        assert set(ways) == nx.node_connected_component(trusted, one) - {one}
        for other, way in ways.items():
            path = paths[other]
            best = min(widest[a][b]["level"] for a, b in pairwise(path))
            assert way.weakest == best
            steps = pairwise(way.through)
            assert min(web[a][b] for a, b in steps) == best


def compare_ways(facts: Facts, graph: nx.Graph[str], visible: frozenset[str] | None) -> None:
    """The ways between two are all that are at most one step longer than the shortest."""
    web = network(facts, visible)
    for one, other in list(combinations(sorted(graph), 2))[:12]:
        part = ways_between(web, one, other)
        if not nx.has_path(graph, one, other):
            assert not part.actor_ids
            continue
        longest = nx.shortest_path_length(graph, one, other) + DETOUR
        paths = list(nx.all_simple_paths(graph, one, other, cutoff=int(longest)))
        assert part.actor_ids == {i for path in paths for i in path}
        edges = {frozenset(edge) for path in paths for edge in pairwise(path)}
        linkages = facts.tables.linkages
        ends = {frozenset((linkages[i].from_id, linkages[i].to_id)) for i in part.linkage_ids}
        assert ends == edges
    for one in list(graph)[:3]:
        for steps in (1, 2, 3):
            lengths = nx.single_source_shortest_path_length(graph, one, cutoff=steps)
            assert around(web, [one], steps).actor_ids == set(lengths)


def parts_of(graph: nx.Graph[str]) -> dict[str, set[str]]:
    """Each actor with all that it reaches."""
    return {one: part for part in nx.connected_components(graph) for one in part}


def compare_single_points(facts: Facts, graph: nx.Graph[str]) -> None:
    """Without an actor some of one track meet nobody of the other any more, and could before."""
    pairs = {pair.tracks: pair for pair in track_pairs(facts)}
    on = {track: {i for i in graph if track in facts.tracks(i)} for track in KNOWN_TRACKS}
    before = parts_of(graph)
    for broker in graph:
        after = parts_of(graph.subgraph(set(graph) - {broker}))
        for here, there in combinations(KNOWN_TRACKS, 2):
            lost = {
                one
                for mine, theirs in ((on[here], on[there]), (on[there], on[here]))
                for one in mine - {broker}
                if before[one] & theirs - {broker} and not after[one] & theirs
            }
            pair = pairs.get((here, there))
            bridges = {} if pair is None else {one.actor_id: one.lost for one in pair.bridges}
            assert set(bridges.get(broker, ())) == lost
    assert set(pairs) == {
        (here, there) for here, there in combinations(KNOWN_TRACKS, 2) if on[here] and on[there]
    }


@pytest.mark.parametrize("seed", range(25))
def test_random_networks(seed: int) -> None:
    compare(random_project(seed), DAY)


@pytest.mark.parametrize("seed", range(10))
def test_what_a_filter_shows_of_random_networks(seed: int) -> None:
    tables, chance = random_project(seed), random.Random(seed)
    shown = {i for i in tables.actors if chance.random() < 0.8} | {"n0"}
    links = tables.linkages.values()
    drawn = {one.id for one in links if {one.from_id, one.to_id} <= shown and chance.random() < 0.8}
    compare(tables, DAY, frozenset(shown | drawn))


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(name: str) -> None:
    compare(sample(name), SAMPLES[name])


if __name__ == "__main__":
    for number in range(int(sys.argv[1])):
        compare(random_project(number), DAY)
