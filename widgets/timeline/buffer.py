"""The ground and the items of the timeline as a picture that is kept and scrolled.

What stands still while the rest scrolls is not in it (`widgets.timeline.pinned`): things without a
date, legends, and the labels of bars that begin before the view.
"""

from __future__ import annotations

from math import ceil, floor, inf
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from model.drawing import axis
from model.drawing import timeline as drawing
from model.drawing.bars import inner_label_width, label_x
from model.drawing.cover_strip import strip_group
from model.drawing.primitives import Polyline, Stroke
from model.drawing.timeline_places import LANE, ROW_PAD
from widgets.timeline.kept import KeptPicture
from widgets.timeline.pinned import PinnedPictures

if TYPE_CHECKING:
    from datetime import date

    from model.drawing.primitives import Primitive
    from model.drawing.style import StyleSheet
    from model.drawing.timeline_layout import PlacedRow, TimelineLayout
    from model.drawing.timeline_places import Placed
    from model.timeline.scale import TimeScale
    from widgets.common.painter import PrimitivePainter
    from widgets.timeline.kept import Box
    from widgets.timeline.overlays import Overlays
    from widgets.timeline.picture import TimelinePicture

_ROOM, _AHEAD = (192.0, 96.0), (48.0, 32.0)
_DASHES = 24.0
"""A multiple of the lengths of all dashes: lines that begin on it fit together in every strip."""


class _Shown(NamedTuple):
    """What the picture shows."""

    layout: TimelineLayout
    style: StyleSheet
    today: date | None
    fiscal: int
    overlays: Overlays
    left: float
    """The left edge of the view: labels of bars that begin before it are not painted."""


class BodyBuffer:
    """The painted body of one canvas."""

    def __init__(self, primitives: PrimitivePainter) -> None:
        """Start without a picture."""
        self._primitives = primitives
        self._kept = KeptPicture(_ROOM, _AHEAD)
        self._pinned = PinnedPictures(primitives)
        self._shown: _Shown | None = None

    def stretchable(self, source: TimelinePicture) -> bool:
        """Whether there is a picture of the present layout that can be stretched."""
        known = self._shown
        return known is not None and known.layout is source.layout and known.style is source.style

    def stretched(
        self, painter: QPainter, source: TimelinePicture, scale: TimeScale, place: QRectF
    ) -> None:
        """Draw the picture as wide as another zoom wants it, while zooming is under way."""
        frame = source.layout.frame
        factor = scale.units_per_day / frame.units_per_day
        left, _, right, _ = self._kept.painted
        x = place.x() + scale.x(frame.day(left))
        painter.fillRect(place, QColor(source.style.background))
        self._kept.stretch(painter, QRectF(x, place.y(), (right - left) * factor, place.height()))
        self._pin(painter, source, place.x(), place.y())

    def show(
        self,
        painter: QPainter,
        place: QRectF,
        source: TimelinePicture,
        view: Box,
        today: date | None,
    ) -> None:
        """Draw the body for a view of the content at a place; the painter is clipped to it."""
        self._bring(source, view, today, painter.device().devicePixelRatioF())
        self._kept.draw(painter, place.x(), place.y())
        self._pin(painter, source, place.x(), place.y())

    def _pin(self, painter: QPainter, source: TimelinePicture, x: float, y: float) -> None:
        """What stands still while the picture scrolls."""
        view = self._kept.view
        painter.save()
        painter.translate(x - view[0], y - view[1])
        self._pinned.paint(painter, source, view)
        painter.restore()

    def _bring(self, source: TimelinePicture, view: Box, today: date | None, ratio: float) -> None:
        """See to it that the view is painted as it is now."""
        overlays = source.overlays()
        known = self._shown
        now = _Shown(source.layout, source.style, today, source.fiscal, overlays, view[0])
        kept = (
            known is not None
            and self._kept.holds(view, ratio)
            and _scrollable(known.layout, now.layout)
            and known[1:4] == now[1:4]
            and known.overlays.ghosts is overlays.ghosts
            and (known.layout is now.layout or view == self._kept.view)
        )
        self._shown = now
        if known is None or not kept:
            parts = self._kept.begin(view, ratio)
        else:
            parts = self._kept.reach(view)
            changed = list(self._passed(source, known.left, view[0]))
            if known.layout is not now.layout:
                changed += _changed(known.layout, now.layout, self._kept.painted)
            if known.overlays is not overlays:
                changed += overlays.changed(known.overlays)
            parts += self._kept.clip(changed)
        for part in parts:
            self._paint(source, part, now)

    def _passed(self, source: TimelinePicture, before: float, left: float) -> list[Box]:
        """Bars whose beginning the left edge has passed: their labels are pinned, or no more."""
        if before == left:
            return []
        _, top, _, bottom = self._kept.painted
        low, high = min(before, left), max(before, left)
        rows = source.layout.rows_between(top, bottom)
        return [
            (floor(x), placed.y, ceil(x + inner_label_width(placed)) + 4, placed.y + LANE)
            for placed in self._pinned.beginning(rows, low, high)
            for x in (label_x(placed, -inf),)
        ]

    def _paint(self, source: TimelinePicture, part: Box, shown: _Shown) -> None:
        """Paint a part of what is kept into the picture."""
        painter = self._kept.painter(part)
        left, top, right, bottom = part
        box = QRectF(left, top, right - left, bottom - top)
        painter.fillRect(box, QColor(source.style.background))
        self._ground(painter, source, part, shown.today)
        self._rows(painter, source, part, shown.left)
        self._primitives.paint(painter, shown.overlays.within(part))
        painter.end()

    def _ground(
        self, painter: QPainter, source: TimelinePicture, part: Box, today: date | None
    ) -> None:
        style, layout = source.style, source.layout
        frame = layout.frame
        left, top, right, bottom = part
        columns = drawing.phase_columns(layout, style, bottom)
        self._primitives.paint(painter, [columns] if columns.children else [])
        begins = top // _DASHES * _DASHES
        height = -(-bottom // _DASHES) * _DASHES + _DASHES - begins
        ground = [axis.grid_group(frame.scale, (left - 1, right + 1), height, style, source.fiscal)]
        if today is not None:
            ground.append(axis.today_group(frame.x(today.toordinal() + 0.5), height, style))
        painter.translate(0, begins)
        self._primitives.paint(painter, ground)
        painter.translate(0, -begins)

    def _rows(
        self, painter: QPainter, source: TimelinePicture, part: Box, pinned_before: float
    ) -> None:
        left, top, right, bottom = part
        stroke = Stroke(source.style.line, 0.75)
        for row in source.layout.rows_between(top, bottom):
            shown: list[Primitive] = [
                Polyline((left - 2, row.bottom, right + 2, row.bottom), stroke)
            ]
            for placed in row.between(left - 8, right + 8, top, bottom):
                bare = placed.side == "in" and placed.sure0 < pinned_before
                # Of a long bar, only what lies in the strip: most of it has been painted before.
                shown += [
                    one
                    for one, x0, x1 in source.parts(placed, bare=bare)
                    if x0 < right and x1 > left
                ]
            if row.row.strip is not None:
                reach = (left - 8, right + 8)
                shown.append(
                    strip_group(row, source.layout.frame, source.style, source.text, reach)
                )
            self._primitives.paint(painter, shown)


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
