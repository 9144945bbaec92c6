"""Runs the parts of suites in processes of their own, as many at a time as there are processors.

A part that is killed, hangs or raises counts as a loss of its suite, never as nothing.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import tempfile
import time
import traceback
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import msgspec

from tests.safety.clock import pause
from tests.safety.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.safety.results import Part, Suite

LANES = max(2, os.cpu_count() or 2)
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class _Running:
    """A part at work."""

    key: str
    answer: Path


def whole(suite: Suite, lanes: int = LANES) -> Result:
    """Run one suite."""
    return dict(in_lanes({"": suite}, lanes))[""]


def in_lanes(
    suites: Mapping[str, Suite], lanes: int = LANES, limit: int = 0
) -> Iterator[tuple[str, Result]]:
    """Run all parts in their order, so many at a time; gives each suite when it has ended.

    Args:
        suites: by a short name.
        lanes: how many processes at a time.
        limit: seconds after which a part is taken for hung; 0 for never.
    """
    waiting = deque((key, part) for key, one in suites.items() if not one.skipped
                    for part in one.parts)  # fmt: skip
    found = {key: suite.begun() for key, suite in suites.items()}
    left = {key: 0 if one.skipped else len(one.parts) for key, one in suites.items()}
    began: dict[str, float] = {}
    running: dict[int, _Running] = {}
    yield from ((key, found[key]) for key, parts in left.items() if not parts)
    with tempfile.TemporaryDirectory() as folder:
        try:
            while waiting or running:
                while waiting and len(running) < lanes:
                    key, part = waiting.popleft()
                    began.setdefault(key, time.monotonic())
                    answer = Path(folder) / str(len(waiting))
                    child = _start(part, answer, limit)
                    os.setpgid(child, child)
                    running[child] = _Running(key, answer)
                child, told, work = _next_end(running)
                key = running.pop(child).key
                found[key].add(told)
                found[key].work += work
                left[key] -= 1
                if not left[key]:
                    found[key].seconds = time.monotonic() - began[key]
                    if lack := suites[key].shortfall(found[key]):
                        found[key].losses.append(lack)
                    yield key, found[key]
        finally:
            for child in running:
                _end_group(child)
                os.waitpid(child, 0)


def _next_end(running: Mapping[int, _Running]) -> tuple[int, Result, float]:
    """Wait for the end of a part; what it has told, and how long processors have worked for it."""
    while True:
        for child, one in running.items():
            ended, status, use = os.wait4(child, os.WNOHANG)
            if ended:
                _end_group(child)
                return child, _told(one.answer, status), use.ru_utime + use.ru_stime
        pause(0.02)


def _told(answer: Path, status: int) -> Result:
    code = os.waitstatus_to_exitcode(status)
    if code == 0 and answer.exists():
        return msgspec.json.decode(answer.read_bytes(), type=Result)
    how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"
    if code == -signal.SIGALRM:
        how = "came to no end"
    return Result("part", losses=[f"a process of this suite {how}"])


def _start(part: Part, answer: Path, limit: int = 0) -> int:
    child = os.fork()
    if child == 0:
        die_with_parent()
        signal.alarm(limit)
        _report(part, answer)
    return child


def forked(part: Part) -> Result:
    """Run a part in a process of its own and wait for it."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer"
        _, status = os.waitpid(_start(part, answer), 0)
        return _told(answer, status)


def _report(part: Part, answer: Path) -> NoReturn:
    """Write down what a part has found, and end the process whatever happens."""
    try:
        found = part()
    except BaseException:  # noqa: BLE001 - the parent counts it as a loss
        found = Result("part", losses=[traceback.format_exc()])
    answer.write_bytes(msgspec.json.encode(found))
    sys.stdout.flush()
    os._exit(0)


def _end_group(child: int) -> None:
    """Nobody whom a part has started outlives it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)


def die_with_parent() -> None:
    """Be killed when the process that has forked this one is killed (on Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
