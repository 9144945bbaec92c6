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
    from collections.abc import Iterable

    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPainter

    from model.drawing.notes import NoteCard
    from widgets.canvas.canvas import MapCanvas


class NotesAlong:
    """The selected notes that cards take with them when they are moved.

    Notes pinned to one of these cards, to a line that ends there or to their group go along anyway.
    """

    def __init__(
        self, canvas: MapCanvas, ids: Iterable[str], cards: frozenset[str], links: frozenset[str]
    ) -> None:
        """Take those of some notes that do not go along anyway."""
        self._canvas = canvas
        records = canvas.workspace.document.notes
        groups = canvas.scene.outlines.values()
        outlines = {one.membership.key[1] for one in groups if cards & {*one.membership.member_ids}}
        held = cards | links | outlines
        self._notes = [canvas.scene.notes[i] for i in ids if records[i].target_id not in held]

    def __len__(self) -> int:
        return len(self._notes)

    def places(self, shift: tuple[float, float]) -> dict[str, tuple[float, float]]:
        """The new places, as placements keep them."""
        return {
            note.id: (
                note.x + shift[0] - note.origin[0],
                note.y + shift[1] - note.origin[1],
            )
            for note in self._notes
        }

    def paint(self, painter: QPainter, shift: tuple[float, float]) -> None:
        """The slips at their new places."""
        for note in self._notes:
            moved = msgspec.structs.replace(note, x=note.x + shift[0], y=note.y + shift[1])
            _paint_slip(self._canvas, painter, moved)


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
        moved = msgspec.structs.replace(self._note, x=self._at[0], y=self._at[1])
        _paint_slip(self.canvas, painter, moved)


def _paint_slip(canvas: MapCanvas, painter: QPainter, note: NoteCard) -> None:
    group = note_group(note, canvas.workspace.style, canvas.workspace.text_engine)
    painter.save()
    painter.scale(canvas.camera.scale, canvas.camera.scale)
    painter.translate(-canvas.camera.left, -canvas.camera.top)
    canvas.renderer.primitives.paint(painter, [group])
    painter.restore()
