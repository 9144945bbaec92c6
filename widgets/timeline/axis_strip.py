"""The axis as a picture that is kept and shifted; what its ends cut is drawn in every painting.

A year has dozens of labels in view, and panning moves them all by the same few pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap

from model.drawing import axis
from model.timeline.scale import TimeScale

if TYPE_CHECKING:
    from model.drawing.axis import Tier
    from model.drawing.style import StyleSheet
    from model.drawing.timeline_places import Frame
    from widgets.common.painter import PrimitivePainter
    from widgets.timeline.picture import TimelinePicture

_AHEAD = 512.0
"""How far the picture reaches beyond both ends of what is in view."""
_HEIGHT = axis.AXIS + 1


class AxisStrip:
    """The axis of one canvas."""

    def __init__(self, primitives: PrimitivePainter) -> None:
        """Start without a picture."""
        self._primitives = primitives
        self._pixmap = QPixmap()
        self._shown: tuple[Frame, StyleSheet, int, float, float] | None = None
        self._left = 0.0
        self._tiers: tuple[Tier, ...] = ()

    def paint(self, painter: QPainter, source: TimelinePicture, left: float, width: float) -> None:
        """Paint the axis from the painter's origin, for content that begins at `left`."""
        frame, style = source.layout.frame, source.style
        ratio = painter.device().devicePixelRatioF()
        scale = TimeScale(frame.day(left), frame.units_per_day)
        if ratio != round(ratio):  # a shifted picture would fall between pixels
            whole = axis.axis_group(scale, width, style, source.text, source.fiscal)
            self._primitives.paint(painter, [whole])
            return
        wanted = (frame, style, source.fiscal, width, ratio)
        if self._shown != wanted or abs(left - self._left - _AHEAD) > _AHEAD:
            self._draw(source, left - _AHEAD, width + 2 * _AHEAD, ratio)
            self._shown = wanted
        painter.save()
        painter.setClipRect(QRectF(0, 0, width, _HEIGHT))
        painter.drawPixmap(QPointF(self._left - left, 0), self._pixmap)
        ends = axis.axis_ends(self._tiers, scale, width, style, source.text)
        self._primitives.paint(painter, [ends])
        painter.restore()

    def _draw(self, source: TimelinePicture, left: float, width: float, ratio: float) -> None:
        frame, style = source.layout.frame, source.style
        self._left = left
        scale = TimeScale(frame.day(left), frame.units_per_day)
        self._tiers = axis.axis_tiers(scale, width, source.fiscal)
        self._pixmap = QPixmap(round(width * ratio), round(_HEIGHT * ratio))
        self._pixmap.setDevicePixelRatio(ratio)
        self._pixmap.fill(style.surface)
        painter = QPainter(self._pixmap)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        whole = axis.axis_group(scale, width, style, source.text, source.fiscal)
        self._primitives.paint(painter, [whole])
        painter.end()
