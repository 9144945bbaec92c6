"""Open red flags hold up a status, and only a logged reason leads past them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from model.commands.checklist import answer_item
from model.commands.gates import go_on_with_reason, log_decision
from model.commands.linkages import connect
from model.commands.records import remove_records, set_fields
from model.dates import parse_date
from model.donoharm.assessment import Assessor
from model.donoharm.gates import GateRefusal
from model.history import History
from model.integrity import check_content
from model.records import TABLES
from model.refusals import Refusal
from tests.builders import ProjectBuilder, a_project
from tests.model.analysis.asking import DAY

if TYPE_CHECKING:
    from model.document import Document


def flagged(answer: str = "no", **fields: Any) -> ProjectBuilder:
    """A planned linkage whose information sharing is answered badly, and a planned activity."""
    project = a_project(as_of=DAY).actor("a").actor("b")
    project.link("a", "b", record_id="l", status="planned")
    project.add("activities", "c", title="Visit", status="pipeline")
    values = {"item_id": "DNH-10", "scope": "linkage", "target_table": "linkages"}
    project.add("answers", "one", **{**values, "target_id": "l", "answer": answer, **fields})
    values = {"item_id": "DNH-08", "scope": "activity", "target_table": "activities"}
    return project.add("answers", "two", **{**values, "target_id": "c", "answer": answer, **fields})


CASES = [
    ("linkages", "l", "agreed"),
    ("linkages", "l", "active"),
    ("activities", "c", "implementation"),
]


@pytest.mark.parametrize(("table", "record_id", "status"), CASES)
def test_open_flags_hold_up_a_status(table: str, record_id: str, status: str) -> None:
    document = flagged().document()
    with pytest.raises(GateRefusal, match="1 red flag is open: DNH-"):
        set_fields(document, table, [record_id], {"status": status})
    assert document.revision == 0


@pytest.mark.parametrize(
    "project", [flagged("yes"), flagged(basis="illustrative"), flagged(target_id="l", answer="na")]
)
def test_no_open_flag_no_gate(project: ProjectBuilder) -> None:
    document = project.document()
    set_fields(document, "linkages", ["l"], {"status": "agreed"})
    assert document.linkages["l"].status == "agreed"


def test_other_changes_and_records_past_the_gate_are_left_alone() -> None:
    document = flagged().document()
    set_fields(document, "linkages", ["l"], {"status": "idea"})
    set_fields(document, "linkages", ["l"], {"rationale": "because"})
    agreed = flagged().link("a", "b", record_id="l", status="agreed").document()
    set_fields(agreed, "linkages", ["l"], {"status": "active"})
    assert agreed.linkages["l"].status == "active"


def flagged_actor(item: str, answer: str, **actor: Any) -> ProjectBuilder:
    """A planned linkage and a planned activity with an actor about whom an item is answered."""
    project = a_project(as_of=DAY).actor("a").actor("b", level="grassroots", **actor)
    project.link("a", "b", record_id="l", status="planned")
    project.add("activities", "c", title="Visit", status="pipeline", participant_ids=("b",))
    about = {"scope": "actor", "target_table": "actors", "target_id": "b"}
    return project.add("answers", "one", item_id=item, answer=answer, **about)


@pytest.mark.parametrize(("table", "record_id", "status"), CASES)
def test_flags_about_an_actor_hold_up_what_draws_it_in(
    table: str, record_id: str, status: str
) -> None:
    document = flagged_actor("DNH-09", "yes").document()
    with pytest.raises(GateRefusal, match="Standing at home is answered “Yes” for b"):
        set_fields(document, table, [record_id], {"status": status})
    go_on_with_reason(document, table, [record_id], {"status": status}, reason="They asked for it")
    [entry] = document.table("decisions").values()
    assert "Standing at home" in entry.options  # type: ignore[attr-defined]
    assert entry.target_id == record_id  # type: ignore[attr-defined]


def test_a_missing_channel_does_not_hold_up_the_channel_that_mends_it() -> None:
    document = flagged_actor("DNH-24", "no", conflict_role="primary_party").document()
    set_fields(document, "linkages", ["l"], {"status": "agreed"})
    assert document.linkages["l"].status == "agreed"


@pytest.mark.parametrize(
    ("item", "kind", "party", "held"),
    [
        ("DNH-05", "communication_channel", "primary_party", True),
        ("DNH-37", "facilitation", "primary_party", True),
        ("DNH-05", "communication_channel", "none", False),
        ("DNH-05", "funding", "primary_party", False),
        ("DNH-14", "facilitation", "primary_party", False),
    ],
)
def test_flags_about_the_project_hold_up_contacts_if_they_ask_about_these(
    item: str, kind: str, party: str, held: bool
) -> None:
    project = a_project(as_of=DAY).actor("a").actor("b", conflict_role=party)
    project.link("a", "b", record_id="l", status="planned", kind=kind)
    project.add("phases", "p", label="Now", kind="pre_talks")
    project.add("answers", "one", item_id=item, answer="no")
    document = project.document()
    if held:
        with pytest.raises(GateRefusal, match=item):
            set_fields(document, "linkages", ["l"], {"status": "agreed"})
    else:
        set_fields(document, "linkages", ["l"], {"status": "agreed"})


@pytest.mark.parametrize(
    ("phase", "others", "held"),
    [("pre_talks", 5, True), ("pre_talks", 4, False), ("talks", 5, False)],
)
def test_one_more_in_crowded_pre_talks_asks_for_a_reason(
    phase: str, others: int, held: bool
) -> None:
    project = a_project(as_of=DAY).actor("party", conflict_role="primary_party")
    project.add("phases", "p", label="Now", kind=phase)
    for number in range(others + 1):
        project.actor(f"t{number}")
        project.add("roles", f"r{number}", actor_id=f"t{number}", role="facilitator")
        status = "active" if number < others else "planned"
        project.link(
            f"t{number}", "party", record_id=f"l{number}", kind="facilitation", status=status
        )
    document = project.document()
    if held:
        with pytest.raises(GateRefusal, match="With t5, 6 third parties would be in contact"):
            set_fields(document, "linkages", [f"l{others}"], {"status": "active"})
    else:
        set_fields(document, "linkages", [f"l{others}"], {"status": "active"})


@pytest.mark.parametrize(("table", "record_id", "status"), CASES)
def test_a_reason_leads_past_and_is_logged_in_one_step(
    table: str, record_id: str, status: str
) -> None:
    document = flagged().document()
    history = History(document)
    go_on_with_reason(
        document,
        table,
        [record_id],
        {"status": status},
        reason="Both asked for it",
        decided_by="team lead",
        day=parse_date(DAY),
    )
    [entry] = document.table("decisions").values()
    assert entry.reason == "Both asked for it"  # type: ignore[attr-defined]
    assert entry.target_id == record_id  # type: ignore[attr-defined]
    assert "is answered “No”" in entry.options  # type: ignore[attr-defined]
    assert "with open red flags" in entry.title  # type: ignore[attr-defined]
    history.undo()
    assert document.table("decisions") == {}


def test_what_was_saved_in_the_log_outlasts_undo_and_redo() -> None:
    document = flagged().document()
    history = History(document)
    set_fields(document, "linkages", ["l"], {"rationale": "because"})
    go_on_with_reason(document, "linkages", ["l"], {"status": "agreed"}, reason="Both asked for it")
    history.mark_saved()
    [entry] = document.table("decisions")
    history.undo()
    assert document.linkages["l"].status == "planned"
    assert list(document.table("decisions")) == [entry]
    history.redo()
    assert document.linkages["l"].status == "agreed"
    history.undo()
    history.undo()
    assert document.linkages["l"].rationale == ""
    assert list(document.table("decisions")) == [entry]
    assert not history.can_undo


def test_a_lasting_entry_lets_go_of_what_undo_takes_away() -> None:
    document = a_project(as_of=DAY).actor("a").actor("b").document()
    history = History(document)
    link = connect(document, "a", "b", "coordination")
    log_decision(document, "Link them", target_table="linkages", target_id=link.id)
    history.mark_saved()
    history.undo()  # the entry stays, so there is nothing to take back in this step
    history.undo()
    [entry] = document.table("decisions").values()
    assert (entry.target_table, entry.target_id) == ("", "")  # type: ignore[attr-defined]
    check_content({table: dict(document.table(table)) for table in TABLES})
    history.redo()
    [entry] = document.table("decisions").values()
    assert entry.target_id == link.id  # type: ignore[attr-defined]


def test_the_log_lasts_through_a_lock() -> None:
    document = flagged().document()
    history = History(document)
    go_on_with_reason(document, "linkages", ["l"], {"status": "agreed"}, reason="Both asked for it")
    history.mark_saved()
    after = History(document)
    after.restore(history.state())
    after.undo()
    assert len(document.table("decisions")) == 1


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_no_reason_no_way(reason: str) -> None:
    document = flagged().document()
    with pytest.raises(Refusal, match="Say why"):
        go_on_with_reason(document, "linkages", ["l"], {"status": "agreed"}, reason=reason)
    assert document.revision == 0


def logged() -> Document:
    project = flagged()
    project.add("decisions", "d", title="Wait", target_table="linkages", target_id="l", tlp="GREEN")
    return project.document()


@pytest.mark.parametrize("field", ["title", "reason", "options", "decided_by", "notes"])
def test_entries_of_the_log_are_never_changed(field: str) -> None:
    with pytest.raises(Refusal, match="only added to"):
        set_fields(logged(), "decisions", ["d"], {field: "something else"})


def test_entries_of_the_log_are_never_removed() -> None:
    document = logged()
    with pytest.raises(Refusal, match="only added to"):
        remove_records(document, "decisions", ["d"])
    log_decision(document, "Go on", reason="We know more now")
    assert len(document.table("decisions")) == 2


def test_the_log_outlives_what_it_is_about_and_may_be_labelled_anew() -> None:
    document = logged()
    remove_records(document, "actors", ["a"])
    [entry] = document.table("decisions").values()
    assert (entry.title, entry.target_id) == ("Wait", "")  # type: ignore[attr-defined]
    set_fields(document, "decisions", ["d"], {"tlp": "RED"})


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"rationale": "another"}, "stale"),
        ({"to_id": "c"}, "stale"),
        ({"notes": "called them"}, "fine"),
        ({"status": "idea"}, "fine"),
    ],
)
def test_an_answer_is_out_of_date_when_its_target_changes(
    change: dict[str, object], state: str
) -> None:
    document = a_project(as_of=DAY).actor("a").actor("b").actor("c").link("a", "b").document()
    answer_item(document, "DNH-10", "linkage", "a>b", answer="yes", reasoning="agreed")
    set_fields(document, "linkages", ["a>b"], change)
    assert standing(document) == state
    if state == "stale":
        answer_item(document, "DNH-10", "linkage", "a>b", reasoning="still so")
        assert standing(document) == "stale"
        answer_item(document, "DNH-10", "linkage", "a>b", answer="yes")
        assert standing(document) == "fine"


def standing(document: Document) -> str:
    assessment = Assessor(document, date.fromisoformat(DAY)).assess("linkage", "a>b")
    return next(one.state for one in assessment.standings if one.item.id == "DNH-10")


def test_imported_answers_do_not_know_what_their_target_was() -> None:
    document = flagged("yes").document()
    set_fields(document, "linkages", ["l"], {"rationale": "another"})
    one = Assessor(document, parse_date(DAY).first()).assess("linkage", "l")
    assert next(s.state for s in one.standings if s.item.id == "DNH-10") == "fine"
