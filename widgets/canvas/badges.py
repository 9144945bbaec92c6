"""Signs on the map for what needs attention: at the corner of a card, on the line of a linkage.

Only the screen shows them; they are no part of the drawing and so of no export. Empty fields
(upkeep) have none, or every other linkage would bear a sign and none would be seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from model.analysis.report import on_map
from widgets.canvas.strokes import qt_colour
from widgets.common.icons import icon

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.analysis.finding import Finding, Severity, Target
    from widgets.canvas.view import MapView

SIZE = 15.0
_SMALLEST_CARD = 30.0
"""Cards narrower than this on the screen have no room for a sign."""
_FAR = 0.15
"""Below this no card has room for a sign."""
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
        self._signs: dict[tuple[str, str, float], QPixmap] = {}

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
        if not self._found:
            return
        view = self._view
        lit, dragged = view.spotlight.lit, view.frame.hidden_cards
        for key in self._in_view():
            found = self._found.get(key)
            if found is None or key[1] in dragged or (lit is not None and key[1] not in lit):
                continue
            middle = self.place(key)
            if middle is not None:
                half = SIZE / 2 + 1
                painter.drawPixmap(middle - QPointF(half, half), self._sign(found[0].severity))

    def _in_view(self) -> list[Target]:
        """Cards and linkages in view whose size allows signs, found by their boxes at once."""
        view = self._view
        scale, renderer = view.camera.scale, view.renderer
        if scale < _FAR:
            return []
        left, top, right, bottom = view.camera.view(view.width(), view.height())
        edge = SIZE / scale
        area = (left - edge, top - edge, right + edge, bottom + edge)
        keys = [("actors", one) for one in renderer.cards.names_within(area)]
        if scale >= _SMALLEST_SCALE:
            keys += [("linkages", one) for one in renderer.links.names_within(area)]
        return keys

    def _sign(self, severity: Severity) -> QPixmap:
        """A severity's icon on a small disc, drawn once for each look and screen."""
        style, ratio = self._view.workspace.style, self._view.devicePixelRatioF()
        key = (severity, style.medium, ratio)
        if key not in self._signs:
            size = round((SIZE + 2) * ratio)
            picture = QPixmap(size, size)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qt_colour(style.surface))
            painter.drawEllipse(QRectF(0, 0, SIZE + 2, SIZE + 2))
            grave = style.severity(severity)
            inner = QRectF(1, 1, SIZE, SIZE)
            icon(grave.icon, grave.colour).paint(painter, inner.toRect())
            painter.end()
            self._signs[key] = picture
        return self._signs[key]

    def at(self, point: QPointF) -> tuple[Finding, ...]:
        """What the sign under a point stands for."""
        for key in self._in_view():
            found, middle = self._found.get(key), self.place(key)
            if found and middle is not None and (middle - point).manhattanLength() <= SIZE:
                return found
        return ()
