"""Icons of the catalogue as QIcons in any colour, drawn from outlines and sharp at every size.

The font of the QtAwesome package is read directly (see model/drawing/font_files.py): importing the
package itself would cost start-up time and bring a second layer between us and Qt.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap

from model.drawing.icons import mirrors
from widgets.common.painter import icon_path

__all__ = ["icon", "icon_pixmap"]

_PATH_SIZE: Final = 512
_RIGHT_TO_LEFT: Final = Qt.LayoutDirection.RightToLeft
_DISABLED_OPACITY: Final = 0.4


class _OutlineEngine(QIconEngine):
    """Paints one icon of the catalogue in one colour."""

    def __init__(self, name: str, colour: str, chosen: str = "") -> None:
        super().__init__()
        self._name = name
        self._colour = colour
        self._chosen = chosen or colour

    def clone(self) -> QIconEngine:
        """A copy, which Qt asks for when icons are changed."""
        return _OutlineEngine(self._name, self._colour, self._chosen)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Paint the outline into the middle of the rectangle."""
        side = min(rect.width(), rect.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(
            rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2
        )
        painter.scale(side / _PATH_SIZE, side / _PATH_SIZE)
        if mirrors(self._name) and QGuiApplication.layoutDirection() is _RIGHT_TO_LEFT:
            painter.translate(_PATH_SIZE, 0)
            painter.scale(-1, 1)
        if mode is QIcon.Mode.Disabled:
            painter.setOpacity(_DISABLED_OPACITY)
        colour = self._chosen if mode is QIcon.Mode.Selected else self._colour
        painter.fillPath(icon_path(self._name), QColor(colour))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """A transparent pixmap of a size in device pixels with the icon on it."""
        if size.isEmpty():
            return QPixmap()
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap


@lru_cache(maxsize=1024)
def icon(name: str, colour: str, chosen: str = "") -> QIcon:
    """An icon of the catalogue in a colour like #rrggbb; unknown names show the fallback.

    In a selected cell of a list it has the colour `chosen`, if that is given.
    """
    return QIcon(_OutlineEngine(name, colour, chosen))


def icon_pixmap(name: str, colour: str, size: int, device_pixel_ratio: float = 1.0) -> QPixmap:
    """A picture of an icon, `size` logical pixels wide."""
    return icon(name, colour).pixmap(QSize(size, size), device_pixel_ratio)
