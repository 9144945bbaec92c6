"""The headers of the rows as a picture that is kept and scrolled.

The row that the upper edge cuts moves its title into sight; it alone is painted with every step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from model.drawing import timeline as drawing
from model.drawing.primitives import Polyline, Primitive, Stroke
from widgets.timeline.kept import KeptPicture, picture_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPixmap

    from model.drawing.style import StyleSheet
    from model.drawing.timeline_layout import PlacedRow, TimelineLayout
    from widgets.common.painter import PrimitivePainter
    from widgets.timeline.kept import Box
    from widgets.timeline.picture import TimelinePicture

_ROOM, _AHEAD = (0.0, 192.0), (0.0, 64.0)


class HeaderStrip:
    """The headers of one canvas."""

    def __init__(self, primitives: PrimitivePainter) -> None:
        """Start without a picture."""
        self._primitives = primitives
        self._kept = KeptPicture(_ROOM, _AHEAD)
        self._shown: tuple[TimelineLayout, StyleSheet] | None = None
        self._words: tuple[PlacedRow, StyleSheet, float, QPixmap, float] | None = None

    def paint(
        self, painter: QPainter, source: TimelinePicture, y: float, top: float, height: float
    ) -> None:
        """Paint the headers from a height of the viewport on, for rows that begin at `top`."""
        layout, style, known = source.layout, source.style, self._shown
        # With the whole of the line at the right.
        view: Box = (0.0, top, source.header + 1, top + height)
        ratio = painter.device().devicePixelRatioF()
        if (
            known is None
            or known[1] is not style
            or known[0].frame.header != source.header
            or not self._kept.holds(view, ratio)
        ):
            parts = self._kept.begin(view, ratio)
        else:
            parts = self._kept.reach(view)
            if known[0] is not layout:
                parts += self._kept.clip(_changed(known[0], layout, self._kept.painted))
        self._shown = (layout, style)
        for part in parts:
            self._draw(source, part)
        self._kept.draw(painter, 0.0, y)
        for row in layout.rows_between(top, top + 1)[:1]:
            if row.top < top:
                self._cut(painter, source, row, y, top)

    def _cut(
        self, painter: QPainter, source: TimelinePicture, row: PlacedRow, y: float, top: float
    ) -> None:
        style, known = source.style, self._words
        ratio = painter.device().devicePixelRatioF()
        if known is None or known[0] is not row or known[1] is not style or known[2] != ratio:
            words, height = drawing.header_words(row, style, source.text, source.header)
            box = (0.0, 0.0, source.header, height + 2)
            drawn = picture_of(self._primitives, words, box, ratio)
            known = self._words = (row, style, ratio, drawn, height)
        shown = min(row.bottom - top, self._kept.view[3] - top) - 1
        ground = QColor(drawing.header_ground(row, style))
        painter.fillRect(QRectF(0, y, source.header - 1, shown), ground)
        begins = round(drawing.header_top(row, known[4], top))
        painter.drawPixmap(QPointF(0, y + begins - top), known[3])

    def _draw(self, source: TimelinePicture, part: Box) -> None:
        painter = self._kept.painter(part)
        style, layout = source.style, source.layout
        box = QRectF(part[0], part[1], part[2] - part[0], part[3] - part[1])
        painter.fillRect(box, QColor(style.surface))
        parts: list[Primitive] = [
            drawing.row_header(row, style, source.text, header=source.header)
            for row in layout.rows_between(part[1] - 1, part[3] + 1)
        ]
        end = max(layout.height, part[1])
        if end < part[3]:
            line = (source.header, end, source.header, part[3])
            parts.append(Polyline(line, Stroke(style.line, 1.0)))
        self._primitives.paint(painter, parts)
        painter.end()


def _changed(known: TimelineLayout, layout: TimelineLayout, painted: Box) -> list[Box]:
    """The headers that are not those of the known layout, and what lies below all rows."""
    left, top, right, bottom = painted
    before = {_said(row) for row in known.rows_between(top, bottom)}
    parts: list[Box] = [
        (left, row.top, right, row.bottom)
        for row in layout.rows_between(top, bottom)
        if _said(row) not in before
    ]
    if known.height != layout.height:
        parts.append((left, min(known.height, layout.height) - 1, right, bottom))
    return parts


def _said(row: PlacedRow) -> tuple[str, str, str, str, float, float]:
    """All that a header shows."""
    shown = row.row
    return (shown.key, shown.title, shown.detail, shown.track, row.top, row.height)
