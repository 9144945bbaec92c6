"""Wheel and fingers: they scroll and zoom a timeline, at most once a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QNativeGestureEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture

from widgets.timeline.gestures import FRAME_MS
from widgets.timeline.timers import resting_timer

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

    from widgets.timeline.canvas import TimelineCanvas

ZOOM_STEP = 1.25
_NOTCH = 120.0
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class ZoomInput:
    """Serves one canvas."""

    def __init__(self, canvas: TimelineCanvas) -> None:
        """Begin with nothing turned."""
        self._canvas = canvas
        self._timer = resting_timer(canvas, FRAME_MS, self._turn)
        self._turned = (1.0, 0.0)

    def listen(self) -> None:
        """Hear of two fingers as well."""
        self._canvas.viewport().grabGesture(Qt.GestureType.PinchGesture)

    def wheel(self, event: QWheelEvent) -> None:
        """Wheel: rows; with Shift: earlier and later; with Ctrl: zoom around the pointer."""
        step = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
        if event.modifiers() & _CTRL:
            amount = event.angleDelta().y() or event.angleDelta().x()
            self._add(ZOOM_STEP ** (amount / _NOTCH), event.position().x())
        elif event.modifiers() & _SHIFT:
            self._canvas.scroll_by(-(step.x() or step.y()), 0)
        else:
            self._canvas.scroll_by(-step.x(), -step.y())
        event.accept()

    def gesture(self, event: QEvent) -> bool:
        """Zoom by what two fingers do on a touchpad or screen; False for other events."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
                return False
            self._add(max(1.0 + event.value(), 0.1), event.position().x())
            return True
        if event.type() == QEvent.Type.Gesture:
            pinch = cast("QGestureEvent", event).gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                port = self._canvas.viewport()
                self.pinch(pinch.scaleFactor(), port.mapFromGlobal(pinch.centerPoint()).x())
                return True
        return False

    def pinch(self, factor: float, at_x: float) -> None:
        """Zoom by how far two fingers went apart since the last event."""
        if factor > 0:
            self._add(factor, at_x)

    def _add(self, factor: float, at_x: float) -> None:
        self._turned = (self._turned[0] * factor, at_x)
        if not self._timer.isActive():
            self._timer.start()

    def _turn(self) -> None:
        """Zoom by all turns since the last frame."""
        (factor, at_x), self._turned = self._turned, (1.0, 0.0)
        self._canvas.zoom_by(factor, at_x)
