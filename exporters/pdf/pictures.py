"""Pages for the map and the timeline: vector, on sheets of A3 at most, legible in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from exporters.pdf.pages import Page, Picture
from exporters.pdf.paper import BODY, SHEETS, TITLE
from exporters.pdf.tiles import crop_marks, tiles, tiling
from model.drawing.map import map_drawing
from model.drawing.timeline import fit_view, timeline_pages
from model.timeline.rows import ALL_SECTIONS
from resources.text import tr

if TYPE_CHECKING:
    from exporters.pdf.pages import Kit
    from exporters.request import Pack
    from model.drawing.primitives import Drawing
    from model.timeline.rows import SectionKey

PICTURE_SIDE: Final = 32.0
"""Margin at the sides of pages that hold nothing but a picture."""
_TITLE_TOP: Final = 60.0
_PICTURE_TOP: Final = 94.0
_BOTTOM: Final = 64.0
_LEAST_SCALE: Final = 0.6
"""At this scale the smallest words of a map, 10 units high, are 6 points high."""
_TIMELINE_SCALES: Final = (0.8, 0.72, 0.66)
"""From roomy to dense: the first with which the timeline takes the fewest pages."""
_TIMELINE_SHEET: Final = SHEETS[1]


def map_pages(pack: Pack, kit: Kit) -> list[Page]:
    """The map on one sheet of A3; where that makes it small, again in parts that are legible."""
    drawing = map_drawing(pack.map_tables, pack.request.as_of, pack.style, pack.text_engine)
    caption = tr(
        "Who is linked with whom on {date}. What begins later or has ended is not drawn.",
        date=pack.request.as_of.isoformat(),
    )
    width, height = _smallest_sheet(drawing)
    page = _picture_page((width, height), kit, (tr("Map"), caption))
    page.outline.append((tr("Map"), 0))
    room = _room((width, height))
    scale = min(room[0] / drawing.width, room[1] / drawing.height, 1.0)
    left = (width - drawing.width * scale) / 2
    page.pictures.append(Picture(drawing, left, _PICTURE_TOP, scale))
    return [page] if scale >= _LEAST_SCALE else [page, *_map_parts(drawing, kit)]


def _map_parts(drawing: Drawing, kit: Kit) -> list[Page]:
    """The map over several sheets, upright or across, whichever takes fewer."""
    across = SHEETS[1]
    ways = [
        (sheet, tiling(drawing, _room(sheet), _LEAST_SCALE))
        for sheet in (across, (across[1], across[0]))
    ]
    sheet, how = min(ways, key=lambda one: (one[1].count, -one[1].scale))
    pages = []
    for number, tile in enumerate(tiles(drawing, how, _room(sheet)), start=1):
        title = tr("Map, part {number} of {count}", number=number, count=how.count)
        caption = tr("Parts overlap by 8 mm; cut at the marks to join them.")
        page = _picture_page(sheet, kit, (title, caption))
        page.pictures.append(Picture(tile, PICTURE_SIDE, _PICTURE_TOP, how.scale))
        size = (tile.width * how.scale, tile.height * how.scale)
        page.items += crop_marks(PICTURE_SIDE, _PICTURE_TOP, *size, kit.style.muted_ink)
        pages.append(page)
    pages[0].outline.append((tr("Map in legible parts"), 1))
    return pages


def timeline_sheets(pack: Pack, kit: Kit) -> list[Page]:
    """The timeline on as many pages as it takes, each with the axis."""
    tries = [(scale, _timelines(pack, scale)) for scale in _TIMELINE_SCALES]
    scale, drawings = min(tries, key=lambda one: len(one[1]))
    pages = []
    for number, drawing in enumerate(drawings, start=1):
        title = tr("Timeline") if number == 1 else tr("Timeline, continued")
        caption = tr(
            "Phases, activities, postings and money over time; the line marks {date}.",
            date=pack.request.as_of.isoformat(),
        )
        page = _picture_page(_TIMELINE_SHEET, kit, (title, caption))
        if number == 1:
            page.outline.append((title, 0))
        page.pictures.append(Picture(drawing, PICTURE_SIDE, _PICTURE_TOP, scale))
        pages.append(page)
    return pages


def _timelines(pack: Pack, scale: float) -> tuple[Drawing, ...]:
    """The drawings of the timeline that fill the sheet at a scale."""
    view = fit_view(pack.tables, pack.request.as_of, _room(_TIMELINE_SHEET)[0] / scale)
    view = msgspec.structs.replace(view, sections=_sections(pack))
    room = _room(_TIMELINE_SHEET)[1] / scale
    return timeline_pages(pack.tables, pack.request.as_of, pack.style, pack.text_engine, view, room)


def _sections(pack: Pack) -> tuple[SectionKey, ...]:
    """The sections of the timeline that have something to show."""
    tables = {"plan": ("phases", "milestones")}
    return tuple(
        key
        for key in ALL_SECTIONS
        if any(pack.tables.table(table) for table in tables.get(key, (key,)))
    )


def _smallest_sheet(drawing: Drawing) -> tuple[float, float]:
    """A4 where the drawing is legible on it, A3 otherwise."""
    room = _room(SHEETS[0])
    fits = min(room[0] / drawing.width, room[1] / drawing.height) >= _LEAST_SCALE
    return SHEETS[0] if fits else SHEETS[1]


def _room(sheet: tuple[float, float]) -> tuple[float, float]:
    """Width and height that a picture may take on a sheet."""
    return sheet[0] - 2 * PICTURE_SIDE, sheet[1] - _PICTURE_TOP - _BOTTOM


def _picture_page(sheet: tuple[float, float], kit: Kit, words: tuple[str, str]) -> Page:
    """An empty page for a picture with its title and caption."""
    page = Page(*sheet, head=words[0], side=PICTURE_SIDE)
    _title(page, kit, *words)
    return page


def _title(page: Page, kit: Kit, title: str, caption: str) -> None:
    side = page.side
    label, height = kit.text(title, TITLE, side, _TITLE_TOP, 340)
    page.items.append(label)
    block = kit.engine.layout(caption, BODY, page.width - 2 * side - 340, 2)
    x = page.width - side - block.width
    y = _TITLE_TOP + height - block.height - 2
    page.items.append(kit.placed(block, x, y, block.width, kit.style.muted_ink))
