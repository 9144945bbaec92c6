"""The legend of a map that has no room for it: a chip in a corner, which opens it over all."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from resources.text import tr
from widgets.canvas.strokes import qt_colour
from widgets.common.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from model.drawing.primitives import Primitive
    from model.drawing.style import StyleSheet
    from widgets.common.painter import PrimitivePainter

_PAD = 12.0
_GAP = 4
_KEYS = Qt.Key
_CLOSING = frozenset({_KEYS.Key_Escape, _KEYS.Key_K, _KEYS.Key_Return, _KEYS.Key_Space})
_MODIFIERS = frozenset({_KEYS.Key_Shift, _KEYS.Key_Control, _KEYS.Key_Alt, _KEYS.Key_Meta})
_SHARE = 0.9
"""So much of the window's width and height the legend may take when it is opened."""


class LegendChip(QToolButton):
    """Stands for the legend in a corner of a small map; a press opens it."""

    def __init__(self, parent: QWidget, opened: Callable[[], object]) -> None:
        """Lie in a corner; `opened` is called when the legend is to be opened."""
        super().__init__(parent)
        self.setObjectName("chip")
        self.setText(tr("Legend"))
        self.setAccessibleName(tr("Open the legend"))
        self.setToolTip(tr("What colours, shapes and lines mean"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(14, 14))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _checked=False: opened())
        self.hide()

    def wear(self, style: StyleSheet) -> None:
        """Take over the colours of the map."""
        self.setIcon(icon("info", style.ink))
        self.setStyleSheet(
            f"QToolButton#chip {{ color: {style.ink}; background: {style.surface};"
            f" border: 1px solid {style.muted_ink}; border-radius: 5px; padding: 3px 8px; }}"
            f"QToolButton#chip:hover, QToolButton#chip:focus {{ border-color: {style.ink}; }}"
        )


class LegendSheet(QWidget):
    """The whole legend in its own size over everything, until a key or a press elsewhere."""

    def __init__(self, view: QWidget, style: StyleSheet, primitives: PrimitivePainter) -> None:
        """Belong to a map."""
        super().__init__(view, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Legend"))
        self._view, self._style, self._primitives = view, style, primitives
        self._items: Sequence[Primitive] = ()
        self._scale = 1.0

    def show_items(
        self, items: Sequence[Primitive], size: tuple[float, float], words: str, at: QPoint
    ) -> None:
        """Show entries that take so much room, within the window, near to a place on the screen.

        Args:
            items: the entries.
            size: their width and height.
            words: the same in words, for screen readers.
            at: upper left corner of the chip.
        """
        self._items = items
        self.setAccessibleDescription(words)
        window = self._view.window()
        free = QRect(window.mapToGlobal(QPoint(0, 0)), window.size())
        free = free.intersected(self.screen().availableGeometry())
        width, height = size[0] + 2 * _PAD, size[1] + 2 * _PAD
        room = (_SHARE * free.width() / width, _SHARE * free.height() / height)
        self._scale = min(1.0, *room)
        self.resize(round(width * self._scale), round(height * self._scale))
        x = min(max(at.x(), free.left()), free.right() - self.width())
        y = min(max(at.y() - self.height() - _GAP, free.top()), free.bottom() - self.height())
        self.move(x, y)
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any key closes it; one that means something else does that in the window as well."""
        if event.key() in _MODIFIERS:
            return
        self.close()
        if event.key() not in _CLOSING:
            window = self._view.window()
            # Where no child has the keyboard, there is none although Qt's stubs promise one.
            focus = cast("QWidget | None", window.focusWidget())
            QApplication.sendEvent(window if focus is None else focus, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground with a frame, and the entries."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qt_colour(self._style.muted_ink), 1.0))
        painter.setBrush(qt_colour(self._style.surface))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.scale(self._scale, self._scale)
        # The entries keep some room on their left themselves.
        painter.translate(_PAD / 2, _PAD)
        self._primitives.paint(painter, self._items)
        painter.end()
