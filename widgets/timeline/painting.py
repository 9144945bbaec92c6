"""Paints the timeline onto the canvas: rows that scroll, headers, axis and cursor that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from model.drawing import axis
from model.drawing import timeline as drawing
from model.drawing.bars import item_group
from model.drawing.colours import faded
from model.drawing.cover_strip import strip_legend
from model.drawing.primitives import Fill, Polyline, Rect, Stroke
from model.drawing.style import interaction_style
from model.drawing.timeline_layout import HEADER
from model.drawing.timeline_places import LANE, Placed
from model.timeline.scale import TimeScale
from widgets.common.painter import PrimitivePainter
from widgets.timeline.axis_strip import AxisStrip
from widgets.timeline.buffer import BodyBuffer

if TYPE_CHECKING:
    from datetime import date

    from model.timeline.editing import Plan
    from widgets.timeline.picture import TimelinePicture

_VEIL = 0.65
"""How far the place that a dragged bar leaves is veiled."""


class Scene:
    """What one painting shows beside the picture: the view, the cursor, selection, preview."""

    __slots__ = (
        *("as_of", "current", "glance", "hovered", "left", "plan", "selected", "size", "today"),
        "top",
    )

    def __init__(self, left: float, top: float, size: tuple[float, float]) -> None:
        """Begin with a view: x and y of the content at the corner of the body, viewport size."""
        self.left = left
        self.top = top
        self.size = size
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
        return max(width - HEADER, 1.0), max(height - axis.AXIS - axis.RAIL, 1.0)


class TimelinePainter:
    """Paints pictures; keeps the caches of one view warm."""

    def __init__(self) -> None:
        """Begin with nothing painted."""
        self._primitives = PrimitivePainter()
        self._buffer = BodyBuffer(self._primitives)
        self._axis = AxisStrip(self._primitives)

    def paint(self, painter: QPainter, picture: TimelinePicture, scene: Scene) -> None:
        """Paint the whole viewport."""
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        if scene.glance is not None:
            self._glance(painter, picture, scene, scene.glance)
        else:
            self._body(painter, picture, scene)
        self._headers(painter, picture, scene)
        self._frame(painter, picture, scene)

    @property
    def rough(self) -> bool:
        """Whether a refined painting is wanted when the view rests."""
        return self._buffer.rough

    def refine(self) -> None:
        """Paint everything anew next time."""
        self._buffer.refine()

    def stretchable(self, picture: TimelinePicture) -> bool:
        """Whether zooming can begin with what is painted."""
        return self._buffer.stretchable(picture)

    def _glance(
        self, painter: QPainter, picture: TimelinePicture, scene: Scene, scale: TimeScale
    ) -> None:
        """The painted body, stretched while zooming is under way."""
        width, height = scene.body
        place = QRectF(HEADER, axis.AXIS, width, height)
        painter.save()
        painter.setClipRect(place)
        self._buffer.stretched(painter, picture, scale, place)
        if scene.as_of is not None:
            x = HEADER + scale.x(scene.as_of.toordinal() + 0.5)
            line = axis.cursor_line(x, axis.AXIS, axis.AXIS + height, picture.style)
            self._primitives.paint(painter, [line])
        painter.restore()

    def _body(self, painter: QPainter, picture: TimelinePicture, scene: Scene) -> None:
        style, frame = picture.style, picture.layout.frame
        width, height = scene.body
        left, top = scene.left, scene.top
        view = (left, top, left + width, top + height)
        painter.save()
        painter.setClipRect(QRectF(HEADER, axis.AXIS, width, height))
        self._buffer.show(painter, QPointF(HEADER, axis.AXIS), picture, view, scene.today)
        painter.translate(HEADER - left, axis.AXIS - top)
        painter.save()
        painter.translate(left, 0)
        for row in picture.layout.rows_between(top, view[3]):
            groups = [picture.group(placed, None) for placed in row.undated]
            if row.row.strip is not None:
                groups.append(strip_legend(row, style, picture.text, width))
            self._primitives.paint(painter, groups)
        painter.restore()
        self._primitives.paint(painter, [picture.ghosts_between(top, view[3]), picture.links()])
        self._outlines(painter, picture, scene)
        self._preview(painter, picture, scene)
        if scene.as_of is not None:
            x = frame.x(scene.as_of.toordinal() + 0.5)
            line = axis.cursor_line(x, top, view[3], style)
            self._primitives.paint(painter, [line])
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
        pen = QPen(QColor.fromString(_argb(stroke.colour)), stroke.width)
        if stroke.dash:
            pen.setDashPattern([part / stroke.width for part in stroke.dash])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x = placed.x0 if placed.dated else placed.x0 + scene.left
        box = QRectF(x, placed.y + 3, placed.x1 - placed.x0, LANE - 6)
        box.adjust(-margin, -margin, margin, margin)
        painter.drawRoundedRect(box, 5, 5)

    def _headers(self, painter: QPainter, picture: TimelinePicture, scene: Scene) -> None:
        style, layout = picture.style, picture.layout
        height = scene.body[1]
        painter.save()
        painter.setClipRect(QRectF(0, axis.AXIS, scene.size[0], height))
        painter.fillRect(QRectF(0, axis.AXIS, HEADER, height), QColor(style.surface))
        painter.translate(0, axis.AXIS - scene.top)
        bottom = scene.top + height
        parts = [
            drawing.row_header(row, style, picture.text, scene.top)
            for row in layout.rows_between(scene.top, bottom)
        ]
        parts += [
            drawing.section_header(one, style, picture.text, scene.size[0])
            for one in layout.sections
            if one.bottom > scene.top and one.top < bottom
        ]
        self._primitives.paint(painter, parts)
        end = max(layout.height, scene.top)
        line = Polyline((HEADER, end, HEADER, bottom), Stroke(style.line, 1.0))
        self._primitives.paint(painter, [line])
        painter.restore()

    def _frame(self, painter: QPainter, picture: TimelinePicture, scene: Scene) -> None:
        style, frame = picture.style, picture.layout.frame
        width, height = scene.size
        body = scene.body[0]
        scale = scene.glance or TimeScale(frame.day(scene.left), frame.units_per_day)
        rail = height - axis.RAIL
        self._primitives.paint(
            painter,
            [
                Rect(0, 0, HEADER, axis.AXIS, fill=Fill(style.surface)),
                drawing.section_corner(picture.layout.sections, scene.top, style, picture.text),
                Polyline((0, axis.AXIS, width, axis.AXIS), Stroke(style.line, 1.0)),
                Rect(0, rail, width, axis.RAIL, fill=Fill(style.surface)),
                Polyline((0, rail, width, rail), Stroke(style.line, 1.0)),
            ],
        )
        painter.save()
        painter.translate(HEADER, 0)
        if scene.glance is None:
            self._axis.paint(painter, picture, scene.left, body)
        else:
            whole = axis.axis_group(scale, body, style, picture.text, picture.fiscal)
            self._primitives.paint(painter, [whole])
        painter.setClipRect(QRectF(0, 0, body, height))
        if scene.as_of is not None:
            x = scale.x(scene.as_of.toordinal() + 0.5)
            handle = axis.cursor_handle(x, rail, body, scene.as_of, style, picture.text)
            self._primitives.paint(painter, [handle])
        painter.restore()


def _argb(colour: str) -> str:
    """Qt writes opacity first."""
    return f"#{colour[7:]}{colour[1:7]}" if len(colour) == 9 else colour
