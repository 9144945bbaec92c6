"""Where everything on the timeline lies: rows, lanes, bars and their labels, in project units.

x counts from the first day of the content, whatever part of it is in view, so that scrolling
never moves anything from lane to lane; only the zoom does. A label stands inside its bar when it
fits there, otherwise beside it, and its room is kept free: nothing overlaps and nothing is cut.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Literal

import msgspec

from model.drawing.style import text_style
from model.drawing.text import TextBlock
from model.timeline.items import Item
from model.timeline.lanes import assign_lanes
from model.timeline.rows import Row, Section, content_days
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from model.drawing.text import TextEngine

LabelSide = Literal["in", "right", "left"]

LANE = 24.0
BAR = 18.0
ROW_PAD = 4.0
SECTION = 24.0
ICON = 14.0
INSET = 6.0
MIN_BAR = 8.0
MARKER = 16.0
TAIL = 64.0
"""Length over which a bar without known end fades away."""
ITEM_GAP = 10.0
MAX_LABEL = 640.0
MIN_ROW = 32.0
HEADER = 192.0
"""Width of the row headers."""
HEADER_PAD = 12.0


class Frame(msgspec.Struct, frozen=True):
    """What the places depend on.

    Attributes:
        units_per_day: zoom.
        low, high: days between which things without an own end are drawn.
        limits: x between which labels must stay (exports); None on a scrolling screen.
        folded: keys of the sections that are folded away.
    """

    units_per_day: float
    low: float
    high: float
    limits: tuple[float, float] | None = None
    folded: frozenset[str] = frozenset()

    def x(self, day: float) -> float:
        """Where a day begins."""
        return (day - self.low) * self.units_per_day

    def day(self, x: float) -> float:
        """The day at a place."""
        return self.low + x / self.units_per_day


class Placed(msgspec.Struct, frozen=True, gc=False):
    """An item in its place.

    Attributes:
        x0, x1: extent of the bar or marker, soft ends included.
        sure0, sure1: extent of its sure part; empty where nothing is sure.
        left, right: the same with the label.
        y: top of its lane, from the top of all rows.
        side: where the label stands.
        dated: False for things without any date, which stand at the left of the view.
    """

    item: Item
    x0: float
    x1: float
    sure0: float
    sure1: float
    left: float
    right: float
    y: float
    side: LabelSide
    block: TextBlock
    dated: bool = True


class PlacedRow(msgspec.Struct, frozen=True):
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

    def between(self, left: float, right: float) -> Iterator[Placed]:
        """Items that may show between two x."""
        for lane in self.lanes:
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
    days = content_days(found)
    ends = [*also, *(days or ())]
    low, high = (min(ends), max(ends)) if ends else (730_000.0, 730_365.0)
    air = max((high - low) * 0.03, 15.0)
    return Frame(units_per_day, low - air, high + air)


def lay_out(found: Iterable[Section], frame: Frame, text: TextEngine) -> TimelineLayout:
    """Give everything its place."""
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
            placed = _row(row, section.key, top, frame, text)
            rows.append(placed)
            top = placed.bottom
    return TimelineLayout(frame, tuple(headings), tuple(rows), top, phases)


def _row(row: Row, section: str, top: float, frame: Frame, text: TextEngine) -> PlacedRow:
    rough = [_place(item, frame, text) for item in row.items if item.span.placed]
    if frame.limits is not None:
        left, right = frame.limits
        rough = [one for one in rough if one.x1 >= left and one.x0 <= right]
    numbers = assign_lanes([(one.left, one.right) for one in rough], ITEM_GAP)
    count = max(numbers, default=-1) + 1
    lanes: list[list[Placed]] = [[] for _ in range(count)]
    for one, number in zip(rough, numbers, strict=True):
        y = top + ROW_PAD + number * LANE
        lanes[number].append(msgspec.structs.replace(one, y=y))
    for lane in lanes:
        lane.sort(key=lambda placed: placed.left)
    undated = _undated(row, top + ROW_PAD + count * LANE, text)
    count += 1 if undated else 0
    title, detail = header_blocks(row, text)
    height = max(MIN_ROW, count * LANE + 2 * ROW_PAD, title.height + detail.height + 2 * ROW_PAD)
    return PlacedRow(row, section, top, height, tuple(map(tuple, lanes)), undated)


def header_blocks(row: Row, text: TextEngine) -> tuple[TextBlock, TextBlock]:
    """The shaped title and detail of a row's header."""
    room = HEADER - 2 * HEADER_PAD
    title = text.layout(row.title, text_style("body-bold"), max_width=room, max_lines=3)
    detail = text.layout(row.detail, text_style("small"), max_width=room, max_lines=2)
    return title, detail


def _undated(row: Row, y: float, text: TextEngine) -> tuple[Placed, ...]:
    x = INSET
    found = []
    for item in row.items:
        if not item.span.placed:
            block = label_block(item, text)
            width = MARKER + INSET + block.width + _extras(item)
            found.append(
                Placed(item, x, x + MARKER, x, x, x, x + width, y, "right", block, dated=False)
            )
            x += width + ITEM_GAP
    return tuple(found)


def place(item: Item, frame: Frame, text: TextEngine, y: float) -> Placed:
    """One item by itself in a lane that begins at y, as previews need it."""
    return msgspec.structs.replace(_place(item, frame, text), y=y)


def _place(item: Item, frame: Frame, text: TextEngine) -> Placed:
    x0, x1 = _extent(item, frame)
    sure0, sure1 = _sure(item, frame, x0, x1)
    block = label_block(item, text)
    label = block.width + _extras(item)
    low, high = frame.limits or (float("-inf"), float("inf"))
    room = min(sure1, high) - max(sure0, low)
    if item.form not in {"point", "milestone"} and room >= label + ICON + 3 * INSET:
        return Placed(item, x0, x1, sure0, sure1, x0, x1, 0.0, "in", block)
    if x1 + INSET + label > high:
        before, after = max(x0, low) - low, high - min(x1, high)
        if x0 - INSET - label < low:
            block = label_block(item, text, max(before, after) - 2 * INSET - _extras(item))
            label = block.width + _extras(item)
        if x0 - INSET - label >= low or before > after:
            left = x0 - INSET - label
            return Placed(item, x0, x1, sure0, sure1, left, x1, 0.0, "left", block)
    right = x1 + INSET + label
    return Placed(item, x0, x1, sure0, sure1, x0, right, 0.0, "right", block)


def label_block(item: Item, text: TextEngine, room: float = MAX_LABEL) -> TextBlock:
    """The shaped title of an item with its mark, on one line."""
    role = "bar-bold" if item.form in {"milestone", "uncovered"} else "bar"
    undated = "" if item.span.placed else tr("dates not known")
    title = " · ".join(filter(None, (item.title, undated, item.mark)))
    return text.layout(title, text_style(role), max_width=room, max_lines=1)


def _extras(item: Item) -> float:
    """Room for the icons of marks behind the title."""
    return (bool(item.mark) + item.no_line) * (ICON + 2) + 4


def _extent(item: Item, frame: Frame) -> tuple[float, float]:
    span = item.span
    if item.form in {"point", "milestone"}:
        x0, x1 = frame.x(span.start.low), frame.x(span.start.high)
        middle = (x0 + x1) / 2
        return min(x0, middle - MARKER / 2), max(x1, middle + MARKER / 2)
    start, end = span.start, span.end
    if start.placed and end.placed:
        low, high = span.extent(frame.low, frame.high)
        return frame.x(low), max(frame.x(high), frame.x(low) + MIN_BAR)
    if start.placed:
        after = frame.x(start.high) + TAIL
        goes_on = end.certainty == "open" or item.form == "phase"
        return frame.x(start.low), max(frame.x(frame.high), after) if goes_on else after
    return frame.x(end.low) - TAIL, frame.x(end.high)


def _sure(item: Item, frame: Frame, x0: float, x1: float) -> tuple[float, float]:
    """The part of a bar in which it certainly is; empty where nothing is sure."""
    start, end = item.span.start, item.span.end
    if item.form in {"point", "milestone"}:
        return x0, x0
    if start.certainty == end.certainty == "exact":
        return x0, x1
    left = frame.x(start.high) if start.placed else x0 + TAIL
    right = frame.x(end.low) if end.placed else x1
    if end.certainty == "unknown":
        right = x1 - TAIL
    return left, max(left, right)
