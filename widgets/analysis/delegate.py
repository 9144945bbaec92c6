"""Draws a cell of an analysis: a sign for what it means, and words over a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from model.analysis.views.grid import Cell
from widgets.analysis.model import CELL_ROLE
from widgets.common.icons import icon
from widgets.common.theme import GRID, theme_colours

if TYPE_CHECKING:
    from model.analysis.views.grid import Mark
    from widgets.common.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
SIGN = 14
LINES = 4
_SIGNS: dict[Mark, tuple[str, str]] = {
    "good": ("ok", "ok"),
    "doubt": ("review-due", "medium"),
    "gap": ("doubtful", "low"),
    "alarm": ("critical", "high"),
}
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)


class CellDelegate(QStyledItemDelegate):
    """Words wrap at the width of their column and are cut after a few lines."""

    def __init__(self, workspace: Workspace, view: QTableView) -> None:
        """Draw for a view."""
        super().__init__(view)
        self._workspace = workspace
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words, up to a few lines."""
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            return super().sizeHint(option, index)
        metrics = QFontMetrics(self._font(option, index))
        width = self._view.columnWidth(index.column())
        room = max(4 * GRID, width - 2 * GRID - (SIGN + GRID // 2 if cell.mark else 0))
        needed = metrics.boundingRect(QRect(0, 0, room, 10_000), _WRAP, cell.text).height()
        height = min(needed, LINES * metrics.lineSpacing())
        return QSize(width, max(height, metrics.lineSpacing()) + 2 * GRID - 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, sign and words."""
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            super().paint(painter, option, index)
            return
        style = self._workspace.style
        colours = theme_colours(style.medium)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setClipRect(rect)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.accent_soft))
        elif index.column() == 0:
            painter.fillRect(rect, QColor(colours.window))
        inner = rect.adjusted(GRID, GRID - 1, -GRID, 1 - GRID)
        if cell.mark:
            name, severity = _SIGNS[cell.mark]
            place = QRect(inner.left(), inner.top() + 1, SIGN, SIGN)
            sign = QStyle.visualRect(self._view.layoutDirection(), inner, place)
            icon(name, style.severity(severity).colour).paint(painter, sign)
            inner = self._beside(inner)
        painter.setFont(self._font(option, index))
        quiet = cell.mark == "gap" or (not cell.targets and index.column() > 0 and not cell.mark)
        painter.setPen(QColor(colours.muted if quiet else colours.text))
        painter.drawText(inner, _WRAP, self._cut(cell.text, inner, painter))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _beside(self, inner: QRect) -> QRect:
        shift = SIGN + GRID // 2
        if self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            return inner.adjusted(0, 0, -shift, 0)
        return inner.adjusted(shift, 0, 0, 0)

    def _font(self, option: QStyleOptionViewItem, index: Index) -> QFont:
        font = QFont(option.font)
        font.setBold(index.column() == 0)
        return font

    def _cut(self, text: str, room: QRect, painter: QPainter) -> str:
        """The text as far as it fits, with a sign where it goes on; tool tips hold all of it."""
        metrics = painter.fontMetrics()
        bounds = QRect(0, 0, room.width(), 10_000)
        if metrics.boundingRect(bounds, _WRAP, text).height() <= room.height() + 2:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            shown = f"{text[:middle].rstrip()}…"
            fits = metrics.boundingRect(bounds, _WRAP, shown).height() <= room.height() + 2
            low, high = (middle, high) if fits else (low, middle - 1)
        return f"{text[:low].rstrip()}…"
