"""The usual design to compare with: a QGraphicsScene with one item per card and per linkage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

if TYPE_CHECKING:
    from model.drawing.scene import MapScene


class CardItem(QGraphicsItem):
    """A card that moves its linkages along."""

    def __init__(self, name: str, width: float, height: float) -> None:
        super().__init__()
        self.name, self.box = name, QRectF(0, 0, width, height)
        self.links: list[LinkItem] = []
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsMovable)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemSendsGeometryChanges)

    def boundingRect(self) -> QRectF:
        return self.box.adjusted(-2, -2, 2, 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setPen(QPen(QColor("#47568a"), 1.5))
        painter.setBrush(QColor("white"))
        painter.drawRoundedRect(self.box, 8, 8)
        painter.setBrush(QColor("#47568a"))
        painter.drawRoundedRect(QRectF(8, 8, 32, 32), 6, 6)
        painter.setPen(QColor("black"))
        room = self.box.adjusted(48, 4, -6, -4)
        painter.drawText(room, int(Qt.TextFlag.TextWordWrap), self.name)

    def itemChange(self, change: QGraphicsItem.GraphicsItemChange, value: object) -> object:
        if change == QGraphicsItem.GraphicsItemChange.ItemPositionHasChanged:
            for link in self.links:
                link.follow()
        return super().itemChange(change, value)

    def middle(self) -> QPointF:
        return self.pos() + self.box.center()


class LinkItem(QGraphicsPathItem):
    """A curve between two cards with its label."""

    def __init__(self, start: CardItem, end: CardItem, label: str) -> None:
        super().__init__()
        self.start, self.end, self.label = start, end, label
        self.setPen(QPen(QColor("#176e62"), 1.8, Qt.PenStyle.DashLine))
        self.setZValue(-1)
        start.links.append(self)
        end.links.append(self)
        self.follow()

    def follow(self) -> None:
        one, two = self.start.middle(), self.end.middle()
        path = QPainterPath(one)
        path.cubicTo(QPointF(one.x(), two.y()), QPointF(two.x(), one.y()), two)
        self.setPath(path)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        super().paint(painter, option, widget)
        painter.drawText(self.path().pointAtPercent(0.5), self.label)


def plain_view(scene: MapScene) -> tuple[QGraphicsView, dict[str, CardItem]]:
    """The same map as items."""
    graphics = QGraphicsScene()
    cards: dict[str, CardItem] = {}
    for card in scene.cards.values():
        item = CardItem(card.content.name, card.content.width, card.content.height)
        item.setPos(card.x, card.y)
        graphics.addItem(item)
        cards[card.id] = item
    for link in scene.links.values():
        graphics.addItem(LinkItem(cards[link.from_id], cards[link.to_id], link.content.text))
    view = QGraphicsView(graphics)
    graphics.setParent(view)
    view.setRenderHint(QPainter.RenderHint.Antialiasing)
    return view, cards
