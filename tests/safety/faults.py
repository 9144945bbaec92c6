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

CALLS = (
    *("open", "write", "read", "fsync", "close", "replace", "link", "unlink", "truncate"),
    *("fchmod", "mkdir", "stat", "fstat", "listdir", "statvfs"),
)
ERRORS = ("EIO", "ENOSPC", "EDQUOT", "EACCES", "EROFS", "EINTR", "ENODEV")
FAULTS = ("kill", "kill-after", "kill-half", "short", "torn", *ERRORS)
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


def run(
    work: Callable[[Callable[[str], None]], None], faults: tuple[Fault, ...], board: Board
) -> Outcome:
    """Fork, do the work under faults, and collect what the child told before it ended."""
    child = os.fork()
    if child == 0:
        try:
            counter = _patch(faults, board.tell)
            end = carry_out(work, board.tell)
            board.tell(f"CALLS {counter[0]}")
            board.tell(f"END {end}")
        finally:
            os.kill(os.getpid(), signal.SIGKILL)  # nothing may run after this
    os.waitpid(child, 0)
    return outcome(board)


def outcome(board: Board) -> Outcome:
    """What stands on a board."""
    words = board.words()
    marks = ("FIRED ", "CALLS ", "END ")
    found = {mark: [one[len(mark) :] for one in words if one.startswith(mark)] for mark in marks}
    told = [word for word in words if word and not word.startswith(marks)]
    calls = int(found["CALLS "][-1]) if found["CALLS "] else 0
    return Outcome(told, found["FIRED "], calls, (found["END "] or ["killed"])[-1])


def carry_out(work: Callable[[Callable[[str], None]], None], tell: Callable[[str], None]) -> str:
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


def _patch(faults: tuple[Fault, ...], tell: Callable[[str], None]) -> list[int]:
    """Replace the functions of `os` by counting ones."""
    counter = [0]
    by_call = {fault.at: fault for fault in faults}
    broken: list[str] = []

    def wrap(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            counter[0] += 1
            fault = by_call.get(counter[0])
            if fault is not None:
                tell(f"FIRED {name}")
                if fault.lasting:
                    broken.append(fault.kind)
                return _go_wrong(fault.kind, name, real, args, kwargs)
            if broken and name in {"open", "write", "fsync", "replace", "link", "mkdir"}:
                return _go_wrong(broken[0], name, real, args, kwargs)
            return real(*args, **kwargs)

        return call

    for name in CALLS:
        setattr(os, name, wrap(name, getattr(os, name)))
    fcntl.flock = wrap("flock", fcntl.flock)
    return counter


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
