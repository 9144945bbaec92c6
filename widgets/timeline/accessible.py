"""What screen readers learn of the timeline: its items as a list, each with dates and marks.

The canvas paints its items itself, so Qt cannot know of them; here they become children of the
canvas for assistive technology, row by row, in order of time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from model.drawing.timeline import timeline_alt
from widgets.timeline.canvas import TimelineCanvas

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QColor, QWindow

    from model.drawing.timeline_layout import TimelineLayout
    from model.drawing.timeline_places import Placed
    from widgets.common.workspace import Key


def announce_timeline(canvas: TimelineCanvas) -> None:
    """Make the canvas known to screen readers and tell them of selections."""
    QAccessible.installFactory(_interface_for)
    canvas.workspace.selection_changed.connect(lambda keys: _tell_focus(canvas, keys))


def _interface_for(_name: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, TimelineCanvas):
        return None
    if thing.accessible is None:
        thing.accessible = TimelineInterface(thing)
    return thing.accessible


def _tell_focus(canvas: TimelineCanvas, keys: tuple[Key, ...]) -> None:
    if not QAccessible.isActive() or not keys or canvas.accessible is None:
        return
    placed = canvas.picture.find(*keys[-1])
    at = canvas.accessible.position_of(placed.item.key) if placed is not None else -1
    if at >= 0:
        event = QAccessibleEvent(canvas, QAccessible.Event.Focus)
        event.setChild(at)
        QAccessible.updateAccessibility(event)


class TimelineInterface(QAccessibleWidget):
    """The timeline as a list of its items."""

    def __init__(self, canvas: TimelineCanvas) -> None:
        """Speak for a canvas."""
        super().__init__(canvas, QAccessible.Role.List, canvas.accessibleName())
        self.canvas = canvas
        self._children: dict[str, ItemInterface] = {}
        self._known: TimelineLayout | None = None
        self._order: dict[str, Placed] = {}
        self._keys: list[str] = []

    def release(self) -> None:
        """Let Qt forget it while the canvas is hidden or about to go.

        Otherwise Qt would delete it after the canvas, when Python has done so already.
        """
        for interface in (*self._children.values(), self):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(interface))
        self._children.clear()
        self.canvas.accessible = None

    def placed(self, key: str) -> Placed | None:
        """The place of an item; None when it is not shown."""
        self._read()
        return self._order.get(key)

    def position_of(self, key: str) -> int:
        """The place of an item among the children, -1 when it is not shown."""
        self._read()
        return self._keys.index(key) if key in self._order else -1

    def childCount(self) -> int:
        """How many items are shown."""
        self._read()
        return len(self._keys)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The item at a place."""
        self._read()
        return self._child_for(self._keys[index]) if 0 <= index < len(self._keys) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The place of an item."""
        return self.position_of(child.key) if isinstance(child, ItemInterface) else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The item under a point of the screen."""
        point = self.canvas.viewport().mapFromGlobal(QPoint(x, y))
        hit = self.canvas.hit(QPointF(point))
        return self._child_for(hit.placed.item.key) if hit is not None else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The selected item."""
        current = self.canvas.current
        return self._child_for(current.item.key) if current is not None else None

    def text(self, kind: QAccessible.Text) -> str:
        """Name, and what the whole shows."""
        if kind == QAccessible.Text.Name:
            return self.canvas.accessibleName()
        if kind == QAccessible.Text.Description:
            return timeline_alt(self.canvas.picture.layout, self.canvas.workspace.as_of)
        return super().text(kind)

    def _read(self) -> None:
        layout = self.canvas.picture.layout
        if layout is not self._known:
            self._known = layout
            self._order = {placed.item.key: placed for placed in layout.placed()}
            self._keys = list(self._order)

    def _child_for(self, key: str) -> ItemInterface:
        found = self._children.get(key)
        if found is None or not shiboken6.isValid(found):
            found = self._children[key] = ItemInterface(self.canvas, self, key)
        return found


class ItemInterface(QAccessibleInterface):
    """One item of the timeline."""

    def __init__(self, canvas: TimelineCanvas, parent: TimelineInterface, key: str) -> None:
        """Speak for an item."""
        super().__init__()
        self.canvas = canvas
        self.key = key
        self._parent = parent

    def isValid(self) -> bool:
        """Whether the item is still shown."""
        return shiboken6.isValid(self.canvas) and self._parent.placed(self.key) is not None

    def object(self) -> QObject | None:  # type: ignore[override]
        """No object of its own stands behind it."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        """The window that the canvas is in."""
        return self.canvas.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        """The canvas."""
        return self._parent

    def childCount(self) -> int:
        """Items have no parts."""
        return 0

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Items have no parts."""
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Items have no parts."""
        return None

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """Items have no parts."""
        return -1

    def foregroundColor(self) -> QColor:
        """The colour of the canvas's text."""
        return self.canvas.palette().windowText().color()

    def backgroundColor(self) -> QColor:
        """The colour of the canvas."""
        return self.canvas.palette().window().color()

    def text(self, kind: QAccessible.Text) -> str:
        """The item in words, with its dates as exact as they are, and its mark."""
        placed = self._parent.placed(self.key)
        if placed is None or kind != QAccessible.Text.Name:
            return ""
        return placed.item.alt

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Titles are changed through the editor, not from here."""

    def rect(self) -> QRect:
        """Where the item lies on the screen."""
        placed = self._parent.placed(self.key)
        if placed is None:
            return QRect()
        place = self.canvas.view_rect(placed)
        return QRect(self.canvas.viewport().mapToGlobal(place.topLeft()), place.size())

    def role(self) -> QAccessible.Role:
        """An entry of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Whether it is selected and in view."""
        state = QAccessible.State()
        placed = self._parent.placed(self.key)
        if placed is None:
            state.invisible = True
            return state
        key = (placed.item.table, placed.item.record_id)
        selected = key in self.canvas.workspace.selection
        state.selectable = state.focusable = True
        state.selected = selected
        state.focused = selected and self.canvas.hasFocus()
        state.readOnly = not placed.item.editable
        state.offscreen = not self.canvas.body_rect().intersects(self.canvas.view_rect(placed))
        return state
