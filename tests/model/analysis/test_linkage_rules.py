"""W14 to W16, W18, W24, W25."""

from __future__ import annotations

from typing import Any

import pytest

from model.dates import parse_date
from tests.builders import ProjectBuilder, a_project
from tests.model.analysis.asking import found, severities, subjects


def vertical(top_down: int, bottom_up: int) -> ProjectBuilder:
    project = a_project().actor("up").actor("down")
    for number in range(top_down + bottom_up):
        initiative = "top_down" if number < top_down else "bottom_up"
        project.link("up", "down", record_id=f"l{number}", initiative=initiative)
    return project


@pytest.mark.parametrize(
    ("top_down", "bottom_up", "expected"),
    [(2, 0, []), (3, 0, ["high"]), (4, 1, ["medium"]), (3, 1, []), (0, 3, [])],
)
def test_w14_share_from_the_top(top_down: int, bottom_up: int, expected: list[str]) -> None:
    assert severities(vertical(top_down, bottom_up), "W14") == expected


def below(count: int, links: int) -> ProjectBuilder:
    project = a_project().actor("top", tracks=("T1",))
    for number in range(count):
        project.actor(f"a{number}", tracks=("T2",))
    for number in range(links):
        project.link("a0", f"a{number + 1}", kind="coordination")
    return project


@pytest.mark.parametrize(
    ("count", "links", "expected"),
    [(1, 0, []), (2, 0, ["high"]), (8, 1, ["medium"]), (8, 2, []), (4, 1, [])],
)
def test_w15_horizontal_links(count: int, links: int, expected: list[str]) -> None:
    assert severities(below(count, links), "W15") == expected


def test_w15_counts_peer_kinds_between_actors_below_track_one_only() -> None:
    project = below(2, 0).link("a0", "a1", kind="funding").link("a0", "top", kind="coordination")
    assert severities(project, "W15") == ["high"]


def hanging(alone: int, together: int) -> ProjectBuilder:
    project = a_project().actor("official", tracks=("T1",)).actor("hub", tracks=("T1", "T2"))
    for number in range(alone):
        project.actor(f"alone{number}", tracks=("T2",)).link("official", f"alone{number}")
    for number in range(together):
        project.actor(f"near{number}", tracks=("T3",)).link("hub", f"near{number}")
    return project


def test_w16_share_that_stands_alone_without_track_one() -> None:
    assert severities(hanging(2, 1), "W16") == ["medium"]  # 2 of 4
    assert found(hanging(1, 1), "W16") == []  # 1 of 3
    assert found(a_project().actor("loose", tracks=("T2",)), "W16") == []


def channel(phase: str = "conflict", **link: Any) -> ProjectBuilder:
    project = a_project().actor("a").actor("b").add("phases", "p", label="Now", kind=phase)
    return project.link("a", "b", **{"kind": "communication_channel", **link})


@pytest.mark.parametrize(
    ("phase", "confirmed", "days"),
    [
        ("conflict", "2012-11-17", None),  # 90 days
        ("conflict", "2012-11-16", 91),
        ("talks", "2013-01-16", None),  # 30 days
        ("talks", "2013-01-15", 31),
        ("pre_talks", "2013-01", None),  # the month may mean its last day
    ],
)
def test_w18_days_since_the_last_confirmation(phase: str, confirmed: str, days: int | None) -> None:
    project = channel(phase, last_confirmed=parse_date(confirmed))
    assert [one.figures["days"] for one in found(project, "W18")] == (
        [] if days is None else [days]
    )


def test_w18_a_channel_that_ended_without_another() -> None:
    assert found(channel(), "W18") == []
    assert severities(channel(end="2013-02-14"), "W18") == ["medium"]
    assert severities(channel(status="ended"), "W18") == ["medium"]
    renewed = channel(end="2012").link("b", "a", record_id="new", kind="back_channel")
    assert found(renewed, "W18") == []
    assert found(channel(kind="coordination", end="2012"), "W18") == []


def thoughtless(kind: str = "coordination", **link: Any) -> ProjectBuilder:
    project = a_project().actor("a", tracks=("T2",)).actor("b", tracks=("T2", "T3"))
    project.actor("party", tracks=("T2",), conflict_role="secondary_party")
    project.actor("high", tracks=("T1",))
    values = {"from_id": "a", "to_id": "b", "kind": kind, "status": "planned", **link}
    return project.add("linkages", "link", **values)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ({}, "low"),
        ({"to_id": "party"}, "medium"),
        ({"to_id": "high"}, "medium"),
        ({"status": "active", "start": "2020"}, "low"),
        ({"decision": "keep_apart"}, "low"),
    ],
)
def test_w24_and_w25_weigh_by_whom_the_link_touches(link: dict[str, Any], expected: str) -> None:
    assert severities(thoughtless(**link), "W24") == [expected]
    assert severities(thoughtless(**link), "W25") == [expected]


@pytest.mark.parametrize("link", [{"status": "ended"}, {"status": "active", "end": "2013-02-14"}])
def test_w24_and_w25_leave_ended_links_alone(link: dict[str, Any]) -> None:
    assert found(thoughtless(**link), "W24") == []
    assert found(thoughtless(**link), "W25") == []


def test_w24_and_w25_are_content_with_words_and_not_with_blanks() -> None:
    written = thoughtless(rationale="because", negative_consequences="envy")
    assert found(written, "W24") == []
    assert found(written, "W25") == []
    blank = thoughtless(rationale=" \n", negative_consequences="  ")
    assert subjects(blank, "W24") == ["link"]
    assert subjects(blank, "W25") == ["link"]


def test_w24_a_party_of_a_process_is_a_conflict_party_whatever_its_role() -> None:
    project = thoughtless().add("processes", "p", name="P", party_ids=("b",))
    assert severities(project, "W24") == ["medium"]


def test_w25_is_high_for_a_back_channel() -> None:
    assert severities(thoughtless("back_channel"), "W25") == ["high"]
    assert severities(thoughtless("back_channel"), "W24") == ["low"]
