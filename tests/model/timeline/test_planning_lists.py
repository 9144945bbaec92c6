"""Baselines, money by month, rotations and differences, counted by hand (Mindanao)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from model.commands.records import remove_records, set_fields
from model.dates import parse_date
from model.refusals import Refusal
from model.timeline.baselines import add_baseline, compare, ghosts
from model.timeline.changes import between
from model.timeline.continuity import rotation_text, rotations
from model.timeline.money import (
    Rate,
    cover_by_month,
    dependence,
    in_one_currency,
    totals,
)
from tests.builders import a_project
from tests.samples import by_case_id, sample

HORIZON = date(2019, 12, 31)


def test_funding_gaps_of_mindanao_are_those_of_the_hand_sheet() -> None:
    tables = sample("mindanao")
    names = {
        case: by_case_id(tables, "activities", case) for case in ("C05", "C06", "C07", "C08", "C22")
    }

    found = {one.key: one for one in cover_by_month(tables, "activity", HORIZON)}

    # C06 runs December 2009 to March 2014 (52 months), F06 and F01 pay until 31 December 2012.
    icg = found[names["C06"]]
    assert (len(icg.months), icg.uncovered_months) == (52, 15)
    assert [one.last for one in icg.cliffs] == [date(2012, 12, 31)]
    # C07 runs 2010 to 2014, F06 pays until June 2012: 30 months; C08 until 2016, F02 until 2013.
    assert found[names["C07"]].uncovered_months == 30
    assert found[names["C08"]].uncovered_months == 36
    # C22 runs July 2013 to December 2016, F07 pays two years.
    assert found[names["C22"]].uncovered_months == 18
    # C05 ends in March 2014, F03 on the 27th: perhaps four days are bare, none for certain.
    assert found[names["C05"]].uncovered_months == 0
    assert [one.possible for one in found[names["C05"]].months if one.possible] == [4]


def test_cover_of_a_process_adds_up_the_days_of_its_activities() -> None:
    tables = (
        a_project()
        .add("processes", "P", name="Talks")
        .add("activities", "A", title="A", process_id="P", start="2014-01-01", end="2014-02-28")
        .add("activities", "B", title="B", process_id="P", start="2014-02-01", end="2014-02-28")
        .add("funding", "F", activity_ids=("A",), start="2014-01-01", end="2014-01-20")
        .document()
    )

    (talks,) = cover_by_month(tables, "process", HORIZON)

    january, february = talks.months
    assert (january.needed, january.covered, january.without) == (31, 20, 0)
    assert (february.needed, february.covered, february.without) == (56, 0, 28)


def test_single_donor_and_rigid_money_as_of_a_day() -> None:
    tables = sample("mindanao")
    tpmt = by_case_id(tables, "actors", "A30")

    (found,) = [one for one in dependence(tables, date(2014, 1, 1)) if one.recipient_id == tpmt]

    assert (found.single, found.rigid, found.lines) == (True, 1, 1)


def test_currencies_are_only_added_with_a_stated_rate_and_date() -> None:
    tables = (
        a_project()
        .add("funding", "1", amount=Decimal("100.10"), currency="EUR")
        .add("funding", "2", amount=Decimal(50), currency="CHF")
        .add("funding", "3", currency="CHF")
        .document()
    )

    sums, unknown = totals(tables.funding.values())

    assert (sums, unknown) == ({"EUR": Decimal("100.10"), "CHF": Decimal(50)}, 1)
    with pytest.raises(Refusal, match="state a rate and its date"):
        in_one_currency(sums, "EUR", [])
    rate = Rate("CHF", "EUR", Decimal("0.8"), date(2013, 1, 31))
    assert in_one_currency(sums, "EUR", [rate]) == (
        Decimal("140.10"),
        "1 CHF = 0.8 EUR on 2013-01-31",
    )


def test_rotation_distances_of_mindanao_are_those_of_the_hand_sheet() -> None:
    tables = sample("mindanao")
    found = {one.posting.id: one for one in rotations(tables, near_days=140)}
    japan = found[by_case_id(tables, "postings", "P08")]
    britain = found[by_case_id(tables, "postings", "P09")]
    chair = found[by_case_id(tables, "postings", "P01")]

    # Known by the month: the end counts on 31 May 2012 and 31 January 2013; the framework agreement
    # and the phase that begins with it are on 15 October 2012.
    assert {one.days for one in japan.near} == {137}
    assert {one.days for one in britain.near} == {-108}
    # Known by the year only: near to nothing; holder 2 follows in the same year.
    assert chair.near == ()
    assert chair.successor is not None
    assert chair.successor.holder == "Holder 2"
    assert "no hand-over note" in rotation_text(tables, japan)


def test_what_rests_on_a_holder_is_at_risk_when_the_posting_ends() -> None:
    project = a_project().actor("A").actor("B")
    project.add("postings", "1", office="Envoy", start="2010-01-01", end="2012-03-31")
    project.add("postings", "2", office="Envoy", start="2012-05-01", holder="Next")
    project.link("A", "B", kind="back_channel", keeper_id="1")
    project.link("B", "A", kind="back_channel", keeper_id="1", end="2011-01-01")

    (found,) = [one for one in rotations(project.document()) if one.posting.id == "1"]

    assert found.channels == ("A>B",)
    assert found.overlap == -30  # April 2012
    assert found.successor is not None


def test_a_baseline_tells_dates_and_money_that_have_changed() -> None:
    document = (
        a_project()
        .add("milestones", "M", label="Signing", date="2014-03")
        .add("activities", "A", title="Talks", start="2014-01-01", end="about 2014-06")
        .add("activities", "B", title="Side talks", start="2014")
        .add("funding", "F", amount=Decimal("1000.50"), currency="EUR", start="2014")
        .document()
    )
    baseline = add_baseline(document, "Before", date(2014, 1, 1))
    assert compare(document, baseline) == []  # type: ignore[arg-type]

    set_fields(document, "milestones", ["M"], {"date": parse_date("2014-05")})
    set_fields(document, "activities", ["A"], {"end": parse_date("2014-06")})
    set_fields(document, "funding", ["F"], {"amount": Decimal(900)})
    remove_records(document, "activities", ["B"])

    found = compare(document, baseline)  # type: ignore[arg-type]
    assert [(one.node[1], one.field, one.days) for one in found] == [
        ("M", "date", 61),
        ("A", "end", 0),
        ("F", "amount", None),
        ("B", "", None),
    ]
    assert set(ghosts(document, baseline)) == {("milestones", "M"), ("activities", "A")}  # type: ignore[arg-type]


def test_what_changed_between_two_dates_is_listed() -> None:
    project = a_project().actor("A").actor("B")
    project.link("A", "B", record_id="old", start="2010", end="2012-06-30")
    project.link("A", "B", record_id="new", start="2012-09-01")
    project.add("activities", "short", title="Short", start="2012-05-01", end="2012-05-09")
    project.add("milestones", "M", label="M", date="2012-07-01")
    project.add("milestones", "late", label="late", date="2014")

    found = between(project.document(), date(2012, 1, 1), date(2013, 1, 1))

    assert {(one.node[1], one.how) for one in found} == {
        ("old", "ended"),
        ("new", "began"),
        ("short", "passed"),
        ("M", "happened"),
    }
