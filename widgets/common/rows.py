"""A row to press: icon and text, cut at the end when the panel is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy

from widgets.common.directions import running_its_way
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon, QResizeEvent

_TOO_NARROW = 3 * GRID


class RowButton(QPushButton):
    """Shows as much of its text as fits; the whole of it is tool tip and accessible name."""

    def __init__(self, text: str, sign: QIcon | None = None) -> None:
        """Make a row."""
        super().__init__()
        self.setObjectName("row")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if sign is not None:
            self.setIcon(sign)
        self._whole = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self._fit()

    @property
    def whole_text(self) -> str:
        """The text before it was cut."""
        return self._whole

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        hint = super().sizeHint()
        wanted = self.fontMetrics().horizontalAdvance(self._whole) + self._around()
        return QSize(wanted, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._fit()

    def _around(self) -> int:
        """Pixels beside the text: icon, its distance, paddings and border."""
        return (0 if self.icon().isNull() else self.iconSize().width() + GRID) + 3 * GRID

    def _fit(self) -> None:
        room = self.width() - self._around()
        led = running_its_way(self._whole, self.layoutDirection())
        cut = self.fontMetrics().elidedText(led, Qt.TextElideMode.ElideRight, room)
        shown = (cut if room > _TOO_NARROW else self._whole).replace("&", "&&")
        if shown != self.text():
            self.setText(shown)
