"""The ground and the items of the timeline as a picture that is kept and scrolled.

The picture reaches beyond the view, so that most steps of panning paint nothing; where one leaves
it, a whole strip is painted ahead. Labels that stick to the left edge would have to move then; they
do so when the view rests (`rough` tells that it must).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
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
_AHEAD = (192.0, 96.0)
"""How far the picture reaches beyond the view, across and down."""


class BodyBuffer:
    """The painted body of one canvas."""

    def __init__(self, primitives: PrimitivePainter) -> None:
        """Start without a picture."""
        self._primitives = primitives
        self._pixmap = QPixmap()
        self._shown: tuple[TimelineLayout, StyleSheet, date | None, int] | None = None
        self._view: Box = (0.0, 0.0, 0.0, 0.0)
        self._whole: Box = self._view
        self._painted: Box = self._view
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
        left, right = self._painted[0], self._painted[2]
        x = place.x() + scale.x(frame.day(left))
        painter.fillRect(place, QColor(source.style.background))
        target = QRectF(x, place.y(), (right - left) * factor, place.height())
        ratio = self._pixmap.devicePixelRatio()
        across, down = left - self._whole[0], self._view[1] - self._whole[1]
        shown = QRectF(
            *(across * ratio, down * ratio), (right - left) * ratio, place.height() * ratio
        )
        painter.drawPixmap(target, self._pixmap, shown)

    def show(
        self, painter: QPainter, at: QPointF, source: TimelinePicture, view: Box, today: date | None
    ) -> None:
        """Draw the body for a view of the content at a place; the painter is clipped to it."""
        self._bring(source, view, today, painter.device().devicePixelRatioF())
        across, down = self._whole[0] - view[0], self._whole[1] - view[1]
        painter.drawPixmap(QPointF(at.x() + across, at.y() + down), self._pixmap)

    def _bring(self, source: TimelinePicture, view: Box, today: date | None, ratio: float) -> None:
        """See to it that the view is painted."""
        known, before = self._shown, self._view
        moved = (view[0] - before[0], view[1] - before[1])
        kept = (
            known is not None
            and self._pixmap.devicePixelRatio() == ratio == round(ratio)
            and _size(view) == _size(before)
            and _scrollable(known[0], source.layout)
            and known[1:] == (source.style, today, source.fiscal)
            and _meet(self._painted, view)
            and (known[0] is source.layout or moved == (0.0, 0.0))
        )
        self._view = view
        self._shown = (source.layout, source.style, today, source.fiscal)
        if known is None or not kept:
            self._begin(view, ratio)
            self._paint(source, view, today, sticky=True)
            self.rough = False
            return
        self.rough = self.rough or moved[0] != 0.0
        if known[0] is not source.layout:
            for part in _changed(known[0], source.layout, self._painted):
                self._paint(source, part, today, sticky=not self.rough)
        elif not _within(view, self._painted):
            for part in self._reach(view, moved):
                self._paint(source, part, today, sticky=not self.rough)

    def _begin(self, view: Box, ratio: float) -> None:
        """Take a new picture, or the old one anew, with the view in its middle."""
        # At a broken ratio, pictures that are shifted would fall between pixels.
        across, down = _AHEAD if ratio == round(ratio) else (0.0, 0.0)
        self._whole = _grown(view, across, down)
        self._painted = view
        width, height = _size(self._whole)
        wanted = (round(width * ratio), round(height * ratio))
        if (self._pixmap.width(), self._pixmap.height()) != wanted:
            self._pixmap = QPixmap(*wanted)
        self._pixmap.setDevicePixelRatio(ratio)

    def _reach(self, view: Box, moved: tuple[float, float]) -> list[Box]:
        """Make room for a view and what lies ahead of it; returns what has to be painted."""
        ratio = self._pixmap.devicePixelRatio()
        whole = _grown(view, *_AHEAD)
        shift = (self._whole[0] - whole[0], self._whole[1] - whole[1])
        self._pixmap.scroll(round(shift[0] * ratio), round(shift[1] * ratio), self._pixmap.rect())
        self._whole = whole
        there = _common(self._painted, whole)
        needed = _hull(there, view)
        self._painted = (
            whole[0] if moved[0] < 0 else needed[0],
            whole[1] if moved[1] < 0 else needed[1],
            whole[2] if moved[0] > 0 else needed[2],
            whole[3] if moved[1] > 0 else needed[3],
        )
        return _around(there, self._painted)

    def _paint(
        self, source: TimelinePicture, part: Box, today: date | None, *, sticky: bool
    ) -> None:
        """Paint a part of what is kept into the picture."""
        painter = QPainter(self._pixmap)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        painter.translate(-self._whole[0], -self._whole[1])
        box = QRectF(part[0], part[1], part[2] - part[0], part[3] - part[1])
        painter.setClipRect(box)
        painter.fillRect(box, QColor(source.style.background))
        self._ground(painter, source, part, today)
        self._rows(painter, source, part, self._view if sticky else None)
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


def _size(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _grown(box: Box, across: float, down: float) -> Box:
    return (box[0] - across, box[1] - down, box[2] + across, box[3] + down)


def _within(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0]
        and inner[1] >= outer[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )


def _meet(one: Box, other: Box) -> bool:
    left, top, right, bottom = _common(one, other)
    return left < right and top < bottom


def _common(one: Box, other: Box) -> Box:
    return (
        *(max(one[0], other[0]), max(one[1], other[1])),
        *(min(one[2], other[2]), min(one[3], other[3])),
    )


def _hull(one: Box, other: Box) -> Box:
    return (
        *(min(one[0], other[0]), min(one[1], other[1])),
        *(max(one[2], other[2]), max(one[3], other[3])),
    )


def _around(there: Box, wanted: Box) -> list[Box]:
    """What a larger box has beside a smaller one within it."""
    left, top, right, bottom = wanted
    parts = (
        (left, top, there[0], bottom),
        (there[2], top, right, bottom),
        (there[0], top, there[2], there[1]),
        (there[0], there[3], there[2], bottom),
    )
    return [part for part in parts if part[0] < part[2] and part[1] < part[3]]
