"""Run the suites and print their figures: ``python3 dev.py safety [--release]``."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tests.safety.broken import broken_writers_suite
from tests.safety.crash import crash_suite
from tests.safety.gui import canary_suite, gui_kill_suite
from tests.safety.interleaving import interleaving_suite
from tests.safety.media import media_suite
from tests.safety.mutants import hostile_suite, mutants_suite
from tests.safety.powercut import power_cut_suite
from tests.safety.results import HEAD, Result
from tests.safety.tracing import strace_suite

if TYPE_CHECKING:
    from collections.abc import Callable

# Trials per push, before a release, and for the run inside another one (clock going backwards).
SIZES = {
    "crash": (10_000, 100_000, 1_000),
    "strace": (40, 20_000, 0),
    "power": (200, 10_000, 0),
    "mutants": (20_000, 10_000_000, 0),
    "processes": (200, 20_000, 100),
    "kills": (20, 1_000, 0),
}
BACKWARDS = "2001-01-01 00:00:00"


def main() -> int:
    """Run what was asked for; 0 when nothing was lost."""
    parser = argparse.ArgumentParser(prog="dev.py safety", description=__doc__)
    parser.add_argument("--release", action="store_true", help="many more trials; hours")
    parser.add_argument("--only", default="", help="run only suites whose key begins like this")
    parser.add_argument("--short", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    size = 2 if options.short else int(options.release)
    place = Path(tempfile.mkdtemp(prefix="crosstrack-safety-", dir=_quick_place()))
    place.chmod(0o755)
    try:
        results = _run_all(place, size, options.only, quiet=options.json)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    if options.json:
        sys.stdout.write(msgspec.json.encode(results).decode())
    return int(any(one.losses for one in results))


def _suites(place: Path, size: int) -> dict[str, Callable[[], Result]]:
    count = {name: sizes[size] for name, sizes in SIZES.items()}
    suites: dict[str, Callable[[], Result]] = {
        "crash": lambda: crash_suite(place / "crash", count["crash"], _seed(size)),
        "processes": lambda: interleaving_suite(place / "processes", count["processes"]),
    }
    if size == 2:
        return suites
    return {
        **suites,
        "strace": lambda: strace_suite(place / "strace", count["strace"], _seed(size)),
        "power": lambda: power_cut_suite(_made(place / "power"), count["power"]),
        "media": lambda: media_suite(place / "media"),
        "mutants": lambda: mutants_suite(count["mutants"], _seed(size)),
        "hostile": hostile_suite,
        "kills": lambda: gui_kill_suite(place / "kills", count["kills"], _seed(size)),
        "canary": lambda: canary_suite(place),
        "clock": _clock_suite,
        "broken": lambda: broken_writers_suite(_made(place / "broken")),
    }


def _run_all(place: Path, size: int, only: str, *, quiet: bool) -> list[Result]:
    results = []
    began = time.monotonic()
    if not quiet:
        _say(HEAD)
    for key, suite in _suites(place, size).items():
        if not key.startswith(only):
            continue
        started = time.monotonic()
        result = suite()
        results.append(result)
        if not quiet:
            _say(result.line(time.monotonic() - started))
            for loss in result.losses[:10]:
                _say(f"    {loss}")
    if not quiet:
        trials, fired = sum(one.trials for one in results), sum(one.fired for one in results)
        losses = sum(len(one.losses) for one in results)
        took = time.monotonic() - began
        _say(f"{'all together':<44} {trials:>8,} {fired:>8,} {losses:>7,} {took:>8.1f}")
    return results


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _clock_suite() -> Result:
    """Crashes and two processes again, with the clock a quarter of a century behind."""
    result = Result("the same with the clock gone back")
    if shutil.which("faketime") is None:
        result.skipped = "needs faketime"
        return result
    words = ["faketime", BACKWARDS, sys.executable, "-m", "tests.safety", "--short", "--json"]
    run = subprocess.run(words, check=False, capture_output=True)
    try:
        inner = msgspec.json.decode(run.stdout, type=list[Result])
    except msgspec.DecodeError:
        result.losses.append(run.stderr.decode(errors="replace")[-300:])
        return result
    for one in inner:
        result.trials += one.trials
        result.fired += one.fired
        result.losses += one.losses
    return result


def _seed(size: int) -> int:
    """The same faults on every push, others before each release."""
    return time.time_ns() if size == 1 else 1


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _quick_place() -> str | None:
    """Memory where there is one: flushes cost nothing there, and disks are suites of their own."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and os.access(memory, os.W_OK) else None


if __name__ == "__main__":
    sys.exit(main())
