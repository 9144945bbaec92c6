"""Need against cover by month as one row of the timeline: whose it is, and what it shows."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from model.timeline.cover import GapForm
from model.timeline.money import FundingGroup, Month


class Strip(msgspec.Struct, frozen=True):
    """Whose need and cover are drawn.

    Attributes:
        group: what is meant by the key; "" for all activities that the timeline shows.
        key: id or code; "" for activities without a process, phase or lead.
        shown: whether there is a strip at all.
    """

    group: FundingGroup | Literal[""] = ""
    key: str = ""
    shown: bool = True


WHOLE_STRIP = Strip()
NO_STRIP = Strip(shown=False)

TABLES_OF_GROUPS: Final = {
    "activity": "activities",
    "process": "processes",
    "phase": "phases",
    "actor": "actors",
}
"""Where the ids come from that groups are named by; tracks have codes."""


class Mark(msgspec.Struct, frozen=True):
    """Where cover begins to be missing.

    Attributes:
        day: ordinal of the first day without money.
        form: before the first line, between two, or after the last.
        certain: False where that depends on what inexact dates mean.
        activity_ids: whose money it is.
    """

    day: float
    form: GapForm
    certain: bool
    activity_ids: tuple[str, ...]


class CoverStrip(msgspec.Struct, frozen=True):
    """What the strip shows.

    Attributes:
        months: those with need, in order.
        marks: gaps, holes and cliffs in order of time.
        spans: days [low, high) of need by activity, to find who is meant by a month.
    """

    months: tuple[Month, ...]
    marks: tuple[Mark, ...]
    spans: tuple[tuple[str, float, float], ...]
