"""Run the suites and print their figures: ``python3 dev.py safety [--release]``."""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tests.safety import clock
from tests.safety.broken import broken_writers_suite
from tests.safety.crash import crash_suite
from tests.safety.gui import canary_suite, gui_kill_suite
from tests.safety.hostile import hostile_suite
from tests.safety.interleaving import drafts_suite, interleaving_suite
from tests.safety.laws import laws_suite
from tests.safety.matrix import matrix_suite
from tests.safety.media import media_suite
from tests.safety.mutants import mutants_suite
from tests.safety.powercut import power_cut_suite
from tests.safety.results import HEAD, Result
from tests.safety.tracing import strace_suite

if TYPE_CHECKING:
    from collections.abc import Callable

    Suites = dict[str, Callable[[], Result]]

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
    if size == INNER and not clock.goes_back():
        sys.stderr.write("the clock does not go back here\n")
        return 1
    place = Path(tempfile.mkdtemp(prefix="crosstrack-safety-", dir=_quick_place()))
    place.chmod(0o755)
    try:
        results = _run_all(place, size, options.only, quiet=options.json)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    if options.json:
        sys.stdout.write(msgspec.json.encode(results).decode())
    return int(any(one.losses for one in results))


def _suites(place: Path, size: int) -> Suites:
    count = {name: sizes[size] for name, sizes in SIZES.items()}
    seed = time.time_ns() if size == RELEASE else 1  # the same faults on every push
    inner: Suites = {
        "crash": lambda: crash_suite(place / "crash", count["crash"], seed),
        "processes": lambda: interleaving_suite(place / "processes", count["processes"]),
        "windows": lambda: drafts_suite(place / "windows", count["windows"]),
        "mutants": lambda: mutants_suite(count["mutants"], seed),
        "laws": lambda: laws_suite(place / "laws", count["laws"], repeatable=size != RELEASE),
        "kills": lambda: gui_kill_suite(place / "kills", count["kills"], seed),
        "canary": lambda: canary_suite(place),
        "media": lambda: media_suite(place / "media"),
    }
    if size == INNER:
        return inner
    return {
        **inner,
        "strace": lambda: strace_suite(place / "strace", count["strace"], seed),
        "power": lambda: power_cut_suite(_made(place / "power"), count["power"]),
        "hostile": hostile_suite,
        "lock": matrix_suite,
        "clock": clock.clock_suite,
        "broken": lambda: broken_writers_suite(_made(place / "broken")),
    }


def _run_all(place: Path, size: int, only: str, *, quiet: bool) -> list[Result]:
    results = []
    began, worked = time.monotonic(), _work()
    if not quiet:
        _say(f"{'key':<10} {HEAD}")
    for key, suite in _suites(place, size).items():
        if only and key not in only.split(","):
            continue
        started, before = time.monotonic(), _work()
        result = suite()
        results.append(result)
        if not quiet:
            _say(f"{key:<10} {result.line(time.monotonic() - started, _work() - before)}")
            for remark in (*([result.note] if result.note else []), *result.losses[:10]):
                _say(f"    {remark}")
    if not quiet:
        whole = Result("all together")
        for one in results:
            whole.add(one)
        _say(f"{'':<10} {whole.line(time.monotonic() - began, _work() - worked)}")
        skipped = "; ".join(one.name for one in results if one.skipped)
        _say(f"Losses: {len(whole.losses)}." + (f" Not tried here: {skipped}." if skipped else ""))
    return results


def _work() -> float:
    """Seconds that processors have worked for this process and those that it started."""
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _quick_place() -> str | None:
    """Memory where there is one: flushes cost nothing there, and disks are suites of their own."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and os.access(memory, os.W_OK) else None


if __name__ == "__main__":
    sys.exit(main())
