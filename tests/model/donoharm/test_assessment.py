"""Which answers are flags, which are old, and what counts as progress."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from model.donoharm.assessment import Assessor, Standing
from tests.builders import ProjectBuilder, a_project

if TYPE_CHECKING:
    from model.donoharm.assessment import Assessment

DAY = date(2013, 2, 15)


def project(phase: str = "talks") -> ProjectBuilder:
    builder = a_project().actor("elder", level="grassroots").actor("other").link("elder", "other")
    builder.add("activities", "talk", title="Talk")
    return builder.add("phases", "now", label="Now", kind=phase)


TARGETS = {"actor": ("actors", "elder"), "linkage": ("linkages", "elder>other")}
TARGETS |= {"activity": ("activities", "talk"), "project": ("", "")}


def answered(
    builder: ProjectBuilder, item_id: str, scope: str, answer: str, **fields: Any
) -> Assessment:
    table, target = TARGETS[scope]
    values = {"item_id": item_id, "scope": scope, "target_table": table, "target_id": target}
    builder.add("answers", "answer", **values, answer=answer, **fields)
    return Assessor(builder.document(), DAY).assess(scope, target)


def standing(assessment: Assessment, item_id: str) -> Standing:
    return next(one for one in assessment.standings if one.item.id == item_id)


@pytest.mark.parametrize(
    ("item_id", "scope", "answer", "state"),
    [
        ("DNH-01", "project", "no", "flag"),
        ("DNH-01", "project", "partly", "fine"),
        ("DNH-02", "project", "unknown", "flag"),
        ("DNH-02", "project", "yes", "fine"),
        ("DNH-16", "project", "partly", "flag"),
        ("DNH-08", "activity", "unknown", "flag"),
        ("DNH-28", "activity", "yes", "flag"),
        ("DNH-28", "activity", "no", "fine"),
        ("DNH-28", "activity", "na", "set_aside"),
        ("DNH-12", "linkage", "partly", "flag"),
        ("DNH-06", "linkage", "unknown", "flag"),
        ("DNH-09", "actor", "unknown", "flag"),
    ],
)
def test_which_answers_are_flags(item_id: str, scope: str, answer: str, state: str) -> None:
    assessment = answered(project(), item_id, scope, answer)
    assert standing(assessment, item_id).state == state


def test_a_mitigation_lowers_some_flags() -> None:
    assert standing(answered(project(), "DNH-18", "activity", "yes"), "DNH-18").state == "flag"
    eased = answered(project(), "DNH-18", "activity", "yes", mitigation="Two rooms")
    assert standing(eased, "DNH-18").state == "fine"
    blank = answered(project(), "DNH-18", "activity", "yes", mitigation="  ")
    assert standing(blank, "DNH-18").state == "flag"
    stays = answered(project(), "DNH-08", "activity", "no", mitigation="Hope")
    assert standing(stays, "DNH-08").state == "flag"


def test_flags_can_depend_on_phase_level_role_and_crowd() -> None:
    later = answered(project("agreement"), "DNH-06", "linkage", "no")
    assert standing(later, "DNH-06").state == "fine"
    top = project().actor("elder", level="top")
    assert standing(answered(top, "DNH-09", "actor", "yes"), "DNH-09").state == "fine"
    assert standing(answered(project(), "DNH-25", "actor", "yes"), "DNH-25").state == "fine"
    mediator = project().add("roles", "r", actor_id="elder", role="facilitator")
    assert standing(answered(mediator, "DNH-25", "actor", "yes"), "DNH-25").state == "flag"
    crowd = project()
    for number in range(4):
        crowd.actor(f"x{number}").add("roles", f"r{number}", actor_id=f"x{number}", role="host")
    assert standing(answered(crowd, "DNH-01", "project", "partly"), "DNH-01").state == "flag"


@pytest.mark.parametrize(
    ("fields", "state", "overdue"),
    [
        ({"review_date": "2013-01-16"}, "fine", 0),  # 30 days, the limit during talks
        ({"review_date": "2013-01-15"}, "stale", 1),
        ({"review_date": "2013-02-01", "next_review": "2013-02-14"}, "stale", 1),
        ({"review_date": "2013-02-01", "next_review": "2013-02-15"}, "fine", 0),
        ({}, "fine", 0),
    ],
)
def test_answers_grow_old(fields: dict[str, str], state: str, overdue: int) -> None:
    found = standing(answered(project(), "DNH-02", "project", "yes", **fields), "DNH-02")
    assert (found.state, found.overdue_days) == (state, overdue)


def test_a_flag_stays_a_flag_when_it_is_old() -> None:
    old = answered(project(), "DNH-02", "project", "no", review_date="2010")
    assert standing(old, "DNH-02").state == "flag"
    assert standing(old, "DNH-02").overdue_days > 0


def test_progress_counts_what_is_asked_now_or_answered_anyway() -> None:
    blank = Assessor(project().document(), DAY).assess("project")
    assert blank.answered == 0
    other = blank.count("other_phase")
    assert other == 2  # right number at the table: pre-talks; after the signature: later
    assert blank.total == 19 - other
    early = answered(project(), "DNH-05", "project", "yes")
    assert (early.answered, early.total) == (1, blank.total + 1)


def test_open_flags_of_the_whole_project() -> None:
    builder = project()
    for number, (item, scope, answer) in enumerate(
        [("DNH-02", "project", "no"), ("DNH-08", "activity", "no"), ("DNH-12", "linkage", "yes")]
    ):
        table, target = TARGETS[scope]
        builder.add(
            "answers",
            f"a{number}",
            item_id=item,
            scope=scope,
            target_table=table,
            target_id=target,
            answer=answer,
        )
    flags = Assessor(builder.document(), DAY).open_flags()
    assert [(one.item.id, one.answer.target_id) for one in flags] == [
        ("DNH-02", ""),
        ("DNH-08", "talk"),
    ]
