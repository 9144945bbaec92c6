"""The shipped items: forty, complete, each with a considered flag rule."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from model.codes import CHECKLIST_ANSWERS, LEVELS, PHASE_KINDS, THIRD_PARTY_ROLES
from model.commands.checklist import (
    add_items,
    add_own_item,
    answer_item,
    move_item,
    own_items,
    retire_item,
)
from model.donoharm.assessment import Assessor
from model.donoharm.items import SCOPES, all_items, shipped_items
from model.donoharm.sets import SET_IDS, ItemSet, item_set, set_as_text, set_from_text
from model.history import History
from model.refusals import Refusal
from tests.builders import a_project

if TYPE_CHECKING:
    from model.document import Document


def test_forty_items_keep_their_ids_and_scopes() -> None:
    items = shipped_items()
    assert [item.id for item in items] == [f"DNH-{number:02d}" for number in range(1, 41)]
    scopes = Counter(item.scope for item in items)
    assert scopes == {"project": 19, "activity": 11, "actor": 7, "linkage": 3}


def test_every_item_explains_itself() -> None:
    for item in shipped_items():
        assert item.question.endswith("?"), item.id
        assert item.why.endswith("."), item.id
        assert item.title
        assert item.source
        assert item.evidence_prompt
        assert item.flag_when


def test_flag_rules_use_known_codes_only() -> None:
    for item in shipped_items():
        rule = item.flag
        assert rule.answers
        assert set(rule.answers) <= set(CHECKLIST_ANSWERS.codes) - {"na"}, item.id
        assert not {"yes", "no"} <= set(rule.answers), item.id
        assert set(rule.phases) <= set(PHASE_KINDS.codes)
        assert set(rule.levels) <= set(LEVELS.codes)
        assert set(rule.roles) <= set(THIRD_PARTY_ROLES.codes)
        assert set(item.phases) <= set(PHASE_KINDS.codes)


def test_own_items_stand_beside_the_shipped_ones() -> None:
    project = a_project().add(
        "checklist_items", "own", title="Weather", scope="actor", question="Is it raining?"
    )
    document = project.document()
    assert len(all_items(document)) == 41
    assessment = Assessor(document, date(2013, 2, 15)).assess("actor")
    assert [one.item.id for one in assessment.standings][-1] == "own"
    assert set(SCOPES) == {"project", "actor", "linkage", "activity", "export"}


def test_an_item_is_asked_in_its_phases_and_when_no_phase_is_known() -> None:
    item = next(one for one in shipped_items() if one.id == "DNH-05")
    assert item.phases == ("pre_talks",)
    assert item.is_asked(frozenset({"pre_talks", "conflict"}))
    assert not item.is_asked(frozenset({"talks"}))
    assert item.is_asked(frozenset())
    assert item.is_asked(frozenset({"unknown"}))


@pytest.mark.parametrize("set_id", SET_IDS)
def test_sets_can_be_taken_over_and_passed_on(set_id: str) -> None:
    chosen = item_set(set_id)
    document = a_project().document()
    assert add_items(document, chosen.items) == len(chosen.items)
    assert add_items(document, chosen.items) == 0
    assert own_items(document) == chosen.items
    assert {one.scope for one in chosen.items} <= {*SCOPES, "invitation"}
    passed_on = set_from_text(set_as_text(ItemSet("Ours", own_items(document))), "ours.json")
    assert passed_on.items == chosen.items
    assert all(one.question.endswith("?") and one.why.endswith(".") for one in chosen.items)


def test_items_for_invitations_and_exports_are_asked_where_they_belong() -> None:
    project = a_project().actor("a").actor("b").link("a", "b", kind="participation")
    project.link("b", "a", kind="coordination")
    for scope in ("invitation", "export"):
        project.add("checklist_items", scope, title=f"About the {scope}", scope=scope)
    assessor = Assessor(project.document(), date(2013, 2, 15))

    def asked(scope: str, target: str = "") -> set[str]:
        return {one.item.id for one in assessor.assess(scope, target).standings}

    assert "export" in asked("export")
    assert "export" not in asked("project")
    assert "DNH-01" not in asked("export")
    assert "invitation" in asked("linkage", "a>b")
    assert "invitation" not in asked("linkage", "b>a")


def test_an_answer_about_exports_is_no_answer_about_the_project() -> None:
    project = a_project().add("checklist_items", "x", title="Readers", scope="export")
    document = project.document()
    answer_item(document, "x", "export", "", answer="no")
    assessor = Assessor(document, date(2013, 2, 15))
    assert [one.state for one in assessor.assess("export").standings] == ["flag"]
    assert assessor.assess("project").answered == 0
    assert [flag.item.id for flag in assessor.open_flags()] == ["x"]


def three_items() -> Document:
    document = a_project().actor("a").document()
    for title in ("First", "Second", "Third"):
        add_own_item(document, "actor", title)
    add_own_item(document, "project", "Elsewhere")
    return document


def titles(document: Document) -> list[str]:
    standings = Assessor(document, date(2013, 2, 15)).assess("actor", "a").standings
    return [one.item.title for one in standings if not one.item.id.startswith("DNH")]


def test_own_items_are_put_in_order_and_undone() -> None:
    document = three_items()
    history = History(document)
    last = next(i for i, one in document.table("checklist_items").items() if one.title == "Third")  # type: ignore[attr-defined]
    assert move_item(document, last, -1)
    assert titles(document) == ["First", "Third", "Second"]
    assert move_item(document, last, -1)
    assert not move_item(document, last, -1)
    assert titles(document) == ["Third", "First", "Second"]
    history.undo()
    history.undo()
    assert titles(document) == ["First", "Second", "Third"]


def test_a_retired_item_is_asked_no_more_and_its_answer_stays() -> None:
    document = three_items()
    first = next(iter(document.table("checklist_items")))
    answer_item(document, first, "actor", "a", answer="no")
    retire_item(document, first, retired=True)
    assert titles(document) == ["Second", "Third"]
    assert Assessor(document, date(2013, 2, 15)).open_flags() == ()
    assert len(document.answers) == 1
    assert [one.title for one in own_items(document)] == ["Second", "Third", "Elsewhere"]
    retire_item(document, first, retired=False)
    assert titles(document) == ["First", "Second", "Third"]
    assert len(Assessor(document, date(2013, 2, 15)).open_flags()) == 1


@pytest.mark.parametrize(
    ("answers", "answer", "mitigation", "state"),
    [
        (("no",), "no", "", "flag"),
        (("yes", "unknown"), "no", "", "fine"),
        (("yes", "unknown"), "yes", "", "flag"),
        (("yes", "unknown"), "yes", "Two rooms", "fine"),
        (("no",), "no", "Two rooms", "flag"),
    ],
)
def test_own_items_say_which_answers_are_flags(
    answers: tuple[str, ...], answer: str, mitigation: str, state: str
) -> None:
    project = a_project().add("checklist_items", "x", title="Guards", flag_answers=answers)
    document = project.document()
    answer_item(document, "x", "project", "", answer=answer, mitigation=mitigation)
    standings = Assessor(document, date(2013, 2, 15)).assess("project").standings
    assert next(one.state for one in standings if one.item.id == "x") == state


def test_confidential_items_stay_behind() -> None:
    project = a_project().add("checklist_items", "x", title="Secret", question="?", tlp="RED")
    project.add("checklist_items", "y", title="Known", question="Known?", tlp="AMBER")
    assert [one.title for one in own_items(project.document())] == ["Known"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"not json", "not a set"),
        (b"\xff\xfe", "not a set"),
        (b'{"title": "x"}', "not a set"),
        (b'{"title": "x", "items": [{"title": "a", "scope": "actor"}]}', "not a set"),
        (
            b'{"title": "x", "items": [{"title": "a", "scope": "actor", "question": " "}]}',
            "item 1: it needs a title and a question",
        ),
        (
            b'{"title": "x", "items": [{"title": "a", "scope": "village", "question": "b?"}]}',
            "“village” is not one of project, actor",
        ),
        (b"[" * 100_000, "not a set"),
        (b" " * 1_000_001, "too large"),
    ],
)
def test_files_that_are_no_sets_are_refused_with_the_place(text: bytes, reason: str) -> None:
    with pytest.raises(Refusal, match=reason) as caught:
        set_from_text(text, "ours.json")
    assert caught.value.message.startswith("ours.json")


def test_an_answer_about_a_target_of_another_scope_is_shown_there() -> None:
    project = a_project().actor("a")
    about = {"scope": "actor", "target_table": "actors", "target_id": "a", "answer": "no"}
    project.add("answers", "x", item_id="DNH-01", **about)
    assessor = Assessor(project.document(), date(2013, 2, 15))
    shown = {one.item.id: one.state for one in assessor.assess("actor", "a").standings}
    assert shown["DNH-01"] == "flag"
    assert "DNH-02" not in shown
