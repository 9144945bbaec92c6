"""Benchmarks of the warnings: ``pytest tests/benchmarks/test_warnings.py --benchmark-enable``.

Budget (design 8): all warnings at 300 actors within 50 ms, at 5,000 within 1 s in the background.
"""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

import pytest

from model.analysis.engine import findings, refreshed
from model.codes import ACTIVITY_KINDS, ACTOR_KINDS, INITIATIVES, LINKAGE_KINDS, THIRD_PARTY_ROLES
from model.commands.records import set_fields
from tests.builders import ProjectBuilder, a_project

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

DAY = date(2013, 2, 15)
TRACKS = ("T1", "T1.5", "T2", "T3")


def busy_project(actors: int) -> ProjectBuilder:
    """Three linkages, a role, an activity with money and a posting for each actor.

    Every fortieth actor is a conflict party; nine in ten linkages have been thought about.
    """
    chance = random.Random(7)
    project = a_project().add("phases", "now", label="Talks", kind="talks")
    for one in range(actors):
        project.actor(
            f"a{one}",
            kind=chance.choice(ACTOR_KINDS.codes),
            tracks=tuple(chance.sample(TRACKS, chance.randint(1, 2))),
            conflict_role="none" if one % 40 else "primary_party",
            parent_id=f"a{one // 40 * 40}" if one % 10 == 1 else "",
        )
        project.add(
            "roles", f"r{one}", actor_id=f"a{one}", role=chance.choice(THIRD_PARTY_ROLES.codes)
        )
        for number in range(3):
            other = (one + chance.randrange(1, actors)) % actors
            thought = "" if chance.random() < 0.1 else "because"
            project.link(
                f"a{one}",
                f"a{other}",
                record_id=f"l{one}-{number}",
                kind=chance.choice(LINKAGE_KINDS.codes),
                initiative=chance.choice(INITIATIVES.codes),
                rationale=thought,
                negative_consequences=thought,
            )
        _plan(project, one, actors, chance)
    for number in range(max(3, actors // 100)):
        parties = (f"a{number * 40 % actors}", f"a{(number + 1) * 40 % actors}")
        project.add(
            "processes",
            f"p{number}",
            name=f"P{number}",
            lead_id=f"a{number + 3}",
            party_ids=parties,
        )
    return project


def _plan(project: ProjectBuilder, one: int, actors: int, chance: random.Random) -> None:
    people = tuple(f"a{chance.randrange(actors)}" for _ in range(4))
    end = str(chance.randint(2012, 2016))
    project.add(
        "activities",
        f"c{one}",
        title=f"Activity {one}",
        kind=chance.choice(ACTIVITY_KINDS.codes),
        tracks=(chance.choice(TRACKS),),
        lead_id=f"a{one}",
        participant_ids=people,
        start="2012",
        end=end,
    )
    project.add("funding", f"f{one}", recipient_id=f"a{one}", activity_ids=(f"c{one}",), end=end)
    month = f"2013-{chance.randint(1, 12):02d}"
    project.add("postings", f"o{one}", office=f"O{one}", institution_id=f"a{one}", end=month)


@pytest.mark.parametrize("actors", [300, 5_000])
def test_all_warnings(benchmark: BenchmarkFixture, actors: int) -> None:
    snapshot = busy_project(actors).document().snapshot()
    found = benchmark(findings, snapshot, DAY)
    assert len(found) > actors / 10


@pytest.mark.parametrize("actors", [300, 5_000])
def test_after_an_edit(benchmark: BenchmarkFixture, actors: int) -> None:
    """Budget: felt by nobody; a new reason of a linkage runs the rules again that read linkages."""
    document = busy_project(actors).document()
    before = refreshed(None, document.snapshot(), DAY)
    set_fields(document, "linkages", ["l0-0"], {"rationale": "because of the talks"})
    after = document.snapshot()
    kept = benchmark(refreshed, before, after, DAY)
    assert 0 < len(kept.ran) < len(before.ran)
