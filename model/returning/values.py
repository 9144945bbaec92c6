"""Values as a workbook can hold them: one text for each, by which three states are compared.

A sheet drops blanks at the ends of a text and keeps no raw text of a date, so neither counts as a
change when it comes back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from model.dates import PartialDate
from model.fields import FIELDS
from model.importing.values import SEPARATOR, split
from model.naming import name_of
from model.records import TABLES

if TYPE_CHECKING:
    from model.fields import FieldSpec
    from model.records import Record
    from model.tables import Tables

NAME_SEPARATOR: Final = "; "
"""Between the names of several records in one cell."""
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no workbook can hold; it is written as a replacement character."""


def plain(value: object) -> str:
    """The text by which a value is compared; empty for none."""
    match value:
        case None:
            text = ""
        case str():
            cleaned = _ILLEGAL.sub("\ufffd", value)
            text = cleaned.replace("\r\n", "\n").replace("\r", "\n").strip()
        case PartialDate():
            text = value.iso()
        case bool():
            text = "yes" if value else "no"
        case Decimal():
            text = f"{value.normalize():f}"
        case int() | float():
            text = repr(value).removesuffix(".0")
        case tuple():
            text = SEPARATOR.join(split(SEPARATOR.join(plain(one) for one in value)))
        case Mapping():
            text = SEPARATOR.join(f"{key}={plain(one)}" for key, one in sorted(value.items()))
        case _:
            text = str(value)
    return text


@cache
def default_of(table: str, name: str) -> object:
    """What a field holds when nothing is said; `msgspec.NODEFAULT` where something must be."""
    return next(one for one in msgspec.structs.fields(TABLES[table]) if one.name == name).default


@cache
def compared_fields(table: str) -> tuple[FieldSpec, ...]:
    """The fields of a table that come back in a workbook."""
    return tuple(spec for spec in FIELDS[table].values() if spec.in_sheets and spec.name != "id")


def reference_words(tables: Tables, record: Record, spec: FieldSpec) -> str:
    """The names of what a reference points to, as they stand beside its ids."""
    value = getattr(record, spec.name)
    ids = value if isinstance(value, tuple) else (value,) if value else ()
    target = spec.target_in(record)
    return plain(NAME_SEPARATOR.join(name_of(tables, target, one) for one in ids))
