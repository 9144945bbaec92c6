"""How long saving and opening a large project takes, without key derivation (design section 8)."""

from __future__ import annotations

import dataclasses
import random
from typing import TYPE_CHECKING

import msgspec
import pytest

from model.dates import PartialDate
from model.records import Actor, Linkage, Project
from model.storage import codec
from model.storage.keys import KeyFile
from model.storage.schema import SaveStamp
from model.storage.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

    from model.storage.codec import Content
    from model.storage.store import OpenedProject, Saved

ACTORS = 5_000
LINKAGES = 15_000
KEY = KeyFile.generate()
WORDS = (
    "peace",
    "process",
    "mediation",
    "track",
    "dialogue",
    "council",
    "elders",
    "ceasefire",
    "liaison",
    "envoy",
    "region",
    "commission",
    "women",
    "youth",
    "implementation",
    "office",
    "contact",
    "group",
)


def text(source: random.Random, words: int) -> str:
    return " ".join(source.choice(WORDS) for _ in range(words))


@pytest.fixture(scope="module")
def content() -> Content:
    """A project of 12 MB of JSON."""
    source = random.Random(1)
    actors = {
        f"a{number:05d}": Actor(
            id=f"a{number:05d}",
            name=text(source, 4),
            tracks=("T2",),
            positions=text(source, 25),
            interests=text(source, 25),
            needs=text(source, 12),
            start=PartialDate(year=2000 + number % 20),
        )
        for number in range(ACTORS)
    }
    ids = list(actors)
    linkages = {}
    for number in range(LINKAGES):
        start, end = source.sample(ids, 2)
        name = f"l{number:05d}"
        linkages[name] = Linkage(
            id=name,
            from_id=start,
            to_id=end,
            rationale=text(source, 25),
            negative_consequences=text(source, 20),
            mitigation=text(source, 12),
            start=PartialDate(year=2001, month=3),
        )
    return {
        "project": {"project": Project(id="project", title="Large")},
        "actors": dict(actors),
        "linkages": dict(linkages),
    }


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store("benchmark", generations=tmp_path / "generations")


@pytest.fixture
def project(store: Store, tmp_path: Path, content: Content) -> OpenedProject:
    return store.create(tmp_path / "large.xtrk", content, KEY).project


def test_size_of_the_project(content: Content) -> None:
    size = len(codec.encode(content, SaveStamp("p", "s"), "benchmark").json)
    assert 11_500_000 < size < 12_500_000


def test_save(
    benchmark: BenchmarkFixture, store: Store, project: OpenedProject, content: Content
) -> None:
    """Goal: 100 ms after an edit, with reading back, generation and flushing to the medium."""
    held = [project]
    edited = {table: dict(records) for table, records in content.items()}

    def save() -> Saved:
        for table, name in (("actors", "a00007"), ("linkages", "l07000")):
            edited[table][name] = msgspec.structs.replace(
                edited[table][name], notes=str(held[0].stamp.number)
            )
        saved = store.save(held[0], edited)
        held[0] = saved.project
        return saved

    saved = benchmark.pedantic(save, rounds=10, warmup_rounds=1)  # type: ignore[no-untyped-call]
    assert saved.durable


def test_first_save_after_opening(
    benchmark: BenchmarkFixture, store: Store, project: OpenedProject
) -> None:
    """Goal: 100 ms; what was read is known to read well, so only what was changed is written."""

    def opened() -> tuple[tuple[OpenedProject], dict[str, object]]:
        return (store.open(project.path, KEY),), {}

    def save(fresh: OpenedProject) -> Saved:
        actor = msgspec.structs.replace(fresh.content["actors"]["a00007"], notes="edited")
        actors = {**fresh.content["actors"], "a00007": actor}
        return store.save(fresh, {**fresh.content, "actors": actors})

    saved = benchmark.pedantic(save, setup=opened, rounds=10, warmup_rounds=1)  # type: ignore[no-untyped-call]
    assert saved.durable


def test_save_of_a_file_of_another_version(
    benchmark: BenchmarkFixture, store: Store, project: OpenedProject, content: Content
) -> None:
    """Nothing to take over: every record is encoded and compared."""
    held = [project]

    def save() -> Saved:
        saved = store.save(dataclasses.replace(held[0], encoded=None), content)
        held[0] = saved.project
        return saved

    saved = benchmark.pedantic(save, rounds=10, warmup_rounds=1)  # type: ignore[no-untyped-call]
    assert saved.durable


def test_open(benchmark: BenchmarkFixture, store: Store, project: OpenedProject) -> None:
    """Goal: 150 ms; a key file instead of a passphrase, so no key derivation."""
    arguments = (project.path, KEY)
    opened = benchmark.pedantic(  # type: ignore[no-untyped-call]
        store.open, arguments, rounds=5, warmup_rounds=1
    )
    assert len(opened.content["linkages"]) == LINKAGES


def test_longest_hold_of_the_interpreter(benchmark: BenchmarkFixture, content: Content) -> None:
    """Goal: 16 ms; one batch of linkages encoded and decoded, as a save does it in a thread."""
    encoded = codec.encode(content, SaveStamp("p", "s"), "benchmark")
    batch = codec.Encoded(encoded.json, encoded.chunks[-1:])
    assert benchmark(codec.difference, batch) == ""
