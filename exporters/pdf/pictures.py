"""Pages for the map and the timeline: landscape, vector, the smallest sheet that stays legible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from exporters.pdf.pages import Page, Picture
from exporters.pdf.paper import BODY, SHEETS, SIDE, TITLE
from model.drawing.map import map_drawing
from model.drawing.timeline import fit_view, timeline_pages
from model.timeline.rows import ALL_SECTIONS
from resources.text import tr

if TYPE_CHECKING:
    from exporters.pdf.pages import Kit
    from exporters.request import Pack
    from model.drawing.primitives import Drawing
    from model.timeline.rows import SectionKey

_TOP: Final = 66.0
_BOTTOM: Final = 62.0
_HEAD: Final = 40.0
_LEAST_SCALE: Final = 0.5
"""Below this the smallest words of a map, 10 units high, are hard to read on paper."""
_LARGEST_SCALE: Final = 1.0
_LARGEST_PAGE: Final = 14_400.0
"""Longest edge of a page that readers must accept (ISO 32000-1, annex C)."""
_TIMELINE_SCALES: Final = (0.8, 0.72, 0.66)
"""From roomy to dense: the first with which the timeline takes the fewest pages."""
_TIMELINE_SHEET: Final = SHEETS[1]


def map_page(pack: Pack, kit: Kit) -> Page:
    """The map on one page, with its legend and a caption."""
    drawing = map_drawing(pack.map_tables, pack.request.as_of, pack.style, pack.text_engine)
    width, height = _sheet(drawing)
    page = Page(width, height, head=tr("Map"))
    page.outline.append((tr("Map"), 0))
    caption = tr(
        "Who is linked with whom on {date}. What begins later or has ended is not drawn.",
        date=pack.request.as_of.isoformat(),
    )
    _title(page, kit, tr("Map"), caption)
    scale = _scale(drawing, (width, height))
    left = (width - drawing.width * scale) / 2
    page.pictures.append(Picture(drawing, left, _TOP + _HEAD, scale))
    return page


def timeline_sheets(pack: Pack, kit: Kit) -> list[Page]:
    """The timeline on as many pages as it takes, each with the axis."""
    width, height = _TIMELINE_SHEET
    tries = [(scale, _timelines(pack, scale)) for scale in _TIMELINE_SCALES]
    scale, drawings = min(tries, key=lambda one: len(one[1]))
    pages = []
    for number, drawing in enumerate(drawings, start=1):
        page = Page(width, height, head=tr("Timeline"))
        title = tr("Timeline")
        if number == 1:
            page.outline.append((title, 0))
        else:
            title = tr("Timeline, continued")
        caption = tr(
            "Phases, activities, postings and money over time; the line marks {date}.",
            date=pack.request.as_of.isoformat(),
        )
        _title(page, kit, title, caption)
        page.pictures.append(Picture(drawing, SIDE, _TOP + _HEAD, scale))
        pages.append(page)
    return pages


def _timelines(pack: Pack, scale: float) -> tuple[Drawing, ...]:
    """The drawings of the timeline that fill the sheet at a scale."""
    width, height = _TIMELINE_SHEET
    view = fit_view(pack.tables, pack.request.as_of, (width - 2 * SIDE) / scale)
    view = msgspec.structs.replace(view, sections=_sections(pack))
    room = (height - _TOP - _HEAD - _BOTTOM) / scale
    return timeline_pages(pack.tables, pack.request.as_of, pack.style, pack.text_engine, view, room)


def _sections(pack: Pack) -> tuple[SectionKey, ...]:
    """The sections of the timeline that have something to show."""
    tables = {"plan": ("phases", "milestones")}
    return tuple(
        key
        for key in ALL_SECTIONS
        if any(pack.tables.table(table) for table in tables.get(key, (key,)))
    )


def _sheet(drawing: Drawing) -> tuple[float, float]:
    """The smallest sheet on which the drawing stays legible, made to measure beyond A1."""
    for sheet in SHEETS:
        if _scale(drawing, sheet) >= _LEAST_SCALE:
            return sheet
    width = drawing.width * _LEAST_SCALE + 2 * SIDE
    height = drawing.height * _LEAST_SCALE + _TOP + _HEAD + _BOTTOM
    return min(width, _LARGEST_PAGE), min(height, _LARGEST_PAGE)


def _scale(drawing: Drawing, sheet: tuple[float, float]) -> float:
    width, height = sheet
    across = (width - 2 * SIDE) / drawing.width
    down = (height - _TOP - _HEAD - _BOTTOM) / drawing.height
    return min(across, down, _LARGEST_SCALE)


def _title(page: Page, kit: Kit, title: str, caption: str) -> None:
    label, height = kit.text(title, TITLE, SIDE, _TOP, 260)
    page.items.append(label)
    block = kit.engine.layout(caption, BODY, page.width - 2 * SIDE - 260, 2)
    y = _TOP + height - block.height - 2
    page.items.append(
        kit.placed(block, page.width - SIDE - block.width, y, block.width, kit.style.muted_ink)
    )
