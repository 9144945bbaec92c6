"""Paints the labels of linkages, and the thin leaders of those that had to be put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from model.drawing.boxes import around
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


_NOWHERE: Final = (None, None)


class _Placed(NamedTuple):
    """A label at its place, as long as it belongs to this link and lies in this box."""

    link: Link
    box: Box
    stamp: Stamp
    leader: Pieces | None


class Labels:
    """The labels of one scene in one style, kept for one scale.

    Attributes:
        boxes: where the labels lie.
        reaches: the same with their leaders, which may cross what the labels are far from.
    """

    def __init__(self, scene: MapScene, style: StyleSheet, pictures: Pictures) -> None:
        """Start without any."""
        self._scene, self._style, self._pictures = scene, style, pictures
        self.boxes = BoxTable()
        self.reaches = BoxTable()
        self._reached: dict[str, tuple[Link | None, Box]] = {}
        self._placed: dict[str, _Placed] = {}
        self._placed_for: tuple[float, int] = (0.0, 0)
        self._leader: Stroke | None = None

    def reload(self) -> None:
        """Take over all labels anew."""
        links = self._scene.links
        found = {i: box for i, box in self._scene.labels.items() if box is not None}
        self._reached = {i: (links.get(i), box) for i, box in found.items()}
        self.boxes.replace_all((i, box, ()) for i, box in found.items())
        self.reaches.replace_all((i, _reach(*of), ()) for i, of in self._reached.items())
        self._placed.clear()

    def follow(self, link_ids: Iterable[str]) -> None:
        """Take over the labels of these lines, where they are placed."""
        known, placed, links = self.boxes.row_of, self._scene.labels, self._scene.links
        for link_id in link_ids:
            box = placed.get(link_id)
            if box is not None:
                self.boxes.put(link_id, box)
                link, (before, lay) = links.get(link_id), self._reached.get(link_id, _NOWHERE)
                if link is not before or box is not lay:
                    self._reached[link_id] = (link, box)
                    self.reaches.put(link_id, _reach(link, box))
            elif link_id in known:
                self.boxes.remove(link_id)
                self.reaches.remove(link_id)
                self._reached.pop(link_id, None)
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
        for link_id in self.reaches.names_within(area):
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


def _reach(link: Link | None, box: Box) -> Box:
    """A label with its leader, which ends in the middle of the line."""
    if link is None:
        return box
    x, y = link.route.at(0.5)
    return around([box, (x, y, x, y)])
