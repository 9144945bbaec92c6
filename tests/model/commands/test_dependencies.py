"""Stating what waits for what: complete, without circles, and nothing unseen is left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from model.commands.dependencies import Statement, state_dependency
from model.dates import parse_date
from model.refusals import Refusal
from tests.builders import a_project

if TYPE_CHECKING:
    from model.document import Document

A, B, M = ("activities", "a"), ("activities", "b"), ("milestones", "m")


@pytest.fixture
def plan() -> Document:
    return (
        a_project()
        .add("activities", "a", title="Talks")
        .add("activities", "b", title="Training")
        .add("milestones", "m", label="Signing")
        .document()
    )


def test_each_kind_keeps_what_it_needs_and_nothing_else(plan: Document) -> None:
    every: dict[str, Any] = {
        "target": A,
        "other": B,
        "lag_days": 14,
        "date": parse_date("2014-03"),
        "condition": " Track I stalls ",
        "met": "no",
    }
    waiting = state_dependency(plan, Statement(kind="finish_start", **every))
    assert (waiting.other_id, waiting.date, waiting.condition) == ("b", None, "")
    assert (waiting.lag_days, waiting.met) == (14, "unknown")
    dated = state_dependency(plan, Statement(kind="not_before", **every))
    assert (dated.other_id, dated.date) == ("", parse_date("2014-03"))
    conditional = state_dependency(plan, Statement(kind="only_if", **every))
    assert (conditional.condition, conditional.met) == ("Track I stalls", "no")
    changed = state_dependency(
        plan, Statement(target=A, other=M, kind="start_start"), conditional.id
    )
    assert (changed.condition, changed.other_table, changed.met) == ("", "milestones", "unknown")
    assert len(plan.dependencies) == 3


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (Statement(target=A), "Choose what it waits for"),
        (Statement(target=A, kind="not_before"), "Write the date"),
        (Statement(target=A, kind="only_if", condition="  "), "Write what must be the case"),
        (Statement(target=A, other=A), "wait for itself"),
    ],
)
def test_what_its_kind_needs_is_asked_for(
    plan: Document, statement: Statement, reason: str
) -> None:
    with pytest.raises(Refusal, match=reason):
        state_dependency(plan, statement)
    assert not plan.dependencies


def test_circles_are_refused_also_when_one_is_changed_into_one(plan: Document) -> None:
    state_dependency(plan, Statement(target=B, other=A))
    last = state_dependency(plan, Statement(target=M, other=B))
    with pytest.raises(Refusal, match="waits for it already"):
        state_dependency(plan, Statement(target=A, other=M))
    with pytest.raises(Refusal, match="waits for it already"):
        state_dependency(plan, Statement(target=A, other=M, kind="start_start"), last.id + "x")
    turned = state_dependency(plan, Statement(target=A, other=M, kind="not_before",
                                              date=parse_date("2014")), last.id)  # fmt: skip
    assert turned.other_id == ""


def test_the_same_is_not_stated_twice_but_two_conditions_are(plan: Document) -> None:
    state_dependency(plan, Statement(target=B, other=A))
    with pytest.raises(Refusal, match="already"):
        state_dependency(plan, Statement(target=B, other=A, lag_days=3))
    for condition in ("Track I stalls", "both parties agree"):
        state_dependency(plan, Statement(target=B, kind="only_if", condition=condition))
    assert len(plan.dependencies) == 3
