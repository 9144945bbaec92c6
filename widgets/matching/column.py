"""What is asked about one column: which part of a date is the day, what each value means."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from model.codes import CODE_LISTS
from model.fields import FIELDS
from model.foreign.dates import judge
from model.foreign.matching import ColumnMatch, split
from resources.text import plural, tr
from widgets.common.choice_box import ChoiceBox
from widgets.common.choices import ChoiceButtons
from widgets.common.theme import GRID
from widgets.merging.values import plain

if TYPE_CHECKING:
    from model.foreign.table import ForeignTable

_MOST_VALUES = 200


class ColumnDetail(QWidget):
    """Asks about the selected column.

    Signals:
        changed: the column's match with the answer.
    """

    changed = Signal(object)

    def __init__(self, table: ForeignTable) -> None:
        """Begin without a column."""
        super().__init__()
        self._table = table
        self._column = ColumnMatch("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        self.title = plain("", "card-title")
        self.hint = plain("", "explanation")
        self.orders = ChoiceButtons(
            [("dmy", tr("Day first (31/12/2020)")), ("mdy", tr("Month first (12/31/2020)"))],
            tr("Order of the dates"),
        )
        self.orders.chosen.connect(self._choose_order)
        self.swap = QCheckBox(tr("Read dates that do not fit this the other way round"))
        self.swap.toggled.connect(lambda _: self._choose_order(self.orders.code))
        self.values = QTableWidget(0, 3)
        self.values.setHorizontalHeaderLabels([tr("Value"), tr("Rows"), tr("Means")])
        self.values.verticalHeader().hide()
        self.values.setAccessibleName(tr("What each value means"))
        self.values.setTabKeyNavigation(False)
        self.values.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.values.setColumnWidth(2, 240)
        for widget in (self.title, self.hint, self.orders, self.swap):
            layout.addWidget(widget)
        layout.addWidget(self.values, 1)
        layout.addStretch(0)

    def show_column(self, table: str, column: ColumnMatch) -> None:
        """Show what there is to ask about a column."""
        self._column = column
        spec = FIELDS.get(table, {}).get(column.field)
        cells = self._table.cells(column.column)
        self.title.setText(column.column)
        dates = judge(cells) if spec is not None and spec.kind == "date" else None
        is_asked = dates is not None and (dates.is_asked or bool(dates.unclear))
        self.orders.setVisible(is_asked)
        self.swap.setVisible(dates is not None and dates.is_mixed)
        if is_asked:
            self.orders.choose(column.order)
            self.swap.blockSignals(True)
            self.swap.setChecked(column.swap)
            self.swap.blockSignals(False)
        codes = spec.codes if spec is not None else None
        self.values.setVisible(codes is not None)
        if spec is not None and codes is not None:
            self._show_values(spec.list_name)
        hint = dates.evidence if dates is not None else ""
        if not hint:
            hint = plural("{count} row has a value.", "{count} rows have a value.", len(cells))
        self.hint.setText(hint)

    @property
    def has_values(self) -> bool:
        """Whether values are listed, each with what it means."""
        return not self.values.isHidden()

    def _show_values(self, list_name: str) -> None:
        codes = CODE_LISTS[list_name]
        counts = Counter(
            part
            for _number, text in self._table.cells(self._column.column)
            for part in split(text, self._column.separator)
        )
        self.values.setRowCount(0)
        for value, count in counts.most_common(_MOST_VALUES):
            row = self.values.rowCount()
            self.values.insertRow(row)
            self.values.setItem(row, 0, QTableWidgetItem(value))
            self.values.setItem(row, 1, QTableWidgetItem(str(count)))
            box = ChoiceBox()
            box.setAccessibleName(tr("{value} means", value=value))
            box.addItem(tr("No code: kept in the notes"), "")
            for code in codes.codes:
                box.addItem(codes.label(code), code)
            box.setCurrentIndex(max(0, box.findData(self._column.codes.get(value, ""))))
            box.activated.connect(
                lambda _, box=box, value=value: self._choose_code(value, str(box.currentData()))
            )
            self.values.setCellWidget(row, 2, box)

    def _choose_code(self, value: str, code: str) -> None:
        codes = {known: one for known, one in self._column.codes.items() if known != value}
        if code:
            codes[value] = code
        self._change(msgspec.structs.replace(self._column, codes=codes))

    def _choose_order(self, order: str) -> None:
        if order in {"dmy", "mdy"}:
            swap = self.swap.isChecked() and self.swap.isVisible()
            self._change(msgspec.structs.replace(self._column, order=order, swap=swap))

    def _change(self, column: ColumnMatch) -> None:
        self._column = column
        self.changed.emit(column)
