"""The keyboard on the map: travel, nudge, rename, delete, link, zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from model.commands.actors import move
from model.search import fold
from resources.text import tr
from widgets.canvas.gestures.grid import GRID
from widgets.canvas.gestures.link import LinkByKeys
from widgets.canvas.gestures.note import NotesAlong
from widgets.canvas.reading_order import in_reading_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from model.drawing.parts import Card
    from widgets.canvas.canvas import MapCanvas

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_SCROLL = 64.0
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


class KeyHandler:
    """Turns key presses into commands on a canvas.

    Attributes:
        by_keyboard: whether the last thing was chosen by keyboard, so that focus is shown.
    """

    def __init__(self, canvas: MapCanvas) -> None:
        """Handle keys for a canvas."""
        self._canvas = canvas
        self.by_keyboard = False
        self._stands_at = ""

    def press(self, event: QKeyEvent) -> bool:
        """Handle a key; returns False for keys that mean nothing here."""
        canvas = self._canvas
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            return self._escape()
        if isinstance(canvas.gesture, LinkByKeys):
            return self._while_linking(key)
        if key in _ARROWS:
            return self._arrow(key, event)
        action = self._action(key, event.modifiers())
        if action is None:
            return False
        action()
        return True

    def _action(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> Callable[[], None] | None:
        canvas = self._canvas
        if modifiers & _CTRL:
            return {
                Qt.Key.Key_Plus: lambda: canvas.zoom_by(1.25),
                Qt.Key.Key_Equal: lambda: canvas.zoom_by(1.25),
                Qt.Key.Key_Minus: lambda: canvas.zoom_by(0.8),
                Qt.Key.Key_0: canvas.zoom_fit,
                Qt.Key.Key_1: canvas.zoom_100,
                Qt.Key.Key_A: self.select_all,
                Qt.Key.Key_C: canvas.edits.copy,
                Qt.Key.Key_X: canvas.edits.cut,
                Qt.Key.Key_V: canvas.edits.paste,
                Qt.Key.Key_D: canvas.edits.duplicate,
            }.get(key)
        if modifiers & _ALT:
            return None
        plain: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Delete: canvas.delete_selection,
            Qt.Key.Key_Backspace: canvas.delete_selection,
            Qt.Key.Key_F2: self.rename,
            Qt.Key.Key_Return: self.rename,
            Qt.Key.Key_Enter: self.rename,
            Qt.Key.Key_L: self.link,
            Qt.Key.Key_E: lambda: self.linkage(by=-1 if modifiers & _SHIFT else 1),
            Qt.Key.Key_N: self.note,
            Qt.Key.Key_B: self.bands,
            Qt.Key.Key_M: lambda: canvas.corner_wanted.emit("minimap"),
            Qt.Key.Key_K: lambda: canvas.corner_wanted.emit("legend"),
            Qt.Key.Key_G: self.group,
            Qt.Key.Key_P: canvas.edits.toggle_pins,
            Qt.Key.Key_Insert: lambda: canvas.add_in_view("other"),
            Qt.Key.Key_Home: canvas.zoom_fit,
        }
        return plain.get(key)

    def _escape(self) -> bool:
        if self._canvas.cancel_gesture():
            return True
        if self._canvas.spotlight.lit is not None:
            self._canvas.focus_left.emit()
            return True
        if self._canvas.workspace.selection:
            self._canvas.workspace.select([])
            return True
        return False

    def select_all(self) -> None:
        """Select every card, linkage and note that is shown."""
        scene = self._canvas.scene
        cards = [card.key for card in scene.cards.values()]
        links = [("linkages", i) for i in scene.links]
        self._canvas.workspace.select([*cards, *links, *(("notes", i) for i in scene.notes)])

    def rename(self) -> None:
        """Open the name of the selected card for typing."""
        ids = self._canvas.workspace.selected("actors")
        notes = self._canvas.workspace.selected("notes")
        groups = self._canvas.workspace.selected("groups")
        bands = self._canvas.workspace.selected("tracks")
        if bands:
            self._canvas.bands.rename(bands[-1])
        elif ids or groups:
            self._canvas.rename((*ids, *groups)[-1])
        elif notes:
            self._canvas.notes.write(notes[-1])

    def group(self) -> None:
        """Collapse or open the selected group; make one of several selected actors."""
        bands = self._canvas.workspace.selected("tracks")
        if bands:
            self._canvas.bands.toggle(bands[-1])
        elif self._canvas.groups.collapsible() is not None:
            self._canvas.groups.toggle()
        elif len(self._canvas.workspace.selected("actors")) > 1:
            self._canvas.groups.make()

    def bands(self) -> None:
        """Offer what can be done with each band."""
        if self._canvas.workspace.may_edit():
            self._canvas.bands_by_keys()

    def note(self) -> None:
        """Write a note on what is selected, or a free one in the middle of the view."""
        canvas = self._canvas
        kinds = {"actors", "linkages", "groups"}
        keys = [key for key in canvas.workspace.selection if key[0] in kinds]
        if keys:
            canvas.notes.add_to(keys[-1])
        else:
            canvas.notes.add_near(*canvas.camera.to_map(canvas.width() / 2, canvas.height() / 2))

    def link(self) -> None:
        """Begin to link from the selected card by keyboard."""
        ids = self._canvas.workspace.selected("actors")
        shown = bool(ids) and ids[-1] in self._canvas.scene.cards
        if shown and self._canvas.workspace.may_edit():
            self._canvas.begin(LinkByKeys(self._canvas, ids[-1]))

    def linkage(self, by: int) -> None:
        """Select the next linkage of the card where one stands, in the order of the other ends."""
        scene, selection = self._canvas.scene, self._canvas.workspace.selection
        table, current = selection[-1] if selection else ("", "")
        if table == "linkages" and current in scene.links:
            ends = (scene.links[current].from_id, scene.links[current].to_id)
            self._stands_at = self._stands_at if self._stands_at in ends else ends[0]
        else:
            self._stands_at = self._current()
        mine = self._linkages_at(self._stands_at)
        if not mine:
            self._canvas.tell(tr("Select a card that has linkages first."))
            return
        if current in mine:
            at = (mine.index(current) + by) % len(mine)
        else:
            at = 0 if by > 0 else len(mine) - 1
        self.by_keyboard = True
        self._canvas.workspace.select([("linkages", mine[at])])
        self._canvas.reveal("linkages", mine[at])
        words = tr("Linkage {number} of {count}", number=at + 1, count=len(mine))
        self._canvas.tell(words)

    def _linkages_at(self, card_id: str) -> list[str]:
        """The lines that end at a card, in the order of the names at their other ends."""
        scene = self._canvas.scene
        found = []
        for link in scene.links.values():
            if card_id in {link.from_id, link.to_id}:
                other = link.to_id if link.from_id == card_id else link.from_id
                card = scene.cards.get(other)
                found.append((fold(card.content.name) if card else "", link.id))
        return [link_id for _, link_id in sorted(found)]

    # travelling

    def travel_in_order(self, *, forward: bool) -> bool:
        """Select the next or previous card in reading order; False at the end of the row."""
        cards = self.in_order()
        if not cards or isinstance(self._canvas.gesture, LinkByKeys):
            return bool(self._canvas.gesture)
        ids = [card.id for card in cards]
        current = self._current()
        if current in ids:
            at = ids.index(current) + (1 if forward else -1)
            if not 0 <= at < len(ids):
                return False
        else:
            at = 0 if forward else len(ids) - 1
        self._choose(ids[at])
        return True

    def in_order(self) -> list[Card]:
        """The cards band by band, row by row, from left to right."""
        return in_reading_order(self._canvas.scene)

    def _current(self) -> str:
        ids = [i for _, i in self._canvas.workspace.selection if i in self._canvas.scene.cards]
        return ids[-1] if ids else ""

    def _choose(self, actor_id: str, *, besides: bool = False) -> None:
        """Go to a card; with `besides` what was selected stays so."""
        self.by_keyboard = True
        key = self._canvas.scene.cards[actor_id].key
        kept = self._canvas.workspace.selection if besides else ()
        self._canvas.workspace.select([*(one for one in kept if one != key), key])
        self._canvas.reveal(*key)

    def _arrow(self, key: Qt.Key, event: QKeyEvent) -> bool:
        dx, dy = _ARROWS[key]
        modifiers = event.modifiers()
        if modifiers & _CTRL:
            target = self._towards(self._current(), dx, dy)
            if target:
                self._choose(target, besides=bool(modifiers & _SHIFT))
        elif self._current() or self._notes():
            self._nudge(dx, dy, 1.0 if modifiers & _SHIFT else GRID)
        else:
            shift = (-dx * _SCROLL, -dy * _SCROLL)
            self._canvas.set_camera(self._canvas.camera.panned(*shift))
        return True

    def _notes(self) -> list[str]:
        scene = self._canvas.scene
        return [i for i in self._canvas.workspace.selected("notes") if i in scene.notes]

    def _nudge(self, dx: int, dy: int, step: float) -> None:
        """Move the selected cards and notes a little; a run of nudges is one step of undo."""
        canvas = self._canvas
        scene, document = canvas.scene, canvas.workspace.document
        ids = [i for _, i in canvas.workspace.selection if i in scene.cards]
        places = {}
        for actor_id in scene.actors_of(ids):
            x, y = scene.place_of(actor_id)
            places[actor_id] = (x + dx * step, y + dy * step)
        links = frozenset().union(*(scene.links_of(i) for i in ids))
        notes = NotesAlong(canvas, self._notes(), frozenset(ids), links)
        places |= notes.places((dx * step, dy * step))
        key = f"nudge/{','.join(sorted(places))}"
        canvas.workspace.attempt(lambda: move(document, places, merge_key=key))
        self._warn_of_covering(ids)

    def _warn_of_covering(self, ids: list[str]) -> None:
        """Say which card a nudged one covers now; the user sees what happens and may go on."""
        scene = self._canvas.scene
        for actor_id in (i for i in ids if i in scene.cards):
            under = [i for i in scene.cards_near(scene.cards[actor_id].box) if i not in ids]
            if under:
                one, other = scene.cards[actor_id], scene.cards[under[0]]
                words = tr(
                    "{one} now covers {other}.", one=one.content.name, other=other.content.name
                )
                self._canvas.tell(words)
                return
        self._canvas.tell("")

    def _towards(self, actor_id: str, dx: int, dy: int, besides: str = "") -> str:
        """The nearest card in a direction; cards off to the side count as farther."""
        scene = self._canvas.scene
        if actor_id not in scene.cards:
            cards = self.in_order()
            return cards[0].id if cards else ""
        left, top, right, bottom = scene.cards[actor_id].box
        x, y = (left + right) / 2, (top + bottom) / 2
        best, least = "", float("inf")
        for other in scene.cards.values():
            box = other.box
            way_x, way_y = (box[0] + box[2]) / 2 - x, (box[1] + box[3]) / 2 - y
            ahead, aside = (way_x, abs(way_y)) if dx else (way_y, abs(way_x))
            ahead *= dx or dy
            if other.id not in {actor_id, besides} and ahead > 4:
                cost = ahead + 2.5 * aside
                if cost < least:
                    best, least = other.id, cost
        return best

    def _while_linking(self, key: Qt.Key) -> bool:
        canvas = self._canvas
        gesture = canvas.gesture
        if not isinstance(gesture, LinkByKeys):
            return False
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            canvas.end_by_keys()
        elif key in _ARROWS:
            here = gesture.target or gesture.from_id
            target = self._towards(here, *_ARROWS[key], besides=gesture.from_id)
            if target:
                gesture.aim(target)
                canvas.refresh_hint()
        return True
