"""Filters: what is let through, how it is counted, how fresh things are."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from model.commands.actors import add_actor
from model.commands.linkages import connect
from model.commands.records import remove_records, set_fields
from model.dates import parse_date
from model.facets import Facets
from model.filtering import FACETS, Filtering, FilterSpec, facet_title, offered, value_title
from model.history import History
from model.refusals import Refusal
from model.search import SearchIndex
from tests.builders import ProjectBuilder, a_project
from tests.examples import examples
from tests.samples import sample

if TYPE_CHECKING:
    from model.document import Document

DAY = date(2013, 2, 15)


def project() -> ProjectBuilder:
    return (
        a_project()
        .actor("gov", kind="state", tracks=("T1",), conflict_role="primary_party", tlp="CLEAR")
        .actor("shop", kind="private_sector", tracks=("T2",), seen_on="2012-06", tlp="GREEN")
        .actor("elders", kind="traditional_leader", seen_on="2001", basis="public_memory")
        .actor("later", kind="state", start="2020")
        .add("roles", "r", actor_id="shop", role="facilitator")
        .add("phases", "talks", label="Talks")
        .add("activities", "a", title="Round", phase_id="talks", lead_id="gov")
        .link("gov", "shop", kind="consultation", last_confirmed=parse_date("2013-01"), tlp="CLEAR")
        .link("shop", "elders", kind="funding", rationale="Markets need peace", tlp="AMBER")
    )


def kept(spec: FilterSpec) -> set[str]:
    document = project().document()
    visible = Filtering(document, DAY, spec, SearchIndex(document)).visible
    assert visible is not None
    return set(visible)


def ticked(**facets: set[str]) -> FilterSpec:
    return FilterSpec({facet: frozenset(values) for facet, values in facets.items()})


def test_values_of_one_facet_widen_and_facets_narrow() -> None:
    assert kept(ticked(kind={"state", "private_sector"})) == {"gov", "shop", "later", "gov>shop"}
    assert kept(ticked(kind={"state", "private_sector"}, track={"T2"})) == {"shop"}
    assert kept(ticked(track={"unknown"})) == {"elders", "later"}


def test_roles_phases_and_marks() -> None:
    assert kept(ticked(role={"facilitator", "primary_party"})) == {"gov", "shop", "gov>shop"}
    assert kept(ticked(phase={"talks"})) == {"gov"}
    assert kept(ticked(basis={"public_memory"})) == {"elders"}
    assert kept(ticked(freshness={"fresh"})) == {"shop"}
    assert kept(ticked(freshness={"stale"})) == {"elders"}


def test_kinds_of_linkages_hide_only_linkages() -> None:
    everyone = {"gov", "shop", "elders", "later"}
    assert kept(ticked(linkage={"funding"})) == everyone | {"shop>elders"}
    assert kept(ticked(tlp={"CLEAR", "GREEN"})) == {"gov", "shop", "gov>shop"}


def test_words_look_into_actors_and_their_linkages() -> None:
    assert kept(FilterSpec(text="MARKETS")) == {"shop", "elders", "shop>elders"}
    assert kept(FilterSpec(text="nothing like it")) == set()


def test_an_empty_filter_lets_everything_through() -> None:
    document = project().document()
    assert Filtering(document, DAY, FilterSpec()).visible is None
    assert FilterSpec(text="  ").is_empty
    assert ticked(kind={"state"}).with_tick("kind", "state", is_on=False).is_empty


def test_counts_are_of_the_day() -> None:
    document = project().document()
    filtering = Filtering(document, DAY, ticked(kind={"state"}))
    counts = filtering.counts()
    assert (counts.actors, counts.all_actors) == (1, 3)
    assert (counts.linkages, counts.all_linkages) == (0, 2)
    assert filtering.facet_counts("kind") == {
        "state": 1,
        "private_sector": 1,
        "traditional_leader": 1,
    }
    assert filtering.facet_counts("track") == {"T1": 1}


@given(st.dictionaries(st.sampled_from(FACETS), st.integers(0, 3), max_size=3))
def test_a_count_says_what_ticking_the_value_would_show(picks: dict[str, int]) -> None:
    document = sample()
    spec = FilterSpec()
    for facet, at in picks.items():
        values = sorted(Filtering(document, DAY, spec).facet_counts(facet))
        if values and facet != "linkage":
            spec = spec.with_tick(facet, values[at % len(values)], is_on=True)
    for facet in ("kind", "track", "tlp"):
        if not spec.ticked(facet):
            for value, count in Filtering(document, DAY, spec).facet_counts(facet).items():
                narrowed = spec.with_tick(facet, value, is_on=True)
                assert Filtering(document, DAY, narrowed).counts().actors == count


def test_everything_offered_has_a_name() -> None:
    document = sample()
    filtering = Filtering(document, DAY, FilterSpec())
    for facet in FACETS:
        assert facet_title(facet)
        found = filtering.facet_counts(facet)
        assert set(offered(document, facet, found)) == set(found)
        assert all(value_title(document, facet, value) for value in found)


EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            ("kind", "role", "track", "seen", "add", "delete", "unlink", "undo", "day")
        ),
        st.integers(0, 99),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=examples(12), deadline=None)
@given(EDITS)
def test_facets_that_follow_edits_are_those_of_a_fresh_look(edits: list[tuple[str, int]]) -> None:
    document, day = project().document(), DAY
    history, facets = History(document), Facets(document, day)
    document.subscribe(lambda commit: facets.follow(commit.patch))
    specs = (FilterSpec(), ticked(track={"T1", "T3"}, freshness={"fresh", "undated"}))
    for what, number in edits:
        day = date(2000 + number % 25, 1, 1) if what == "day" else day
        with suppress(Refusal):  # what others refer to cannot go
            edit(document, history, what, number)
        for spec in specs:
            one, other = (
                Filtering(document, day, spec, None, facets),
                Filtering(document, day, spec),
            )
            assert one.visible == other.visible
            assert one.counts() == other.counts()
            for facet in FACETS:
                assert one.facet_counts(facet) == other.facet_counts(facet)


def edit(document: Document, history: History, what: str, number: int) -> None:
    actors, links = sorted(document.actors), sorted(document.linkages)
    actor, other = actors[number % len(actors)], actors[(7 * number + 1) % len(actors)]
    values: dict[str, dict[str, object]] = {
        "kind": {"kind": ("state", "academic")[number % 2]},
        "role": {"conflict_role": ("none", "primary_party")[number % 2]},
        "track": {"tracks": (("T1",), ("T2", "T3"), ())[number % 3]},
        "seen": {"seen_on": parse_date(f"{2000 + number % 20}-06")},
    }
    if what in values:
        set_fields(document, "actors", [actor], values[what])
    elif what == "add" and actor != other:
        connect(document, add_actor(document, "state", ("T1",), "New").id, other, "funding")
    elif what == "delete":
        remove_records(document, "actors", [actor])
    elif what == "unlink" and links:
        remove_records(document, "linkages", [links[number % len(links)]])
    elif what == "undo":
        history.undo()
