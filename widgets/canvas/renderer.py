"""Draws the map's content: three levels of detail, from arrays and kept pictures.

Far away cards are coloured blocks, of which as many are named as have room, and links hairlines;
at middle distance cards are plates with their short names in type of a constant size, and parallel
links are one line with a number; near by everything is as on paper. Selection and gestures are no
part of it (see overlay.py).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from model.drawing.boxes import around, grown, overlap
from model.drawing.link_labels import RELABEL_LIMIT
from model.drawing.linkage import LinkContent, LinkLook, leader, link_look
from model.drawing.notes import note_block, note_group
from model.drawing.outlines import outline_group, title_group
from widgets.canvas.box_table import BoxTable
from widgets.canvas.bundles import Bundles
from widgets.canvas.cards import CardPainter, blit
from widgets.canvas.heads import Heads
from widgets.canvas.pictures import Pictures
from widgets.canvas.poles import Poles
from widgets.canvas.row_colours import RowsByColour
from widgets.canvas.strokes import draw_pieces, pieces, plain_pen, qt_colour, within
from widgets.common.painter import PrimitivePainter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.drawing.boxes import Box
    from model.drawing.outlines import Outline
    from model.drawing.parts import Card, Link, SceneChange
    from model.drawing.primitives import Group, Primitive
    from model.drawing.scene import MapScene
    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from widgets.canvas.box_table import Indices
    from widgets.canvas.camera import Camera
    from widgets.canvas.strokes import Pieces

Level = Literal["far", "middle", "near"]
NEAR = 0.75
MIDDLE = 0.13
LINE_ROOM = 8.0
"""How far the box of a line in the table reaches beyond the line: arrow heads have room in it."""
_DASHES_FROM = 0.36
"""Below this scale dashes and arrow heads would be smaller than a pixel."""
NAME_PX = 11.0
"""Size of type, in pixels, of the names of groups from afar."""
_COUNTS_FROM = 0.2
"""Below this scale there is no room for numbers on lines."""
_DASHED_LIMIT = 1200
"""More visible lines than this are drawn solid and without heads."""


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
    """Draws regions of one scene; keeps arrays in step with it."""

    def __init__(self, scene: MapScene, style: StyleSheet, engine: TextEngine) -> None:
        """Take over the scene as it is."""
        self.scene = scene
        self.style = style
        self.engine = engine
        self.primitives = PrimitivePainter()
        self.pictures = Pictures(style, engine, self.primitives)
        self.cards = BoxTable()
        self.links = BoxTable(extra=4)
        self.labels = BoxTable()
        self.poles = Poles(scene, style, engine, self.primitives)
        self.heads = Heads(style)
        self._leaders: dict[str, tuple[Link, Box | None, Primitive | None]] = {}
        self._looks: dict[LinkContent, LinkLook] = {}
        self._pieces: dict[str, dict[float, Pieces]] = {}
        self._outlines: list[OutlinePicture] = []
        self._outlined: dict[tuple[str, str], Outline] = {}
        self._pens = RowsByColour()
        tools = (engine, self.primitives)
        self.bundles = Bundles(scene)
        self.card_painter = CardPainter(scene, self.cards, self.pictures, style, tools)
        self.reload()

    def reload(self) -> None:
        """Take over the whole scene anew."""
        scene = self.scene
        self.cards.replace_all((i, card.box, ()) for i, card in scene.cards.items())
        self.poles.reload()
        self.links.replace_all((i, *_line_row(link)) for i, link in scene.links.items())
        placed = ((i, box, ()) for i, box in scene.labels.items() if box is not None)
        self.labels.replace_all(placed)
        self._pieces.clear()
        self._pens.replace_all(
            (i, row, self.look(scene.links[i].content).stroke.colour)
            for i, row in self.links.row_of.items()
        )
        self.bundles.forget()
        self.card_painter.forget()
        self._outlined = {}
        self._make_outlines()

    def follow(self, change: SceneChange) -> None:
        """Take over what changed."""
        if change.everything:
            self.reload()
            return
        self.poles.follow(change.cards)
        for card_id in change.cards:
            card = self.scene.cards.get(card_id)
            if card is None:
                self.cards.remove(card_id)
            else:
                self.cards.put(card_id, card.box)
        for link_id in change.links:
            self._pieces.pop(link_id, None)
            link = self.scene.links.get(link_id)
            if link is None:
                self.links.remove(link_id)
                self._pens.remove(link_id)
            else:
                row = self.links.put(link_id, *_line_row(link))
                self._pens.put(link_id, row, self.look(link.content).stroke.colour)
        relabelled = len(self.scene.links) <= RELABEL_LIMIT
        self._follow_labels([*self.scene.labels, *change.links] if relabelled else change.links)
        self.bundles.follow(change.links)
        self.card_painter.follow(change.cards)
        self._make_outlines()

    def place_labels(self, links: Iterable[str]) -> None:
        """See to it that the labels of lines have their places."""
        self._follow_labels(self.scene.place_labels(links))

    def _follow_labels(self, links: Iterable[str]) -> None:
        scene = self.scene
        for link_id in links:
            box = scene.labels.get(link_id)
            if box is None:
                self.labels.remove(link_id)
            else:
                self.labels.put(link_id, box)

    def _make_outlines(self) -> None:
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

    def look(self, content: LinkContent) -> LinkLook:
        """The look of a linkage, kept."""
        found = self._looks.get(content)
        if found is None:
            found = self._looks[content] = link_look(content, self.style)
        return found

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
    ) -> None:
        """Draw a part of the map.

        Args:
            painter: on a device with `ratio` device pixels per logical pixel.
            camera: the view; the painter's origin is the view's top left corner.
            area: the part of the map to draw; the painter is clipped to it by the caller.
            ratio: device pixels per logical pixel.
            hidden: cards and links to leave out (they are being dragged).
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
        counted = self._draw_links(painter, camera, area, level, hidden[1])
        titles = [one.title for one in outlines]
        if level != "near":
            titles = [self._name(one, camera.scale) for one in outlines]
        self.primitives.paint(painter, titles)
        self.poles.draw(painter, area, camera.scale, hidden[0])
        painter.restore()
        for middle, count, ink in counted:
            self.card_painter.draw_count(painter, camera, ratio, middle, count, ink)
        if level == "far":
            self.card_painter.draw_blocks(painter, camera, area, hidden[0])
        elif level == "middle":
            self.card_painter.draw_plates(painter, camera, area, ratio, hidden[0])
        else:
            self.card_painter.draw_near(painter, camera, area, ratio, hidden[0])
        if level == "near":
            self._draw_labels(painter, camera, area, ratio, hidden[1])
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
            self.primitives.paint(painter, [group or note_block(note, self.style)])
        painter.restore()

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

    def _draw_links(
        self, painter: QPainter, camera: Camera, area: Box, level: Level, hidden: frozenset[str]
    ) -> list[tuple[tuple[float, float], int, str]]:
        """Draw lines; returns the numbers of those that stand for several: where, how many, ink."""
        # Numbers on lines are a little wider than the lines.
        wide = grown(area, 12.0 / camera.scale) if level == "middle" else area
        rows = self.links.within(wide)
        if level == "far":
            self._hairlines(painter, rows, hidden)
            return []
        dashed = camera.scale >= _DASHES_FROM and len(rows) <= _DASHED_LIMIT
        # What is not simply there stays dashed from afar, in dashes that can be told apart.
        stretch = max(1.0, math.ceil(2.0 / camera.scale) / 4.0)
        margin = (area[0] - 3, area[1] - 3, area[2] + 3, area[3] + 3)
        by_look: dict[LinkLook, list[Pieces]] = {}
        shown: list[tuple[Link, LinkLook]] = []
        bundles = level == "middle"
        counted: list[tuple[tuple[float, float], int, str]] = []
        for link_id in self.links.names(rows):
            if link_id in hidden or (bundles and self.bundles.is_led(link_id)):
                continue
            link = self.scene.links[link_id]
            look = self.look(link.content)
            if bundles and (count := self.bundles.count(link)) > 1:
                middle = self.bundles.middle(link)
                if overlap((*middle, *middle), wide):
                    counted.append((middle, count, look.ink))
            marked = dashed or link.content.state != "current"
            by_look.setdefault(look, []).append(self._line(link, look, stretch if marked else 0.0))
            if dashed or link.content.state == "keep_apart":
                shown.append((link, look))
        for look, lines in by_look.items():
            painter.setPen(plain_pen(look.stroke, max(look.stroke.width, 1.0 / camera.scale)))
            draw_pieces(painter, within(np.concatenate(lines), margin))
        self.heads.draw(painter, shown)
        return counted if camera.scale >= _COUNTS_FROM else []

    def _line(self, link: Link, look: LinkLook, stretch: float) -> Pieces:
        """A line's pieces, its dashes so many times as long as near by; 0 for a solid line."""
        kept = self._pieces.setdefault(link.id, {})
        found = kept.get(stretch)
        if found is None:
            dash = tuple(length * stretch for length in look.stroke.dash) if stretch else ()
            found = kept[stretch] = pieces(link.route.points, dash)
        return found

    def solid_line(self, link: Link) -> Pieces:
        """The pieces of a line without its dashes."""
        return self._line(link, self.look(link.content), 0.0)

    def _hairlines(self, painter: QPainter, rows: Indices, hidden: frozenset[str]) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(rows) <= 4000)
        visible = np.zeros(len(self.links.ids), dtype=bool)
        visible[rows] = True
        for link_id in hidden:
            row = self.links.row_of.get(link_id)
            if row is not None:
                visible[row] = False
        lines = self.links.extra
        for colour, members in self.hairline_rows().items():
            group = members[visible[members]]
            pen = QPen(qt_colour(colour + "99"), 0)
            painter.setPen(pen)
            draw_pieces(painter, lines[group])

    def hairline_rows(self) -> dict[str, Indices]:
        """Rows of lines by the colour that they are drawn in from afar."""
        return self._pens.groups()

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

    def _draw_labels(
        self, painter: QPainter, camera: Camera, area: Box, ratio: float, hidden: frozenset[str]
    ) -> None:
        self.place_labels(self.links.names_within(area))
        names = [i for i in self.labels.names_within(area) if i not in hidden]
        leaders = []
        for link_id in names:
            link = self.scene.links.get(link_id)
            if link is not None:
                line = self._leader(link)
                if line is not None:
                    leaders.append(line)
        if leaders:
            painter.save()
            painter.scale(camera.scale, camera.scale)
            painter.translate(-camera.left, -camera.top)
            self.primitives.paint(painter, leaders)
            painter.restore()
        for link_id in names:
            box = self.scene.labels.get(link_id)
            link = self.scene.links.get(link_id)
            if box is not None and link is not None:
                self.draw_label(painter, link.content, box, camera, ratio)

    def _leader(self, link: Link) -> Primitive | None:
        box = self.scene.labels[link.id]
        kept = self._leaders.get(link.id)
        if kept is None or kept[0] is not link or kept[1] is not box:
            line = leader(link.route, box, self.style) if box is not None else None
            kept = self._leaders[link.id] = (link, box, line)
        return kept[2]

    def draw_label(
        self, painter: QPainter, content: LinkContent, box: Box, camera: Camera, ratio: float
    ) -> None:
        """Draw a label at a box of the map."""
        picture = self.pictures.label(content, camera.scale * ratio)
        blit(painter, picture, camera, (box[0], box[1]), ratio)


def _line_row(link: Link) -> tuple[Box, tuple[float, ...]]:
    points = link.route.points
    left, top, right, bottom = link.route.box()
    return grown((left, top, right, bottom), LINE_ROOM), (*points[:2], *points[-2:])
