"""Dragging into the map: actor kinds from the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.codes import ACTOR_KINDS
from resources.text import tr
from widgets.canvas.commands import MapCommands
from widgets.canvas.mime import actor_kind_of

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
    from PySide6.QtWidgets import QWidget

    from widgets.common.workspace import Workspace


class MapDrops(MapCommands):
    """The map that takes what is dropped on it."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Show the workspace's document and take drops."""
        super().__init__(workspace, parent)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take actor kinds, nothing else."""
        if actor_kind_of(event.mimeData()) and not self.workspace.is_protected:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Say where the actor would go."""
        kind = actor_kind_of(event.mimeData())
        if kind:
            _, y = self.map_point(event.position())
            band, name = self.scene.bands.at(y), ACTOR_KINDS.label(kind)
            words = tr("Release adds an actor ({kind}) in {track}.", kind=name, track=band.title)
            if band.collapsed:
                words = tr(
                    "Release opens {track} and adds an actor ({kind}) there.",
                    kind=name,
                    track=band.title,
                )
            self.tell(words)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing would be added any more."""
        self.tell("")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the actor where it was dropped."""
        kind = actor_kind_of(event.mimeData())
        self.tell("")
        if kind:
            event.acceptProposedAction()
            self.add_at(kind, *self.map_point(event.position()))
