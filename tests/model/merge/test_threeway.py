from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from model.dates import parse_date
from model.document import Document
from model.history import History
from model.integrity import check_content
from model.merge.conflicts import open_conflicts
from model.merge.resolving import open_plan, resolve
from model.merge.threeway import Base, MergePlan, merge
from model.records import Actor, ExternalRef, OpenConflict
from model.refusals import Refusal
from tests.model.merge.edits import base_content

if TYPE_CHECKING:
    from model.document import Content

BASE = base_content()


def changed(table: str, record_id: str, content: Content = BASE, **fields: Any) -> Content:
    record = msgspec.structs.replace(content[table][record_id], **fields)
    return {**content, table: {**content[table], record_id: record}}


def without(table: str, *ids: str, content: Content = BASE) -> Content:
    document = Document(content)
    from model.commands.records import remove_records

    remove_records(document, table, ids)
    return document.content()


def added(table: str, record: Any, content: Content = BASE) -> Content:
    return {**content, table: {**content[table], record.id: record}}


def kinds(plan: MergePlan) -> list[tuple[str, str, str, str]]:
    return [(one.kind, one.table, one.id, one.field) for one in plan.conflicts]


def resolved(ours: Content, plan: MergePlan, **choices: Any) -> Document:
    document = Document(ours)
    by_field = {one.key: choices[one.field or one.table] for one in plan.conflicts
                if (one.field or one.table) in choices}  # fmt: skip
    patch = resolve(document, plan, by_field, "Merge")
    if patch.changes:
        document.apply(patch, "merge")
    check_content(document.content())
    return document


def test_fields_of_one_record_come_together() -> None:
    ours = changed("actors", "un", notes="mine")
    theirs = changed("actors", "un", interests="theirs")
    plan = merge(BASE, ours, theirs)
    merged = plan.applied_to(ours)["actors"]["un"]
    assert isinstance(merged, Actor)
    assert (merged.notes, merged.interests, plan.conflicts) == ("mine", "theirs", ())
    assert [change.id for change in plan.changed] == ["un"]


def test_one_field_changed_twice_is_asked_and_keeps_ours_meanwhile() -> None:
    ours, theirs = changed("actors", "un", notes="mine"), changed("actors", "un", notes="theirs")
    plan = merge(BASE, ours, theirs)
    (conflict,) = plan.conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == ("", "mine", "theirs")
    assert plan.applied_to(ours) == ours
    assert resolved(ours, plan, notes="theirs").actors["un"].notes == "theirs"
    assert resolved(ours, plan, notes="ours").actors["un"].notes == "mine"


def test_a_conflict_that_both_copies_hold_open_is_held_one_way_and_not_asked_about() -> None:
    about: dict[str, Any] = {"target_table": "actors", "target_id": "un", "field": "notes"}
    one = OpenConflict(id="k", base='"x"', candidates=('"1"', '"2"'), **about)
    other = OpenConflict(id="k", base='"y"', candidates=('"1"', '"3"'), **about)
    ours, theirs = added("conflicts", one), added("conflicts", other)
    plan, back = merge(BASE, ours, theirs), merge(BASE, theirs, ours)
    assert plan.conflicts == back.conflicts == ()
    held = plan.applied_to(ours)["conflicts"]["k"]
    assert held == back.applied_to(theirs)["conflicts"]["k"]
    assert isinstance(held, OpenConflict)
    assert held.candidates == ('"1"', '"2"', '"3"')


def test_sets_merge_with_removals_respected() -> None:
    ours = changed("processes", "p1", party_ids=("elders", "council", "osce"))
    theirs = changed("processes", "p1", party_ids=("council", "un"))
    merged = merge(BASE, ours, theirs).applied_to(ours)["processes"]["p1"]
    assert merged.party_ids == ("council", "osce", "un")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("table", "record_id", "ours", "theirs"),
    [
        ("funding", "f1", {"start": parse_date("2012")}, {"end": parse_date("2013")}),
        ("funding", "f1", {"currency": "EUR"}, {"amount": Decimal(20)}),
        ("linkages", "l1", {"decision": "link"}, {"rationale": "They asked to be kept apart."}),
        ("answers", "k1", {"answer": "yes"}, {"reasoning": "Nobody was asked."}),
        ("answers", "k1", {"answer": "yes"}, {"answer": "no"}),
    ],
)
def test_what_may_do_harm_never_mixes(
    table: str, record_id: str, ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    one, other = changed(table, record_id, **ours), changed(table, record_id, **theirs)
    plan = merge(BASE, one, other)
    assert {conflict.field for conflict in plan.conflicts} == {*ours, *theirs}
    assert plan.applied_to(one) == one


def test_reasons_alone_do_come_together() -> None:
    ours = changed("linkages", "l1", rationale="Because")
    theirs = changed("linkages", "l1", mitigation="Meet in private")
    assert merge(BASE, ours, theirs).conflicts == ()


def test_removal_loses_to_a_change_and_brings_its_linkages_back() -> None:
    ours = without("actors", "un")
    theirs = changed("actors", "un", notes="still active")
    plan = merge(BASE, ours, theirs)
    merged = plan.applied_to(ours)
    check_content(merged)
    assert kinds(plan) == [("removed", "actors", "un", "")]
    assert merged["actors"]["un"].notes == "still active"
    assert merged["linkages"].keys() == {"l1", "l2"}
    assert merged["trust"].keys() == {"t1"}
    assert merged["placements"]["un"] == BASE["placements"]["un"]
    assert merged["processes"]["p1"].lead_id == "un"  # type: ignore[attr-defined]
    assert ("linkages", "l1") in plan.kept
    document = resolved(ours, plan, actors="ours")
    assert document.content() == ours
    assert "un" in resolved(ours, plan, actors="theirs").actors
    left_open = resolved(ours, plan)
    assert "un" in left_open.actors
    assert [one.id for one in open_conflicts(left_open)] == ["un"]


def test_removal_loses_to_a_new_reference() -> None:
    ours = without("actors", "council")
    theirs = added("roles", msgspec.convert({"id": "r1", "actor_id": "council"}, _kind("roles")))
    plan = merge(BASE, ours, theirs)
    check_content(plan.applied_to(ours))
    assert kinds(plan) == [("needed", "actors", "council", "")]
    document = resolved(ours, plan, actors="ours")
    assert "council" not in document.actors
    assert "r1" not in document.roles


def _kind(table: str) -> Any:
    from model.records import TABLES

    return TABLES[table]


def test_moved_cards_do_not_keep_removed_actors() -> None:
    ours = without("actors", "un")
    theirs = BASE
    for name in BASE["placements"]:
        theirs = changed("placements", name, theirs, x=50.0)
    plan = merge(BASE, ours, theirs)
    assert plan.conflicts == ()
    assert plan.applied_to(ours)["placements"].keys() == {"osce", "elders", "council"}


def test_places_on_the_map_are_offered_but_never_kept_open() -> None:
    ours, theirs = changed("placements", "un", x=5.0), changed("placements", "un", y=9.0)
    plan = merge(BASE, ours, theirs)
    assert plan.to_decide == ()
    assert {one.field for one in plan.conflicts} == {"x", "y"}
    assert resolved(ours, plan).content() == ours
    chosen = resolved(ours, plan, x="theirs", y="theirs").placements["un"]
    assert (chosen.x, chosen.y) == (1.0, 9.0)


def test_dates_that_contradict_each_other_are_asked() -> None:
    ours = changed("linkages", "l1", start=parse_date("2014"))
    theirs = changed("linkages", "l1", end=parse_date("2012"), notes="Ended early")
    plan = merge(BASE, ours, theirs)
    assert {one.field for one in plan.conflicts} == {"start", "end", "notes"}
    check_content(plan.applied_to(ours))
    with pytest.raises(Refusal, match="before it starts"):
        resolved(ours, plan, end="theirs")
    both = resolved(ours, plan, start="theirs", end="theirs")
    assert both.linkages["l1"].end == parse_date("2012")


def test_chosen_value_brings_back_what_it_points_at() -> None:
    ours = changed("activities", "c1", without("actors", "council"), lead_id="osce")
    theirs = changed("activities", "c1", lead_id="council")
    plan = merge(BASE, ours, theirs)
    assert "council" not in plan.applied_to(ours)["actors"]
    document = resolved(ours, plan, lead_id="theirs")
    assert document.activities["c1"].lead_id == "council"
    assert "council" in document.actors


def test_open_conflict_stays_flagged_until_somebody_decides() -> None:
    ours, theirs = changed("answers", "k1", answer="yes"), changed("answers", "k1", answer="no")
    document = resolved(ours, merge(BASE, ours, theirs))
    (flagged,) = document.table("conflicts").values()
    assert isinstance(flagged, OpenConflict)
    assert (flagged.candidates, flagged.base) == (('"no"', '"yes"'), '"unknown"')
    plan = open_plan(document)
    (conflict,) = plan.conflicts
    assert (conflict.ours, conflict.theirs) == ("yes", "no")
    assert resolve(document, plan, {}, "Decide").changes == ()
    document.apply(resolve(document, plan, {conflict.key: "theirs"}, "Decide"))
    assert document.answers["k1"].answer == "no"
    assert not document.table("conflicts")


def test_two_people_who_leave_the_same_conflict_open_hold_the_same_flag() -> None:
    ours, theirs = changed("answers", "k1", answer="yes"), changed("answers", "k1", answer="no")
    mine = resolved(ours, merge(BASE, ours, theirs)).content()
    others = resolved(theirs, merge(BASE, theirs, ours)).content()
    assert mine["conflicts"] == others["conflicts"]
    again = merge(BASE, mine, others)
    assert [one.key for one in again.conflicts] == [("answers", "k1", "answer")]
    check_content(again.applied_to(mine))


def test_flag_goes_with_the_record_it_is_about() -> None:
    ours, theirs = changed("answers", "k1", answer="yes"), changed("answers", "k1", answer="no")
    flagged = resolved(ours, merge(BASE, ours, theirs)).content()
    removed = without("answers", "k1", content=ours)
    merged = merge(ours, flagged, removed).applied_to(flagged)
    check_content(merged)
    assert not merged["conflicts"]
    assert not merged["answers"]


def test_same_thing_added_twice_is_told_and_kept_twice() -> None:
    ref = (ExternalRef("mindanao", "actors", "A9"),)
    ours = added("actors", Actor(id="x1", name="Envoy", external=ref))
    theirs = added("actors", Actor(id="y1", name="The envoy", external=ref))
    plan = merge(BASE, ours, theirs)
    assert [(one.ours, one.theirs, one.reason) for one in plan.duplicates] == [
        ("x1", "y1", "external")
    ]
    assert {"x1", "y1"} <= plan.applied_to(ours)["actors"].keys()
    alike = merge(
        BASE,
        added("actors", Actor(id="x1", name="Envoy")),
        added("actors", Actor(id="y1", name="Envoy")),
    )
    assert [one.reason for one in alike.duplicates] == ["same"]


def test_merge_is_one_undo_step() -> None:
    ours = changed("actors", "un", notes="mine")
    theirs = without("actors", "council", content=changed("actors", "osce", notes="theirs"))
    document = Document(ours)
    history = History(document)
    document.apply(resolve(document, merge(BASE, ours, theirs), {}, "Merge"), "merge")
    assert document.content() != ours
    history.undo()
    assert document.content() == ours
    assert not history.can_undo


def test_without_a_base_nothing_is_removed_and_all_is_asked() -> None:
    ours = without("actors", "un", content=changed("actors", "osce", notes="mine"))
    plan = merge(Base(None), ours, BASE)
    assert not plan.has_base
    assert ("one_side", "actors", "un", "") in kinds(plan)
    assert ("field", "actors", "osce", "notes") in kinds(plan)
    assert "un" in plan.applied_to(ours)["actors"]
    assert not plan.removed


def test_doubtful_base_values_are_asked() -> None:
    ours = changed("actors", "un", notes="mine")
    base = Base(BASE, frozenset({("actors", "un", "notes")}))
    assert kinds(merge(base, ours, BASE)) == [("field", "actors", "un", "notes")]
    assert kinds(merge(base, BASE, BASE)) == []
