"""The ground and the items of the timeline as a picture that is kept and scrolled.

Panning shifts the picture and paints only the strip that comes into view. Labels that stick to the
left edge would have to move then; they do so when the view rests (`rough` tells that it must).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap

from model.drawing import axis
from model.drawing import timeline as drawing
from model.drawing.cover_strip import strip_group
from model.drawing.primitives import Polyline, Stroke
from model.drawing.timeline_places import LANE, ROW_PAD
from model.timeline.scale import TimeScale

if TYPE_CHECKING:
    from datetime import date

    from model.drawing.style import StyleSheet
    from model.drawing.timeline_layout import PlacedRow, TimelineLayout
    from model.drawing.timeline_places import Placed
    from widgets.common.painter import PrimitivePainter
    from widgets.timeline.picture import TimelinePicture

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in the coordinates of the content."""


class BodyBuffer:
    """The painted body of one canvas."""

    def __init__(self, primitives: PrimitivePainter) -> None:
        """Start without a picture."""
        self._primitives = primitives
        self._pixmap = QPixmap()
        self._shown: tuple[TimelineLayout, StyleSheet, date | None, int] | None = None
        self._left = 0.0
        self._top = 0.0
        self.rough = False

    def refine(self) -> None:
        """Paint everything anew next time."""
        self._shown = None

    def stretchable(self, source: TimelinePicture) -> bool:
        """Whether there is a picture of the present layout that can be stretched."""
        known = self._shown
        return known is not None and known[0] is source.layout and known[1] is source.style

    def stretched(
        self, painter: QPainter, source: TimelinePicture, scale: TimeScale, place: QRectF
    ) -> None:
        """Draw the picture as wide as another zoom wants it, while zooming is under way."""
        frame = source.layout.frame
        factor = scale.units_per_day / frame.units_per_day
        x = place.x() + scale.x(frame.day(self._left))
        painter.fillRect(place, QColor(source.style.background))
        target = QRectF(x, place.y(), place.width() * factor, place.height())
        painter.drawPixmap(target, self._pixmap, QRectF(self._pixmap.rect()))

    def picture(
        self, source: TimelinePicture, view: Box, today: date | None, ratio: float
    ) -> QPixmap:
        """The body for a view of the content."""
        width, height = view[2] - view[0], view[3] - view[1]
        wanted = (round(width * ratio), round(height * ratio))
        size = (self._pixmap.width(), self._pixmap.height())
        known = self._shown
        same = (
            known is not None
            and size == wanted
            and _scrollable(known[0], source.layout)
            and known[1] is source.style
            and known[2:] == (today, source.fiscal)
            and ratio == round(ratio)
        )
        dx, dy = view[0] - self._left, view[1] - self._top
        if same and known is not None and known[0] is not source.layout and (dx or dy):
            same = False
        if not same or abs(dx) >= width or abs(dy) >= height:
            self._pixmap = QPixmap(*wanted)
            self._pixmap.setDevicePixelRatio(ratio)
            self._paint(source, view, view, today, sticky=True)
            self.rough = False
        elif dx or dy:
            shift = (round(-dx * ratio), round(-dy * ratio))
            self._pixmap.scroll(*shift, self._pixmap.rect())
            self.rough = self.rough or bool(dx)
            for strip in _strips(view, dx, dy):
                self._paint(source, view, strip, today, sticky=not self.rough)
        elif known is not None and known[0] is not source.layout:
            for part in _changed(known[0], source.layout, view):
                self._paint(source, view, part, today, sticky=not self.rough)
        self._shown = (source.layout, source.style, today, source.fiscal)
        self._left, self._top = view[0], view[1]
        return self._pixmap

    def _paint(
        self, source: TimelinePicture, view: Box, part: Box, today: date | None, *, sticky: bool
    ) -> None:
        """Paint a part of the view into the picture."""
        painter = QPainter(self._pixmap)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        painter.translate(-view[0], -view[1])
        box = QRectF(part[0], part[1], part[2] - part[0], part[3] - part[1])
        painter.setClipRect(box)
        painter.fillRect(box, QColor(source.style.background))
        self._ground(painter, source, part, today)
        self._rows(painter, source, part, view if sticky else None)
        painter.end()

    def _ground(
        self, painter: QPainter, source: TimelinePicture, part: Box, today: date | None
    ) -> None:
        style, layout = source.style, source.layout
        frame = layout.frame
        left, top, right, bottom = part
        self._primitives.paint(painter, [drawing.phase_columns(layout, style, bottom)])
        painter.save()
        painter.translate(left, top)
        scale = TimeScale(frame.day(left), frame.units_per_day)
        ground = [axis.grid_group(scale, right - left, bottom - top, style, source.fiscal)]
        if today is not None:
            x = scale.x(today.toordinal() + 0.5)
            ground.append(axis.today_group(x, bottom - top, style))
        self._primitives.paint(painter, ground)
        painter.restore()

    def _rows(
        self, painter: QPainter, source: TimelinePicture, part: Box, view: Box | None
    ) -> None:
        left, top, right, bottom = part
        stroke = Stroke(source.style.line, 0.75)
        sight = None if view is None else (view[0], view[2])
        for row in source.layout.rows_between(top, bottom):
            line = Polyline((left, row.bottom, right, row.bottom), stroke)
            self._primitives.paint(painter, [line])
            groups = [
                source.group(placed, sight)
                for placed in row.between(left - 8, right + 8)
                if placed.y < bottom and placed.y + LANE > top
            ]
            if row.row.strip is not None:
                reach = (left - 8, right + 8)
                groups.append(
                    strip_group(row, source.layout.frame, source.style, source.text, reach)
                )
            self._primitives.paint(painter, groups)


def _scrollable(known: TimelineLayout, layout: TimelineLayout) -> bool:
    """Whether a picture of one layout can become that of another by painting some rows."""
    return known is layout or (known.frame == layout.frame and known.phases == layout.phases)


def _changed(known: TimelineLayout, layout: TimelineLayout, view: Box) -> list[Box]:
    """The rows in view that are not those of the known layout, and what lies below all rows."""
    left, top, right, bottom = view
    before = {row.row.key: row for row in known.rows_between(top, bottom)}
    parts: list[Box] = []
    for row in layout.rows_between(top, bottom):
        earlier = before.get(row.row.key)
        if earlier is row:
            continue
        same_place = earlier is not None and (earlier.top, earlier.height) == (row.top, row.height)
        if earlier is None or not same_place or earlier.row.strip != row.row.strip:
            parts.append((left, max(row.top, top), right, min(row.bottom, bottom)))
        else:
            parts += _changed_lanes(earlier, row, view)
    if known.height != layout.height and layout.height < bottom:
        parts.append((left, max(layout.height, top), right, bottom))
    return parts


def _changed_lanes(earlier: PlacedRow, row: PlacedRow, view: Box) -> list[Box]:
    """The lanes of a row in which something else stands now, where they are in view."""
    left, top, right, bottom = view
    parts = []
    for number in range(max(len(row.lanes), len(earlier.lanes))):
        one = earlier.lanes[number] if number < len(earlier.lanes) else ()
        other = row.lanes[number] if number < len(row.lanes) else ()
        y = row.top + ROW_PAD + number * LANE
        if y < bottom and y + LANE > top and not _same_lane(one, other):
            parts.append((left, max(y, top), right, min(y + LANE, bottom)))
    return parts


def _same_lane(one: tuple[Placed, ...], other: tuple[Placed, ...]) -> bool:
    return len(one) == len(other) and all(
        before is after
        or (
            before.item is after.item
            and before.x0 == after.x0
            and before.x1 == after.x1
            and before.side == after.side
        )
        for before, after in zip(one, other, strict=True)
    )


def _strips(view: Box, dx: float, dy: float) -> list[Box]:
    left, top, right, bottom = view
    strips: list[Box] = []
    if dx > 0:
        strips.append((right - dx, top, right, bottom))
    elif dx < 0:
        strips.append((left, top, left - dx, bottom))
    if dy > 0:
        strips.append((left, bottom - dy, right, bottom))
    elif dy < 0:
        strips.append((left, top, right, top - dy))
    return strips
