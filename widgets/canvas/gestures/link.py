"""Drawing a linkage from a card to another one; cards that cannot be its end are greyed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPen

from model.codes import LINKAGE_KINDS
from model.commands.linkages import connect, why_not_connect
from model.drawing.routing import route
from resources.text import tr
from widgets.canvas import overlay
from widgets.canvas.gestures.base import Gesture
from widgets.canvas.hits import card_under
from widgets.canvas.strokes import qt_colour

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from widgets.canvas.canvas import MapCanvas


class LinkDrag(Gesture):
    """A line from a card to the pointer; release over a card links the two."""

    def __init__(self, canvas: MapCanvas, start: QPointF, from_id: str) -> None:
        """Grey out the cards that cannot be linked to this one."""
        super().__init__(canvas, start)
        self.from_id = from_id
        self._point = start
        self.target = ""
        document = canvas.workspace.document
        canvas.veiled = frozenset(
            i for i in canvas.scene.cards if why_not_connect(document, from_id, i)
        )

    def move(self, point: QPointF, _modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer; the card under it becomes the target."""
        self._point = point
        canvas = self.canvas
        self.target = card_under(canvas.renderer, canvas.camera, point.x(), point.y())

    def finish(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Link, if the target allows it."""
        self.move(point, modifiers)
        self._end()
        self.link_to(self.target)

    def link_to(self, target: str) -> None:
        """Make the linkage and select it."""
        canvas, document = self.canvas, self.canvas.workspace.document
        if not target or self.why_not():
            return
        kind = canvas.link_kind
        made = canvas.workspace.attempt(lambda: connect(document, self.from_id, target, kind))
        if made is not None:
            canvas.workspace.select([("linkages", made.id)])

    def why_not(self) -> str:
        """The reason why the target cannot be linked; empty when it can."""
        card = self.canvas.scene.cards.get(self.target)
        if card is not None and card.table != "actors":
            return tr(
                "{name} stands for several actors: open it to link one of them.",
                name=card.content.name,
            )
        return why_not_connect(self.canvas.workspace.document, self.from_id, self.target)

    def cancel(self) -> None:
        """Forget the line."""
        self._end()

    def hint(self) -> str:
        """What release would do, or why it would do nothing."""
        document = self.canvas.workspace.document
        kind = LINKAGE_KINDS.label(self.canvas.link_kind)
        if not self.target:
            return tr("{kind}: release over another card to link. Esc cancels.", kind=kind)
        refused = self.why_not()
        if refused:
            return refused
        return tr(
            "Release links {one} and {other}: {kind}, planned.",
            one=document.name_of("actors", self.from_id),
            other=document.name_of("actors", self.target),
            kind=kind,
        )

    def paint(self, painter: QPainter) -> None:
        """The line, and a frame around a card that would be linked."""
        canvas = self.canvas
        card = canvas.scene.cards.get(self.from_id)
        if card is None:
            return
        look = canvas.interaction
        pen = QPen(qt_colour(look.selected.colour), 2, Qt.PenStyle.DashLine)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        allowed = self.target and self.target not in canvas.veiled
        if allowed:
            target = canvas.scene.cards[self.target]
            box = canvas.seen_box(target)
            overlay.draw_card_frame(painter, box, canvas.camera, look.drop_target)
            line = route(card.box, target.box)
            painter.strokePath(overlay.screen_path(line, canvas.camera), pen)
            return
        x, y = canvas.map_point(self._point)
        line = route(card.box, (x - 1, y - 1, x + 1, y + 1))
        path = QPainterPath(overlay.screen_path(line, canvas.camera))
        painter.strokePath(path, pen)

    def _end(self) -> None:
        self.canvas.veiled = frozenset()
        self.canvas.update()


class LinkByKeys(LinkDrag):
    """The same by keyboard: arrows choose the target, Enter links, Esc cancels."""

    def __init__(self, canvas: MapCanvas, from_id: str) -> None:
        """Start at a card without a target."""
        super().__init__(canvas, QPointF(), from_id)

    def aim(self, target: str) -> None:
        """Choose another target."""
        self.target = target
        self.canvas.reveal(*self.canvas.scene.cards[target].key)
        self.canvas.update()

    def move(self, point: QPointF, _modifiers: Qt.KeyboardModifier) -> None:
        """The pointer plays no part."""

    def confirm(self) -> None:
        """Link with the chosen target."""
        self._end()
        self.link_to(self.target)

    def hint(self) -> str:
        """What Enter would do."""
        if not self.target:
            return tr("Choose the other actor with the arrow keys, then press Enter. Esc cancels.")
        refused = self.why_not()
        if refused:
            return refused
        return tr(
            "Enter links {one} and {other}: {kind}, planned.",
            one=self.canvas.workspace.document.name_of("actors", self.from_id),
            other=self.canvas.workspace.document.name_of("actors", self.target),
            kind=LINKAGE_KINDS.label(self.canvas.link_kind),
        )

    def paint(self, painter: QPainter) -> None:
        """The line to the target, once there is one."""
        if self.target:
            super().paint(painter)
