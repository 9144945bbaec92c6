"""What every suite reports: trials, faults that really fired, and losses."""

from __future__ import annotations

import os
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Result:
    """The figures of one suite.

    Attributes:
        name: what was tried.
        trials: how often.
        fired: in how many trials the fault really happened.
        losses: one sentence for each broken promise; empty is what is wanted.
        skipped: why it was not run here; "" where it was.
        note: what it covered, or what could not be tried here.
    """

    name: str
    trials: int = 0
    fired: int = 0
    losses: list[str] = field(default_factory=list)
    skipped: str = ""
    note: str = ""

    def line(self, seconds: float, work: float) -> str:
        """One line of the table; `work` is the time that processors spent on it."""
        if self.skipped:
            return f"{self.name:<40} SKIPPED: {self.skipped}"
        figures = f"{self.trials:>9,} {self.fired:>9,} {len(self.losses):>7,}"
        return f"{self.name:<40} {figures} {seconds:>8.1f} {work:>8.1f}"

    def add(self, part: Result) -> None:
        """Count the figures of a part in."""
        self.trials += part.trials
        self.fired += part.fired
        self.losses += part.losses

    def add_told(self, told: bytes) -> None:
        """Count the figures in that a process has sent; nothing means that it died."""
        if told:
            self.add(msgspec.json.decode(told, type=Result))
        else:
            self.losses.append("a process of this suite died")


HEAD = f"{'suite':<40} {'trials':>9} {'fired':>9} {'losses':>7} {'seconds':>8} {'CPU':>8}"


def shared_out(result: Result, workers: int, part: Callable[[int], Result]) -> Result:
    """Run the parts in processes of their own, at the same time, and add them up."""
    pipes = []
    for number in range(workers):
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(reading)
            report(lambda number=number: part(number), writing)  # type: ignore[misc]
        os.close(writing)
        pipes.append(reading)
    for reading in pipes:
        with os.fdopen(reading, "rb") as stream:
            result.add_told(stream.read())
        os.wait()
    return result


def report(part: Callable[[], Result], pipe: int) -> NoReturn:
    """Send what a part has found, and end the process whatever happens."""
    try:
        found = part()
    except BaseException:  # noqa: BLE001 - the parent counts it as a loss
        found = Result("part", losses=[traceback.format_exc()])
    with os.fdopen(pipe, "wb") as stream:
        stream.write(msgspec.json.encode(found))
    os._exit(0)
