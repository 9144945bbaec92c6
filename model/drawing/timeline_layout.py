"""Where everything on the timeline lies: rows, lanes, bars and their labels, in project units.

x counts from the first day of the content, whatever part of it is in view, so that scrolling
never moves anything from lane to lane; only the zoom does. A label stands inside its bar when it
fits there, otherwise beside it, and its room is kept free: nothing overlaps and nothing is cut.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from math import ceil, inf
from operator import is_
from typing import TYPE_CHECKING

import msgspec

from model.drawing.style import text_style
from model.drawing.timeline_dense import shared_lanes, shortened
from model.drawing.timeline_places import (
    DENSE_STRIP,
    HEADER,
    INSET,
    ITEM_GAP,
    LANE,
    MARKER,
    ROW_PAD,
    SECTION,
    STRIP,
    Frame,
    Measures,
    Placed,
)
from model.timeline.items import Item
from model.timeline.lanes import assign_lanes
from model.timeline.rows import Row, Section, content_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from model.drawing.text import TextBlock, TextEngine

MIN_ROW = 32.0
HEADER_PAD = 12.0
_HALF_A_YEAR = 183.0


class PlacedRow(msgspec.Struct, frozen=True, dict=True):
    """A row in its place; its items by lane, each lane in order of x."""

    row: Row
    section: str
    top: float
    height: float
    lanes: tuple[tuple[Placed, ...], ...]
    undated: tuple[Placed, ...] = ()

    @property
    def bottom(self) -> float:
        """Its lower border."""
        return self.top + self.height

    @cached_property
    def by_record(self) -> dict[tuple[str, str], Placed]:
        """The place of each record; that of the thing itself before that of its gaps."""
        found: dict[tuple[str, str], Placed] = {}
        for lane in (*self.lanes, self.undated):
            for placed in lane:
                key = (placed.item.table, placed.item.record_id)
                if placed.item.editable or key not in found:
                    found[key] = placed
        return found

    def moved(self, dy: float) -> PlacedRow:
        """The same row further down."""
        lanes = tuple(tuple(one.moved(dy) for one in lane) for lane in self.lanes)
        undated = tuple(one.moved(dy) for one in self.undated)
        return PlacedRow(self.row, self.section, self.top + dy, self.height, lanes, undated)

    def between(
        self, left: float, right: float, top: float = -inf, bottom: float = inf
    ) -> Iterator[Placed]:
        """Items that may show between two x and two heights."""
        for lane in self.lanes:
            if not lane or lane[0].y >= bottom or lane[0].y + LANE <= top:
                continue
            at = bisect_left(lane, left, key=lambda placed: placed.right)
            while at < len(lane) and lane[at].left <= right:
                yield lane[at]
                at += 1


class PlacedSection(msgspec.Struct, frozen=True):
    """The heading of a section in its place."""

    section: Section
    top: float
    folded: bool

    @property
    def bottom(self) -> float:
        """Its lower border."""
        return self.top + SECTION


class TimelineLayout(msgspec.Struct, frozen=True):
    """All headings and rows from top to bottom."""

    frame: Frame
    sections: tuple[PlacedSection, ...]
    rows: tuple[PlacedRow, ...]
    height: float
    phases: tuple[Item, ...] = ()

    @property
    def width(self) -> float:
        """From the first to the last day of the content."""
        return self.frame.x(self.frame.high)

    def rows_between(self, top: float, bottom: float) -> tuple[PlacedRow, ...]:
        """Rows that show between two heights."""
        first = bisect_left(self.rows, top, key=lambda row: row.bottom)
        last = bisect_left(self.rows, bottom, key=lambda row: row.top)
        return self.rows[first:last]

    def row_at(self, y: float) -> PlacedRow | None:
        """The row at a height."""
        found = self.rows_between(y, y + 0.001)
        return found[0] if found and found[0].top <= y else None

    def placed(self) -> Iterator[Placed]:
        """Everything, row by row, in order of time."""
        for row in self.rows:
            every = [placed for lane in row.lanes for placed in lane]
            yield from sorted(every, key=lambda placed: (placed.x0, placed.y))
            yield from row.undated


def frame_of(found: Iterable[Section], units_per_day: float, also: Iterable[float] = ()) -> Frame:
    """A frame around the content, and around some further days, with a little air."""
    return frame_around(content_days(found), units_per_day, also)


def frame_around(
    days: tuple[float, float] | None, units_per_day: float, also: Iterable[float] = ()
) -> Frame:
    """A frame around the first and last day, and around some further days."""
    ends = [*also, *(days or ())]
    low, high = (min(ends), max(ends)) if ends else (730_000.0, 730_365.0)
    air = max((high - low) * 0.03, 15.0)
    return Frame(units_per_day, low - air, high + air)


def room_to_plan(days: tuple[float, float] | None, opened: float) -> tuple[float, ...]:
    """Days half a year off the one on which a plan was opened, while it is shorter than a year.

    So there is room for what is to come, and what is added there moves nothing.
    """
    if days is not None and days[1] - days[0] > 2 * _HALF_A_YEAR:
        return ()
    return opened - _HALF_A_YEAR, opened + _HALF_A_YEAR


def lay_out(
    found: Iterable[Section],
    frame: Frame,
    text: TextEngine,
    measures: Measures | None = None,
    earlier: TimelineLayout | None = None,
) -> TimelineLayout:
    """Give everything its place.

    Args:
        found: what to place.
        frame: zoom, days and limits.
        text: shapes the labels.
        measures: kept from an earlier layout, they spare the shaping.
        earlier: a layout whose rows are taken over where nothing in them has changed.
    """
    known = Measures(text) if measures is None else measures
    kept: dict[str, PlacedRow] = {}
    if earlier is not None and earlier.frame == frame:
        kept = {row.row.key: row for row in earlier.rows}
    top = 0.0
    headings: list[PlacedSection] = []
    rows: list[PlacedRow] = []
    phases: tuple[Item, ...] = ()
    for section in found:
        folded = section.key in frame.folded
        headings.append(PlacedSection(section, top, folded))
        top += SECTION
        for row in section.rows:
            if row.key == "phases":
                phases = row.items
        for row in () if folded else section.rows:
            before = kept.get(row.key)
            if before is not None and (before.row is row or _same(before.row, row)):
                placed = before if before.top == top else before.moved(top - before.top)
            else:
                placed = _row(row, section.key, top, frame, known)
            rows.append(placed)
            top = placed.bottom
    return TimelineLayout(frame, tuple(headings), tuple(rows), top, phases)


def _same(one: Row, other: Row) -> bool:
    """Whether two rows say the same and hold the very same items."""
    return (
        (one.title, one.detail, one.track) == (other.title, other.detail, other.track)
        and one.strip == other.strip
        and len(one.items) == len(other.items)
        and all(map(is_, one.items, other.items))
    )


def _row(row: Row, section: str, top: float, frame: Frame, measures: Measures) -> PlacedRow:
    rough = [measures.rough(item, frame) for item in row.items if item.days is not None]
    if frame.limits is not None:
        left, right = frame.limits
        rough = [one for one in rough if one.x1 >= left and one.x0 <= right]
    if frame.dense and row.key == "phases":
        limits = frame.limits or (float("-inf"), float("inf"))
        laned = shared_lanes(rough, measures.text, limits)
    else:
        if frame.dense:
            rough = [shortened(one, measures.text, frame.x(frame.high)) for one in rough]
        numbers = assign_lanes([(one.left, one.right) for one in rough], ITEM_GAP)
        laned = list(zip(rough, numbers, strict=True))
    count = max((number for _, number in laned), default=-1) + 1
    lanes: list[list[Placed]] = [[] for _ in range(count)]
    for one, number in laned:
        lanes[number].append(one.placed(top + ROW_PAD + number * LANE))
    for lane in lanes:
        lane.sort(key=_left)
    undated = _undated(row, top + ROW_PAD + count * LANE, measures)
    count += 1 if undated else 0
    title, detail = header_blocks(row, measures.text, frame.header)
    lines = ceil(title.height + detail.height)  # rows on whole units, for crisp lines
    height = max(MIN_ROW, count * LANE + 2 * ROW_PAD, lines + 2 * ROW_PAD)
    if row.strip is not None:
        height = max(height, DENSE_STRIP if frame.dense else STRIP)
    return PlacedRow(row, section, top, height, tuple(map(tuple, lanes)), undated)


def _left(placed: Placed) -> float:
    return placed.left


def header_blocks(
    row: Row, text: TextEngine, header: float = HEADER
) -> tuple[TextBlock, TextBlock]:
    """The shaped title and detail of a row's header."""
    room = header - 2 * HEADER_PAD
    title = text.layout(row.title, text_style("body-bold"), max_width=room, max_lines=3)
    detail = text.layout(row.detail, text_style("small"), max_width=room, max_lines=2)
    return title, detail


def _undated(row: Row, y: float, measures: Measures) -> tuple[Placed, ...]:
    x = INSET
    found = []
    for item in row.items:
        if item.days is None:
            measured = measures.of(item)
            right = x + MARKER + INSET + measured.label
            found.append(
                Placed(
                    *(item, x, x + MARKER, x, x, x, right, y, "right", measured.block),
                    dated=False,
                )
            )
            x = right + ITEM_GAP
    return tuple(found)
