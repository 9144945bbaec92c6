"""Choosing the kind of a linkage in a cell of the matrix, and how such a cell is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionHeader,
    QStyleOptionViewItem,
    QWidget,
)

from model.codes import LINKAGE_GROUPS, LINKAGE_KINDS
from resources.text import tr
from widgets.common.choice_box import ChoiceBox
from widgets.common.directions import DirectedDelegate
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

    from widgets.tables.matrix import MatrixTable

Index = QModelIndex | QPersistentModelIndex
_HIGHEST = 104


class KindBox(ChoiceBox):
    """The kinds as a list that opens at once; typing finds one, Enter takes it, Esc leaves.

    Signals:
        left: the list was closed; whatever was chosen has been told before.
    """

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Offer no linkage and all kinds."""
        super().__init__(parent)
        self.addItem(tr("No linkage"), "")
        for kinds in LINKAGE_GROUPS.values():
            for kind in kinds:
                self.addItem(LINKAGE_KINDS.label(kind), kind)
        self.setMaxVisibleItems(16)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc and clicks beside it hide the list without asking: only its window tells.

        Qt tells the choice after it has closed the list.
        """
        if event.type() is QEvent.Type.Hide and watched is self.view().window():
            QTimer.singleShot(0, self, self.left.emit)
        return super().eventFilter(watched, event)

    def open_list(self) -> None:
        """Show the kinds."""
        if self.view().isVisible():
            return
        self.showPopup()
        self.view().window().installEventFilter(self)


class KindDelegate(DirectedDelegate):
    """A cell is edited by choosing a kind of linkage, or none."""

    def __init__(self, table: MatrixTable) -> None:
        """Serve a matrix."""
        super().__init__(table)
        self._table = table
        self.is_narrow = False

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Where there is only room for a sign, it stands in the middle, or how many there are."""
        super().initStyleOption(option, index)
        if not self.is_narrow:
            return
        count = len(self._table.model.linkages(index))
        several = count > 1
        if several:
            option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasDecoration
        option.text = str(count) if several else option.text[:1] if not count else ""
        option.displayAlignment = Qt.AlignmentFlag.AlignCenter
        option.decorationAlignment = Qt.AlignmentFlag.AlignCenter
        option.decorationPosition = QStyleOptionViewItem.Position.Top

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """All kinds in one list."""
        box = KindBox(parent)
        box.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        box.activated.connect(lambda _: self.commitData.emit(box))
        box.left.connect(lambda: self.closeEditor.emit(box, QStyledItemDelegate.EndEditHint.NoHint))
        QTimer.singleShot(0, box, box.open_list)
        return box

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Over the whole cell, its sign too."""
        editor.setGeometry(option.rect)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the kind that is there."""
        if isinstance(editor, QComboBox):
            found = self._table.model.linkages(index)
            editor.setCurrentIndex(editor.findData(found[0].kind if found else ""))
            editor.setMinimumWidth(editor.sizeHint().width())

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        """Make, change or remove the linkage of the cell."""
        if isinstance(editor, QComboBox):
            self._table.set_kind(index, str(editor.currentData()))


class UprightHeader(QHeaderView):
    """Headings that stand upright above columns which are too narrow for them."""

    def __init__(self, parent: QWidget) -> None:
        """Lie flat at first."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.is_upright = False
        self.setSectionsClickable(True)
        self.setHighlightSections(True)

    def sizeHint(self) -> QSize:
        """As high as the longest heading, within reason."""
        hint = super().sizeHint()
        if not self.is_upright or self.model() is None:
            return hint
        metrics = self._bold()
        longest = max(
            (metrics.horizontalAdvance(self._words(at)) for at in range(self.count())), default=0
        )
        return QSize(hint.width(), min(longest + 2 * GRID, _HIGHEST))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Turned by a quarter, read from below."""
        if not self.is_upright:
            super().paintSection(painter, rect, section)
            return
        option = QStyleOptionHeader()
        self.initStyleOption(option)
        self.initStyleOptionForIndex(option, section)
        option.rect = rect
        option.text = ""
        painter.save()
        self.style().drawControl(QStyle.ControlElement.CE_Header, option, painter, self)
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(option.palette.color(QPalette.ColorRole.ButtonText))
        painter.translate(rect.left(), rect.bottom())
        painter.rotate(-90)
        room = QRect(GRID, 0, rect.height() - 2 * GRID, rect.width())
        words = self._bold().elidedText(
            self._words(section), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def _words(self, section: int) -> str:
        return str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")

    def _bold(self) -> QFontMetrics:
        font = self.font()
        font.setBold(True)
        return QFontMetrics(font)
