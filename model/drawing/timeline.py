"""The timeline as a picture: the same parts for the window, the PDF and SVG.

`timeline_drawing` joins them to one drawing; the widget paints the same parts one by one so that
headers stay in place while the rows scroll.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from model.drawing import axis
from model.drawing.bars import item_group
from model.drawing.colours import faded
from model.drawing.cover_strip import strip_group, strip_legend
from model.drawing.primitives import (
    Drawing,
    Fill,
    Group,
    Icon,
    Label,
    Polyline,
    Primitive,
    Rect,
    Stroke,
)
from model.drawing.style import text_style
from model.drawing.timeline_layout import (
    HEADER_PAD,
    PlacedRow,
    PlacedSection,
    TimelineLayout,
    frame_of,
    header_blocks,
    lay_out,
)
from model.drawing.timeline_links import link_group
from model.drawing.timeline_places import (
    HEADER,
    LANE,
    ROW_PAD,
    SECTION,
    Frame,
)
from model.timeline.building import sections
from model.timeline.dependencies import clashes, live
from model.timeline.narrowing import EVERYTHING, Narrow, narrowed
from model.timeline.rows import ALL_SECTIONS, Grouping, SectionKey
from model.timeline.scale import TimeScale, as_day, fitting
from model.timeline.strip import WHOLE_STRIP, Strip
from model.timeline.strip_rows import strip_alt, with_strip
from model.timeline.wording import day_text
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from model.tables import Tables
    from model.timeline.rows import Section

_COLUMN_OPACITY = 0.55


class TimelineView(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of the timeline a drawing shows.

    Attributes:
        start: ordinal of the day at the left edge, beside the row headers.
        days_per_unit: zoom.
        width: of the whole drawing, row headers included.
        grouping: what activities are grouped by.
        sections: which sections are shown; all others are left out.
        today: draws a line on that day; exports leave it out, so that they can be repeated.
        fiscal: month in which the fiscal year begins.
        narrow: the track, process or actor that is shown alone.
        strip: whose need and cover are drawn.
    """

    start: float
    days_per_unit: float
    width: float
    grouping: Grouping = "track"
    sections: tuple[SectionKey, ...] = ALL_SECTIONS
    today: date | None = None
    fiscal: int = 1
    narrow: Narrow = EVERYTHING
    strip: Strip = WHOLE_STRIP


def fit_view(
    tables: Tables, as_of: date, width: float, grouping: Grouping = "track"
) -> TimelineView:
    """The view that shows all dated things and the as-of date within a width."""
    frame = frame_of(sections(tables, grouping), 1.0, (as_of.toordinal(),))
    scale = fitting(frame.low, frame.high, max(width - HEADER, 1.0))
    return TimelineView(
        start=scale.origin,
        days_per_unit=1 / scale.units_per_day,
        width=width,
        grouping=grouping,
        fiscal=tables.project.fiscal_year_month,
    )


def timeline_drawing(
    tables: Tables, as_of: date, style: StyleSheet, text: TextEngine, view: TimelineView
) -> Drawing:
    """The whole timeline, all rows below one another, with the axis above them."""
    return timeline_pages(tables, as_of, style, text, view, float("inf"))[0]


def timeline_pages(
    tables: Tables,
    as_of: date,
    style: StyleSheet,
    text: TextEngine,
    view: TimelineView,
    height: float,
) -> tuple[Drawing, ...]:
    """The timeline in as many drawings as it takes, each at most `height` high where rows allow.

    Every drawing bears the axis and the as-of date. A row that is higher than the page goes on
    over the next ones, cut between its lanes, and its header is repeated.
    """
    every = sections(tables, view.grouping)
    shown = narrowed(tables, every, view.narrow)
    shown = with_strip(tables, shown, every, view.strip, view.narrow)
    found = [one for one in shown if one.key in view.sections]
    zoom, body = 1 / view.days_per_unit, view.width - HEADER
    scale = TimeScale(view.start, zoom)
    plain = frame_of(found, zoom, (as_of.toordinal(),))
    left = plain.x(view.start)
    frame = msgspec.structs.replace(
        plain,
        limits=(left, left + body),
        high=min(plain.high, plain.day(left + body) - 10 / zoom),
    )
    layout = lay_out(found, frame, text)
    pages = _breaks(layout, height - axis.AXIS - axis.RAIL)
    links = _links(tables, layout, style, text)
    drawn = (_page(layout, part, scale, as_of, style, text, view, links) for part in pages)
    only = _only(tables, view, style, text)
    return tuple(msgspec.structs.replace(one, items=(*one.items, *only)) for one in drawn)


def _only(
    tables: Tables, view: TimelineView, style: StyleSheet, text: TextEngine
) -> tuple[Label, ...]:
    """What the timeline is narrowed to, in the corner between axis and row headers."""
    if not view.narrow.kind:
        return ()
    words = tr("Only: {name}", name=view.narrow.name(tables))
    block = text.layout(words, text_style("group-name"), HEADER - 2 * HEADER_PAD, 2)
    return (Label(HEADER_PAD, axis.AXIS / 2, block, style.ink, vertical="middle"),)


def _links(tables: Tables, layout: TimelineLayout, style: StyleSheet, text: TextEngine) -> Group:
    """The dependencies between what is shown."""
    places = {key: placed for row in layout.rows for key, placed in row.by_record.items()}
    clashing = {one.dependency.id: one for one in clashes(tables)}
    return link_group(
        live(tables), clashing, lambda table, one: places.get((table, one)), style, text
    )


def _breaks(layout: TimelineLayout, room: float) -> list[tuple[float, float]]:
    """Stretches (top, bottom) of the rows that go on one page each; headings stay with a row."""
    first_rows = {heading.bottom: heading.top for heading in layout.sections}
    pages: list[tuple[float, float]] = []
    top = 0.0
    for row in layout.rows:
        begins = first_rows.get(row.top, row.top)
        if row.bottom - top > room and begins > top:
            pages.append((top, begins))
            top = begins
        while row.bottom - top > room:
            lanes = max(int((top + room - row.top - ROW_PAD) // LANE), 1)
            cut = row.top + ROW_PAD + lanes * LANE
            if cut <= top or cut >= row.bottom - ROW_PAD:
                break
            pages.append((top, cut))
            top = cut
    pages.append((top, layout.height))
    return pages


def _cut(row: PlacedRow, top: float, bottom: float) -> PlacedRow:
    """The part of a row that lies on a page."""
    begins, ends = max(row.top, top), min(row.bottom, bottom)
    if (begins, ends) == (row.top, row.bottom):
        return row
    lanes = tuple(
        lane for lane in row.lanes if lane and begins <= lane[0].y and lane[0].y + LANE <= ends
    )
    undated = tuple(placed for placed in row.undated if begins <= placed.y < ends)
    return msgspec.structs.replace(
        row, top=begins, height=ends - begins, lanes=lanes, undated=undated
    )


def _page(
    layout: TimelineLayout,
    part: tuple[float, float],
    scale: TimeScale,
    as_of: date,
    style: StyleSheet,
    text: TextEngine,
    view: TimelineView,
    links: Group,
) -> Drawing:
    top, bottom = part
    body, height = view.width - HEADER, bottom - top
    offset = layout.frame.x(view.start)
    rows = [
        _cut(row, top, bottom)
        for row in layout.rows_between(top, bottom)
        if row.bottom > top  # the one that ends where the page begins is on the page before
    ]
    headings = [one for one in layout.sections if top <= one.top < bottom]
    shown = (offset, offset + body)
    pictures: list[Primitive] = [
        phase_columns(layout, style, bottom),
        *(row_group(row, layout.frame, style, text, shown) for row in rows),
        links,
    ]
    at = scale.x(as_of.toordinal() + 0.5)
    today = [] if view.today is None else [scale.x(view.today.toordinal() + 0.5)]
    inner: list[Primitive] = [
        axis.grid_group(scale, (0.0, body), height, style, view.fiscal),
        *(axis.today_group(x, height, style) for x in today),
        Group("rows", tuple(pictures), dx=-offset, dy=-top),
        *(section_line(one, body, style, -top) for one in headings),
    ]
    inner.append(axis.cursor_line(at, 0, height, style))
    items: list[Primitive] = [
        Group("body", tuple(inner), clip=Rect(0, 0, body, height), dx=HEADER, dy=axis.AXIS),
        Group(
            "headers",
            tuple(
                [Rect(0, 0, HEADER, height, fill=Fill(style.surface))]
                + [row_header(row, style, text) for row in rows]
                + [section_header(one, style, text, view.width, foldable=False) for one in headings]
            ),
            clip=Rect(0, top, view.width, height) if top else None,
            dy=axis.AXIS - top,
        ),
        Group("axis-place", (axis.axis_group(scale, body, style, text, view.fiscal),), dx=HEADER),
    ]
    if 0 <= at <= body:
        handle = axis.cursor_handle(at, height, body, as_of, style, text)
        items.append(Group("handle-place", (handle,), dx=HEADER, dy=axis.AXIS))
    return Drawing(
        view.width,
        height + axis.AXIS + axis.RAIL,
        tuple(items),
        style.background,
        tr("Timeline"),
        timeline_alt(layout, as_of),
    )


def timeline_alt(layout: TimelineLayout, as_of: date) -> str:
    """The timeline in one sentence."""
    frame = layout.frame
    rows = layout.rows
    count = sum(len(lane) for row in rows for lane in (*row.lanes, row.undated))
    gaps = sum(len(lane) for row in rows if row.row.key == "uncovered" for lane in row.lanes)
    strips = [strip_alt(row.row) for row in rows if row.row.strip is not None]
    said = tr(
        "Timeline from {first} to {last}, as of {date}: {items}, {gaps}.",
        first=day_text(as_day(frame.low)),
        last=day_text(as_day(frame.high)),
        date=day_text(as_of),
        items=plural("{count} item", "{count} items", count),
        gaps=plural("{count} unfunded stretch", "{count} unfunded stretches", gaps),
    )
    return " ".join((said, *strips))


def row_group(
    row: PlacedRow, frame: Frame, style: StyleSheet, text: TextEngine, view: tuple[float, float]
) -> Group:
    """The items of a row that show between two x; what has no date stands at the left edge."""
    parts: list[Primitive] = [
        item_group(placed, frame, style, view) for placed in row.between(*view)
    ]
    if row.undated:
        groups = tuple(item_group(placed, frame, style) for placed in row.undated)
        parts.append(Group("undated", groups, dx=view[0]))
    if row.row.strip is not None:
        parts.append(strip_group(row, frame, style, text, view))
        legend = strip_legend(row, style, text, view[1] - view[0])
        parts.append(Group("legend-place", (legend,), dx=view[0]))
    line = Stroke(style.line, 0.75)
    parts.insert(0, Polyline((view[0], row.bottom, view[1], row.bottom), line))
    return Group(f"row:{row.row.key}", tuple(parts), alt=row.row.title)


def phase_columns(layout: TimelineLayout, style: StyleSheet, height: float) -> Group:
    """Phases as tinted columns behind everything."""
    columns: list[Primitive] = []
    frame = layout.frame
    for item in layout.phases:
        if item.span.placed:
            low, high = item.span.extent(frame.low, frame.high)
            x0, x1 = frame.x(low), frame.x(high)
            tint = faded(style.phase(item.actor_kind).tint, _COLUMN_OPACITY)
            columns.append(Rect(x0, 0, x1 - x0, height, fill=Fill(tint)))
    return Group("phase-columns", tuple(columns))


def row_header(
    row: PlacedRow, style: StyleSheet, text: TextEngine, top: float = 0.0, header: float = HEADER
) -> Group:
    """The name of a row, over the tint of its track; it stays below `top` while its row does."""
    ground = Fill(header_ground(row, style))
    parts: list[Primitive] = [Rect(0, row.top, header, row.height, fill=ground)]
    words, height = header_words(row, style, text, header)
    parts.append(Group("words", words, dy=header_top(row, height, top)))
    parts.append(Polyline((0, row.bottom, header, row.bottom), Stroke(style.line, 0.75)))
    parts.append(Polyline((header, row.top, header, row.bottom), Stroke(style.line, 1.0)))
    return Group(f"header:{row.row.key}", tuple(parts), alt=row.row.title)


def header_ground(row: PlacedRow, style: StyleSheet) -> str:
    """The colour that the name of a row stands on."""
    return style.band(row.row.track).header if row.row.track else style.surface


def header_words(
    row: PlacedRow, style: StyleSheet, text: TextEngine, header: float = HEADER
) -> tuple[tuple[Label, ...], float]:
    """Name and detail of a row as if they began at y = 0, and how high they are."""
    ink = style.band(row.row.track).ink if row.row.track else style.ink
    title, detail = header_blocks(row.row, text, header)
    words: tuple[Label, ...] = (Label(HEADER_PAD, 0.0, title, ink),)
    if row.row.detail:
        words = (*words, Label(HEADER_PAD, title.height, detail, style.muted_ink))
    return words, title.height + detail.height


def header_top(row: PlacedRow, height: float, top: float) -> float:
    """Where the words of a header begin; they stay below `top` while their row does."""
    air = min(max((row.height - height) / 2, 2.0), 8.0)
    return max(row.top + air, min(top + air, row.bottom - height - air))


def section_header(
    heading: PlacedSection,
    style: StyleSheet,
    text: TextEngine,
    width: float,
    *,
    foldable: bool = True,
) -> Group:
    """The heading of a section with its count; on screens an arrow tells whether it is folded."""
    section: Section = heading.section
    middle = heading.top + SECTION / 2
    left = 24.0 if foldable else HEADER_PAD
    title = text.layout(section.title, text_style("group-name"))
    count = text.layout(f"{section.count}", text_style("axis"))
    parts: list[Primitive] = [
        Rect(0, heading.top, width, SECTION, fill=Fill(style.background)),
        Polyline((0, heading.bottom, width, heading.bottom), Stroke(style.line, 0.75)),
        Label(left, middle, title, style.ink, vertical="middle"),
        Label(left + 8 + title.width, middle, count, style.muted_ink, vertical="middle"),
    ]
    if foldable:
        arrow = "forward" if heading.folded else "down"
        parts.append(Icon(arrow, 6, middle - 7, 14, style.muted_ink))
    alt = tr("{section}, {count}", section=section.title, count=section.count)
    return Group(f"section:{section.key}", tuple(parts), alt=alt)


def section_corner(
    headings: Iterable[PlacedSection],
    top: float,
    style: StyleSheet,
    text: TextEngine,
    header: float = HEADER,
) -> Group:
    """The section whose heading is out of view, in the corner between axis and row headers."""
    above = [one for one in headings if one.top < top]
    if not above:
        return Group("corner", ())
    room = header - 2 * HEADER_PAD
    block = text.layout(above[-1].section.title, text_style("group-name"), room, 1)
    label = Label(HEADER_PAD, axis.AXIS - 12, block, style.muted_ink, vertical="middle")
    return Group("corner", (label,))


def section_line(heading: PlacedSection, width: float, style: StyleSheet, dy: float) -> Group:
    """The strip of a section's heading beside the row headers."""
    rect = Rect(0, heading.top + dy, width, SECTION, fill=Fill(style.background))
    return Group(f"section-strip:{heading.section.key}", (rect,))
