"""W19 to W21, and the rule about single brokers, W27."""

from __future__ import annotations

import pytest

from tests.builders import ProjectBuilder, a_project
from tests.model.analysis.asking import DAY, found, severities, subjects


def rotation(end: str, milestone: str) -> ProjectBuilder:
    project = a_project().add("milestones", "signing", label="Signing", date=milestone)
    return project.add("postings", "post", office="Envoy", end=end)


@pytest.mark.parametrize(
    ("end", "milestone", "expected"),
    [
        ("2013-06-01", "2013-08-30", ["medium"]),  # 90 days
        ("2013-06-01", "2013-08-31", []),  # 91 days
        ("2013-06-01", "2013-07-01", ["high"]),  # 30 days
        ("2013-06-01", "2013-07-02", ["medium"]),  # 31 days
        ("2013-06-10", "2013-06", ["high"]),  # inside the month
        ("2013", "2013-12-31", []),  # a year is too vague
        ("about 2013-06", "2013-06-30", []),
        ("2013-06-01", "2013", []),
        ("2012-06-01", "2012-06-02", []),  # both past
        ("2013-02-01", "2013-03-01", ["high"]),
    ],
)
def test_w19_changes_near_a_milestone(end: str, milestone: str, expected: list[str]) -> None:
    assert severities(rotation(end, milestone), "W19") == expected


def test_w19_the_border_of_a_phase_counts_too() -> None:
    project = a_project().add("postings", "post", office="Envoy", start="2013-05-01")
    project.add("phases", "talks", label="Talks", kind="talks", start="2013-05-01")
    [finding] = found(project, "W19")
    assert finding.targets == (("postings", "post"), ("phases", "talks"))
    assert finding.figures == {"days": 0}


def office(end: str, next_start: str | None = None) -> ProjectBuilder:
    project = a_project().add("postings", "old", office="Envoy", start="2010", end=end)
    if next_start:
        project.add("postings", "new", office="envoy", start=next_start)
    return project


@pytest.mark.parametrize(
    ("end", "next_start", "days"),
    [
        ("2013-01-16", None, None),  # 30 days
        ("2013-01-15", None, 31),
        ("2013-02-10", "2013-06-10", 120),
        ("2013-02-10", "2013-03-12", None),  # 30 days
        ("2012-01-01", "2013-02-15", None),  # filled today
        ("2013", None, None),  # may last to the end of the year
    ],
)
def test_w20_empty_offices(end: str, next_start: str | None, days: int | None) -> None:
    gaps = [one.figures["days"] for one in found(office(end, next_start), "W20")]
    assert gaps == ([] if days is None else [days])


def test_w20_offices_of_different_institutions_are_different_offices() -> None:
    project = a_project().actor("a").actor("b")
    project.add("postings", "p1", office="Ambassador", institution_id="a", end="2012")
    project.add("postings", "p2", office="Ambassador", institution_id="b", start="2012")
    assert subjects(project, "W20") == ["p1"]


def keeper(end: str, *, facilitates: bool = True) -> ProjectBuilder:
    project = a_project().actor("institution").actor("party")
    project.add("postings", "post", office="Envoy", institution_id="institution", end=end)
    kind = "facilitation" if facilitates else "hosting"
    return project.link("institution", "party", kind=kind)


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (DAY, ["info"]),
        ("2013-08-13", ["info"]),  # 179 days
        ("2013-08-14", []),  # 180 days
        ("2013-02-14", []),
        ("open", []),
    ],
)
def test_w21_postings_that_end_soon(end: str, expected: list[str]) -> None:
    assert severities(keeper(end), "W21") == expected


def test_w21_only_when_something_hangs_on_it() -> None:
    assert found(keeper("2013-03", facilitates=False), "W21") == []
    kept = keeper("2013-03", facilitates=False)
    kept.link("institution", "party", record_id="line", kind="negotiation", keeper_id="post")
    assert found(kept, "W21")


def bridge(tracks: tuple[str, ...] = ("T3",), size: int = 2) -> ProjectBuilder:
    """A triangle of officials, a broker, and a chain of others behind it."""
    project = a_project().actor("broker", tracks=("T1",))
    for name in ("x", "y", "z"):
        project.actor(name, tracks=("T1",))
    project.link("x", "y").link("y", "z").link("z", "x").link("broker", "x").link("broker", "y")
    before = "broker"
    for number in range(size):
        project.actor(f"far{number}", tracks=tracks).link(before, f"far{number}")
        before = f"far{number}"
    return project


def test_w27_names_whom_the_broker_cuts_off() -> None:
    [finding] = found(bridge(), "W27")
    assert finding.severity == "medium"
    assert finding.targets == (("actors", "broker"), ("actors", "far0"), ("actors", "far1"))
    assert finding.figures == {"cut_off": 2, "is_party": False, "leaves_soon": False}


def test_w27_needs_a_group_with_somebody_below_track_one() -> None:
    assert found(bridge(size=1), "W27") == []
    assert found(bridge(tracks=("T1",)), "W27") == []


def test_w27_hostile_links_hold_nothing_together() -> None:
    tied = bridge().link("far1", "z", kind="adversarial")
    assert found(tied, "W27")
    assert not found(bridge().link("far1", "z", kind="coordination"), "W27")


@pytest.mark.parametrize(
    ("end", "expected"),
    [("2013-08-14", "high"), ("2013-08-15", "medium"), ("2013-02-14", "medium")],
)
def test_w27_weighs_more_when_a_posting_ends(end: str, expected: str) -> None:
    project = bridge().add("postings", "p", office="Head", institution_id="broker", end=end)
    assert severities(project, "W27") == [expected]


def test_w27_tells_when_the_broker_is_a_party() -> None:
    project = bridge().actor("broker", tracks=("T1",), conflict_role="primary_party")
    assert found(project, "W27")[0].figures["is_party"] is True
