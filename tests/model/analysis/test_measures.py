"""Measures on networks small enough to count by hand."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise

import networkx as nx
import pytest

from model.analysis.facts import Facts
from model.analysis.measures import (
    MEASURES,
    brokerage,
    circles,
    communities,
    cut_off,
    parties_in_reach,
    partners,
    reach,
    trusted_reach,
)
from model.analysis.paths import network
from model.analysis.rules import DEFAULT_THRESHOLDS
from model.analysis.trusted import trust_web, trusted_ways
from tests.builders import ProjectBuilder, a_project
from tests.model.analysis.asking import DAY
from tests.samples import sample


def facts_of(project: ProjectBuilder, day: str = DAY) -> Facts:
    return Facts(project.document(), date.fromisoformat(day), DEFAULT_THRESHOLDS)


def chain(*names: str, **fields: str) -> ProjectBuilder:
    project = a_project()
    for name in names:
        project.actor(name)
    for one, other in pairwise(names):
        project.link(one, other, **fields)
    return project


def test_a_chain_counted_by_hand() -> None:
    facts = facts_of(chain("a", "b", "c", "d").actor("alone"))
    assert partners(facts) == {"a": 1, "b": 2, "c": 2, "d": 1, "alone": 0}
    assert reach(facts) == {"a": 2, "b": 3, "c": 3, "d": 2, "alone": 0}
    assert cut_off(facts) == {"a": 0, "b": 1, "c": 1, "d": 0, "alone": 0}
    # Of the six pairs of others, those of b are a-c, a-d (and four with nobody between).
    assert brokerage(facts)["b"] == pytest.approx(100 * 2 / 6)
    assert brokerage(facts)["alone"] == 0


def test_equally_short_ways_share_a_pair() -> None:
    project = chain("a", "b", "c").actor("d").link("a", "d").link("d", "c")
    figures = brokerage(facts_of(project))
    assert figures["b"] == figures["d"] == pytest.approx(100 * 0.5 / 3)


def test_brokerage_is_the_same_as_another_library_finds() -> None:
    chance = random.Random(7)
    project = a_project()
    names = [f"n{at:03}" for at in range(120)]
    for name in names:
        project.actor(name)
    for at in range(200):
        one, other = chance.sample(names, 2)
        project.link(one, other, record_id=f"l{at}")
    facts = facts_of(project)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(names)
    graph.add_edges_from((a, b) for a, others in network(facts).items() for b in others)
    theirs = nx.betweenness_centrality(graph)
    ours = brokerage(facts)
    assert {one: pytest.approx(100 * theirs[one]) for one in names} == ours


def test_only_links_that_count_on_the_day_and_pass_the_filter_are_read() -> None:
    project = chain("a", "b", "c").link("a", "c", record_id="later", start="2020")
    project.link("b", "c", record_id="quarrel", kind="adversarial")
    project.actor("d").link("c", "d", record_id="wait", decision="wait")
    facts = facts_of(project)
    assert partners(facts) == {"a": 1, "b": 2, "c": 1, "d": 0}
    assert partners(facts_of(project, "2021-01-01"))["a"] == 2
    assert partners(facts, frozenset({"a", "b", "a>b"})) == {"a": 1, "b": 1}
    assert partners(facts, frozenset({"a", "b"})) == {"a": 0, "b": 0}


def test_parties_in_reach_are_those_at_most_two_steps_away() -> None:
    project = chain("state", "envoy", "rebels", "elder").actor("alone")
    for party in ("state", "rebels"):
        project.actor(party, conflict_role="primary_party")
    figures = {"state": 1, "envoy": 2, "rebels": 1, "elder": 1, "alone": 0}
    assert parties_in_reach(facts_of(project)) == figures


def two_circles() -> ProjectBuilder:
    project = a_project()
    for side in "xy":
        for at in range(4):
            project.actor(f"{side}{at}")
        for one in range(4):
            for other in range(one):
                project.link(f"{side}{one}", f"{side}{other}")
    return project.link("x0", "y0").actor("alone")


def test_circles_are_found_and_do_not_depend_on_ids_or_chance() -> None:
    facts = facts_of(two_circles())
    assert sorted(communities(facts)) == [["x0", "x1", "x2", "x3"], ["y0", "y1", "y2", "y3"]]
    assert communities(facts) == communities(facts)
    assert set(circles(facts).values()) == {1.0, 2.0}
    assert "alone" not in circles(facts)


def test_trust_of_a_pair_is_that_of_its_weaker_side() -> None:
    project = chain("a", "b", "c", quality="+2")
    project.add("trust", "t1", from_id="a", to_id="b", level="4", date="2012")
    project.add("trust", "t2", from_id="b", to_id="a", level="3", date="2012")
    project.add("trust", "t3", from_id="b", to_id="a", level="0", date="2014")
    assert trust_web(facts_of(project)) == {"a": {"b": 3}, "b": {"a": 3, "c": 4}, "c": {"b": 4}}
    assert trusted_reach(facts_of(project)) == {"a": 2, "b": 2, "c": 2}
    assert trusted_reach(facts_of(project, "2015-01-01")) == {"a": 0, "b": 1, "c": 1}


def test_unknown_trust_is_no_trust() -> None:
    facts = facts_of(chain("a", "b"))
    assert trusted_reach(facts) == {"a": 0, "b": 0}


def test_the_strongest_way_is_taken_though_it_is_longer() -> None:
    project = chain("a", "b", "c", "d", quality="+2").link("a", "d", quality="+1")
    ways = trusted_ways(trust_web(facts_of(project)), "a")
    assert (ways["d"].weakest, ways["d"].through) == (4, ("a", "b", "c", "d"))
    project.add("trust", "t", from_id="b", to_id="c", level="2")
    ways = trusted_ways(trust_web(facts_of(project)), "a")
    assert (ways["d"].weakest, ways["d"].through) == (3, ("a", "d"))
    assert (ways["c"].weakest, ways["c"].through) == (3, ("a", "d", "c"))


@pytest.mark.parametrize("measure_id", MEASURES)
def test_each_measure_gives_numbers_for_actors_of_a_sample(measure_id: str) -> None:
    facts = Facts(sample(), date(2012, 10, 15), DEFAULT_THRESHOLDS)
    measure = MEASURES[measure_id]
    figures = measure.figures(facts, None)
    assert figures or measure_id == "trusted_reach"
    assert set(figures) <= set(facts.actors)
    assert measure.title
    assert measure.why
    assert measure.figures(Facts(a_project().document(), facts.as_of, {}), None) == {}
