"""Paints the timeline onto the canvas: rows that scroll, headers, axis and cursor that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from model.drawing import axis
from model.drawing import timeline as drawing
from model.drawing.bars import item_group
from model.drawing.primitives import Fill, Polyline, Rect, Stroke
from model.drawing.style import interaction_style
from model.drawing.timeline_layout import HEADER, LANE, Placed
from model.timeline.scale import TimeScale
from widgets.common.painter import PrimitivePainter

if TYPE_CHECKING:
    from datetime import date

    from model.timeline.editing import Plan
    from widgets.timeline.picture import TimelinePicture

_FADED = 0.35


class Scene:
    """What one painting shows beside the picture: the view, the cursor, selection, preview."""

    __slots__ = ("as_of", "current", "hovered", "left", "plan", "selected", "size", "today", "top")

    def __init__(self, left: float, top: float, size: tuple[float, float]) -> None:
        """Begin with a view: x and y of the content at the corner of the body, viewport size."""
        self.left = left
        self.top = top
        self.size = size
        self.as_of: date | None = None
        self.today: date | None = None
        self.selected: frozenset[tuple[str, str]] = frozenset()
        self.hovered = ""
        self.current = ""
        self.plan: Plan | None = None

    @property
    def body(self) -> tuple[float, float]:
        """Width and height of the part that scrolls."""
        width, height = self.size
        return max(width - HEADER, 1.0), max(height - axis.AXIS - axis.RAIL, 1.0)


class TimelinePainter:
    """Paints pictures; keeps the caches of one view warm."""

    def __init__(self) -> None:
        """Begin with empty caches."""
        self._primitives = PrimitivePainter()

    def paint(self, painter: QPainter, picture: TimelinePicture, scene: Scene) -> None:
        """Paint the whole viewport."""
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        width, height = scene.size
        painter.fillRect(QRectF(0, 0, width, height), QColor(picture.style.background))
        self._body(painter, picture, scene)
        self._headers(painter, picture, scene)
        self._frame(painter, picture, scene)

    def _body(self, painter: QPainter, picture: TimelinePicture, scene: Scene) -> None:
        style, frame, layout = picture.style, picture.layout.frame, picture.layout
        width, height = scene.body
        left, top, right, bottom = scene.left, scene.top, scene.left + width, scene.top + height
        painter.save()
        painter.setClipRect(QRectF(HEADER, axis.AXIS, width, height))
        painter.translate(HEADER - left, axis.AXIS - top)
        rows = layout.rows_between(top, bottom)
        self._primitives.paint(painter, [drawing.phase_columns(layout, style, bottom)])
        painter.save()
        painter.translate(left, top)
        scale = TimeScale(frame.day(left), frame.units_per_day)
        ground = [axis.grid_group(scale, width, height, style)]
        cursor = [] if scene.as_of is None else [scale.x(scene.as_of.toordinal() + 0.5)]
        if scene.today is not None:
            x = scale.x(scene.today.toordinal() + 0.5)
            ground.append(axis.today_group(x, height, style))
        ground += [axis.cursor_line(x, 0, height, style) for x in cursor]
        self._primitives.paint(painter, ground)
        painter.restore()
        hidden = scene.plan.item.key if scene.plan is not None else ""
        for row in rows:
            line = Polyline((left, row.bottom, right, row.bottom), Stroke(style.line, 0.75))
            self._primitives.paint(painter, [line])
            for placed in row.between(left, right):
                if placed.y < bottom and placed.y + LANE > top:
                    self._item(painter, picture, scene, placed, hidden)
            painter.save()
            painter.translate(left, 0)
            for placed in row.undated:
                self._item(painter, picture, scene, placed, hidden)
            painter.restore()
        self._preview(painter, picture, scene)
        painter.translate(left, top)
        for x in cursor:
            line_group = axis.cursor_line(x, 0, height, style, veiled=True)
            self._primitives.paint(painter, [line_group])
        painter.restore()

    def _item(
        self, painter: QPainter, picture: TimelinePicture, scene: Scene, placed: Placed, hidden: str
    ) -> None:
        right = scene.left + scene.body[0]
        item = placed.item
        if item.key == hidden:
            painter.setOpacity(_FADED)
        looks = interaction_style(picture.style.medium)
        if (item.table, item.record_id) in scene.selected:
            self._outline(painter, placed, looks.selected_halo, 2.0)
            self._outline(painter, placed, looks.selected, 2.0)
        elif item.key == scene.hovered:
            self._outline(painter, placed, looks.hover, 2.0)
        self._primitives.paint(painter, [picture.group(placed, scene.left, right)])
        if item.key == scene.current:
            self._outline(painter, placed, looks.focus, 4.5)
        painter.setOpacity(1.0)

    def _preview(self, painter: QPainter, picture: TimelinePicture, scene: Scene) -> None:
        if scene.plan is None:
            return
        now = picture.find(scene.plan.item.table, scene.plan.item.record_id)
        if now is not None:
            placed = picture.placed_at(scene.plan.preview(), now.y)
            looks = interaction_style(picture.style.medium)
            self._outline(painter, placed, looks.selected, 2.0)
            drawn = item_group(placed, picture.layout.frame, picture.style)
            self._primitives.paint(painter, [drawn])

    @staticmethod
    def _outline(painter: QPainter, placed: Placed, stroke: Stroke, margin: float) -> None:
        pen = QPen(QColor.fromString(_argb(stroke.colour)), stroke.width)
        if stroke.dash:
            pen.setDashPattern([part / stroke.width for part in stroke.dash])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(placed.x0, placed.y + 3, placed.x1 - placed.x0, LANE - 6)
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
            drawing.row_header(row, style, picture.text)
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
        scale = TimeScale(frame.day(scene.left), frame.units_per_day)
        rail = height - axis.RAIL
        self._primitives.paint(
            painter,
            [
                Rect(0, 0, HEADER, axis.AXIS, fill=Fill(style.surface)),
                Polyline((0, axis.AXIS, width, axis.AXIS), Stroke(style.line, 1.0)),
                Rect(0, rail, width, axis.RAIL, fill=Fill(style.surface)),
                Polyline((0, rail, width, rail), Stroke(style.line, 1.0)),
            ],
        )
        painter.save()
        painter.translate(HEADER, 0)
        self._primitives.paint(painter, [axis.axis_group(scale, body, style, picture.text)])
        painter.setClipRect(QRectF(0, 0, body, height))
        if scene.as_of is not None:
            x = scale.x(scene.as_of.toordinal() + 0.5)
            handle = axis.cursor_handle(x, rail, body, scene.as_of, style, picture.text)
            self._primitives.paint(painter, [handle])
        painter.restore()


def _argb(colour: str) -> str:
    """Qt writes opacity first."""
    return f"#{colour[7:]}{colour[1:7]}" if len(colour) == 9 else colour
