"""What screen readers learn of the map: its cards and linkages by name, with state and place.

The canvas paints its cards itself, so Qt cannot know of them; here they become children of the
canvas for assistive technology, cards in reading order first, then linkages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from model.codes import LINKAGE_KINDS, TRACKS
from resources.text import plural, tr
from widgets.canvas.canvas import MapCanvas
from widgets.canvas.overlay import screen_box

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QColor, QWindow

    from widgets.common.workspace import Key

_STATES = {
    "planned": "planned",
    "ended": "ended",
    "doubtful": "status not known",
    "keep_apart": "keep apart",
    "wait": "wait",
}


def announce_canvas(canvas: MapCanvas) -> None:
    """Make the canvas known to screen readers and tell them of selections."""
    QAccessible.installFactory(_interface_for)
    canvas.workspace.selection_changed.connect(lambda keys: _tell_focus(canvas, keys))


def _interface_for(_name: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, MapCanvas):
        return None
    if thing.accessible is None:
        thing.accessible = CanvasInterface(thing)
    return thing.accessible


def _tell_focus(canvas: MapCanvas, keys: tuple[Key, ...]) -> None:
    if not QAccessible.isActive() or not keys or canvas.accessible is None:
        return
    at = canvas.accessible.position_of(keys[-1])
    if at >= 0:
        event = QAccessibleEvent(canvas, QAccessible.Event.Focus)
        event.setChild(at)
        QAccessible.updateAccessibility(event)


class CanvasInterface(QAccessibleWidget):
    """The canvas as a list of its cards and linkages."""

    def __init__(self, canvas: MapCanvas) -> None:
        """Speak for a canvas."""
        super().__init__(canvas, QAccessible.Role.List, canvas.accessibleName())
        self.canvas = canvas
        self._children: dict[Key, ThingInterface] = {}

    def release(self) -> None:
        """Let Qt forget it while the canvas is hidden or about to go.

        Otherwise Qt would delete it after the canvas, when Python has done so already.
        """
        for interface in (*self._children.values(), self):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(interface))
        self._children.clear()
        self.canvas.accessible = None

    def keys(self) -> list[Key]:
        """The cards in reading order, then the linkages."""
        cards: list[Key] = [card.key for card in self.canvas.cards_in_order()]
        return [*cards, *(("linkages", link_id) for link_id in self.canvas.scene.links)]

    def position_of(self, key: Key) -> int:
        """The place of a thing among the children, -1 when it is not shown."""
        keys = self.keys()
        return keys.index(key) if key in keys else -1

    def childCount(self) -> int:
        """How many things are on the map."""
        return len(self.canvas.scene.cards) + len(self.canvas.scene.links)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The thing at a place."""
        keys = self.keys()
        if not 0 <= index < len(keys):
            return None
        return self._child_for(keys[index])

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The place of a thing."""
        return self.position_of(child.key) if isinstance(child, ThingInterface) else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The thing under a point of the screen."""
        point = self.canvas.mapFromGlobal(QPoint(x, y)).toPointF()
        key = self.canvas.hit(point).key
        return self._child_for(key) if key is not None and self.position_of(key) >= 0 else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The selected thing."""
        selection = self.canvas.workspace.selection
        if selection and self.position_of(selection[-1]) >= 0:
            return self._child_for(selection[-1])
        return None

    def text(self, kind: QAccessible.Text) -> str:
        """Name, and how much is on the map."""
        if kind == QAccessible.Text.Name:
            return self.canvas.accessibleName()
        if kind == QAccessible.Text.Description:
            actors = plural("{count} actor", "{count} actors", len(self.canvas.scene.cards))
            links = plural("{count} linkage", "{count} linkages", len(self.canvas.scene.links))
            return f"{actors}, {links}"
        return super().text(kind)

    def _child_for(self, key: Key) -> ThingInterface:
        found = self._children.get(key)
        if found is None or not shiboken6.isValid(found):
            found = self._children[key] = ThingInterface(self.canvas, self, key)
        return found


class ThingInterface(QAccessibleInterface):
    """A card or linkage."""

    def __init__(self, canvas: MapCanvas, parent: CanvasInterface, key: Key) -> None:
        """Speak for a thing of the map."""
        super().__init__()
        self.canvas = canvas
        self.key = key
        self._parent = parent

    def isValid(self) -> bool:
        """Whether the thing is still on the map."""
        return shiboken6.isValid(self.canvas) and self.canvas.box_of(self.key) is not None

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
        """The colour of the canvas's text."""
        return self.canvas.palette().windowText().color()

    def backgroundColor(self) -> QColor:
        """The colour of the canvas."""
        return self.canvas.palette().window().color()

    def text(self, kind: QAccessible.Text) -> str:
        """The name in words; what it is linked to as description."""
        table, record_id = self.key
        if kind == QAccessible.Text.Name:
            return self._card_name(record_id) if table != "linkages" else self._link_name(record_id)
        if kind == QAccessible.Text.Description and table == "actors":
            return ", ".join(part for part in (self._links_of(record_id), self._badge()) if part)
        return self._badge() if kind == QAccessible.Text.Description else ""

    def _badge(self) -> str:
        """What the sign for what needs attention stands for."""
        return " ".join(one.message for one in self.canvas.badges.about(self.key))

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Names are changed through the editor, not from here."""

    def rect(self) -> QRect:
        """Where the thing lies on the screen."""
        box = self.canvas.box_of(self.key)
        if box is None:
            return QRect()
        place = screen_box(box, self.canvas.camera).toRect()
        return QRect(self.canvas.mapToGlobal(place.topLeft()), place.size())

    def role(self) -> QAccessible.Role:
        """An entry of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Whether it is selected and in view."""
        state = QAccessible.State()
        selected = self.key in self.canvas.workspace.selection
        state.selectable = state.focusable = True
        state.selected = selected
        state.focused = selected and self.canvas.hasFocus()
        box = self.canvas.box_of(self.key)
        view = self.canvas.camera.view(self.canvas.width(), self.canvas.height())
        state.offscreen = box is None or box[2] < view[0] or box[0] > view[2]
        state.invisible = box is None
        return state

    def _card_name(self, actor_id: str) -> str:
        card = self.canvas.scene.cards.get(actor_id)
        if card is None:
            return ""
        band = self.canvas.scene.bands.at(card.y + card.content.height / 2)
        return f"{card.content.spoken}, {TRACKS.label(band.code)}"

    def _link_name(self, link_id: str) -> str:
        link = self.canvas.scene.links.get(link_id)
        if link is None:
            return ""
        cards = self.canvas.scene.cards
        one, other = (cards[i].content.name for i in (link.from_id, link.to_id))
        words = tr(
            "{kind} from {one} to {other}",
            kind=LINKAGE_KINDS.label(link.content.kind),
            one=one,
            other=other,
        )
        if not link.content.directed:
            words = tr(
                "{kind} between {one} and {other}",
                kind=LINKAGE_KINDS.label(link.content.kind),
                one=one,
                other=other,
            )
        state = _STATES.get(link.content.state, "")
        if link.bundle:
            words = f"{words}, {link.content.text}"
        parts = [words, tr(state) if state else "", link.content.mark]
        return ", ".join(part for part in parts if part)

    def _links_of(self, actor_id: str) -> str:
        count = len(self.canvas.scene.links_of(actor_id))
        return plural("{count} linkage", "{count} linkages", count)
