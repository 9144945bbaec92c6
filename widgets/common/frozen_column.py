"""A table whose first column stays in sight while the others are scrolled sideways.

The cells of that column are drawn, hit and edited at the edge. There is no second view above the
first: selection, keyboard, editors and screen readers know one table and read nothing twice.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QHelpEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

Index = QModelIndex | QPersistentModelIndex
_HINT = QAbstractItemView.ScrollHint.EnsureVisible
_GRIP = 4
"""How far beside its edge a section of a header can still be taken to widen it."""
_NOTCH = 120
"""What a wheel says of one step."""
_SHADE = 6
_DARKEST = 48
_MOST = 0.6
"""Of the width: a wider first column scrolls along, or nothing else could be seen."""


class FrozenHeader(QHeaderView):
    """The heading of the first column stays above it: clicked, widened and asked there, too."""

    def __init__(self, table: FrozenTable) -> None:
        """Head a table."""
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self._holds = False
        self._widened_from: tuple[int, int] | None = None
        self.setSectionsClickable(True)
        self.setMouseTracking(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """All headings, and the first above those that lie where it stays."""
        super().paintEvent(event)
        place = self._table.frozen_place()
        if place is None:
            return
        painter = QPainter(self.viewport())
        rect = QRect(place.left(), 0, place.width(), self.viewport().height())
        painter.fillRect(rect, self.palette().brush(QPalette.ColorRole.Window))
        painter.setFont(self.font())
        self.paintSection(painter, rect, 0)
        self._table.draw_shade(painter, rect)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Where the first heading stays, it is the one that is meant; its edge widens it."""
        at = event.position().toPoint()
        self._holds = self._is_meant(at)
        if self._is_edge(at) and event.button() is Qt.MouseButton.LeftButton:
            self._widened_from = (at.x(), self.sectionSize(0))
            return
        super().mousePressEvent(self._as_meant(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What was begun there goes on; the pointer shows where it can be taken.

        Qt does not look at what is left of its own edge, where the scrolled heading is for it.
        """
        at = event.position().toPoint()
        if self._widened_from is not None:
            x, width = self._widened_from
            by = x - at.x() if self._table.is_mirrored() else at.x() - x
            self.resizeSection(0, max(width + by, self.minimumSectionSize()))
        elif self._holds or (not event.buttons() and self._is_meant(at)):
            if self._is_edge(at):
                self.setCursor(Qt.CursorShape.SplitHCursor)
            else:
                self.unsetCursor()
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What was begun there ends."""
        if self._widened_from is None:
            super().mouseReleaseEvent(self._as_meant(event))
        self._holds, self._widened_from = False, None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """At the edge the column gets the width of its words."""
        at = event.position().toPoint()
        self._holds = self._is_meant(at)
        if self._is_edge(at):
            self._table.resizeColumnToContents(0)
            return
        super().mouseDoubleClickEvent(self._as_meant(event))

    def viewportEvent(self, event: QEvent) -> bool:
        """The tip of the heading that is seen."""
        if isinstance(event, QHelpEvent) and self._is_meant(event.pos()):
            moved = event.pos() + QPoint(self._table.frozen_shift(), 0)
            event = QHelpEvent(event.type(), moved, event.globalPos())
        return super().viewportEvent(event)

    def _is_meant(self, at: QPoint) -> bool:
        place = self._table.frozen_place()
        return (place is not None and place.left() <= at.x() <= place.right()) or self._is_edge(at)

    def _is_edge(self, at: QPoint) -> bool:
        """Whether a point is where the heading that stays can be taken to widen its column."""
        place = self._table.frozen_place()
        if place is None or self.sectionResizeMode(0) is not QHeaderView.ResizeMode.Interactive:
            return False
        edge = place.left() if self._table.is_mirrored() else place.right()
        return abs(at.x() - edge) <= _GRIP

    def _as_meant(self, event: QMouseEvent) -> QMouseEvent:
        """The event where Qt has the first heading, when that is the one that is held."""
        if not self._holds:
            return event
        shift = QPointF(self._table.frozen_shift(), 0)
        return QMouseEvent(
            event.type(),
            event.position() + shift,
            event.globalPosition(),
            event.button(),
            event.buttons(),
            event.modifiers(),
        )


class FrozenTable(QTableView):
    """Draws, hits and edits the first column at the edge once it would be scrolled away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin without a model."""
        super().__init__(parent)
        header = FrozenHeader(self)
        self.setHorizontalHeader(header)
        header.setFirstSectionMovable(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalScrollBar().valueChanged.connect(lambda _: self._draw_again())
        header.sectionResized.connect(lambda *_: self._draw_again())

    # -- where it is

    def frozen_shift(self) -> int:
        """How far to the side of its place at the edge the first column has been scrolled."""
        header = self.horizontalHeader()
        if header.count() == 0 or header.sectionSize(0) > _MOST * self.viewport().width():
            return 0
        return header.sectionViewportPosition(0) - self._edge()

    def frozen_place(self) -> QRect | None:
        """Where the first column stays; None while it is in its own place, or too wide."""
        if self.frozen_shift() == 0:
            return None
        return QRect(self._edge(), 0, self.columnWidth(0), self.viewport().height())

    def _edge(self) -> int:
        if self.is_mirrored():
            return self.viewport().width() - self.columnWidth(0)
        return 0

    def is_mirrored(self) -> bool:
        """Whether the first column is at the right."""
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def visualRect(self, index: Index) -> QRect:
        """Where a cell is seen."""
        rect = super().visualRect(index)
        if index.column() == 0 and rect.isValid():
            rect.translate(-self.frozen_shift(), 0)
        return rect

    def indexAt(self, pos: QPoint) -> QModelIndex:
        """The cell that is seen at a point."""
        place = self.frozen_place()
        if place is None or not place.left() <= pos.x() <= place.right():
            return super().indexAt(pos)
        row = self.rowAt(pos.y())
        return self.model().index(row, 0, self.rootIndex()) if row >= 0 else QModelIndex()

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = _HINT) -> None:
        """Bring a cell into view, beside the first column and not below it."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if index.column() == 0 and before:
            bar.setValue(before)
            if self.frozen_place() is None:
                bar.setValue(0)
            return
        place = self.frozen_place()
        if place is not None and index.column() > 0:
            rect = self.visualRect(index)
            mirrored = self.is_mirrored()
            hidden = rect.right() - place.left() if mirrored else place.right() - rect.left()
            bar.setValue(bar.value() - max(hidden + 1, 0))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Shift sideways, as in other programs."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and turned.x() == 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - turned.y() * bar.singleStep() * 3 // _NOTCH)
            event.accept()
            return
        super().wheelEvent(event)

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """All cells, and those of the first column above what has been scrolled below them."""
        super().paintEvent(event)
        place = self.frozen_place()
        model = self.model()
        if place is None or model is None or not model.rowCount(self.rootIndex()):
            return
        painter = QPainter(self.viewport())
        painter.setClipRegion(event.region())
        painter.fillRect(place, self.viewport().palette().brush(QPalette.ColorRole.Base))
        last = self.rowAt(place.bottom())
        last = model.rowCount(self.rootIndex()) - 1 if last < 0 else last
        for row in range(max(self.rowAt(0), 0), last + 1):
            if not self.isRowHidden(row):
                self._draw_cell(painter, model.index(row, 0, self.rootIndex()))
        self.draw_shade(painter, place)
        painter.end()

    def _draw_cell(self, painter: QPainter, index: QModelIndex) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        state, colours = option.state, QPalette.ColorGroup.Active
        if not self.isActiveWindow():
            colours = QPalette.ColorGroup.Inactive
        if self.selectionModel().isSelected(index):
            state |= QStyle.StateFlag.State_Selected
        if index == self.currentIndex() and self.hasFocus():
            state |= QStyle.StateFlag.State_HasFocus
        option.state = state
        option.palette.setCurrentColorGroup(colours)
        if self.alternatingRowColors() and index.row() % 2:
            option.features |= QStyleOptionViewItem.ViewItemFeature.Alternate
        row = QStyle.PrimitiveElement.PE_PanelItemViewRow
        self.style().drawPrimitive(row, option, painter, self)
        self.itemDelegateForIndex(index).paint(painter, option, index)

    def draw_shade(self, painter: QPainter, place: QRect) -> None:
        """A shade at the edge says that something lies below."""
        mirrored = self.is_mirrored()
        start = place.left() if mirrored else place.right() + 1
        end = start - _SHADE if mirrored else start + _SHADE
        shade = QLinearGradient(start, 0, end, 0)
        colour = self.palette().color(QPalette.ColorRole.Shadow)
        for at, alpha in ((0.0, _DARKEST), (1.0, 0)):
            colour.setAlpha(alpha)
            shade.setColorAt(at, colour)
        painter.fillRect(QRect(min(start, end), 0, _SHADE, place.height()), shade)

    def _draw_again(self) -> None:
        """What Qt only moves lies under what stays."""
        self.viewport().update()
        self.horizontalHeader().viewport().update()
