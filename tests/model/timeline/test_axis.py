from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.dates import OPEN, parse_date
from model.timeline.lanes import assign_lanes
from model.timeline.scale import MAX_UNITS_PER_DAY, MIN_UNITS_PER_DAY, TimeScale, fitting
from model.timeline.span import closing_end, point, span, start_end
from model.timeline.ticks import fiscal_years, ticks
from model.timeline.wording import date_text, length_text, period_text

START = date(2013, 1, 1).toordinal()


@given(st.floats(600_000, 800_000), st.floats(0.01, 60), st.floats(-5_000, 5_000))
def test_places_and_days_agree(origin: float, zoom: float, x: float) -> None:
    scale = TimeScale(origin, zoom)
    assert scale.x(scale.day(x)) == pytest.approx(x, abs=1e-4)


@given(st.floats(0.05, 20), st.floats(0.2, 5), st.floats(0, 2_000))
def test_zooming_keeps_what_is_under_the_pointer(zoom: float, factor: float, x: float) -> None:
    scale = TimeScale(START, zoom)
    assert scale.zoomed(factor, x).day(x) == pytest.approx(scale.day(x), abs=1e-3)


def test_zoom_keeps_its_limits() -> None:
    scale = TimeScale(START, 1.0)
    assert scale.zoomed(1e9, 0).units_per_day == MAX_UNITS_PER_DAY
    assert scale.zoomed(1e-9, 0).units_per_day == MIN_UNITS_PER_DAY


def test_fitting_shows_first_and_last_day() -> None:
    scale = fitting(START, START + 100, 1000)
    assert scale.x(START) == pytest.approx(0)
    assert scale.x(START + 100) == pytest.approx(1000)


@pytest.mark.parametrize(
    ("zoom", "step", "major", "minor"),
    [
        (30.0, "day", "Jan 2013", "1"),
        (6.0, "week", "Jan 2013", "31"),  # the week began on 31 December
        (1.5, "month", "2013", "Jan"),
        (0.5, "quarter", "2013", "Q1"),
        (0.2, "year", "2013", ""),
        (0.03, "years", "2010", ""),
    ],
)
def test_the_axis_from_days_to_decades(zoom: float, step: str, major: str, minor: str) -> None:
    found = ticks(TimeScale(START, zoom), 800)

    assert found.step == step
    assert found.major[0].label == major
    assert (found.minor[0].label if found.minor else "") == minor


@given(st.floats(365_000, 1_000_000), st.floats(MIN_UNITS_PER_DAY, MAX_UNITS_PER_DAY))
def test_ticks_join_without_hole_and_cover_the_view(origin: float, zoom: float) -> None:
    scale, width = TimeScale(origin, zoom), 900.0
    found = ticks(scale, width)
    for tier in (found.major, found.minor):
        for one, following in itertools.pairwise(tier):
            assert one.end == following.start
        if tier:
            assert scale.x(tier[0].start) <= 0
            assert scale.x(tier[-1].end) >= width - zoom


def test_ends_say_how_sure_they_are() -> None:
    day = date(2013, 5, 17).toordinal()
    assert start_end(parse_date("2013-05-17")).low == day
    assert closing_end(parse_date("2013-05-17")).high == day + 1
    month = start_end(parse_date("2013-05"))
    assert (month.certainty, month.high - month.low) == ("within", 31)
    about = start_end(parse_date("about 2013"))
    assert about.certainty == "about"
    assert about.high - about.low == pytest.approx(2 * 365)
    assert start_end(parse_date("before 2013")).high == START
    assert start_end(parse_date("after 2012")).low == START
    assert closing_end(OPEN).certainty == "open"
    assert closing_end(None).certainty == "unknown"


def test_what_has_no_date_has_no_place() -> None:
    assert not span(None, None).placed
    assert not point(None).placed
    assert span(None, parse_date("2013")).placed


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 200)), max_size=60), st.floats(0, 12))
def test_nothing_in_a_lane_comes_closer_than_the_gap(
    pairs: list[tuple[float, float]], gap: float
) -> None:
    extents = [(left, left + length) for left, length in pairs]
    lanes = assign_lanes(extents, gap)
    for lane in set(lanes):
        row = sorted(e for e, number in zip(extents, lanes, strict=True) if number == lane)
        for one, following in itertools.pairwise(row):
            assert one[1] + gap <= following[0]


def test_lanes_are_as_few_as_can_be() -> None:
    assert assign_lanes([(0, 10), (20, 30), (5, 25), (40, 50)], 2) == [0, 0, 1, 0]


def test_dates_in_words() -> None:
    assert date_text(parse_date("2013-02-15")) == "15 Feb 2013"
    assert date_text(parse_date("2013-Q2")) == "Q2 2013"
    assert date_text(parse_date("~2013")) == "about 2013"
    assert date_text(None) == "not known"
    assert period_text(parse_date("2013"), OPEN) == "2013 to open"
    assert length_text(1) == "1 day"
    assert length_text(59) == "59 days"
    assert length_text(550) == "18 months"


def test_fiscal_years_are_named_after_both_calendar_years() -> None:
    scale = TimeScale(float(date(2013, 1, 1).toordinal()), 1.0)

    found = fiscal_years(scale, 365.0, 4)

    assert [tick.label for tick in found] == ["FY 2012/13", "FY 2013/14"]
    assert date.fromordinal(found[1].start) == date(2013, 4, 1)
    assert fiscal_years(scale, 365.0, 1) == ()
