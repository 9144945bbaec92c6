"""Faults injected by the kernel's tracer into an unchanged process: strace -e inject."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.safety.operations import KEY, Bench, broken_promise
from tests.safety.results import Result

if TYPE_CHECKING:
    from pathlib import Path

CALLS = ("write", "fsync", "rename", "link", "unlink", "fchmod", "mkdir", "ftruncate")
FAULTS = (
    *("signal=KILL", "error=EIO", "error=ENOSPC", "error=EDQUOT", "error=EACCES"),
    *("error=EROFS", "error=EINTR", "retval=1"),
)
SAVED, REFUSED, NOT_DURABLE = 0, 3, 4


def why_not(place: Path) -> str:
    """Why strace cannot be used here; "" where it can."""
    if shutil.which("strace") is None:
        return "needs strace"
    words = ["strace", "-qq", "-o", str(place / "probe"), "-e", "inject=fsync:error=EIO", "true"]
    run = subprocess.run(words, check=False, capture_output=True)
    return "" if run.returncode == 0 else "strace may not trace here"


def strace_suite(place: Path, trials: int, seed: int = 1) -> Result:
    """Let the n-th call of each kind fail in each way; at random unless all can be tried."""
    place.mkdir(parents=True, exist_ok=True)
    result = Result("strace: kernel calls fail or kill", skipped=why_not(place))
    if result.skipped:
        return result
    bench = Bench.make(place)
    (place / "key.txt").write_bytes(KEY.content())
    bench.reset()
    points = [
        (call, number, fault)
        for call, most in _counts(bench, place).items()
        for number in range(1, most + 1)
        for fault in FAULTS
        if fault != "retval=1" or call == "write"
    ]
    random.Random(seed).shuffle(points)
    for call, number, fault in points[:trials]:
        bench.reset()
        code = _run(bench, place, f"inject={call}:{fault}:when={number}")
        result.trials += 1
        result.fired += "INJECTED" in (place / "trace").read_text() or code < 0 or code == 137
        wrong = broken_promise(bench, ["s1"] if code == SAVED else [])
        if not wrong and code not in {SAVED, REFUSED, NOT_DURABLE} and "KILL" not in fault:
            wrong = f"ended with code {code}"
        if wrong:
            result.losses.append(f"{call} number {number}, {fault}: {wrong}")
    return result


def _counts(bench: Bench, place: Path) -> dict[str, int]:
    _run(bench, place, "trace=" + ",".join(CALLS))
    text = (place / "trace").read_text()
    found = re.findall(r"^(?:\d+ +)?(\w+)\(", text, re.MULTILINE)
    return {call: found.count(call) for call in CALLS}


def _run(bench: Bench, place: Path, what: str) -> int:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    traced = what.split("=")[1].split(":", maxsplit=1)[0] if what.startswith("inject") else ""
    words = ["strace", "-f", "-qq", "-o", str(place / "trace"), "-e", "signal=none", "-e", what]
    if traced:
        words += ["-e", f"trace={traced}"]
    words += [sys.executable, "-m", "tests.safety.strace_victim", str(bench.folder)]
    return subprocess.run(words, check=False, capture_output=True, env=environment).returncode
