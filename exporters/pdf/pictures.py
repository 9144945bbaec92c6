"""Pages for the map, saved views and the timeline: vector, on large sheets, legible in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exporters.arranged import arranged
from exporters.pdf.pages import Page
from exporters.pdf.paper import BODY, TITLE, sheets
from exporters.pdf.tiles import crop_marks, tiles, tiling
from exporters.request import TimelineWindow
from exporters.styled import map_options, styling_words
from exporters.timeline_parts import day_of, view_of
from exporters.views import part_of, views_in_order
from model.drawing.map import MapPicture
from model.drawing.timeline import timeline_pages
from resources.text import tr

if TYPE_CHECKING:
    from datetime import date

    from exporters.pdf.pages import Kit
    from exporters.request import Pack
    from model.drawing.primitives import Drawing
    from model.records import View

PICTURE_SIDE: Final = 32.0
"""Margin at the sides of pages that hold nothing but a picture."""
_TITLE_TOP: Final = 60.0
_PICTURE_TOP: Final = 94.0
_BOTTOM: Final = 64.0
_LEAST_SCALE: Final = 0.6
"""At this scale the smallest words of a map, 10 units high, are 6 points high."""
_LEGEND_SCALE: Final = 0.72
"""At this scale the words of a legend are as high as the smallest words of a page."""
_LEGEND_TRIES: Final = 3
"""A larger legend makes the map smaller, which leaves room for a wider legend."""
_POSTER_SCALE: Final = 1.0
_VIEW_SCALE: Final = 1.3
_CAPTION_LINES: Final = 5
_TIMELINE_SCALES: Final = (0.8, 0.72, 0.66)
"""From roomy to dense: the first with which the timeline takes the fewest pages."""

_Size = tuple[float, float]


def map_pages(pack: Pack, kit: Kit) -> list[Page]:
    """The map on one sheet; again in parts where that is small or a poster is wanted."""
    options, day = map_options(pack.request), pack.request.as_of
    picture = MapPicture(pack.map_tables, day, pack.style, pack.text_engine, options)
    caption = _map_caption(day, styling_words(pack.map_tables, options))
    page, scale = _whole(pack, kit, picture, (tr("Map"), caption))
    page.outline.append((tr("Map"), 0))
    small, large = sheets(pack.request.recipe)[0], sheets(pack.request.recipe)[-1]
    how = pack.request.recipe.option("map")
    if how == "poster":
        return [page, *_map_parts(picture, kit, large, _POSTER_SCALE)]
    if how == "poster_a4":
        return [page, *_map_parts(picture, kit, small, _POSTER_SCALE)]
    if how == "sheet" or scale >= _LEAST_SCALE:
        return [page]
    return [page, *_map_parts(picture, kit, large, _LEAST_SCALE)]


def view_pages(pack: Pack, kit: Kit) -> list[Page]:
    """Every saved view as a map of its own, arranged for what it shows."""
    pages: list[Page] = []
    for view in shown_views(pack):
        tables, day = part_of(pack.tables, view, pack.request.as_of)
        if not tables.placements:
            tables = arranged(tables, day)
        options = map_options(pack.request, view)
        picture = MapPicture(tables, day, pack.style, pack.text_engine, options)
        styled = styling_words(tables, options)
        caption = f"{view.caption} {styled}".rstrip() if view.caption else ""
        words = (view.title, caption or _map_caption(day, styled))
        page, _scale = _whole(pack, kit, picture, words, largest=_VIEW_SCALE)
        if not pages:
            page.outline.append((tr("Saved views"), 0))
        page.outline.append((view.title, 1))
        pages.append(page)
    return pages


def shown_views(pack: Pack) -> list[View]:
    """The saved views that show at least one actor of the copy."""
    day = pack.request.as_of
    return [one for one in views_in_order(pack.tables) if part_of(pack.tables, one, day)[0].actors]


def _map_caption(day: date, styled: str = "") -> str:
    words = tr(
        "Who is linked with whom on {date}. What begins later or has ended is not drawn.",
        date=day.isoformat(),
    )
    return f"{words} {styled}".rstrip()


def _whole(
    pack: Pack, kit: Kit, picture: MapPicture, words: tuple[str, str], largest: float = 1.0
) -> tuple[Page, float]:
    """A map on the smallest sheet on which it is legible, and its scale there.

    Where the map is small its legend is magnified, so that it can be read all the same.
    """
    page, top, room = Page(0, 0), 0.0, (0.0, 0.0)
    scale, drawing = 0.0, picture.with_legend()
    for sheet in sheets(pack.request.recipe):
        page, top = _picture_page(sheet, kit, words)
        room = _room(sheet, top)
        scale = min(room[0] / drawing.width, room[1] / drawing.height, largest)
        if scale >= _LEAST_SCALE:
            break
    for _again in range(_LEGEND_TRIES if scale < _LEGEND_SCALE else 0):
        drawing = picture.with_legend(_LEGEND_SCALE / scale, within=room[0] / scale)
        scale = min(room[0] / drawing.width, room[1] / drawing.height, largest)
    fixed = pack.request.keep_positions
    page.add_picture(drawing, (page.width - drawing.width * scale) / 2, top, scale, fixed=fixed)
    return page, scale


def _map_parts(picture: MapPicture, kit: Kit, sheet: _Size, least_scale: float) -> list[Page]:
    """The map over several sheets, upright or across, whichever takes fewer.

    The legend stands in columns on the first sheet of its row, if that takes no more sheets.
    """
    drawing = picture.with_legend()
    ways = [
        (size, tiling(drawing, _room(size), least_scale)) for size in (sheet, (sheet[1], sheet[0]))
    ]
    size, how = min(ways, key=lambda one: (one[1].count, -one[1].scale))
    gathered = picture.with_legend(within=_room(size)[0] / how.scale)
    again = tiling(gathered, _room(size), least_scale)
    if again.count <= how.count:
        drawing, how = gathered, again
    pages: list[Page] = []
    for number, tile in enumerate(tiles(drawing, how, _room(size)), start=1):
        title = tr("Map, part {number} of {count}", number=number, count=how.count)
        row, column = divmod(number - 1, how.columns)
        caption = tr(
            "Row {row}, column {column}. Parts overlap by 8 mm; cut at the marks to join them.",
            row=row + 1,
            column=column + 1,
        )
        page, top = _picture_page(size, kit, (title, caption))
        page.add_picture(tile, PICTURE_SIDE, top, how.scale, fixed=kit.pack.request.keep_positions)
        marks = crop_marks(
            PICTURE_SIDE, top, tile.width * how.scale, tile.height * how.scale, kit.style.muted_ink
        )
        page.items += marks
        pages.append(page)
    pages[0].outline.append((tr("Map in legible parts"), 1))
    return pages


def timeline_sheets(pack: Pack, kit: Kit) -> list[Page]:
    """The timeline, all of it or as it was shown, on as many pages as it takes."""
    told = pack.request.recipe.option("timeline")
    window = pack.request.timeline if told == "shown" else TimelineWindow()
    pages = [page for part in window.parts for page in _sheets_of(pack, kit, part)]
    pages[0].outline.append((tr("Timeline"), 0))
    return pages


def _sheets_of(pack: Pack, kit: Kit, window: TimelineWindow) -> list[Page]:
    """One timeline on as many pages as it takes, each with the axis."""
    sheet = sheets(pack.request.recipe)[-1]
    tries = [(scale, _timelines(pack, window, scale, _room(sheet))) for scale in _TIMELINE_SCALES]
    scale, drawings = min(tries, key=lambda one: len(one[1]))
    pages = []
    for number, drawing in enumerate(drawings, start=1):
        title = tr("Timeline") if number == 1 else tr("Timeline, continued")
        caption = tr(
            "Phases, activities, postings and money over time; the line marks {date}.",
            date=day_of(pack, window).isoformat(),
        )
        page, top = _picture_page(sheet, kit, (title, caption))
        page.add_picture(drawing, PICTURE_SIDE, top, scale)
        pages.append(page)
    return pages


def _timelines(
    pack: Pack, window: TimelineWindow, scale: float, room: _Size
) -> tuple[Drawing, ...]:
    """The drawings of a timeline that fill the room at a scale."""
    view = view_of(pack, window, room[0] / scale)
    day = day_of(pack, window)
    return timeline_pages(pack.tables, day, pack.style, pack.text_engine, view, room[1] / scale)


def _room(sheet: _Size, top: float = _PICTURE_TOP) -> _Size:
    """Width and height that a picture may take on a sheet."""
    return sheet[0] - 2 * PICTURE_SIDE, sheet[1] - top - _BOTTOM


def _picture_page(sheet: _Size, kit: Kit, words: tuple[str, str]) -> tuple[Page, float]:
    """An empty page for a picture with its title and caption, and where the picture begins.

    A short caption stands beside the title, a longer one below it.
    """
    page = Page(*sheet, head=words[0], side=PICTURE_SIDE)
    whole = page.width - 2 * PICTURE_SIDE
    title = kit.engine.layout(words[0], TITLE, whole * 0.6, 1)
    page.items.append(kit.placed(title, PICTURE_SIDE, _TITLE_TOP, whole * 0.6))
    beside = whole - title.width - 24
    block = kit.engine.layout(words[1], BODY, beside, _CAPTION_LINES)
    if len(block.lines) <= 2:
        x = page.width - PICTURE_SIDE - block.width
        y = _TITLE_TOP + title.height - block.height - 2
        page.items.append(kit.placed(block, x, y, block.width, kit.style.muted_ink))
        return page, _PICTURE_TOP
    block = kit.engine.layout(words[1], BODY, min(whole, 620.0), _CAPTION_LINES)
    y = _TITLE_TOP + title.height + 2
    page.items.append(kit.placed(block, PICTURE_SIDE, y, min(whole, 620.0), kit.style.muted_ink))
    return page, y + block.height + 10
