"""Text flowing down pages: headings, paragraphs and tables, broken where they should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.pdf.lines import split_block
from exporters.pdf.pages import Kit, Page
from exporters.pdf.paper import BODY, BOTTOM, HEADING, SIDE, TITLE, TOP, page_size

if TYPE_CHECKING:
    from exporters.request import Recipe
    from model.drawing.primitives import Primitive
    from model.drawing.text import TextBlock, TextStyle

_KEPT_LINES = 3
"""Paragraphs of so few lines are not broken."""
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
        self._page = None

    def need(self, height: float) -> None:
        """Make sure that something of this height fits on the page."""
        if self.room < min(height, self.full_room):
            self.new_page()

    def gap(self, height: float) -> None:
        """Leave room, but not at the top of a page."""
        if self._page is not None and self.y > TOP:
            self.y += height

    def add(self, *items: Primitive) -> None:
        """Put finished primitives on the page."""
        self.page.items += items

    def section(self, title: str, least: float = 160.0) -> Page:
        """Begin a section: a title, an entry in contents and outline, the running head."""
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

    def heading(self, title: str, level: int = 1) -> None:
        """A heading inside a section, kept with what follows."""
        self.gap(12)
        self.need(90)
        self.page.outline.append((title, level))
        self.text(title, HEADING)
        self.y += 4

    def text(self, text: str, style: TextStyle = BODY, colour: str = "") -> None:
        """A paragraph, broken between lines where the page ends."""
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

    def bullet(self, text: str, style: TextStyle = BODY) -> None:
        """A paragraph with a dot before it."""
        indent = 14.0
        block = self.kit.block(text, style, self.column - indent)
        if block.height > self.full_room:
            self.text(text, style)
            return
        self.need(min(block.height, self.full_room))
        dot = self.kit.block("•", style)
        self.add(self.kit.placed(dot, self.left, self.y, indent, self.kit.style.accent))
        self.add(self.kit.placed(block, self.left + indent, self.y, self.column - indent))
        self.y += block.height + 4
