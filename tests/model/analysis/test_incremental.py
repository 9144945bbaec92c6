"""Findings that are kept between edits are those that a whole computation gives."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.analysis.engine import ALWAYS_READ, UNREAD_FIELDS, Kept, findings, refreshed
from model.analysis.facts import Facts
from model.analysis.rules import DEFAULT_THRESHOLDS, RULES
from model.commands.records import add_record, remove_records, set_fields
from model.dates import parse_date
from model.document import Content, Document, Snapshot
from model.history import History
from model.refusals import Refusal
from tests.benchmarks.test_warnings import busy_project
from tests.examples import examples
from tests.model.analysis.test_engine import DAY, SAMPLES, sample

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.records import Record

DAYS = (DAY, date(2012, 6, 1), date(2014, 3, 1))
CHANGES: dict[str, tuple[dict[str, Any], ...]] = {
    "actors": (
        {"conflict_role": "primary_party"},
        {"kind": "traditional_leader", "scope": "local"},
        {"tracks": ("T3",), "tlp": "RED"},
        {"notes": "called"},
        {"short_name": "X"},
        {"end": parse_date("2012")},
    ),
    "linkages": (
        {"rationale": "because"},
        {"decision": "keep_apart"},
        {"decision": "link", "review_date": parse_date("2012-11")},
        {"kind": "facilitation", "last_confirmed": parse_date("2012-06")},
        {"status": "ended"},
        {"status": "planned", "negative_consequences": ""},
    ),
    "activities": (
        {"kind": "training", "lead_consulted": "no"},
        {"kind": "public_statement", "tracks": ("T1",)},
        {"end": parse_date("2013-03")},
        {"status": "cancelled"},
        {"title": "Renamed"},
    ),
    "processes": ({"lead_id": ""}, {"coordination_mode": "network"}, {"name": "Renamed"}),
    "phases": ({"kind": "pre_talks"}, {"kind": "talks"}, {"end": parse_date("2012")}),
    "milestones": ({"kind": "agreement", "date": parse_date("2013-01")},),
    "funding": ({"end": parse_date("2013-04")}, {"earmarking": "earmarked"}),
    "postings": ({"end": parse_date("2013-02-20")}, {"tlp": "CLEAR"}),
    "answers": ({"next_review": parse_date("2012-12")}, {"review_date": parse_date("2012-01")}),
    "roles": ({"role": "lead_mediator"}, {"role": "back_channel"}),
    "project": ({"thresholds": {"W06.days": 400.0, "W16.percent": 1.0}}, {"summary": "text"}),
}
EDITS = st.one_of(
    st.tuples(
        st.just("change"), st.sampled_from(sorted(CHANGES)), st.integers(0, 99), st.integers(0, 9)
    ),
    st.tuples(
        st.just("remove"),
        st.sampled_from(("actors", "linkages", "funding", "phases")),
        st.integers(0, 99),
        st.just(0),
    ),
    st.tuples(
        st.just("add"),
        st.sampled_from(("trust", "mutes", "searches", "mandates")),
        st.integers(0, 99),
        st.integers(0, 9),
    ),
    st.tuples(st.sampled_from(("undo", "redo", "day")), st.just(""), st.integers(0, 2), st.just(0)),
)


def edit(document: Document, history: History, step: tuple[str, str, int, int]) -> None:
    """Carry out one step; what breaks a rule of the model changes nothing."""
    what, table, place, choice = step
    try:
        if what == "undo" and history.can_undo:
            history.undo()
        elif what == "redo" and history.can_redo:
            history.redo()
        elif what == "add":
            _add(document, table, place, choice)
        elif what in {"change", "remove"}:
            ids = list(document.table(table))
            chosen = ids[place % len(ids)] if ids else ""
            if chosen and what == "remove":
                remove_records(document, table, [chosen])
            elif chosen:
                changes = CHANGES[table]
                set_fields(document, table, [chosen], changes[choice % len(changes)])
    except Refusal:
        pass


def _add(document: Document, table: str, place: int, choice: int) -> None:
    actors = list(document.actors)
    one, other = actors[place % len(actors)], actors[(place + choice + 1) % len(actors)]
    if table == "trust":
        add_record(document, "trust", from_id=one, to_id=other, level=str(choice % 5))
        add_record(document, "trust", from_id=other, to_id=one, level=str((choice + 3) % 5))
    elif table == "mutes":
        rule = sorted(RULES)[place % len(RULES)]
        add_record(document, "mutes", rule_id=rule, expires=parse_date("2014"))
    elif table == "searches":
        add_record(document, "searches", category="youth_organisation", date=parse_date("2012"))
    else:
        end = parse_date("2013-03")
        add_record(document, "mandates", holder_id=one, issuer_id=other, end=end)


@pytest.mark.parametrize("name", ["mindanao", "myanmar"])
@settings(max_examples=examples(15), deadline=None)
@given(steps=st.lists(EDITS, min_size=1, max_size=6))
def test_kept_findings_equal_those_of_a_whole_computation(
    name: str, steps: list[tuple[str, str, int, int]]
) -> None:
    document = sample(name)
    history = History(document)
    day = SAMPLES[name]
    kept: Kept = refreshed(None, document.snapshot(), day)
    for step in steps:
        edit(document, history, step)
        day = DAYS[step[2]] if step[0] == "day" else day
        kept = refreshed(kept, document.snapshot(), day)
        assert kept.findings == findings(document.snapshot(), day)


class SpyingSnapshot(Snapshot):
    """Remembers which tables were asked for."""

    def __init__(self, content: Content) -> None:
        super().__init__(content, 0)
        self.asked: set[str] = set()

    def table(self, name: str) -> Mapping[str, Record]:
        self.asked.add(name)
        return super().table(name)


@pytest.mark.parametrize(
    "content", [*(sample(name).content() for name in SAMPLES), busy_project(60).content()]
)
def test_every_rule_names_all_the_tables_that_it_reads(content: Content) -> None:
    for rule in RULES.values():
        if rule.find is not None:
            spy = SpyingSnapshot(content)
            list(rule.find(Facts(spy, DAY, DEFAULT_THRESHOLDS)))
            assert spy.asked <= ALWAYS_READ | set(rule.inputs), rule.id


@pytest.mark.parametrize(
    ("table", "field", "ran"),
    [
        ("actors", {"notes": "called"}, set()),
        ("actors", {"name": "Renamed"}, {one.id for one in RULES.values() if one.find}),
        ("milestones", {"label": "Renamed"}, {"W19", "W40"}),
    ],
)
def test_only_rules_that_read_what_changed_run_again(
    table: str, field: dict[str, Any], ran: set[str]
) -> None:
    document = sample("mindanao")
    kept = refreshed(None, document.snapshot(), DAY)
    set_fields(document, table, [next(iter(document.table(table)))], field)
    assert refreshed(kept, document.snapshot(), DAY).ran == ran
    assert "notes" in UNREAD_FIELDS


def test_another_day_runs_everything_again() -> None:
    snapshot = sample("mindanao").snapshot()
    kept = refreshed(None, snapshot, DAY)
    assert refreshed(kept, snapshot, DAY).ran == set()
    assert refreshed(kept, snapshot, DAYS[1]).ran == {one.id for one in RULES.values() if one.find}
