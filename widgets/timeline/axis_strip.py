"""The axis as a picture that is kept and scrolled; what its ends cut is drawn in every painting.

A year has dozens of labels in view, and panning moves them all by the same few pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from model.drawing import axis
from model.timeline.scale import TimeScale
from widgets.timeline.kept import KeptPicture

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from model.drawing.axis import Tier
    from model.drawing.style import StyleSheet
    from model.drawing.timeline_places import Frame
    from widgets.common.painter import PrimitivePainter
    from widgets.timeline.kept import Box
    from widgets.timeline.picture import TimelinePicture

_ROOM, _AHEAD = (384.0, 0.0), (96.0, 0.0)
_NAMED = 1024.0
"""How far beyond both ends of the view the stretches of the axis are known by name."""
_HEIGHT = axis.AXIS + 1


class AxisStrip:
    """The axis of one canvas."""

    def __init__(self, primitives: PrimitivePainter) -> None:
        """Start without a picture."""
        self._primitives = primitives
        self._kept = KeptPicture(_ROOM, _AHEAD)
        self._shown: tuple[Frame, StyleSheet, int] | None = None
        self._named_at = 0.0
        self._tiers: tuple[Tier, ...] = ()

    def paint(self, painter: QPainter, source: TimelinePicture, left: float, width: float) -> None:
        """Paint the axis from the painter's origin, for content that begins at `left`."""
        frame, style = source.layout.frame, source.style
        ratio = painter.device().devicePixelRatioF()
        view: Box = (left, 0.0, left + width, _HEIGHT)
        wanted = (frame, style, source.fiscal)
        kept = self._shown == wanted and self._kept.holds(view, ratio)
        if not kept or abs(left - self._named_at) > _NAMED - _ROOM[0]:
            self._named_at = left
            self._tiers = axis.axis_tiers(
                frame.scale.moved(left - _NAMED), width + 2 * _NAMED, source.fiscal
            )
        self._shown = wanted
        for part in self._kept.reach(view) if kept else self._kept.begin(view, ratio):
            self._draw(source, part)
        painter.save()
        painter.setClipRect(QRectF(0, 0, width, _HEIGHT))
        self._kept.draw(painter, 0.0, 0.0)
        scale = TimeScale(frame.day(left), frame.units_per_day)
        ends = axis.axis_ends(self._tiers, scale, width, style, source.text)
        self._primitives.paint(painter, [ends])
        painter.restore()

    def _draw(self, source: TimelinePicture, part: Box) -> None:
        painter = self._kept.painter(part)
        box = QRectF(part[0], part[1], part[2] - part[0], part[3] - part[1])
        painter.fillRect(box, QColor(source.style.surface))
        shown = (part[0] - 2, part[2] + 2)
        drawn = axis.axis_stretch(
            self._tiers, source.layout.frame.scale, shown, source.style, source.text
        )
        self._primitives.paint(painter, [drawn])
        painter.end()
