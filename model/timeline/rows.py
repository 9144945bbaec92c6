"""Rows of the timeline: phases and milestones, activities, postings, funding, mandates, processes.

Rows say what a new thing in them would be (`adds`, `defaults`), so that a double click on an
empty spot makes an activity of that track or a posting to that office.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

import msgspec

from model.timeline.items import Item
from model.timeline.strip import CoverStrip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.tables import Tables

Grouping = Literal["track", "process", "actor"]
SectionKey = Literal["plan", "activities", "postings", "funding", "mandates", "processes"]
ALL_SECTIONS: tuple[SectionKey, ...] = (
    *("plan", "activities", "postings", "funding", "mandates", "processes"),
)


def filled_sections(tables: Tables) -> tuple[SectionKey, ...]:
    """The sections that have something to show."""
    shown = {"plan": ("phases", "milestones")}
    return tuple(
        key for key in ALL_SECTIONS if any(tables.table(table) for table in shown.get(key, (key,)))
    )


class Row(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A row with its items in order of time.

    Attributes:
        key: unique on the timeline.
        title, detail: what its header says.
        track: track code whose tint the header bears, or "".
        adds: table of what a double click adds; "" for nothing.
        defaults: field values of what is added.
        strip: need against cover by month, in the row that shows nothing else.
    """

    key: str
    title: str
    detail: str = ""
    track: str = ""
    adds: str = ""
    defaults: dict[str, object] = msgspec.field(default_factory=dict)
    items: tuple[Item, ...] = ()
    strip: CoverStrip | None = None

    @cached_property
    def days(self) -> tuple[float, float] | None:
        """First and last (exclusive) day that anything in it names; None when nothing does."""
        days = [item.days for item in self.items if item.days is not None]
        return (min(low for low, _ in days), max(high for _, high in days)) if days else None


class Section(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Rows under one heading, which can be folded away."""

    key: SectionKey
    title: str
    rows: tuple[Row, ...]

    @cached_property
    def count(self) -> int:
        """How many records it shows."""
        return len({(i.table, i.record_id) for row in self.rows for i in row.items})


def content_days(found: Iterable[Section]) -> tuple[float, float] | None:
    """First and last (exclusive) day that anything on the timeline names; None when nothing."""
    days = [row.days for section in found for row in section.rows if row.days is not None]
    if not days:
        return None
    low, high = min(first for first, _ in days), max(last for _, last in days)
    return low, max(high, low + 1)
