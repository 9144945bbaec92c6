"""IATI statements become rows: one statement of money counts, nothing unknown becomes zero."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from model.dates import parse_date
from model.document import Document
from model.importing.iati import iati_source
from model.importing.iati_statements import Activity, Money, Organisation
from model.importing.matching import offers
from model.importing.plan import ImportPlan, plan_import
from model.records import Actor
from model.refusals import Refusal

DONOR = Organisation(ref="XM-1", name="Northland", kind="10", role="1")
OTHER_DONOR = Organisation(ref="XM-2", name="Southland", kind="10", role="1")
RUNNER = Organisation(ref="XM-3", name="Quiet Bridges", kind="21", role="4")


def stated(*money: Money, **values: Any) -> Activity:
    """An activity of 2020 to 2022 with two organisations."""
    fixed: dict[str, Any] = {
        "number": 1,
        "identifier": "XM-3-A",
        "title": "Dialogue",
        "status": "2",
        "dates": {"1": "2020-01-01", "2": "2020-02-01", "3": "2022-12-31"},
        "organisations": (DONOR, RUNNER),
        "money": money,
    }
    return Activity(**{**fixed, **values})


def budget(amount: str = "100", **values: Any) -> Money:
    """A committed budget of 2020."""
    fixed: dict[str, Any] = {"kind": "budgets", "amount": amount, "currency": "EUR", "status": "2"}
    return Money(**{**fixed, "start": "2020-01-01", "end": "2020-12-31", **values})


def planned(document: Document, *activities: Activity, money: str = "") -> ImportPlan:
    """The plan for one file."""
    return plan_import(document, [iati_source([("a.xml", activities)], money)])


def imported(*activities: Activity, money: str = "") -> Document:
    """A document with the activities."""
    document = Document({})
    planned(document, *activities, money=money).apply(document)
    return document


def reasons(plan: ImportPlan) -> str:
    """All remarks in one text."""
    return "\n".join(plan.report.sentences())


def test_an_activity_its_organisations_and_its_money_come_in_as_one_step() -> None:
    document = imported(stated(budget(flow="10", tied="5", earmark="4", finance="110")))
    (activity,) = document.activities.values()
    (line,) = document.funding.values()
    names = {actor.id: actor.name for actor in document.actors.values()}
    assert sorted(names.values()) == ["Northland", "Quiet Bridges"]
    assert (activity.title, activity.status) == ("Dialogue", "implementation")
    assert activity.planned_start == parse_date("2020-01-01")
    assert (activity.start, activity.end) == (parse_date("2020-02-01"), None)
    assert [names[one] for one in activity.participant_ids] == ["Quiet Bridges"]
    assert (names[line.donor_id], names[line.recipient_id]) == ("Northland", "Quiet Bridges")
    assert (line.amount, line.currency, line.status) == (Decimal(100), "EUR", "committed")
    assert (line.start, line.end) == (parse_date("2020-01-01"), parse_date("2020-12-31"))
    assert (line.flow_type, line.tied_status) == ("oda", "untied")
    assert line.earmarking == "tightly_earmarked"
    assert line.activity_ids == (activity.id,)
    assert line.notes == "IATI finance type 110"


def test_the_same_money_stated_twice_is_read_once_and_the_rest_is_reported() -> None:
    both = (budget(), Money(kind="commitments", amount="300", currency="EUR", start="2020-03-01"))
    plan = planned(Document({}), stated(*both))
    assert plan.report.read[-1].records == {"funding": 1}
    assert "commitments (1) are left out so that nothing counts twice" in reasons(plan)
    (line,) = imported(stated(*both), money="commitments").funding.values()
    assert line.amount == Decimal(300)
    assert (line.start, line.end) == (parse_date("2020-02-01"), parse_date("2022-12-31"))


def test_a_revised_budget_takes_the_place_of_the_first_one_for_its_period() -> None:
    document = imported(stated(budget("100", code="1"), budget("80", code="2")))
    assert [one.amount for one in document.funding.values()] == [Decimal(80)]


def test_several_funders_leave_the_donor_unknown_and_name_all() -> None:
    activity = stated(budget(), organisations=(DONOR, OTHER_DONOR, RUNNER))
    plan = planned(Document({}), activity)
    assert "its donor is not known: Northland, Southland" in reasons(plan)
    (line,) = imported(activity).funding.values()
    assert line.donor_id == ""


def test_who_pays_and_receives_is_taken_from_the_money_itself_where_it_says_so() -> None:
    said = budget(kind="disbursements", provider=OTHER_DONOR, receiver=RUNNER)
    document = imported(stated(said, organisations=(DONOR, OTHER_DONOR)))
    (line,) = document.funding.values()
    assert document.actors[line.donor_id].name == "Southland"
    assert document.actors[line.recipient_id].name == "Quiet Bridges"
    assert line.status == "indicative"


@pytest.mark.parametrize(
    ("amount", "currency", "known", "kept"),
    [
        ("", "EUR", None, ""),
        ("3,000", "EUR", None, ""),
        ("3000", "", Decimal(3000), ""),
        ("3000", "EURO", Decimal(3000), ""),
        ("0", "EUR", Decimal(0), "EUR"),
        ("1.50", "xof", Decimal("1.50"), "XOF"),
    ],
)
def test_partial_money_stays_as_partial_as_it_is(
    amount: str, currency: str, known: Decimal | None, kept: str
) -> None:
    (line,) = imported(stated(budget(amount, currency=currency))).funding.values()
    assert (line.amount, line.currency) == (known, kept)


def test_money_taken_back_is_no_line() -> None:
    plan = planned(Document({}), stated(budget("-50")))
    assert all("funding" not in one.records for one in plan.report.read)
    assert "a negative amount takes money back" in reasons(plan)


def test_dates_that_are_none_and_ends_before_starts_are_unknown_and_said() -> None:
    activity = stated(
        budget(start="2020-13-01", end="2020-12-31"), dates={"2": "2020-05-01", "4": "2019-01-01"}
    )
    document = imported(activity)
    (found,), (line,) = document.activities.values(), document.funding.values()
    assert (found.start, found.end) == (parse_date("2020-05-01"), None)
    assert (line.start, line.end) == (None, parse_date("2020-12-31"))
    said = reasons(planned(Document({}), activity))
    assert "the end lies before the start 2020-05-01" in said
    assert "it is not a day such as 2024-05-17" in said


def test_a_second_import_finds_everything_there_and_keeps_what_was_changed() -> None:
    document = imported(stated(budget("100")))
    again = planned(document, stated(budget("120")))
    assert again.report.added == 0
    assert not again.patch.changes
    assert "amount, “120”: the project has another value" in reasons(again)


def test_an_organisation_under_one_reference_is_one_actor_with_all_its_names() -> None:
    short = Organisation(ref="XM-1", name="MFA Northland", kind="10")
    document = imported(stated(budget(provider=short)))
    (actor,) = (one for one in document.actors.values() if one.name == "Northland")
    assert actor.other_names == ("MFA Northland",)
    assert actor.kind == "state"


def test_known_actors_are_offered_by_name_and_joined_only_where_that_was_chosen() -> None:
    document = Document({"actors": {"n": Actor(id="n", name="NORTHLAND")}})
    source = iati_source([("a.xml", [stated(budget())])])
    (offer,) = offers(document, [source])
    assert (offer.name, offer.actor_id, offer.same) == ("Northland", "n", True)
    apart = plan_import(document, [source])
    assert apart.report.read[0].records == {"actors": 2}
    joined = plan_import(document, [source], {offer.key: offer.actor_id})
    joined.apply(document)
    assert sorted(one.name for one in document.actors.values()) == ["NORTHLAND", "Quiet Bridges"]
    (line,) = document.funding.values()
    assert line.donor_id == "n"
    assert document.actors["n"].external[0].id == "XM-1"
    assert offers(document, [source]) == []


def test_a_misspelt_name_is_offered_as_nearly_the_same() -> None:
    document = Document({"actors": {"q": Actor(id="q", name="Quiet Bridge")}})
    (offer,) = offers(document, [iati_source([("a.xml", [stated(budget())])])])
    assert (offer.actor_id, offer.same) == ("q", False)


def test_an_unknown_kind_of_money_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refusal, match="budgets, disbursements, commitments, received"):
        iati_source([], "pledges")
