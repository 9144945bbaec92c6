"""A timeline narrowed to a track, a process or an actor, reckoned by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from model.timeline.building import sections
from model.timeline.narrowing import EVERYTHING, Narrow, choices, narrowed
from tests.builders import a_project

if TYPE_CHECKING:
    from model.document import Document


@pytest.fixture(scope="module")
def plan() -> Document:
    return (
        a_project()
        .actor("un", tracks=("T1",))
        .actor("ngo", tracks=("T2",))
        .actor("donor")
        .add("processes", "p", name="Talks", tracks=("T1",), lead_id="un")
        .add("phases", "h", label="All of it", start="2012")
        .add("phases", "hp", label="Talks phase", process_id="p", start="2012")
        .add("activities", "a", title="Round", tracks=("T1",), process_id="p", start="2012")
        .add("activities", "b", title="Forum", tracks=("T2",), lead_id="ngo", start="2013")
        .add("postings", "o", office="Envoy", institution_id="un", start="2012", end="2014")
        .add("funding", "f", donor_id="donor", recipient_id="ngo", activity_ids=("b",))
        .add("mandates", "m", holder_id="un", process_id="p", start="2012")
        .document()
    )


def shown(plan: Document, narrow: Narrow) -> set[str]:
    """Ids of what stays."""
    found = narrowed(plan, sections(plan), narrow)
    return {item.record_id for section in found for row in section.rows for item in row.items}


@pytest.mark.parametrize(
    ("narrow", "expected"),
    [
        (EVERYTHING, {"p", "h", "hp", "a", "b", "o", "f", "m"}),
        (Narrow("track", "T1"), {"p", "h", "hp", "a", "o", "m"}),
        (Narrow("track", "T2"), {"h", "b", "f"}),
        (Narrow("process", "p"), {"p", "h", "hp", "a", "o", "m"}),
        (Narrow("actor", "ngo"), {"h", "b", "f"}),
        (Narrow("actor", "donor"), {"h", "f"}),
        (Narrow("actor", "un"), {"p", "h", "hp", "o", "m"}),
    ],
)
def test_only_what_belongs_there_stays(plan: Document, narrow: Narrow, expected: set[str]) -> None:
    assert shown(plan, narrow) == expected


def test_rows_without_anything_left_go_and_kept_rows_are_the_same_objects(plan: Document) -> None:
    every = sections(plan)
    (plan_section, activities, *rest) = narrowed(plan, every, Narrow("track", "T2"))
    assert [row.title for row in activities.rows] == ["Track II"]
    assert activities.rows[0] is next(r for r in every[1].rows if r.title == "Track II")
    assert plan_section.key == "plan"
    assert {section.key for section in rest} == {"funding"}


def test_what_can_be_chosen_is_what_stands_there(plan: Document) -> None:
    found = choices(plan)
    assert [one.key for one in found["track"]] == ["T1", "T2"]
    assert [one.key for one in found["process"]] == ["p"]
    assert [one.key for one in found["actor"]] == ["donor", "ngo", "un"]
