"""A press on a card or linkage: a click selects, a drag moves the selected cards.

Dropping a card in another band changes its track in the same step, if it is on exactly one track;
Shift adds the track to those it is on, Alt keeps them. Nothing is committed before release.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPen

from model.commands.actors import move
from model.drawing.bands import home_track, ordered_tracks
from model.drawing.linkage import label_size
from model.drawing.spanning import spanned
from model.layout.nudge import free_shift, shifted
from resources.text import plural, tr
from widgets.canvas import overlay
from widgets.canvas.gestures.base import Gesture, far_enough
from widgets.canvas.gestures.grid import GRID
from widgets.canvas.gestures.linkage import LabelDrag
from widgets.canvas.gestures.note import NoteDrag, NotesAlong
from widgets.canvas.moved_lines import paint_moved
from widgets.canvas.renderer import NEAR
from widgets.canvas.snapping import Snapper
from widgets.canvas.strokes import qt_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from model.drawing.boxes import Box
    from model.drawing.parts import Card
    from widgets.canvas.canvas import MapCanvas
    from widgets.canvas.hits import Hit
    from widgets.canvas.snapping import Guide

SNAP_REACH = 6.0
"""How near, in pixels, a card must be to another one's line to snap to it."""
_GUIDES_LIMIT = 400
_ASIDE_LIMIT = 40
_TOGGLES = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Press(Gesture):
    """A press on something that can be selected."""

    def __init__(
        self, canvas: MapCanvas, start: QPointF, hit: Hit, modifiers: Qt.KeyboardModifier
    ) -> None:
        """Select at once what was not selected; the rest is decided by what follows."""
        super().__init__(canvas, start)
        self._key = hit.key
        self._on_label = hit.kind == "label"
        self._on_title = hit.kind == "outline"
        self._adds = bool(modifiers & _TOGGLES)
        self._before = canvas.workspace.selection
        self._was_selected = self._key in self._before
        self._drag: CardDrag | LabelDrag | NoteDrag | None = None
        self._at = start
        if self._key is not None and not self._was_selected:
            kept = self._before if self._adds else ()
            canvas.workspace.select((*kept, self._key))

    def move(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Drag the selected cards once the pointer has moved enough."""
        self._at = point
        may_drag = self._drag is None and not self.canvas.workspace.is_protected
        if may_drag and far_enough(self.start, point):
            self._drag = self._begun()
        if self._drag is not None:
            self._drag.shift_to(point - self.start, modifiers)

    def _begun(self) -> CardDrag | LabelDrag | NoteDrag | None:
        """What is dragged: a label, a note, what is selected, or a group by its title."""
        canvas, key = self.canvas, self._key
        if key is None:
            return None
        if self._on_label:
            return LabelDrag(canvas, key[1])
        selection, scene = canvas.workspace.selection, canvas.scene
        cards = [i for table, i in selection if table != "notes" and i in scene.cards]
        notes = [i for table, i in selection if table == "notes" and i in scene.notes]
        if self._on_title and key in scene.outlines:
            outline = scene.outlines[key]
            members = [i for i in outline.membership.member_ids if i in scene.cards]
            cards = list(dict.fromkeys((*cards, *members)))
            return CardDrag(canvas, outline.title_box, cards, notes)
        if key[0] == "notes":
            if key not in selection or len(cards) + len(notes) < 2:
                return NoteDrag(canvas, key[1])
            return CardDrag(canvas, scene.notes[key[1]].box, cards, notes)
        if key[1] in cards:
            return CardDrag(canvas, scene.cards[key[1]].box, cards, notes)
        return None

    def finish(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Commit the move; a mere click settles the selection."""
        self.move(point, modifiers)
        if self._offer(point, now=True):
            if self._drag is not None:
                self._drag.end()
            return
        if self._drag is not None:
            self._drag.commit()
            return
        if self._key is None or not self._was_selected:
            return
        if self._adds:
            self.canvas.workspace.select(key for key in self._before if key != self._key)
        else:
            self.canvas.workspace.select([self._key])

    def cancel(self) -> None:
        """Put the cards back and select what was selected before."""
        if self._drag is not None:
            self._drag.end()
        self.canvas.workspace.select(self._before)

    def break_off(self) -> None:
        """Leave cards, labels and notes where they have been dragged to, over the map."""
        if self._drag is not None and not self._offer(self._at, now=False):
            self._drag.commit()
        else:
            self.cancel()

    def hint(self) -> str:
        """What release would do."""
        return self._offer(self._at, now=False) or (
            self._drag.hint() if self._drag is not None else ""
        )

    def _offer(self, point: QPointF, *, now: bool) -> str:
        """Offer dragged actors to the panel under the pointer, outside the map."""
        canvas = self.canvas
        if not isinstance(self._drag, CardDrag) or canvas.rect().contains(point.toPoint()):
            return ""
        at, workspace = canvas.mapToGlobal(point.toPoint()), canvas.workspace
        return workspace.offer_actors(at, workspace.selected("actors"), now=now)

    def paint(self, painter: QPainter) -> None:
        """The cards on the way."""
        if self._drag is not None:
            self._drag.paint(painter)


class CardDrag:
    """The preview of moving cards, with notes that are selected besides, and its commit."""

    def __init__(
        self, canvas: MapCanvas, grabbed: Box, ids: list[str], notes: Sequence[str] = ()
    ) -> None:
        """Take the cards and their lines out of the picture, to draw them as they move.

        Args:
            canvas: the map.
            grabbed: the box of what the pointer holds; it is what snaps.
            ids: the cards.
            notes: the notes.
        """
        self.canvas = canvas
        self._cards = [canvas.scene.cards[i] for i in ids]
        self._ids = frozenset(ids)
        self._links = frozenset().union(*(canvas.scene.links_of(i) for i in ids))
        self._notes = NotesAlong(canvas, notes, self._ids, self._links)
        self.shift = (0.0, 0.0)
        self._aside = (0.0, 0.0)
        self._covered = ""
        self._guides: tuple[Guide, ...] = ()
        self._snapper = self._make_snapper(grabbed)
        self._tracks: dict[str, tuple[str, ...]] = {}
        canvas.frame.hide(self._ids, self._links)

    def shift_to(self, way: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Move the cards by so many pixels; they snap to the grid unless Alt is held."""
        scale = self.canvas.camera.scale
        dx, dy = way.x() / scale, way.y() / scale
        free = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        self._guides = ()
        if not free:
            dx, dy, self._guides = self._snapper.snap(dx, dy, SNAP_REACH / scale)
        self.shift = (dx, dy)
        adds = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        self._tracks = {} if free else self._new_tracks(adds=adds)
        if self._keeps_height():
            self._guides = tuple(guide for guide in self._guides if guide.x1 == guide.x2)
        self._make_way(free=free)
        self.canvas.update()

    def _make_snapper(self, grabbed: Box) -> Snapper:
        """Snaps to the cards in view that stay; in large crowds to the grid only."""
        canvas = self.canvas
        view = canvas.camera.view(canvas.width(), canvas.height())
        near = canvas.renderer.cards.names_within(view)
        boxes = [canvas.scene.cards[i].box for i in near if i not in self._ids]
        rows = np.array(boxes if len(boxes) <= _GUIDES_LIMIT else [], dtype=float).reshape(-1, 4)
        return Snapper(grabbed, rows)

    def _make_way(self, *, free: bool) -> None:
        """Find the nearest place beside cards that the moved ones would cover."""
        boxes = [self._box(card) for card in self._cards]
        near = self.canvas.scene.cards_near
        covered = [i for box in boxes for i in near(box) if i not in self._ids]
        self._covered = covered[0] if covered else ""
        self._aside = (0.0, 0.0)
        if covered and not free and len(boxes) <= _ASIDE_LIMIT:
            ids = self._ids
            level = any(self.canvas.scene.bands.spanned(self._tracks_of(i)) for i in ids)
            found = free_shift(boxes, lambda box: not set(near(box)) - ids, level_only=level)
            if found is not None and self._stays_in_band(found):
                self._aside = found

    def _stays_in_band(self, aside: tuple[float, float]) -> bool:
        """Whether a step aside leaves the tracks as announced."""
        bands = self.canvas.scene.bands
        for card in self._cards:
            middle = card.y + self.shift[1] + card.content.height / 2
            if bands.at(middle) != bands.at(middle + aside[1]):
                return False
        return True

    def _covers_in_the_end(self) -> bool:
        return bool(self._covered) and self._aside == (0.0, 0.0)

    def _new_tracks(self, *, adds: bool) -> dict[str, tuple[str, ...]]:
        """The tracks of cards that would lie in another band.

        Those on one track (or none) change it; with `adds` the band's track is added to others.
        """
        found: dict[str, tuple[str, ...]] = {}
        for card in self._cards:
            if card.members:
                continue
            actor = self.canvas.workspace.document.actors[card.id]
            if len(actor.tracks) > 1 and not adds:
                continue
            middle = card.y + self.shift[1] + card.content.height / 2
            code = self.canvas.scene.bands.at(middle).code
            if adds and actor.tracks and code != "unknown" and code not in actor.tracks:
                found[card.id] = ordered_tracks((*actor.tracks, code))
            elif not adds and code != home_track(actor.tracks):
                found[card.id] = () if code == "unknown" else (code,)
        return found

    def commit(self) -> None:
        """Write the new places and tracks as one step."""
        self.shift = (self.shift[0] + self._aside[0], self.shift[1] + self._aside[1])
        moves = any(self._tracks) or any(self._way_of(card) != (0.0, 0.0) for card in self._cards)
        moves = moves or bool(len(self._notes) and self.shift != (0.0, 0.0))
        tracks = dict(self._tracks)
        places = {card.id: self._place(card) for card in self._cards if card.table == "actors"}
        for member in (i for card in self._cards for i in card.members):
            x, y = self.canvas.scene.place_of(member)
            places[member] = (x + self.shift[0], y + self.shift[1])
        places |= self._notes.places(self.shift)
        self.end()
        if moves:
            document = self.canvas.workspace.document
            self.canvas.workspace.attempt(lambda: move(document, places, tracks))

    def _place(self, card: Card) -> tuple[float, float]:
        """The new place of a card, counted from the top of the band that it will be in."""
        band = self.canvas.scene.bands.band(home_track(self._tracks_of(card.id)))
        dx, dy = self._way_of(card)
        return card.x + dx, card.y + dy - band.top

    def end(self) -> None:
        """Put everything back into the picture."""
        self.canvas.frame.hide(frozenset(), frozenset())
        self.canvas.update()

    def hint(self) -> str:
        """Where the cards would go, and which tracks would change."""
        count = len(self._cards) + len(self._notes)
        if len(self._notes):
            what = plural("{count} thing", "{count} things", count)
        elif count == 1:
            what = self._cards[0].content.name
        else:
            what = plural("{count} card", "{count} cards", count)
        if self._covered:
            other = self.canvas.scene.cards[self._covered].content.name
            if self._covers_in_the_end():
                return tr(
                    "Release puts {what} over {other}. Esc puts it back.", what=what, other=other
                )
            return tr(
                "{other} is in the way: release puts {what} beside it. Alt puts it here.",
                what=what,
                other=other,
            )
        if not self._tracks and count == 1 and self._keeps_height():
            return tr(
                "{what} stays over the border of its tracks: release moves it along. "
                "Shift adds the track here.",
                what=what,
            )
        if not self._tracks:
            return tr("Release moves {what}. Esc puts it back, Alt moves freely.", what=what)
        codes = {code for codes in self._tracks.values() for code in codes or ("unknown",)}
        bands = self.canvas.scene.bands
        names = ", ".join(bands.band(code).title for code in sorted(codes))
        if any(len(codes) > 1 for codes in self._tracks.values()):
            return tr(
                "Release moves {what}, which is then on {tracks}. Alt keeps the track.",
                what=what,
                tracks=names,
            )
        return tr(
            "Release moves {what} and changes the track to {track}. "
            "Shift adds the track, Alt keeps it.",
            what=what,
            track=names,
        )

    def paint(self, painter: QPainter) -> None:
        """The cards at their new places with their lines."""
        canvas = self.canvas
        ratio = canvas.devicePixelRatioF()
        self._paint_guides(painter)
        self._paint_links(painter)
        for card in self._cards:
            canvas.renderer.draw_card(painter, card, canvas.camera, ratio, self._way_of(card))
            overlay.draw_card_mark(painter, self._box(card), canvas.camera, canvas.interaction)
        self._notes.paint(painter, self.shift)

    def _paint_guides(self, painter: QPainter) -> None:
        """Lines along which cards line up, and the frame of the place beside one in the way."""
        canvas = self.canvas
        colour = qt_colour(canvas.interaction.selected.colour)
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for guide in self._guides:
            start = canvas.camera.to_screen(guide.x1, guide.y1)
            end = canvas.camera.to_screen(guide.x2, guide.y2)
            painter.drawLine(QPointF(*start), QPointF(*end))
        if self._aside != (0.0, 0.0):
            for card in self._cards:
                box = shifted(self._box(card), *self._aside)
                painter.drawRect(overlay.screen_box(box, canvas.camera))

    def _paint_links(self, painter: QPainter) -> None:
        canvas = self.canvas
        boxes = {card.id: self._box(card) for card in self._cards}
        moved = canvas.scene.moved_links(self._links, boxes)
        paint_moved(canvas, painter, moved)
        ratio = canvas.devicePixelRatioF()
        if canvas.camera.scale >= NEAR:
            for link in moved:
                width, height = label_size(link.content)
                x, y = link.route.at(0.5)
                box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
                canvas.renderer.draw_label(painter, link.content, box, canvas.camera, ratio)

    def _way_of(self, card: Card) -> tuple[float, float]:
        """How far a card really goes: its tracks decide how high one on several tracks lies."""
        dx, dy = self.shift
        bands, tracks = self.canvas.scene.bands, self._tracks_of(card.id)
        if card.members or not bands.spanned(tracks):
            return dx, dy
        return dx, spanned(card.content, card.y + dy, tracks, bands)[0] - card.y

    def _tracks_of(self, card_id: str) -> tuple[str, ...]:
        actor = self.canvas.workspace.document.actors.get(card_id)
        return self._tracks.get(card_id, actor.tracks if actor is not None else ())

    def _keeps_height(self) -> bool:
        """Whether a card does not follow the pointer up or down."""
        return any(abs(self._way_of(card)[1] - self.shift[1]) > GRID for card in self._cards)

    def _box(self, card: Card) -> Box:
        return shifted(card.box, *self._way_of(card))
