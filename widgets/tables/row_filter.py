"""Sorting and filtering of a table of records: natural order, accents and case aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSortFilterProxyModel

from model.search import fold
from widgets.tables.table_model import RECORD_ID

if TYPE_CHECKING:
    from widgets.tables.table_model import Index, RecordTableModel


class RowFilter(QSortFilterProxyModel):
    """Rows that hold all words of the filter, in the chosen order."""

    def __init__(self, source: RecordTableModel) -> None:
        """Show all rows in the order of the document until asked otherwise."""
        super().__init__(source)
        self._words: list[str] = []
        self._only: frozenset[str] | None = None
        self._folded: dict[str, str] = {}
        self.setSourceModel(source)
        self.setDynamicSortFilter(True)

    @property
    def source(self) -> RecordTableModel:
        """The model behind."""
        return cast("RecordTableModel", self.sourceModel())

    def set_filter(self, text: str) -> None:
        """Show only rows with all these words."""
        self.beginFilterChange()
        self._words = fold(text).split()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def set_only(self, ids: frozenset[str] | None) -> None:
        """Show only the records of these ids; None for all."""
        if ids != self._only:
            self.beginFilterChange()
            self._only = ids
            self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, _parent: Index) -> bool:
        """Whether all words stand somewhere in the row of a record that is to be shown."""
        if self._only is not None:
            record_id = self.source.index(source_row, 0).data(RECORD_ID)
            if record_id not in self._only:
                return False
        if not self._words:
            return True
        text = self.source.haystack(source_row)
        folded = self._folded.get(text)
        if folded is None:
            folded = self._folded[text] = fold(text)
        return all(word in folded for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        """Dates by day, codes by their natural order, empty cells last."""
        return self.source.sort_key(left) < self.source.sort_key(right)
