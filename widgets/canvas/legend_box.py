"""The legend in a corner of the map: what its colours, sizes, shapes and lines mean just now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from model.drawing.bounds import bounds_of
from model.drawing.legend import legend_items
from model.drawing.primitives import Group
from resources.text import tr
from widgets.canvas.strokes import qt_colour

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from model.drawing.primitives import Primitive
    from widgets.canvas.view import MapView

_COLUMN = 224.0
_MOST_COLUMNS = 3
_PAD = 8.0
_LEFT = 34
_BOTTOM = 12
_MOST_SHARE = 0.72
"""So much of the canvas' height the legend may take; what is longer is set smaller."""


class LegendBox(QWidget):
    """Lies over the lower left corner; lets all pointer events through to the map."""

    def __init__(self, view: MapView) -> None:
        """Belong to a view; hidden until it is wanted, or colours or sizes mean something."""
        super().__init__(view)
        self._view = view
        self._wanted = False
        self._items: tuple[Primitive, ...] = ()
        self._scale = 1.0
        self._height = self._width = 0.0
        self.setAccessibleName(tr("Legend"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        view.scene_changed.connect(lambda _: self.renew())
        view.workspace.style_changed.connect(self.renew)

    @property
    def wanted(self) -> bool:
        """Whether it shows even when cards look as always."""
        return self._wanted

    def set_wanted(self, wanted: bool) -> None:
        """Show it from now on, or only while colours or sizes mean something."""
        self._wanted = wanted
        self.renew()

    def renew(self) -> None:
        """What the map shows has changed."""
        view = self._view
        options = view.scene.options
        styled = bool(options.colour_by or options.size_by)
        if not (styled or self._wanted) or not view.scene.cards:
            self.hide()
            return
        self._lay_out()
        self.setAccessibleDescription(", ".join(_words(self._items)))
        self.settle()
        self.setVisible(bool(self._items))
        self.update()

    def _lay_out(self) -> None:
        """The entries in as many columns as it takes to be no higher than a part of the canvas."""
        view, workspace = self._view, self._view.workspace
        room = max(80.0, _MOST_SHARE * view.height())
        for columns in range(1, _MOST_COLUMNS + 1):
            self._items, height = legend_items(
                view.scene,
                workspace.style,
                workspace.text_engine,
                _COLUMN * columns,
                only_styling=not self._wanted,
            )
            extent = bounds_of(self._items)
            self._height = height
            self._width = extent.right if extent is not None else _COLUMN
            if self._height + 2 * _PAD <= room:
                break

    def settle(self) -> None:
        """Take the place in the corner; what is too large for it is set smaller."""
        room = max(80.0, _MOST_SHARE * self._view.height())
        across = max(120.0, self._view.width() - 2 * _LEFT)
        self._scale = min(1.0, room / (self._height + 2 * _PAD), across / (self._width + 2 * _PAD))
        width = round((self._width + 2 * _PAD) * self._scale)
        height = round((self._height + 2 * _PAD) * self._scale)
        self.setGeometry(_LEFT, self._view.height() - height - _BOTTOM, width, height)
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground that lets a little through, and the entries."""
        style = self._view.workspace.style
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qt_colour(style.muted_ink), 0.8))
        painter.setBrush(qt_colour(style.surface + "ee"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.scale(self._scale, self._scale)
        painter.translate(0, _PAD)
        self._view.renderer.primitives.paint(painter, self._items)
        painter.end()


def _words(items: tuple[Primitive, ...]) -> list[str]:
    return [item.alt for item in items if isinstance(item, Group) and item.alt]
