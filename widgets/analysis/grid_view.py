"""The grid of an analysis: wrapped words, one cell chosen at a time, the first column in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from widgets.common.frozen_column import FrozenTable

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class GridView(FrozenTable):
    """Rows as high as their words.

    Signals:
        widened: it has another width now.
    """

    widened = Signal()

    def __init__(self) -> None:
        """Begin without a model."""
        super().__init__()
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns may want other widths now."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.widened.emit()
