"""Marks of what is selected: one by one, or in a few calls of Qt where there are very many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from model.drawing.boxes import overlap
from widgets.canvas import overlay
from widgets.canvas.renderer import NEAR, level_of
from widgets.canvas.strokes import draw_boxes, qt_colour
from widgets.common.dashes import draw_pieces

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from model.drawing.boxes import Box
    from widgets.canvas.box_table import BoxTable, Indices
    from widgets.canvas.view import MapView
    from widgets.common.workspace import Key

MANY: Final = 300
"""So many things are marked one by one, with rounded frames and soft halos."""
_MARGIN: Final = 3.0


class SelectionMarks:
    """Paints the marks over one map."""

    def __init__(self, view: MapView) -> None:
        self._view = view
        self._selection: tuple[Key, ...] = ()
        self._by_table: dict[str, list[str]] = {}

    def paint(self, painter: QPainter) -> None:
        """Mark what is selected and in view."""
        selection = self._view.workspace.selection
        if len(selection) <= MANY:
            for table, record_id in selection:
                self.paint_one(painter, table, record_id)
            return
        if selection is not self._selection:
            self._selection = selection
            self._by_table = {}
            for table, record_id in selection:
                self._by_table.setdefault(table, []).append(record_id)
        self._lines(painter, self._by_table.get("linkages", []))
        self._frames(painter, self._by_table.get("actors", []))
        for table in self._by_table.keys() - {"linkages", "actors"}:
            for record_id in self._by_table[table]:
                self.paint_one(painter, table, record_id)

    def paint_one(self, painter: QPainter, table: str, record_id: str) -> None:
        """Mark one thing."""
        view = self._view
        if table == "linkages" and record_id in view.scene.links:
            if record_id not in view.frame.hidden_links:
                self.paint_line(painter, record_id)
        elif table in {"actors", "groups", "notes", "tracks"}:
            box = view.box_of((table, record_id))
            if box is None or not overlap(box, self._seen()):
                return
            card = view.scene.cards.get(record_id)
            if card is not None and card.table == table:
                box = view.seen_box(card)
            overlay.draw_card_mark(painter, box, view.camera, view.interaction)

    def paint_line(self, painter: QPainter, link_id: str) -> None:
        """Let a line glow beneath the labels that lie on it, and frame its own label."""
        view = self._view
        overlay.draw_link_mark(painter, view.seen_line(view.scene.links[link_id]), view.interaction)
        if view.camera.scale < NEAR:
            return
        renderer, labels = view.renderer, view.scene.labels
        ratio = view.devicePixelRatioF()
        for other in renderer.labels.names_within(view.scene.links[link_id].route.box()):
            box = labels.get(other)
            if box is not None and other in view.scene.links:
                content = view.scene.links[other].content
                renderer.draw_label(painter, content, box, view.camera, ratio)
        own = labels.get(link_id)
        if own is not None:
            overlay.draw_label_mark(painter, own, view.camera, view.interaction)

    def _seen(self) -> Box:
        view = self._view
        return view.camera.view(view.width(), view.height())

    def _frames(self, painter: QPainter, ids: list[str]) -> None:
        """Plain frames around cards."""
        view = self._view
        cards = view.renderer.cards
        boxes = cards.boxes[_in_view(cards, ids, self._seen())]
        scale = view.camera.scale
        flat = np.empty_like(boxes)
        flat[:, 0] = (boxes[:, 0] - view.camera.left) * scale - _MARGIN
        flat[:, 1] = (boxes[:, 1] - view.camera.top) * scale - _MARGIN
        flat[:, 2:] = (boxes[:, 2:] - boxes[:, :2]) * scale + 2 * _MARGIN
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(overlay.pen_of(view.interaction.selected))
        draw_boxes(painter, flat)

    def _lines(self, painter: QPainter, ids: list[str]) -> None:
        """Thin lines over linkages, straight ones from afar, as they are drawn there."""
        view = self._view
        links, renderer = view.renderer.links, view.renderer
        rows = _in_view(links, ids, self._seen())
        if not len(rows):
            return
        if level_of(view.camera.scale) == "far":
            drawn = links.extra[rows]
        else:
            drawn = renderer.lines.solid(rows)
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing, False)
        painter.scale(view.camera.scale, view.camera.scale)
        painter.translate(-view.camera.left, -view.camera.top)
        painter.setPen(QPen(qt_colour(view.interaction.selected.colour), 0))
        draw_pieces(painter, drawn)
        painter.restore()


def _in_view(table: BoxTable, ids: list[str], seen: Box) -> Indices:
    """The rows of some ids that overlap what is seen."""
    wanted = np.zeros(len(table.ids), dtype=bool)
    wanted[[row for i in ids if (row := table.row_of.get(i)) is not None]] = True
    rows = table.within(seen)
    found: Indices = rows[wanted[rows]]
    return found
