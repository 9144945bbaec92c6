"""A grid of an analysis as a Qt model: words, what they mean, and what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from model.analysis.views.grid import Cell, Grid
from resources.text import tr

if TYPE_CHECKING:
    from model.analysis.views.grid import Mark

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole
NOTHING = Grid("", (), ())
_NOWHERE = QModelIndex()


def mark_words(mark: Mark) -> str:
    """What a mark means, for those who do not see its colour or sign."""
    words = {
        "good": tr("recorded"),
        "doubt": tr("worth a look"),
        "gap": tr("gap"),
        "alarm": tr("needs attention"),
    }
    return words.get(mark, "")


class GridModel(QAbstractTableModel):
    """The first column holds the headings of the rows, so that the keyboard reaches them."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.grid = NOTHING

    def show_grid(self, grid: Grid) -> None:
        """Show another grid."""
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self.grid.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """The headings of the rows, and the columns."""
        if parent.isValid() or not self.grid.rows:
            return 0
        return 1 + len(self.grid.columns)

    def cell(self, index: Index) -> Cell:
        """The cell at an index."""
        row = self.grid.rows[index.row()]
        return row.title if index.column() == 0 else row.cells[index.column() - 1]

    def heading(self, column: int) -> Cell:
        """The heading of a column."""
        return Cell(self.grid.corner) if column == 0 else self.grid.columns[column - 1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, the whole of them, and the cell itself."""
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.more or cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index, cell)
        return None

    def place(self, index: Index) -> str:
        """Row and column of a cell in words."""
        row = self.grid.rows[index.row()].title.text
        return f"{row}, {self.heading(index.column()).text}"

    def _spoken(self, index: Index, cell: Cell) -> str:
        """Row, column, words and meaning in one sentence."""
        if index.column() == 0:
            return cell.more or cell.text
        said = cell.more or cell.text or tr("nothing")
        meaning = mark_words(cell.mark)
        text = f"{self.place(index)}: {said}"
        return f"{text} ({meaning})" if meaning and meaning != said else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The headings of the columns."""
        if orientation == Qt.Orientation.Horizontal and section < self.columnCount():
            heading = self.heading(section)
            if role == Qt.ItemDataRole.DisplayRole:
                return heading.text
            if role == Qt.ItemDataRole.ToolTipRole:
                return heading.more or heading.text
        return None
