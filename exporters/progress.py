"""How exporters say how far they are; the window, the command line and the worker listen."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Where work reports to; whoever listens may end it by raising out of `report`."""

    def report(self, fraction: float, text: str) -> None:
        """Say how far the work is (0 to 1; below 0 when not known) and what is being done."""


class Silent:
    """Listens to nothing."""

    def report(self, fraction: float, text: str) -> None:
        """Let the work go on."""


class Stretch:
    """A stretch of a longer piece of work: 0 to 1 here is `start` to `end` there."""

    def __init__(self, whole: Progress, start: float, end: float) -> None:
        """Report into a part of the whole."""
        self._whole = whole
        self._start = start
        self._end = end

    def report(self, fraction: float, text: str) -> None:
        """Pass the fraction on as that of the whole."""
        known = min(max(fraction, 0.0), 1.0)
        self._whole.report(self._start + known * (self._end - self._start), text)
