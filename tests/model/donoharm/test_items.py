"""The shipped items: forty, complete, each with a considered flag rule."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from model.codes import CHECKLIST_ANSWERS, LEVELS, PHASE_KINDS, THIRD_PARTY_ROLES
from model.commands.checklist import add_items, own_items
from model.donoharm.assessment import Assessor
from model.donoharm.items import SCOPES, all_items, shipped_items
from model.donoharm.sets import SET_IDS, item_set
from tests.builders import a_project


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
    assert set(SCOPES) == {"project", "actor", "linkage", "activity"}


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
    assert {one.scope for one in chosen.items} <= set(SCOPES)
    assert all(one.question.endswith("?") and one.why.endswith(".") for one in chosen.items)


def test_items_for_invitations_and_exports_are_asked_where_they_belong() -> None:
    project = a_project().actor("a").actor("b").link("a", "b", kind="participation")
    project.link("b", "a", kind="coordination")
    for scope in ("invitation", "export"):
        project.add("checklist_items", scope, title=f"About the {scope}", scope=scope)
    assessor = Assessor(project.document(), date(2013, 2, 15))

    def asked(scope: str, target: str = "") -> set[str]:
        return {one.item.id for one in assessor.assess(scope, target).standings}

    assert "export" in asked("project")
    assert "invitation" in asked("linkage", "a>b")
    assert "invitation" not in asked("linkage", "b>a")


def test_an_answer_about_a_target_of_another_scope_is_shown_there() -> None:
    project = a_project().actor("a")
    about = {"scope": "actor", "target_table": "actors", "target_id": "a", "answer": "no"}
    project.add("answers", "x", item_id="DNH-01", **about)
    assessor = Assessor(project.document(), date(2013, 2, 15))
    shown = {one.item.id: one.state for one in assessor.assess("actor", "a").standings}
    assert shown["DNH-01"] == "flag"
    assert "DNH-02" not in shown
