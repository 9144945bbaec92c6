"""What every suite reports: trials, faults that really fired, and losses."""

from __future__ import annotations

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
    """

    name: str
    trials: int = 0
    fired: int = 0
    losses: list[str] = field(default_factory=list)
    skipped: str = ""

    def line(self, seconds: float) -> str:
        """One line of the table."""
        if self.skipped:
            return f"{self.name:<44} skipped: {self.skipped}"
        figures = f"{self.trials:>8,} {self.fired:>8,} {len(self.losses):>7,} {seconds:>8.1f}"
        return f"{self.name:<44} {figures}"


HEAD = f"{'suite':<44} {'trials':>8} {'fired':>8} {'losses':>7} {'seconds':>8}"
