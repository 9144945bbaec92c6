"""Where one thing lies on the timeline, before it is known in which lane: bar, sure part, label.

A label stands inside its bar when it fits there, otherwise beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from model.drawing.style import text_style
from model.drawing.text import TextBlock
from model.timeline.items import Item
from model.timeline.scale import TimeScale
from resources.text import joined, tr

if TYPE_CHECKING:
    from model.drawing.text import TextEngine

LabelSide = Literal["in", "right", "left"]

LANE = 24.0
BAR = 18.0
ROW_PAD = 4.0
SECTION = 24.0
STRIP, DENSE_STRIP = 84.0, 64.0
"""Height of the row that shows need and cover, and where height is scarce."""
ICON = 14.0
INSET = 6.0
MIN_BAR = 8.0
MARKER = 16.0
TAIL = 64.0
"""Length over which a bar without known end fades away."""
ITEM_GAP = 10.0
MAX_LABEL = 640.0


HEADER = 192.0
"""Width of the row headers."""
_LEAST_HEADER, _HEADER_STEP, _HEADER_SHARE = 96.0, 24.0, 0.26


def header_width(width: float) -> float:
    """Width of the row headers on a screen: where there is little room, the days need it more.

    It changes in steps, so that not every pixel by which a window grows lays out everything anew.
    """
    wanted = width * _HEADER_SHARE // _HEADER_STEP * _HEADER_STEP
    return min(HEADER, max(_LEAST_HEADER, wanted))


class Frame(msgspec.Struct, frozen=True):
    """What the places depend on.

    Attributes:
        units_per_day: zoom.
        low, high: days between which things without an own end are drawn.
        limits: x between which labels must stay (exports); None on a scrolling screen.
        folded: keys of the sections that are folded away.
        dense: whether height is scarce (`model.drawing.timeline_dense`).
        header: width of the names of rows beside the content.
    """

    units_per_day: float
    low: float
    high: float
    limits: tuple[float, float] | None = None
    folded: frozenset[str] = frozenset()
    dense: bool = False
    header: float = HEADER

    def x(self, day: float) -> float:
        """Where a day begins."""
        return (day - self.low) * self.units_per_day

    def day(self, x: float) -> float:
        """The day at a place."""
        return self.low + x / self.units_per_day

    @property
    def scale(self) -> TimeScale:
        """The days as an axis over the content."""
        return TimeScale(self.low, self.units_per_day)


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

    def moved(self, dy: float) -> Placed:
        """The same further down."""
        return Placed(
            *(self.item, self.x0, self.x1, self.sure0, self.sure1, self.left, self.right),
            *(self.y + dy, self.side, self.block, self.dated),
        )


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


class Measures:
    """Shaped titles by item: they do not change with the zoom."""

    def __init__(self, text: TextEngine) -> None:
        """Start empty."""
        self.text = text
        self._kept: dict[str, Measured] = {}
        self._frame: Frame | None = None
        self._rough: dict[str, Rough] = {}

    def of(self, item: Item) -> Measured:
        """The measures of an item."""
        known = self._kept.get(item.key)
        if known is None or known.item is not item:
            known = self._kept[item.key] = _measured(item, self.text)
        return known

    def rough(self, item: Item, frame: Frame) -> Rough:
        """The place of an item without its lane, kept as long as the frame is the same."""
        if frame is not self._frame:
            if frame != self._frame:
                self._rough = {}
            self._frame = frame
        known = self._rough.get(item.key)
        if known is None or known.item is not item:
            known = self._rough[item.key] = _rough(self.of(item), frame, self.text)
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
    title = joined((item.title, undated, item.mark), " · ")
    return text.layout(title, text_style(role), max_width=room, max_lines=1)


def _extras(item: Item) -> float:
    """Room for the icons of marks behind the title."""
    return (bool(item.mark) + item.no_line) * (ICON + 2) + 4
