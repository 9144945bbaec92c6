"""A table whose first column stays in sight while the others are scrolled sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QStyledItemDelegate


class HeadedTable(QTableView):
    """Shows the first column a second time above itself; the copy takes no focus.

    Signals:
        widened: it has another width now.
    """

    widened = Signal()

    def __init__(self) -> None:
        """Begin without a model."""
        super().__init__()
        self._copy = QTableView(self)
        self._copy.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._copy.setFrameShape(QFrame.Shape.NoFrame)
        self._copy.setStyleSheet("QTableView { border: 0; border-radius: 0; }")
        self._copy.setAccessibleName("")
        for view in (self, self._copy):
            _prepare(view)
        self._copy.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._copy.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._copy.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().valueChanged.connect(self._copy.verticalScrollBar().setValue)
        self._copy.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.horizontalHeader().sectionResized.connect(self._column_resized)
        self.verticalHeader().sectionResized.connect(
            lambda row, _, height: self._copy.setRowHeight(row, height)
        )

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model; the copy shows its first column and shares the selection."""
        super().setModel(model)
        self._copy.setModel(model)
        self._copy.setSelectionModel(self.selectionModel())
        if model is not None:
            model.modelReset.connect(self._hide_others)
        self._hide_others()

    def setItemDelegate(self, delegate: QStyledItemDelegate) -> None:  # type: ignore[override]
        """Draw the cells of both with one delegate."""
        super().setItemDelegate(delegate)
        self._copy.setItemDelegate(delegate)

    def _hide_others(self) -> None:
        model = self.model()
        for column in range(1, 0 if model is None else model.columnCount()):
            self._copy.setColumnHidden(column, True)
        self._place()

    def _column_resized(self, column: int, _before: int, width: int) -> None:
        if column == 0:
            self._copy.setColumnWidth(0, width)
            self._place()

    def _place(self) -> None:
        frame = self.frameWidth()
        height = self.viewport().height() + self.horizontalHeader().height()
        left = frame
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = self.width() - frame - self.columnWidth(0)
        self._copy.setGeometry(left, frame, self.columnWidth(0), height)
        self._copy.setVisible(self.horizontalScrollBar().maximum() > 0)

    def updateGeometries(self) -> None:
        """The copy appears when there is something to scroll."""
        super().updateGeometries()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The copy keeps to the height."""
        super().resizeEvent(event)
        self._place()
        if event.size().width() != event.oldSize().width():
            self.widened.emit()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into view, beside the first column and not below it."""
        super().scrollTo(index, hint)
        hidden = self.columnWidth(0) - self.visualRect(index).left()
        if index.column() > 0 and hidden > 0 and self._copy.isVisible():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)


def _prepare(view: QTableView) -> None:
    view.setShowGrid(False)
    view.setWordWrap(True)
    view.setTabKeyNavigation(False)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
