"""The drawing language: the few frozen shapes that maps, timelines, legends and charts consist of.

Builders (model/drawing/*) decide everything: places, colours, wording. Painters (widgets/common/
painter.py, exporters/pdf/canvas.py, exporters/images/svg.py) decide nothing and draw what stands
here, in order, later over earlier. Selection and hover never occur here.

Units are project units: 1/72 inch on paper at scale 1, one pixel on screen at 100 %. The origin is
top left, y grows downwards. Colours are "#rrggbb" or "#rrggbbaa".
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from model.drawing.text import TextBlock

Cap = Literal["flat", "round"]
Hatch = Literal["none", "diagonal", "back-diagonal", "cross", "horizontal", "vertical", "dots"]
HorizontalAnchor = Literal["left", "centre", "right"]
VerticalAnchor = Literal["top", "middle", "bottom"]

HATCH_STEP = 6.0
"""Distance of hatch lines in project units, the same in every painter."""
HATCH_WIDTH = 0.8
"""Width of hatch lines and radius of hatch dots in project units."""


class Stroke(msgspec.Struct, frozen=True, gc=False):
    """An outline. `dash` is lengths of mark, gap, mark... in project units; () is solid."""

    colour: str
    width: float = 1.0
    dash: tuple[float, ...] = ()
    cap: Cap = "flat"


class Fill(msgspec.Struct, frozen=True, gc=False):
    """A surface; the hatch over it is the second code beside colour."""

    colour: str
    hatch: Hatch = "none"
    hatch_colour: str = "#00000055"


class Path(msgspec.Struct, frozen=True, gc=False):
    """Move, line, cubic and close commands: verbs "M", "L", "C", "Z", and their coordinates.

    "M" and "L" take two numbers (x, y), "C" takes six (two control points and the end), "Z" none.
    PathBuilder makes them legibly.
    """

    verbs: str
    points: tuple[float, ...]
    stroke: Stroke | None = None
    fill: Fill | None = None


class Rect(msgspec.Struct, frozen=True, gc=False):
    """A rectangle, its corners rounded by `radius`."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0
    stroke: Stroke | None = None
    fill: Fill | None = None


class Ellipse(msgspec.Struct, frozen=True, gc=False):
    """An ellipse around its centre."""

    cx: float
    cy: float
    rx: float
    ry: float
    stroke: Stroke | None = None
    fill: Fill | None = None


class Polyline(msgspec.Struct, frozen=True, gc=False):
    """Straight lines through points given as x, y, x, y...; `closed` joins the ends."""

    points: tuple[float, ...]
    stroke: Stroke | None = None
    fill: Fill | None = None
    closed: bool = False


class Label(msgspec.Struct, frozen=True, gc=False):
    """Shaped text. (x, y) is where the anchor of the block comes to lie.

    A halo of `halo_width` beyond the outlines lies below the glyphs. `turn` (-90, 0 or 90
    degrees, clockwise) turns the block around (x, y), for the names of bands and axes.
    """

    x: float
    y: float
    block: TextBlock
    colour: str
    halo: str | None = None
    halo_width: float = 0.0
    horizontal: HorizontalAnchor = "left"
    vertical: VerticalAnchor = "top"
    turn: Literal[-90, 0, 90] = 0

    def origin(self) -> tuple[float, float]:
        """Offset from (x, y) to the top left corner of the block, before turning."""
        shift_x = {"left": 0.0, "centre": 0.5, "right": 1.0}[self.horizontal]
        shift_y = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[self.vertical]
        return -shift_x * self.block.width, -shift_y * self.block.height


class Icon(msgspec.Struct, frozen=True, gc=False):
    """An icon of the catalogue (model/drawing/icons.py); (x, y) is its top left corner."""

    name: str
    x: float
    y: float
    size: float
    colour: str


class Group(msgspec.Struct, frozen=True, gc=False):
    """Things that belong together.

    `key` names the group for hit tests and updates ("actor:K3", "layer:links"). `record_id` ties
    it to a record; exporters never write it out. `alt` says in words what is shown (tagged PDF,
    SVG title). Children are scaled, then moved by (dx, dy); `clip` is in the children's units.
    """

    key: str
    children: tuple[Primitive, ...]
    clip: Rect | None = None
    alt: str = ""
    record_id: str = ""
    dx: float = 0.0
    dy: float = 0.0
    scale: float = 1.0


Shape: TypeAlias = Path | Rect | Ellipse | Polyline
Primitive: TypeAlias = Path | Rect | Ellipse | Polyline | Label | Icon | Group


class Drawing(msgspec.Struct, frozen=True, gc=False):
    """A whole picture: its size, its primitives from back to front, and what it says in words."""

    width: float
    height: float
    items: tuple[Primitive, ...]
    background: str | None = None
    title: str = ""
    alt: str = ""


class PathBuilder:
    """Collects path commands; every step returns the builder so that shapes read as one line."""

    def __init__(self) -> None:
        self._verbs: list[str] = []
        self._points: list[float] = []

    def move(self, x: float, y: float) -> PathBuilder:
        """Start a new figure at (x, y)."""
        return self._add("M", x, y)

    def line(self, x: float, y: float) -> PathBuilder:
        """Draw a straight line to (x, y)."""
        return self._add("L", x, y)

    def cubic(self, x1: float, y1: float, x2: float, y2: float, x: float, y: float) -> PathBuilder:
        """Draw a cubic Bezier curve to (x, y) by way of two control points."""
        return self._add("C", x1, y1, x2, y2, x, y)

    def close(self) -> PathBuilder:
        """Close the figure."""
        return self._add("Z")

    def path(self, stroke: Stroke | None = None, fill: Fill | None = None) -> Path:
        """The finished path."""
        return Path("".join(self._verbs), tuple(self._points), stroke, fill)

    def _add(self, verb: str, *numbers: float) -> PathBuilder:
        self._verbs.append(verb)
        self._points.extend(numbers)
        return self
