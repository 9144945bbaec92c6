"""The map canvas: turns pointer, keys, drops and menus into gestures and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QNativeGestureEvent
from PySide6.QtWidgets import QToolTip

from resources.text import tr
from widgets.canvas import overlay
from widgets.canvas.cursors import cursor_over
from widgets.canvas.drops import MapDrops
from widgets.canvas.gestures.band import RubberBand
from widgets.canvas.gestures.band_border import BandBorderDrag, border_at
from widgets.canvas.gestures.band_move import BandMove
from widgets.canvas.gestures.link import LinkByKeys, LinkDrag
from widgets.canvas.gestures.linkage import BendDrag, ReconnectDrag
from widgets.canvas.gestures.pan import Pan
from widgets.canvas.gestures.press import Press
from widgets.canvas.gliding import MOST_CARDS, Glide
from widgets.canvas.hits import NOTHING, Hit
from widgets.canvas.keys import KeyHandler
from widgets.canvas.menu import canvas_menu, line_up_menu, viewing_menu

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import (
        QFocusEvent,
        QHideEvent,
        QKeyEvent,
        QMouseEvent,
        QPainter,
        QWheelEvent,
    )
    from PySide6.QtWidgets import QWidget

    from model.drawing.parts import Card
    from widgets.canvas.gestures.base import Gesture
    from widgets.common.spoken_list import SpokenList
    from widgets.common.workspace import Key, Workspace

_ZOOM_PER_DEGREE = 1.0055
_MODIFIERS = frozenset({Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Shift, Qt.Key.Key_Control})


class MapCanvas(MapDrops):
    """The map that can be edited.

    Signals:
        gesture_changed: a gesture began or ended.
        led: a gesture follows the pointer to a pixel.
        focus_left: Esc was pressed while all but a few things are dimmed.
        corner_wanted: the small map or the legend is to be shown or hidden ("minimap", "legend").
    """

    gesture_changed = Signal()
    led = Signal(QPointF)
    focus_left = Signal()
    corner_wanted = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Show and edit the workspace's document."""
        super().__init__(workspace, parent)
        self.gesture: Gesture | None = None
        self.accessible: SpokenList[Key] | None = None
        self._space = False
        self._led_to: QPointF | None = None
        self._keys = KeyHandler(self)
        self.glide: Glide | None = None
        self.setAccessibleName(tr("Map of actors and linkages"))
        self.camera_changed.connect(self._drop_hover)
        workspace.committed.connect(lambda _: self._stop_gliding())
        workspace.committed.connect(lambda _: self._no_longer_so())
        workspace.selection_changed.connect(self._no_longer_so)
        workspace.broken_off.connect(self.break_off)

    # gestures

    def begin(self, gesture: Gesture) -> None:
        """Start a gesture, ending any other without effect."""
        self.cancel_gesture()
        self._led_to = None
        self.gesture = gesture
        self.gesture_changed.emit()
        self.tell(gesture.hint())
        self.update()

    def cancel_gesture(self) -> bool:
        """End the gesture in progress without effect; returns whether there was one."""
        gesture, self.gesture = self.gesture, None
        if gesture is None:
            return False
        gesture.cancel()
        self._ended()
        return True

    def may_refit(self) -> bool:
        """Not while something is held."""
        return self.gesture is None

    def _finish(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        gesture, self.gesture = self.gesture, None
        if gesture is not None:
            gesture.finish(point, modifiers)
            self._ended()

    def break_off(self) -> None:
        """End the gesture in progress without a release; what it moved stays there."""
        gesture, self.gesture = self.gesture, None
        if gesture is not None:
            gesture.break_off()
            self._ended()

    def end_by_keys(self) -> None:
        """Finish linking by keyboard."""
        gesture, self.gesture = self.gesture, None
        if isinstance(gesture, LinkByKeys):
            gesture.confirm()
            self._ended()

    def _ended(self) -> None:
        self._led_to = None
        self.tell("")
        self.gesture_changed.emit()
        self.update()

    def _no_longer_so(self) -> None:
        """Take back what was said of an earlier edit or selection."""
        if self.gesture is None:
            self.tell("")

    def refresh_hint(self) -> None:
        """Tell what release would do now."""
        self.tell(self.gesture.hint() if self.gesture is not None else "")

    # gliding

    def glide_from(self, before: Mapping[str, tuple[float, float]]) -> None:
        """Let cards glide from where they were to where they are now."""
        if self.isVisible() and len(before) <= MOST_CARDS:
            self.glide = Glide(self, before)
            self.glide.finished.connect(self._arrived)

    def _stop_gliding(self) -> None:
        if self.glide is not None:
            self.glide.stop()

    def _arrived(self) -> None:
        glide, self.glide = self.glide, None
        if glide is not None:
            glide.deleteLater()

    # pointer

    def hideEvent(self, event: QHideEvent) -> None:
        """What is hidden speaks to no screen reader."""
        super().hideEvent(event)
        if self.accessible is not None:
            self.accessible.release()
            self.accessible = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start the gesture that fits what is under the pointer."""
        self._stop_gliding()
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
        if self.workspace.is_protected:
            hit = self.hit(point)
            selects = hit.key is not None
            self.begin(Press(self, point, hit, modifiers) if selects else RubberBand(self, point))
            return
        band = border_at(self, point)
        if band:
            self.begin(BandBorderDrag(self, point, band))
            return
        strip = self.bands.on_strip(point)
        if strip:
            self.begin(BandMove(self, point, strip))
            return
        self.hover = self.hit(point)
        if self.hover.kind == "handle":
            self.begin(LinkDrag(self, point, self.hover.id))
        elif self.hover.kind == "end":
            self.begin(ReconnectDrag(self, point, self.hover.id, self.hover.part))
        elif self.hover.kind in {"bend", "pull"}:
            fresh = self.hover.kind == "pull"
            self.begin(BendDrag(self, point, self.hover.id, self.hover.part, fresh=fresh))
        elif self.hover.kind == "nothing":
            self.begin(RubberBand(self, point))
        else:
            self.begin(Press(self, point, self.hover, modifiers))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lead the gesture, or show what a press would take."""
        point = event.position()
        if self.gesture is not None and event.buttons() != Qt.MouseButton.NoButton:
            self._lead(point, event.modifiers())
        elif self.gesture is None and self.workspace.is_protected:
            self._hover_over(self.hit(point))
        elif self.gesture is None and border_at(self, point):
            self.hover = NOTHING
            self.setCursor(Qt.CursorShape.SplitVCursor)
        elif self.gesture is None and self.bands.on_strip(point):
            self.hover = NOTHING
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        elif self.gesture is None:
            self._hover_over(self.hit(point))
            if self.hover is NOTHING and not self._space:
                self.unsetCursor()

    def _lead(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Let the gesture follow the pointer, and say what release would do."""
        if self.gesture is not None:
            self._led_to = point
            self.led.emit(point)
            self.gesture.move(point, modifiers)
            self.tell(self.gesture.hint())
            self.update()

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
        if not self.workspace.may_edit():
            return
        strip = self.bands.on_strip(event.position())
        if strip:
            self.bands.rename(strip)
            return
        hit = self.hit(event.position())
        if hit.table == "tracks":
            self.bands.toggle(hit.id)
        elif hit.kind == "card" or (hit.kind == "outline" and hit.table == "groups"):
            self.rename(hit.id)
        elif hit.kind == "note":
            self.notes.write(hit.id)
        elif hit.kind == "bend":
            self.take_bend_out(hit.id, hit.part)
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
            self.setCursor(cursor_over(hit, space=self._space))
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
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            said = self.badges.said_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), said, self)
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
        if self._led_to is not None and event.key() in _MODIFIERS:
            self._lead(self._led_to, event.modifiers())
        elif event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = True
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif not self._keys.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Releasing space ends pushing the map about."""
        if self._led_to is not None and event.key() in _MODIFIERS:
            self._lead(self._led_to, event.modifiers())
        elif event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
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
        strip = self.bands.on_strip(point)
        if self.workspace.is_protected:
            menu = viewing_menu(self)
        else:
            menu = self.bands.menu(strip) if strip else canvas_menu(self, self.map_point(point))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(point.toPoint()))

    def _selection_point(self) -> QPointF:
        for key in self.workspace.selection:
            box = self.box_of(key)
            if box is not None:
                x, y = self.camera.to_screen((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
                return QPointF(x, y)
        return QPointF(self.width() / 2, self.height() / 2)

    # what the keyboard can ask for

    def select_all(self) -> None:
        """Select every card, linkage and note that is shown."""
        self._keys.select_all()

    def cards_in_order(self) -> list[Card]:
        """The cards in reading order: band by band, row by row."""
        return self._keys.in_order()

    def rename_selection(self) -> None:
        """Open the name of the selected card for typing."""
        self._keys.rename()

    def group_by_keys(self) -> None:
        """Make a group of the selected actors; collapse or open a selected one."""
        self._keys.group()

    def note_by_keys(self) -> None:
        """Write a note on what is selected, or a free one."""
        self._keys.note()

    def link_by_keys(self) -> None:
        """Begin to link from the selected card; the arrow keys choose the other one."""
        self._keys.link()

    def bands_by_keys(self) -> None:
        """Offer what can be done with each band."""
        menu = self.bands.all_bands_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(QPoint(round(overlay.STRIP), 40)))

    def line_up_by_keys(self) -> None:
        """Offer to line up the selected cards; says so where there are too few."""
        count = len(self.workspace.selected("actors"))
        if count < 2:
            self.tell(tr("Select two or more cards to line them up."))
            return
        menu = line_up_menu(self, count)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(QPoint(round(overlay.STRIP), 40)))

    # painting

    def paint_selected(self, painter: QPainter, table: str, record_id: str) -> None:
        """The marks of a selected thing."""
        self.marks.paint_one(painter, table, record_id)

    def paint_marks(self, painter: QPainter) -> None:
        """Selection, focus and the preview of the gesture."""
        dragging = (self.gesture is not None or self.glide is not None) and bool(
            self.frame.hidden_cards
        )
        if not dragging:
            super().paint_marks(painter)
            self._paint_focus(painter)
        if self.glide is not None:
            self.glide.paint(painter)
        if self.gesture is not None:
            self.gesture.paint(painter)

    def _paint_focus(self, painter: QPainter) -> None:
        if not self.hasFocus() or not self._keys.by_keyboard or not self.workspace.selection:
            return
        box = self.box_of(self.workspace.selection[-1])
        if box is not None:
            overlay.draw_card_frame(painter, box, self.camera, self.interaction.focus)
