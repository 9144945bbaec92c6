"""Pages as plain data: primitives at places, links, entries of the outline; nothing is drawn yet.

All pages are laid out before the first is drawn, so page numbers and their total are known.
Coordinates are points from the top left corner of the page, y downwards.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from exporters.marked import tlp_box
from exporters.mirrored import mirrored, mirrored_drawing
from exporters.pdf.paper import HEADER, MARKING, RUNNING, SIDE
from model.drawing.primitives import Label, Polyline, Primitive, Stroke
from resources.text import joined, tr

if TYPE_CHECKING:
    from exporters.request import Pack
    from model.drawing.primitives import Drawing
    from model.drawing.text import TextBlock, TextStyle


@dataclass(frozen=True)
class Link:
    """A place on a page that leads to another page: left, top, right, bottom.

    Screen readers hear its title, inside of the part that `path` leads to.
    """

    left: float
    top: float
    right: float
    bottom: float
    target: Page
    title: str = ""
    path: Path = ()


@dataclass(frozen=True)
class Picture:
    """A drawing on a page, its top left corner and scale."""

    drawing: Drawing
    x: float
    y: float
    scale: float
    after: int = sys.maxsize
    """How many items of the page come before it, for painting and for readers aloud."""
    fixed: bool = False
    """Whether what it shows stays as it is on pages that are read from right to left."""


Path = tuple[tuple[str, int], ...]
"""What an item is inside of for screen readers: role and number of each, from the outermost."""


@dataclass(eq=False)
class Page:
    """One page that is being filled."""

    width: float
    height: float
    head: str = ""
    side: float = SIDE
    items: list[Primitive] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    outline: list[tuple[str, int]] = field(default_factory=list)
    """Entries (title, level) that lead to this page."""
    headings: list[tuple[str, int]] = field(default_factory=list)
    """Headings that are in neither contents nor outline."""
    running: int = sys.maxsize
    """From which item on there are only running heads and feet, which screen readers skip."""
    paths: dict[int, Path] = field(default_factory=dict)
    """By item: the table, row and cell, or the list, that it stands in."""
    decoration: set[int] = field(default_factory=set)
    """Items that say again what was said before, such as repeated heads of tables."""

    def add_picture(
        self, drawing: Drawing, x: float, y: float, scale: float = 1.0, *, fixed: bool = False
    ) -> None:
        """Put a drawing after what is there already."""
        self.pictures.append(Picture(drawing, x, y, scale, len(self.items), fixed))

    def mirror(self) -> None:
        """Turn the page into one that is read from right to left, once it is finished."""
        self.items = [mirrored(item, self.width) for item in self.items]
        self.pictures = [_mirrored_picture(one, self.width) for one in self.pictures]
        self.links = [
            replace(one, left=self.width - one.right, right=self.width - one.left)
            for one in self.links
        ]


def _mirrored_picture(picture: Picture, width: float) -> Picture:
    drawing = picture.drawing if picture.fixed else mirrored_drawing(picture.drawing)
    x = width - picture.x - picture.drawing.width * picture.scale
    return replace(picture, drawing=drawing, x=x)


class Kit:
    """Text and marks in the colours of the pack's style sheet."""

    def __init__(self, pack: Pack) -> None:
        """Take style and text engine from the pack."""
        self.pack = pack
        self.style = pack.style
        self.engine = pack.text_engine
        self.from_right = pack.from_right

    def block(self, text: str, style: TextStyle, width: float | None = None) -> TextBlock:
        """Shaped text of at most a width."""
        return self.engine.layout(text, style, width)

    def text(
        self,
        text: str,
        style: TextStyle,
        x: float,
        y: float,
        width: float,
        colour: str = "",
    ) -> tuple[Label, float]:
        """A label with its top at y, and its height; right-to-left text sits at the right edge."""
        block = self.block(text, style, width)
        return self.placed(block, x, y, width, colour), block.height

    def placed(self, block: TextBlock, x: float, y: float, width: float, colour: str = "") -> Label:
        """A label for a block within a column, at the edge where its text begins.

        Pages that are read from right to left are mirrored when they are finished.
        """
        ink = colour or self.style.ink
        if block.rtl and not self.from_right:
            return Label(x + width, y, block, ink, horizontal="right")
        return Label(x, y, block, ink)

    def line(
        self, x1: float, y: float, x2: float, width: float = 0.6, colour: str = ""
    ) -> Polyline:
        """A horizontal hairline."""
        return Polyline((x1, y, x2, y), Stroke(colour or self.style.line, width))


def add_running_parts(pages: list[Page], kit: Kit) -> None:
    """Add the running head and foot: marking on every page, title, as-of date, page x of y."""
    total = len(pages)
    day = tr("As of {date}", date=kit.pack.request.as_of.isoformat())
    title = kit.pack.title or tr("Briefing pack")
    for number, page in enumerate(pages, start=1):
        if number > 1:
            page.running = len(page.items)
        right = page.width - page.side
        foot = page.height - HEADER
        counted = tr("Page {number} of {total}", number=number, total=total)
        page.items += tlp_box(kit.pack, right, HEADER, MARKING)
        page.items += tlp_box(kit.pack, right, foot, MARKING)
        below = joined((day, counted), "   ·   ")
        page.items.append(_small(kit, below, page.side, foot, page.width / 2))
        if number > 1:
            running = joined((title, page.head), "   ·   ")
            page.items.append(
                _small(kit, running, page.side, HEADER, page.width - 2 * page.side - 150)
            )


def _small(kit: Kit, text: str, x: float, middle: float, width: float) -> Label:
    block = kit.engine.layout(text, RUNNING, width, 1)
    return Label(x, middle, block, kit.style.muted_ink, vertical="middle")
