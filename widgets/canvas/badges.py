"""Signs on the map for what needs attention: outside the corner of a card, on a linkage's line.

Only the screen shows them; they are no part of the drawing and so of no export. Empty fields
(upkeep) have none, or every other linkage would bear a sign and none would be seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from model.analysis.report import on_map
from widgets.canvas.sign_places import CORNERS, SignPlaces
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
_ALONG = (0.36, 0.64, 0.26, 0.74, 0.18, 0.82, 0.5)
"""Where on a line its sign may lie: beside the label, which is in the middle."""


class Badges:
    """What needs attention on one map."""

    def __init__(self, view: MapView) -> None:
        """Begin with nothing."""
        self._view = view
        self._found: Mapping[Target, tuple[Finding, ...]] = {}
        self._signs: dict[tuple[str, str, float], QPixmap] = {}
        self._places = SignPlaces(view, SIZE / 2 + 1, CORNERS, _ALONG)
        view.scene_changed.connect(lambda _: self._places.forget())

    def show(self, found: Iterable[Finding]) -> None:
        """Show these findings from now on."""
        self._found = on_map(found)
        self._view.update()

    def about(self, key: Target) -> tuple[Finding, ...]:
        """The findings that the sign of a card or linkage stands for, grave ones first."""
        return self._found.get(key, ())

    def place(self, key: Target) -> QPointF | None:
        """The middle of a sign in pixels; None where there is no sign."""
        spot = self._placed([key]).get(key)
        return None if spot is None else QPointF(*spot)

    def _placed(self, keys: Iterable[Target]) -> dict[Target, tuple[float, float] | None]:
        """The middles of the signs that some cards and linkages have, as far as there is room."""
        wanted = [key for key in keys if key in self._found and self._has_room(key)]
        return self._places.find(wanted)

    def _has_room(self, key: Target) -> bool:
        scene, scale = self._view.scene, self._view.camera.scale
        if key[0] == "linkages":
            return key[1] in scene.links and scale >= _SMALLEST_SCALE
        card = scene.cards.get(key[1])
        return card is not None and card.content.width * scale >= _SMALLEST_CARD

    def paint(self, painter: QPainter) -> None:
        """Draw the signs of what is in view; what is dimmed or dragged has none."""
        if not self._found:
            return
        lit, dragged = self._view.spotlight.lit, self._view.frame.hidden_cards
        half = QPointF(SIZE / 2 + 1, SIZE / 2 + 1)
        for key, spot in self._placed(self._in_view()).items():
            if spot is None or key[1] in dragged or (lit is not None and key[1] not in lit):
                continue
            sign = self._sign(self._found[key][0].severity)
            painter.drawPixmap(QPointF(*spot) - half, sign)

    def _in_view(self) -> list[Target]:
        """Cards and linkages in view whose size allows signs, found by their boxes at once."""
        view = self._view
        scale, renderer = view.camera.scale, view.renderer
        if scale < _FAR:
            return []
        left, top, right, bottom = view.camera.view(view.width(), view.height())
        edge = 2 * SIZE / scale
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
        for key, spot in self._placed(self._in_view()).items():
            if spot is not None and (QPointF(*spot) - point).manhattanLength() <= SIZE:
                return self._found[key]
        return ()
