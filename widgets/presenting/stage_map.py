"""The presented map: it can be moved, enlarged and pointed at, and nothing on it can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QPointF, Qt, Signal

from widgets.canvas.view import MapView

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QWheelEvent

    from widgets.common.workspace import Workspace

_ZOOM_PER_NOTCH = 1.15
_NOTCH = 120.0
_CLICK = 4.0


class StageMap(MapView):
    """A map to look at.

    Signals:
        pointed: an actor's id was clicked, or "" for empty ground.
        hovered: where the pointer is, in pixels of the map.
    """

    pointed = Signal(str)
    hovered = Signal(QPointF)

    def __init__(self, workspace: Workspace) -> None:
        """Show the workspace's document."""
        super().__init__(workspace)
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def look_through(self, visible: frozenset[str] | None, lit: frozenset[str] | None) -> None:
        """Show only what is visible, and dim all but what is lit."""
        options = self.scene.options
        if options.visible != visible:
            self.set_options(msgspec.structs.replace(options, visible=visible))
        self.spotlight.set_lit(lit)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to push the map about, or to point."""
        self._pressed = self._last = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Push the map about."""
        self.hovered.emit(event.position())
        if self._pressed is not None:
            way = event.position() - self._last
            self._last = event.position()
            self.set_camera(self.camera.panned(way.x(), way.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press without a push points at what lies there."""
        pressed, self._pressed = self._pressed, None
        if pressed is not None and (event.position() - pressed).manhattanLength() < _CLICK:
            hit = self.hit(event.position())
            self.pointed.emit(hit.id if hit.kind == "card" else "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel enlarges around the pointer."""
        self.zoom_by(_ZOOM_PER_NOTCH ** (event.angleDelta().y() / _NOTCH), event.position())
        event.accept()
