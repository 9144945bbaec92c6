from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.dates import OPEN, PartialDate, parse_date
from model.fields import FIELDS
from model.importing.columns import field_for, table_for
from model.importing.report import ReportLine
from model.importing.values import PRECISIONS, Unreadable, coarser, read_value
from model.records import TABLES

_UNITS = ("day", "month", "quarter", "year")

dates = st.builds(
    PartialDate,
    year=st.integers(1, 9999),
    month=st.integers(1, 12),
    day=st.integers(1, 28),
)


@given(dates, st.sampled_from(_UNITS))
def test_a_date_is_never_sharpened_and_means_at_least_the_same_days(
    date: PartialDate, precision: str
) -> None:
    kept = coarser(date, precision, date.iso())
    assert _UNITS.index(kept.unit) == max(_UNITS.index(date.unit), _UNITS.index(precision))
    assert kept.first() <= date.first()
    assert kept.last() >= date.last()
    assert (kept == date) == (precision == date.unit)
    assert kept == date or kept.raw == date.iso()


@pytest.mark.parametrize("text", ["2013", "2013-Q2", "2013-05", "about 2013"])
def test_a_coarse_date_stays_as_coarse_as_it_is(text: str) -> None:
    date = parse_date(text)
    kept = coarser(date, "day", text)
    assert (kept.iso(), kept.raw) == (date.iso(), text)


@pytest.mark.parametrize("precision", PRECISIONS)
def test_an_open_date_stays_open(precision: str) -> None:
    assert coarser(OPEN, precision, "open") == OPEN


def test_about_is_kept_as_about() -> None:
    assert coarser(parse_date("2013-05"), "about", "2013-05").iso() == "~2013-05"


@pytest.mark.parametrize(
    ("table", "field", "text", "value"),
    [
        ("actors", "tracks", "T1; T1.5 ;T3", ("T1", "T1.5", "T3")),
        ("actors", "country", "XKX", "XKX"),
        ("funding", "currency", "PHP", "PHP"),
        ("project", "chatham_house", "Yes", True),
        ("postings", "handover_overlap_days", "14", 14),
        ("tracks", "height", "240.5", 240.5),
        ("actors", "notes", " first\r\nsecond ", "first\nsecond"),
        ("linkages", "quality", "-2", "-2"),
    ],
)
def test_texts_become_values(table: str, field: str, text: str, value: object) -> None:
    assert read_value(FIELDS[table][field], text) == value


@pytest.mark.parametrize(
    ("table", "field", "text"),
    [
        ("actors", "kind", "State"),
        ("actors", "tracks", "T1;T1"),
        ("funding", "amount", "NaN"),
        ("funding", "amount", "1e9"),
        ("funding", "amount", "-5"),
        ("postings", "handover_overlap_days", "2.5"),
        ("tracks", "height", "inf"),
        ("actors", "start", "2013-02-30"),
        ("linkages", "bends", "1,2"),
    ],
)
def test_texts_that_do_not_fit_are_refused(table: str, field: str, text: str) -> None:
    with pytest.raises(Unreadable):
        read_value(FIELDS[table][field], text)


def test_labels_stand_for_codes_only_where_that_is_said() -> None:
    spec = FIELDS["actors"]["kind"]
    assert read_value(spec, "Mediator’s office", by_label=True) == "mediator_office"
    with pytest.raises(Unreadable):
        read_value(spec, "Mediator’s office")


def test_every_column_of_a_sheet_is_found_by_its_name_and_by_its_label() -> None:
    for table, specs in FIELDS.items():
        labels = [spec.label for spec in specs.values() if spec.in_sheets]
        for name, spec in specs.items():
            if spec.in_sheets:
                assert field_for(table, name) is spec
                if labels.count(spec.label) == 1:
                    assert field_for(table, spec.label) is spec


def test_every_table_is_found_by_its_name() -> None:
    assert [table_for(name) for name in TABLES] == list(TABLES)
    assert table_for("Checklist answers") == "answers"
    assert table_for("checklist") == "answers"
    assert table_for("anything") == ""


def test_a_place_names_stretches_of_rows_and_shortens_long_values() -> None:
    line = ReportLine(
        kind="guessed", file="a.csv", rows=(2, 3, 4, 9), column="x", value="y" * 99, reason="why"
    )
    assert line.text == f"a.csv, rows 2–4, 9, column x, “{'y' * 59}…”: why"
