from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.dates import OPEN, PartialDate, parse_date
from model.timeline.building import sections
from model.timeline.editing import Dates, make_real, plan_move, plan_stretch
from model.timeline.items import Item
from model.timeline.moving import UNITS, MoveUnit, boundary, move_unit, shifted, stretched
from model.timeline.span import span
from tests.builders import a_project


def a_date(text: str) -> PartialDate:
    return parse_date(text)


@pytest.mark.parametrize(
    ("before", "unit", "count", "after"),
    [
        ("2013-05-17", "day", 20, "2013-06-06"),
        ("2013-05-31", "month", 1, "2013-06-30"),
        ("2013-01-31", "month", 1, "2013-02-28"),
        ("2013-05", "month", -5, "2012-12"),
        ("2013-Q4", "quarter", 1, "2014-Q1"),
        ("2013", "year", 3, "2016"),
        ("~2013", "year", -1, "~2012"),
        ("<2013-05", "month", 1, "<2013-06"),
        ("2016-02-29", "year", 1, "2017-02-28"),
    ],
)
def test_a_date_moves_and_stays_as_exact_as_it_was(
    before: str, unit: MoveUnit, count: int, after: str
) -> None:
    moved = shifted(a_date(before), unit, count)

    assert moved is not None
    assert moved.iso() == after


def test_open_and_unknown_dates_do_not_move() -> None:
    assert shifted(OPEN, "year", 3) is OPEN
    assert shifted(None, "year", 3) is None


def test_a_move_beyond_the_calendar_leaves_the_date() -> None:
    assert shifted(a_date("9999"), "year", 1) == a_date("9999")
    assert shifted(a_date("0001-01-01"), "day", -1) == a_date("0001-01-01")


def test_the_coarsest_date_decides_about_the_steps() -> None:
    assert move_unit("day", a_date("2013"), a_date("2014-03-27")) == "year"
    assert move_unit("day", a_date("2013-05"), None) == "month"
    assert move_unit("month", a_date("2013-05-17"), OPEN) == "month"


def test_the_boundary_is_the_nearest_beginning() -> None:
    assert boundary(date(2013, 5, 20).toordinal(), "month") == date(2013, 6, 1).toordinal()
    assert boundary(date(2013, 5, 10).toordinal(), "month") == date(2013, 5, 1).toordinal()
    assert boundary(date(2013, 8, 1).toordinal(), "year") == date(2014, 1, 1).toordinal()


@pytest.mark.parametrize(
    ("before", "place", "side", "after"),
    [
        ("2013-05-17", date(2013, 6, 5), "start", "2013-06-05"),
        ("2013-05-17", date(2013, 6, 5), "end", "2013-06-04"),
        ("2013-05", date(2014, 2, 3), "end", "2014-01"),
        ("2013", date(2015, 2, 3), "end", "2014"),
        ("~2013", date(2015, 2, 3), "start", "~2015"),
    ],
)
def test_an_end_is_put_to_a_boundary_of_its_own_exactness(
    before: str, place: date, side: str, after: str
) -> None:
    moved = stretched(a_date(before), place.toordinal(), "day", side)  # type: ignore[arg-type]
    assert moved.iso() == after


def test_an_open_end_becomes_as_exact_as_the_zoom_can_tell() -> None:
    place = date(2015, 2, 3).toordinal()
    assert stretched(OPEN, place, "month", "end").iso() == "2015-01"
    assert stretched(None, place, "year", "end").iso() == "2014"


partial = st.one_of(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(
        lambda d: PartialDate(year=d.year, month=d.month, day=d.day)
    ),
    st.builds(PartialDate, year=st.integers(1900, 2100), month=st.integers(1, 12)),
    st.builds(PartialDate, year=st.integers(1900, 2100), quarter=st.integers(1, 4)),
    st.builds(
        PartialDate,
        year=st.integers(1900, 2100),
        qualifier=st.sampled_from(["", "about", "before", "after"]),
    ),
)


@given(partial, st.sampled_from(UNITS), st.integers(-40, 40))
def test_no_move_ever_sharpens_or_blurs(found: PartialDate, snap: MoveUnit, count: int) -> None:
    moved = shifted(found, move_unit(snap, found), count)

    assert moved is not None
    assert (moved.unit, moved.qualifier) == (found.unit, found.qualifier)


@given(partial, st.integers(693_000, 760_000), st.sampled_from(UNITS))
def test_no_stretch_ever_sharpens_or_blurs(found: PartialDate, day: int, snap: MoveUnit) -> None:
    for side in ("start", "end"):
        moved = stretched(found, day, snap, side)
        assert (moved.unit, moved.qualifier) == (found.unit, found.qualifier)


@given(partial, st.integers(-30, 30))
def test_there_and_back_again_is_where_it_was_for_years(found: PartialDate, count: int) -> None:
    if found.unit == "year":
        there = shifted(found, "year", count)
        assert shifted(there, "year", -count) == found


def an_item(start: str, end: str) -> tuple[Item, Dates]:
    dates = Dates(a_date(start), a_date(end) if end else None)
    item = Item(
        key="activities:A",
        table="activities",
        record_id="A",
        form="bar",
        title="Talks",
        span=span(dates.start, dates.end),
    )
    return item, dates


def test_both_ends_move_by_the_same_steps_and_the_sentence_says_why() -> None:
    item, dates = an_item("2010", "2016")

    plan = plan_move(item, dates, 500.0, "day")

    assert (plan.after.start, plan.after.end) == (a_date("2011"), a_date("2017"))
    assert "It moves by years. Its dates are not known more exactly." in plan.sentence()
    assert "2011 to 2017" in plan.sentence()


def test_an_end_never_passes_the_other() -> None:
    item, dates = an_item("2013-05-01", "2013-06-30")

    plan = plan_stretch(item, dates, "end", date(2012, 1, 1).toordinal(), "day")

    assert not plan.changes


def test_a_plan_made_real_is_one_step_and_planned_dates_stay_planned() -> None:
    tables = (
        a_project()
        .add("activities", "A", title="A", planned_start="2030-01-01", planned_end="2030-02-28")
        .document()
    )
    (item,) = [found for part in sections(tables) for row in part.rows for found in row.items]
    before = Dates(a_date("2030-01-01"), a_date("2030-02-28"), planned=True)

    make_real(tables, plan_move(item, before, 31, "day"))

    activity = tables.activities["A"]
    assert activity.start is None
    assert activity.planned_start == a_date("2030-02-01")
    assert activity.planned_end == a_date("2030-03-31")
    assert tables.revision == 1
