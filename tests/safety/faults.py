"""Faults in a child process: the n-th call to the operating system fails, writes short or kills."""

from __future__ import annotations

import errno
import fcntl
import mmap
import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from model.refusals import Refusal
from tests.safety.clock import pause

if TYPE_CHECKING:
    from collections.abc import Callable

    Work = Callable[[Callable[[str], None]], None]

CALLS = (
    *("open", "write", "read", "fsync", "close", "replace", "link", "unlink", "truncate"),
    *("fchmod", "mkdir", "stat", "fstat", "listdir", "statvfs"),
)
ERRORS = ("EIO", "ENOSPC", "EDQUOT", "EACCES", "EROFS", "EINTR", "ENODEV")
KILLS = ("kill", "kill-after", "kill-half")
FAULTS = (*KILLS, "short", "torn", *ERRORS)
_BOARD = 1024 * 1024


@dataclass(frozen=True)
class Fault:
    """Which call goes wrong, from 1, and how; with `lasting` all calls after it fail as well."""

    at: int
    kind: str
    lasting: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a child has told, what its faults hit, how many calls it made, and how it ended.

    Attributes:
        end: "done", "refused", "killed", or the kind of an exception nobody foresaw.
        hit: names of the calls that went wrong.
    """

    told: list[str]
    hit: list[str]
    calls: int
    end: str


class Board:
    """Memory shared with a child: telling needs no call of the system, so none can fail."""

    def __init__(self) -> None:
        """Make room for what a child may tell."""
        self._memory = mmap.mmap(-1, _BOARD)
        self._end = 0

    def release(self) -> None:
        """Let a child go on that waits."""
        self._memory[_BOARD - 1] = 1

    def wait(self) -> None:
        """Wait for `release` without a call that anybody counts."""
        while not self._memory[_BOARD - 1]:
            pause(0.0005)
        self._memory[_BOARD - 1] = 0

    def tell(self, word: str) -> None:
        """Write a word down; it is there even if the child is killed right after."""
        line = f"{word}\n".encode()
        self._memory[self._end : self._end + len(line)] = line
        self._end += len(line)

    def words(self) -> list[str]:
        """What was told, and room for the next child."""
        told = self._memory[: self._memory.find(b"\0")]
        self._memory[: len(told)] = bytes(len(told))
        return told.decode().split("\n")


def run(work: Work, faults: tuple[Fault, ...], board: Board) -> Outcome:
    """Fork, do the work under faults, and collect what the child told before it ended."""
    child = os.fork()
    if child == 0:
        try:
            carry_out_under(Injector(board.tell), work, faults, board.tell)
        finally:
            os.kill(os.getpid(), signal.SIGKILL)  # nothing may run after this
    os.waitpid(child, 0)
    return outcome(board.words())


def carry_out_under(
    injector: Injector, work: Work, faults: tuple[Fault, ...], tell: Callable[[str], None]
) -> None:
    """Do the work under faults and tell, at last, how many calls it made and how it ended."""
    injector.arm(faults)
    end = carry_out(work, tell)
    tell(f"CALLS {injector.disarm()}")
    tell(f"END {end}")


def outcome(words: list[str]) -> Outcome:
    """What was told, sorted."""
    marks = ("FIRED ", "CALLS ", "END ")
    found = {mark: [one[len(mark) :] for one in words if one.startswith(mark)] for mark in marks}
    told = [word for word in words if word and not word.startswith(marks)]
    calls = int(found["CALLS "][-1]) if found["CALLS "] else 0
    return Outcome(told, found["FIRED "], calls, (found["END "] or ["killed"])[-1])


def carry_out(work: Work, tell: Callable[[str], None]) -> str:
    """Do the work; returns how it ended."""
    try:
        work(tell)
    except (Refusal, OSError):
        return "refused"
    except BaseException as error:  # noqa: BLE001 - reported as a loss by the parent
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        line = f" {place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else ""
        return f"{type(error).__name__}{line}"
    return "done"


class Injector:
    """Stands in for the functions of `os` in this process: counts calls and lets some go wrong."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        """Take the places of the functions for good; unarmed, every call goes through."""
        self._tell = tell
        self._count = 0
        self._by_call: dict[int, Fault] = {}
        self._broken = ""
        for name in CALLS:
            setattr(os, name, self._wrap(name, getattr(os, name)))
        fcntl.flock = self._wrap("flock", fcntl.flock)

    def arm(self, faults: tuple[Fault, ...]) -> None:
        """Count from now on."""
        self._count = 0
        self._by_call = {fault.at: fault for fault in faults}

    def disarm(self) -> int:
        """Let everything through again; returns how many calls there were."""
        self._by_call, self._broken = {}, ""
        return self._count

    def _wrap(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        lasts = name in {"open", "write", "fsync", "replace", "link", "mkdir"}

        def call(*args: Any, **kwargs: Any) -> Any:
            self._count += 1
            fault = self._by_call.get(self._count)
            if fault is not None:
                self._tell(f"FIRED {name}")
                if fault.lasting:
                    self._broken = fault.kind
                return _go_wrong(fault.kind, name, real, args, kwargs)
            if self._broken and lasts:
                return _go_wrong(self._broken, name, real, args, kwargs)
            return real(*args, **kwargs)

        return call


def _go_wrong(
    kind: str, name: str, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Any:
    if kind == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if kind in {"short", "torn", "kill-half"} and name == "write":
        data = memoryview(args[1])
        count = real(args[0], data[: max(1, len(data) // 2)])
        if kind == "kill-half":
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "short":
            return count
    if kind in {"kill-after", "kill-half"}:
        real(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "short":
        return real(*args, **kwargs)
    if name == "close":
        real(*args, **kwargs)
    number = errno.ENOSPC if kind == "torn" else getattr(errno, kind)
    raise OSError(number, os.strerror(number))
