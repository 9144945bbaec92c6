"""Pictures of cards and labels, painted once per content and scale and then only copied.

Equal contents look equal, so thousands of labels need a few dozen pictures. The store keeps within
a budget of bytes; what was not used for longest goes first.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from model.drawing.actor import TAG_OVER, CardContent, card_group
from model.drawing.linkage import LinkContent, label_shapes, label_size, link_look
from model.drawing.plate import plate_group
from model.drawing.primitives import Fill, Label, Rect, Stroke
from model.drawing.text import TextStyle
from widgets.canvas.captions import SIZE

if TYPE_CHECKING:
    from model.drawing.plate import Plate
    from model.drawing.primitives import Primitive
    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from widgets.common.painter import PrimitivePainter

BUDGET = 96 * 1024 * 1024
TAG_ROOM = TAG_OVER + 3.0
"""Room above a card for the tag that reaches over its upper edge, and its outline."""
COUNT_HEIGHT = 16.0
"""Logical pixels of the sign with the number of linkages that a line stands for."""
_COUNT_SIZE = 9.5
_CAPTION_STYLE = TextStyle(SIZE, bold=True)
MARGIN = 1
"""Pixels around a picture, for soft edges."""


class Pictures:
    """Keeps pictures for one style and text engine.

    Attributes:
        evictions: how often pictures went for want of room; who holds on to some lets go then.
    """

    def __init__(self, style: StyleSheet, engine: TextEngine, paint: PrimitivePainter) -> None:
        """Start without pictures."""
        self._style = style
        self._engine = engine
        self._paint = paint
        self._kept: OrderedDict[tuple[object, ...], QPixmap] = OrderedDict()
        self._sizes: dict[str, tuple[float, float]] = {}
        self._bytes = 0
        self.evictions = 0

    def card(self, content: CardContent, scale: float) -> QPixmap:
        """A card's picture in device pixels, `MARGIN` pixels larger on each side."""
        key = (content, scale)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        group = card_group(content, self._style, self._engine)
        over = TAG_ROOM if content.tag else 0.0
        lowered = msgspec.structs.replace(group, dy=over)
        height = content.height + over
        return self._keep(key, self._picture([lowered], content.width, height, scale))

    def plate(self, content: CardContent, plate: Plate, ratio: float) -> QPixmap:
        """The picture of a card seen from afar, in device pixels."""
        key = (content, plate, ratio)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        group = plate_group(content, plate, self._style, self._engine)
        return self._keep(key, self._picture([group], plate.width, plate.height, ratio))

    def count(self, count: int, colour: str, ratio: float) -> QPixmap:
        """The number on a line that stands for several, `COUNT_HEIGHT` logical pixels high."""
        key = (count, colour, ratio)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        block = self._engine.layout(str(count), TextStyle(_COUNT_SIZE, bold=True))
        width = max(COUNT_HEIGHT, block.width + 6)
        edge = 1.0  # half of the outline and room for soft edges lie within
        frame = Rect(
            edge,
            edge,
            width - 2 * edge,
            COUNT_HEIGHT - 2 * edge,
            COUNT_HEIGHT / 2 - edge,
            Stroke(colour, 1.2),
            Fill(self._style.surface),
        )
        middle = (width / 2, COUNT_HEIGHT / 2)
        label = Label(*middle, block, colour, horizontal="centre", vertical="middle")
        return self._keep(key, self._picture([frame, label], width, COUNT_HEIGHT, ratio))

    def caption(self, words: str, ratio: float) -> tuple[QPixmap, float, float]:
        """The name of a block in device pixels, with its width and height in logical ones."""
        size = self._sizes.get(words)
        found = None if size is None else self._kept.get((words, ratio))
        if size is None or found is None:
            block = self._engine.layout(words, _CAPTION_STYLE)
            size = self._sizes[words] = (block.width, block.height)
            label = Label(0.0, 0.0, block, self._style.ink)
            found = self._keep((words, ratio), self._picture([label], *size, ratio))
        else:
            self._kept.move_to_end((words, ratio))
        return found, *size

    def label(self, content: LinkContent, scale: float) -> QPixmap:
        """The picture of a linkage's label."""
        key = (content, scale)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        width, height = label_size(content)
        look = link_look(content, self._style)
        box = (0.0, 0.0, width, height)
        shapes = label_shapes(content, look, box, self._style, self._engine)
        return self._keep(key, self._picture(shapes, width, height, scale))

    def _picture(
        self, shapes: list[Primitive], width: float, height: float, scale: float
    ) -> QPixmap:
        picture = QPixmap(
            math.ceil(width * scale) + 2 * MARGIN, math.ceil(height * scale) + 2 * MARGIN
        )
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        painter.translate(MARGIN, MARGIN)
        painter.scale(scale, scale)
        self._paint.paint(painter, shapes)
        painter.end()
        return picture

    def _keep(self, key: tuple[object, ...], picture: QPixmap) -> QPixmap:
        self._kept[key] = picture
        self._bytes += _size(picture)
        while self._bytes > BUDGET and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= _size(oldest)
            self._sizes.clear()
            self.evictions += 1
        return picture


def _size(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4
