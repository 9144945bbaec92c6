"""How long exports take: a workbook of 20,000 rows, there and back, a briefing per 100 pages.

Run with ``python -m pytest tests/benchmarks/test_exports.py --benchmark-enable -s``. Budgets of
design section 8: workbook of 5,000 + 15,000 rows in 3 s, briefing in 10 s per 100 pages (goal 5).
"""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING

from exporters.excel.workbook import workbook_bytes
from exporters.pdf.briefing import briefing_bytes, briefing_pages
from exporters.progress import Silent
from exporters.readers.limits import Limits
from exporters.readers.workbook import read_workbook
from exporters.request import SECTIONS, Recipe
from model import records as r
from model.codes import CODE_LISTS
from model.redaction import redact
from tests.packs import document, empty_content, pack_of, put, sample_pack

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

    from model.document import Content


def _large(actors: int, linkages: int) -> Content:
    chance = random.Random(1)
    content = empty_content()
    kinds = CODE_LISTS["actor_kind"].codes
    for number in range(actors):
        actor = r.Actor(
            id=f"a{number}",
            tlp="CLEAR",
            name=f"Regional council for dialogue {number}",
            kind=chance.choice(kinds),
            tracks=("T2",),
            notes="Met twice in the capital; wants observers." if number % 3 else "",
        )
        put(content, "actors", actor)
    for number in range(linkages):
        first, second = chance.sample(range(actors), 2)
        linkage = r.Linkage(
            id=f"l{number}",
            tlp="CLEAR",
            from_id=f"a{first}",
            to_id=f"a{second}",
            kind=chance.choice(CODE_LISTS["linkage_kind"].codes[:18]),
            status="active",
            rationale="Shares what it hears from the districts." if number % 2 else "",
        )
        put(content, "linkages", linkage)
    return content


def test_redacted_copy_of_5000_actors_and_15000_linkages(benchmark: BenchmarkFixture) -> None:
    snapshot = document(_large(5_000, 15_000)).snapshot()
    copy = benchmark.pedantic(redact, (snapshot, "GREEN"), rounds=3)  # type: ignore[no-untyped-call]
    assert len(copy.content["linkages"]) == 15_000


def test_workbook_of_5000_actors_and_15000_linkages(
    benchmark: BenchmarkFixture, qapp: object
) -> None:
    pack = pack_of(_large(5_000, 15_000))
    data, _remarks = benchmark.pedantic(workbook_bytes, (pack, Silent()), rounds=3)  # type: ignore[no-untyped-call]
    sys.stdout.write(f"\nworkbook: {len(data) / 1e6:.1f} MB\n")


def test_workbook_of_5000_actors_and_15000_linkages_read_back(
    benchmark: BenchmarkFixture, qapp: object, tmp_path: Path
) -> None:
    path = tmp_path / "large.xlsx"
    path.write_bytes(workbook_bytes(pack_of(_large(5_000, 15_000)), Silent())[0])
    tables = benchmark.pedantic(read_workbook, (path, Limits()), rounds=3)  # type: ignore[no-untyped-call]
    assert sorted(len(table.rows) for table in tables)[-2:] == [5_000, 15_000]


def test_briefing_of_mindanao(benchmark: BenchmarkFixture, qapp: object) -> None:
    def make() -> int:
        pack = sample_pack.__wrapped__("mindanao", "AMBER+STRICT")
        return len(briefing_bytes(pack, Silent()))

    benchmark.pedantic(make, rounds=3)  # type: ignore[no-untyped-call]


def test_a_hundred_pages_of_briefing(benchmark: BenchmarkFixture, qapp: object) -> None:
    sections = tuple(one for one in SECTIONS if one not in {"map", "timeline"})
    content = _large(700, 1_100)
    pages = len(briefing_pages(pack_of(content, recipe=Recipe(sections=sections)), Silent()))

    def make() -> None:
        briefing_bytes(pack_of(content, recipe=Recipe(sections=sections)), Silent())

    benchmark.pedantic(make, rounds=1)  # type: ignore[no-untyped-call]
    seconds = benchmark.stats.stats.mean if benchmark.stats else 0.0
    sys.stdout.write(f"\n{pages} pages, {100 * seconds / pages:.1f} s per 100 pages\n")
