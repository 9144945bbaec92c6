"""Where everything on the timeline lies: rows, lanes, bars and their labels, in project units.

x counts from the first day of the content, whatever part of it is in view, so that scrolling
never moves anything from lane to lane; only the zoom does. A label stands inside its bar when it
fits there, otherwise beside it, and its room is kept free: nothing overlaps and nothing is cut.
"""

from __future__ import annotations

from bisect import bisect_left
from math import ceil
from operator import is_
from typing import TYPE_CHECKING, Literal, NamedTuple

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
    return frame_around(content_days(found), units_per_day, also)


def frame_around(
    days: tuple[float, float] | None, units_per_day: float, also: Iterable[float] = ()
) -> Frame:
    """A frame around the first and last day, and around some further days."""
    ends = [*also, *(days or ())]
    low, high = (min(ends), max(ends)) if ends else (730_000.0, 730_365.0)
    air = max((high - low) * 0.03, 15.0)
    return Frame(units_per_day, low - air, high + air)


class Measures:
    """Shaped titles by item: they do not change with the zoom."""

    def __init__(self, text: TextEngine) -> None:
        """Start empty."""
        self.text = text
        self._kept: dict[str, Measured] = {}

    def of(self, item: Item) -> Measured:
        """The measures of an item."""
        known = self._kept.get(item.key)
        if known is None or known.item is not item:
            known = self._kept[item.key] = _measured(item, self.text)
        return known


class Measured(msgspec.Struct, frozen=True, gc=False):
    """What placing an item needs to know, whatever the zoom.

    Attributes:
        label: width of the title with the icons behind it.
        point: whether it is a marker rather than a bar.
        low, high: days that its dates cover; for a missing end, that of the other one.
        sure_low, sure_high: days between which it is sure, if in this order.
        fades_in, fades_out: whether the start, the end is not known.
        goes_on: whether it is drawn on to the end of the content.
    """

    item: Item
    block: TextBlock
    label: float
    point: bool
    low: float
    high: float
    sure_low: float
    sure_high: float
    fades_in: bool
    fades_out: bool
    goes_on: bool


def _measured(item: Item, text: TextEngine) -> Measured:
    block = label_block(item, text)
    start, end = item.span.start, item.span.end
    point = item.form in {"point", "milestone"}
    if point or (start.placed and end.placed):
        low, high = item.span.extent(0.0, 0.0)
    elif start.placed:
        low, high = start.low, start.high
    else:
        low, high = end.low, end.high
    exact = start.certainty == end.certainty == "exact"
    return Measured(
        item=item,
        block=block,
        label=block.width + _extras(item),
        point=point,
        low=low,
        high=high,
        sure_low=low if exact or not start.placed else start.high,
        sure_high=high if exact or not end.placed else end.low,
        fades_in=not start.placed,
        fades_out=not point and not end.placed,
        goes_on=end.certainty == "open" or item.form == "phase",
    )


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
            if before is not None and before.top == top and _same(before.row, row):
                placed = before
            else:
                placed = _row(row, section.key, top, frame, known)
            rows.append(placed)
            top = placed.bottom
    return TimelineLayout(frame, tuple(headings), tuple(rows), top, phases)


def _same(one: Row, other: Row) -> bool:
    """Whether two rows say the same and hold the very same items."""
    return (
        (one.title, one.detail, one.track) == (other.title, other.detail, other.track)
        and len(one.items) == len(other.items)
        and all(map(is_, one.items, other.items))
    )


def _row(row: Row, section: str, top: float, frame: Frame, measures: Measures) -> PlacedRow:
    rough = [
        _rough(measures.of(item), frame, measures.text)
        for item in row.items
        if item.days is not None
    ]
    if frame.limits is not None:
        left, right = frame.limits
        rough = [one for one in rough if one.x1 >= left and one.x0 <= right]
    numbers = assign_lanes([(one.left, one.right) for one in rough], ITEM_GAP)
    count = max(numbers, default=-1) + 1
    lanes: list[list[Placed]] = [[] for _ in range(count)]
    for one, number in zip(rough, numbers, strict=True):
        lanes[number].append(one.placed(top + ROW_PAD + number * LANE))
    for lane in lanes:
        lane.sort(key=_left)
    undated = _undated(row, top + ROW_PAD + count * LANE, measures)
    count += 1 if undated else 0
    title, detail = header_blocks(row, measures.text)
    lines = ceil(title.height + detail.height)  # rows on whole units, for crisp lines
    height = max(MIN_ROW, count * LANE + 2 * ROW_PAD, lines + 2 * ROW_PAD)
    return PlacedRow(row, section, top, height, tuple(map(tuple, lanes)), undated)


def _left(placed: Placed) -> float:
    return placed.left


class Rough(NamedTuple):
    """A place without its lane."""

    item: Item
    x0: float
    x1: float
    sure0: float
    sure1: float
    left: float
    right: float
    side: LabelSide
    block: TextBlock

    def placed(self, y: float) -> Placed:
        """The item in a lane that begins at y."""
        item, x0, x1, sure0, sure1, left, right, side, block = self
        return Placed(item, x0, x1, sure0, sure1, left, right, y, side, block)


def header_blocks(row: Row, text: TextEngine) -> tuple[TextBlock, TextBlock]:
    """The shaped title and detail of a row's header."""
    room = HEADER - 2 * HEADER_PAD
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


def place(item: Item, frame: Frame, text: TextEngine, y: float) -> Placed:
    """One item by itself in a lane that begins at y, as previews need it."""
    return _rough(_measured(item, text), frame, text).placed(y)


def _rough(measured: Measured, frame: Frame, text: TextEngine) -> Rough:
    item, label = measured.item, measured.label
    x0, x1, sure0, sure1 = _extent(measured, frame)
    if frame.limits is None:
        low, high = float("-inf"), float("inf")
    else:
        low, high = frame.limits
    room = min(sure1, high) - max(sure0, low)
    if not measured.point and room >= label + ICON + 3 * INSET:
        return Rough(item, x0, x1, sure0, sure1, x0, x1, "in", measured.block)
    block = measured.block
    if x1 + INSET + label > high:
        before, after = max(x0, low) - low, high - min(x1, high)
        if x0 - INSET - label < low:
            block = label_block(item, text, max(before, after) - 2 * INSET - _extras(item))
            label = block.width + _extras(item)
        if x0 - INSET - label >= low or before > after:
            return Rough(item, x0, x1, sure0, sure1, x0 - INSET - label, x1, "left", block)
    return Rough(item, x0, x1, sure0, sure1, x0, x1 + INSET + label, "right", block)


def _extent(measured: Measured, frame: Frame) -> tuple[float, float, float, float]:
    """The bar, and its sure part, which is empty where nothing is sure."""
    zoom = frame.units_per_day
    x0, x1 = (measured.low - frame.low) * zoom, (measured.high - frame.low) * zoom
    if measured.point:
        middle = (x0 + x1) / 2
        x0, x1 = min(x0, middle - MARKER / 2), max(x1, middle + MARKER / 2)
        return x0, x1, x0, x0
    sure0 = (measured.sure_low - frame.low) * zoom
    sure1 = (measured.sure_high - frame.low) * zoom
    if measured.fades_in:
        return x0 - TAIL, x1, x0, max(x0, sure1)
    if measured.fades_out:
        end = x1 + TAIL
        if measured.goes_on:
            end = max((frame.high - frame.low) * zoom, end)
        known = end if measured.item.span.end.certainty == "open" else end - TAIL
        return x0, end, x1, max(x1, known)
    x1 = max(x1, x0 + MIN_BAR)
    if measured.sure_low == measured.low and measured.sure_high == measured.high:
        return x0, x1, x0, x1
    return x0, x1, sure0, max(sure0, sure1)


def label_block(item: Item, text: TextEngine, room: float = MAX_LABEL) -> TextBlock:
    """The shaped title of an item with its mark, on one line."""
    role = "bar-bold" if item.form in {"milestone", "uncovered"} else "bar"
    undated = "" if item.span.placed else tr("dates not known")
    title = " · ".join(filter(None, (item.title, undated, item.mark)))
    return text.layout(title, text_style(role), max_width=room, max_lines=1)


def _extras(item: Item) -> float:
    """Room for the icons of marks behind the title."""
    return (bool(item.mark) + item.no_line) * (ICON + 2) + 4
