"""The analyses on small projects whose results can be counted by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from model.analysis.facts import Facts
from model.analysis.rules import DEFAULT_THRESHOLDS
from model.analysis.views import VIEWS
from model.analysis.views.stall import stall_of
from model.dates import parse_date
from tests.builders import ProjectBuilder, a_project
from tests.model.analysis.asking import DAY
from tests.model.analysis.test_engine import SAMPLES, sample

if TYPE_CHECKING:
    from model.analysis.views.grid import Cell, Grid


def view(project: ProjectBuilder, view_id: str, day: str = DAY) -> Grid:
    facts = Facts(project.document(), date.fromisoformat(day), DEFAULT_THRESHOLDS)
    return VIEWS[view_id].make(facts)


def titles(grid: Grid) -> list[str]:
    return [row.title.text for row in grid.rows]


def cell(grid: Grid, row: str, column: str) -> Cell:
    columns = [one.text for one in grid.columns]
    return grid.rows[titles(grid).index(row)].cells[columns.index(column)]


def two_parties() -> ProjectBuilder:
    project = a_project().actor("state", conflict_role="primary_party", tracks=("T1",))
    project.actor("panel", conflict_role="primary_party", parent_id="state", tracks=("T1",))
    return project.actor("rebels", conflict_role="primary_party", tracks=("T1",))


def test_stall_follows_the_chain_of_conditions() -> None:
    project = a_project()
    for name, tracks, conditions in (
        ("talks", ("T1",), ()),
        ("briefing", ("T2",), ("talks",)),
        ("forum", ("T3",), ("briefing",)),
        ("radio", ("T3",), ("talks", "free")),
        ("free", ("T3",), ()),
    ):
        project.add("activities", name, title=name, tracks=tracks, depends_on=conditions)
    grid = view(project, "stall")
    assert titles(grid) == ["briefing", "forum"]
    assert grid.rows[0].cells[1].text == "depends on: talks"
    assert grid.summary[0].startswith("If Track I stalls, 2 of 4 activities")


def test_stall_names_those_whose_every_link_leads_to_track_one() -> None:
    project = two_parties().actor("council", tracks=("T3",)).actor("women", tracks=("T2",))
    project.link("state", "council", initiative="top_down").link("rebels", "women")
    project.link("women", "council", initiative="bottom_up")
    project.actor("youth", tracks=("T3",)).link("state", "youth", initiative="top_down")
    grid = view(project, "stall")
    assert titles(grid) == ["youth", "state – council", "state – youth"]
    assert grid.summary[1].startswith("2 links start from the top, 1 from below, 0 are lateral")


def spots(**search: Any) -> Cell:
    project = a_project().actor("chamber", kind="private_sector", tracks=("T2",))
    if search:
        project.add("searches", "s", **{"category": "private_sector", "date": "2013", **search})
    return cell(view(project, "blind_spots"), "Private sector", "Track III")


def test_blind_spots_are_gaps_until_somebody_looked() -> None:
    assert spots().mark == "gap"
    assert spots().key == ("search", "private_sector", "T3")
    assert spots(track="T3").text == "none found, 2013"
    assert spots(track="").mark == "doubt"
    assert spots(track="T1").mark == "gap"
    assert spots(category="youth_organisation").mark == "gap"
    assert spots(date="2014").mark == "gap"


def test_blind_spots_tell_diplomats_of_donors_from_others() -> None:
    project = a_project().actor("north").actor("south")
    for name in ("north", "south"):
        values = {"kind": "diplomatic_mission", "parent_id": name, "tracks": ("T1",)}
        project.actor(f"{name} embassy", **values)
    project.add("funding", "f", donor_id="north")
    grid = view(project, "blind_spots")
    assert cell(grid, "Diplomats of donors", "Track I").text == "north embassy"
    assert cell(grid, "Diplomats of others", "Track I").text == "south embassy"
    assert cell(grid, "Diplomats of others", "Track III").text == "–"


def channelled(**link: Any) -> Grid:
    project = two_parties().actor("envoy")
    return view(project.link("envoy", "panel", kind="facilitation", **link), "channels")


def test_channels_count_the_parts_of_a_party() -> None:
    grid = channelled()
    assert [one.text for one in grid.columns] == ["state", "rebels"]
    assert cell(grid, "envoy", "state").text == "Facilitates"
    assert cell(grid, "Reached by", "state").text == "1"
    assert cell(grid, "Reached by", "rebels").mark == "gap"
    assert grid.summary == ("No channel on record to: rebels.",)


@pytest.mark.parametrize(
    ("confirmed", "mark"), [("2012-11-17", "good"), ("2012-11-16", "doubt"), (None, "good")]
)
def test_channels_go_quiet_after_the_limit(confirmed: str | None, mark: str) -> None:
    last = parse_date(confirmed) if confirmed else None
    assert cell(channelled(last_confirmed=last), "envoy", "state").mark == mark


def test_parallel_processes_need_a_common_time_and_party() -> None:
    project = two_parties().actor("a").actor("b")
    project.add(
        "processes", "one", name="One", lead_id="a", party_ids=("state",), start="2012-01-01"
    )
    project.add(
        "processes", "two", name="Two", lead_id="b", party_ids=("panel", "rebels"), end="2011-06-30"
    )
    assert view(project, "parallel").rows == ()
    project.add("processes", "two", name="Two", lead_id="b", party_ids=("panel",), end="2012")
    [row] = view(project, "parallel").rows
    assert [one.text for one in row.cells[1:]] == [
        "state",
        "possibly at the same time",
        "no record",
    ]
    project.link("a", "b")
    assert view(project, "parallel").rows[0].cells[3].mark == "good"


def test_crowding_counts_at_the_beginning_and_now() -> None:
    project = two_parties().add(
        "phases", "p", label="Contacts", kind="pre_talks", start="2012-03-01"
    )
    for number in range(6):
        start = "2012" if number < 5 else "2013-01"
        project.actor(f"t{number}").link(f"t{number}", "state", kind="facilitation", start=start)
        project.add("roles", f"r{number}", actor_id=f"t{number}", role="facilitator")
    grid = view(project, "crowding")
    assert cell(grid, "Contacts", "As it begins").text == "5"
    assert cell(grid, "Contacts", "Now, or as it ends").text == "6, above the limit"


def test_balance_counts_each_side_with_its_parts() -> None:
    project = two_parties().actor("envoy").link("envoy", "panel", kind="communication_channel")
    values = {"title": "Visit", "party_ids": ("panel",)}
    project.add("activities", "past", **values, start="2012-02-16", end="2012-02-17")
    project.add("activities", "older", **values, start="2012-02-10", end="2012-02-14")
    project.add("activities", "next", **values, start="2013-03")
    grid = view(project, "balance")
    state = [one.text for one in grid.rows[titles(grid).index("state")].cells]
    assert state == ["1", "1", "1", "0"]
    assert [one.text for one in grid.rows[titles(grid).index("rebels")].cells] == ["0"] * 2 + [
        "0"
    ] * 2


def test_spheres_show_overlaps_and_what_nobody_does() -> None:
    project = a_project().actor("a").actor("b")
    for lead in ("a", "b"):
        project.add("activities", lead, title=lead, kind="training", tracks=("T3",), lead_id=lead)
    grid = view(project, "spheres")
    assert cell(grid, "Training", "Track III").text == "2: a, b"
    assert cell(grid, "Training", "Track III").mark == "doubt"
    assert cell(grid, "Shuttle", "Track I").text == ""
    assert titles(grid)[0] == "Training"


def test_trust_shows_both_ways_and_the_steps_between() -> None:
    project = a_project().actor("a").actor("b").actor("c")
    project.add("trust", "t1", from_id="a", to_id="b", level="4")
    project.add("trust", "t2", from_id="b", to_id="a", level="2", date="2012")
    project.add("trust", "t3", from_id="c", to_id="a", level="1")
    grid = view(project, "trust")
    assert cell(grid, "a – b", "Steps apart").mark == "alarm"
    assert cell(grid, "a – b", "The second trusts").text == "Conditional, 2012"
    assert cell(grid, "a – c", "Steps apart").text == "?"
    assert cell(grid, "a – c", "The first trusts").mark == "gap"


def test_the_newest_view_of_a_party_counts() -> None:
    project = two_parties().actor("envoy")
    seen = {"party_id": "rebels", "third_party_id": "envoy"}
    project.add("impartiality", "i1", **seen, view="partisan_against", date="2011")
    project.add("impartiality", "i2", **seen, view="impartial", date="2012")
    project.add("impartiality", "i3", **seen, view="partisan_for", date="2014")
    grid = view(project, "impartiality")
    assert cell(grid, "envoy", "rebels").mark == "good"
    assert cell(grid, "envoy", "state").text == "not known"


def test_needs_and_abc_put_parties_first_and_ask_for_what_is_missing() -> None:
    project = two_parties().actor("elders", needs="Safety").actor("rebels", fears="Prison")
    project.actor("rebels", fears="Prison", conflict_role="primary_party")
    project.add("signals", "s", text="We will talk", actor_id="rebels", date="2013-01")
    needs = view(project, "needs")
    assert titles(needs) == ["panel", "rebels", "state", "elders"]
    assert cell(needs, "rebels", "Fears").text == "Prison"
    assert cell(needs, "state", "Fears").mark == "gap"
    abc = view(project, "abc")
    assert cell(abc, "rebels", "Behaviour (signals, activities)").text == "We will talk"
    assert cell(abc, "rebels", "Attitudes (fears, needs)").text == "Prison"


def test_two_views_stand_side_by_side() -> None:
    project = a_project().actor("rebels", positions="Autonomy")
    about = {"target_table": "actors", "target_id": "rebels", "field": "positions"}
    project.add("claims", "c1", **about, value="Autonomy", view_of="Analyst A")
    project.add("claims", "c2", **about, value="Independence", view_of="Analyst B")
    grid = view(project, "two_views")
    assert titles(grid) == ["rebels · Positions"]
    assert [one.text for one in grid.columns] == ["The team", "Analyst A", "Analyst B"]
    assert [one.mark for one in grid.rows[0].cells] == ["", "good", "doubt"]


def test_activities_are_tested_against_what_divides_and_connects() -> None:
    project = two_parties().add("dividers", "d", title="Land", actor_ids=("state",))
    project.add("dividers", "c", title="Market", side="connector", actor_ids=("rebels",))
    project.add("activities", "v", title="Visit", party_ids=("panel",))
    grid = view(project, "tested")
    assert cell(grid, "Visit", "Land").text == "not tested: concerns state"
    assert cell(grid, "Visit", "Market").text == "not tested"
    assert grid.summary == ("2 of 2 pairs are not tested yet.",)
    about = {"target_table": "activities", "target_id": "v", "scope": "activity"}
    project.add("answers", "a", item_id="DNH-18", answer="yes", **about)
    polarises = cell(view(project, "tested"), "Visit", "Could it polarise? (DNH-18)")
    assert polarises.mark == "alarm"
    assert [row.cells[3].text for row in view(project, "dividers").rows] == ["1", "0"]


@pytest.mark.parametrize(
    ("divider", "test", "text", "mark"),
    [
        ("d", {"effect": "strengthens"}, "Strengthens it", "alarm"),
        ("d", {"effect": "strengthens", "options": "Hire in pairs"}, "Strengthens it", "doubt"),
        ("d", {"effect": "weakens"}, "Weakens it", "good"),
        ("c", {"effect": "strengthens"}, "Strengthens it", "good"),
        ("c", {"effect": "weakens"}, "Weakens it", "alarm"),
        ("c", {"effect": "none"}, "No effect", "good"),
        ("c", {"effect": "unknown"}, "Not known", "doubt"),
        ("c", {"effect": "none", "date": "2012-11-17"}, "No effect", "good"),
        ("c", {"effect": "none", "date": "2012"}, "No effect", "good"),
        ("c", {"effect": "none", "date": "2012-11-16"}, "No effect; looked at 2012-11-16", "doubt"),
    ],
)
def test_what_an_activity_does_to_a_divider_or_connector(
    divider: str, test: dict[str, str], text: str, mark: str
) -> None:
    project = two_parties().add("dividers", "d", title="Land")
    project.add("dividers", "c", title="Market", side="connector")
    project.add("activities", "v", title="Visit", party_ids=("panel",))
    project.add("phases", "p", label="Now", kind="conflict")  # looks last for 90 days
    project.add("divider_tests", "t", activity_id="v", divider_id=divider, **test)
    found = cell(view(project, "tested"), "Visit", "Land" if divider == "d" else "Market")
    assert (found.text, found.mark, found.targets) == (text, mark, (("divider_tests", "t"),))
    assert found.key == ("test", "v", divider)
    [harmed] = [r.cells[4] for r in view(project, "dividers").rows if r.cells[5].text == "0"]
    assert (harmed.text == "1") == (mark == "alarm" or "options" in test)


def test_the_log_shows_the_newest_decision_first() -> None:
    project = a_project().actor("a")
    project.add("decisions", "d1", title="First", date="2012", reason="r")
    project.add("decisions", "d2", title="Next", date="2013", target_table="actors", target_id="a")
    assert titles(view(project, "log")) == ["Next", "First"]
    assert cell(view(project, "log"), "Next", "About").text == "a"


def test_a_stalled_process_takes_with_it_what_rests_on_it_alone() -> None:
    project = a_project()
    for name in ("envoy", "shared", "rebels", "council", "school", "far"):
        project.actor(name, tracks=("T2",))
    project.add("processes", "one", name="Talks", lead_id="envoy", co_lead_ids=("shared",),
                party_ids=("rebels",))  # fmt: skip
    project.add("processes", "two", name="Other", lead_id="shared")
    project.link("council", "envoy").link("school", "shared").link("rebels", "envoy")
    project.add("activities", "round", title="Round", tracks=("T1",), process_id="one")
    project.add("activities", "forum", title="Forum", tracks=("T2",), depends_on=("round",))
    project.add("activities", "free", title="Free", tracks=("T2",), depends_on=("round", "else"))
    project.add("activities", "else", title="Else", tracks=("T2",))
    facts = Facts(project.document(), date.fromisoformat(DAY), DEFAULT_THRESHOLDS)
    grid = stall_of(facts, "one")
    assert titles(grid) == ["Forum", "Round", "council"]
    assert [row.cells[1].mark for row in grid.rows] == ["alarm", "doubt", "alarm"]
    assert "of its own: 1; others that wait for these alone: 1" in grid.summary[0]
    assert "carry it (envoy): 1" in grid.summary[0]
    assert titles(stall_of(facts, "two")) == []  # who leads it carries the talks, too
    assert stall_of(facts, "gone") == VIEWS["stall"].make(facts)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_analysis_of_a_sample_leads_to_records_that_are_there(name: str) -> None:
    document = sample(name)
    facts = Facts(document, SAMPLES[name], DEFAULT_THRESHOLDS)
    for one in VIEWS.values():
        grid = one.make(facts)
        assert grid.rows or grid.empty
        for row in grid.rows:
            assert len(row.cells) == len(grid.columns)
            for found in (row.title, *row.cells):
                assert found.text or not found.mark
                assert all(document.get(*key) is not None for key in found.targets)
