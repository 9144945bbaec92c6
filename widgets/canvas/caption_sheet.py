"""The names of blocks at one scale as they are drawn, kept until names or blocks change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QPen

from model.drawing.actor import accent_of
from widgets.canvas.stamps import draw_stamps, stamp_at
from widgets.canvas.strokes import draw_boxes, qt_colour

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from PySide6.QtGui import QPainter

    from model.drawing.boxes import Box
    from model.drawing.parts import Card
    from model.drawing.style import StyleSheet
    from widgets.canvas.camera import Camera
    from widgets.canvas.captions import Caption
    from widgets.canvas.pictures import Pictures

_HALF_LINE = 6.5
_ASIDE = 3.0
"""Ground at either side of a name, in pixels."""
_FRAME = 1.2


class CaptionSheet:
    """Names of blocks, each on a ground that covers its block, framed in the block's colour.

    Attributes:
        captions: what it was made from; another dictionary asks for another sheet.
    """

    def __init__(
        self,
        captions: Mapping[str, Caption],
        cards: Mapping[str, Card],
        pictures: Pictures,
        style: StyleSheet,
        steps: tuple[float, float],
    ) -> None:
        """Lay out the captions of cards; `steps` are the scale and the ratio of device pixels."""
        scale, self._ratio = steps
        self.captions = captions
        self._style = style
        self._ids = list(captions)
        self._boxes = np.array([one.box for one in captions.values()]).reshape(-1, 4)
        shown = [cards[i] for i in captions]
        colours = [accent_of(card.content, style) for card in shown]
        self._colours = list(dict.fromkeys(colours))
        codes = {colour: at for at, colour in enumerate(self._colours)}
        self._codes = np.array([codes[colour] for colour in colours], dtype=np.intp)
        self._stamps = []
        blocks = np.array([card.box for card in shown]).reshape(-1, 4) * scale
        names = np.empty_like(blocks)
        for at, (words, box) in enumerate(captions.values()):
            picture, width, height = pictures.caption(words, self._ratio)
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            self._stamps.append(stamp_at(picture, x - width / 2, y - height / 2, self._ratio))
            half = width / 2 + _ASIDE
            names[at] = x - half, y - _HALF_LINE, x + half, y + _HALF_LINE
        low = np.minimum(blocks[:, :2], names[:, :2])
        self._grounds = np.hstack([low, np.maximum(blocks[:, 2:], names[:, 2:]) - low])

    def draw(
        self,
        painter: QPainter,
        camera: Camera,
        area: Box,
        wanted: Container[str] | None,
        hidden: Container[str],
    ) -> None:
        """Draw those in an area of the map, of all cards or those wanted, but for the hidden."""
        left, top, right, bottom = (side * camera.scale for side in area)
        boxes = self._boxes
        seen = (boxes[:, 0] < right) & (boxes[:, 2] > left)
        seen &= (boxes[:, 1] < bottom) & (boxes[:, 3] > top)
        rows = [
            row
            for row in np.nonzero(seen)[0].tolist()
            if self._ids[row] not in hidden and (wanted is None or self._ids[row] in wanted)
        ]
        if not rows:
            return
        grounds, codes = self._grounds[rows], self._codes[rows]
        grounds[:, :2] -= (camera.left * camera.scale, camera.top * camera.scale)
        painter.setBrush(qt_colour(self._style.surface))
        for code in np.unique(codes).tolist():
            painter.setPen(QPen(qt_colour(self._colours[code]), _FRAME))
            draw_boxes(painter, grounds[codes == code])
        draw_stamps(painter, [self._stamps[row] for row in rows], camera, self._ratio)
