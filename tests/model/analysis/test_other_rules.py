"""W22, W23 and W26."""

from __future__ import annotations

import pytest

from model.codes import BLIND_SPOTS
from tests.builders import ProjectBuilder, a_project
from tests.model.analysis.asking import found, severities


def categories(project: ProjectBuilder) -> set[object]:
    return {one.figures["category"] for one in found(project, "W22")}


def test_w22_every_category_is_missing_at_first() -> None:
    assert categories(a_project()) == set(BLIND_SPOTS.codes)
    assert set(severities(a_project(), "W22")) == {"medium"}


def test_w22_kind_tag_or_search_closes_a_blind_spot() -> None:
    project = a_project().actor("firm", kind="private_sector")
    project.actor("court", kind="joint_mechanism", blind_spots=("national_mechanism",))
    project.add("searches", "s", category="traditional_leader", date="2013-02-15")
    assert categories(project) == {"local_mechanism"}


def test_w22_later_actors_and_searches_do_not_count_yet() -> None:
    project = a_project().actor("firm", kind="private_sector", start="2013-02-16")
    project.add("searches", "s", category="traditional_leader", date="2013-02-16")
    assert categories(project) == set(BLIND_SPOTS.codes)


def included(link: str = "none") -> ProjectBuilder:
    project = a_project().actor("host").actor("women", kind="womens_organisation")
    project.add("searches", "y", category="youth_organisation", date="2012")
    project.actor("faith", kind="faith_actor").link("faith", "host", kind="coordination")
    if link == "invited":
        project.link("host", "women", kind="participation")
    elif link == "own":
        project.link("women", "host", kind="participation")
    return project


@pytest.mark.parametrize(("link", "count"), [("none", 0), ("invited", 1), ("own", 0)])
def test_w23_groups_that_are_only_invited(link: str, count: int) -> None:
    assert severities(included(link), "W23") == ["low"] * count


def test_w23_groups_that_are_missing() -> None:
    kinds = [one.figures["kind"] for one in found(a_project(), "W23")]
    assert sorted(map(str, kinds)) == ["faith_actor", "womens_organisation", "youth_organisation"]


def reviewed(day: str, phase: str) -> ProjectBuilder:
    project = a_project().add("phases", "p", label="Now", kind=phase)
    return project.add("answers", "a", item_id="DNH-31", review_date=day)


@pytest.mark.parametrize(
    ("phase", "day", "days"),
    [
        ("talks", "2013-01-16", None),  # 30 days
        ("talks", "2013-01-15", 31),
        ("agreement", "2012-11-17", None),  # 90 days
        ("agreement", "2012-11-16", 91),
        ("recovery", "2012-08-19", None),  # 180 days
        ("recovery", "2012-08-18", 181),
        ("talks", "2013-03-01", None),  # not yet done on the day
    ],
)
def test_w26_age_of_the_last_review(phase: str, day: str, days: int | None) -> None:
    ages = [one.figures["days"] for one in found(reviewed(day, phase), "W26")]
    assert ages == ([] if days is None else [days])


def test_w26_the_newest_review_and_the_strictest_phase_count() -> None:
    project = reviewed("2012-08-18", "recovery").add("phases", "q", label="Also", kind="talks")
    assert found(project, "W26")[0].figures["limit"] == 30
    project.add("answers", "b", item_id="DNH-01", review_date="2013-02-01")
    assert found(project, "W26") == []
