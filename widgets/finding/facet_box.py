"""A value that can be ticked, with its count: a long name is cut short, the count never is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from resources.text import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_LEAST = 120


class FacetBox(QCheckBox):
    """A tick box that fits into any width."""

    def __init__(self) -> None:
        """Start without a name."""
        super().__init__()
        self._title = ""
        self._count = 0

    def say(self, title: str, count: int) -> None:
        """Show this name and count."""
        self._title, self._count = title, count
        self.setToolTip(title)
        self.setAccessibleName(tr("{value}: {count}", value=title, count=count))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """A narrow panel is no reason to cut anything off."""
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the name anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self)
        metrics, tail = self.fontMetrics(), f"  {self._count}"
        room = box.width() - metrics.horizontalAdvance(tail) - 2
        title = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        self.setText(f"{title}{tail}".replace("&", "&&"))
