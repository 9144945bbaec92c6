"""The list of findings: wraps sentences at its width and draws the arrows of headings itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from widgets.attention.delegate import FindingDelegate
from widgets.common.icons import icon
from widgets.common.theme import GRID, theme_colours

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QResizeEvent

    from widgets.common.workspace import Workspace

_ARROW = 2 * GRID


class FindingView(QTreeView):
    """A tree of sentences without header or frame."""

    def __init__(self, workspace: Workspace) -> None:
        """Look like the workspace's style."""
        super().__init__()
        self._workspace = workspace
        self.setItemDelegate(FindingDelegate(workspace, self))
        self.setHeaderHidden(True)
        self.setIndentation(2 * GRID)
        self.setUniformRowHeights(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def drawBranches(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Fill the space before a row like the row, with an arrow where it can be opened."""
        colours = theme_colours(self._workspace.style.medium)
        model = self.model()
        if self.selectionModel().isSelected(index):
            painter.fillRect(rect, QColor(colours.accent_soft))
        if model is not None and model.rowCount(index):
            place = QRect(rect.x(), rect.y() + GRID + 2, _ARROW, _ARROW)
            name = "down" if self.isExpanded(index) else "forward"
            icon(name, colours.muted).paint(painter, place)
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sentences wrap elsewhere at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
