"""The map panel of the window: the canvas, and what it says while there is nothing on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from model.layout import apply_arrangement, arrange
from widgets.canvas.accessible import announce_canvas
from widgets.canvas.canvas import MapCanvas
from widgets.canvas.empty import EmptyMap

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from widgets.common.workspace import Workspace


class MapPanel(QWidget):
    """The map with its public actions.

    Signals:
        zoom_changed: the scale in per cent, for the status line.
    """

    zoom_changed = Signal(int)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Show the map of the workspace's document."""
        super().__init__(parent)
        self.workspace = workspace
        self.canvas = MapCanvas(workspace, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        self.empty = EmptyMap(self.canvas)
        self.empty.add_wanted.connect(lambda: self.canvas.add_in_view("other"))
        self.canvas.scene_changed.connect(self._on_scene)
        self.canvas.camera_changed.connect(
            lambda camera: self.zoom_changed.emit(round(100 * camera.scale))
        )
        announce_canvas(self.canvas)
        self._on_scene()

    def zoom_fit(self) -> None:
        """Show the whole map."""
        self.canvas.zoom_fit()

    def zoom_100(self) -> None:
        """Show the map in its own size."""
        self.canvas.zoom_100()

    def zoom_selection(self) -> None:
        """Show what is selected."""
        self.canvas.zoom_selection()

    def zoom_in(self) -> None:
        """Enlarge around the middle."""
        self.canvas.zoom_by(1.25)

    def zoom_out(self) -> None:
        """Shrink around the middle."""
        self.canvas.zoom_by(0.8)

    def delete_selection(self) -> None:
        """Remove what is selected."""
        self.canvas.delete_selection()

    def rename_selection(self) -> None:
        """Type a new name for the selected card."""
        self.canvas.rename_selection()

    def select_all(self) -> None:
        """Select every card and linkage that is shown."""
        self.canvas.select_all()

    def set_link_kind(self, kind: str) -> None:
        """The kind of linkage that is drawn from now on."""
        self.canvas.link_kind = kind

    def add_actor(self, kind: str) -> None:
        """Add an actor in the middle of the view and let it be named."""
        self.canvas.add_in_view(kind)

    def set_show_absent(self, wanted: bool) -> None:
        """Draw what is not there yet or no longer there as ghosts, or leave it out."""
        options = type(self.canvas.scene.options)(show_absent=wanted)
        self.canvas.set_options(options)

    def arrange(self) -> None:
        """Arrange all cards anew in their bands, as one step that can be undone."""
        document = self.workspace.document
        found = arrange(document, self.workspace.as_of)
        if found.places:
            self.workspace.attempt(lambda: apply_arrangement(document, found))
            self.zoom_fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the empty state in the middle."""
        super().resizeEvent(event)
        self.empty.settle()

    def _on_scene(self) -> None:
        self.empty.setVisible(not self.workspace.document.actors)
        self.empty.settle()
