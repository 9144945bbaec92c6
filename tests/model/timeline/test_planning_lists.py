"""Baselines, money by month, rotations and differences, counted by hand (Mindanao)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from model.commands.records import remove_records, set_fields
from model.dates import parse_date
from model.records import ExchangeRate
from model.refusals import Refusal
from model.timeline.baselines import add_baseline, compare, ghosts
from model.timeline.changes import between
from model.timeline.continuity import rotation_text, rotations
from model.timeline.funding_lists import funding_lines
from model.timeline.lists import rotation_lines
from model.timeline.money import cover_by_month, dependence, totals
from model.timeline.rates import in_one_currency, rate_between, state_rate
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
    day = date(2013, 6, 1)
    with pytest.raises(Refusal, match="state a rate and its date"):
        in_one_currency(sums, "EUR", [], day)
    rate = ExchangeRate(
        id="r", currency="CHF", into="EUR", rate=Decimal("0.8"), date=parse_date("2013-01-31")
    )
    assert in_one_currency(sums, "EUR", [rate], day) == (
        Decimal("140.10"),
        "1 CHF = 0.8 EUR on 2013-01-31",
    )
    # The same rate the other way round: 100.10 EUR are 125.125 CHF, in whole centimes.
    assert in_one_currency(sums, "CHF", [rate], day)[0] == Decimal("175.12")


def test_the_latest_rate_up_to_the_day_counts_and_a_later_one_only_where_there_is_none() -> None:
    def rate(on: str) -> ExchangeRate:
        return ExchangeRate(id=on, currency="CHF", into="EUR", rate=Decimal(1), date=parse_date(on))

    rates = [rate("2012"), rate("2013-03"), rate("2014-01-01")]
    for day, expected in (
        (date(2013, 3, 30), "2012"),
        (date(2013, 3, 31), "2013-03"),
        (date(2015, 1, 1), "2014-01-01"),
        (date(2011, 1, 1), "2012"),
    ):
        found = rate_between(rates, "EUR", "CHF", day)
        assert found is not None
        assert found.id == expected
    assert rate_between(rates, "EUR", "USD", date(2013, 1, 1)) is None


def test_rates_are_stated_as_one_step_and_nonsense_is_refused() -> None:
    document = a_project().document()
    on = parse_date("2013")
    with pytest.raises(Refusal, match="more than zero"):
        state_rate(document, "CHF", "EUR", Decimal(0), on)
    with pytest.raises(Refusal, match="two different currencies"):
        state_rate(document, "EUR", "EUR", Decimal(1), on)
    made = state_rate(document, "CHF", "EUR", Decimal("0.8"), on)
    assert document.name_of("rates", made.id) == "1 CHF = 0.8 EUR on 2013"
    assert list(document.rates.values()) == [made]


def test_gaps_are_told_apart_as_beginnings_holes_and_cliffs() -> None:
    # 2012 to 2015 in need; money in 2013 and in the first half of 2015.
    tables = (
        a_project()
        .add("activities", "a", title="Talks", start="2012-01-01", end="2015-12-31")
        .add("funding", "1", activity_ids=("a",), start="2013-01-01", end="2013-12-31")
        .add("funding", "2", activity_ids=("a",), start="2015-01-01", end="2015-06-30")
        .document()
    )
    day = date(2013, 6, 1)
    texts = [one.text for one in funding_lines(tables, "gaps", "activity", day, day)]
    assert texts == [
        "Gap at the beginning: “Talks” from 1 Jan 2012 to 31 Dec 2012 (12 months).",
        "Hole: “Talks” from 1 Jan 2014 to 31 Dec 2014 (12 months).",
        "Cliff: “Talks” from 1 Jul 2015 to 31 Dec 2015 (6 months).",
    ]
    months = funding_lines(tables, "months", "activity", day, day)
    assert len(months) == 48
    assert sum(one.gravity == "high" for one in months) == 12 + 12 + 6
    assert months[0].text == ("Jan 2012 · Talks: 0 of 31 days of work covered; 31 not covered.")


def test_single_donors_and_rigid_money_have_lists_of_their_own() -> None:
    day = date(2013, 6, 1)
    both = {"recipient_id": "r", "start": "2013-01-01", "end": "2013-12-31"}
    tables = (
        a_project()
        .actor("r", name="Recipient")
        .actor("d", name="Donor")
        .actor("s", name="Other", kind="mso")
        .add("funding", "1", donor_id="d", earmarking="earmarked", flexible="no", **both)
        .add("funding", "2", donor_id="d", earmarking="earmarked", flexible="yes", **both)
        .add("funding", "3", recipient_id="s", start="2013", end="2013")
        .document()
    )
    (single,) = funding_lines(tables, "single", "activity", day, day)
    assert single.text == "Recipient on 1 Jun 2013: 2 lines from Donor (2); 1 rigid; single donor."
    assert single.nodes == (("actors", "r"), ("funding", "1"), ("funding", "2"))
    (rigid,) = funding_lines(tables, "rigid", "activity", day, day)
    assert rigid.nodes == (("funding", "1"),)
    # A line whose donor is not known does not make its recipient depend on one donor.
    assert len(funding_lines(tables, "donors", "activity", day, day)) == 2


def test_sums_in_one_currency_name_their_rates_or_why_they_are_not_added() -> None:
    tables = (
        a_project()
        .add("activities", "a", title="Talks", start="2013-01-01", end="2013-12-31")
        .add("funding", "1", activity_ids=("a",), amount=Decimal(100), currency="EUR")
        .add("funding", "2", activity_ids=("a",), amount=Decimal(50), currency="CHF")
        .document()
    )
    day = date(2013, 6, 1)
    (line,) = funding_lines(tables, "cover", "activity", day, day, "EUR")
    assert "50 CHF + 100 EUR (not added: CHF cannot be added to EUR" in line.text
    state_rate(tables, "CHF", "EUR", Decimal("0.8"), parse_date("2013-01-31"))
    (line,) = funding_lines(tables, "cover", "activity", day, day, "EUR")
    assert "= 140.00 EUR (1 CHF = 0.8 EUR on 2013-01-31)" in line.text


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


def test_rotations_can_be_narrowed_to_those_with_something_at_risk() -> None:
    # The envoy leaves three weeks before the signing; the chair is followed without a gap and
    # keeps a channel, which a hand-over note covers.
    project = (
        a_project()
        .actor("un")
        .actor("party")
        .add("milestones", "m", label="Signing", date="2014-03-27")
        .add("postings", "e", office="Envoy", institution_id="un", start="2012-01-01",
             end="2014-03-06")
        .add("postings", "c", office="Chair", institution_id="un", holder="One",
             start="2010-01-01", end="2013-05-31", successor_id="d", handover_note="Met the elders")
        .add("postings", "d", office="Chair", institution_id="un", holder="Two",
             start="2013-05-15")
        .link("un", "party", kind="communication_channel", keeper_id="c")
    )  # fmt: skip
    tables = project.document()
    found = {one.posting.id: one for one in rotations(tables)}
    assert found["e"].near[0].days == 21
    assert found["c"].overlap == 17
    assert found["c"].channels == ("un>party",)
    day = date(2013, 1, 1)
    assert len(rotation_lines(tables, day)) == 2
    (only,) = rotation_lines(tables, day, only_at_risk=True)
    assert "21 days before “Signing”" in only.text
    set_fields(tables, "postings", ["c"], {"handover_note": ""})
    assert len(rotation_lines(tables, day, only_at_risk=True)) == 2
    assert not rotations(tables, near_days=20)[-1].near


def test_the_cliffs_of_mindanao_are_those_of_the_hand_sheet() -> None:
    tables = sample("mindanao")
    lines = funding_lines(tables, "gaps", "activity", date(2013, 2, 15), HORIZON)
    certain = [one for one in lines if one.gravity == "high"]
    names = {
        case: tables.name_of("activities", by_case_id(tables, "activities", case))
        for case in ("C06", "C07", "C08", "C22")
    }
    # The day after the last line: F06 30 June 2012, F01 2012, F02 2013, F07 30 June 2015.
    assert [(one.text.split(": “")[0], names[case] in one.text, first in one.text)
            for one, case, first in zip(
                certain,
                ("C07", "C06", "C08", "C22"),
                ("1 Jul 2012", "1 Jan 2013", "1 Jan 2014", "1 Jul 2015"),
                strict=True,
            )] == [("Cliff", True, True)] * 4  # fmt: skip
    # C05 and its line end within the same month: a gap only if the inexact date means its last day.
    (perhaps,) = (one for one in lines if one.gravity == "medium")
    assert "if its inexact dates mean so" in perhaps.text
