from __future__ import annotations

import pytest

from model.dates import parse_date
from model.foreign.dates import judge, read_date


def _cells(*texts: str) -> list[tuple[int, str]]:
    return list(enumerate(texts, 2))


@pytest.mark.parametrize(
    ("text", "order", "read"),
    [
        ("31/12/2020", "dmy", "2020-12-31"),
        ("12/31/2020", "mdy", "2020-12-31"),
        ("3.4.2020", "dmy", "2020-04-03"),
        ("3.4.2020", "", ""),
        ("4.4.2020", "", "2020-04-04"),
        ("31/12/2020", "mdy", ""),
        ("2020/12/31", "", "2020-12-31"),
        ("2020-12-31T08:30:00", "", "2020-12-31"),
        ("05/2020", "", "2020-05"),
        ("2012.0", "", "2012"),
        ("May 1948", "", "May 1948"),
        ("Present", "", "Present"),
        ("n/a", "", ""),
        ("1/2/69", "dmy", "1969-02-01"),
        ("1/2/21", "dmy", "2021-02-01"),
        ("31/02/2020", "dmy", ""),
        ("yesterday", "", ""),
    ],
)
def test_dates_are_read_in_the_order_that_is_said(text: str, order: str, read: str) -> None:
    assert read_date(text, order) == read  # type: ignore[arg-type]
    if read:
        parse_date(read)


def test_a_day_above_twelve_proves_the_order() -> None:
    column = judge(_cells("03/04/2020", "25/12/2020"))
    assert (column.order, column.is_asked) == ("dmy", False)
    assert "row 3" in column.evidence


def test_days_of_twelve_or_less_are_asked_about_with_both_readings() -> None:
    column = judge(_cells("03/04/2020", "05/06/2020"))
    assert (column.order, column.is_asked) == ("", True)
    assert "2020-04-03" in column.evidence
    assert "2020-03-04" in column.evidence


def test_swapped_days_and_months_are_found_with_their_rows() -> None:
    column = judge(_cells("25/12/2020", "12/25/2020", "03/04/2020"))
    assert column.is_mixed
    assert column.is_asked
    assert "row 2" in column.evidence
    assert "row 3" in column.evidence
    assert read_date("12/25/2020", "dmy") == ""
    assert read_date("12/25/2020", "dmy", swap=True) == "2020-12-25"


def test_words_and_figures_are_no_dates() -> None:
    assert not judge(_cells("alpha", "beta")).is_date
    assert not judge([]).is_date
    assert judge(_cells(*["1.5.2020"] * 10, "soon")).is_date
