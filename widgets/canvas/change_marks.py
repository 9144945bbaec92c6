"""What changed between two days, marked on the map: a sign on each card and linkage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from widgets.canvas.overlay import screen_path
from widgets.canvas.strokes import qt_colour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.timeline.changes import How
    from widgets.canvas.view import MapView

_RADIUS: Final = 8.0
_ARM: Final = 4.0


class ChangeMarks:
    """The marks of one map: a round plus for what began, a square minus for what ended.

    What began and ended between the two days has a diamond. Signs and shapes tell them apart
    without colour; the list beside the timeline says the same in words.
    """

    def __init__(self, view: MapView) -> None:
        """Begin with nothing marked."""
        self._view = view
        self.marks: Mapping[str, How] = {}

    def show(self, marks: Mapping[str, How]) -> None:
        """Mark these cards and linkages by id; an empty mapping marks nothing."""
        if marks != self.marks:
            self.marks = marks
            self._view.update()

    def paint(self, painter: QPainter) -> None:
        """Draw the signs over the picture."""
        if not self.marks:
            return
        view = self._view
        area = QRectF(0, 0, view.width(), view.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for record_id, how in self.marks.items():
            at = self._place(record_id)
            if at is not None and area.contains(at):
                self._sign(painter, at, how)
        painter.restore()

    def _place(self, record_id: str) -> QPointF | None:
        """The upper left corner of a card, the middle of a line."""
        scene, camera = self._view.scene, self._view.camera
        card = scene.cards.get(record_id)
        if card is not None:
            return QPointF(*camera.to_screen(card.box[0], card.box[1]))
        link = scene.links.get(record_id)
        return None if link is None else screen_path(link.route, camera).pointAtPercent(0.5)

    def _sign(self, painter: QPainter, at: QPointF, how: How) -> None:
        style = self._view.workspace.style
        colour = {
            "began": style.accent,
            "ended": style.severity("high").colour,
        }.get(how, style.severity("medium").colour)
        painter.setPen(QPen(qt_colour(style.surface), 1.5))
        painter.setBrush(qt_colour(colour))
        x, y, far = at.x(), at.y(), _RADIUS + 1.5
        if how == "began":
            painter.drawEllipse(at, _RADIUS, _RADIUS)
        elif how == "ended":
            painter.drawRect(QRectF(x - _RADIUS, y - _RADIUS, 2 * _RADIUS, 2 * _RADIUS))
        else:
            points = (x, y - far), (x + far, y), (x, y + far), (x - far, y)
            painter.drawPolygon(QPolygonF([QPointF(*one) for one in points]))
        painter.setPen(QPen(qt_colour(style.surface), 2.0, Qt.PenStyle.SolidLine,
                            Qt.PenCapStyle.RoundCap))  # fmt: skip
        painter.drawLine(QPointF(x - _ARM, y), QPointF(x + _ARM, y))
        if how == "began":
            painter.drawLine(QPointF(x, y - _ARM), QPointF(x, y + _ARM))
