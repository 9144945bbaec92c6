"""A chosen part of a project: some actors, and what belongs to them.

Only what positively leads to a chosen actor comes along. Whether something else was named beside
it, or nothing at all, makes no difference: that would tell of what stays behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.fields import REFERENCE_FIELDS
from model.records import Answer, Placement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from model.records import Record

    Key = tuple[str, str]
    Records = Mapping[str, Mapping[str, Record]]

_ALWAYS: Final = frozenset({"tracks"})
_SHARED: Final = frozenset({"processes", "phases", "sources"})
"""What many records have in common: it comes along where one needs it, but leads to none."""
_NAMES_ACTORS: Final = frozenset(
    table
    for table, specs in REFERENCE_FIELDS.items()
    if any(spec.target == "actors" for spec in specs)
)
"""Tables whose records name actors: one of theirs must be among the chosen."""


def belonging(records: Records) -> set[Key]:
    """What belongs to the actors that are left in the tables.

    A record comes along if it names one of them or something that is about one of them, or if
    something that comes along refers to it: the process of a role, the source of a linkage.

    Args:
        records: what an audience may see, with no actors but the chosen ones.
    """
    kept: set[Key] = {("actors", record_id) for record_id in records.get("actors", {})}
    kept |= {(table, record_id) for table in _ALWAYS for record_id in records.get(table, {})}
    growing = True
    while growing:
        before = len(kept)
        for table, some in records.items():
            for record in some.values():
                if (table, record.id) in kept or _leads_to(table, record, kept):
                    kept.add((table, record.id))
                    kept.update(_held(record, table, records))
        growing = len(kept) > before
    return kept


def _leads_to(table: str, record: Record, kept: set[Key]) -> bool:
    if isinstance(record, Placement):
        return ("actors", record.id) in kept or ("notes", record.id) in kept
    named = set(_named(table, record))
    apart = {*_SHARED, table} if table in _NAMES_ACTORS else {"sources"}
    return any(key in kept for key in named if key[0] not in apart)


def _held(record: Record, table: str, records: Records) -> Iterator[Key]:
    """What a record needs to be understood, as far as the audience may see it."""
    for other, record_id in _named(table, record):
        if other in _SHARED and record_id in records.get(other, {}):
            yield other, record_id
    if isinstance(record, Answer) and record.item_id in records.get("checklist_items", {}):
        yield "checklist_items", record.item_id


def _named(table: str, record: Record) -> Iterator[Key]:
    for spec in REFERENCE_FIELDS[table]:
        value = getattr(record, spec.name)
        target = spec.target_in(record)
        for record_id in value if isinstance(value, tuple) else (value,):
            if record_id:
                yield target, record_id
