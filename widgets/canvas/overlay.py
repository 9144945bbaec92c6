"""What only the screen shows: selection, hover, focus, handles, band names that stay in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from widgets.canvas.hits import HANDLE, handles
from widgets.canvas.strokes import qt_colour

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from model.drawing.boxes import Box
    from model.drawing.primitives import Stroke
    from model.drawing.routing import Route
    from model.drawing.style import InteractionStyle, StyleSheet
    from widgets.canvas.camera import Camera

STRIP = 26.0
"""Width in pixels of the strip at the left edge that bears the names of the bands."""

CHEVRON = 11.0
"""Half the height in pixels of the place at the top of a band's strip that collapses it."""


def screen_box(box: Box, camera: Camera, margin: float = 0.0) -> QRectF:
    """A box of the map in pixels."""
    x, y = camera.to_screen(box[0], box[1])
    width, height = (box[2] - box[0]) * camera.scale, (box[3] - box[1]) * camera.scale
    return QRectF(x - margin, y - margin, width + 2 * margin, height + 2 * margin)


def screen_path(route: Route, camera: Camera) -> QPainterPath:
    """A line of the map in pixels."""
    path = QPainterPath()
    numbers = route.cubics
    path.moveTo(*camera.to_screen(numbers[0], numbers[1]))
    for i in range(2, len(numbers), 6):
        c1 = camera.to_screen(numbers[i], numbers[i + 1])
        c2 = camera.to_screen(numbers[i + 2], numbers[i + 3])
        path.cubicTo(*c1, *c2, *camera.to_screen(numbers[i + 4], numbers[i + 5]))
    return path


def pen_of(stroke: Stroke) -> QPen:
    """A stroke whose width and dashes are in pixels."""
    pen = QPen(qt_colour(stroke.colour), stroke.width)
    if stroke.dash:
        pen.setDashPattern([length / stroke.width for length in stroke.dash])
    return pen


def draw_card_mark(painter: QPainter, box: Box, camera: Camera, look: InteractionStyle) -> None:
    """The frame around a selected card."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    frame = screen_box(box, camera, 3.0)
    painter.setPen(pen_of(look.selected_halo))
    painter.drawRoundedRect(frame, 6, 6)
    painter.setPen(pen_of(look.selected))
    painter.drawRoundedRect(frame, 6, 6)


def draw_label_mark(painter: QPainter, box: Box, camera: Camera, look: InteractionStyle) -> None:
    """The frame around the label of a selected or hovered linkage."""
    frame = screen_box(box, camera, 0.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(qt_colour(look.selected.colour), 1.6))
    painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)


def draw_card_frame(painter: QPainter, box: Box, camera: Camera, stroke: Stroke) -> None:
    """A plain frame around a card: hover, drop target, keyboard focus."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen_of(stroke))
    painter.drawRoundedRect(screen_box(box, camera, 6.0), 8, 8)


def screen_line(points: Sequence[float], camera: Camera) -> QPainterPath:
    """A line through points of the map, x, y, x, y…, in pixels."""
    path = QPainterPath()
    path.moveTo(*camera.to_screen(points[0], points[1]))
    for i in range(2, len(points), 2):
        path.lineTo(*camera.to_screen(points[i], points[i + 1]))
    return path


def draw_link_mark(painter: QPainter, path: QPainterPath, look: InteractionStyle) -> None:
    """The glow along a selected or hovered linkage."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.strokePath(path, pen_of(look.selected_halo))
    painter.strokePath(path, QPen(qt_colour(look.selected.colour), 1.2))


def draw_handles(
    painter: QPainter, box: Box, camera: Camera, look: InteractionStyle, style: StyleSheet
) -> None:
    """The handles of a card that is seen in a box, from which links are dragged."""
    colour = qt_colour(look.selected.colour)
    for x, y in handles(box, camera):
        painter.setPen(QPen(qt_colour(style.surface), 1.5))
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(x, y), HANDLE, HANDLE)
        painter.setPen(QPen(qt_colour(style.surface), 1.6))
        arm = HANDLE * 0.5
        painter.drawLine(QPointF(x - arm, y), QPointF(x + arm, y))
        painter.drawLine(QPointF(x, y - arm), QPointF(x, y + arm))


def draw_veil(painter: QPainter, boxes: Iterable[Box], camera: Camera, style: StyleSheet) -> None:
    """Grey out cards that cannot be the end of a link."""
    veil = qt_colour(style.background + "b0")
    for box in boxes:
        painter.fillRect(screen_box(box, camera, 1.0), veil)
