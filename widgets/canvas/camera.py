"""Which part of the map the canvas shows, and how large: a value with the sums around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.drawing.boxes import Box

MIN_SCALE = 0.03
MAX_SCALE = 4.0


@dataclass(frozen=True)
class Camera:
    """Scale (logical pixels per project unit) and the map point at the top left corner."""

    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def to_map(self, x: float, y: float) -> tuple[float, float]:
        """The map point under a pixel."""
        return self.left + x / self.scale, self.top + y / self.scale

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """The pixel over a map point."""
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def panned(self, dx: float, dy: float) -> Camera:
        """The view after the map was pushed by so many pixels."""
        return replace(self, left=self.left - dx / self.scale, top=self.top - dy / self.scale)

    def zoomed(self, factor: float, x: float, y: float) -> Camera:
        """The view enlarged around a pixel, which keeps its map point."""
        scale = max(MIN_SCALE, min(MAX_SCALE, self.scale * factor))
        map_x, map_y = self.to_map(x, y)
        return Camera(scale, map_x - x / scale, map_y - y / scale)

    def view(self, width: float, height: float) -> Box:
        """The part of the map that a widget of this size shows."""
        right, bottom = self.to_map(width, height)
        return self.left, self.top, right, bottom

    def snapped(self, ratio: float) -> Camera:
        """The view moved by less than a device pixel so that pixels lie on a fixed raster."""
        step = self.scale * ratio
        return Camera(self.scale, round(self.left * step) / step, round(self.top * step) / step)


def fitted(box: Box, width: float, height: float, margin: float, limit: float = 1.0) -> Camera:
    """The view that shows a whole box, centred, at no more than a scale."""
    wide, high = max(1.0, box[2] - box[0]), max(1.0, box[3] - box[1])
    room_x, room_y = max(40.0, width - 2 * margin), max(40.0, height - 2 * margin)
    scale = max(MIN_SCALE, min(limit, room_x / wide, room_y / high))
    centre_x, centre_y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return Camera(scale, centre_x - width / (2 * scale), centre_y - height / (2 * scale))
