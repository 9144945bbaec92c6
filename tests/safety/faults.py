"""Faults in a child process: the n-th call to the operating system fails, writes short or kills."""

from __future__ import annotations

import errno
import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from model.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

CALLS = (
    *("open", "write", "read", "fsync", "close", "replace", "link", "unlink", "truncate"),
    *("fchmod", "mkdir", "stat", "listdir", "statvfs"),
)
ERRORS = ("EIO", "ENOSPC", "EDQUOT", "EACCES", "EROFS", "EINTR", "ENODEV")
FAULTS = ("kill", "kill-after", "kill-half", "short", *ERRORS)


@dataclass(frozen=True)
class Fault:
    """Which call goes wrong, from 1, and how; with `lasting` all calls after it fail as well."""

    at: int
    kind: str
    lasting: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a child has told, whether its faults fired, how many calls it made, and how it ended.

    Attributes:
        end: "done", "refused", "killed", or the kind of an exception nobody foresaw.
    """

    told: list[str]
    fired: bool
    calls: int
    end: str


def run(work: Callable[[Callable[[str], None]], None], faults: tuple[Fault, ...]) -> Outcome:
    """Fork, do the work under faults, and collect what the child told before it ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(work, faults, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        words = stream.read().decode().split("\n")
    os.waitpid(child, 0)
    told = [word for word in words if word.startswith("s") and word[1:].isdigit()]
    fired = any(word == "FIRED" for word in words)
    calls = [int(word[6:]) for word in words if word.startswith("CALLS ")]
    ends = [word[4:] for word in words if word.startswith("END ")]
    return Outcome(told, fired, calls[-1] if calls else 0, ends[-1] if ends else "killed")


def _child(
    work: Callable[[Callable[[str], None]], None], faults: tuple[Fault, ...], pipe: int
) -> None:
    real_write = os.write

    def say(word: str) -> None:
        real_write(pipe, f"{word}\n".encode())

    counter = _patch(faults, say)
    end = "done"
    try:
        work(say)
    except Refusal:
        end = "refused"
    except OSError:
        end = "refused"
    except BaseException as error:  # noqa: BLE001 - reported as a loss by the parent
        end = type(error).__name__
    say(f"CALLS {counter[0]}")
    say(f"END {end}")
    os.kill(os.getpid(), signal.SIGKILL)  # nothing may run after this


def _patch(faults: tuple[Fault, ...], say: Callable[[str], None]) -> list[int]:
    """Replace the functions of `os` by counting ones."""
    counter = [0]
    by_call = {fault.at: fault for fault in faults}
    broken: list[str] = []

    def wrap(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            counter[0] += 1
            fault = by_call.get(counter[0])
            if fault is not None:
                say("FIRED")
                if fault.lasting:
                    broken.append(fault.kind)
                return _go_wrong(fault.kind, name, real, args, kwargs)
            if broken and name in {"open", "write", "fsync", "replace", "link", "mkdir"}:
                return _go_wrong(broken[0], name, real, args, kwargs)
            return real(*args, **kwargs)

        return call

    for name in CALLS:
        setattr(os, name, wrap(name, getattr(os, name)))
    return counter


def _go_wrong(
    kind: str, name: str, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Any:
    if kind == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if kind in {"short", "kill-half"} and name == "write":
        data = memoryview(args[1])
        count = real(args[0], data[: max(1, len(data) // 2)])
        if kind == "kill-half":
            os.kill(os.getpid(), signal.SIGKILL)
        return count
    if kind in {"kill-after", "kill-half"}:
        real(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "short":
        return real(*args, **kwargs)
    if name == "close":
        real(*args, **kwargs)
    number = getattr(errno, kind)
    raise OSError(number, os.strerror(number))
