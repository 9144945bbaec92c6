"""Lines that are drawn over the picture while they, or the cards at their ends, are moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from widgets.canvas.renderer import level_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from model.drawing.parts import Link
    from widgets.canvas.view import MapView


def paint_moved(view: MapView, painter: QPainter, links: Sequence[Link]) -> None:
    """Draw lines as they look at rest."""
    camera = view.camera
    painter.save()
    painter.scale(camera.scale, camera.scale)
    painter.translate(-camera.left, -camera.top)
    ratio, level = view.devicePixelRatioF(), level_of(camera.scale)
    view.renderer.lines.draw_moved(painter, links, camera, level, ratio)
    painter.restore()
