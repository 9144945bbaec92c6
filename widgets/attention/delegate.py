"""Draws a finding in a list: severity icon, the sentence over as many lines as it needs, a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from widgets.attention.model import ENTRY_ROLE, Entry
from widgets.common.icons import icon
from widgets.common.theme import GRID, ICON_SIZE, TypeSizes, theme_colours

if TYPE_CHECKING:
    from widgets.common.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
_TEXT = GRID + ICON_SIZE + GRID
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)


class FindingDelegate(QStyledItemDelegate):
    """Sentences wrap at the width of the list."""

    def __init__(self, workspace: Workspace, view: QTreeView) -> None:
        """Draw for a view."""
        super().__init__(view)
        self._workspace = workspace
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the sentence and its note."""
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, Entry):
            return super().sizeHint(option, index)
        room = self._room(entry)
        font = _of(entry, option.font)
        text = QFontMetrics(font).boundingRect(QRect(0, 0, room, 10_000), _WRAP, entry.text)
        note = QFontMetrics(_small(option.font)).lineSpacing()
        return QSize(room, text.height() + note + 2 * GRID + 1)

    def _room(self, entry: Entry) -> int:
        """Pixels for the text of a row; the view indents rows under a heading."""
        depth = 1 if entry.parent is None else 2
        inner = self._view.viewport().width() - depth * self._view.indentation()
        return max(10 * GRID, inner - _TEXT - GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, icon, sentence and note."""
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, Entry):
            super().paint(painter, option, index)
            return
        style = self._workspace.style
        colours = theme_colours(style.medium)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, QColor(colours.accent_soft))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(colours.hover))
        grave = style.severity(entry.finding.severity)
        sign = self._along(rect, QRect(GRID, GRID, ICON_SIZE, ICON_SIZE))
        icon(grave.icon, grave.colour).paint(painter, sign)
        muted = bool(entry.finding.muted_by)
        painter.setFont(_of(entry, option.font))
        painter.setPen(QColor(colours.muted if muted else colours.text))
        place = QRect(_TEXT, GRID, rect.width() - _TEXT - GRID, rect.height() - 2 * GRID)
        body = self._along(rect, place)
        painter.drawText(body, _WRAP, entry.text)
        painter.setFont(_small(option.font))
        painter.setPen(QColor(colours.muted))
        painter.drawText(
            body, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom), entry.note
        )
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _along(self, rect: QRect, inner: QRect) -> QRect:
        """A rectangle inside the row, mirrored where one reads from right to left."""
        return QStyle.visualRect(
            self._view.layoutDirection(), rect, inner.translated(rect.x(), rect.y())
        )


def _of(entry: Entry, font: QFont) -> QFont:
    """The font of a row's sentence."""
    bold = QFont(font)
    bold.setBold(entry.is_heading)
    return bold


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(TypeSizes().small)
    small.setBold(False)
    return small
