"""Cards gliding to their new places after an arrangement, so that the eye can follow them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QLineF, QObject, QVariantAnimation, Signal
from PySide6.QtGui import QPen

from widgets.canvas.strokes import qt_colour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPainter

    from widgets.canvas.canvas import MapCanvas

_DURATION_MS = 320
MOST_CARDS = 400
"""With more cards than this the map changes at once."""


class Glide(QObject):
    """Cards on their way; the document already has them at their new places.

    Signals:
        finished: they have arrived.
    """

    finished = Signal()

    def __init__(self, canvas: MapCanvas, before: Mapping[str, tuple[float, float]]) -> None:
        """Set out from the places before."""
        super().__init__(canvas)
        self._canvas = canvas
        cards = canvas.scene.cards
        self._ways = {
            i: (x - cards[i].x, y - cards[i].y)
            for i, (x, y) in before.items()
            if i in cards and (x, y) != (cards[i].x, cards[i].y)
        }
        links = {link for i in self._ways for link in canvas.scene.links_of(i)}
        self._links = [canvas.scene.links[i] for i in sorted(links)]
        canvas.frame.hide(frozenset(self._ways), frozenset(links))
        self._rest = 1.0
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(_DURATION_MS)
        self._animation.setStartValue(1.0)
        self._animation.setEndValue(0.0)
        self._animation.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._animation.valueChanged.connect(self._step)
        self._animation.finished.connect(self.stop)
        self._animation.start()

    def _step(self, rest: float) -> None:
        self._rest = rest
        self._canvas.update()

    def stop(self) -> None:
        """Be there at once."""
        self._animation.stop()
        self._canvas.frame.hide(frozenset(), frozenset())
        self._canvas.update()
        self.finished.emit()

    def paint(self, painter: QPainter) -> None:
        """The cards where they are now, and their lines."""
        canvas, camera = self._canvas, self._canvas.camera
        painter.save()
        painter.scale(camera.scale, camera.scale)
        painter.translate(-camera.left, -camera.top)
        for link in self._links:
            look = canvas.renderer.look(link.content)
            painter.setPen(QPen(qt_colour(look.stroke.colour), look.stroke.width))
            painter.drawLine(QLineF(*self._middle(link.from_id), *self._middle(link.to_id)))
        painter.restore()
        ratio = canvas.devicePixelRatioF()
        for card_id in self._ways:
            card = canvas.scene.cards.get(card_id)
            if card is not None:
                canvas.renderer.draw_card(painter, card, camera, ratio, self._shift(card_id))

    def _shift(self, card_id: str) -> tuple[float, float]:
        dx, dy = self._ways.get(card_id, (0.0, 0.0))
        return dx * self._rest, dy * self._rest

    def _middle(self, card_id: str) -> tuple[float, float]:
        card = self._canvas.scene.cards.get(card_id)
        if card is None:
            return 0.0, 0.0
        dx, dy = self._shift(card_id)
        return card.x + card.content.width / 2 + dx, card.y + card.content.height / 2 + dy
