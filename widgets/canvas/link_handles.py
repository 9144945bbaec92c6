"""The handles of a selected linkage: its two ends, its bends, and where it can be bent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPen

from widgets.canvas.strokes import qt_colour

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from model.drawing.parts import Link
    from model.drawing.style import InteractionStyle, StyleSheet
    from widgets.canvas.camera import Camera

    Ends = tuple[tuple[float, float], tuple[float, float]]

HandleKind = Literal["end", "bend", "pull"]
RADIUS = 5.0
REACH = 8.0
_PULLS = (0.3, 0.7)
"""Where a line without bends can be pulled aside: not in the middle, where its label lies."""


class LinkHandle(NamedTuple):
    """A handle at a pixel; `at` numbers ends (0, 1), bends, or the place of a fresh bend."""

    kind: HandleKind
    at: int
    x: float
    y: float


def link_handles(link: Link, bends: int, camera: Camera, ends: Ends) -> list[LinkHandle]:
    """The handles of a linkage with so many bends that is seen to end at two points of the map."""
    cubics = link.route.cubics
    first, last = ends
    found = [
        LinkHandle("end", 0, *camera.to_screen(*first)),
        LinkHandle("end", 1, *camera.to_screen(*last)),
    ]
    if not bends:
        found += [LinkHandle("pull", 0, *camera.to_screen(*link.route.at(s))) for s in _PULLS]
        return found
    if len(cubics) < 6 * (bends + 1) + 2:
        # Between collapsed groups the line runs straight; its bends wait until they are opened.
        return found
    for piece in range(bends + 1):
        x0, y0, x1, y1, x2, y2, x3, y3 = cubics[6 * piece : 6 * piece + 8]
        middle = ((x0 + 3 * x1 + 3 * x2 + x3) / 8, (y0 + 3 * y1 + 3 * y2 + y3) / 8)
        found.append(LinkHandle("pull", piece, *camera.to_screen(*middle)))
        if piece < bends:
            found.append(LinkHandle("bend", piece, *camera.to_screen(x3, y3)))
    return found


def handle_at(handles: list[LinkHandle], x: float, y: float) -> LinkHandle | None:
    """The handle under a pixel; ends and bends before places to pull."""
    near = [h for h in handles if abs(h.x - x) <= REACH and abs(h.y - y) <= REACH]
    near.sort(key=lambda h: (h.kind == "pull", abs(h.x - x) + abs(h.y - y)))
    return near[0] if near else None


def draw_link_handles(
    painter: QPainter, handles: list[LinkHandle], look: InteractionStyle, style: StyleSheet
) -> None:
    """Ends as discs, bends as squares, places to pull as rings."""
    colour, ground = qt_colour(look.selected.colour), qt_colour(style.surface)
    for handle in handles:
        at = QPointF(handle.x, handle.y)
        painter.setPen(QPen(ground if handle.kind == "end" else colour, 1.5))
        painter.setBrush(colour if handle.kind == "end" else ground)
        if handle.kind == "bend":
            side = 2 * RADIUS - 1
            painter.drawRect(round(handle.x - side / 2), round(handle.y - side / 2), 9, 9)
        else:
            radius = RADIUS if handle.kind == "end" else RADIUS - 1.5
            painter.drawEllipse(at, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
