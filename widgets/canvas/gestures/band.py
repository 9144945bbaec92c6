"""Selecting by a rubber band: what lies wholly in it, or a click on empty ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen

from model.drawing.boxes import encloses
from resources.text import plural, tr
from widgets.canvas.gestures.base import Gesture, far_enough
from widgets.canvas.strokes import qt_colour

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from widgets.canvas.canvas import MapCanvas
    from widgets.common.workspace import Key

_ADDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class RubberBand(Gesture):
    """A press on empty ground: a click clears the selection, a drag selects what it encloses."""

    def __init__(self, canvas: MapCanvas, start: QPointF) -> None:
        """Remember the selection, to which Shift or Ctrl adds."""
        super().__init__(canvas, start)
        self._point = start
        self._dragging = False
        self._before = canvas.workspace.selection
        self._adds = False
        self._found: tuple[Key, ...] = ()

    def move(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Stretch the band."""
        self._point = point
        self._adds = bool(modifiers & _ADDING)
        self._dragging = self._dragging or far_enough(self.start, point)
        if self._dragging:
            self._found = self._enclosed()

    def finish(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Select what the band encloses."""
        self.move(point, modifiers)
        kept = self._before if self._adds else ()
        self.canvas.workspace.select((*kept, *self._found))

    def hint(self) -> str:
        """How much would be selected."""
        if not self._dragging:
            return ""
        if self._adds:
            fresh = len(set(self._found) - set(self._before))
            return plural(
                "Release selects {count} thing more.", "Release selects {count} things more.", fresh
            )
        if not self._found:
            return tr("Release selects nothing: draw the frame around whole cards.")
        return plural(
            "Release selects {count} thing.", "Release selects {count} things.", len(self._found)
        )

    def paint(self, painter: QPainter) -> None:
        """The band itself, and frames around what it would select."""
        if not self._dragging:
            return
        look = self.canvas.interaction
        painter.setPen(QPen(qt_colour(look.selected.colour), 1))
        painter.setBrush(qt_colour(look.rubber_band))
        painter.drawRect(QRectF(self.start, self._point).normalized())
        for table, record_id in self._found:
            self.canvas.paint_selected(painter, table, record_id)

    def _enclosed(self) -> tuple[Key, ...]:
        rect = QRectF(self.start, self._point).normalized()
        left, top = self.canvas.camera.to_map(rect.left(), rect.top())
        right, bottom = self.canvas.camera.to_map(rect.right(), rect.bottom())
        box = (left, top, right, bottom)
        renderer = self.canvas.renderer
        shown = self.canvas.scene.cards
        cards = [shown[i].key for i in renderer.cards.inside(box) if i]
        links = [("linkages", i) for i in renderer.links.inside(box) if i]
        slips = self.canvas.scene.notes.items()
        notes = [("notes", i) for i, note in slips if encloses(box, note.box)]
        return (*cards, *links, *notes)
