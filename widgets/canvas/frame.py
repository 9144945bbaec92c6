"""The picture that the canvas shows: scrolled when panning, scaled when zooming, refined when idle.

The frame holds only the map's content. Panning moves its pixels and draws the strips that come
into view; while zooming the old picture is stretched over a small overview of the whole map, until
`refine` draws it crisp.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from widgets.canvas.camera import Camera, fitted
from widgets.canvas.renderer import level_of
from widgets.canvas.stale import stale_parts
from widgets.canvas.stock import View, stock_of
from widgets.canvas.strokes import qt_colour

if TYPE_CHECKING:
    from model.drawing.boxes import Box
    from widgets.canvas.lines import Manner
    from widgets.canvas.renderer import Renderer
    from widgets.canvas.stock import Stock

_OVERVIEW = QSize(1024, 640)
_MOST_MENDED = 0.6
"""When more than this share of a picture has to be mended, it is drawn anew."""
_NOTHING: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


class Frame:
    """A rendered view of the map.

    Attributes:
        camera: the view that the picture was drawn for.
        is_sharp: whether the picture shows the wanted view as it is.
        renders: how many times the whole picture was drawn (for tests).
    """

    def __init__(self, renderer: Renderer) -> None:
        """Start without a picture."""
        self.renderer = renderer
        self.camera = Camera()
        self.is_sharp = False
        self.renders = 0
        self._picture = QPixmap()
        self._ratio = 1.0
        self._size = QSize()
        self._hidden = _NOTHING
        self._stock: Stock | None = None
        self._known: Stock | None = None
        self._manner: Manner | None = None
        self._overview = QPixmap()
        self._overview_is_old = False
        self._overview_camera = Camera()

    def invalidate(self) -> None:
        """Say that the content has changed."""
        self.is_sharp = False
        self._picture = QPixmap()
        self._stock = self._known = None

    def take_stock(self) -> None:
        """Note what the picture shows, before the scene changes."""
        if self.is_sharp and not self._picture.isNull():
            self._stock = self._known or stock_of(self.renderer, self._view())

    def outdate(self) -> None:
        """Say that the content has changed since stock was taken; only what differs is drawn."""
        if self._stock is None:
            self.invalidate()
        self.is_sharp = False

    @property
    def is_empty(self) -> bool:
        """Whether there is no picture at all."""
        return self._picture.isNull()

    @property
    def is_outdated(self) -> bool:
        """Whether the picture waits to be mended after an edit."""
        return self._stock is not None and not self.is_sharp

    def shows(self, camera: Camera) -> bool:
        """Whether the picture is a sharp one of this view."""
        return self.is_sharp and camera == self.camera

    @property
    def hidden_cards(self) -> frozenset[str]:
        """The cards that are left out because they are being dragged."""
        return self._hidden[0]

    @property
    def hidden_links(self) -> frozenset[str]:
        """The lines that are left out because they are drawn elsewhere."""
        return self._hidden[1]

    @property
    def has_overview(self) -> bool:
        """Whether the small picture of the whole map is there and up to date."""
        there = not self._overview.isNull() and not self._overview_is_old
        return there or not len(self.renderer.cards.row_of)

    @property
    def has_old_overview(self) -> bool:
        """Whether the small picture shows the map as it was before some edits."""
        return self._overview_is_old and not self._overview.isNull()

    def forget_overview(self) -> None:
        """Say that the overview is out of date; it serves until another one is made."""
        self._overview_is_old = True

    def hide(self, cards: frozenset[str], links: frozenset[str]) -> None:
        """Leave these out from now on, because they are drawn elsewhere while dragged."""
        if (cards, links) != self._hidden:
            self._hidden = (cards, links)
            self.invalidate()

    def refine(self, camera: Camera, size: QSize, ratio: float) -> None:
        """Draw the view crisp; does nothing when it is."""
        if self.is_sharp and self._is_same(camera, size, ratio):
            return
        self._known = None
        if self._stock is not None and self._is_same(camera, size, ratio) and self._mend():
            return
        self._stock = None
        self._size, self._ratio = QSize(size), ratio
        device = QSize(max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio)))
        if self._picture.size() != device:
            self._picture = QPixmap(device)
        self._picture.setDevicePixelRatio(ratio)
        self.camera = camera
        view = self._view()
        self._manner = self.renderer.lines.manner(camera, view.area, view.level)
        self._draw(QRectF(0, 0, size.width(), size.height()))
        self.is_sharp = True
        self.renders += 1

    def pan_to(self, camera: Camera, size: QSize, ratio: float) -> bool:
        """Move the pixels to another view of the same scale; returns False when that cannot be."""
        if self.is_outdated:
            self.invalidate()
        if not self.is_sharp or self._picture.isNull() or camera.scale != self.camera.scale:
            return False
        if size != self._size or ratio != self._ratio:
            return False
        step = camera.scale * ratio
        dx = round((self.camera.left - camera.left) * step)
        dy = round((self.camera.top - camera.top) * step)
        width, height = self._picture.width(), self._picture.height()
        if abs(dx) >= width or abs(dy) >= height:
            return False
        # PySide's scroll works in device pixels only on a picture without a ratio.
        self._picture.setDevicePixelRatio(1.0)
        self._picture.scroll(dx, dy, self._picture.rect())
        self._picture.setDevicePixelRatio(ratio)
        self.camera = camera
        self._known = None
        if dx:
            left = 0 if dx > 0 else width + dx
            self._draw(QRectF(left / ratio, 0, abs(dx) / ratio, height / ratio))
        if dy:
            top = 0 if dy > 0 else height + dy
            self._draw(QRectF(0, top / ratio, width / ratio, abs(dy) / ratio))
        return True

    def paint(self, painter: QPainter, camera: Camera, size: QSize) -> None:
        """Show the picture as the view wants it: as it is, or stretched until it is refined."""
        if self.shows(camera):
            painter.drawPixmap(0, 0, self._picture)
            return
        ground = QRectF(0, 0, size.width(), size.height())
        painter.fillRect(ground, qt_colour(self.renderer.style.background))
        if not self._overview.isNull():
            ratio = self._overview.devicePixelRatio()
            overview = QSize(
                round(self._overview.width() / ratio), round(self._overview.height() / ratio)
            )
            self._stretch(painter, self._overview, self._overview_camera, camera, overview)
        if not self._picture.isNull():
            self._stretch(painter, self._picture, self.camera, camera, self._size)

    def make_overview(self) -> None:
        """Draw the small picture of the whole map that lies beneath while zooming out."""
        if self.has_overview:
            return
        left, top = self._least(0), 0.0
        right = self._most(2)
        bottom = self.renderer.scene.bands.height
        size = _OVERVIEW
        camera = fitted((left, top, right, bottom), size.width(), size.height(), 8.0)
        self._overview = QPixmap(size)
        self._overview_is_old = False
        self._overview_camera = camera
        painter = QPainter(self._overview)
        area = camera.view(size.width(), size.height())
        self.renderer.render(painter, camera, area, 1.0)
        painter.end()

    def _least(self, column: int) -> float:
        return min((card.box[column] for card in self.renderer.scene.cards.values()), default=0.0)

    def _most(self, column: int) -> float:
        return max((card.box[column] for card in self.renderer.scene.cards.values()), default=0.0)

    def _view(self) -> View:
        size = self._size
        area = self.camera.view(size.width(), size.height())
        level = level_of(self.camera.scale)
        return View(self.camera, area, self._ratio, level, self._hidden)

    def _mend(self) -> bool:
        """Draw only what differs from the stock; returns False when everything has to be drawn.

        In both cases it is known afterwards what the picture shows.
        """
        before, self._stock = self._stock, None
        if level_of(self.camera.scale) == "near":
            self.renderer.place_labels(self.renderer.links.names_within(self._view().area))
        after = self._known = stock_of(self.renderer, self._view())
        boxes = before.differing(after) if before is not None and after is not None else None
        if boxes is None or self._is_other_manner():
            return False
        width, height = self._size.width(), self._size.height()
        seen = [
            (*self.camera.to_screen(left, top), *self.camera.to_screen(right, bottom))
            for left, top, right, bottom in boxes
        ]
        parts = stale_parts(seen, width, height)
        if sum(part.width() * part.height() for part in parts) > _MOST_MENDED * width * height:
            return False
        for part in parts:
            self._draw(self._on_pixels(part).intersected(QRectF(0, 0, width, height)))
        self.is_sharp = True
        return True

    def _is_other_manner(self) -> bool:
        """Whether so many lines came or went that all are drawn otherwise now."""
        view = self._view()
        return self._manner != self.renderer.lines.manner(view.camera, view.area, view.level)

    def _on_pixels(self, region: QRectF) -> QRectF:
        """A region widened to whole device pixels."""
        ratio = self._ratio
        left, top = math.floor(region.left() * ratio), math.floor(region.top() * ratio)
        right, bottom = math.ceil(region.right() * ratio), math.ceil(region.bottom() * ratio)
        return QRectF(left / ratio, top / ratio, (right - left) / ratio, (bottom - top) / ratio)

    def _is_same(self, camera: Camera, size: QSize, ratio: float) -> bool:
        return camera == self.camera and size == self._size and ratio == self._ratio

    def _draw(self, region: QRectF) -> None:
        """Draw a part of the picture, in logical pixels."""
        painter = QPainter(self._picture)
        painter.setClipRect(region)
        margin = 2.0
        left, top = self.camera.to_map(region.left() - margin, region.top() - margin)
        right, bottom = self.camera.to_map(region.right() + margin, region.bottom() + margin)
        area: Box = (left, top, right, bottom)
        self.renderer.render(
            painter, self.camera, area, self._ratio, self._hidden, manner=self._manner
        )
        painter.end()

    def _stretch(
        self, painter: QPainter, picture: QPixmap, drawn: Camera, wanted: Camera, size: QSize
    ) -> None:
        factor = wanted.scale / drawn.scale
        x, y = wanted.to_screen(drawn.left, drawn.top)
        target = QRectF(x, y, size.width() * factor, size.height() * factor)
        source = QRectF(0, 0, picture.width(), picture.height())
        painter.drawPixmap(target, picture, source)
