"""What stands in a cell: the value of a field as a person reads it, and what it sorts by."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from model.dates import PartialDate
from model.search import fold
from model.timeline.wording import date_text
from resources.text import tr

if TYPE_CHECKING:
    from model.fields import FieldSpec
    from model.records import Record
    from model.tables import Tables

SEPARATOR = "; "
SortKey = tuple[int, float, str]
"""Empty cells last, then by number, then by text."""


def cell_text(tables: Tables, record: Record, spec: FieldSpec) -> str:
    """The value in words: labels of codes, names of records; empty where nothing is said."""
    value = getattr(record, spec.name)
    if value is None or (isinstance(value, str | tuple) and not value):
        return ""
    if spec.kind in {"reference", "references"}:
        target = spec.target_in(record)
        ids = value if isinstance(value, tuple) else (value,)
        return SEPARATOR.join(tables.name_of(target, str(one)) if target else "" for one in ids)
    if spec.codes is not None:
        codes = value if isinstance(value, tuple) else (value,)
        return SEPARATOR.join(spec.codes.label(str(code)) for code in codes)
    return _plain(value)


def sort_key(tables: Tables, record: Record, spec: FieldSpec) -> SortKey:
    """What a cell sorts by: dates by their first day, codes in their natural order."""
    value = getattr(record, spec.name)
    if isinstance(value, PartialDate):
        return 0, float(value.stated_first().toordinal()), value.iso()
    if isinstance(value, bool | int | float | Decimal):
        return 0, float(value), ""
    if spec.kind == "code" and spec.codes is not None and value:
        return 0, float(spec.codes.rank(str(value))), ""
    text = fold(cell_text(tables, record, spec))
    return (0, 0.0, text) if text else (1, 0.0, "")


def _plain(value: object) -> str:
    match value:
        case PartialDate():
            text = date_text(value)
        case bool():
            text = tr("Yes") if value else tr("No")
        case Decimal():
            text = f"{value:,f}".replace(",", "\u202f")
        case float():
            text = f"{value:g}"
        case tuple():
            text = SEPARATOR.join(_plain(one) for one in value)
        case Mapping():
            text = SEPARATOR.join(f"{key}: {_plain(one)}" for key, one in value.items())
        case _:
            text = str(value)
    return text
