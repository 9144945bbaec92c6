"""What every suite is and reports: trials, faults that really fired, and losses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


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
        seconds: how long it took by the clock, from its first part to its last.
        work: how long processors worked on it.
    """

    name: str
    trials: int = 0
    fired: int = 0
    losses: list[str] = field(default_factory=list)
    skipped: str = ""
    note: str = ""
    seconds: float = 0.0
    work: float = 0.0

    def line(self) -> str:
        """One line of the table."""
        if self.skipped:
            return f"{self.name:<40} SKIPPED: {self.skipped}"
        figures = f"{self.trials:>9,} {self.fired:>9,} {len(self.losses):>7,}"
        return f"{self.name:<40} {figures} {self.seconds:>8.1f} {self.work:>8.1f}"

    def add(self, part: Result) -> None:
        """Count the figures of a part in."""
        self.trials += part.trials
        self.fired += part.fired
        self.losses += part.losses
        self.skipped = self.skipped or part.skipped
        self.note = self.note or part.note


HEAD = f"{'suite':<40} {'trials':>9} {'fired':>9} {'losses':>7} {'seconds':>8} {'CPU':>8}"

Part = Callable[[], Result]


@dataclass(frozen=True)
class Suite:
    """What is to be tried, in parts that can run at the same time.

    Attributes:
        name: what is tried.
        parts: each runs in a process of its own and reports what it has found.
        least: how many trials there must be; fewer prove nothing and count as a loss.
        fires: in which share of them the fault must really happen.
        skipped: why it cannot be run here.
        note: what it covers.
    """

    name: str
    parts: tuple[Part, ...]
    least: int = 1
    fires: float = 0.0
    skipped: str = ""
    note: str = ""

    def begun(self) -> Result:
        """The figures before any part has run."""
        return Result(self.name, skipped=self.skipped, note=self.note)

    def shortfall(self, found: Result) -> str:
        """What is missing for a proof; "" for nothing."""
        if found.skipped:
            return ""
        if found.trials < self.least:
            return f"only {found.trials:,} of {self.least:,} trials were made"
        if found.fired < self.fires * found.trials:
            return f"only in {found.fired:,} of {found.trials:,} trials did the fault happen"
        return ""

    def run_here(self) -> Result:
        """Run all parts in this process, one after the other."""
        found = self.begun()
        for part in () if self.skipped else self.parts:
            found.add(part())
        return found
