"""Partial dates: reading, precision, reckoning, refusals."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.dates import OPEN, PartialDate, day, in_force, parse_date, typed_text
from model.refusals import Refusal


@pytest.mark.parametrize(
    ("text", "iso", "first", "last"),
    [
        ("2013", "2013", date(2013, 1, 1), date(2013, 12, 31)),
        ("2013-02", "2013-02", date(2013, 2, 1), date(2013, 2, 28)),
        ("2012-02-29", "2012-02-29", date(2012, 2, 29), date(2012, 2, 29)),
        ("2013-Q2", "2013-Q2", date(2013, 4, 1), date(2013, 6, 30)),
        ("about 2013", "~2013", date(2013, 1, 1), date(2013, 12, 31)),
        ("mid 2013", "~2013", date(2013, 1, 1), date(2013, 12, 31)),
        ("before 2013-05", "<2013-05", date(1, 1, 1), date(2013, 5, 31)),
        ("after 2013-05", ">2013-05", date(2013, 5, 1), date(9999, 12, 31)),
        ("17 May 2013", "2013-05-17", date(2013, 5, 17), date(2013, 5, 17)),
        ("sept 2013", "2013-09", date(2013, 9, 1), date(2013, 9, 30)),
        ("open", "open", date(9999, 12, 31), date(9999, 12, 31)),
    ],
)
def test_reads_and_reckons(text: str, iso: str, first: date, last: date) -> None:
    found = parse_date(text)
    assert (found.iso(), found.first(), found.last()) == (iso, first, last)


@pytest.mark.parametrize(
    "text",
    ["2013-13-01", "2013-02-30", "2013-00-01", "before Ramadan 2024", "", "13/02/2013", "0000"],
)
def test_refuses_with_the_text_in_the_message(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_date(text)
    assert caught.value.code == "date"
    assert f"“{text}”" in caught.value.message


def test_words_keep_what_was_written() -> None:
    assert parse_date("mid 2013").raw == "mid 2013"


def test_an_as_of_date_needs_a_full_day() -> None:
    assert day("2013-02-15") == date(2013, 2, 15)
    with pytest.raises(Refusal, match=r"not a full day\. Write it like 2013-05-17"):
        day("2013")
    with pytest.raises(Refusal):
        day("2013-02")


def test_unknown_dates_do_not_exclude() -> None:
    someday = date(2013, 2, 15)
    assert in_force(None, None, someday)
    assert in_force(parse_date("2013"), OPEN, someday)
    assert not in_force(parse_date("2014"), None, someday)
    assert in_force(None, parse_date("2013-02"), date(2013, 2, 28))
    assert not in_force(None, parse_date("2013-02"), date(2013, 3, 1))


def dates() -> st.SearchStrategy[PartialDate]:
    """Every kind of partial date."""
    years = st.integers(1, 9999)
    qualifiers = st.sampled_from(["", "about", "before", "after"])
    days = st.dates().map(lambda d: {"year": d.year, "month": d.month, "day": d.day})
    months = st.fixed_dictionaries({"year": years, "month": st.integers(1, 12)})
    quarters = st.fixed_dictionaries({"year": years, "quarter": st.integers(1, 4)})
    stated = st.one_of(days, months, quarters, st.fixed_dictionaries({"year": years}))
    made = st.builds(lambda parts, q: PartialDate(**parts, qualifier=q), stated, qualifiers)
    return st.one_of(made, st.just(OPEN))


@given(dates())
def test_what_is_written_reads_back(found: PartialDate) -> None:
    assert parse_date(found.iso()) == found


@given(dates())
def test_first_is_never_after_last(found: PartialDate) -> None:
    assert found.first() <= found.last()


@given(dates())
def test_survives_json(found: PartialDate) -> None:
    assert msgspec.json.decode(msgspec.json.encode(found), type=PartialDate) == found


def test_json_refuses_a_day_that_does_not_exist() -> None:
    with pytest.raises(msgspec.ValidationError, match="day 30 does not exist"):
        msgspec.json.decode(b'{"year":2013,"month":2,"day":30}', type=PartialDate)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("mid-2013", "~2013"),
        ("beginning of 2013", "~2013"),
        ("end of 2013", "~2013"),
        ("Q2 2013", "2013-Q2"),
        ("q2/2013", "2013-Q2"),
        ("before Q3 2013", "<2013-Q3"),
    ],
)
def test_more_ways_in_which_people_write_dates(text: str, iso: str) -> None:
    assert parse_date(text).iso() == iso


def test_typed_words_come_back_only_where_they_still_say_the_same() -> None:
    assert typed_text(parse_date("mid 2013")) == "mid 2013"
    assert typed_text(parse_date("about 2013")) == "~2013"
    assert typed_text(PartialDate(year=2013, raw="2013-05-17")) == "2013"
    assert typed_text(PartialDate(year=2013, qualifier="about", raw="the Oslo meeting")) == "~2013"
    assert typed_text(PartialDate(year=2014, qualifier="about", raw="mid 2013")) == "~2014"
