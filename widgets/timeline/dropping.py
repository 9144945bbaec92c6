"""Actors dropped on an activity of the timeline become its participants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF
from PySide6.QtGui import QDragLeaveEvent, QDragMoveEvent, QDropEvent

from model.commands.timeline import add_participants
from resources.text import plural, tr
from widgets.common.dragged import records_of

if TYPE_CHECKING:
    from model.drawing.timeline_places import Placed
    from widgets.timeline.canvas import TimelineCanvas


class ActorDrop(QObject):
    """Watches the viewport of a canvas for actors that are dragged over it."""

    def __init__(self, canvas: TimelineCanvas) -> None:
        """Serve a canvas."""
        super().__init__(canvas)
        self._canvas = canvas
        canvas.viewport().setAcceptDrops(True)
        canvas.viewport().installEventFilter(self)
        takers = canvas.workspace.drop_takers
        takers.append(self.take)
        canvas.destroyed.connect(lambda: takers.remove(self.take))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say what a drop would do, and do it."""
        if isinstance(event, QDragLeaveEvent | QDropEvent) and not isinstance(
            event, QDragMoveEvent
        ):
            self._mark(None)
        if isinstance(event, QDragLeaveEvent):
            self._canvas.workspace.hinted.emit("")
            return True
        if isinstance(event, QDragMoveEvent):
            event.setAccepted(self._over(event))
            return True
        if isinstance(event, QDropEvent):
            self._drop(event)
            return True
        return super().eventFilter(watched, event)

    def take(self, at: QPoint, ids: tuple[str, ...], now: bool) -> str:
        """Actors dragged over from the map: say what letting go would do, or do it."""
        port = self._canvas.viewport()
        place = port.mapFromGlobal(at)
        if now or not port.isVisible() or not port.rect().contains(place):
            self._mark(None)
        if not port.isVisible() or not port.rect().contains(place) or not ids:
            return ""
        if self._canvas.workspace.is_protected:
            return ""
        activity_id = self._activity(QPointF(place), mark=not now)
        if not activity_id:
            return tr("Drop on an activity to make it take part.")
        workspace = self._canvas.workspace
        if now:
            workspace.attempt(lambda: add_participants(workspace.document, activity_id, ids))
        return self._offer_text(activity_id, len(ids))

    def _offer_text(self, activity_id: str, count: int) -> str:
        return plural(
            "Release to make {count} actor take part in “{title}”.",
            "Release to make {count} actors take part in “{title}”.",
            count,
            title=self._canvas.workspace.document.activities[activity_id].title,
        )

    def _activity(self, at: QPointF, *, mark: bool = False) -> str:
        hit = self._canvas.hit(at)
        placed = hit.placed if hit is not None and hit.placed.item.table == "activities" else None
        if mark:
            self._mark(placed)
        return "" if placed is None else placed.item.record_id

    def _mark(self, placed: Placed | None) -> None:
        """Outline what would take the actors."""
        if self._canvas.pointer.hovered is not placed:
            self._canvas.pointer.hovered = placed
            self._canvas.viewport().update()

    def _over(self, event: QDropEvent) -> bool:
        table, ids = records_of(event.mimeData())
        if table != "actors" or self._canvas.workspace.is_protected:
            return False
        activity_id = self._activity(event.position(), mark=True)
        workspace = self._canvas.workspace
        if not activity_id:
            workspace.hinted.emit(tr("Drop on an activity to make it take part."))
            return event.type() == QEvent.Type.DragEnter
        workspace.hinted.emit(self._offer_text(activity_id, len(ids)))
        return True

    def _drop(self, event: QDropEvent) -> None:
        workspace, activity_id = self._canvas.workspace, self._activity(event.position())
        table, ids = records_of(event.mimeData())
        known = [one for one in ids if one in workspace.document.actors]
        workspace.hinted.emit("")
        if table != "actors" or not activity_id or not known:
            event.ignore()
            return
        workspace.attempt(lambda: add_participants(workspace.document, activity_id, known))
        event.acceptProposedAction()
