"""Ways through the network: neighbours, ways between two, channels to a party."""

from __future__ import annotations

from datetime import date

from model.analysis.facts import Facts
from model.analysis.paths import around, channels_to, network, ways_between
from model.analysis.rules import DEFAULT_THRESHOLDS
from tests.builders import ProjectBuilder, a_project

DAY = date(2013, 2, 15)


def chain() -> ProjectBuilder:
    """A - b - c - d, a - x - y - d, and z off the way; a and d are rivals, too."""
    project = a_project()
    for one in "abcdxyz":
        project.actor(one)
    for one, other in ("ab", "bc", "cd", "ax", "xy", "yd", "bz"):
        project.link(one, other)
    return project.link("a", "d", kind="adversarial")


def facts_of(project: ProjectBuilder) -> Facts:
    return Facts(project.document(), DAY, DEFAULT_THRESHOLDS)


def test_neighbours_by_steps() -> None:
    graph = network(facts_of(chain()))
    assert around(graph, ["a"], 1).actor_ids == set("abx")
    assert around(graph, ["a"], 1).linkage_ids == {"a>b", "a>x"}
    assert around(graph, ["a"], 2).actor_ids == set("abxczy")
    assert around(graph, ["a"], 3).actor_ids == set("abcdxyz")


def test_all_ways_between_two_and_nothing_off_the_way() -> None:
    graph = network(facts_of(chain()))
    part = ways_between(graph, "a", "d")
    assert part.actor_ids == set("abcdxy")
    assert part.linkage_ids == {"a>b", "b>c", "c>d", "a>x", "x>y", "y>d"}


def test_ways_one_step_longer_are_ways_and_longer_ones_are_not() -> None:
    project = chain().link("b", "y").link("a", "c")
    part = ways_between(network(facts_of(project)), "a", "d")
    assert part.actor_ids == set("abcdxy")
    assert "x>y" in part.linkage_ids
    far = a_project()
    for one in "abcdefg":
        far.actor(one)
    for one, other in ("ab", "bg", "ac", "cd", "de", "eg"):
        far.link(one, other)
    assert ways_between(network(facts_of(far)), "a", "g").actor_ids == set("abg")


def test_no_way_and_no_way_to_oneself() -> None:
    project = chain().actor("alone")
    graph = network(facts_of(project))
    assert ways_between(graph, "a", "alone").ids == frozenset()
    assert ways_between(graph, "a", "a").ids == frozenset()


def test_what_a_filter_hides_leads_nowhere() -> None:
    graph = network(facts_of(chain()), frozenset({"a", "b", "c", "a>b"}))
    assert around(graph, ["a"], 3).actor_ids == {"a", "b"}


def test_channels_to_a_party_and_to_its_parts() -> None:
    project = (
        a_project()
        .actor("party", conflict_role="primary_party")
        .actor("panel", parent_id="party")
        .actor("envoy")
        .actor("donor")
        .actor("friend")
        .link("envoy", "panel", kind="facilitation")
        .link("friend", "party", kind="back_channel")
        .link("donor", "party", kind="funding")
        .link("party", "panel", kind="mandate")
    )
    part = channels_to(facts_of(project), "party")
    assert part.actor_ids == {"party", "panel", "envoy", "friend"}
    assert part.linkage_ids == {"envoy>panel", "friend>party", "party>panel"}
