"""Moving a note; part of a press (see `Press`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt

from model.commands.actors import move
from model.drawing.notes import note_group
from resources.text import tr
from widgets.canvas.gestures.grid import GRID

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPainter

    from widgets.canvas.canvas import MapCanvas


class NoteDrag:
    """The preview of moving a note, and its commit."""

    def __init__(self, canvas: MapCanvas, note_id: str) -> None:
        """Take hold of a note."""
        self.canvas = canvas
        self._note = canvas.scene.notes[note_id]
        self._at = (self._note.x, self._note.y)

    def shift_to(self, way: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Move the note by so many pixels; it snaps to the grid unless Alt is held."""
        scale = self.canvas.camera.scale
        x, y = self._note.x + way.x() / scale, self._note.y + way.y() / scale
        if not modifiers & Qt.KeyboardModifier.AltModifier:
            x, y = GRID * round(x / GRID), GRID * round(y / GRID)
        self._at = (x, y)
        self.canvas.update()

    def commit(self) -> None:
        """Keep the note where it is."""
        if self._at != (self._note.x, self._note.y):
            place = (self._at[0] - self._note.origin[0], self._at[1] - self._note.origin[1])
            document = self.canvas.workspace.document
            self.canvas.workspace.attempt(lambda: move(document, {self._note.id: place}))

    def end(self) -> None:
        """Leave the note where it was."""
        self.canvas.update()

    def hint(self) -> str:
        """What release does."""
        if self._note.is_pinned:
            return tr("Release moves the note; it stays pinned. Esc puts it back.")
        return tr("Release moves the note. Esc puts it back, Alt moves freely.")

    def paint(self, painter: QPainter) -> None:
        """The note at its new place."""
        canvas = self.canvas
        moved = msgspec.structs.replace(self._note, x=self._at[0], y=self._at[1])
        group = note_group(moved, canvas.workspace.style, canvas.workspace.text_engine)
        painter.save()
        painter.scale(canvas.camera.scale, canvas.camera.scale)
        painter.translate(-canvas.camera.left, -canvas.camera.top)
        canvas.renderer.primitives.paint(painter, [group])
        painter.restore()
