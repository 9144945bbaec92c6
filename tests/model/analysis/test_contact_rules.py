"""W05, W13, W30, W31, W32."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import ProjectBuilder, a_project
from tests.model.analysis.asking import DAY, found, severities, subjects


def visit(**activity: Any) -> ProjectBuilder:
    project = a_project().actor("lead").actor("visitor").actor("office", parent_id="lead")
    project.actor("state", conflict_role="primary_party")
    project.actor("panel", conflict_role="primary_party", parent_id="state")
    project.actor("joint", kind="joint_mechanism")
    project.add("processes", "one", name="One", lead_id="lead", party_ids=("state",))
    values = {"title": "Visit", "lead_id": "visitor", "party_ids": ("panel",), **activity}
    return project.add("activities", "visit", **values)


@pytest.mark.parametrize(
    ("answer", "expected"), [("no", ["high"]), ("unknown", ["medium"]), ("yes", []), ("na", [])]
)
def test_w05_weighs_the_answer(answer: str, expected: list[str]) -> None:
    assert severities(visit(lead_consulted=answer), "W05") == expected


@pytest.mark.parametrize("lead", ["lead", "office", "state", "panel", "joint"])
def test_w05_leaves_leads_parties_and_joint_bodies_alone(lead: str) -> None:
    assert found(visit(lead_id=lead), "W05") == []


def test_w05_names_the_lead_who_should_know() -> None:
    [finding] = found(visit(), "W05")
    assert (
        finding.message == "“Visit”: contact with panel, and no record of consultation with lead."
    )
    without = visit()
    without.add("processes", "one", name="One", party_ids=("state",), coordination_mode="network")
    [finding] = found(without, "W05")
    assert "no record of a lead" in finding.message


def test_w05_looks_at_planned_visits_and_not_at_past_or_cancelled_ones() -> None:
    assert found(visit(start="2014-05", end="2014-06"), "W05")
    assert found(visit(start="2013-01", end=DAY), "W05")
    assert not found(visit(start="2013-01", end="2013-02-14"), "W05")
    assert not found(visit(status="cancelled"), "W05")
    assert not found(visit(party_ids=()), "W05")


def meeting(**activity: Any) -> ProjectBuilder:
    project = a_project().actor("ngo", kind="national_ngo", level="middle")
    project.actor("fighters", kind="armed_group").actor("abroad", kind="ingo", level="middle")
    project.actor("chief", kind="traditional_leader", level="top")
    values = {"title": "Meeting", "tracks": ("T1",), "participant_ids": ("ngo",), **activity}
    return project.add("activities", "meeting", **values)


@pytest.mark.parametrize(
    "activity",
    [
        {},
        {"tracks": ("T1.5",)},
        {"tracks": ("T3",), "party_ids": ("fighters",)},
        {"tracks": (), "lead_id": "fighters"},
        {"lead_id": "ngo", "participant_ids": ()},
        {"security_review": "no"},
        {"start": "2020"},
    ],
)
def test_w13_local_people_in_exposing_company(activity: dict[str, Any]) -> None:
    assert severities(meeting(**activity), "W13") == ["high"]


@pytest.mark.parametrize(
    "activity",
    [
        {"security_review": "yes"},
        {"tracks": ("T3",)},
        {"participant_ids": ("abroad",)},
        {"participant_ids": ("chief",)},
        {"start": "2011", "end": "2012"},
    ],
)
def test_w13_is_silent(activity: dict[str, Any]) -> None:
    assert found(meeting(**activity), "W13") == []


def mandated(end: str | None, *, facilitates: bool) -> ProjectBuilder:
    project = a_project().actor("issuer").actor("holder").actor("party")
    project.link("issuer", "holder", kind="mandate", start="2010", end=end)
    if facilitates:
        project.link("holder", "party", kind="facilitation")
    return project


@pytest.mark.parametrize(
    ("end", "facilitates", "expected"),
    [
        ("2013-02-14", True, ["high"]),
        ("2013-02-14", False, []),
        ("2013-02-15", False, ["medium"]),
        ("2013-05-15", False, ["medium"]),  # 89 days ahead
        ("2013-05-16", False, []),  # 90 days ahead
        (None, True, []),
    ],
)
def test_w30_mandates_that_end(end: str | None, facilitates: bool, expected: list[str]) -> None:
    assert severities(mandated(end, facilitates=facilitates), "W30") == expected


def test_w30_the_last_mandate_counts_also_as_a_record() -> None:
    project = mandated("2012", facilitates=True)
    project.add("mandates", "renewed", holder_id="holder", start="2012", end="2015")
    assert found(project, "W30") == []
    project.add("mandates", "renewed", holder_id="holder", start="2014", end="2015")
    assert severities(project, "W30") == ["high"]


def facilitated() -> ProjectBuilder:
    project = a_project().actor("mediator").actor("state", conflict_role="primary_party")
    project.actor("panel", conflict_role="primary_party", parent_id="state")
    project.add("processes", "one", name="One", lead_id="mediator", party_ids=("state",))
    return project.link("mediator", "panel", kind="facilitation")


def test_w31_asks_for_mandate_or_consent() -> None:
    assert subjects(facilitated(), "W31") == ["mediator>panel"]
    assert not found(facilitated().link("state", "mediator", kind="mandate"), "W31")
    for consent in ({"mediator_id": "mediator"}, {"process_id": "one"}):
        project = facilitated()
        project.add("consents", "c", party_id="state", state="given_informal", **consent)
        assert not found(project, "W31")


@pytest.mark.parametrize("state", ["refused", "withdrawn", "not_asked", "unknown"])
def test_w31_other_states_are_no_consent(state: str) -> None:
    project = facilitated()
    project.add("consents", "c", party_id="state", state=state, mediator_id="mediator")
    assert found(project, "W31")


def test_w31_consent_to_somebody_else_or_elsewhere_is_none() -> None:
    elsewhere = facilitated().actor("other")
    elsewhere.add("processes", "two", name="Two", lead_id="other", party_ids=("state",))
    elsewhere.add("consents", "c", party_id="state", state="given_formal", process_id="two")
    assert found(elsewhere, "W31")
    other = facilitated().actor("other")
    consent = {"process_id": "one", "mediator_id": "other"}
    other.add("consents", "c", party_id="state", state="given_formal", **consent)
    assert found(other, "W31")


def test_w31_only_asks_about_primary_parties() -> None:
    project = facilitated().actor("panel", conflict_role="secondary_party")
    assert found(project, "W31") == []


def shuttle(parties: tuple[str, ...], **lead: Any) -> ProjectBuilder:
    project = a_project().actor("envoy", **{"kind": "state", **lead}).actor("a").actor("b")
    return project.add(
        "activities", "tour", title="Tour", kind="shuttle", lead_id="envoy", party_ids=parties
    )


def test_w32_a_state_that_shuttles_between_two_parties() -> None:
    assert severities(shuttle(("a", "b")), "W32") == ["medium"]
    assert found(shuttle(("a",)), "W32") == []
    assert found(shuttle(("a", "b"), kind="mso"), "W32") == []
    with_role = shuttle(("a", "b")).add("roles", "r", actor_id="envoy", role="facilitator")
    assert found(with_role, "W32") == []
    hosting = shuttle(("a", "b")).add("roles", "r", actor_id="envoy", role="host")
    assert found(hosting, "W32")
