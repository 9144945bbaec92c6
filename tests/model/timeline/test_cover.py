from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.dates import parse_date
from model.records import Activity, FundingLine
from model.timeline.cover import Gap, cover, cover_of
from tests.builders import a_project
from tests.samples import by_case_id, sample

if TYPE_CHECKING:
    from model.document import Document


@pytest.fixture(scope="module")
def mindanao() -> Document:
    return sample()


# Reckoned by hand with a calendar, not with the code under test.
@pytest.mark.parametrize(
    ("activity", "first", "last", "days"),
    [
        # C22 runs to December 2016; F07 ends on 30 June 2015: 184 days of 2015 and leap year 2016.
        ("C22", date(2015, 7, 1), date(2016, 12, 31), 184 + 366),
        # C08 runs to some day of 2016; F02 ends with 2013: 2014, 2015 and leap year 2016.
        ("C08", date(2014, 1, 1), date(2016, 12, 31), 365 + 365 + 366),
        # C06 runs from December 2009 to March 2014; F06 covers its beginning, F01 ends with 2012:
        # all of 2013, then January, February and March 2014.
        ("C06", date(2013, 1, 1), date(2014, 3, 31), 365 + 31 + 28 + 31),
        # C07 runs to some day of 2014; F06 ends on 30 June 2012: half of 2012, 2013 and 2014.
        ("C07", date(2012, 7, 1), date(2014, 12, 31), 184 + 365 + 365),
    ],
)
def test_the_gaps_of_mindanao_as_reckoned_by_hand(
    mindanao: Document, activity: str, first: date, last: date, days: int
) -> None:
    found = cover_of(mindanao)[by_case_id(mindanao, "activities", activity)]

    assert found.state == "gaps"
    assert found.gaps == (Gap(first, last, certain=True),)
    assert found.gaps[0].days == days


def test_mindanao_activities_without_any_line_are_a_finding_of_their_own(
    mindanao: Document,
) -> None:
    found = cover_of(mindanao)

    def ids(*case_ids: str) -> set[str]:
        return {by_case_id(mindanao, "activities", case_id) for case_id in case_ids}

    without = {one.activity_id for one in found.values() if one.state == "no_line"}
    assert without == ids("C09", "C16", "C23", "C27", "C28")
    assert {found[one].state for one in ids("C13", "C21")} == {"one_off"}
    assert {found[one].state for one in ids("C26")} == {"covered"}


def test_the_four_days_of_c05_hang_on_how_its_month_is_read(mindanao: Document) -> None:
    # The case gives its end as a month; F03 pays until 27 March 2014.
    (gap,) = cover_of(mindanao)[by_case_id(mindanao, "activities", "C05")].gaps

    assert gap == Gap(date(2014, 3, 28), date(2014, 3, 31), certain=False)


def an_activity(start: str, end: str, kind: str = "training") -> Activity:
    return Activity(
        id="A",
        title="A",
        kind=kind,
        start=parse_date(start) if start else None,
        end=parse_date(end) if end else None,
    )


def a_line(start: str, end: str) -> FundingLine:
    return FundingLine(
        id=f"{start}/{end}",
        activity_ids=("A",),
        start=parse_date(start) if start else None,
        end=parse_date(end) if end else None,
    )


def test_a_line_without_end_covers_everything_after_its_start() -> None:
    assert cover(an_activity("2020", "2024"), [a_line("2020-01-01", "")]).state == "covered"
    assert cover(an_activity("2020", "2024"), [a_line("2020-01-01", "open")]).state == "covered"


def test_holes_between_lines_and_before_the_first_are_found() -> None:
    lines = [a_line("2020-02-01", "2020-03-31"), a_line("2020-05-01", "2020-12-31")]

    gaps = cover(an_activity("2020-01-01", "2020-12-31"), lines).gaps

    assert [(gap.first, gap.last) for gap in gaps] == [
        (date(2020, 1, 1), date(2020, 1, 31)),
        (date(2020, 4, 1), date(2020, 4, 30)),
    ]


def test_an_activity_without_end_outlives_its_money_for_an_unknown_time() -> None:
    (gap,) = cover(an_activity("2020-01-01", "open"), [a_line("2020-01-01", "2020-06-30")]).gaps

    assert (gap.first, gap.last, gap.days) == (date(2020, 7, 1), None, None)


def test_an_unknown_end_makes_no_gap_certain() -> None:
    (gap,) = cover(an_activity("2020-01-01", ""), [a_line("2020-01-01", "2020-06-30")]).gaps

    assert gap.last is None
    assert not gap.certain


def test_a_gap_that_only_an_inexact_end_brings_about_is_not_certain() -> None:
    # March 2014 may mean the first of March, which is paid for.
    line = a_line("2010-01-01", "2014-03-27")
    (gap,) = cover(an_activity("2010-01-01", "2014-03"), [line]).gaps

    assert gap.days == 4
    assert not gap.certain


def test_an_unknown_start_claims_nothing_about_the_time_before_the_first_line() -> None:
    assert cover(an_activity("", "2020-12"), [a_line("2020-01-01", "2020-12-31")]).gaps == ()


def test_a_signing_without_end_ends_on_its_day() -> None:
    line = a_line("2016-05-30", "2016-05-30")
    assert cover(an_activity("2016-05-30", "", kind="signing"), [line]).state == "covered"


def test_planned_dates_count_where_actual_ones_are_missing() -> None:
    tables = (
        a_project()
        .add("activities", "A", title="A", planned_start="2030-01-01", planned_end="2030-02-28")
        .add("funding", "F", activity_ids=("A",), start="2030-01-01", end="2030-01-31")
        .document()
    )

    assert cover_of(tables)["A"].gaps[0].days == 28


days = st.dates(date(2000, 1, 1), date(2001, 12, 31))


@given(st.lists(st.tuples(days, days), min_size=1, max_size=6), days, days)
def test_gaps_are_exactly_the_days_that_no_line_covers(
    stretches: list[tuple[date, date]], one: date, other: date
) -> None:
    start, end = min(one, other), max(one, other)
    lines = [a_line(min(pair).isoformat(), max(pair).isoformat()) for pair in stretches]

    gaps = cover(an_activity(start.isoformat(), end.isoformat()), lines).gaps

    every = {start + timedelta(days=n) for n in range((end - start).days + 1)}
    covered = {day for day in every if any(min(p) <= day <= max(p) for p in stretches)}
    found = {day for day in every if any(gap.first <= day <= (gap.last or end) for gap in gaps)}
    assert found == every - covered
    assert sum(gap.days or 0 for gap in gaps) == len(found)
