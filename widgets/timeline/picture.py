"""What the timeline shows at the present zoom: layout, finished parts of it, and what lies where.

Rows are built anew only when records that stand in them change, the layout only when rows, zoom or
folding change; drawn items are kept until then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from model.drawing.bars import bare_group, item_group
from model.drawing.bounds import bounds
from model.drawing.timeline_layout import (
    PlacedRow,
    TimelineLayout,
    frame_around,
    lay_out,
    room_to_plan,
)
from model.drawing.timeline_links import link_group
from model.drawing.timeline_places import (
    HEADER,
    INSET,
    LANE,
    Frame,
    Measures,
    Placed,
    header_width,
    place,
)
from model.timeline.building import SectionBuilder
from model.timeline.dependencies import clashes, live
from model.timeline.narrowing import EVERYTHING, Narrow, narrowed
from model.timeline.rows import Grouping, Section, content_days
from model.timeline.strip import Strip
from model.timeline.strip_rows import StripKeeper, with_strip
from widgets.timeline.overlays import Overlays

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.drawing.primitives import Primitive
    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from model.patch import Patch
    from model.tables import Tables
    from model.timeline.dependencies import Clash
    from model.timeline.items import Item
    from model.timeline.span import Span
    from widgets.timeline.overlays import GhostRows

Parts = tuple[tuple["Primitive", float, float], ...]
"""What an item is drawn with, each part with the two x that it lies between."""
Part = Literal["whole", "start", "end", "label"]
SHOWN_TABLES = frozenset(
    {
        *("actors", "activities", "phases", "milestones", "postings", "funding"),
        *("mandates", "processes", "dependencies", "project"),
    }
)
GRAB = 5.0
"""How near to an end of a bar the pointer takes hold of that end."""


class Hit(msgspec.Struct, frozen=True):
    """What lies under the pointer."""

    placed: Placed
    part: Part


class TimelinePicture:
    """Sections, layout and drawn items."""

    def __init__(self, tables: Tables, style: StyleSheet, text: TextEngine) -> None:
        """Show the tables at a zoom that the owner is going to set."""
        self._tables = tables
        self.style = style
        self.text = text
        self.grouping: Grouping = "track"
        self.folded: frozenset[str] = frozenset()
        self.narrow: Narrow = EVERYTHING
        self.strip = Strip()
        self.dense = False
        self.header = HEADER
        self.days: tuple[float, ...] = ()
        self.opened: float | None = None
        self.sections: tuple[Section, ...] = ()
        self.layout: TimelineLayout = lay_out((), Frame(1.0, 0.0, 1.0), text)
        self._builder: SectionBuilder | None = None
        self.clashes: dict[str, Clash] = {}
        self.ghosts: Mapping[tuple[str, str], Span] = {}
        self._overlays: tuple[TimelineLayout, Overlays] | None = None
        self._ghost_rows: GhostRows = {}
        self._keeper = StripKeeper()
        self._measures = Measures(text)
        self._content: tuple[float, float] | None = None
        self._drawn: dict[str, tuple[Placed, Parts]] = {}
        self._bare: dict[str, tuple[Placed, Parts]] = {}
        self.rebuild(1.0)

    def rebuild(self, units_per_day: float | None = None) -> None:
        """Read the records again."""
        zoom = self.layout.frame.units_per_day if units_per_day is None else units_per_day
        self._builder = SectionBuilder(self._tables, self.grouping)
        self._show(self._builder, zoom)

    def follow(self, patch: Patch) -> bool:
        """Read again what a commit changed; returns whether that shows."""
        if self._builder is None:
            self.rebuild()
            return True
        before = self.sections
        self._builder.follow(patch)
        if patch.tables == {"actors"} and self._sections(self._builder) == before:
            return False  # nothing here names them
        self._show(self._builder, self.layout.frame.units_per_day)
        return True

    def _sections(self, builder: SectionBuilder) -> tuple[Section, ...]:
        """The rows that are shown, below the strip."""
        every = builder.sections()
        shown = narrowed(self._tables, every, self.narrow)
        covers = builder.covers()
        return with_strip(self._tables, shown, every, self.strip, self.narrow, covers, self._keeper)

    def _show(self, builder: SectionBuilder, zoom: float) -> None:
        self.sections = self._sections(builder)
        self._overlays = None
        found = clashes(self._tables) if self._tables.dependencies else []
        self.clashes = {one.dependency.id: one for one in found}
        self._content = content_days(builder.sections())
        self.relayout(zoom)

    def relayout(self, units_per_day: float) -> None:
        """Place everything at a zoom."""
        days = self.days
        if self.opened is not None:
            days += room_to_plan(self._content, self.opened)
        frame = frame_around(self._content, units_per_day, days)
        # Labels stay within the first and last date, so that nothing is cut when all is shown.
        limits = (0.0, frame.x(frame.high))
        frame = msgspec.structs.replace(frame, folded=self.folded, limits=limits, dense=self.dense)
        frame = msgspec.structs.replace(frame, header=self.header)
        earlier = self.layout
        self.layout = lay_out(self.sections, frame, self.text, self._measures, earlier)
        if earlier.frame != frame:
            self._forget()

    def fit_into(self, width: float, *, dense: bool) -> None:
        """Give the names of rows, and the rows, as much room as a view of this size has."""
        header = header_width(width)
        if (dense, header) != (self.dense, self.header):
            self.dense, self.header = dense, header
            self.relayout(self.layout.frame.units_per_day)

    def restyle(self, style: StyleSheet, text: TextEngine) -> None:
        """Draw in another style."""
        self.style, self.text, self._overlays = style, text, None
        self._measures = Measures(text)
        self._forget()
        zoom = self.layout.frame.units_per_day
        self.layout = lay_out((), Frame(zoom, 0.0, 1.0), text)
        self.rebuild(zoom)

    def _forget(self) -> None:
        """Draw every item anew."""
        self._drawn.clear()
        self._bare.clear()
        self._ghost_rows.clear()

    @property
    def fiscal(self) -> int:
        """The month in which the project's fiscal year begins."""
        return self._tables.project.fiscal_year_month

    def concerns(self, patch: Patch) -> bool:
        """Whether a patch touches anything that is shown."""
        return not SHOWN_TABLES.isdisjoint(patch.tables)

    def parts(self, placed: Placed, *, bare: bool = False) -> Parts:
        """The drawn item, or only its bar where the view moves its label into sight.

        Each part comes with the two x that it is drawn between.
        """
        kept, draw = (self._bare, bare_group) if bare else (self._drawn, item_group)
        known = kept.get(placed.item.key)
        if known is not None and known[0] is placed:
            return known[1]
        drawn = draw(placed, self.layout.frame, self.style).children
        boxes = ((one, bounds(one)) for one in drawn)
        parts = tuple((one, box.left - 1, box.right + 1) for one, box in boxes if box is not None)
        kept[placed.item.key] = (placed, parts)
        return parts

    def overlays(self) -> Overlays:
        """Dependencies and, where a baseline is compared with, ghosts at the present zoom."""
        known = self._overlays
        if known is None or known[0] is not self.layout or known[1].ghosts is not self.ghosts:
            group = link_group([], {}, self.find, self.style, self.text)
            if self._tables.dependencies:
                shown = live(self._tables)
                group = link_group(shown, self.clashes, self.find, self.style, self.text)
            drawn = Overlays(self.layout, group, self.ghosts, self.style, self._ghost_rows)
            known = self._overlays = (self.layout, drawn)
        return known[1]

    def placed_at(self, item: Item, y: float) -> Placed:
        """Where an item would lie in a lane, for previews."""
        return place(item, self.layout.frame, self.text, y)

    def find(self, table: str, record_id: str) -> Placed | None:
        """The place of a record, that of the thing itself before that of its gaps."""
        found = None
        for row in self.layout.rows:
            placed = row.by_record.get((table, record_id))
            if placed is not None and placed.item.editable:
                return placed
            found = found or placed
        return found

    def hit(self, x: float, y: float, left: float) -> Hit | None:
        """What lies at a place of the content; `left` is the x at the left edge of the view."""
        row = self.layout.row_at(y)
        if row is None:
            return None
        for placed in (*_under(row, x, y), *_undated_under(row, x - left, y)):
            return Hit(placed, _part(placed, x))
        return None

    def heading_at(self, y: float) -> str:
        """The key of the section whose heading lies at a height, or ""."""
        for heading in self.layout.sections:
            if heading.top <= y < heading.bottom:
                return heading.section.key
        return ""


def _under(row: PlacedRow, x: float, y: float) -> Iterable[Placed]:
    for placed in row.between(x - INSET, x + INSET):
        if placed.y <= y < placed.y + LANE and placed.left - 3 <= x <= placed.right + 3:
            yield placed


def _undated_under(row: PlacedRow, x: float, y: float) -> Iterable[Placed]:
    for placed in row.undated:
        if placed.y <= y < placed.y + LANE and placed.left <= x <= placed.right:
            yield placed


def _part(placed: Placed, x: float) -> Part:
    if not placed.dated or not placed.x0 - 3 <= x <= placed.x1 + 3:
        return "label"
    if placed.item.form not in {"bar", "phase"} or placed.x1 - placed.x0 < 4 * GRAB:
        return "whole"
    if x <= placed.x0 + GRAB:
        return "start"
    return "end" if x >= placed.x1 - GRAB else "whole"
