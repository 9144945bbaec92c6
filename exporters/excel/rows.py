"""Rows of a table's sheet as XML. What stands in many cells, such as codes, is made only once."""

from __future__ import annotations

import datetime as dt
from math import ceil
from typing import TYPE_CHECKING, Final

from exporters.excel.cells import CELL_LIMIT, fragment, letters, row_xml, starts_like_a_formula

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from exporters.excel.columns import CellValue, Column
    from exporters.excel.styles import Styles
    from model.records import Record
    from model.tables import Tables

    Shorten = Callable[[str, str, str], str]

_LINE: Final = 15.0
"""Points of a line of text."""
_FILLED: Final = 0.9
"""Share of a column's characters that a line fills before a word goes to the next."""
_MOST_LINES: Final = 12
_REPEATED: Final = frozenset({"code", "codes", "truth", "country", "currency", "date", "reference"})
"""Kinds of fields whose values stand in many records."""
_NOTHING: Final = ("", ())
_Made = tuple["CellValue", str]


class RowWriter:
    """Writes the rows of one table."""

    def __init__(
        self, styles: Styles, tables: Tables, columns: Sequence[Column], shorten: Shorten
    ) -> None:
        """Prepare the columns.

        Args:
            styles: formats of the workbook.
            tables: the copy.
            columns: of the sheet, in order.
            shorten: puts a text that no cell can hold elsewhere, by text, id and heading.
        """
        self._makers = [_CellMaker(styles, tables, column, shorten) for column in columns]
        self._wrapping = [
            (at, column.width * _FILLED) for at, column in enumerate(columns) if column.is_text
        ]
        self._letters = [letters(at) for at in range(1, len(columns) + 1)]

    def row(self, number: int, record: Record) -> str:
        """The XML of the row of a record."""
        made = [maker.make(record) for maker in self._makers]
        cells = [
            f'<c r="{letter}{number}" {one[1]}'
            for letter, one in zip(self._letters, made, strict=True)
            if one[1]
        ]
        return row_xml(number, cells, self._height(made))

    def _height(self, made: Sequence[_Made]) -> float | None:
        """Points for a row whose texts wrap; not every program finds that out when it prints.

        None where one line is enough. Longer texts than `_MOST_LINES` are cut on paper, not in the
        cell.
        """
        lines = 1
        for at, room in self._wrapping:
            value = made[at][0]
            if isinstance(value, str) and (len(value) > room or "\n" in value):
                lines = max(lines, sum(ceil(len(one) / room) or 1 for one in value.split("\n")))
        return _LINE * min(lines, _MOST_LINES) if lines > 1 else None


class _CellMaker:
    """Makes the cells of a column: value and XML without its place; "" for no cell at all."""

    def __init__(self, styles: Styles, tables: Tables, column: Column, shorten: Shorten) -> None:
        self._styles = styles
        self._tables = tables
        self._column = column
        self._shorten = shorten
        spec = column.spec
        self._name = spec.name if spec is not None else "basis"
        # What a reference means depends on the record too where that names the table.
        self._is_repeated = spec is None or (spec.kind in _REPEATED and spec.target != "*")
        self._made: dict[object, _Made] = {}

    def make(self, record: Record) -> _Made:
        raw = getattr(record, self._name)
        if raw is None or raw in _NOTHING:  # 0 and False are values
            return None, ""
        if not self._is_repeated:
            return self._fresh(record)
        made = self._made.get(raw)
        if made is None:
            made = self._made[raw] = self._fresh(record)
        return made

    def _fresh(self, record: Record) -> _Made:
        value = self._column.value(self._tables, record)
        if value is None:
            return None, ""
        if isinstance(value, str) and len(value) > CELL_LIMIT // 2:
            value = self._shorten(value, record.id, self._column.title)
        return value, fragment(value, self._style(value))

    def _style(self, value: CellValue) -> int:
        styles, column = self._styles, self._column
        kind = column.spec.kind if column.spec is not None else ""
        if isinstance(value, dt.date):
            return styles.date
        if not isinstance(value, str):
            return styles.money if kind == "money" else styles.plain
        if column.part in {"id", "ids", "code"}:
            return styles.muted
        if column.part == "mark":
            return styles.mark
        if column.part == "names" and kind == "reference":
            return styles.reference
        if kind == "date":
            return styles.typed
        literal = starts_like_a_formula(value)
        if column.is_text:
            return styles.wrapped_literal if literal else styles.wrapped
        return styles.literal if literal else styles.plain
