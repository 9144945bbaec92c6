"""A clock that goes back: libfaketime tells every call an earlier time than the one before."""

from __future__ import annotations

import os
import random
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from tests.safety.results import Result, Suite

VARIABLE = "CROSSTRACK_CLOCK"


def clock_suite() -> Suite:
    """Suites again in a process whose clock jumps back before every trial."""
    return Suite(
        "the same with the clock going back",
        (_with_the_clock_going_back,),
        least=1_300,
        fires=0.9,
        skipped="" if shutil.which("faketime") else "needs faketime",
    )


def _with_the_clock_going_back() -> Result:
    result = Result("part")
    with tempfile.TemporaryDirectory() as folder:
        clock = Path(folder) / "clock"
        clock.write_text("+0")
        library = _library()
        environment = {
            **os.environ,
            "LD_PRELOAD": library,
            "FAKETIME_TIMESTAMP_FILE": str(clock),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            VARIABLE: str(clock),
        }
        words = [sys.executable, "-m", "tests.safety", "--short", "--json"]
        run = subprocess.run(words, check=False, capture_output=True, env=environment)
    if run.returncode not in {0, 1}:
        result.losses.append(f"it ended with {run.returncode}")
    try:
        inner = msgspec.json.decode(run.stdout, type=list[Result])
    except msgspec.DecodeError:
        result.losses.append(run.stderr.decode(errors="replace")[-300:])
        return result
    for one in inner:
        one.note = ""
        result.add(one)
    result.note = ", ".join(one.name for one in inner)
    return result


def go_back() -> None:
    """Set the clock of this process and its children back, where it can be set."""
    name = os.environ.get(VARIABLE)
    if name:
        path = Path(name)
        before = int(path.read_text() or "0")
        path.write_text(f"{before - random.randrange(1, 100_000):+d}")


def pause(seconds: float) -> None:
    """Wait by the real clock: `time.sleep` fails where libfaketime sets the time back."""
    select.select([], [], [], seconds)


def _library() -> str:
    """Where the library of the command lies: the command itself tells by its environment."""
    words = ["faketime", "2001-01-01 00:00:00", sys.executable, "-c"]
    words.append("import os; print(os.environ['LD_PRELOAD'])")
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


def goes_back() -> bool:
    """Whether `go_back` has an effect here."""
    before = time.time()
    go_back()
    return time.time() < before
