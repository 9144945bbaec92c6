"""W35, W36, W41, W42, W43: decisions, trust, reviews, labels and what warnings rest on."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from model.analysis.engine import findings
from model.analysis.rules import RULES
from model.analysis.rules.evidence import NO_CLAIMS
from tests.builders import ProjectBuilder, a_project
from tests.model.analysis.asking import found, severities, subjects


def apart(between: int, **last: Any) -> ProjectBuilder:
    """Two to be kept apart and a chain of agreed linkages through so many others."""
    project = a_project().actor("witness").actor("militia")
    project.link("witness", "militia", record_id="apart", decision="keep_apart", status="idea")
    chain = ["witness", *(f"x{number}" for number in range(between)), "militia"]
    for number, (first, second) in enumerate(pairwise(chain)):
        end = last if number == between else {}
        if first.startswith("x"):
            project.actor(first)
        project.link(first, second, record_id=f"l{number}", **end)
    return project


@pytest.mark.parametrize(
    ("between", "expected"), [(0, "high"), (1, "high"), (2, "medium"), (3, "low"), (6, "low")]
)
def test_w41_weighs_the_length_of_the_way(between: int, expected: str) -> None:
    assert severities(apart(between), "W41") == [expected]


@pytest.mark.parametrize(
    "last",
    [
        {"status": "planned"},
        {"decision": "wait"},
        {"decision": "keep_apart"},
        {"kind": "adversarial"},
        {"end": "2013-02-14"},
    ],
)
def test_w41_only_agreed_links_in_force_join(last: dict[str, Any]) -> None:
    assert found(apart(1, **last), "W41") == []


def test_w41_names_the_way() -> None:
    [finding] = found(apart(1), "W41")
    assert finding.message.endswith("agreed links join them: witness – x0 – militia.")
    assert finding.targets[0] == ("linkages", "apart")
    assert {("linkages", "l0"), ("linkages", "l1"), ("actors", "x0")} <= set(finding.targets)


def trusting(there: str, back: str, **later: Any) -> ProjectBuilder:
    project = a_project().actor("a").actor("b")
    project.add("trust", "t1", from_id="a", to_id="b", level=there, date="2012")
    project.add("trust", "t2", from_id="b", to_id="a", level=back)
    if later:
        project.add("trust", "t3", **{"from_id": "a", "to_id": "b", "level": "1", **later})
    return project


@pytest.mark.parametrize(
    ("there", "back", "expected"),
    [
        *(("4", "1", 1), ("3", "1", 1), ("2", "1", 0), ("1", "3", 1)),
        *(("4", "unknown", 0), ("unknown", "0", 0)),
    ],
)
def test_w42_trust_that_is_not_returned(there: str, back: str, expected: int) -> None:
    assert len(found(trusting(there, back), "W42")) == expected


def test_w42_the_newest_level_by_the_day_counts() -> None:
    assert found(trusting("4", "1", date="2013-01"), "W42") == []
    assert found(trusting("4", "1", date="2013-03"), "W42")
    [finding] = found(trusting("1", "3"), "W42")
    assert finding.targets[:2] == (("actors", "b"), ("actors", "a"))


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2013-02-15", []),
        ("2013-02-14", ["low"]),
        ("2013-01-17", ["low"]),  # 29 days
        ("2013-01-16", ["medium"]),  # 30 days
        ("2013-02", []),  # a month lasts to its last day
    ],
)
def test_w43_days_past_the_review(due: str, expected: list[str]) -> None:
    answered = a_project().add("answers", "x", item_id="DNH-01", next_review=due)
    assert severities(answered, "W43") == expected
    decided = a_project().actor("a").actor("b").link("a", "b", review_date=due)
    assert severities(decided, "W43") == expected


def test_w43_leaves_ended_links_alone_and_names_what_is_due() -> None:
    gone = a_project().actor("a").actor("b").link("a", "b", review_date="2012", status="ended")
    assert found(gone, "W43") == []
    project = a_project().actor("a")
    about = {"target_table": "actors", "target_id": "a", "scope": "actor"}
    project.add("answers", "x", item_id="DNH-09", next_review="2013-02-13", **about)
    [finding] = found(project, "W43")
    assert (
        finding.message
        == "The review of the answer to DNH-09 for a was due 2013-02-13, 2 days ago."
    )
    assert finding.targets == (("actors", "a"), ("answers", "x"))


@pytest.mark.parametrize(
    ("tlp", "expected"), [("GREEN", ["high"]), ("AMBER", []), ("AMBER+STRICT", [])]
)
def test_w35_what_no_label_makes_public(tlp: str, expected: list[str]) -> None:
    posting = a_project().add("postings", "p", office="Envoy", tlp=tlp)
    assert severities(posting, "W35") == expected
    ends = a_project().actor("a", tlp="CLEAR").actor("b", tlp="CLEAR")
    assert severities(ends.link("a", "b", kind="back_channel", tlp=tlp), "W35") == expected


@pytest.mark.parametrize(("tlp", "expected"), [("AMBER", ["l"]), ("RED", []), ("CLEAR", ["l"])])
def test_w35_a_link_is_no_less_secret_than_its_ends(tlp: str, expected: list[str]) -> None:
    project = a_project().actor("a", tlp="RED").actor("b", tlp="CLEAR")
    assert subjects(project.link("a", "b", record_id="l", tlp=tlp), "W35") == expected


def graded(reliability: str, credibility: str, sources: int = 0) -> list[str]:
    project = a_project().actor("ngo", kind="national_ngo")
    for number in range(sources):
        project.add("sources", f"s{number}", title=f"S{number}")
    project.add(
        "activities",
        "meeting",
        title="Meeting",
        tracks=("T1",),
        participant_ids=("ngo",),
        reliability=reliability,
        credibility=credibility,
        source_ids=tuple(f"s{number}" for number in range(sources)),
    )
    rules = [RULES["W13"], RULES["W36"]]
    found = findings(project.document(), date(2013, 2, 15), rules)
    return [one.message for one in found if one.rule_id == "W36"]


@pytest.mark.parametrize(
    ("grade", "sources", "expected"),
    [
        ("C3", 0, ""),
        ("C3", 2, ""),
        ("C3", 1, "has one source, graded C3"),
        ("B1", 1, ""),
        ("D3", 0, "is graded D3"),
        ("C4", 2, "is graded C4"),
        ("F6", 2, "nobody has graded (F6: not judged)"),
    ],
)
def test_w36_what_a_grave_warning_rests_on(grade: str, sources: int, expected: str) -> None:
    messages = graded(grade[0], grade[1], sources)
    sentence = f"The warning W13 about Meeting rests on a record that {expected}."
    assert messages == ([sentence] if expected else [])


def test_w36_leaves_rules_about_what_is_missing_out() -> None:
    assert {rule.id for rule in RULES.values() if rule.absence} - NO_CLAIMS <= {
        *("W08", "W20", "W24", "W25")
    }
