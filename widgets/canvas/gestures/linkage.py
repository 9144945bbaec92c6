"""Changing a linkage by hand: another end, bend points, another place for its label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from model.commands.linkages import reconnect, set_bends, set_label_at
from model.drawing.linkage import label_size
from model.drawing.routing import route
from resources.text import tr
from widgets.canvas import overlay
from widgets.canvas.gestures.base import Gesture, far_enough
from widgets.canvas.gestures.grid import GRID
from widgets.canvas.gestures.link import LinkDrag
from widgets.canvas.moved_lines import paint_moved
from widgets.canvas.strokes import qt_colour

if TYPE_CHECKING:
    from model.drawing.boxes import Box
    from model.drawing.parts import Link
    from widgets.canvas.canvas import MapCanvas

Bends = tuple[tuple[float, float], ...]
_NEAR_LINE = 5.0
"""A bend let go so near (in pixels) to the line that it would have without it is taken out."""


class ReconnectDrag(LinkDrag):
    """Dragging one end of a linkage to another card; the other end stays."""

    def __init__(self, canvas: MapCanvas, start: QPointF, link_id: str, end: int) -> None:
        """Take hold of the first (0) or the second (1) end."""
        linkage = canvas.workspace.document.linkages[link_id]
        self._link_id, self._end_taken = link_id, end
        self._kept = linkage.to_id if end == 0 else linkage.from_id
        self._left = linkage.from_id if end == 0 else linkage.to_id
        super().__init__(canvas, start, self._kept)
        canvas.frame.hide(frozenset(), frozenset({link_id}))

    def link_to(self, target: str) -> None:
        """Join the end to the target."""
        if target and target != self._left and not self.why_not():
            document = self.canvas.workspace.document
            self.canvas.workspace.attempt(
                lambda: reconnect(document, self._link_id, self._end_taken, target)
            )

    def hint(self) -> str:
        """Where the end would go, or why it cannot."""
        document = self.canvas.workspace.document
        if not self.target:
            return tr("Release over another card to move this end there. Esc puts it back.")
        if self.target == self._left:
            return tr("Release leaves the linkage as it was.")
        return self.why_not() or tr(
            "Release moves this end to {other}.", other=document.name_of("actors", self.target)
        )

    def _end(self) -> None:
        self.canvas.frame.hide(frozenset(), frozenset())
        super()._end()


class BendDrag(Gesture):
    """Dragging a bend point, or making one by pulling the line aside."""

    def __init__(
        self, canvas: MapCanvas, start: QPointF, link_id: str, at: int, *, fresh: bool
    ) -> None:
        """Take hold of a bend, or of the line where a fresh one goes into place `at`."""
        super().__init__(canvas, start)
        self._link_id, self._at, self._fresh = link_id, at, fresh
        self._before = canvas.workspace.document.linkages[link_id].bends
        self._bends: Bends = self._before
        self._dragging = False

    def move(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Let the line run through the pointer; bends snap to the grid unless Alt is held."""
        if not self._dragging:
            if not far_enough(self.start, point):
                return
            self._dragging = True
            self.canvas.frame.hide(frozenset(), frozenset({self._link_id}))
        x, y = self.canvas.map_point(point)
        if not modifiers & Qt.KeyboardModifier.AltModifier:
            x, y = GRID * round(x / GRID), GRID * round(y / GRID)
        rest = self._before if self._fresh else self._without()
        self._bends = (*rest[: self._at], (x, y), *rest[self._at :])
        if self._is_straightened(x, y):
            self._bends = rest

    def _without(self) -> Bends:
        return self._before[: self._at] + self._before[self._at + 1 :]

    def _is_straightened(self, x: float, y: float) -> bool:
        rest = self._before if self._fresh else self._without()
        boxes = self._end_boxes()
        line = route(*boxes, bends=rest)
        return line.distance(x, y) * self.canvas.camera.scale < _NEAR_LINE

    def _end_boxes(self) -> tuple[Box, Box]:
        link = self.canvas.scene.links[self._link_id]
        cards = self.canvas.scene.cards
        return cards[link.from_id].box, cards[link.to_id].box

    def finish(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Keep the bends."""
        self.move(point, modifiers)
        self.cancel()
        if self._bends != self._before:
            document = self.canvas.workspace.document
            self.canvas.workspace.attempt(lambda: set_bends(document, self._link_id, self._bends))

    def cancel(self) -> None:
        """Show the line as it was."""
        self.canvas.frame.hide(frozenset(), frozenset())
        self.canvas.update()

    def hint(self) -> str:
        """What becomes of the line."""
        if not self._dragging:
            return tr("Drag to bend the line.")
        if len(self._bends) < len(self._before):
            return tr("Release takes this bend out.")
        return tr("Release bends the line here. Esc puts it back, Alt moves freely.")

    def paint(self, painter: QPainter) -> None:
        """The line as it would run."""
        if not self._dragging:
            return
        look = self.canvas.interaction
        line = route(*self._end_boxes(), bends=self._bends)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        overlay.draw_link_mark(painter, overlay.screen_path(line, self.canvas.camera), look)
        painter.setBrush(qt_colour(look.selected.colour))
        for x, y in self._bends:
            painter.drawEllipse(QPointF(*self.canvas.camera.to_screen(x, y)), 5, 5)


class LabelDrag:
    """Moving a linkage's label; part of a press (see `Press`)."""

    def __init__(self, canvas: MapCanvas, link_id: str) -> None:
        """Take hold of the label where it is."""
        self.canvas = canvas
        self._link: Link = canvas.scene.links[link_id]
        box = canvas.scene.labels[link_id]
        middle = self._link.route.at(0.5)
        if box is None:
            box = (*middle, *middle)
        self._start = (
            (box[0] + box[2]) / 2 - middle[0],
            (box[1] + box[3]) / 2 - middle[1],
        )
        self._aside = self._start
        canvas.frame.hide(frozenset(), frozenset({link_id}))

    def shift_to(self, way: QPointF, _modifiers: Qt.KeyboardModifier) -> None:
        """Move the label by so many pixels."""
        scale = self.canvas.camera.scale
        self._aside = (
            float(round(self._start[0] + way.x() / scale)),
            float(round(self._start[1] + way.y() / scale)),
        )
        self.canvas.update()

    def commit(self) -> None:
        """Keep the label where it is."""
        self.end()
        if self._aside != self._start:
            document = self.canvas.workspace.document
            self.canvas.workspace.attempt(
                lambda: set_label_at(document, self._link.id, self._aside)
            )

    def end(self) -> None:
        """Leave the label where it was."""
        self.canvas.frame.hide(frozenset(), frozenset())
        self.canvas.update()

    def hint(self) -> str:
        """What release does."""
        return tr("Release puts the label here; it stays with its line. Esc puts it back.")

    def paint(self, painter: QPainter) -> None:
        """The label at its new place, its linkage, and a thin line between them."""
        canvas = self.canvas
        paint_moved(canvas, painter, [self._link])
        width, height = label_size(self._link.content)
        x, y = self._link.route.at(0.5)
        left, top = x + self._aside[0] - width / 2, y + self._aside[1] - height / 2
        painter.setPen(QPen(qt_colour(canvas.interaction.selected.colour), 1, Qt.PenStyle.DotLine))
        end = QPointF(*canvas.camera.to_screen(left + width / 2, top + height / 2))
        painter.drawLine(QPointF(*canvas.camera.to_screen(x, y)), end)
        box = (left, top, left + width, top + height)
        ratio = canvas.devicePixelRatioF()
        canvas.renderer.draw_label(painter, self._link.content, box, canvas.camera, ratio)
