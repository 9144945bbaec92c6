"""Kept pictures copied to their places on the map, on whole device pixels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from widgets.canvas.pictures import MARGIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPainter, QPixmap

    from widgets.canvas.camera import Camera


class Stamp(NamedTuple):
    """A picture and its place: device pixels from the origin of the map."""

    picture: QPixmap
    x: int
    y: int


def stamp_at(picture: QPixmap, x: float, y: float, step: float) -> Stamp:
    """A picture whose content begins at a map point; `step` is device pixels per project unit.

    Rounding is of the map point, not of its place on the screen, so that it comes out the same
    wherever the view has been panned to.
    """
    left, top = math.floor(x * step + 0.5) - MARGIN, math.floor(y * step + 0.5) - MARGIN
    return Stamp(picture, left, top)


def draw_stamps(painter: QPainter, stamps: Iterable[Stamp], camera: Camera, ratio: float) -> None:
    """Copy pictures to a view; the painter is in its logical pixels."""
    step = camera.scale * ratio
    left, top = round(camera.left * step), round(camera.top * step)
    painter.save()
    painter.scale(1 / ratio, 1 / ratio)
    draw = painter.drawPixmap
    for picture, x, y in stamps:
        draw(x - left, y - top, picture)
    painter.restore()
