"""Paints the poles from which cards on three bands or more hang, beneath all cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt

from model.drawing.actor import accent_of, pole_bars, pole_group
from widgets.canvas.box_table import BoxTable
from widgets.canvas.strokes import qt_colour

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPainter

    from model.drawing.boxes import Box
    from model.drawing.parts import Card
    from model.drawing.scene import MapScene
    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from widgets.common.painter import PrimitivePainter

_NUMERAL_NEAR = 10.0
_COLOURED_FROM = 0.25
"""Below this scale a pole is a mere stroke."""
_NUMERALS_FROM = 0.7
"""Below this scale the numerals of its bands could not be read."""


class Poles:
    """The poles of one scene in one style."""

    def __init__(
        self, scene: MapScene, style: StyleSheet, engine: TextEngine, primitives: PrimitivePainter
    ) -> None:
        """Start without any."""
        self._scene = scene
        self._style = style
        self._engine, self._primitives = engine, primitives
        self.boxes = BoxTable()

    def reload(self) -> None:
        """Take over all cards anew."""
        cards = self._scene.cards.items()
        poles = ((i, card.pole) for i, card in cards if card.content.segments)
        self.boxes.replace_all((i, pole, ()) for i, pole in poles if pole is not None)

    def follow(self, cards: Iterable[str]) -> None:
        """Take over what changed."""
        known, shown = self.boxes.row_of, self._scene.cards
        for card_id in cards:
            card = shown.get(card_id)
            pole = card.pole if card is not None else None
            if pole is not None:
                self.boxes.put(card_id, pole)
            elif card_id in known:
                self.boxes.remove(card_id)

    def draw(self, painter: QPainter, area: Box, scale: float, hidden: frozenset[str]) -> None:
        """Draw the poles of an area; the painter is in map units."""
        for card_id in self.boxes.names_within(area):
            if card_id not in hidden:
                self.draw_one(painter, self._scene.cards[card_id], scale)

    def draw_one(self, painter: QPainter, card: Card, scale: float) -> None:
        """Draw the pole of a card, if it has one."""
        pole = card.pole
        if pole is None:
            return
        if scale < _COLOURED_FROM:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qt_colour(accent_of(card.content, self._style)))
            painter.drawRect(QRectF(pole[0], pole[1], pole[2] - pole[0], pole[3] - pole[1]))
            return
        near = scale >= _NUMERALS_FROM
        painter.save()
        painter.translate(card.x, card.y)
        if near:
            group = pole_group(card.content, self._style, self._engine, _NUMERAL_NEAR)
        else:
            group = pole_bars(card.content, self._style)
        self._primitives.paint(painter, [group])
        painter.restore()
