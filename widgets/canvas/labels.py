"""Paints the labels of linkages, and the thin leaders of those that had to be put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from model.drawing.linkage import leader
from model.drawing.primitives import Polyline
from widgets.canvas.box_table import BoxTable
from widgets.canvas.stamps import draw_stamps, stamp_at
from widgets.canvas.strokes import plain_pen
from widgets.common.dashes import draw_pieces, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPainter

    from model.drawing.boxes import Box
    from model.drawing.linkage import LinkContent
    from model.drawing.parts import Link
    from model.drawing.primitives import Stroke
    from model.drawing.scene import MapScene
    from model.drawing.style import StyleSheet
    from widgets.canvas.camera import Camera
    from widgets.canvas.pictures import Pictures
    from widgets.canvas.stamps import Stamp
    from widgets.common.dashes import Pieces


class _Placed(NamedTuple):
    """A label at its place, as long as it belongs to this link and lies in this box."""

    link: Link
    box: Box
    stamp: Stamp
    leader: Pieces | None


class Labels:
    """The labels of one scene in one style, kept for one scale."""

    def __init__(self, scene: MapScene, style: StyleSheet, pictures: Pictures) -> None:
        """Start without any."""
        self._scene, self._style, self._pictures = scene, style, pictures
        self.boxes = BoxTable()
        self._placed: dict[str, _Placed] = {}
        self._placed_for: tuple[float, int] = (0.0, 0)
        self._leader: Stroke | None = None

    def reload(self) -> None:
        """Take over all labels anew."""
        found = self._scene.labels.items()
        self.boxes.replace_all((i, box, ()) for i, box in found if box is not None)
        self._placed.clear()

    def follow(self, link_ids: Iterable[str]) -> None:
        """Take over the labels of these lines, where they are placed."""
        known, placed = self.boxes.row_of, self._scene.labels
        for link_id in link_ids:
            box = placed.get(link_id)
            if box is not None:
                self.boxes.put(link_id, box)
            elif link_id in known:
                self.boxes.remove(link_id)
                self._placed.pop(link_id, None)

    def draw(
        self, painter: QPainter, camera: Camera, area: Box, ratio: float, hidden: frozenset[str]
    ) -> None:
        """Draw the labels of an area; the painter is in logical pixels."""
        scene, step = self._scene, camera.scale * ratio
        if self._placed_for != (step, self._pictures.evictions):
            self._placed.clear()
            self._placed_for = (step, self._pictures.evictions)
        shown: list[_Placed] = []
        for link_id in self.boxes.names_within(area):
            link, box = scene.links.get(link_id), scene.labels.get(link_id)
            if link is None or box is None or link_id in hidden:
                continue
            placed = self._placed.get(link_id)
            if placed is None or placed.link is not link or placed.box is not box:
                placed = self._placed[link_id] = self._place(link, box, step)
            shown.append(placed)
        leaders = [one.leader for one in shown if one.leader is not None]
        if leaders and self._leader is not None:
            painter.save()
            painter.scale(camera.scale, camera.scale)
            painter.translate(-camera.left, -camera.top)
            painter.setPen(plain_pen(self._leader))
            draw_pieces(painter, np.concatenate(leaders))
            painter.restore()
        draw_stamps(painter, [one.stamp for one in shown], camera, ratio)

    def draw_one(
        self, painter: QPainter, content: LinkContent, box: Box, camera: Camera, ratio: float
    ) -> None:
        """Draw a label at a box of the map."""
        step = camera.scale * ratio
        picture = self._pictures.label(content, step)
        draw_stamps(painter, [stamp_at(picture, box[0], box[1], step)], camera, ratio)

    def _place(self, link: Link, box: Box, step: float) -> _Placed:
        stamp = stamp_at(self._pictures.label(link.content, step), box[0], box[1], step)
        line = leader(link.route, box, self._style)
        if not isinstance(line, Polyline) or line.stroke is None:
            return _Placed(link, box, stamp, None)
        self._leader = line.stroke
        return _Placed(link, box, stamp, pieces(line.points, line.stroke.dash))
