"""Which columns a table's sheet has, and what stands in a cell; from the field catalogue alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

from exporters.wording import LIST_SEPARATOR, mark_text, reference_ids, value_text
from model.dates import PartialDate, typed_text
from model.fields import FIELDS, TABLE_SPECS
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from model.fields import FieldSpec
    from model.records import Record
    from model.tables import Tables

Part = Literal["id", "mark", "value", "names", "ids", "code"]
CellValue = str | float | dt.date | None

_WIDTHS: Final = {
    "text": 30.0,
    "texts": 30.0,
    "long_text": 52.0,
    "code": 27.0,
    "codes": 26.0,
    "date": 12.0,
    "number": 10.0,
    "integer": 10.0,
    "money": 14.0,
    "truth": 9.0,
    "currency": 10.0,
    "country": 10.0,
    "reference": 30.0,
    "references": 40.0,
    "structure": 26.0,
}
_CODE_IS_THE_LABEL: Final = frozenset({"tlp", "default_tlp", "reliability", "credibility"})
_FIRST_EXCEL_YEAR: Final = 1900
_WRAPPED: Final = frozenset(
    ("text", "texts", "long_text", "codes", "reference", "references", "structure")
)
_SAMPLED: Final = 300
"""Records that are looked at for the width of columns."""
_WIDER: Final = 1.1
"""Letters are on average so much wider than the digits that widths are counted in."""
_TWO_LINES: Final = 0.6
"""What a heading on two lines needs of the width that it has on one."""
_BUTTON: Final = 4.0
"""What the button of a filter takes beside a heading, in characters."""
_EXACT_DIGITS: Final = 15
"""More digits than a spreadsheet keeps: such amounts are written as text."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, the field it shows and which part of it.

    A reference has two columns: the names that people read and the ids that decide when the
    sheet comes back. So has a code: its label, and at the end of the sheet the code itself.
    """

    title: str
    spec: FieldSpec | None
    part: Part
    width: float

    @property
    def is_text(self) -> bool:
        """Whether cells hold text that should wrap."""
        return (
            self.part in {"value", "names"}
            and self.spec is not None
            and (self.spec.kind in _WRAPPED)
        )

    def value(self, tables: Tables, record: Record) -> CellValue:
        """What stands in the cell of a record; None leaves it empty."""
        if self.spec is None:
            return mark_text(record) or None
        if self.part == "code":
            codes = getattr(record, self.spec.name)
            return (LIST_SEPARATOR.join(codes) if isinstance(codes, tuple) else codes) or None
        if self.part == "ids":
            return LIST_SEPARATOR.join(reference_ids(record, self.spec)) or None
        number = _number_or_date(getattr(record, self.spec.name))
        return value_text(tables, record, self.spec) or None if number is None else number


def columns_of(table: str) -> list[Column]:
    """The columns of a table: id, title, mark, then its other fields in the catalogue's order."""
    specs = FIELDS[table]
    title = TABLE_SPECS[table].title_field
    names = [name for name in specs if specs[name].in_sheets and name not in {"id", title}]
    columns = [Column(specs["id"].title, specs["id"], "id", 9.0)]
    columns += _field_columns(specs[title]) if title else []
    columns.append(Column(tr("Mark"), None, "mark", 12.0))
    for name in names:
        columns += _field_columns(specs[name])
    columns += [
        Column(tr("{field} code", field=spec.title), spec, "code", 16.0)
        for name, spec in specs.items()
        if spec.in_sheets and spec.codes is not None and name not in _CODE_IS_THE_LABEL
    ]
    return _with_unique_titles(columns)


def fitted_columns(
    columns: Sequence[Column], tables: Tables, records: Iterable[Record]
) -> list[Column]:
    """The columns, none wider than what stands in them asks for; empty ones as wide as their head.

    The first records of a long table tell for all; what is longer later takes several lines.
    """
    sampled = list(islice(records, _SAMPLED))
    return [replace(one, width=_fitted(one, tables, sampled)) for one in columns]


def _fitted(column: Column, tables: Tables, records: Sequence[Record]) -> float:
    longest = max((_characters(column.value(tables, one)) for one in records), default=0)
    head = max(*map(len, column.title.split()), _TWO_LINES * len(column.title))
    return min(column.width, max(longest * _WIDER + 2, head * _WIDER + _BUTTON))


def _characters(value: CellValue) -> int:
    if isinstance(value, dt.date):
        return len("2013-02-15")
    if isinstance(value, str):
        return max(map(len, value.split("\n")))
    return len(f"{value:,}") if value is not None else 0


def _field_columns(spec: FieldSpec) -> list[Column]:
    if spec.kind not in {"reference", "references"}:
        return [Column(spec.title, spec, "value", _WIDTHS[spec.kind])]
    id_title = tr("{field} id", field=spec.title)
    return [
        Column(spec.title, spec, "names", _WIDTHS[spec.kind]),
        Column(id_title, spec, "ids", 12.0),
    ]


def _with_unique_titles(columns: list[Column]) -> list[Column]:
    """Tables need different headings; a repeated one gets a number."""
    seen: dict[str, int] = {}
    unique = []
    for column in columns:
        key = column.title.casefold()
        seen[key] = seen.get(key, 0) + 1
        title = column.title if seen[key] == 1 else f"{column.title} ({seen[key]})"
        unique.append(Column(title, column.spec, column.part, column.width))
    return unique


def _number_or_date(value: object) -> CellValue:
    """What a spreadsheet can reckon with; None for everything else."""
    if isinstance(value, PartialDate):
        return _date(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, Decimal) and len(value.as_tuple().digits) <= _EXACT_DIGITS:
        return float(value)
    return None


def _date(value: PartialDate) -> CellValue:
    """A real date where the day is known, else text that is exactly as exact as what is known."""
    if value.is_exact and value.year > _FIRST_EXCEL_YEAR:
        return value.stated_first()
    return typed_text(value)
