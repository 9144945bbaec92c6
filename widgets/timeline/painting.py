"""Paints the timeline onto the canvas: rows that scroll, headers, axis and cursor that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from model.drawing import axis
from model.drawing import timeline as drawing
from model.drawing.bars import item_group
from model.drawing.colours import faded
from model.drawing.primitives import Fill, Rect, Stroke
from model.drawing.style import interaction_style
from model.drawing.timeline_places import HEADER, LANE, Placed
from model.timeline.scale import TimeScale
from widgets.common.painter import PrimitivePainter, qt_colour
from widgets.timeline.axis_strip import AxisStrip
from widgets.timeline.buffer import BodyBuffer
from widgets.timeline.header_strip import HeaderStrip
from widgets.timeline.still import StillPictures

if TYPE_CHECKING:
    from datetime import date

    from model.timeline.editing import Plan
    from widgets.timeline.picture import TimelinePicture

_VEIL = 0.65
"""How far the place that a dragged bar leaves is veiled."""


class Scene:
    """What one painting shows beside the picture: the view, the cursor, selection, preview."""

    __slots__ = (
        *("as_of", "current", "glance", "header", "hovered", "left", "plan", "selected", "size"),
        *("today", "top"),
    )

    def __init__(self, left: float, top: float, size: tuple[float, float]) -> None:
        """Begin with a view: x and y of the content at the corner of the body, viewport size."""
        self.left = left
        self.top = top
        self.size = size
        self.header = HEADER
        self.as_of: date | None = None
        self.today: date | None = None
        self.selected: frozenset[tuple[str, str]] = frozenset()
        self.hovered: Placed | None = None
        self.current: Placed | None = None
        self.plan: Plan | None = None
        self.glance: TimeScale | None = None

    @property
    def body(self) -> tuple[float, float]:
        """Width and height of the part that scrolls."""
        width, height = self.size
        return max(width - self.header, 1.0), max(height - axis.AXIS - axis.RAIL, 1.0)


class TimelinePainter:
    """Paints pictures; keeps the caches of one view warm."""

    def __init__(self) -> None:
        """Begin with nothing painted."""
        self._primitives = PrimitivePainter(steady_dashes=True)
        self._buffer = BodyBuffer(self._primitives)
        self._axis = AxisStrip(self._primitives)
        self._header_strip = HeaderStrip(self._primitives)
        self._still = StillPictures(self._primitives)

    def paint(self, painter: QPainter, picture: TimelinePicture, scene: Scene) -> None:
        """Paint the whole viewport."""
        scene.header = picture.header
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        if scene.glance is not None:
            self._glance(painter, picture, scene, scene.glance)
        else:
            self._body(painter, picture, scene)
        self._headers(painter, picture, scene)
        self._frame(painter, picture, scene)

    def stretchable(self, picture: TimelinePicture) -> bool:
        """Whether zooming can begin with what is painted."""
        return self._buffer.stretchable(picture)

    def _glance(
        self, painter: QPainter, picture: TimelinePicture, scene: Scene, scale: TimeScale
    ) -> None:
        """The painted body, stretched while zooming is under way."""
        width, height = scene.body
        place = QRectF(scene.header, axis.AXIS, width, height)
        painter.save()
        painter.setClipRect(place)
        self._buffer.stretched(painter, picture, scale, place)
        if scene.as_of is not None:
            x = scene.header + scale.x(scene.as_of.toordinal() + 0.5)
            self._still.cursor(painter, x, axis.AXIS, height, picture.style)
        painter.restore()

    def _body(self, painter: QPainter, picture: TimelinePicture, scene: Scene) -> None:
        style, frame = picture.style, picture.layout.frame
        width, height = scene.body
        left, top = scene.left, scene.top
        view = (left, top, left + width, top + height)
        place = QRectF(scene.header, axis.AXIS, width, height)
        painter.save()
        painter.setClipRect(place)
        self._buffer.show(painter, place, picture, view, scene.today)
        painter.translate(scene.header - left, axis.AXIS - top)
        self._outlines(painter, picture, scene)
        self._preview(painter, picture, scene)
        if scene.as_of is not None:
            x = frame.x(scene.as_of.toordinal() + 0.5)
            self._still.cursor(painter, x, top, height, style)
        painter.restore()

    def _outlines(self, painter: QPainter, picture: TimelinePicture, scene: Scene) -> None:
        """What is selected, under the pointer, or where the keys are."""
        looks = interaction_style(picture.style.medium)
        for key in scene.selected:
            placed = picture.find(*key)
            if placed is not None:
                self._outline(painter, scene, placed, looks.selected_halo, 2.0)
                self._outline(painter, scene, placed, looks.selected, 2.0)
        if scene.hovered is not None:
            self._outline(painter, scene, scene.hovered, looks.hover, 2.0)
        if scene.current is not None:
            self._outline(painter, scene, scene.current, looks.focus, 5.0)

    def _preview(self, painter: QPainter, picture: TimelinePicture, scene: Scene) -> None:
        if scene.plan is None:
            return
        now = picture.find(scene.plan.item.table, scene.plan.item.record_id)
        if now is not None:
            style = picture.style
            veil = Fill(faded(style.background, _VEIL))
            width = now.right - now.left + 8
            self._primitives.paint(painter, [Rect(now.left - 4, now.y, width, LANE, fill=veil)])
            placed = picture.placed_at(scene.plan.preview(), now.y)
            looks = interaction_style(style.medium)
            self._outline(painter, scene, placed, looks.selected, 2.0)
            drawn = item_group(placed, picture.layout.frame, picture.style)
            self._primitives.paint(painter, [drawn])

    @staticmethod
    def _outline(
        painter: QPainter, scene: Scene, placed: Placed, stroke: Stroke, margin: float
    ) -> None:
        pen = QPen(qt_colour(stroke.colour), stroke.width)
        if stroke.dash:
            pen.setDashPattern([part / stroke.width for part in stroke.dash])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x = placed.x0 if placed.dated else placed.x0 + scene.left
        box = QRectF(x, placed.y + 3, placed.x1 - placed.x0, LANE - 6)
        box.adjust(-margin, -margin, margin, margin)
        painter.drawRoundedRect(box, 5, 5)

    def _headers(self, painter: QPainter, picture: TimelinePicture, scene: Scene) -> None:
        width, height = scene.size[0], scene.body[1]
        painter.save()
        painter.setClipRect(QRectF(0, axis.AXIS, width, height))
        self._header_strip.paint(painter, picture, axis.AXIS, scene.top, height)
        painter.translate(0, axis.AXIS - scene.top)
        bottom = scene.top + height
        headings = [
            drawing.section_header(one, picture.style, picture.text, width)
            for one in picture.layout.sections
            if one.bottom > scene.top and one.top < bottom
        ]
        self._primitives.paint(painter, headings)
        painter.restore()

    def _frame(self, painter: QPainter, picture: TimelinePicture, scene: Scene) -> None:
        style, frame = picture.style, picture.layout.frame
        width, height = scene.size
        body = scene.body[0]
        scale = scene.glance or TimeScale(frame.day(scene.left), frame.units_per_day)
        rail = height - axis.RAIL
        surface = QColor(style.surface)
        painter.fillRect(QRectF(0, 0, scene.header, axis.AXIS), surface)
        painter.fillRect(QRectF(0, rail, width, axis.RAIL), surface)
        self._still.corner(painter, picture, scene.top)
        for y in (axis.AXIS, rail):
            painter.fillRect(QRectF(0, y - 0.5, width, 1.0), QColor(style.line))
        painter.save()
        painter.translate(scene.header, 0)
        if scene.glance is None:
            self._axis.paint(painter, picture, scene.left, body)
        else:
            whole = axis.axis_group(scale, body, style, picture.text, picture.fiscal)
            self._primitives.paint(painter, [whole])
        painter.setClipRect(QRectF(0, 0, body, height))
        if scene.as_of is not None:
            x = scale.x(scene.as_of.toordinal() + 0.5)
            place = (x, rail, body)
            self._still.handle(painter, place, scene.as_of, style, picture.text)
        painter.restore()
