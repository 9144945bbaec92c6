"""One table of a foreign file: what its rows become, and which field each column is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from model.fields import FIELDS, TABLE_SPECS
from model.foreign.matching import IN_NOTES, TableMatch, missing_fields
from model.foreign.words import TARGETS
from resources.text import tr
from widgets.common.choice_box import ChoiceBox
from widgets.common.theme import GRID
from widgets.matching.column import ColumnDetail
from widgets.merging.values import plain

if TYPE_CHECKING:
    from model.foreign.matching import ColumnMatch
    from model.foreign.table import ForeignTable

_SAMPLES = 4
_SHOWN = 70
_ROW_HEIGHT = 44
"""Two lines of text; longer ones are shown in full below."""
_COLUMN, _EXAMPLES, _BECOMES, _SAYS = range(4)


class TablePage(QWidget):
    """Shows the match of a table and tells what the user changes in it.

    Signals:
        target_chosen: rows are to become this table; "" leaves them out.
        field_chosen: a column is to become a field.
        column_changed: the order of dates or the codes of a column, as a `ColumnMatch`.
    """

    target_chosen = Signal(str)
    field_chosen = Signal(str, str)
    column_changed = Signal(object)

    def __init__(self, table: ForeignTable) -> None:
        """Make the page; `show_match` fills it."""
        super().__init__()
        self._table = table
        self._match = TableMatch(table.place, "", ())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, 0, 0, 0)
        layout.setSpacing(GRID)
        self.target = ChoiceBox()
        self.target.setAccessibleName(tr("Rows become"))
        self.target.addItem(tr("Nothing: left out"), "")
        for name in TARGETS:
            self.target.addItem(TABLE_SPECS[name].title, name)
        self.target.activated.connect(lambda _: self.target_chosen.emit(self.target.currentData()))
        label = QLabel(tr("Rows become"))
        label.setBuddy(self.target)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.target)
        self.reason = plain("", "explanation")
        row.addWidget(self.reason, 1)
        layout.addLayout(row)
        self.columns = self._make_columns()
        layout.addWidget(self.columns, 1)
        self.detail = ColumnDetail(table)
        self.detail.changed.connect(self.column_changed.emit)
        layout.addWidget(self.detail)
        self._layout = layout

    def _make_columns(self) -> QTableWidget:
        columns = QTableWidget(len(self._table.columns), 4)
        columns.setHorizontalHeaderLabels(
            [tr("Column"), tr("Examples"), tr("Becomes"), tr("What its values say")]
        )
        columns.verticalHeader().hide()
        columns.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        columns.setAccessibleName(tr("Columns of {table}", table=self._table.place))
        columns.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        columns.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        columns.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        columns.setTabKeyNavigation(False)
        columns.setWordWrap(True)
        header = columns.horizontalHeader()
        for at, width in ((_COLUMN, 160), (_EXAMPLES, 240), (_BECOMES, 200)):
            columns.setColumnWidth(at, width)
        header.setSectionResizeMode(_SAYS, QHeaderView.ResizeMode.Stretch)
        for at, column in enumerate(self._table.columns):
            columns.setItem(at, _COLUMN, _cell(column))
            columns.setItem(at, _EXAMPLES, _cell(self._examples(column)))
            columns.setItem(at, _SAYS, _cell(""))
        columns.currentCellChanged.connect(lambda row, *_: self._show_detail(row))
        return columns

    def _examples(self, column: str) -> str:
        texts = list(dict.fromkeys(text for _number, text in self._table.cells(column)))
        shown = " · ".join(text.replace("\n", " ") for text in texts[:_SAMPLES])
        return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"

    def show_match(self, match: TableMatch) -> None:
        """Show what becomes of the table now."""
        is_other = match.table != self._match.table
        self._match = match
        self.target.setCurrentIndex(max(0, self.target.findData(match.table)))
        missing = ", ".join(spec.title for spec in missing_fields(match))
        self.reason.setText(
            tr("Still to choose: the column for {fields}.", fields=missing)
            if missing
            else match.reason
        )
        self.columns.setEnabled(bool(match.table))
        for at, column in enumerate(match.columns):
            box = self.columns.cellWidget(at, _BECOMES)
            if is_other or not isinstance(box, QComboBox):
                box = self._field_box(column.column)
                self.columns.setCellWidget(at, _BECOMES, box)
            box.setCurrentIndex(max(0, box.findData(column.field)))
            says = self.columns.item(at, _SAYS)
            if says is not None:
                says.setText(_says(column, self._table))
                says.setToolTip(says.text())
        if self.columns.currentRow() < 0 and match.columns:
            self.columns.setCurrentCell(0, _COLUMN)
        self._show_detail(self.columns.currentRow())

    def show_column(self, column: str) -> None:
        """Go to a column; "" stays where it is."""
        if column in self._table.columns:
            self.columns.setCurrentCell(self._table.columns.index(column), _COLUMN)
            self.columns.setFocus()

    def _field_box(self, column: str) -> QComboBox:
        box = ChoiceBox()
        box.setAccessibleName(tr("{column} becomes", column=column))
        box.addItem(tr("Left out"), "")
        box.addItem(tr("Kept in the notes"), IN_NOTES)
        for spec in FIELDS[self._match.table].values() if self._match.table else ():
            if spec.in_sheets and spec.kind not in {"structure", "truth"}:
                star = " *" if spec.required else ""
                box.addItem(f"{spec.title}{star}", spec.name)
        box.activated.connect(
            lambda _, box=box: self.field_chosen.emit(column, str(box.currentData()))
        )
        return box

    def _show_detail(self, row: int) -> None:
        if 0 <= row < len(self._match.columns):
            self.detail.show_column(self._match.table, self._match.columns[row])
            # Without values to explain, the room is better spent on the list of columns.
            self._layout.setStretchFactor(self.detail, int(self.detail.has_values))


def _says(column: ColumnMatch, table: ForeignTable) -> str:
    count = len(table.cells(column.column))
    if not count:
        return tr("Empty.")
    return column.reason


def _cell(text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setToolTip(text)
    item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
    return item
