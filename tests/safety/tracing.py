"""Faults injected by the kernel's tracer: strace -e inject, into the operations of the window.

Each operation runs in a forked process that waits until the tracer is attached; the n-th call of a
kind then fails or kills it. Nothing in the process is changed for that.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tests.safety.faults import Board, Outcome, carry_out, outcome
from tests.safety.lanes import LANES
from tests.safety.operations import OPERATIONS, Bench
from tests.safety.promises import broken_promise
from tests.safety.results import Result, Suite

if TYPE_CHECKING:
    from pathlib import Path

CALLS = (
    *("openat", "read", "write", "fsync", "close", "rename", "link", "unlink", "fchmod", "mkdir"),
    *("truncate", "stat", "newfstatat", "fstat", "getdents64", "statfs", "flock"),
)
LIE = "retval=1"
"""A drive that says it took a byte and took none: reading back must notice; a draft cannot."""
FAULTS = (
    *("signal=KILL", "error=EIO", "error=ENOSPC", "error=EDQUOT", "error=EACCES"),
    *("error=EROFS", "error=EINTR", LIE),
)


def why_not(place: Path) -> str:
    """Why strace cannot be used here; "" where it can."""
    if shutil.which("strace") is None:
        return "needs strace"
    words = ["strace", "-qq", "-o", str(place / "probe"), "-e", "inject=fsync:error=EIO", "true"]
    run = subprocess.run(words, check=False, capture_output=True)
    return "" if run.returncode == 0 else "strace may not trace here"


def strace_suite(place: Path, trials: int, seed: int = 1) -> Suite:
    """Let the n-th call of each kind fail in each way; at random unless all can be tried."""
    place.mkdir(parents=True, exist_ok=True)
    return Suite(
        "strace: kernel calls fail or kill",
        tuple(
            partial(_part, place / str(number), -(-trials // LANES), seed, number)
            for number in range(LANES)
        ),
        least=min(trials, 400),
        fires=0.9,
        skipped=why_not(place),
    )


def _part(place: Path, trials: int, seed: int, number: int) -> Result:
    tracer = Tracer(Bench.make(place), place / "trace", Board())
    result = Result("part")
    points = [
        (name, call, at, fault)
        for name in OPERATIONS
        for call, most in tracer.counts(name).items()
        for at in range(1, most + 1)
        for fault in FAULTS
        if fault != LIE or (call, name) == ("write", "save")
    ]
    random.Random(seed).shuffle(points)
    for name, call, at, fault in points[number::LANES][:trials]:
        found = tracer.run(name, f"inject={call}:{fault}:when={at}", call)
        result.trials += 1
        result.fired += bool(found.hit)
        wrong = broken_promise(tracer.bench, found.told, name)
        if not wrong and found.end not in {"done", "refused"} and "KILL" not in fault:
            wrong = f"ended with {found.end}"
        if wrong:
            result.losses.append(f"{name}, {call} number {at}, {fault}: {wrong}")
    return result


@dataclass(frozen=True)
class Tracer:
    """Runs operations under strace."""

    bench: Bench
    log: Path
    board: Board

    def counts(self, name: str) -> dict[str, int]:
        """How often an operation makes each call."""
        self.run(name, "trace=" + ",".join(CALLS), "")
        found = re.findall(r"^(?:\d+ +)?(\w+)\(", self.log.read_text(), re.MULTILINE)
        return {call: found.count(call) for call in CALLS}

    def run(self, name: str, what: str, call: str) -> Outcome:
        """Run an operation from its beginning under the tracer."""
        self.bench.reset()
        operation = OPERATIONS[name]
        operation.prepare(self.bench)
        child = os.fork()
        if child == 0:
            try:
                self.board.wait()
                end = carry_out(lambda tell: operation.work(self.bench, tell), self.board.tell)
                self.board.tell(f"END {end}")
            finally:
                os._exit(0)
        words = ["strace", "-f", "-o", str(self.log), "-e", "signal=none", "-e", what]
        words += ["-e", f"trace={call}"] if call else []
        with subprocess.Popen([*words, "-p", str(child)], stderr=subprocess.PIPE) as tracer:
            said = tracer.stderr.readline() if tracer.stderr is not None else b""
            if b"attached" not in said:
                os.kill(child, signal.SIGKILL)
            self.board.release()
            os.waitpid(child, 0)
            tracer.wait()
        found = outcome(self.board.words())
        log = self.log.read_text()
        hit = [call] if "INJECTED" in log or (found.end == "killed" and "KILL" in what) else []
        return Outcome(found.told, hit, 0, found.end)
