"""W11, W29, W33, W34: whose money, whose interests, whose side."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import ProjectBuilder, a_project
from tests.model.analysis.asking import found, severities, subjects


def funded(*donors: str, amounts: tuple[str, ...] = (), currency: str = "EUR") -> ProjectBuilder:
    project = a_project().actor("office").actor("north").actor("south")
    for number, donor in enumerate(donors):
        money = {"amount": amounts[number], "currency": currency} if amounts else {}
        project.add("funding", f"f{number}", donor_id=donor, recipient_id="office", **money)
    return project


@pytest.mark.parametrize(
    ("donors", "expected"),
    [
        (("north",) * 7 + ("south",) * 3, ["low"]),  # exactly 70 %
        (("north",) * 9 + ("south",) * 4, []),  # 69.2 %
        (("north", "north"), []),  # two lines only
        (("north", "north", "north"), ["low"]),
    ],
)
def test_w11_share_of_one_donor(donors: tuple[str, ...], expected: list[str]) -> None:
    assert severities(funded(*donors), "W11") == expected


def test_w11_counts_value_only_within_one_currency() -> None:
    lines = ("north", "south", "south")
    [finding] = found(funded(*lines, amounts=("900", "50", "50")), "W11")
    assert finding.figures["percent"] == 90
    assert finding.targets[:2] == (("actors", "office"), ("actors", "north"))
    mixed = funded(*lines, amounts=("900", "50", "50"))
    mixed.add("funding", "f1", donor_id="south", recipient_id="office", amount="50", currency="USD")
    assert found(mixed, "W11") == []


def test_w11_weighs_more_for_the_lead_of_a_process() -> None:
    project = funded("north", "north", "north").add("processes", "p", name="P", lead_id="office")
    assert severities(project, "W11") == ["medium"]


def backed(**backer: Any) -> ProjectBuilder:
    project = a_project().actor("mediator", parent_id="ministry").actor("ministry", **backer)
    project.actor("rebels", conflict_role="primary_party")
    return project.add("roles", "r", actor_id="mediator", role="facilitator")


def test_w29_a_mediator_that_belongs_to_a_party() -> None:
    [finding] = found(backed(conflict_role="primary_party"), "W29")
    assert finding.severity == "high"
    assert finding.figures["backing"] == ["parent"]
    assert finding.targets[:2] == (("actors", "mediator"), ("actors", "ministry"))
    assert found(backed(), "W29") == []


@pytest.mark.parametrize(
    ("kind", "raised"), [("alliance", True), ("adversarial", True), ("coordination", False)]
)
def test_w29_a_backer_that_stands_with_or_against_a_party(kind: str, *, raised: bool) -> None:
    project = backed().link("ministry", "rebels", kind=kind)
    assert bool(found(project, "W29")) is raised


def test_w29_money_and_sanctions() -> None:
    project = a_project().actor("mediator").actor("donor")
    project.actor("rebels", conflict_role="primary_party")
    project.add("roles", "r", actor_id="mediator", role="lead_mediator")
    project.add("funding", "f", donor_id="donor", recipient_id="mediator")
    sanction = {"title": "S", "kind": "sanction_or_incentive", "lead_id": "donor"}
    project.add("activities", "s", party_ids=("rebels",), **sanction)
    [finding] = found(project, "W29")
    assert ("activities", "s") in finding.targets
    project.add("activities", "s", party_ids=("rebels",), end="2012", **sanction)
    assert found(project, "W29") == []


def test_w29_a_mandate_of_both_sides_is_consent() -> None:
    project = a_project().actor("mediator").actor("state", conflict_role="primary_party")
    project.actor("rebels", conflict_role="primary_party")
    project.add("roles", "r", actor_id="mediator", role="lead_mediator")
    project.link("state", "mediator", kind="mandate")
    assert subjects(project, "W29") == ["mediator"]
    project.link("rebels", "mediator", kind="mandate")
    assert found(project, "W29") == []


def trained(**activity: Any) -> ProjectBuilder:
    project = a_project().actor("ngo").actor("lead").actor("rebels", conflict_role="primary_party")
    project.add("processes", "p", name="P", lead_id="lead", party_ids=("rebels",))
    values = {"title": "Course", "kind": "training", "party_ids": ("rebels",), **activity}
    return project.add("activities", "c", lead_id="ngo", **values)


@pytest.mark.parametrize(
    ("activity", "raised"),
    [
        ({"lead_consulted": "unknown"}, True),
        ({"lead_consulted": "no"}, True),
        ({"lead_consulted": "yes"}, False),
        ({"lead_consulted": "na"}, False),
        ({"kind": "technical_advice"}, True),
        ({"kind": "monitoring"}, False),
        ({"end": "2013-02-15"}, True),
        ({"end": "2013-02-14"}, False),
        ({"party_ids": (), "participant_ids": ("rebels",)}, True),
        ({"party_ids": ("ngo",)}, False),
    ],
)
def test_w33_training_that_the_lead_may_not_know_of(
    activity: dict[str, Any], *, raised: bool
) -> None:
    assert bool(found(trained(**activity), "W33")) is raised


def test_w33_money_for_a_party() -> None:
    project = trained(lead_consulted="yes")
    project.add("funding", "f", donor_id="ngo", recipient_id="rebels")
    [finding] = found(project, "W33")
    assert finding.targets[0] == ("funding", "f")
    assert "No record that lead knows of the support to rebels" in finding.message
    project.add("funding", "f", donor_id="ngo", recipient_id="rebels", activity_ids=("c",))
    assert found(project, "W33") == []


def friends(*sides: str) -> ProjectBuilder:
    project = a_project().actor("group", kind="contact_group").actor("envoy")
    project.actor("state", conflict_role="primary_party")
    project.actor("rebels", conflict_role="primary_party")
    project.actor("wing", conflict_role="secondary_party", parent_id="rebels")
    project.add("roles", "r", actor_id="envoy", role="lead_mediator")
    project.link("envoy", "group", kind="participation")
    for number, side in enumerate(sides):
        project.actor(f"m{number}").link(f"m{number}", "group", kind="membership")
        if side:
            project.link(f"m{number}", side, kind="alliance")
    return project


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        (("rebels",), []),
        (("rebels", "rebels"), ["high"]),
        (("rebels", "wing", ""), ["high"]),
        (("rebels", "state"), []),
        (("", ""), []),
    ],
)
def test_w34_groups_whose_members_stand_by_one_side(
    sides: tuple[str, ...], expected: list[str]
) -> None:
    assert severities(friends(*sides), "W34") == expected
