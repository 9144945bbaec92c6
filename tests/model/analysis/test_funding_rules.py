"""W06 to W10 and W12."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import ProjectBuilder, a_project
from tests.model.analysis.asking import found, severities


def work(*lines: tuple[str | None, str | None], **activity: Any) -> ProjectBuilder:
    values = {"title": "Work", "kind": "training", "start": "2012", "end": "2013-12-31", **activity}
    project = a_project().add("activities", "work", **values)
    for number, (start, end) in enumerate(lines):
        project.add("funding", f"line{number}", activity_ids=("work",), start=start, end=end)
    return project


@pytest.mark.parametrize(
    ("line_end", "expected"),
    [
        ("2013-12-31", []),
        ("2014", []),
        (None, []),
        ("open", []),
        ("2013-12-30", ["medium"]),  # 1 day
        ("2013-07-04", ["medium"]),  # 180 days
        ("2013-07-03", ["high"]),  # 181 days
        ("2013", []),  # a year lasts to its last day
    ],
)
def test_w06_days_beyond_the_last_line(line_end: str | None, expected: list[str]) -> None:
    assert severities(work(("2012", line_end)), "W06") == expected


def test_w06_says_how_long() -> None:
    [finding] = found(work(("2012", "2013-11-30"), ("2012", "2013-12-30")), "W06")
    assert finding.figures["gap_days"] == 1
    assert finding.message == "“Work” runs 1 day beyond its last funding line (2013-12-30)."


def test_w06_an_end_of_a_month_is_its_last_day() -> None:
    assert found(work(("2012", "2013-11"), end="2013-11"), "W06") == []


def test_w06_work_without_end_outlives_every_line_that_has_one() -> None:
    [finding] = found(work(("2012", "2013-12-31"), end=None), "W06")
    assert finding.severity == "high"
    assert finding.figures["gap_days"] is None


def test_w06_one_off_kinds_last_for_their_start() -> None:
    signing = work(("2012", "2013-12-31"), kind="signing", start="2013-10-15", end=None)
    assert found(signing, "W06") == []


def test_w06_without_any_line_is_another_rules_business() -> None:
    assert found(work(), "W06") == []


def test_w06_looks_ahead_but_not_back() -> None:
    assert found(work(("2014", "2014-06"), start="2014", end="2014"), "W06")
    assert not found(work(("2010", "2011"), start="2010", end="2012"), "W06")


@pytest.mark.parametrize(
    ("second_start", "days"),
    [("2013-03-02", None), ("2013-03-03", 30), ("2013-04-01", 59)],
)
def test_w07_holes_between_lines(second_start: str, days: int | None) -> None:
    found_ = found(work(("2012", "2013-01-31"), (second_start, "2014")), "W07")
    assert [one.figures["days"] for one in found_] == ([] if days is None else [days])


def test_w07_a_third_line_can_fill_the_hole() -> None:
    project = work(("2012", "2013-01-31"), ("2013-06", "2014"), ("2013-01", "2013-06"))
    assert found(project, "W07") == []


def test_w08_plans_that_cost_money() -> None:
    plan = {"start": "2014", "end": "2014"}
    assert severities(work(**plan), "W08") == ["low"]
    assert found(work(("2014", "2014"), **plan), "W08") == []
    assert found(work(**plan, kind="signing"), "W08") == []
    assert found(work(start="2013-02-15", end="2014"), "W08") == []
    assert found(work(start="2013-02-16", end="2014"), "W08")


def carried(end: str | None) -> ProjectBuilder:
    project = a_project().actor("lead").add("processes", "one", name="One", lead_id="lead")
    return project.add("funding", "line", recipient_id="lead", start="2012", end=end)


@pytest.mark.parametrize(
    ("end", "expected"),
    [("2014-02-14", ["medium"]), ("2014-02-15", []), (None, []), ("2013-02-14", [])],
)
def test_w09_the_horizon_of_those_who_carry_a_process(end: str | None, expected: list[str]) -> None:
    assert severities(carried(end), "W09") == expected


def test_w09_counts_mediation_support_of_this_process() -> None:
    project = carried("2013-03").actor("support")
    project.add("funding", "more", recipient_id="support", start="2012", end="2020")
    assert found(project, "W09")
    project.add("roles", "r", actor_id="support", role="mediation_support", process_id="one")
    assert not found(project, "W09")


def third_parties(count: int) -> ProjectBuilder:
    project = a_project()
    for number in range(count):
        project.actor(f"a{number}")
        project.add("roles", f"r{number}", actor_id=f"a{number}", role="monitor")
    return project


def test_w10_three_third_parties_and_no_coordination_money() -> None:
    assert found(third_parties(2), "W10") == []
    assert severities(third_parties(3), "W10") == ["low"]
    paid = third_parties(3).add("funding", "f", includes_coordination_budget="yes", start="2012")
    assert found(paid, "W10") == []
    over = third_parties(3).add("funding", "f", includes_coordination_budget="yes", end="2012")
    assert found(over, "W10")


def test_w12_all_lines_earmarked() -> None:
    project = a_project().actor("a")
    project.add("funding", "f1", recipient_id="a", earmarking="earmarked")
    assert found(project, "W12") == []
    project.add("funding", "f2", recipient_id="a", earmarking="tightly_earmarked", flexible="no")
    assert severities(project, "W12") == ["low"]
    project.add("funding", "f2", recipient_id="a", earmarking="earmarked", flexible="yes")
    assert found(project, "W12") == []
