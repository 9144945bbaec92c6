"""Values of fields as a person reads them: labels of codes, names of records, dates as known."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from model.asof import basis_mark
from model.dates import PartialDate, typed_text
from model.naming import name_of
from model.returning.values import NAME_SEPARATOR
from model.timeline.wording import date_text
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from model.fields import FieldSpec
    from model.records import Record
    from model.tables import Tables

LIST_SEPARATOR = NAME_SEPARATOR


def value_text(
    tables: Tables,
    record: Record,
    spec: FieldSpec,
    listed: Callable[[Iterable[str]], str] = LIST_SEPARATOR.join,
) -> str:
    """The value of a field in words; empty for what is not known or empty.

    `listed` puts several values together, by default as cells that are read back have them.
    """
    value = getattr(record, spec.name)
    if value is None or (isinstance(value, str | tuple) and not value):
        return ""
    if spec.kind in {"reference", "references"}:
        return reference_names(tables, record, spec, listed)
    if spec.codes is not None:
        codes = value if isinstance(value, tuple) else (value,)
        return listed(spec.codes.label(str(code)) for code in codes)
    return plain_text(value)


def plain_text(value: object) -> str:
    """A value that is neither a code nor a reference as text."""
    match value:
        case PartialDate():
            text = typed_text(value)
        case bool():
            text = tr("Yes") if value else tr("No")
        case Decimal():
            text = f"{value:f}"
        case float():
            text = f"{value:g}"
        case tuple():
            text = LIST_SEPARATOR.join(plain_text(one) for one in value)
        case Mapping():
            text = LIST_SEPARATOR.join(f"{key}={plain_text(one)}" for key, one in value.items())
        case _:
            text = str(value)
    return text


def reference_ids(record: Record, spec: FieldSpec) -> tuple[str, ...]:
    """The ids in a reference field, none where it is empty."""
    value = getattr(record, spec.name)
    if isinstance(value, tuple):
        return value
    return (str(value),) if value else ()


def reference_names(
    tables: Tables,
    record: Record,
    spec: FieldSpec,
    listed: Callable[[Iterable[str]], str] = LIST_SEPARATOR.join,
) -> str:
    """The names of what a reference field points to."""
    target = spec.target_in(record)
    names = (name_of(tables, target, one) for one in reference_ids(record, spec))
    return listed(names)


def unbroken(text: str) -> str:
    """A text that stays on one line, such as a date or a number with what it counts."""
    return text.replace(" ", "\u00a0")


def period(start: PartialDate | None, end: PartialDate | None) -> str:
    """From when to when, in words; what is not known is left unsaid. No date is broken."""
    if start is None and end is None:
        return tr("Not known")
    first, last = unbroken(date_text(start)), unbroken(date_text(end))
    if end is None:
        return tr("from {start}", start=first)
    if start is None:
        return tr("until {end}", end=last)
    if end.open:
        return tr("from {start}, no planned end", start=first)
    return first if start == end else tr("{start} to {end}", start=first, end=last)


def mark_text(record: Record) -> str:
    """The mark that must be seen wherever the record is: "not checked", "illustrative" or none."""
    mark = basis_mark(record)
    return tr(mark) if mark else ""
