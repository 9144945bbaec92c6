"""The map canvas: turns pointer, keys, drops and menus into gestures and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QCursor, QNativeGestureEvent

from model.codes import ACTOR_KINDS, TRACKS
from model.commands.actors import add_actor
from model.commands.records import remove_with_dependents, set_fields
from model.drawing.actor import card_content
from model.records import Actor
from resources.text import plural, tr
from widgets.canvas import overlay
from widgets.canvas.editor import NameEditor
from widgets.canvas.gestures.band import RubberBand
from widgets.canvas.gestures.link import LinkByKeys, LinkDrag
from widgets.canvas.gestures.pan import Pan
from widgets.canvas.gestures.press import GRID, Press
from widgets.canvas.hits import NOTHING, Hit
from widgets.canvas.keys import KeyHandler
from widgets.canvas.menu import canvas_menu
from widgets.canvas.mime import actor_kind_of
from widgets.canvas.view import MapView

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPainter,
        QWheelEvent,
    )
    from PySide6.QtWidgets import QWidget

    from model.drawing.parts import Card
    from widgets.canvas.accessible import CanvasInterface
    from widgets.canvas.gestures.base import Gesture
    from widgets.common.workspace import Workspace

DEFAULT_LINK_KIND = "coordination"
_ZOOM_PER_DEGREE = 1.0055


class MapCanvas(MapView):
    """The map that can be edited.

    Signals:
        gesture_changed: a gesture began or ended.
        focus_left: Esc was pressed while all but a few things are dimmed.
    """

    gesture_changed = Signal()
    focus_left = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Show and edit the workspace's document."""
        super().__init__(workspace, parent)
        self.link_kind = DEFAULT_LINK_KIND
        self.gesture: Gesture | None = None
        self.editor: NameEditor | None = None
        self.accessible: CanvasInterface | None = None
        self._space = False
        self._keys = KeyHandler(self)
        self._hint = ""
        self.setAcceptDrops(True)
        self.setAccessibleName(tr("Map of actors and linkages"))
        self.camera_changed.connect(self._drop_hover)

    # gestures

    def begin(self, gesture: Gesture) -> None:
        """Start a gesture, ending any other without effect."""
        self.cancel_gesture()
        self.gesture = gesture
        self.gesture_changed.emit()
        self._tell(gesture.hint())
        self.update()

    def cancel_gesture(self) -> bool:
        """End the gesture in progress without effect; returns whether there was one."""
        gesture, self.gesture = self.gesture, None
        if gesture is None:
            return False
        gesture.cancel()
        self._ended()
        return True

    def _finish(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        gesture, self.gesture = self.gesture, None
        if gesture is not None:
            gesture.finish(point, modifiers)
            self._ended()

    def end_by_keys(self) -> None:
        """Finish linking by keyboard."""
        gesture, self.gesture = self.gesture, None
        if isinstance(gesture, LinkByKeys):
            gesture.confirm()
            self._ended()

    def _ended(self) -> None:
        self._tell("")
        self.gesture_changed.emit()
        self.update()

    def refresh_hint(self) -> None:
        """Tell what release would do now."""
        self._tell(self.gesture.hint() if self.gesture is not None else "")

    def _tell(self, hint: str) -> None:
        if hint != self._hint:
            self._hint = hint
            self.workspace.hinted.emit(hint)

    # pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start the gesture that fits what is under the pointer."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._keys.by_keyboard = False
        point, modifiers = event.position(), event.modifiers()
        if event.button() == Qt.MouseButton.MiddleButton or (
            self._space and event.button() == Qt.MouseButton.LeftButton
        ):
            self.begin(Pan(self, point))
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._press(point, modifiers)

    def _press(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self.hover = self.hit(point)
        if self.hover.kind == "handle":
            self.begin(LinkDrag(self, point, self.hover.id))
        elif self.hover.kind == "nothing":
            self.begin(RubberBand(self, point))
        else:
            self.begin(Press(self, point, self.hover, modifiers))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lead the gesture, or show what a press would take."""
        point = event.position()
        if self.gesture is not None and event.buttons() != Qt.MouseButton.NoButton:
            self.gesture.move(point, event.modifiers())
            self._tell(self.gesture.hint())
            self.update()
        elif self.gesture is None:
            self._hover_over(self.hit(point))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish the gesture."""
        if isinstance(self.gesture, LinkByKeys):
            return
        self._finish(event.position(), event.modifiers())
        self.unsetCursor()
        self._hover_over(self.hit(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename a card, or add an actor on empty ground."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.cancel_gesture()
        hit = self.hit(event.position())
        if hit.kind == "card":
            self.rename(hit.id)
        elif hit.kind == "nothing":
            self.add_at("other", *self.map_point(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is hovered any more."""
        super().leaveEvent(event)
        if self.gesture is None:
            self._hover_over(NOTHING)

    def _hover_over(self, hit: Hit) -> None:
        if hit != self.hover:
            self.hover = hit
            self.setCursor(_cursor(hit, space=self._space))
            self.update()

    def _drop_hover(self) -> None:
        if self.gesture is None:
            self.hover = NOTHING

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl zooms around the pointer; otherwise the wheel scrolls, with Shift sideways."""
        angle, pixels = event.angleDelta(), event.pixelDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(_ZOOM_PER_DEGREE ** (angle.y() / 4), event.position())
        else:
            step = pixels if not pixels.isNull() else QPoint(angle.x() // 2, angle.y() // 2)
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not step.x():
                step = QPoint(step.y(), 0)
            self.set_camera(self.camera.panned(step.x(), step.y()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinching zooms; Tab travels between cards before it leaves the map."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1.0 + event.value(), event.position())
                return True
        elif event.type() == QEvent.Type.ShortcutOverride and self.gesture is not None:
            event.accept()
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes to the next card; from the last one it leaves the map."""
        if self._keys.travel_in_order(forward=forward):
            return True
        return super().focusNextPrevChild(forward)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the key on; what is not ours goes to the window."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = True
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif not self._keys.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Releasing space ends pushing the map about."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self.unsetCursor()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A lost focus ends what the keyboard began."""
        super().focusOutEvent(event)
        self._space = False
        if isinstance(self.gesture, LinkByKeys):
            self.cancel_gesture()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the thing under the pointer, or with the selection."""
        self.cancel_gesture()
        point = QPointF(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            point = self._selection_point()
        else:
            hit = self.hit(point)
            key = hit.key
            if key is not None and key not in self.workspace.selection:
                self.workspace.select([key])
            elif key is None:
                self.workspace.select([])
        menu = canvas_menu(self, self.map_point(point))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(point.toPoint()))

    def _selection_point(self) -> QPointF:
        for key in self.workspace.selection:
            box = self.box_of(key)
            if box is not None:
                x, y = self.camera.to_screen((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
                return QPointF(x, y)
        return QPointF(self.width() / 2, self.height() / 2)

    # commands

    def add_at(self, kind: str, x: float, y: float) -> None:
        """Add an actor whose card's middle is at a map point, in the track there; then name it."""
        workspace, document = self.workspace, self.workspace.document
        band = self.scene.bands.at(y)
        tracks = () if band.code == "unknown" else (band.code,)
        draft = card_content(Actor(id="draft", name=tr("New actor"), kind=kind, tracks=tracks))
        left = GRID * round((x - draft.width / 2) / GRID)
        top = GRID * round(max(8.0, y - band.top - draft.height / 2) / GRID)
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
        """Open the name of a card for typing."""
        card = self.scene.cards.get(actor_id)
        if card is None:
            return
        if self.editor is not None:
            self.setFocus()
        self.workspace.select([("actors", actor_id)])
        self.reveal("actors", actor_id)
        place = overlay.screen_box(card.box, self.camera)
        self.editor = NameEditor(self, card.content.name, place)
        self.editor.done.connect(lambda text: self._renamed(actor_id, text))
        self.editor.dropped.connect(self._close_editor)

    def _renamed(self, actor_id: str, text: str) -> None:
        self._close_editor()
        document, name = self.workspace.document, " ".join(text.split())
        actor = document.actors.get(actor_id)
        if actor is not None and name and name != actor.name:
            values = {"name": name}
            self.workspace.attempt(lambda: set_fields(document, "actors", [actor_id], values))

    def _close_editor(self) -> None:
        self.editor = None

    def delete_selection(self) -> None:
        """Remove what is selected, with the linkages of removed cards, as one step."""
        document = self.workspace.document
        keys = {key for key in self.workspace.selection if key[0] in {"actors", "linkages"}}
        if not keys:
            return
        if len(keys) == 1:
            label = tr("Remove {name}", name=document.name_of(*next(iter(keys))))
        else:
            label = plural("Remove {count} thing", "Remove {count} things", len(keys))

        def remove() -> None:
            with document.edit(label) as edit:
                remove_with_dependents(edit, keys)

        self.workspace.attempt(remove)

    def select_all(self) -> None:
        """Select every card and linkage that is shown."""
        self._keys.select_all()

    def cards_in_order(self) -> list[Card]:
        """The cards in reading order: band by band, row by row."""
        return self._keys.in_order()

    def rename_selection(self) -> None:
        """Open the name of the selected card for typing."""
        self._keys.rename()

    def link_by_keys(self) -> None:
        """Begin to link from the selected card; the arrow keys choose the other one."""
        self._keys.link()

    # dragging in from the palette

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take actor kinds, nothing else."""
        if actor_kind_of(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Say where the actor would go."""
        kind = actor_kind_of(event.mimeData())
        if kind:
            _, y = self.map_point(event.position())
            self._tell(
                tr(
                    "Release adds an actor ({kind}) in {track}.",
                    kind=ACTOR_KINDS.label(kind),
                    track=TRACKS.label(self.scene.bands.at(y).code),
                )
            )
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing would be added any more."""
        self._tell("")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the actor where it was dropped."""
        kind = actor_kind_of(event.mimeData())
        self._tell("")
        if kind:
            event.acceptProposedAction()
            self.add_at(kind, *self.map_point(event.position()))

    # painting

    def paint_selected(self, painter: QPainter, table: str, record_id: str) -> None:
        """The marks of a selected thing."""
        self._mark(painter, table, record_id, self.camera.view(self.width(), self.height()))

    def paint_marks(self, painter: QPainter) -> None:
        """Selection, focus and the preview of the gesture."""
        dragging = self.gesture is not None and bool(self.frame.hidden_cards)
        if not dragging:
            super().paint_marks(painter)
            self._paint_focus(painter)
        if self.gesture is not None:
            self.gesture.paint(painter)

    def _paint_focus(self, painter: QPainter) -> None:
        if not self.hasFocus() or not self._keys.by_keyboard or not self.workspace.selection:
            return
        box = self.box_of(self.workspace.selection[-1])
        if box is not None:
            overlay.draw_card_frame(painter, box, self.camera, self.interaction.focus)


def _cursor(hit: Hit, *, space: bool) -> QCursor:
    if space:
        return QCursor(Qt.CursorShape.OpenHandCursor)
    shapes = {
        "handle": Qt.CursorShape.CrossCursor,
        "card": Qt.CursorShape.SizeAllCursor,
        "link": Qt.CursorShape.PointingHandCursor,
        "outline": Qt.CursorShape.PointingHandCursor,
    }
    return QCursor(shapes.get(hit.kind, Qt.CursorShape.ArrowCursor))
