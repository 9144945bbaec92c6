"""Measures in words: brokers, single points of failure, reach, the isolated, circles, trust."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from model.analysis.bridges import track_pairs
from model.analysis.facts import Facts
from model.analysis.rules import DEFAULT_THRESHOLDS
from model.analysis.views import VIEWS
from model.commands.groups import make_group
from tests.builders import ProjectBuilder, a_project
from tests.model.analysis.asking import DAY
from tests.model.analysis.test_measures import chain, facts_of, two_circles
from tests.model.analysis.test_views import cell, titles, view

if TYPE_CHECKING:
    from model.analysis.views.grid import Grid

MEASURES = [one.id for one in VIEWS.values() if one.follows_filter]


def filtered(project: ProjectBuilder, view_id: str, *visible: str) -> Grid:
    facts = Facts(
        project.document(), date.fromisoformat(DAY), DEFAULT_THRESHOLDS, frozenset(visible)
    )
    return VIEWS[view_id].make(facts)


def tracked() -> ProjectBuilder:
    """A ministry and a party, a council below that only the envoy reaches, and two elders."""
    project = a_project().actor("ministry", tracks=("T1",)).actor("party", tracks=("T1",))
    project.actor("envoy", tracks=("T2",))
    project.actor("council", tracks=("T3",)).actor("elders", tracks=("T3",))
    project.link("ministry", "party").link("ministry", "envoy").link("party", "envoy")
    return project.link("envoy", "council").link("council", "elders")


def test_brokers_say_between_how_many_groups_there_is_no_other_path() -> None:
    grid = view(tracked(), "brokers")
    assert titles(grid)[0] == "envoy"
    only = cell(grid, "envoy", "Only way")
    assert only.text == "between 2 groups that have no other path; 2 actors would be cut off"
    assert only.more.endswith("council, elders")
    assert cell(grid, "envoy", "In touch with").text == "Track I, Track III"
    assert grid.summary == ("2 actors are the only way between some others.",)


def test_single_points_of_failure_are_told_for_each_pair_of_tracks() -> None:
    pairs = {one.tracks: one for one in track_pairs(facts_of(tracked()))}
    assert set(pairs) == {("T1", "T2"), ("T1", "T3"), ("T2", "T3")}
    # The envoy is alone on Track II: without it nobody is left there to be out of touch with.
    assert pairs["T1", "T2"].bridges == ()
    lost = {one.actor_id: (set(one.lost), one.ends_all) for one in pairs["T1", "T3"].bridges}
    assert lost == {
        "envoy": ({"ministry", "party", "council", "elders"}, True),
        "council": ({"ministry", "party", "elders"}, True),
    }
    assert pairs["T1", "T3"].linkage_ids == ()
    assert pairs["T1", "T2"].linkage_ids == ("ministry>envoy", "party>envoy")


def test_a_second_way_between_the_tracks_is_safety() -> None:
    project = tracked().link("party", "council")
    pairs = {one.tracks: one for one in track_pairs(facts_of(project))}
    lost = {one.actor_id: (one.lost, one.ends_all) for one in pairs["T1", "T3"].bridges}
    assert lost == {"council": (("elders", "ministry", "party"), True)}
    row = next(one for one in view(project, "single_points").rows if "Track III" in one.title.text)
    assert row.cells[0].text == "council"
    assert "Nothing else joins the two tracks" in row.cells[0].more


def test_the_isolated_are_listed_with_what_is_on_record_besides() -> None:
    project = tracked().actor("alone").actor("x").actor("y").link("x", "y")
    project.link("alone", "elders", status="planned").link("alone", "x", decision="keep_apart")
    grid = view(project, "isolated")
    assert titles(grid) == ["alone", "x, y"]
    assert (
        cell(grid, "alone", "What is on record besides").text == "planned: 1; to be kept apart: 1"
    )
    assert cell(grid, "x, y", "In touch with").text == "only each other"


def test_circles_are_proposals_until_somebody_accepts_them() -> None:
    document = two_circles().document()
    facts = Facts(document, date.fromisoformat(DAY), DEFAULT_THRESHOLDS)
    first = VIEWS["circles"].make(facts).rows[0]
    assert first.title.proposes == "Around x0"
    members = [one for _, one in first.title.targets]
    make_group(document, ["alone"], "Made by hand")
    make_group(document, members, first.title.proposes)
    rows = VIEWS["circles"].make(facts).rows
    assert [row.cells[-1].text for row in rows] == ["Around x0", "proposal"]
    assert [row.title.proposes for row in rows] == ["", "Around y0"]
    assert {one.label for one in document.groups.values()} == {"Made by hand", "Around x0"}


def test_reach_by_trust_shows_the_way_and_its_weakest_trust() -> None:
    project = chain("state", "envoy", "council", quality="+2").actor(
        "state", conflict_role="primary_party"
    )
    project.actor("rebels", conflict_role="primary_party").link("council", "rebels")
    project.add("trust", "t", from_id="envoy", to_id="council", level="2")
    grid = view(project, "trusted")
    way = cell(grid, "council", "state")
    assert way.text == "Conditional, through envoy"
    assert way.mark == "doubt"
    assert way.more == "council → envoy → state. Weakest trust on the way: Conditional"
    assert [one for _, one in way.targets] == ["council", "envoy", "state"]
    assert cell(grid, "council", "rebels").text == "not by trust"
    assert grid.summary == ("1 of 2 parties can be reached by trust.",)


@pytest.mark.parametrize("view_id", MEASURES)
def test_measures_read_only_what_the_filter_shows_and_say_so(view_id: str) -> None:
    project = tracked()
    shown = ("ministry", "party", "ministry>party")
    grid = filtered(project, view_id, *shown)
    assert "the 2 actors that the filter shows, as of 2013-02-15" in grid.caveat
    said = {key for row in grid.rows for one in (row.title, *row.cells) for key in one.targets}
    assert {one for _, one in said} <= set(shown)
    assert "all 5 actors" in view(project, view_id).caveat


def test_there_are_six_of_them() -> None:
    assert len(MEASURES) == 6
