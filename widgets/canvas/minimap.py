"""The whole map in a corner: shows what part is in view, and takes the view elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from resources.text import tr
from widgets.canvas.camera import Camera, fitted
from widgets.canvas.corners import Seat, all_in_view
from widgets.canvas.strokes import draw_boxes, qt_colour

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from model.drawing.boxes import Box
    from widgets.canvas.corners import Name
    from widgets.canvas.view import MapView

WIDTH, LEAST_HEIGHT, MOST_HEIGHT = 172, 72, 132
_ORDER: tuple[Name, ...] = ("bottom right", "top right", "bottom left", "top left")
_INSET = 6.0
_NEAR = 60
"""Pixels around it in which it gives way to what is dragged: about half a card."""
_NEARLY_ALL = 0.75
"""With so much of the map in view, a map of the map would hide more than it shows."""
_LEAST_ROOM = (420, 300)
"""In a smaller canvas there is no room for a map of the map."""
_MANY = 1000
"""Of more cards than these it shows an edit only when the map is at rest."""


class Minimap(QWidget):
    """A small map in a corner of the canvas; it hides by itself while everything is in view.

    A press or a drag brings that part into view. For the keyboard there are the arrow keys of the
    map itself, so it takes no focus.

    Attributes:
        taken: where other things lie over the map.
    """

    def __init__(self, view: MapView) -> None:
        """Lie in the lower right corner of a view, or where fewer cards are covered."""
        super().__init__(view)
        self._view = view
        self._wanted = True
        self._picture = QPixmap()
        self._framed = QPixmap()
        self._framed_for: tuple[object, ...] = ()
        self._content: Box | None = None
        self._seat = Seat(view, _ORDER, self.settle)
        self.taken: Callable[[], list[QRect]] = list
        self._gives_way = self._is_stale = False
        self.setAccessibleName(tr("The whole map in small"))
        self.setToolTip(tr("The whole map: press or drag to look elsewhere (M hides it)"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        view.camera_changed.connect(lambda _: self.settle(keep=self._seat.moved()))
        view.scene_changed.connect(lambda change: self.renew(at_rest=not change.everything))
        view.workspace.style_changed.connect(self.renew)

    @property
    def wanted(self) -> bool:
        """Whether it shows itself when not everything is in view."""
        return self._wanted

    def set_wanted(self, wanted: bool) -> None:
        """Show it from now on, or never."""
        self._wanted = wanted
        self.settle()

    def give_way(self, point: QPointF) -> None:
        """Something is dragged to a pixel of the view: hide nothing of where it would lie."""
        near = self.geometry().adjusted(-_NEAR, -_NEAR, _NEAR, _NEAR)
        if self.isVisible() and not self.underMouse() and near.contains(point.toPoint()):
            self._gives_way = True
            self.hide()

    def come_back(self) -> None:
        """Nothing is dragged any more."""
        if self._gives_way:
            self._gives_way = False
            self.settle()

    def renew(self, *, at_rest: bool = False) -> None:
        """What it shows has changed; where it lies, or whether, may wait until the map rests.

        So may the picture of very many cards, in which hardly a pixel is another one.
        """
        self._is_stale = True
        if not at_rest:
            self.settle()
            return
        self._seat.rest()
        if len(self._view.scene.cards) <= _MANY:
            self._freshen()
            self.update()

    def _freshen(self) -> None:
        """Let go of what it showed before the map changed."""
        if self._is_stale:
            self._is_stale = False
            self._picture, self._content = QPixmap(), None

    def _whole(self) -> Box:
        """The box around the map, until that changes."""
        if self._content is None:
            self._content = self._view.content_box()
        return self._content

    def settle(self, *, keep: bool = False) -> None:
        """Take the place in a corner, the one it has if that is wanted, or hide."""
        self._freshen()
        view = self._view
        roomy = view.width() >= _LEAST_ROOM[0] and view.height() >= _LEAST_ROOM[1]
        if not (self._wanted and roomy and view.scene.cards) or all_in_view(view):
            self._seat.leave()
            self.hide()
            return
        left, top, right, bottom = self._whole()
        high = WIDTH * (bottom - top) / max(1.0, right - left)
        size = (WIDTH, round(max(LEAST_HEIGHT, min(MOST_HEIGHT, high))))
        held = bool(QApplication.mouseButtons()) and self.underMouse()
        corner = self._seat.try_for(size, self.taken(), keep=keep or held)
        self._seat.sit(corner)
        # With nearly all in view it helps only where it hides nothing.
        shown = corner.covered == 0 or held or self._share_in_view() < _NEARLY_ALL
        if shown:
            self.setGeometry(corner.rect)
            self.raise_()
            self.update()
        self.setVisible(shown and not self._gives_way)

    def _share_in_view(self) -> float:
        """How much of the map is in view."""
        view = self._view
        left, top, right, bottom = self._whole()
        seen = view.camera.view(view.width(), view.height())
        across = max(0.0, min(seen[2], right) - max(seen[0], left))
        down = max(0.0, min(seen[3], bottom) - max(seen[1], top))
        return across * down / max(1.0, (right - left) * (bottom - top))

    def camera(self) -> Camera:
        """How the whole map fits into it."""
        return fitted(self._whole(), self.width(), self.height(), _INSET)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the pressed part of the map into the middle of the view."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(event.position())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the view follow the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The view stays where it was brought; nothing of it reaches the canvas below."""
        event.accept()

    def _go(self, point: QPointF) -> None:
        view = self._view
        x, y = self.camera().to_map(point.x(), point.y())
        scale = view.camera.scale
        view.set_camera(Camera(scale, x - view.width() / 2 / scale, y - view.height() / 2 / scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The bands, a block for each card, and a frame around what is in view."""
        view, ratio = self._view, self.devicePixelRatioF()
        if self._picture.isNull() or self._picture.size() != self.size() * ratio:
            self._picture = self._drawn(ratio)
        wanted = (self._picture.cacheKey(), view.camera, view.width(), view.height())
        if wanted != self._framed_for:
            self._framed, self._framed_for = self._with_frame(), wanted
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._framed)
        painter.end()

    def _with_frame(self) -> QPixmap:
        view, camera = self._view, self.camera()
        picture = QPixmap(self._picture)
        painter = QPainter(picture)
        left, top, right, bottom = view.camera.view(view.width(), view.height())
        x1, y1 = camera.to_screen(left, top)
        x2, y2 = camera.to_screen(right, bottom)
        frame = QRectF(QPointF(x1, y1), QPointF(x2, y2))
        inner = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        colour = qt_colour(view.interaction.selected.colour)
        painter.setPen(QPen(colour, 2))
        colour.setAlpha(28)
        painter.setBrush(colour)
        painter.drawRect(frame.intersected(inner))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(qt_colour(view.workspace.style.muted_ink), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()
        return picture

    def _drawn(self, ratio: float) -> QPixmap:
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        view, camera = self._view, self.camera()
        picture.fill(qt_colour(view.workspace.style.surface))
        painter = QPainter(picture)
        for band in view.scene.bands.entries:
            _, top = camera.to_screen(0.0, band.top)
            _, bottom = camera.to_screen(0.0, band.bottom)
            tint = qt_colour(view.workspace.style.band(band.code).tint)
            painter.fillRect(QRectF(0, top, self.width(), bottom - top), tint)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, boxes in view.renderer.card_painter.boxes_by_colour().items():
            painter.setBrush(qt_colour(colour))
            flat = np.empty_like(boxes)
            flat[:, 0] = (boxes[:, 0] - camera.left) * camera.scale
            flat[:, 1] = (boxes[:, 1] - camera.top) * camera.scale
            flat[:, 2:] = np.maximum((boxes[:, 2:] - boxes[:, :2]) * camera.scale, 2.0)
            draw_boxes(painter, flat)
        painter.end()
        return picture
