"""Text flowing down pages: headings, paragraphs and tables, broken where they should be."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

from exporters.pdf.lines import split_block
from exporters.pdf.pages import Kit, Page
from exporters.pdf.paper import (
    BODY,
    BOTTOM,
    CELL,
    HEADING,
    SIDE,
    SMALL_BOLD,
    TITLE,
    TOP,
    page_size,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.pdf.pages import Path
    from exporters.request import Recipe
    from model.drawing.primitives import Drawing, Primitive
    from model.drawing.text import TextBlock, TextStyle

_KEPT_LINES = 3
"""Paragraphs of so few lines are not broken."""
_BULLET_GAP = 4.0
_LEAST_BELOW = 90.0
"""Height that a heading needs at the foot of a page, with what begins below it."""
_NEW_PAGE_BELOW = 0.42
"""A section starts on a new page when less than this part of the present one is left."""


class Flow:
    """A column of text on as many pages as it takes."""

    def __init__(self, kit: Kit, recipe: Recipe, pages: list[Page]) -> None:
        """Flow onto new pages that are added to `pages`."""
        self.kit = kit
        self.pages = pages
        self.width, self.height = page_size(recipe.page)
        self.y = 0.0
        self._head = ""
        self._page: Page | None = None
        self._path: Path = ()
        self._numbers = count(1)
        self._list: int | None = None
        self._heading: tuple[str, int, bool, float] | None = None  # waits for what it stands above

    @property
    def left(self) -> float:
        """Left edge of the column."""
        return SIDE

    @property
    def column(self) -> float:
        """Width of the column."""
        return self.width - 2 * SIDE

    @property
    def room(self) -> float:
        """Height that is left on the page."""
        return self.height - BOTTOM - self.y if self._page is not None else 0.0

    @property
    def full_room(self) -> float:
        """Height of an empty page."""
        return self.height - BOTTOM - TOP

    @property
    def page(self) -> Page:
        """The page that is being filled."""
        return self._page if self._page is not None else self.new_page()

    def new_page(self) -> Page:
        """Go on at the top of a new page."""
        self._page = Page(self.width, self.height, head=self._head)
        self.pages.append(self._page)
        self.y = TOP
        return self._page

    def leave_page(self) -> None:
        """Whatever comes next starts on a page of its own; other pages may come in between."""
        self.need(0)
        self._page = None

    def need(self, height: float) -> None:
        """Make sure that something of this height fits on the page, and a heading before it."""
        if self._heading is not None:
            title, level, listed, below = self._heading
            self._heading = None
            self.gap(12)
            block = self.kit.block(title, HEADING, self.column)
            self.need(max(below, block.height + 4 + height))
            (self.page.outline if listed else self.page.headings).append((title, level))
            self.text(title, HEADING)
            self.y += 4
        if height > 0 and self.room < min(height, self.full_room):
            self.new_page()

    def gap(self, height: float) -> None:
        """Leave room, but not at the top of a page or below a heading."""
        if self._heading is None and self._page is not None and self.y > TOP:
            self.y += height

    def add(self, *items: Primitive, decoration: bool = False) -> None:
        """Put finished primitives on the page, inside of whatever is open."""
        if self._heading is not None:
            self.need(0)
        page = self.page
        places = range(len(page.items), len(page.items) + len(items))
        page.items += items
        if decoration:
            page.decoration |= {*places}
        elif self._path:
            page.paths |= dict.fromkeys(places, self._path)

    def new_number(self) -> int:
        """A number that no part of the pages has yet."""
        return next(self._numbers)

    @contextmanager
    def inside(self, role: str, number: int | None = None) -> Iterator[int]:
        """What is added meanwhile belongs, for screen readers, to a part with this role."""
        before = self._path
        key = self.new_number() if number is None else number
        self._path = (*before, (role, key))
        try:
            yield key
        finally:
            self._path = before

    def picture(self, drawing: Drawing, scale: float = 1.0) -> None:
        """A drawing as wide as the column at most, kept whole."""
        scale = min(scale, self.column / drawing.width, self.full_room / drawing.height)
        self.need(drawing.height * scale)
        self.page.add_picture(drawing, self.left, self.y, scale)
        self.y += drawing.height * scale

    def section(self, title: str, least: float = 160.0) -> Page:
        """Begin a section: a title, an entry in contents and outline, the running head."""
        self.need(0)
        self._head = title
        if self.room < max(self.full_room * _NEW_PAGE_BELOW, least):
            self.new_page()
        else:
            self.gap(30)
        page = self.page
        page.head = page.head or title
        page.outline.append((title, 0))
        self.text(title, TITLE)
        self.y += 4
        self.add(self.kit.line(self.left, self.y, self.left + 42, 2.2, self.kit.style.accent))
        self.y += 14
        return page

    def heading(
        self, title: str, level: int = 1, *, listed: bool = True, below: float = _LEAST_BELOW
    ) -> None:
        """A heading inside a section, kept with what follows; in the contents if it is listed.

        `below` is the height that it asks for at the foot of a page, more where words come
        between the heading and the table that it is about.
        """
        self.need(0)
        self._heading = (title, level, listed, below)

    def text(self, text: str, style: TextStyle = BODY, colour: str = "") -> None:
        """A paragraph, broken between lines where the page ends."""
        self._list = None
        rest: TextBlock | None = self.kit.block(text, style, self.column)
        if rest is not None and len(rest.lines) <= _KEPT_LINES:
            self.need(rest.height)
        while rest is not None:
            self.need(style.size * style.line_spacing)
            upper, rest = split_block(rest, self.room)
            if upper is None:  # a line higher than a page; it is drawn all the same
                upper, rest = rest, None
            if upper is not None:
                self.add(self.kit.placed(upper, self.left, self.y, self.column, colour))
                self.y += upper.height

    def bullets(self, texts: Sequence[str], style: TextStyle = BODY) -> None:
        """Paragraphs with a dot before them; none stands alone at the foot or head of a page."""
        indent = 14.0
        blocks = [self.kit.block(text, style, self.column - indent) for text in texts]
        heights = [block.height + _BULLET_GAP for block in blocks]
        for at, block in enumerate(blocks):
            if block.height > self.full_room:
                self.text(texts[at], style)
                continue
            self.need(kept_together(heights, at, self.full_room) - _BULLET_GAP)
            self._bullet(block, indent, style)

    def _bullet(self, block: TextBlock, indent: float, style: TextStyle) -> None:
        dot = self.kit.block("•", style)
        with self.inside("L", self._list) as self._list, self.inside("LI"):
            mark = self.kit.placed(dot, self.left, self.y, indent, self.kit.style.accent)
            self.add(mark, decoration=True)
            with self.inside("LBody"):
                width = self.column - indent
                self.add(self.kit.placed(block, self.left + indent, self.y, width))
        self.y += block.height + _BULLET_GAP

    def fact_height(self, label: str, text: str, indent: float = 96.0) -> float:
        """Height that a fact takes where it is not broken."""
        name = self.kit.block(label, SMALL_BOLD, indent - 8)
        return max(self.kit.block(text, CELL, self.column - indent).height, name.height) + 3

    def fact(self, label: str, text: str, indent: float = 96.0) -> None:
        """A short label at the side and what there is to say, broken between lines."""
        name = self.kit.block(label, SMALL_BOLD, indent - 8)
        rest: TextBlock | None = self.kit.block(text, CELL, self.column - indent)
        if rest is not None and len(rest.lines) <= _KEPT_LINES:
            self.need(max(rest.height, name.height))
        else:
            self.need(2 * CELL.size * CELL.line_spacing)
        with self.inside("P"):
            colour = self.kit.style.muted_ink
            self.add(self.kit.placed(name, self.left, self.y + 0.8, indent - 8, colour))
            while rest is not None:
                upper, rest = split_block(rest, max(self.room, CELL.size * CELL.line_spacing))
                if upper is None:
                    upper, rest = rest, None
                if upper is None:
                    break
                x, width = self.left + indent, self.column - indent
                self.add(self.kit.placed(upper, x, self.y, width))
                self.y += upper.height
                if rest is not None:
                    self.new_page()
        self.y += 3


def kept_together(heights: Sequence[float], at: int, most: float) -> float:
    """Height of what stays on one page from here: the first two of a list, and the last two."""
    last = len(heights) - 1
    end = at + 1 if at in {0, last - 1} else at
    if end == last - 1:
        end = last
    together = sum(heights[at : end + 1])
    return together if together <= most else heights[at]
