"""What screen readers learn of the map: its things by name, with state and place.

Cards come first, in reading order, then linkages, the outlines of groups, and notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleInterface

from model.codes import LINKAGE_KINDS, TRACKS
from resources.text import plural, tr
from widgets.canvas.canvas import MapCanvas
from widgets.canvas.overlay import screen_box
from widgets.common.spoken_list import Spoken, SpokenList

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, QPointF

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
    canvas.workspace.committed.connect(lambda _commit: _forget(canvas))
    canvas.scene_changed.connect(lambda _change: _forget(canvas))


def _interface_for(_name: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, MapCanvas):
        return None
    if thing.accessible is None:
        thing.accessible = SpokenList(thing, thing, MapSpeaker(thing))
    return thing.accessible


def _tell_focus(canvas: MapCanvas, keys: tuple[Key, ...]) -> None:
    if keys and canvas.accessible is not None:
        canvas.accessible.tell_focus(keys[-1])


def _forget(canvas: MapCanvas) -> None:
    if canvas.accessible is not None:
        canvas.accessible.speaker.forget()


class MapSpeaker:
    """Tells of the things on a map."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self._keys: tuple[Key, ...] | None = None

    def keys(self) -> tuple[Key, ...]:
        """Cards in reading order, linkages, groups, notes."""
        if self._keys is None:
            scene = self._canvas.scene
            self._keys = (
                *(card.key for card in self._canvas.cards_in_order()),
                *(("linkages", link_id) for link_id in scene.links),
                *(key for key in scene.outlines if key[1] not in scene.cards),
                *(("notes", note_id) for note_id in scene.notes),
            )
        return self._keys

    def forget(self) -> None:
        """Read the map anew at the next question."""
        self._keys = None

    def spoken(self, key: Key) -> Spoken | None:
        """What is said of a thing of the map."""
        canvas = self._canvas
        box = canvas.box_of(key)
        if box is None:
            return None
        view = canvas.camera.view(canvas.width(), canvas.height())
        table, record_id = key
        return Spoken(
            name=self._name(table, record_id),
            description=self._description(key),
            place=screen_box(box, canvas.camera).toRect(),
            is_selected=key in canvas.workspace.selection,
            is_in_view=(
                box[2] >= view[0] and box[0] <= view[2] and box[3] >= view[1] and box[1] <= view[3]
            ),
        )

    def at(self, point: QPointF) -> Key | None:
        """The thing under a pixel."""
        return self._canvas.hit(point).key

    def current(self) -> Key | None:
        """What was selected last."""
        selection = self._canvas.workspace.selection
        return selection[-1] if selection else None

    def summary(self) -> str:
        """How much is on the map."""
        actors = plural("{count} actor", "{count} actors", len(self._canvas.scene.cards))
        links = plural("{count} linkage", "{count} linkages", len(self._canvas.scene.links))
        return f"{actors}, {links}"

    def _name(self, table: str, record_id: str) -> str:
        if table == "linkages":
            return self._link_name(record_id)
        if table == "notes":
            return self._note_name(record_id)
        outline = self._canvas.scene.outlines.get((table, record_id))
        if outline is not None and record_id not in self._canvas.scene.cards:
            return tr("Group {name}", name=outline.membership.title)
        return self._card_name(record_id)

    def _description(self, key: Key) -> str:
        """What a card is linked to, and what the sign for what needs attention stands for."""
        badge = " ".join(one.message for one in self._canvas.badges.about(key))
        if key[0] != "actors":
            return badge
        count = len(self._canvas.scene.links_of(key[1]))
        links = plural("{count} linkage", "{count} linkages", count)
        return ", ".join(part for part in (links, badge) if part)

    def _card_name(self, actor_id: str) -> str:
        card = self._canvas.scene.cards.get(actor_id)
        if card is None:
            return ""
        band = self._canvas.scene.bands.at(card.y + card.content.height / 2)
        return f"{card.content.spoken}, {TRACKS.label(band.code)}"

    def _link_name(self, link_id: str) -> str:
        link = self._canvas.scene.links.get(link_id)
        if link is None:
            return ""
        cards = self._canvas.scene.cards
        one, other = (cards[i].content.name for i in (link.from_id, link.to_id))
        kind = LINKAGE_KINDS.label(link.content.kind)
        if link.content.directed:
            words = tr("{kind} from {one} to {other}", kind=kind, one=one, other=other)
        else:
            words = tr("{kind} between {one} and {other}", kind=kind, one=one, other=other)
        if link.bundle:
            words = f"{words}, {link.content.text}"
        state = _STATES.get(link.content.state, "")
        parts = [words, tr(state) if state else "", link.content.mark]
        return ", ".join(part for part in parts if part)

    def _note_name(self, note_id: str) -> str:
        """The text of a note and what it is pinned to."""
        note = self._canvas.workspace.document.notes.get(note_id)
        if note is None:
            return ""
        pinned_to = self._name(note.target_table, note.target_id) if note.target_id else ""
        if pinned_to:
            return tr("Note on {thing}: {text}", thing=pinned_to, text=note.text)
        return tr("Note: {text}", text=note.text)
