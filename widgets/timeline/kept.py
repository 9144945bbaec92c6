"""A picture of a part of some content that is kept and scrolled.

It reaches a little beyond the view, so that most steps of panning paint nothing; where one leaves
what is painted, only the strips that come into sight are painted, a little ahead.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.drawing.primitives import Primitive
    from widgets.common.painter import PrimitivePainter

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in the coordinates of the content, on whole units."""
Reach = tuple[float, float]
"""How far across and down."""


class KeptPicture:
    """Painted content around a view.

    Attributes:
        view: what is in sight.
        painted: what is painted; the view lies in it after `begin` and `reach`.
    """

    def __init__(self, room: Reach, ahead: Reach) -> None:
        """Start without a picture.

        Args:
            room: how far the picture can go beyond the view before it has to be scrolled.
            ahead: how much is painted at once beyond the view, where it moves to.
        """
        self._room = room
        self._ahead = ahead
        self._pixmap = QPixmap()
        self._whole: Box = (0.0, 0.0, 0.0, 0.0)
        self.view = self._whole
        self.painted = self._whole

    def holds(self, view: Box, ratio: float) -> bool:
        """Whether a view of the same size is near enough for `reach`."""
        # At a broken ratio, a picture that is shifted would fall between pixels.
        return (
            self._pixmap.devicePixelRatio() == ratio == round(ratio)
            and not self._pixmap.isNull()
            and _size(view) == _size(self.view)
            and meet(self.painted, view)
        )

    def begin(self, view: Box, ratio: float) -> list[Box]:
        """Take a new picture, or the old one anew, with the view in its middle."""
        across, down = self._room if ratio == round(ratio) else (0.0, 0.0)
        self.view = self.painted = view
        self._whole = _grown(view, across, down)
        width, height = _size(self._whole)
        wanted = (round(width * ratio), round(height * ratio))
        if (self._pixmap.width(), self._pixmap.height()) != wanted:
            self._pixmap = QPixmap(*wanted)
        self._pixmap.setDevicePixelRatio(ratio)
        return [view]

    def reach(self, view: Box) -> list[Box]:
        """Make room for a view; returns what has to be painted."""
        self.view = view
        if _within(view, self.painted):
            return []
        there = common(self.painted, _grown(view, *self._ahead))
        across, down = self._ahead
        left, top, right, bottom = _hull(there, view)
        # Ahead only where something is missing: the other strips can wait for a step of their own.
        wanted = (
            view[0] - across if view[0] < there[0] else left,
            view[1] - down if view[1] < there[1] else top,
            view[2] + across if view[2] > there[2] else right,
            view[3] + down if view[3] > there[3] else bottom,
        )
        if not _within(wanted, self._whole):
            self._scroll(_grown(view, *self._room))
        self.painted = common(wanted, self._whole)
        return _around(there, self.painted)

    def _scroll(self, whole: Box) -> None:
        ratio = self._pixmap.devicePixelRatio()
        shift = (self._whole[0] - whole[0], self._whole[1] - whole[1])
        # PySide's scroll works in device pixels only on a picture without a ratio.
        self._pixmap.setDevicePixelRatio(1.0)
        self._pixmap.scroll(round(shift[0] * ratio), round(shift[1] * ratio), self._pixmap.rect())
        self._pixmap.setDevicePixelRatio(ratio)
        self._whole = whole

    def clip(self, parts: Iterable[Box]) -> list[Box]:
        """What of some parts is painted in this picture."""
        return [common(part, self.painted) for part in parts if meet(part, self.painted)]

    def painter(self, part: Box) -> QPainter:
        """A painter onto a part, in the coordinates of the content; the caller ends it."""
        painter = QPainter(self._pixmap)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        painter.translate(-self._whole[0], -self._whole[1])
        painter.setClipRect(QRectF(part[0], part[1], part[2] - part[0], part[3] - part[1]))
        return painter

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Show the view at a place; the painter is clipped to it."""
        across, down = self._whole[0] - self.view[0], self._whole[1] - self.view[1]
        painter.drawPixmap(QPointF(x + across, y + down), self._pixmap)

    def stretch(self, painter: QPainter, target: QRectF) -> None:
        """Show all that is painted across and in sight downward, as wide as a target."""
        ratio = self._pixmap.devicePixelRatio()
        across, down = self.painted[0] - self._whole[0], self.view[1] - self._whole[1]
        width = self.painted[2] - self.painted[0]
        source = QRectF(across * ratio, down * ratio, width * ratio, target.height() * ratio)
        painter.drawPixmap(target, self._pixmap, source)


def picture_of(
    primitives: PrimitivePainter,
    items: Iterable[Primitive],
    place: tuple[float, float, float, float],
    ratio: float,
) -> QPixmap:
    """A picture of what lies in a place (left, top, width, height), on nothing."""
    left, top, width, height = place
    picture = QPixmap(max(ceil(width * ratio), 1), max(ceil(height * ratio), 1))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.translate(-left, -top)
    primitives.paint(painter, items)
    painter.end()
    return picture


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes share more than a border."""
    left, top, right, bottom = common(one, other)
    return left < right and top < bottom


def common(one: Box, other: Box) -> Box:
    """What two boxes share."""
    return (
        *(max(one[0], other[0]), max(one[1], other[1])),
        *(min(one[2], other[2]), min(one[3], other[3])),
    )


def _size(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _grown(box: Box, across: float, down: float) -> Box:
    return (box[0] - across, box[1] - down, box[2] + across, box[3] + down)


def _within(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0]
        and inner[1] >= outer[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )


def _hull(one: Box, other: Box) -> Box:
    return (
        *(min(one[0], other[0]), min(one[1], other[1])),
        *(max(one[2], other[2]), max(one[3], other[3])),
    )


def _around(there: Box, wanted: Box) -> list[Box]:
    """What a larger box has beside a smaller one within it."""
    left, top, right, bottom = wanted
    parts = (
        (left, top, there[0], bottom),
        (there[2], top, right, bottom),
        (there[0], top, there[2], there[1]),
        (there[0], there[3], there[2], bottom),
    )
    return [part for part in parts if part[0] < part[2] and part[1] < part[3]]
