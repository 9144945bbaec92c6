"""What a list of results shows: one line with icon, title, where it is from, and keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from widgets.common.directions import running_its_way
from widgets.common.icons import icon
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from PySide6.QtWidgets import QWidget

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_HEIGHT = 4 * GRID
MOST_ROWS = 8
_ICON = 18


@dataclass(frozen=True)
class Entry:
    """One line of a list of results.

    Attributes:
        title: what it is called.
        detail: where it is from, in muted ink at the end of the line.
        icon, colour: its sign.
        key: what it stands for; the caller knows.
    """

    title: str
    detail: str
    icon: str
    colour: str
    key: Hashable

    @property
    def spoken(self) -> str:
        """The line as a screen reader says it."""
        return f"{self.title}, {self.detail}" if self.detail else self.title


class EntryModel(QAbstractListModel):
    """The lines of a list."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A line's texts and icon."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return entry.spoken
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(entry.icon, entry.colour)
        return None


class EntryDelegate(QStyledItemDelegate):
    """Paints a line; the detail gives way before the title does."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Lines of one height."""
        return QSize(option.rect.width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, icon, title, detail."""
        entry = index.data(ENTRY_ROLE)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = option.palette
        painter.save()
        if chosen:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
        ink = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        room = option.rect.adjusted(GRID, 0, -GRID, 0)
        colour = palette.color(ink).name() if chosen else entry.colour
        place = QRect(room.left(), room.center().y() - _ICON // 2, _ICON, _ICON)
        icon(entry.icon, colour).paint(painter, place)
        room.setLeft(place.right() + GRID)
        metrics = option.fontMetrics
        title_width = min(metrics.horizontalAdvance(entry.title), room.width())
        detail_room = room.adjusted(title_width + 2 * GRID, 0, 0, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(palette.color(ink))
        way = option.direction
        name = running_its_way(entry.title, way)
        title = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, title)
        if detail_room.width() > 4 * GRID:
            if not chosen:
                painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            detail = running_its_way(entry.detail, way)
            cut = metrics.elidedText(detail, Qt.TextElideMode.ElideRight, detail_room.width())
            painter.drawText(detail_room, middle | Qt.AlignmentFlag.AlignRight, cut)
        painter.restore()


class EntryList(QListView):
    """A list of results that never takes the keyboard away from the field above it.

    Signals:
        entry_chosen: a line was clicked; its `Entry`.
    """

    entry_chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Begin empty, with a name for screen readers."""
        super().__init__(parent)
        self.entries = EntryModel(self)
        self.setModel(self.entries)
        self.setItemDelegate(EntryDelegate(self))
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(lambda index: self.entry_chosen.emit(index.data(ENTRY_ROLE)))

    @property
    def current(self) -> Entry | None:
        """The line that stands out."""
        entry = self.currentIndex().data(ENTRY_ROLE)
        return entry if isinstance(entry, Entry) else None

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these lines, the first standing out, as high as they need."""
        self.entries.show_entries(entries)
        if entries:
            self.setCurrentIndex(self.entries.index(0))
        rows = min(len(entries), MOST_ROWS)
        self.setFixedHeight(rows * ROW_HEIGHT + 2 * self.frameWidth())

    def step(self, by: int) -> None:
        """Let another line stand out, from the last to the first and back."""
        count = self.entries.rowCount()
        if count:
            row = (self.currentIndex().row() + by) % count
            self.setCurrentIndex(self.entries.index(row))
