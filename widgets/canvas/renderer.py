"""Draws the map's content: three levels of detail, from arrays and kept pictures.

Far away cards are coloured blocks, of which as many are named as have room, and links hairlines;
at middle distance cards are plates with their short names in type of a constant size, and parallel
links are one line with a number; near by everything is as on paper. Selection and gestures are no
part of it (see overlay.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from model.drawing.boxes import around, grown, overlap
from model.drawing.link_labels import RELABEL_LIMIT
from model.drawing.notes import note_block, note_group
from model.drawing.outlines import name_box, outline_group, title_group
from widgets.canvas.box_table import BoxTable
from widgets.canvas.cards import FEW, CardPainter
from widgets.canvas.labels import Labels
from widgets.canvas.lines import Lines
from widgets.canvas.pictures import Pictures
from widgets.canvas.plates import PLATES_FROM, plate_box
from widgets.canvas.poles import Poles
from widgets.canvas.strokes import qt_colour
from widgets.common.painter import PrimitivePainter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.drawing.boxes import Box
    from model.drawing.linkage import LinkContent, LinkLook
    from model.drawing.outlines import Outline
    from model.drawing.parts import Card, SceneChange
    from model.drawing.primitives import Group
    from model.drawing.scene import MapScene
    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from widgets.canvas.camera import Camera
    from widgets.canvas.lines import Manner

Level = Literal["far", "middle", "near"]
NEAR = 0.75
MIDDLE = PLATES_FROM
_HIDDEN = 3.0
"""Pixels of a group's name that a plate may lie on."""
NAME_PX = 11.0
"""Size of type, in pixels, of the names of groups from afar."""


def level_of(scale: float) -> Level:
    """The level of detail for a scale."""
    if scale >= NEAR:
        return "near"
    return "middle" if scale >= MIDDLE else "far"


class OutlinePicture(NamedTuple):
    """An outline ready to paint: its frame, its title near by, itself for its name from afar."""

    box: Box
    frame: Group
    title: Group
    outline: Outline


class Renderer:
    """Draws regions of one scene; keeps arrays in step with it.

    Attributes:
        changed_boxes: where cards were or are that the last change was about; None where all may.
    """

    def __init__(self, scene: MapScene, style: StyleSheet, engine: TextEngine) -> None:
        """Take over the scene as it is."""
        self.scene = scene
        self.style = style
        self.engine = engine
        self.primitives = PrimitivePainter()
        self.pictures = Pictures(style, engine, self.primitives)
        self.cards = BoxTable()
        self.lines = Lines(scene, style)
        self._labels = Labels(scene, style, self.pictures)
        self.poles = Poles(scene, style, engine, self.primitives)
        self._outlines: list[OutlinePicture] = []
        self._outlined: dict[tuple[str, str], Outline] = {}
        self._drawn: dict[str, Card] = {}
        self.card_painter = CardPainter(scene, self.cards, self.pictures, style)
        self.changed_boxes: list[Box] | None = None
        self.reload()

    def reload(self) -> None:
        """Take over the whole scene anew."""
        scene = self.scene
        self.cards.replace_all((i, card.box, ()) for i, card in scene.cards.items())
        self._drawn = dict(scene.cards)
        self.changed_boxes = None
        self.poles.reload()
        self.lines.reload()
        self._labels.reload()
        self.card_painter.forget()
        self._outlined, self._outlines = {}, []
        self._make_outlines()

    def follow(self, change: SceneChange) -> None:
        """Take over what changed."""
        if change.everything:
            self.reload()
            return
        self.poles.follow(change.cards)
        others, boxes = self._put_cards(change.cards)
        self.changed_boxes = boxes if len(change.cards) <= FEW else None
        self.lines.follow(change.links)
        relabelled = len(self.scene.links) <= RELABEL_LIMIT
        self._labels.follow([*self.scene.labels, *change.links] if relabelled else change.links)
        self.card_painter.follow(change, others, boxes)
        self._make_outlines()

    def _put_cards(self, card_ids: frozenset[str]) -> tuple[list[str], list[Box]]:
        """Take over these cards; what a filter hides and gives back is kept.

        Returns those that are other or new or gone, and where all of them were and are.
        """
        cards, actors, drawn = self.scene.cards, self.scene.tables.actors, self._drawn
        boxes = self._boxes_of(card_ids)
        hidden = [i for i in card_ids if i not in cards and i in drawn and i in actors]
        back = [i for i in card_ids if i in cards and drawn.get(i) is cards[i]]
        self.cards.put_away(hidden)
        self.cards.bring_back(back)
        others = list(card_ids.difference(hidden, back))
        for card_id in others:
            card = cards.get(card_id)
            if card is None:
                self.cards.remove(card_id)
                drawn.pop(card_id, None)
            else:
                self.cards.put(card_id, card.box)
                drawn[card_id] = card
        return others, boxes + self._boxes_of(card_ids)

    def _boxes_of(self, card_ids: frozenset[str]) -> list[Box]:
        """Where cards lie in the table; of many it is not asked."""
        row_of = self.cards.row_of
        rows = [row_of[i] for i in card_ids if i in row_of] if len(card_ids) <= FEW else []
        found = self.cards.boxes[rows].tolist()
        return [(left, top, right, bottom) for left, top, right, bottom in found]

    def place_labels(self, links: Iterable[str], most: int | None = None) -> bool:
        """See to it that the labels of lines have their places; returns whether some had none."""
        placed = self.scene.place_labels(links, most)
        self._labels.follow(placed)
        return bool(placed)

    @property
    def is_behind(self) -> bool:
        """Whether outlines, notes or bands are others than it drew last."""
        scene = self.scene
        return self._seen != (scene.bands, scene.notes) or self._outlined != scene.outlines

    def _make_outlines(self) -> None:
        self._seen = self.scene.bands, self.scene.notes
        if self._outlined == self.scene.outlines:
            return
        self._outlined = dict(self.scene.outlines)
        self._outlines = [
            OutlinePicture(
                around([*outline.boxes, outline.title_box]),
                outline_group(outline, self.style),
                title_group(outline, self.style, self.engine),
                outline,
            )
            for outline in self.scene.outlines.values()
        ]

    @property
    def links(self) -> BoxTable:
        """The boxes of lines."""
        return self.lines.boxes

    @property
    def labels(self) -> BoxTable:
        """The boxes of labels."""
        return self._labels.boxes

    @property
    def label_reaches(self) -> BoxTable:
        """The boxes of labels with their leaders."""
        return self._labels.reaches

    def look(self, content: LinkContent) -> LinkLook:
        """The look of a linkage, kept."""
        return self.lines.look(content)

    # drawing

    def render(
        self,
        painter: QPainter,
        camera: Camera,
        area: Box,
        ratio: float,
        hidden: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset()),
        *,
        with_ground: bool = True,
        manner: Manner | None = None,
    ) -> None:
        """Draw a part of the map.

        Args:
            painter: on a device with `ratio` device pixels per logical pixel.
            camera: the view; the painter's origin is the view's top left corner.
            area: the part of the map to draw; the painter is clipped to it by the caller.
            ratio: device pixels per logical pixel.
            hidden: cards and links to leave out (they are being dragged).
            manner: how lines are drawn in the picture that this is a part of.
            with_ground: draw bands and outlines, too; without them it can lie on another picture.
        """
        level = level_of(camera.scale)
        painter.save()
        painter.scale(camera.scale, camera.scale)
        painter.translate(-camera.left, -camera.top)
        if with_ground:
            self._bands(painter, area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        room = grown(area, 40.0)
        wanted = with_ground and level != "far"
        outlines = [one for one in self._outlines if wanted and overlap(one.box, room)]
        self.primitives.paint(painter, [one.frame for one in outlines])
        counted = self.lines.draw(painter, camera, area, level, ratio, hidden[1], manner)
        titles = [one.title for one in outlines]
        if level != "near":
            titles = [
                self._name(one, camera.scale)
                for one in outlines
                if self._has_room(one, camera.scale)
            ]
        self.primitives.paint(painter, titles)
        self.poles.draw(painter, area, camera.scale, hidden[0])
        painter.restore()
        self.card_painter.draw_counts(painter, camera, ratio, counted)
        if level == "far":
            self.card_painter.draw_blocks(painter, camera, area, ratio, hidden[0])
        elif level == "middle":
            self.card_painter.draw_plates(painter, camera, area, ratio, hidden[0])
        else:
            self.card_painter.draw_near(painter, camera, area, ratio, hidden[0])
        if level == "near":
            self.place_labels(self.links.names_within(area))
            self._labels.draw(painter, camera, area, ratio, hidden[1])
        self._draw_notes(painter, camera, area, level)

    def _draw_notes(self, painter: QPainter, camera: Camera, area: Box, level: Level) -> None:
        shown = [note for note in self.scene.notes.values() if overlap(note.box, area)]
        if not shown:
            return
        painter.save()
        painter.scale(camera.scale, camera.scale)
        painter.translate(-camera.left, -camera.top)
        for note in shown:
            near = level == "near"
            group = note_group(note, self.style, self.engine) if near else None
            engine = self.engine if level == "middle" else None
            block = group or note_block(note, self.style, engine, camera.scale)
            self.primitives.paint(painter, [block])
        painter.restore()

    def _has_room(self, picture: OutlinePicture, scale: float) -> bool:
        """Whether the name of an outline lies on no plate, which would hide a part of it."""
        size = NAME_PX / scale
        box = name_box(picture.outline, size)
        near = self.cards.names_within(grown(box, 4 * size))
        cards = [self.scene.cards[i] for i in near]
        plates = self.card_painter.plates.of(cards, scale)
        seen = (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)
        return not any(
            overlap(grown(plate_box(card, plate, scale), -_HIDDEN), seen)
            for card, plate in zip(cards, plates, strict=True)
        )

    def _name(self, picture: OutlinePicture, scale: float) -> Group:
        """The name of an outline from afar, in type of a constant size."""
        return title_group(picture.outline, self.style, self.engine, size=NAME_PX / scale)

    def _bands(self, painter: QPainter, area: Box) -> None:
        left, top, right, bottom = area
        entries = self.scene.bands.entries
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for at, band in enumerate(entries):
            # The first and last band go on for ever, as far as looks are concerned.
            upper = min(top, band.top) if at == 0 else band.top
            lower = max(bottom, band.bottom) if at == len(entries) - 1 else band.bottom
            if lower >= top and upper <= bottom:
                look = self.style.band(band.code)
                stripe = QRectF(left, upper, right - left, lower - upper)
                painter.fillRect(stripe, qt_colour(look.tint))
                if at > 0:
                    painter.setPen(QPen(qt_colour(look.line), 0))
                    painter.drawLine(QPointF(left, band.top), QPointF(right, band.top))

    def draw_card(
        self,
        painter: QPainter,
        card: Card,
        camera: Camera,
        ratio: float,
        shift: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        """Draw one card, moved by so much of the map; the painter is in logical pixels."""
        near = level_of(camera.scale) == "near"
        painter.save()
        painter.scale(camera.scale, camera.scale)
        painter.translate(shift[0] - camera.left, -camera.top)
        self.poles.draw_one(painter, card, camera.scale)
        painter.restore()
        self.card_painter.draw_one(painter, card, camera, ratio, shift, near=near)

    def draw_label(
        self, painter: QPainter, content: LinkContent, box: Box, camera: Camera, ratio: float
    ) -> None:
        """Draw a label at a box of the map."""
        self._labels.draw_one(painter, content, box, camera, ratio)
