"""Signs on the map for what needs attention: at the corner of a card, on the line of a linkage.

Only the screen shows them; they are no part of the drawing and so of no export. Empty fields
(upkeep) have none, or every other linkage would bear a sign and none would be seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPen

from model.analysis.report import on_map
from widgets.canvas.strokes import qt_colour
from widgets.common.icons import icon

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QPainter

    from model.analysis.finding import Finding, Target
    from widgets.canvas.view import MapView

SIZE = 15.0
_SMALLEST_CARD = 30.0
"""Cards narrower than this on the screen have no room for a sign."""
_SMALLEST_SCALE = 0.4
"""Below this, lines lie too close for signs of their own."""
_ALONG = 0.36
"""Where on a line its sign lies: beside the label, which is in the middle."""


class Badges:
    """What needs attention on one map."""

    def __init__(self, view: MapView) -> None:
        """Begin with nothing."""
        self._view = view
        self._found: Mapping[Target, tuple[Finding, ...]] = {}

    def show(self, found: Iterable[Finding]) -> None:
        """Show these findings from now on."""
        self._found = on_map(found)
        self._view.update()

    def about(self, key: Target) -> tuple[Finding, ...]:
        """The findings that the sign of a card or linkage stands for, grave ones first."""
        return self._found.get(key, ())

    def place(self, key: Target) -> QPointF | None:
        """The middle of a sign in pixels; None where there is no sign."""
        table, record_id = key
        scene, camera = self._view.scene, self._view.camera
        if key not in self._found:
            return None
        if table == "actors":
            card = scene.cards.get(record_id)
            if card is None or card.content.width * camera.scale < _SMALLEST_CARD:
                return None
            return QPointF(*camera.to_screen(card.box[2], card.box[1]))
        link = scene.links.get(record_id)
        if link is None or camera.scale < _SMALLEST_SCALE:
            return None
        return QPointF(*camera.to_screen(*link.route.at(_ALONG)))

    def paint(self, painter: QPainter) -> None:
        """Draw the signs of what is in view; what is dimmed or dragged has none."""
        view = self._view
        lit, dragged = view.spotlight.lit, view.frame.hidden_cards
        seen = QRectF(view.rect()).adjusted(-SIZE, -SIZE, SIZE, SIZE)
        style = view.workspace.style
        for key, found in self._found.items():
            if key[1] in dragged or (lit is not None and key[1] not in lit):
                continue
            middle = self.place(key)
            if middle is None or not seen.contains(middle):
                continue
            grave = style.severity(found[0].severity)
            painter.setPen(QPen(qt_colour(style.surface), 1.0))
            painter.setBrush(qt_colour(style.surface))
            painter.drawEllipse(middle, SIZE / 2 + 0.5, SIZE / 2 + 0.5)
            sign = QRectF(middle.x() - SIZE / 2, middle.y() - SIZE / 2, SIZE, SIZE)
            icon(grave.icon, grave.colour).paint(painter, sign.toRect())

    def at(self, point: QPointF) -> tuple[Finding, ...]:
        """What the sign under a point stands for."""
        for key, found in self._found.items():
            middle = self.place(key)
            if middle is not None and (middle - point).manhattanLength() <= SIZE:
                return found
        return ()
