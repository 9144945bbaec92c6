"""Small pictures that look the same at every step: the date cursor with its handle, the corner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPixmap

from model.drawing import axis
from model.drawing.timeline import section_corner
from widgets.common.painter import qt_colour
from widgets.timeline.kept import picture_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QPainter

    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from widgets.common.painter import PrimitivePainter
    from widgets.timeline.picture import TimelinePicture


class StillPictures:
    """What is drawn with every step and does not change with it."""

    def __init__(self, primitives: PrimitivePainter) -> None:
        """Start without pictures."""
        self._primitives = primitives
        self._kept: dict[str, tuple[tuple[object, ...], StyleSheet, QPixmap]] = {}

    def cursor(
        self, painter: QPainter, x: float, top: float, height: float, style: StyleSheet
    ) -> None:
        """The line of the date cursor around an x, on whole pixels.

        Painted as a shape, a veiled line over the whole height would be shared out among Qt's
        threads, which costs more than all the rest of a step.
        """
        ratio = painter.device().devicePixelRatioF()

        def line() -> QPixmap:
            stroke = axis.cursor_stroke(style)
            picture = QPixmap(round(stroke.width * ratio), max(round(height * ratio), 1))
            picture.setDevicePixelRatio(ratio)
            picture.fill(qt_colour(stroke.colour))
            return picture

        picture = self._of("cursor", (height, ratio), style, line)
        half = picture.width() / ratio / 2
        painter.drawPixmap(QPointF(round(x - half), top), picture)

    def handle(
        self,
        painter: QPainter,
        place: tuple[float, float, float],
        as_of: date,
        style: StyleSheet,
        text: TextEngine,
    ) -> None:
        """The handle of the date cursor: around an x, from a height on, within a width."""
        x, top, width = place
        ratio = painter.device().devicePixelRatioF()
        wide = axis.handle_width(as_of, text)

        def drawn() -> QPixmap:
            handle = axis.cursor_handle(0.0, 0.0, wide, as_of, style, text)
            return picture_of(self._primitives, [handle], (0.0, 0.0, wide, axis.RAIL), ratio)

        picture = self._of("handle", (as_of, wide, ratio), style, drawn)
        left = min(max(x - wide / 2, 0.0), max(width - wide, 0.0))
        painter.drawPixmap(QPointF(round(left), top), picture)

    def corner(self, painter: QPainter, source: TimelinePicture, top: float) -> None:
        """The name of the section whose heading is above what is in view."""
        above = [one.section.title for one in source.layout.sections if one.top < top]
        if not above:
            return
        ratio = painter.device().devicePixelRatioF()

        def drawn() -> QPixmap:
            corner = section_corner(
                source.layout.sections, top, source.style, source.text, source.header
            )
            box = (0.0, 0.0, source.header, axis.AXIS)
            return picture_of(self._primitives, [corner], box, ratio)

        picture = self._of("corner", (above[-1], source.header, ratio), source.style, drawn)
        painter.drawPixmap(QPointF(0.0, 0.0), picture)

    def _of(
        self, name: str, wanted: tuple[object, ...], style: StyleSheet, make: Callable[[], QPixmap]
    ) -> QPixmap:
        known = self._kept.get(name)
        if known is None or known[0] != wanted or known[1] is not style:
            known = self._kept[name] = (wanted, style, make())
        return known[2]
