"""Pictures of the signs for warnings: single ones, counted ones, those with a number beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from widgets.canvas.strokes import qt_colour
from widgets.common.icons import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from model.analysis.finding import Severity
    from widgets.canvas.view import MapView

_PER_FIGURE, _PAD = 0.93, 0.57
"""Room for each figure of a number, and beside it, in radii of its sign."""
_FIGURES = 1.45
"""Size of the figures in radii."""


def sign_width(radius: float, number: int) -> float:
    """The width of a sign that has a number beside it, if it stands for more than one card."""
    if number == 1:
        return 2 * radius
    return 2 * radius + (len(str(number)) * _PER_FIGURE + _PAD) * radius


class SignPictures:
    """The signs of one view, each drawn once for each look and screen."""

    def __init__(self, view: MapView) -> None:
        """Begin without any."""
        self._view = view
        self._kept: dict[tuple[object, ...], QPixmap] = {}

    def get(self, severity: Severity, radius: float, number: int, *, beside: bool) -> QPixmap:
        """A severity's icon on a small disc.

        For several cards their number stands in place of the icon, or beside it.
        """
        style, ratio = self._view.workspace.style, self._view.devicePixelRatioF()
        key = (severity, style.medium, ratio, radius, number, beside)
        if key not in self._kept:
            high, wide = 2 * radius, sign_width(radius, number if beside else 1)
            picture = QPixmap(round(wide * ratio), round(high * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if number > 1 and not beside:
                self._draw_number_in(painter, severity, radius, number)
            else:
                self._draw(painter, severity, radius, wide, number)
            painter.end()
            self._kept[key] = picture
        return self._kept[key]

    def _draw(
        self, painter: QPainter, severity: Severity, radius: float, wide: float, number: int
    ) -> None:
        style, high = self._view.workspace.style, 2 * radius
        grave = style.severity(severity)
        painter.setPen(QPen(qt_colour(grave.colour), 1.0) if number > 1 else Qt.PenStyle.NoPen)
        painter.setBrush(qt_colour(style.surface))
        edge = 0.5 if number > 1 else 0.0
        ground = QRectF(edge, edge, wide - 2 * edge, high - 2 * edge)
        painter.drawRoundedRect(ground, ground.height() / 2, ground.height() / 2)
        inner = QRectF(wide - high + 1, 1, high - 2, high - 2)
        icon(grave.icon, grave.colour).paint(painter, inner.toRect())
        if number > 1:
            room = QRectF(radius * 0.25, 0, wide - high, high)
            self._write(painter, number, room, radius, qt_colour(style.ink))

    def _draw_number_in(
        self, painter: QPainter, severity: Severity, radius: float, number: int
    ) -> None:
        style, room = self._view.workspace.style, QRectF(0, 0, 2 * radius, 2 * radius)
        painter.setPen(QPen(qt_colour(style.surface), 1.0))
        painter.setBrush(qt_colour(style.severity(severity).colour))
        painter.drawEllipse(room.adjusted(0.5, 0.5, -0.5, -0.5))
        self._write(painter, number, room, radius, qt_colour(style.surface))

    def _write(
        self, painter: QPainter, number: int, room: QRectF, radius: float, ink: QColor
    ) -> None:
        font = self._view.font()
        font.setPixelSize(round(radius * _FIGURES))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), str(number))
