"""A painted picture as a list for screen readers.

Map and timeline paint their things themselves, so Qt cannot know of them. Here they become entries
of a list for assistive technology; what an entry is called and where it lies, each picture says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QColor, QWindow
    from PySide6.QtWidgets import QWidget

K = TypeVar("K")


class Spoken(NamedTuple):
    """What is said of an entry: `place` in pixels of the picture."""

    name: str
    description: str
    place: QRect
    is_selected: bool
    is_in_view: bool
    is_read_only: bool = False


class Speaker(Protocol[K]):
    """What a picture tells of its things; K is what it knows them by."""

    def keys(self) -> Sequence[K]:
        """Its things in reading order; the same object again until something changes."""

    def forget(self) -> None:
        """Read the picture anew at the next question: something has changed."""

    def spoken(self, key: K) -> Spoken | None:
        """What is said of a thing; None when it is not shown."""

    def at(self, point: QPointF) -> K | None:
        """The thing under a pixel of the picture."""

    def current(self) -> K | None:
        """The thing that keys act on."""

    def summary(self) -> str:
        """What the whole picture shows."""


class SpokenList(QAccessibleWidget, Generic[K]):
    """A picture as the list of its things.

    Args:
        widget: what bears the name and the focus.
        surface: what the things are painted on; the widget itself or its viewport.
        speaker: knows the things.
    """

    def __init__(self, widget: QWidget, surface: QWidget, speaker: Speaker[K]) -> None:
        super().__init__(widget, QAccessible.Role.List, widget.accessibleName())
        self.named = widget
        self.surface = surface
        self.speaker = speaker
        self._entries: dict[K, SpokenEntry[K]] = {}
        self._keys: Sequence[K] = ()
        self._places: dict[K, int] = {}

    def release(self) -> None:
        """Let Qt forget it while the picture is hidden or about to go.

        Otherwise Qt would delete it after the widget, when Python has done so already.
        """
        for interface in (*self._entries.values(), self):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(interface))
        self._entries.clear()

    def tell_focus(self, key: K) -> None:
        """Tell screen readers that a thing has been selected."""
        at = self.position_of(key)
        if at >= 0 and QAccessible.isActive():
            event = QAccessibleEvent(self.named, QAccessible.Event.Focus)
            event.setChild(at)
            QAccessible.updateAccessibility(event)

    def position_of(self, key: K | None) -> int:
        """The place of a thing among the entries, -1 when it is not shown."""
        self._read()
        return -1 if key is None else self._places.get(key, -1)

    def childCount(self) -> int:
        """How many things are shown."""
        return len(self._read())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The thing at a place."""
        keys = self._read()
        return self._entry(keys[index]) if 0 <= index < len(keys) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The place of a thing."""
        return self.position_of(child.key) if isinstance(child, SpokenEntry) else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The thing under a point of the screen."""
        return self._shown(self.speaker.at(QPointF(self.surface.mapFromGlobal(QPoint(x, y)))))

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The selected thing."""
        return self._shown(self.speaker.current())

    def text(self, kind: QAccessible.Text) -> str:
        """Name, and what the whole shows."""
        if kind == QAccessible.Text.Name:
            return self.named.accessibleName()
        if kind == QAccessible.Text.Description:
            return self.speaker.summary()
        return super().text(kind)

    def _read(self) -> Sequence[K]:
        keys = self.speaker.keys()
        if keys is not self._keys:
            self._keys = keys
            self._places = {key: at for at, key in enumerate(keys)}
        return keys

    def _shown(self, key: K | None) -> SpokenEntry[K] | None:
        return self._entry(key) if key is not None and self.position_of(key) >= 0 else None

    def _entry(self, key: K) -> SpokenEntry[K]:
        found = self._entries.get(key)
        if found is None or not shiboken6.isValid(found):
            found = self._entries[key] = SpokenEntry(self, key)
        return found


class SpokenEntry(QAccessibleInterface, Generic[K]):
    """A thing of the picture."""

    def __init__(self, parent: SpokenList[K], key: K) -> None:
        super().__init__()
        self.key = key
        self._parent = parent
        self._surface = parent.surface

    def isValid(self) -> bool:
        """Whether the thing is still shown."""
        return shiboken6.isValid(self._surface) and self._spoken() is not None

    def object(self) -> QObject | None:  # type: ignore[override]
        """No object of its own stands behind it."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        """The window that the picture is in."""
        return self._surface.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        """The list."""
        return self._parent

    def childCount(self) -> int:
        """Things have no parts."""
        return 0

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Things have no parts."""
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Things have no parts."""
        return None

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """Things have no parts."""
        return -1

    def foregroundColor(self) -> QColor:
        """The colour of the picture's text."""
        return self._surface.palette().windowText().color()

    def backgroundColor(self) -> QColor:
        """The colour of the picture's ground."""
        return self._surface.palette().window().color()

    def text(self, kind: QAccessible.Text) -> str:
        """The thing in words; what else is to be known of it as description."""
        spoken = self._spoken()
        if spoken is None:
            return ""
        if kind == QAccessible.Text.Name:
            return spoken.name
        return spoken.description if kind == QAccessible.Text.Description else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Names are changed through the editors, not from here."""

    def rect(self) -> QRect:
        """Where the thing lies on the screen."""
        spoken = self._spoken()
        if spoken is None:
            return QRect()
        return QRect(self._surface.mapToGlobal(spoken.place.topLeft()), spoken.place.size())

    def role(self) -> QAccessible.Role:
        """An entry of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Whether it is selected, in view and open to editing."""
        state = QAccessible.State()
        spoken = self._spoken()
        if spoken is None:
            state.invisible = True
            return state
        state.selectable = state.focusable = True
        state.selected = spoken.is_selected
        state.focused = spoken.is_selected and self._parent.named.hasFocus()
        state.readOnly = spoken.is_read_only
        state.offscreen = not spoken.is_in_view
        return state

    def _spoken(self) -> Spoken | None:
        return self._parent.speaker.spoken(self.key)
