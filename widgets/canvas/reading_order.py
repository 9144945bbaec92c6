"""The order in which cards are read, gone through and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.drawing.parts import Card
    from model.drawing.scene import MapScene


def in_reading_order(scene: MapScene) -> list[Card]:
    """The cards band by band, row by row, from left to right."""

    def place(card: Card) -> tuple[float, float, float]:
        return scene.bands.at(card.y + card.content.height / 2).top, round(card.y / 40), card.x

    return sorted(scene.cards.values(), key=place)
