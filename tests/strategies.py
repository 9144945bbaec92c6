"""Hypothesis strategies for records and whole contents, generated from the record types.

Every field of every table is filled from its type, so that a field added to a record is tested
at once. `records` draws values that fit the types; codes and references need not make sense,
which is what a codec must cope with. `contents` draws tables of them.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, get_type_hints

import msgspec
from hypothesis import strategies as st

from model.dates import OPEN, PartialDate
from model.records import TABLES, Record

if TYPE_CHECKING:
    from collections.abc import Callable

# What a text field may hold: no control characters but line breaks and tabs, no half surrogates.
TEXTS = st.text(
    st.one_of(
        st.sampled_from("\n\t=+-@'\"\\<&{}é中ည\u200f😀"),
        st.characters(exclude_categories=("Cs", "Cc")),
    ),
    max_size=12,
)
IDS = st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=1, max_size=16)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=2, max_value=Decimal(10**12))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    """Dates of every precision, with and without a qualifier."""
    if draw(st.integers(0, 9)) == 0:
        return OPEN
    parts: dict[str, Any] = {"year": draw(st.integers(1, 9999))}
    precision = draw(st.sampled_from(["year", "quarter", "month", "day"]))
    if precision == "quarter":
        parts["quarter"] = draw(st.integers(1, 4))
    elif precision != "year":
        parts["month"] = draw(st.integers(1, 12))
    if precision == "day":
        parts["day"] = draw(st.integers(1, 28))
    parts["qualifier"] = draw(st.sampled_from(["", "about", "before", "after"]))
    parts["raw"] = draw(TEXTS)
    return PartialDate(**parts)


_PLAIN: dict[Any, Callable[[], st.SearchStrategy[Any]]] = {
    str: lambda: TEXTS,
    int: lambda: st.integers(-(2**53), 2**53),
    float: lambda: FLOATS,
    bool: st.booleans,
    Decimal: lambda: DECIMALS,
    type(None): st.none,
    PartialDate: partial_dates,
}


@cache
def of_type(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type."""
    if kind in _PLAIN:
        return _PLAIN[kind]()
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return structs(kind)
    return _of_generic(kind)


def _of_generic(kind: Any) -> st.SearchStrategy[Any]:
    origin = getattr(kind, "__origin__", None)
    arguments = kind.__args__
    if origin is tuple and arguments[-1] is Ellipsis:
        return st.lists(of_type(arguments[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*(of_type(argument) for argument in arguments))
    if origin is dict:
        return st.dictionaries(of_type(arguments[0]), of_type(arguments[1]), max_size=3)
    return st.one_of(*(of_type(argument) for argument in arguments))


@cache
def structs(kind: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Values of a record type; fields are often left at their default, as in real projects."""
    hints = get_type_hints(kind)
    fields = msgspec.structs.fields(kind)
    required = {field.name: of_type(hints[field.name]) for field in fields if field.required}
    optional = {field.name: of_type(hints[field.name]) for field in fields if not field.required}
    if "id" in required:
        required["id"] = IDS
    return st.fixed_dictionaries(required, optional=optional).map(lambda values: kind(**values))


def records(table: str) -> st.SearchStrategy[Record]:
    """Records of one table."""
    return structs(TABLES[table])


@st.composite
def contents(draw: st.DrawFn, max_records: int = 3) -> dict[str, dict[str, Record]]:
    """All tables, most of them with a few records."""
    chosen = draw(st.lists(st.sampled_from(list(TABLES)), unique=True, max_size=6))
    content: dict[str, dict[str, Record]] = {table: {} for table in TABLES}
    for table in chosen:
        drawn = draw(st.lists(records(table), max_size=max_records))
        content[table] = {record.id: record for record in drawn}
    return content
