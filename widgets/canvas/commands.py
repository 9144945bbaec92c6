"""What the canvas does to the document: adding, naming and removing, as commands of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.commands.actors import add_actor
from model.commands.bands import add_actor_opening
from model.commands.linkages import set_bends
from model.commands.records import remove_all, set_fields
from model.drawing.actor import card_content
from model.records import Actor
from resources.text import tr
from widgets.canvas import overlay
from widgets.canvas.band_edits import BandEdits
from widgets.canvas.editor import NameEditor
from widgets.canvas.gestures.grid import GRID
from widgets.canvas.group_edits import GroupEdits
from widgets.canvas.note_edits import NoteEdits
from widgets.canvas.selection_edits import SelectionEdits
from widgets.canvas.view import MapView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from widgets.common.workspace import Workspace

DEFAULT_LINK_KIND = "coordination"


_REMOVABLE = frozenset({"actors", "groups", "linkages", "notes"})


class MapCommands(MapView):
    """The view with the commands that change what it shows."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Show and change the workspace's document."""
        super().__init__(workspace, parent)
        self.link_kind = DEFAULT_LINK_KIND
        self.editor: NameEditor | None = None
        self._hint = ""
        self.edits = SelectionEdits(self)
        self.notes = NoteEdits(self)
        self.groups = GroupEdits(self)
        self.bands = BandEdits(self)

    def tell(self, hint: str) -> None:
        """Say in the status line what a release would do, or what just happened."""
        if hint != self._hint:
            self._hint = hint
            self.workspace.hinted.emit(hint)

    def add_at(self, kind: str, x: float, y: float) -> None:
        """Add an actor whose card's middle is at a map point, in the track there; then name it.

        A collapsed band opens, for nothing could be named there.
        """
        workspace, document = self.workspace, self.workspace.document
        band = self.scene.bands.at(y)
        tracks = () if band.code == "unknown" else (band.code,)
        draft = card_content(Actor(id="draft", name=tr("New actor"), kind=kind, tracks=tracks))
        left = GRID * round((x - draft.width / 2) / GRID)
        top = GRID * round(max(8.0, y - band.top - draft.height / 2) / GRID)
        if band.collapsed:
            made = workspace.attempt(lambda: add_actor_opening(document, kind, band.code))
        else:
            made = workspace.attempt(lambda: add_actor(document, kind, tracks, at=(left, top)))
        if made is not None:
            workspace.select([("actors", made.id)])
            self.rename(made.id)

    def add_in_view(self, kind: str) -> None:
        """Add an actor in the middle of the view."""
        x, y = self.camera.to_map(self.width() / 2, self.height() / 2)
        y = max(0.0, min(y, self.scene.bands.height - 1))
        step = 0
        while self.renderer.cards.names_within((x - 100, y - 30, x + 100, y + 30)) and step < 40:
            step += 1
            x += 40 if step % 6 else -200
            y += 0 if step % 6 else 80
        self.add_at(kind, x, y)

    def rename(self, actor_id: str) -> None:
        """Open the name of a card, or of a group, for typing."""
        if not self.workspace.may_edit():
            return
        card = self.scene.cards.get(actor_id)
        if card is None or card.table == "groups":
            self._rename_group(actor_id)
            return
        if self.editor is not None:
            self.setFocus()
        self.workspace.select([("actors", actor_id)])
        self.reveal("actors", actor_id)
        place = overlay.screen_box(self.seen_box(card), self.camera)
        self.editor = NameEditor(self, card.content.name, place)
        self.editor.done.connect(lambda text: self._renamed(actor_id, text))
        self.editor.dropped.connect(self._close_editor)

    def _rename_group(self, group_id: str) -> None:
        group = self.workspace.document.groups.get(group_id)
        box = self.box_of(("groups", group_id))
        if group is None or box is None:
            return
        if self.editor is not None:
            self.setFocus()
        self.bring_into_view(box)
        place = overlay.screen_box((box[0], box[1], box[0] + 200, box[1] + 28), self.camera)
        self.editor = NameEditor(self, group.label, place)
        self.editor.done.connect(lambda text: self._group_renamed(group_id, text))
        self.editor.dropped.connect(self._close_editor)

    def _group_renamed(self, group_id: str, text: str) -> None:
        self._close_editor()
        self.groups.renamed(group_id, text)

    def _renamed(self, actor_id: str, text: str) -> None:
        self._close_editor()
        document, name = self.workspace.document, " ".join(text.split())
        actor = document.actors.get(actor_id)
        if actor is not None and name and name != actor.name:
            values = {"name": name}
            self.workspace.attempt(lambda: set_fields(document, "actors", [actor_id], values))

    def _close_editor(self) -> None:
        self.editor = None

    def take_bend_out(self, link_id: str, at: int) -> None:
        """Let a line no longer run through one of its bends."""
        document = self.workspace.document
        bends = document.linkages[link_id].bends
        kept = bends[:at] + bends[at + 1 :]
        self.workspace.attempt(lambda: set_bends(document, link_id, kept))

    def delete_selection(self) -> None:
        """Remove what is selected, with the linkages of removed cards, as one step.

        A band alone is not removed before it is said where its actors go.
        """
        document = self.workspace.document
        keys = {key for key in self.workspace.selection if key[0] in _REMOVABLE}
        bands = self.workspace.selected("tracks")
        if keys:
            self.workspace.attempt(lambda: remove_all(document, keys))
        elif bands and self.workspace.may_edit():
            self.bands.ask_where_to(bands[-1])
