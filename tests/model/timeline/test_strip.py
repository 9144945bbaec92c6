"""The strip of need and cover: the same figures as the list, gaps by kind, choices, wording."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.commands.records import set_fields
from model.dates import parse_date
from model.refusals import Refusal
from model.timeline.building import sections
from model.timeline.cover import cover_of, lines_by_activity
from model.timeline.money import cover_by_month
from model.timeline.narrowing import EVERYTHING, Narrow
from model.timeline.strip import NO_STRIP, WHOLE_STRIP, CoverStrip, Strip
from model.timeline.strip_rows import (
    STRIP_ROW,
    StripKeeper,
    activities_of_month,
    cover_strip,
    month_sentence,
    strip_choices,
    strip_row,
    with_strip,
)
from tests.builders import a_project
from tests.samples import by_case_id, sample

if TYPE_CHECKING:
    from model.document import Document
    from model.tables import Tables

HORIZON = date(2019, 12, 31)
DAYS = st.dates(date(2012, 1, 1), date(2015, 12, 31)).map(date.isoformat)
DATES = DAYS | DAYS.map(lambda text: text[:7]) | DAYS.map(lambda text: text[:4])


@st.composite
def plans(draw: st.DrawFn) -> Document:
    project = a_project()
    for number in range(draw(st.integers(1, 4))):
        start, end = sorted((draw(DATES), draw(DATES)))
        dates = {"start": start} | ({"end": end} if draw(st.booleans()) else {})
        kind = draw(st.sampled_from(["dialogue_forum", "signing", "unknown"]))
        project.add("activities", f"A{number}", title=f"A{number}", kind=kind, **dates)
        for line in range(draw(st.integers(0, 3))):
            start, end = sorted((draw(DATES), draw(DATES)))
            ids = (f"A{number}",)
            project.add("funding", f"F{number}-{line}", activity_ids=ids, start=start, end=end)
    return project.document()


def strip_of(tables: Tables, strip: Strip = WHOLE_STRIP, narrow: Narrow = EVERYTHING) -> CoverStrip:
    row = strip_row(tables, strip, narrow, HORIZON)
    assert row is not None
    assert row.strip is not None
    return row.strip


@given(plans())
def test_the_strip_counts_the_same_days_as_the_list(tables: Document) -> None:
    (group,) = cover_by_month(tables, "process", HORIZON)
    activities = tables.activities.values()
    strip = cover_strip(activities, cover_of(tables), lines_by_activity(tables), HORIZON)
    assert strip.months == group.months


@given(plans(), st.data())
def test_a_strip_that_follows_edits_is_that_of_a_fresh_one(
    document: Document, data: st.DataObject
) -> None:
    keeper = StripKeeper()
    for _ in range(4):
        kept = keeper.row(document, WHOLE_STRIP, EVERYTHING, HORIZON)
        assert kept == strip_row(document, WHOLE_STRIP, EVERYTHING, HORIZON)
        table = data.draw(st.sampled_from(["activities", "funding"]))
        ids = sorted(document.table(table))
        if not ids:
            continue
        values: dict[str, object] = (
            {"title": data.draw(st.sampled_from(["A", "B"]))}
            if table == "activities" and data.draw(st.booleans())
            else {
                data.draw(st.sampled_from(["start", "end"])): data.draw(
                    st.none() | DATES.map(parse_date)
                )
            }
        )
        with suppress(Refusal):  # an end before its start
            set_fields(document, table, [data.draw(st.sampled_from(ids))], values)
    again = keeper.row(document, WHOLE_STRIP, EVERYTHING, HORIZON)
    other = keeper.row(document, WHOLE_STRIP, EVERYTHING, HORIZON)
    assert again is None or other is None or again.strip is other.strip


@pytest.mark.parametrize("group", ["activity", "process", "track", "phase", "actor"])
def test_each_group_of_a_sample_is_drawn_as_it_is_listed(group: str) -> None:
    tables = sample("mindanao")
    listed = {one.key: one for one in cover_by_month(tables, group, HORIZON)}  # type: ignore[arg-type]
    choices = strip_choices(tables, group)  # type: ignore[arg-type]
    assert {strip.key for _, strip in choices} == set(listed)
    for name, strip in choices:
        assert name == listed[strip.key].name
        row = strip_row(tables, strip, EVERYTHING, HORIZON)
        months = () if row is None or row.strip is None else row.strip.months
        assert months == listed[strip.key].months


def test_gap_hole_and_cliff_are_told_apart() -> None:
    tables = (
        a_project()
        .add("activities", "A", title="Talks", start="2013-01-01", end="2013-12-31")
        .add("funding", "F", activity_ids=("A",), start="2013-02-01", end="2013-03-31")
        .add("funding", "G", activity_ids=("A",), start="2013-05-01", end="2013-06-30")
        .document()
    )
    strip = strip_of(tables)
    assert [(one.form, date.fromordinal(int(one.day))) for one in strip.marks] == [
        ("gap", date(2013, 1, 1)),
        ("hole", date(2013, 4, 1)),
        ("cliff", date(2013, 7, 1)),
    ]
    said = month_sentence(tables, strip, date(2013, 7, 9).toordinal())
    assert said == (
        "Jul 2013: 0 of 31 days of work covered; 31 not covered; Cliff from 1 Jul 2013: Talks."
    )
    assert activities_of_month(strip, date(2013, 7, 9).toordinal()) == ("A",)
    assert month_sentence(tables, strip, date(2014, 7, 9).toordinal()) == ""


def test_the_cliff_of_mindanao_stands_where_the_hand_sheet_has_it() -> None:
    tables = sample("mindanao")
    icg = by_case_id(tables, "activities", "C06")
    strip = strip_of(tables, Strip("activity", icg))
    assert [(one.form, one.day) for one in strip.marks if one.certain] == [
        ("cliff", float(date(2013, 1, 1).toordinal()))
    ]


def test_the_strip_follows_the_filter_unless_something_is_chosen() -> None:
    tables = sample("mindanao")
    every = sections(tables)
    track = strip_of(tables, Strip("track", "T1"))
    narrow = Narrow("track", "T1")
    assert strip_of(tables, narrow=narrow).months == track.months
    assert strip_of(tables, Strip("track", "T2"), narrow) == strip_of(tables, Strip("track", "T2"))
    shown = with_strip(tables, every, every, Strip())
    (funding,) = (one for one in shown if one.key == "funding")
    assert funding.rows[0].key == STRIP_ROW
    assert with_strip(tables, every, every, NO_STRIP) == every
    assert with_strip(a_project().document(), every, every, Strip()) == every
