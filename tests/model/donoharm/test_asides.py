"""Shipped items are set aside with a reason, stay in the record and come back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from model.commands.asides import ask_item_again, set_item_aside
from model.donoharm.assessment import Assessor
from model.donoharm.items import all_items, aside_records, every_item
from model.history import History
from model.records import Decision
from model.redaction import redact
from model.refusals import Refusal
from tests.builders import a_project

if TYPE_CHECKING:
    from model.document import Document

DAY = date(2013, 2, 15)


def asked(project: Document, scope: str = "project") -> list[str]:
    return [one.item.id for one in Assessor(project, DAY).assess(scope).standings]


def set_aside(project: Document, item_id: str = "DNH-01") -> None:
    set_item_aside(project, item_id, reason="No parallel talks", author_role="lead", as_of=DAY)


def test_an_item_set_aside_is_asked_no_more_and_says_why() -> None:
    project = a_project().document()
    history = History(project)
    before = asked(project)
    assert "DNH-01" in before
    set_aside(project)
    assert asked(project) == [one for one in before if one != "DNH-01"]
    assert "DNH-01" in {one.id for one in every_item(project)}
    (why,) = aside_records(project)["DNH-01"]
    assert (why.reason, why.author_role) == ("No parallel talks", "lead")
    (logged,) = project.table("decisions").values()
    assert isinstance(logged, Decision)
    assert "DNH-01" in logged.title
    assert (logged.reason, logged.decided_by) == ("No parallel talks", "lead")
    history.undo()
    assert asked(project) == before


def test_it_comes_back_with_its_answer_and_the_log_keeps_both() -> None:
    project = (
        a_project()
        .add("answers", "a", item_id="DNH-01", answer="yes", review_date="2013-02-01")
        .document()
    )
    set_aside(project)
    assert project.answers["a"].answer == "yes"
    ask_item_again(project, "DNH-01", as_of=DAY)
    assert not aside_records(project)
    standings = {one.item.id: one for one in Assessor(project, DAY).assess("project").standings}
    assert standings["DNH-01"].answer is not None
    assert len(project.table("decisions")) == 2
    ask_item_again(project, "DNH-01", as_of=DAY)
    assert len(project.table("decisions")) == 2


@pytest.mark.parametrize(("reason", "role"), [("", "lead"), ("because", " ")])
def test_reason_and_role_are_asked_for(reason: str, role: str) -> None:
    project = a_project().document()
    with pytest.raises(Refusal):
        set_item_aside(project, "DNH-01", reason=reason, author_role=role, as_of=DAY)
    with pytest.raises(Refusal, match="no item"):
        set_item_aside(project, "DNH-99", reason="x", author_role="y", as_of=DAY)
    assert len(all_items(project)) == 40


def test_an_open_red_flag_cannot_be_set_aside_nor_hidden() -> None:
    project = (
        a_project()
        .add("answers", "a", item_id="DNH-01", answer="no", review_date="2013-02-01")
        .document()
    )
    assert Assessor(project, DAY).open_flags()
    with pytest.raises(Refusal, match="open red flag"):
        set_aside(project)
    with project.edit("as an import could") as edit:
        edit.change("answers", "a", answer="yes")
    set_aside(project)
    with project.edit("as an import could") as edit:
        edit.change("answers", "a", answer="no")
    assert [one.item.id for one in Assessor(project, DAY).open_flags()] == ["DNH-01"]


def test_a_copy_keeps_the_number_and_withholds_a_reason_above_its_audience() -> None:
    project = a_project().document()
    set_aside(project)
    set_aside(project, "DNH-02")
    (mute,) = aside_records(project)["DNH-02"]
    with project.edit("label") as edit:
        edit.change("mutes", mute.id, tlp="CLEAR")
    copy = redact(project, "GREEN").snapshot()
    assert set(aside_records(copy)) == {"DNH-02"}
