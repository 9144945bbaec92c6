"""The rules of `model.integrity` for many records at once, column by column.

A large file opens several times faster this way. What is found sound here is sound; whatever is
not is looked at again record by record, which also says what is wrong and where.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import chain, islice
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from model.codes import CODE_LISTS
from model.dates import PartialDate
from model.fields import FIELDS, REFERENCE_FIELDS
from model.records import TABLES, ExternalRef

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from model.fields import FieldSpec
    from model.records import Record

    Content = Mapping[str, Mapping[str, Record]]
    Column = tuple[Any, ...]

_CHUNK: Final = 250
"""Records whose values are taken apart at once: as many as stay in the processor's memory."""
_CODES: Final = {name: frozenset(("", *codes.codes)) for name, codes in CODE_LISTS.items()}
_PERIODS: Final = (("start", "end"), ("planned_start", "planned_end"))
_DIFFERENT_ENDS: Final = {
    "linkages": ("from_id", "to_id"),
    "trust": ("from_id", "to_id"),
    "impartiality": ("party_id", "third_party_id"),
}


class Texts(NamedTuple):
    """What is asked of texts.

    Attributes:
        longest: characters.
        are_fit: whether some texts hold no character that no file can carry.
    """

    longest: int
    are_fit: Callable[[Iterable[str]], bool]


def are_sound(table: str, records: Mapping[str, Record], content: Content, texts: Texts) -> bool:
    """Whether all records of a table keep the rules; False means that one is to be looked at.

    Args:
        table: which table.
        records: its records by id.
        content: all tables, for references.
        texts: the rule for texts.
    """
    kind = TABLES[table]
    values = iter(records.values())
    while some := list(islice(values, _CHUNK)):
        if not all(type(record) is kind for record in some):
            return False
        taken = zip(*map(msgspec.structs.astuple, some), strict=True)
        columns = dict(zip(kind.__struct_fields__, taken, strict=True))
        if not _columns_are_sound(table, columns, content, texts):
            return False
    return all(map(_same_id, records.items()))


def _same_id(item: tuple[str, Record]) -> bool:
    return item[0] == item[1].id


def _columns_are_sound(
    table: str, columns: dict[str, Column], content: Content, texts: Texts
) -> bool:
    for spec, default in _PLANS[table]:
        column = columns[spec.name]
        if not spec.required and column.count(default) == len(column):
            continue
        if not _is_sound(spec, column, texts):
            return False
    return (
        _ids_are_sound(columns["id"])
        and _references_lead_somewhere(table, columns, content)
        and _periods_are_sound(columns)
        and _ends_differ(table, columns)
    )


def _ids_are_sound(column: Column) -> bool:
    return all(column) and max(map(len, column)) <= 64


def _is_sound(spec: FieldSpec, column: Column, texts: Texts) -> bool:
    kinds = set(map(type, column))
    if kinds == {str}:
        if spec.required and not all(map(str.strip, column)):
            return False
        return _texts_are_sound(spec, column, texts)
    if kinds == {tuple}:
        return _lists_are_sound(spec, column, texts)
    if kinds <= {PartialDate, type(None)}:
        raws = [one.raw for one in column if one is not None and one.raw]
        return not spec.required and (not raws or _texts_are_sound(spec, raws, texts))
    if spec.list_name or spec.target:
        return False
    if kinds <= {Decimal, type(None)}:
        return all(one is None or one.is_finite() for one in column)
    return kinds <= {bool, int, float} and all(map(isfinite, column))


def _lists_are_sound(spec: FieldSpec, column: Column, texts: Texts) -> bool:
    parts = list(chain.from_iterable(column))
    kinds = set(map(type, parts))
    if kinds == {ExternalRef}:
        return True
    once = not spec.list_name or all(len(set(one)) == len(one) for one in column)
    return once and kinds <= {str} and (not parts or _texts_are_sound(spec, parts, texts))


def _texts_are_sound(spec: FieldSpec, column: Sequence[str], texts: Texts) -> bool:
    if spec.list_name:
        return set(column) <= _CODES[spec.list_name]
    return max(map(len, column)) <= texts.longest and texts.are_fit(column)


def _references_lead_somewhere(table: str, columns: dict[str, Column], content: Content) -> bool:
    for spec in REFERENCE_FIELDS[table]:
        column = columns[spec.name]
        if spec.target == "*":
            if not _pointers_lead_somewhere(columns, spec, content):
                return False
        elif not _named(column) <= content.get(spec.target, {}).keys():
            return False
    return True


def _pointers_lead_somewhere(columns: dict[str, Column], spec: FieldSpec, content: Content) -> bool:
    tables = columns["target_table" if spec.name == "target_id" else "other_table"]
    pairs = zip(tables, columns[spec.name], strict=True)
    return all(not wanted or wanted in content.get(target, {}) for target, wanted in pairs)


def _named(column: Column) -> set[str]:
    """The ids that a column of references names."""
    several = isinstance(column[0], tuple)
    return set(chain.from_iterable(column) if several else column) - {""}


def _periods_are_sound(columns: dict[str, Column]) -> bool:
    for first, second in _PERIODS:
        for start, end in zip(columns.get(first, ()), columns.get(second, ()), strict=False):
            if start is not None and end is not None and start.first() > end.last():
                return False
    return True


def _ends_differ(table: str, columns: dict[str, Column]) -> bool:
    names = _DIFFERENT_ENDS.get(table)
    if names is None:
        return True
    return all(one != other for one, other in zip(*(columns[name] for name in names), strict=True))


def _plan(table: str) -> tuple[tuple[FieldSpec, object], ...]:
    """The fields to check, with the default that most records have."""
    found = []
    for field in msgspec.structs.fields(TABLES[table]):
        spec = FIELDS[table].get(field.name)
        if spec is not None:
            default = field.default
            if field.default_factory is not msgspec.NODEFAULT:
                default = field.default_factory()
            found.append((spec, default))
    return tuple(found)


_PLANS: Final = {table: _plan(table) for table in TABLES}
