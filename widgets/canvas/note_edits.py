"""Adding and writing notes on the map."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from model.commands.notes import add_note
from model.commands.records import set_fields
from model.drawing.boxes import overlap
from model.drawing.notes import WIDTH, note_height
from model.layout.nudge import free_shift
from resources.text import tr
from widgets.canvas import overlay
from widgets.canvas.note_editor import NoteEditor

if TYPE_CHECKING:
    from model.drawing.boxes import Box
    from widgets.canvas.commands import MapCommands
    from widgets.common.workspace import Key

_BELOW = 24.0
_ABOVE = 8.0
_LEAST_WIDTH = 220
_LINES = 2
"""So many lines of a new note find room."""


class NoteEdits:
    """Commands on the notes of a canvas.

    Attributes:
        editor: the slip that is being typed on, if there is one.
    """

    def __init__(self, canvas: MapCommands) -> None:
        """Work for a canvas."""
        self._canvas = canvas
        self.editor: NoteEditor | None = None

    def add_at(self, x: float, y: float) -> None:
        """Write a free note at a map point."""
        self._open("", (x, y), partial(self._added, (x, y), ("", "")))

    def add_near(self, x: float, y: float) -> None:
        """Write a free note near a map point, where it covers no card."""
        aside = self._aside(x, y)
        self.add_at(float(round(x + aside[0])), float(round(y + aside[1])))

    def _aside(self, x: float, y: float) -> tuple[float, float]:
        """How far a slip is put from a place so that it covers neither cards nor other slips."""
        scene = self._canvas.scene
        others = [note.box for note in scene.notes.values()]

        def is_free(box: Box) -> bool:
            return not scene.cards_near(box) and not any(overlap(box, one) for one in others)

        slip = (x, y, x + WIDTH, y + note_height(_LINES))
        return free_shift([slip], is_free) or (0.0, 0.0)

    def add_to(self, key: Key) -> None:
        """Write a note pinned to a card, group or linkage, beside it or near there."""
        origin = self._canvas.scene.anchor(*key)
        box = self._canvas.box_of(key)
        if origin is None or box is None:
            return
        down = box[3] - origin[1] + _BELOW if key[1] in self._canvas.scene.cards else _BELOW
        if key in self._canvas.scene.outlines and key[0] == "groups":
            down = -note_height(_LINES) - _ABOVE
        aside = self._aside(origin[0], origin[1] + down)
        at = (float(round(aside[0])), float(round(down + aside[1])))
        self._open("", (origin[0] + at[0], origin[1] + at[1]), partial(self._added, at, key))

    def write(self, note_id: str) -> None:
        """Change what a note says."""
        note = self._canvas.scene.notes.get(note_id)
        if note is not None:
            self._canvas.workspace.select([("notes", note_id)])
            self._open(note.text, (note.x, note.y), partial(self._written, note_id))

    def _open(self, text: str, at: tuple[float, float], done: partial[None]) -> None:
        canvas = self._canvas
        if not canvas.workspace.may_edit():
            return
        canvas.show_notes()
        if self.editor is not None:
            canvas.setFocus()
        box: Box = (at[0], at[1], at[0] + WIDTH, at[1] + note_height(5))
        canvas.bring_into_view(box)
        place = overlay.screen_box(box, canvas.camera).toRect()
        place.setWidth(max(place.width(), _LEAST_WIDTH))
        place.setHeight(max(place.height(), 90))
        editor = self.editor = NoteEditor(canvas, text, place)
        editor.done.connect(self._closed)
        editor.done.connect(done)
        editor.dropped.connect(self._closed)
        canvas.tell(tr("Ctrl+Enter or a click elsewhere keeps the note, Esc drops it."))

    def _closed(self, _text: str = "") -> None:
        self.editor = None
        self._canvas.tell("")

    def _added(self, at: tuple[float, float], target: Key, text: str) -> None:
        if text.strip():
            workspace = self._canvas.workspace
            made = workspace.attempt(lambda: add_note(workspace.document, text.strip(), at, target))
            if made is not None:
                workspace.select([("notes", made.id)])

    def _written(self, note_id: str, text: str) -> None:
        document = self._canvas.workspace.document
        note = document.notes.get(note_id)
        if note is not None and text.strip() and text.strip() != note.text:
            values = {"text": text.strip()}
            self._canvas.workspace.attempt(lambda: set_fields(document, "notes", [note_id], values))
