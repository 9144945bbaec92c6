"""Run the suites and print their figures: ``python3 dev.py safety [--release]``."""

from __future__ import annotations

import argparse
import os
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from tests.safety import clock
from tests.safety.broken import broken_writers_suite
from tests.safety.crash import crash_suite
from tests.safety.gui import canary_suite, gui_kill_suite
from tests.safety.interleaving import drafts_suite, interleaving_suite
from tests.safety.lanes import LANES, in_lanes
from tests.safety.matrix import matrix_suite
from tests.safety.media import media_suite
from tests.safety.mutants import mutants_suite
from tests.safety.places import own_place
from tests.safety.powercut import power_cut_suite
from tests.safety.results import HEAD, Result, Suite
from tests.safety.tracing import strace_suite

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Trials per push, before a release, and for the run inside another one (clock going backwards).
SIZES = {
    "crash": (10_000, 100_000, 600),
    "strace": (400, 30_000, 0),
    "power": (240, 10_000, 0),
    "mutants": (20_000, 10_000_000, 500),
    "processes": (150, 20_000, 80),
    "windows": (50, 10_000, 20),
    "laws": (500, 100_000, 60),
    "kills": (20, 1_000, 2),
}
PUSH, RELEASE, INNER = range(3)
HUNG = 900
"""Seconds after which a part of the set for a push is taken for hung."""


def main() -> int:
    """Run what was asked for; 0 when nothing was lost."""
    parser = argparse.ArgumentParser(prog="dev.py safety", description=__doc__)
    parser.add_argument("--release", action="store_true", help="many more trials; hours")
    parser.add_argument(
        "--only",
        default="",
        help="run only these suites, such as crash,power (see the first column)",
    )
    parser.add_argument("--short", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    size = INNER if options.short else RELEASE if options.release else PUSH
    if clock.VARIABLE in os.environ and not clock.goes_back():
        sys.stderr.write("the clock does not go back here\n")
        return 1
    with own_place() as place:
        suites = _suites(place, size)
        chosen = options.only.split(",") if options.only else list(suites)
        if unknown := [key for key in chosen if key not in suites]:
            parser.error(f"no suite is called {', '.join(unknown)}: {', '.join(suites)}")
        wanted = {key: suite for key, suite in suites.items() if key in chosen}
        results = _run(wanted, 0 if size == RELEASE else HUNG, quiet=options.json)
    if options.json:
        sys.stdout.write(msgspec.json.encode(results).decode())
    return int(any(one.losses for one in results))


def _suites(place: Path, size: int) -> dict[str, Suite]:
    """What can be run, that which takes longest first: then no processor is idle at the end."""
    count = {name: sizes[size] for name, sizes in SIZES.items()}
    seed = time.time_ns() if size == RELEASE else 1  # the same faults on every push
    inner = {
        "crash": crash_suite(place / "crash", count["crash"], seed),
        "kills": gui_kill_suite(place / "kills", count["kills"], seed),
        "laws": _laws_suite(place / "laws", count["laws"], repeatable=size != RELEASE),
        "mutants": mutants_suite(count["mutants"], seed),
        "canary": canary_suite(place),
        "processes": interleaving_suite(place / "processes", count["processes"]),
        "windows": drafts_suite(place / "windows", count["windows"]),
        "media": media_suite(place / "media"),
    }
    if size == INNER:
        return inner
    return {
        "crash": inner.pop("crash"),
        "lock": matrix_suite(place / "lock"),
        "clock": clock.clock_suite(),
        "broken": broken_writers_suite(place / "broken"),
        "strace": strace_suite(place / "strace", count["strace"], seed),
        "hostile": _hostile_suite(),
        "power": power_cut_suite(place / "power", count["power"]),
        **inner,
    }


# Imported only where they run: every process forked from here would have to carry what they load.


def _laws_suite(place: Path, sequences: int, *, repeatable: bool) -> Suite:
    def part(number: int) -> Result:
        from tests.safety.laws import hold_laws

        return hold_laws(place / str(number), sequences, number, repeatable=repeatable)

    parts = tuple(partial(part, number) for number in range(LANES))
    name = "merge laws and sticks that go round"
    return Suite(name, parts, least=sequences * 9 // 10, fires=0.5)


def _hostile_suite() -> Suite:
    def part() -> Result:
        from tests.safety.hostile import hostile_files

        return hostile_files()

    return Suite("hostile files", (part,), least=300, fires=0.9)


def _run(suites: Mapping[str, Suite], limit: int, *, quiet: bool) -> list[Result]:
    began = time.monotonic()
    results: dict[str, Result] = {}
    for key, found in in_lanes(suites, limit=limit):
        results[key] = found
        if not quiet:
            end = f"skipped: {found.skipped}" if found.skipped else f"{len(found.losses)} losses"
            _say(f"{time.monotonic() - began:>7.1f} s  {key}: {end}")
    ordered = [results[key] for key in suites]
    if not quiet:
        _print_table(list(suites), ordered, time.monotonic() - began)
    return ordered


def _print_table(keys: list[str], results: list[Result], seconds: float) -> None:
    whole = Result("all together", seconds=seconds, work=sum(one.work for one in results))
    _say(f"\n{'key':<10} {HEAD}")
    for key, one in zip(keys, results, strict=True):
        whole.trials += one.trials
        whole.fired += one.fired
        whole.losses += one.losses
        _say(f"{key:<10} {one.line()}")
        for remark in (*([one.note] if one.note else []), *one.losses[:10]):
            _say(f"    {remark}")
    _say(f"{'':<10} {whole.line()}")
    skipped = "; ".join(one.name for one in results if one.skipped)
    _say(f"Losses: {len(whole.losses)}." + (f" Not tried here: {skipped}." if skipped else ""))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
