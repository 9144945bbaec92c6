"""Paints cards at every level of detail: in full, as name plates, as blocks with captions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt

from model.drawing.actor import accent_of
from model.drawing.boxes import grown
from widgets.canvas.caption_sheet import CaptionSheet
from widgets.canvas.captions import Captions
from widgets.canvas.pictures import COUNT_HEIGHT, MARGIN, TAG_ROOM
from widgets.canvas.plates import Plates
from widgets.canvas.recent import Recent
from widgets.canvas.row_colours import RowsByColour
from widgets.canvas.stamps import draw_stamps, stamp_at
from widgets.canvas.strokes import draw_boxes, qt_colour

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from PySide6.QtGui import QPainter, QPixmap

    from model.drawing.boxes import Box
    from model.drawing.parts import Card, SceneChange
    from model.drawing.plate import Plate
    from model.drawing.scene import MapScene
    from model.drawing.style import StyleSheet
    from widgets.canvas.box_table import BoxTable, Indices
    from widgets.canvas.camera import Camera
    from widgets.canvas.lines import LineCount
    from widgets.canvas.pictures import Pictures
    from widgets.canvas.stamps import Stamp

FEW = 64
"""When more cards than this differ at once the places of all are found anew."""
_REACH = 48.0
"""Plates of cards so many pixels outside what is drawn may reach into it."""


class CardPainter:
    """Draws the cards of one scene in one style."""

    def __init__(
        self,
        scene: MapScene,
        cards: BoxTable,
        pictures: Pictures,
        style: StyleSheet,
    ) -> None:
        """Draw the cards that the table holds."""
        self.scene = scene
        self.plates = Plates(scene, cards)
        self.captions = Captions(scene, self.plates)
        self._cards = cards
        self._pictures = pictures
        self._style = style
        self._fills: RowsByColour | None = None
        self._sheets: Recent[tuple[float, float, int], CaptionSheet] = Recent()
        self._placed: Recent[tuple[float, float, bool, int], dict[str, Stamp | None]] = Recent()

    def forget(self) -> None:
        """Cards have changed or moved."""
        self.plates.forget()
        self.captions.forget()
        self._placed.clear()
        self._fills = None

    def follow(self, change: SceneChange, others: Sequence[str], boxes: Sequence[Box]) -> None:
        """Cards came, went, moved or have changed, all in these boxes; `others` not by a filter."""
        card_ids = change.cards
        self.captions.follow(card_ids, change.links)
        # The plate of a card depends on its neighbours, too.
        around = self.plates.forget_around(boxes) if len(card_ids) <= FEW else None
        if around is None:
            self.plates.forget()
            self._placed.clear()
        else:
            for placed in self._placed.values():
                for card_id in around.union(card_ids):
                    placed.pop(card_id, None)
        if self._fills is not None:
            for card_id in others:
                self._fill(card_id, self._fills)

    def draw_near(
        self, painter: QPainter, camera: Camera, area: Box, ratio: float, hidden: frozenset[str]
    ) -> None:
        """Draw the cards of an area in full."""
        names = self.names(camera, area, hidden, "near")
        stamps = self.stamps(names, camera.scale, ratio, near=True)
        draw_stamps(painter, [one for one in stamps if one is not None], camera, ratio)

    def draw_plates(
        self, painter: QPainter, camera: Camera, area: Box, ratio: float, hidden: frozenset[str]
    ) -> None:
        """Draw the cards of an area as name plates; those without room for a name as blocks."""
        names = self.names(camera, area, hidden, "middle")
        stamps = self.stamps(names, camera.scale, ratio, near=False)
        blocks = {i for i, stamp in zip(names, stamps, strict=True) if stamp is None}
        if blocks:
            wanted = np.array([self._cards.row_of[i] for i in names if i in blocks])
            self._blocks(painter, camera, wanted)
        draw_stamps(painter, [one for one in stamps if one is not None], camera, ratio)
        if blocks:
            self._captions(painter, camera, area, ratio, blocks)

    def names(self, camera: Camera, area: Box, hidden: frozenset[str], level: str) -> list[str]:
        """The cards of which something shows in an area."""
        # A plate may reach out of its card, and so may the caption of a block.
        room = grown(area, _REACH / camera.scale) if level == "middle" else area
        return [i for i in self._cards.names_within(room) if i not in hidden]

    def stamps(
        self, names: Sequence[str], scale: float, ratio: float, *, near: bool
    ) -> list[Stamp | None]:
        """The pictures of cards at their places; None for a card that is a mere block."""
        key = (scale, ratio, near, self._pictures.evictions)
        placed = self._placed.get(key)
        if placed is None:
            placed = self._placed.put(key, {})
        missing = [self.scene.cards[i] for i in names if i not in placed]
        if near:
            for card in missing:
                placed[card.id] = self._full(card, scale, ratio)
        elif missing:
            plates = self.plates.of(missing, scale)
            for card, plate in zip(missing, plates, strict=True):
                placed[card.id] = None if plate is None else self._plate(card, plate, scale, ratio)
        return [placed[i] for i in names]

    def draw_blocks(
        self, painter: QPainter, camera: Camera, area: Box, ratio: float, hidden: frozenset[str]
    ) -> None:
        """Draw the cards of an area as coloured blocks, with the names that have room."""
        rows = self._cards.within(area)
        if hidden:
            gone = [self._cards.row_of[i] for i in hidden if i in self._cards.row_of]
            rows = np.setdiff1d(rows, np.array(gone, dtype=np.intp))
        self._blocks(painter, camera, rows)
        self._captions(painter, camera, area, ratio, None, hidden)

    def draw_one(
        self,
        painter: QPainter,
        card: Card,
        camera: Camera,
        ratio: float,
        shift: tuple[float, float],
        *,
        near: bool,
    ) -> None:
        """Draw one card, moved by so much of the map; the painter is in logical pixels."""
        if near:
            stamp = self._full(card, camera.scale, ratio, shift)
            draw_stamps(painter, [stamp], camera, ratio)
            return
        plate = self.plates.of([card], camera.scale)[0]
        if plate is not None:
            stamp = self._plate(card, plate, camera.scale, ratio, shift)
            draw_stamps(painter, [stamp], camera, ratio)
            return
        left, top, right, bottom = card.box
        x, y = camera.to_screen(left + shift[0], top + shift[1])
        scale = camera.scale
        size = (max(2.0, (right - left) * scale), max(2.0, (bottom - top) * scale))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qt_colour(accent_of(card.content, self._style)))
        draw_boxes(painter, np.array([[x, y, *size]]))

    def _full(
        self, card: Card, scale: float, ratio: float, shift: tuple[float, float] = (0.0, 0.0)
    ) -> Stamp:
        content, step = card.content, scale * ratio
        picture = self._pictures.card(content, step * content.grow)
        more = (content.grow - 1) / 2
        x, y = card.x - more * content.width, card.y - more * content.height
        # The tag on the upper edge is a part of the picture.
        over = TAG_ROOM * content.grow if content.tag else 0.0
        return stamp_at(picture, x + shift[0], y - over + shift[1], step)

    def _plate(
        self,
        card: Card,
        plate: Plate,
        scale: float,
        ratio: float,
        shift: tuple[float, float] = (0.0, 0.0),
    ) -> Stamp:
        picture = self._pictures.plate(card.content, plate, ratio)
        x = card.x + shift[0] + card.content.width / 2 + (plate.shift - plate.width / 2) / scale
        y = card.y + shift[1] + card.content.height / 2 - plate.height / 2 / scale
        return stamp_at(picture, x, y, scale * ratio)

    def draw_counts(
        self, painter: QPainter, camera: Camera, ratio: float, counts: Iterable[LineCount]
    ) -> None:
        """Draw the numbers of lines that stand for several, each around a point of the map."""
        pictures: dict[tuple[int, str], tuple[QPixmap, float]] = {}
        step, half_height = camera.scale * ratio, COUNT_HEIGHT / 2 / camera.scale
        stamps: list[Stamp] = []
        for (x, y), number, ink in counts:
            found = pictures.get((number, ink))
            if found is None:
                picture = self._pictures.count(number, ink, ratio)
                found = pictures[number, ink] = (picture, (picture.width() / 2 - MARGIN) / step)
            stamps.append(stamp_at(found[0], x - found[1], y - half_height, step))
        draw_stamps(painter, stamps, camera, ratio)

    def boxes_by_colour(self) -> dict[str, NDArray[np.float64]]:
        """The boxes of all cards in map units, by the colour that they are drawn in."""
        boxes, present = self._cards.boxes, self._cards.present
        return {colour: boxes[present(rows)] for colour, rows in self._colours().items()}

    def _blocks(self, painter: QPainter, camera: Camera, rows: Indices) -> None:
        if not len(rows):
            return
        boxes = self._cards.boxes[rows]
        flat = np.empty((len(rows), 4))
        flat[:, 0] = (boxes[:, 0] - camera.left) * camera.scale
        flat[:, 1] = (boxes[:, 1] - camera.top) * camera.scale
        flat[:, 2:] = np.maximum((boxes[:, 2:] - boxes[:, :2]) * camera.scale, 2.0)
        place = np.full(len(self._cards.ids), -1, dtype=np.intp)
        place[rows] = np.arange(len(rows))
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, members in self._colours().items():
            places = place[members]
            group = flat[places[places >= 0]]
            if len(group):
                painter.setBrush(qt_colour(colour))
                draw_boxes(painter, group)

    def _colours(self) -> dict[str, Indices]:
        """Rows of cards by colour."""
        if self._fills is None:
            self._fills = RowsByColour()
            for card_id in self._cards.row_of:
                self._fill(card_id, self._fills)
        return self._fills.groups()

    def _fill(self, card_id: str, fills: RowsByColour) -> None:
        row = self._cards.row_of.get(card_id)
        if row is None:
            fills.remove(card_id)
        else:
            fills.put(card_id, row, accent_of(self.scene.cards[card_id].content, self._style))

    def _captions(
        self,
        painter: QPainter,
        camera: Camera,
        area: Box,
        ratio: float,
        wanted: set[str] | None,
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        """Names of blocks, each on a ground that covers its block, framed in the block's colour."""
        captions = self.captions.at(camera.scale)
        key = (camera.scale, ratio, self._pictures.evictions)
        sheet = self._sheets.get(key)
        if sheet is None or sheet.captions is not captions:
            steps = camera.scale, ratio
            sheet = CaptionSheet(captions, self.scene.cards, self._pictures, self._style, steps)
            self._sheets.put(key, sheet)
        sheet.draw(painter, camera, area, wanted, hidden)
