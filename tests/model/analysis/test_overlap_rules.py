"""W28, W37, W38, W39, W40: work beside work, and the moment of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import ProjectBuilder, a_project
from tests.model.analysis.asking import found, severities


def twice(**second: Any) -> ProjectBuilder:
    project = a_project().actor("one").actor("two").actor("a").actor("b").actor("c")
    values = {"kind": "training", "tracks": ("T3",), "start": "2013-03-01", "end": "2013-04-30"}
    first = {"title": "First", "lead_id": "one", "participant_ids": ("a", "b"), **values}
    other = {"title": "Second", "lead_id": "two", "participant_ids": ("a", "b"), **values}
    project.add("activities", "first", **first)
    return project.add("activities", "second", **{**other, **second})


@pytest.mark.parametrize(
    ("second", "raised"),
    [
        ({}, True),
        ({"participant_ids": ("a",)}, True),  # 1 of 2
        ({"participant_ids": ("a", "c")}, False),  # 1 of 3
        ({"participant_ids": ("a",), "party_ids": ("b",)}, True),
        ({"start": "2013-04-01"}, True),  # 30 days in common
        ({"start": "2013-04-02"}, False),  # 29
        ({"kind": "briefing"}, False),
        ({"tracks": ("T2",)}, False),
        ({"tracks": ("T2", "T3")}, True),
        ({"lead_id": "one"}, False),
        ({"status": "cancelled"}, False),
    ],
)
def test_w28_the_same_with_the_same_people(second: dict[str, Any], *, raised: bool) -> None:
    assert bool(found(twice(**second), "W28")) is raised


def test_w28_coordination_answers_it() -> None:
    assert found(twice().link("two", "one", kind="coordination"), "W28") == []
    assert found(twice().link("two", "one", kind="competition"), "W28")


def bypassing(lead: dict[str, Any], **activity: Any) -> ProjectBuilder:
    project = a_project().actor("agency", **{"scope": "international", **lead})
    project.actor("elders", kind="traditional_leader").actor("town", kind="community")
    values = {"title": "Court", "kind": "local_mediation", "lead_id": "elders", "place": "Koro"}
    project.add("activities", "court", **values)
    values = {"title": "Forum", "kind": "community_dialogue", "lead_id": "agency", "place": "koro "}
    return project.add("activities", "forum", **{**values, **activity})


@pytest.mark.parametrize(
    ("lead", "activity", "raised"),
    [
        ({}, {}, True),
        ({"scope": "local"}, {}, False),
        ({"scope": "unknown", "kind": "ingo"}, {}, True),
        ({"scope": "unknown", "kind": "national_ngo"}, {}, False),
        ({}, {"place": "Mopti"}, False),
        ({}, {"participant_ids": ("elders",)}, False),
        ({}, {"kind": "training"}, False),
    ],
)
def test_w37_outsiders_beside_local_work(
    lead: dict[str, Any], activity: dict[str, Any], *, raised: bool
) -> None:
    assert bool(found(bypassing(lead, **activity), "W37")) is raised


def test_w37_a_link_answers_it_and_a_community_is_a_place_too() -> None:
    assert found(bypassing({}).link("agency", "elders"), "W37") == []
    project = bypassing({}, place="", participant_ids=("town",)).link("elders", "town")
    assert severities(project, "W37") == ["medium"]


def asked(activities: int, leads: int, **actor: Any) -> ProjectBuilder:
    project = a_project().actor("women", **{"kind": "womens_organisation", **actor})
    for number in range(activities):
        lead = f"lead{number % leads}"
        project.actor(lead)
        values = {"lead_id": lead, "participant_ids": ("women",), "start": "2013-05-16"}
        project.add("activities", f"c{number}", title=f"C{number}", **values)
    return project


@pytest.mark.parametrize(
    ("project", "raised"),
    [
        (asked(5, 3), True),
        (asked(4, 3), False),
        (asked(5, 2), False),
        (asked(5, 3, kind="un_body"), False),
        (asked(5, 3, scope="international"), False),
    ],
)
def test_w38_people_who_are_asked_too_often(project: ProjectBuilder, *, raised: bool) -> None:
    assert bool(found(project, "W38")) is raised


def test_w38_looks_ahead_ninety_days() -> None:
    assert found(asked(5, 3), "W38", "2013-02-15")  # 90 days before the start
    assert not found(asked(5, 3), "W38", "2013-02-14")


def public(phase: dict[str, Any], **activity: Any) -> ProjectBuilder:
    project = a_project().actor("rebels", conflict_role="primary_party")
    project.add("phases", "p", label="Talks about talks", **{"kind": "pre_talks", **phase})
    values = {"title": "Speech", "kind": "public_statement", "party_ids": ("rebels",)}
    return project.add("activities", "c", **{**values, "start": "2013-02-15", **activity})


@pytest.mark.parametrize(
    ("phase", "activity", "expected"),
    [
        ({"start": "2013", "end": "2013-06"}, {}, ["medium"]),
        ({"start": "2013-05", "end": "2013-06"}, {"start": "2013-05-20"}, ["low"]),
        ({"start": "2013-05-20"}, {"start": "2013-05-19", "end": "2013-05-19"}, []),  # before
        ({"start": "2013-05-20"}, {"start": "2013-05-19", "end": "2013-05-20"}, ["low"]),
        ({"start": "2013-05", "end": "2013-05-20"}, {"start": "2013-05-20"}, ["low"]),
        ({"start": "2013-05", "end": "2013-05-20"}, {"start": "2013-05-21"}, []),  # after
        ({"kind": "talks"}, {}, []),
        ({}, {"party_ids": ()}, []),
        ({}, {"party_ids": (), "participant_ids": ("rebels",)}, ["medium"]),
        ({}, {"kind": "learning_space"}, ["medium"]),
        ({}, {"kind": "dialogue_forum"}, ["medium"]),
        ({}, {"kind": "dialogue_forum", "tlp": "AMBER+STRICT"}, []),
        ({}, {"kind": "training"}, []),
    ],
)
def test_w39_public_steps_in_a_confidential_phase(
    phase: dict[str, Any], activity: dict[str, Any], expected: list[str]
) -> None:
    assert severities(public(phase, **activity), "W39") == expected


def signed(end: str, kind: str = "monitoring", date: str = "2013-03-01") -> ProjectBuilder:
    project = a_project().add("milestones", "m", label="Accord", kind="agreement", date=date)
    return project.add("activities", "c", title="C", kind=kind, start="2013", end=end)


@pytest.mark.parametrize(
    ("project", "expected"),
    [
        (signed("2014-03-01"), []),  # day 365
        (signed("2014-02-28"), ["medium"]),
        (signed("2015", kind="negotiation_round"), ["medium"]),
        (signed("2013", date="2012-02-15"), []),  # agreed 366 days ago: its year is over
        (signed("2012-12-31", date="2012-02-16"), ["medium"]),
        (signed("2013").add("funding", "f", start="2013", end="2014-03-01"), []),
    ],
)
def test_w40_nothing_after_the_signature(project: ProjectBuilder, expected: list[str]) -> None:
    assert severities(project, "W40") == expected


def test_w40_without_an_agreement_there_is_nothing_to_support() -> None:
    assert found(a_project(), "W40") == []
    phase = a_project().add("phases", "p", label="Accord", kind="agreement", start="2013-01")
    assert severities(phase, "W40") == ["medium"]
