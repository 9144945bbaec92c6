from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from model.timeline.building import sections
from model.timeline.rows import content_days
from tests.builders import a_project

if TYPE_CHECKING:
    from model.tables import Tables
    from model.timeline.rows import Grouping, Row


def rows(tables: Tables, section: str, grouping: Grouping = "track") -> dict[str, Row]:
    (found,) = [one for one in sections(tables, grouping) if one.key == section]
    return {row.title: row for row in found.rows}


def titles(row: Row) -> list[str]:
    return [item.title for item in row.items]


def test_an_empty_project_still_has_the_rows_to_begin_with() -> None:
    tables = a_project().document()

    assert list(rows(tables, "activities")) == ["Track I", "Track II", "Track III"]
    assert [row.adds for row in rows(tables, "postings").values()] == ["postings"]
    assert [row.adds for row in rows(tables, "funding").values()] == ["funding"]
    assert content_days(sections(tables)) is None


def test_activities_stand_by_track_process_or_lead() -> None:
    tables = (
        a_project()
        .actor("A")
        .add("processes", "P", name="Talks")
        .add("activities", "X", title="X", tracks=("T2",), lead_id="A", process_id="P")
        .add("activities", "Y", title="Y", tracks=("T3", "T1.5"))
        .document()
    )

    by_track = rows(tables, "activities")
    assert titles(by_track["Track II"]) == ["X"]
    assert titles(by_track["Track 1.5"]) == ["Y"]
    assert list(by_track) == ["Track I", "Track 1.5", "Track II", "Track III"]
    assert titles(rows(tables, "activities", "process")["Talks"]) == ["X"]
    assert titles(rows(tables, "activities", "process")["No process"]) == ["Y"]
    assert titles(rows(tables, "activities", "actor")["A"]) == ["X"]


def test_holders_of_an_office_share_a_row_and_a_certain_vacancy_shows() -> None:
    tables = (
        a_project()
        .actor("M", name="Mission")
        .add("postings", "1", office="Head", institution_id="M", start="2010", end="2012-03-31")
        .add("postings", "2", office="Head", institution_id="M", start="2012-07-01", end="2013")
        .add("postings", "3", office="Head", institution_id="M", start="2013", end="open")
        .document()
    )

    row = rows(tables, "postings")["Head"]

    assert [item.form for item in row.items] == ["bar", "vacant", "bar", "bar"]
    assert row.items[1].title == "vacant 3 months"
    assert row.items[1].span.start.low == date(2012, 4, 1).toordinal()
    assert row.items[1].span.end.high == date(2012, 7, 1).toordinal()


def test_unfunded_stretches_are_said_in_months_and_belong_to_their_activity() -> None:
    tables = (
        a_project()
        .add("activities", "A", title="Patrols", start="2014-01-01", end="2015-12-31")
        .add("activities", "B", title="Radio", start="2014-01-01", end="2015-12-31")
        .add("funding", "F", activity_ids=("A",), start="2014-01-01", end="2014-06-30")
        .document()
    )

    row = rows(tables, "funding")["Not covered"]

    assert titles(row) == ["▲ 18 months unfunded · Patrols"]
    assert row.items[0].record_id == "A"
    assert row.detail == "1 activity without a line"
    assert "549 days" in row.items[0].alt
    (radio,) = [
        i for i in rows(tables, "activities")["Track not known"].items if i.title == "Radio"
    ]
    assert radio.no_line
    assert "no funding line" in radio.alt


def test_what_is_not_checked_or_made_up_says_so() -> None:
    tables = (
        a_project()
        .add("milestones", "1", label="Clash", date="2015-01-25", basis="public_memory")
        .add("milestones", "2", label="Law", date="2018-07", basis="illustrative")
        .document()
    )

    one, other = rows(tables, "plan")["Milestones"].items

    assert one.mark == "not checked"
    assert other.mark == "illustrative"
    assert one.alt == "Clash, 25 Jan 2015 (not checked)"


def test_planned_and_cancelled_activities_are_told_apart() -> None:
    tables = (
        a_project()
        .add("activities", "1", title="1", start="2014", status="pipeline")
        .add("activities", "2", title="2", planned_start="2015")
        .add("activities", "3", title="3", start="2016", status="cancelled")
        .add("activities", "4", title="4", start="2017", status="implementation")
        .document()
    )

    found = rows(tables, "activities")["Track not known"].items

    assert [item.planned for item in found] == [True, True, False, False]
    assert [item.stopped for item in found] == [False, False, True, False]
