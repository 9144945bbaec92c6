"""What lies over the presented map: a spotlight that follows the pointer, and the blank screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_RADIUS = 170.0
_DARK = QColor(0, 0, 0, 170)


class PointerLight(QWidget):
    """Darkens all but a circle around a point; lets every click through."""

    def __init__(self, parent: QWidget) -> None:
        """Begin switched off."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._at = QPointF()
        self.hide()

    def move_light(self, point: QPointF) -> None:
        """Light the circle around another point of the parent."""
        self._at = point
        if self.isVisible():
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Darkness with a hole."""
        path = QPainterPath()
        path.addRect(self.rect().toRectF())
        path.addEllipse(self._at, _RADIUS, _RADIUS)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, _DARK)
        painter.end()


class BlankScreen(QWidget):
    """Covers everything in black."""

    def __init__(self, parent: QWidget) -> None:
        """Begin switched off."""
        super().__init__(parent)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Nothing but black."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        painter.end()
