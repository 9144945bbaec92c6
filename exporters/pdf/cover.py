"""The cover and the contents: what the pack is, for whom, as of when, and where to find what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from exporters.pdf.pages import Kit, Link, Page
from exporters.pdf.paper import (
    BODY,
    BODY_BOLD,
    BOTTOM,
    DISPLAY,
    FIGURE,
    LEAD,
    RUNNING,
    SIDE,
    SMALL,
    TITLE,
    TOP,
    page_size,
)
from exporters.pdf.tables import badge, badge_width
from exporters.statements import absence, basis_counts, counts_sentence, handling_sentences
from model.drawing.primitives import Polyline, Stroke
from resources.text import tr, without_marks

if TYPE_CHECKING:
    from datetime import date

    from exporters.request import Pack
    from model.drawing.text import TextStyle
    from model.tables import Tables

_FIGURES: Final = (
    ("actors", "Actors"),
    ("linkages", "Linkages"),
    ("processes", "Processes"),
    ("activities", "Activities"),
)
_ENTRY: Final = 21.0
_SUBENTRY: Final = 15.0
_CLOSEST: Final = 0.8
"""How close lines of the contents may stand, of their usual distance."""
_SUMMARY_LINES: Final = 12
"""A longer summary of the project gets a section of its own instead of room on the cover."""
_MOST_LINES: Final = 1000
"""More lines than a page of contents can hold: tells entries of several pages apart."""
_TITLE_LINES: Final = 4
_HANDLING_LINES: Final = 3


def cover_page(pack: Pack, kit: Kit) -> Page:
    """The first page."""
    width, height = page_size(pack.request.recipe.page)
    page = Page(width, height)
    column = width - 2 * SIDE
    y = height * 0.2
    y = _put(page, kit, tr("Briefing pack"), BODY_BOLD, y, column, kit.style.accent) + 10
    if pack.title:
        block = kit.engine.layout(pack.title, DISPLAY, column, _TITLE_LINES)
        page.items.append(kit.placed(block, SIDE, y, column))
        y += block.height + 8
    day = tr("As of {date}", date=long_date(pack.request.as_of, pack.request.language))
    y = _put(page, kit, day, LEAD, y, column, kit.style.muted_ink) + 18
    page.items.append(kit.line(SIDE, y, SIDE + 64, 3, kit.style.accent))
    y += 26
    if summary_fits(pack, kit):
        y = _put(page, kit, pack.tables.project.summary, LEAD, y, column * 0.92) + 16
    y = _put(page, kit, counts_sentence(pack.tables), BODY, y, column * 0.92) + 22
    y = _figures(page, kit, pack.tables, y, column)
    _foot_of_cover(page, kit, pack, max(y + 30, height - BOTTOM - 178), column)
    return page


def summary_fits(pack: Pack, kit: Kit) -> bool:
    """Whether there is a summary, short enough for the cover."""
    summary = pack.tables.project.summary.strip()
    width = (page_size(pack.request.recipe.page)[0] - 2 * SIDE) * 0.92
    return bool(summary) and len(kit.block(summary, LEAD, width).lines) <= _SUMMARY_LINES


def long_date(day: date, language: str) -> str:
    """A day written out in a language: 15 February 2013."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - slow, only exports need it
    from babel.dates import format_date  # noqa: PLC0415

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    if locale.language == "en" and not locale.territory:
        locale = Locale("en", "GB")
    return format_date(day, "long", locale=locale)


def _put(
    page: Page,
    kit: Kit,
    text: str,
    style: TextStyle,
    y: float,
    width: float,
    colour: str = "",
) -> float:
    label, height = kit.text(text, style, SIDE, y, width, colour)
    page.items.append(label)
    return y + height


def _figures(page: Page, kit: Kit, tables: Tables, y: float, column: float) -> float:
    """How much there is, in large figures."""
    step = column / len(_FIGURES)
    bottom = y
    for place, (table, label) in enumerate(_FIGURES):
        x = SIDE + place * step
        figure, height = kit.text(str(len(tables.table(table))), FIGURE, x, y, step - 8)
        caption, below = kit.text(
            tr(label), SMALL, x, y + height + 1, step - 8, kit.style.muted_ink
        )
        page.items += [figure, caption]
        if place:
            edge = (x - 14, y + 4, x - 14, y + height + below)
            page.items.append(Polyline(edge, Stroke(kit.style.line, 0.6)))
        bottom = y + height + below
    return bottom


def _foot_of_cover(page: Page, kit: Kit, pack: Pack, y: float, column: float) -> None:
    """How to handle the pack on the left, how to read its marks on the right."""
    page.items.append(kit.line(SIDE, y, SIDE + column))
    y += 14
    half = column / 2 - 14
    left = y
    label, height = kit.text(tr("Handling"), BODY_BOLD, SIDE, left, half)
    page.items.append(label)
    left += height + 3
    sentences = handling_sentences(pack.tables, pack.request.audience)
    if "limits" not in pack.request.recipe.sections:
        sentences += absence(pack.request)
    for sentence in sentences:
        block = kit.engine.layout(sentence, RUNNING, half, _HANDLING_LINES)
        page.items.append(kit.placed(block, SIDE, left, half))
        left += block.height + 3
    x = SIDE + column / 2 + 14
    label, height = kit.text(tr("Marks"), BODY_BOLD, x, y, half)
    page.items.append(label)
    y += height + 5
    total, unchecked, made_up = basis_counts(pack.tables)
    explained = (
        (tr("not checked"), tr("written from memory; nobody has looked it up"), unchecked),
        (tr("illustrative"), tr("made up to show how the tool works"), made_up),
    )
    frames = {name: kit.block(name, SMALL) for name, _meaning, _count in explained}
    indent = max(74.0, *(badge_width(frame) + 10 for frame in frames.values()))
    for name, meaning, count in explained:
        page.items += badge(kit, frames[name], x, y)
        share = tr("{meaning} ({count} of {total} records)",
                   meaning=meaning, count=count, total=total) if total else meaning  # fmt: skip
        label, height = kit.text(share, RUNNING, x + indent, y - 1, half - indent)
        page.items.append(label)
        y += max(height, 18) + 4


def contents_pages(pack: Pack, kit: Kit, pages: list[Page], before: int) -> list[Page]:
    """The contents, with page numbers that count the contents' own pages.

    Args:
        pack: the pack.
        kit: text and colours.
        pages: the pages after the contents.
        before: pages before the contents.
    """
    entries = [
        (title, level, number, page)
        for number, page in enumerate(pages)
        for title, level in page.outline
    ]
    width, height = page_size(pack.request.recipe.page)
    room = height - TOP - BOTTOM - 60
    share = _share(entries, room)
    sheets = _sheets(entries, room / share)
    first = before + len(sheets) + 1
    made = []
    for place, lines in enumerate(sheets):
        page = Page(width, height, head=tr("Contents"))
        y = TOP
        if place == 0:
            page.outline.append((tr("Contents"), 0))
            y = _put(page, kit, tr("Contents"), TITLE, y, width - 2 * SIDE) + 20
        for title, level, number, target in lines:
            begin = len(page.items)
            y = _entry(page, kit, (title, level, first + number), target, y, share)
            path = (("TOC", -1), ("TOCI", -len(page.links) - _MOST_LINES * place))
            page.paths |= dict.fromkeys(range(begin, len(page.items)), path)
            page.links[-1] = replace(page.links[-1], title=without_marks(title), path=path)
        made.append(page)
    return made


def _share(entries: list[tuple[str, int, int, Page]], room: float) -> float:
    """By how much lines stand closer, where a few would otherwise spill onto a page of theirs."""
    sheets = _sheets(entries, room)
    closer = _sheets(entries, room / _CLOSEST)
    if len(closer) == len(sheets):
        return 1.0
    whole = sum(_SUBENTRY if level else _ENTRY for _title, level, _number, _page in entries)
    return max(_CLOSEST, 0.99 * room * len(closer) / whole) if len(closer) == 1 else _CLOSEST


def _sheets(
    entries: list[tuple[str, int, int, Page]], room: float
) -> list[list[tuple[str, int, int, Page]]]:
    sheets: list[list[tuple[str, int, int, Page]]] = [[]]
    left = room
    for entry in entries:
        need = _SUBENTRY if entry[1] else _ENTRY
        if need > left:
            sheets.append([])
            left = room
        sheets[-1].append(entry)
        left -= need
    return sheets


def _entry(
    page: Page, kit: Kit, entry: tuple[str, int, int], target: Page, y: float, share: float
) -> float:
    title, level, number = entry
    style = RUNNING if level else BODY_BOLD
    indent = 16.0 * level
    height = share * (_SUBENTRY if level else _ENTRY)
    right = page.width - SIDE
    y += 0 if level else 5
    block = kit.engine.layout(title, style, right - SIDE - indent - 60, 1)
    figure = kit.block(str(number), style)
    page.items.append(kit.placed(block, SIDE + indent, y, right - SIDE - indent - 60))
    page.items.append(kit.placed(figure, right - figure.width, y, figure.width))
    dots = (SIDE + indent + block.width + 8, y + block.height * 0.72, right - figure.width - 8)
    page.items.append(
        Polyline((dots[0], dots[1], dots[2], dots[1]), Stroke(kit.style.line, 0.8, (0.8, 3.2)))
    )
    page.links.append(Link(SIDE, y, right, y + block.height, target))
    return y + height - (0 if level else 5)
