"""Dimming all but some cards and linkages: focus mode, and the spotlight while presenting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from widgets.canvas.strokes import qt_colour

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from widgets.canvas.view import MapView

_VEIL = "c8"
"""How much of what is dimmed shines through, as the opacity of the veil over it."""


class Spotlight:
    """What is lit on one map; everything else lies under a veil.

    Attributes:
        lit: ids of the cards and linkages that stay bright; None while nothing is dimmed.
    """

    def __init__(self, view: MapView) -> None:
        """Begin with nothing dimmed."""
        self._view = view
        self.lit: frozenset[str] | None = None

    def set_lit(self, ids: frozenset[str] | None) -> None:
        """Dim everything but these; None dims nothing."""
        if ids != self.lit:
            self.lit = ids
            self._view.update()

    def paint(self, painter: QPainter) -> None:
        """Lay the veil over the picture and draw what is lit once more on top of it."""
        if self.lit is None:
            return
        view = self._view
        scene, camera = view.scene, view.camera
        painter.fillRect(
            QRectF(0, 0, view.width(), view.height()),
            qt_colour(view.workspace.style.background + _VEIL),
        )
        dragged = view.frame.hidden_cards
        dimmed = (
            frozenset(scene.cards) - self.lit | dragged,
            frozenset(scene.links) - self.lit,
        )
        area = camera.view(view.width(), view.height())
        painter.save()
        view.renderer.render(
            painter, camera, area, view.devicePixelRatioF(), dimmed, with_ground=False
        )
        painter.restore()
