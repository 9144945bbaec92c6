"""W01 to W04 and W17: each fires, stays silent, and is looked at on its threshold."""

from __future__ import annotations

import pytest

from tests.builders import ProjectBuilder, a_project
from tests.model.analysis.asking import found, severities, subjects


def crowd(count: int) -> ProjectBuilder:
    project = a_project().actor("party", conflict_role="primary_party")
    project.add("phases", "phase", label="Pre-talks", kind="pre_talks")
    for number in range(count):
        third = f"third{number}"
        project.actor(third).link(third, "party", kind="communication_channel")
        project.add("roles", f"role{number}", actor_id=third, role="good_offices")
    return project


@pytest.mark.parametrize(
    ("count", "expected"), [(5, []), (6, ["medium"]), (8, ["medium"]), (9, ["high"])]
)
def test_w01_counts_third_parties_during_pre_talks(count: int, expected: list[str]) -> None:
    assert severities(crowd(count), "W01") == expected


def test_w01_does_not_count_donors_nor_other_phases() -> None:
    project = crowd(6).add("roles", "role5", actor_id="third5", role="donor")
    assert found(project, "W01") == []
    talks = crowd(6).add("phases", "phase", label="Talks", kind="talks")
    assert found(talks, "W01") == []


def test_w01_takes_the_projects_own_threshold() -> None:
    project = crowd(3)
    strict = a_project(thresholds={"W01.third_parties": 2})
    strict._content.update({k: v for k, v in project.content().items() if k != "project"})
    assert severities(strict, "W01") == ["medium"]


def two_processes() -> ProjectBuilder:
    project = a_project().actor("lead1").actor("lead2")
    project.actor("state", conflict_role="primary_party")
    project.actor("panel", conflict_role="primary_party", parent_id="state")
    project.add("processes", "one", name="One", lead_id="lead1", party_ids=("state",))
    return project.add("processes", "two", name="Two", lead_id="lead2", party_ids=("panel",))


def test_w02_a_party_counts_together_with_its_parents() -> None:
    [finding] = found(two_processes(), "W02")
    assert finding.severity == "high"
    assert {("processes", "one"), ("processes", "two")} <= set(finding.targets)


def test_w02_is_a_notice_when_the_leads_are_linked() -> None:
    linked = two_processes().link("lead2", "lead1", kind="coordination")
    assert severities(linked, "W02") == ["info"]
    ended = two_processes().link("lead2", "lead1", kind="coordination", end="2012")
    assert severities(ended, "W02") == ["high"]
    shared = two_processes().add(
        "processes",
        "two",
        name="Two",
        lead_id="lead2",
        co_lead_ids=("lead1",),
        party_ids=("panel",),
    )
    assert severities(shared, "W02") == ["info"]


def test_w02_says_nothing_of_one_lead_or_of_a_process_that_is_over() -> None:
    same = two_processes().add(
        "processes", "two", name="Two", lead_id="lead1", party_ids=("panel",)
    )
    assert found(same, "W02") == []
    over = two_processes().add(
        "processes", "two", name="Two", lead_id="lead2", party_ids=("panel",), end="2013-02-14"
    )
    assert found(over, "W02") == []


@pytest.mark.parametrize(
    ("mode", "count"),
    [("unknown", 1), ("none", 1), ("network", 0), ("nationally_led", 0), ("hierarchical_lead", 1)],
)
def test_w03_a_process_without_lead(mode: str, count: int) -> None:
    project = a_project().add("processes", "one", name="One", coordination_mode=mode)
    assert len(found(project, "W03")) == count


def test_w03_is_content_with_a_lead() -> None:
    project = a_project().actor("lead").add("processes", "one", name="One", lead_id="lead")
    assert found(project, "W03") == []


def test_w04_counts_lead_mediators_that_are_not_co_leads() -> None:
    project = a_project().actor("a").actor("b")
    project.add("processes", "one", name="One", lead_id="a")
    project.add("roles", "r1", actor_id="a", role="lead_mediator", process_id="one")
    assert found(project, "W04") == []
    project.add("roles", "r2", actor_id="b", role="lead_mediator", process_id="one")
    assert severities(project, "W04") == ["medium"]
    project.add("processes", "one", name="One", lead_id="a", co_lead_ids=("b",))
    assert found(project, "W04") == []


def a_process() -> ProjectBuilder:
    project = (
        a_project().actor("lead").actor("adviser").actor("state", conflict_role="primary_party")
    )
    project.actor("army", conflict_role="primary_party", parent_id="state")
    project.actor("panel", conflict_role="primary_party", parent_id="state")
    return project.add("processes", "one", name="One", lead_id="lead", party_ids=("state",))


def test_w17_a_party_that_the_team_does_not_reach() -> None:
    assert severities(a_process(), "W17") == ["high"]
    assert subjects(a_process(), "W17") == ["state"]


@pytest.mark.parametrize(
    "kind", ["facilitation", "communication_channel", "back_channel", "negotiation"]
)
def test_w17_a_channel_to_a_part_of_the_party_is_enough(kind: str) -> None:
    assert found(a_process().link("panel", "lead", kind=kind), "W17") == []


def test_w17_the_channel_must_be_in_force_and_a_channel() -> None:
    assert found(a_process().link("lead", "panel", kind="facilitation", end="2012"), "W17")
    assert found(a_process().link("lead", "panel", kind="hosting"), "W17")
    apart = a_process().link("lead", "panel", kind="facilitation", decision="keep_apart")
    assert found(apart, "W17")


def test_w17_advisers_belong_to_the_team_those_advised_do_not() -> None:
    advised = a_process().link("adviser", "state", kind="negotiation")
    assert found(advised, "W17")
    assert not found(advised.link("adviser", "lead", kind="advisory_support"), "W17")
    other_way = a_process().link("adviser", "state", kind="negotiation")
    assert found(other_way.link("lead", "adviser", kind="advisory_support"), "W17")


def test_w17_coalitions_reach_their_members() -> None:
    project = a_process().actor("front", kind="armed_coalition")
    project.link("panel", "front", kind="membership")
    assert found(project, "W17")
    assert not found(project.link("lead", "front", kind="negotiation"), "W17")


def test_w17_other_primary_parties_weigh_less_and_are_named_once() -> None:
    project = a_process().link("lead", "state", kind="facilitation")
    project.actor("rebels", conflict_role="primary_party")
    project.actor("rebel panel", conflict_role="primary_party", parent_id="rebels")
    project.actor("outside", conflict_role="non_signatory_armed")
    project.actor("second", conflict_role="secondary_party")
    assert severities(project, "W17") == ["medium", "medium"]
    assert subjects(project, "W17") == ["outside", "rebels"]
