"""The order of a redacted copy: by what can be read, never by what is withheld.

Records are sorted by how people would look for them (name, date), then by their whole visible
content. The old id decides only between records that read exactly the same; it is random, and
the same whatever else the project holds.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

import msgspec

from model.dates import PartialDate, first_day
from model.fields import REFERENCE_FIELDS, TABLE_SPECS
from model.records import Track

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.records import Record

Ranks = dict[str, dict[str, int]]
_ReadingKey = tuple[int, str]
_References = tuple[tuple[int, ...], ...]

_BY_DATE_FIRST: Final = frozenset(
    {"phases", "milestones", "activities", "postings", "signals", "decisions", "baselines"}
)
"""Tables that are read in time order; the others are read by name."""


def order(tables: Mapping[str, Mapping[str, Record]]) -> dict[str, list[Record]]:
    """The records of each table in their new order.

    Two rounds: content without references ranks everything once, so that in the second round
    references can be compared by the rank of what they name.
    """
    first: Ranks = {}
    for table, records in tables.items():
        keys = [
            (_reading_key(table, one), _content(table, one), one.id) for one in records.values()
        ]
        first[table] = {record_id: rank for rank, (*_, record_id) in enumerate(sorted(keys))}
    return {
        table: [
            records[key[-1]] for key in sorted(_key(table, one, first) for one in records.values())
        ]
        for table, records in tables.items()
    }


def _key(table: str, record: Record, ranks: Ranks) -> tuple[_ReadingKey, _References, int, str]:
    references = tuple(_reference_ranks(table, record, ranks))
    return _reading_key(table, record), references, ranks[table][record.id], record.id


def _reference_ranks(table: str, record: Record, ranks: Ranks) -> list[tuple[int, ...]]:
    found = []
    for spec in REFERENCE_FIELDS[table]:
        target = spec.target_in(record)
        value = getattr(record, spec.name)
        wanted = value if isinstance(value, tuple) else (value,) if value else ()
        known = ranks.get(target, {})
        found.append(tuple(sorted(known.get(one, -1) for one in wanted)))
    return found


def _reading_key(table: str, record: Record) -> _ReadingKey:
    """When it was or where it stands, if that is how it is looked for; then what it is called."""
    place = record.order if isinstance(record, Track) else 0
    if table in _BY_DATE_FIRST:
        value = getattr(record, "start", None) or getattr(record, "date", None)
        place = first_day(value if isinstance(value, PartialDate) else None).toordinal()
    title = TABLE_SPECS[table].title_field
    return place, _folded(str(getattr(record, title))) if title else ""


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def _content(table: str, record: Record) -> bytes:
    """All that the record says by itself, as bytes; references and the id are left out."""
    neutral: dict[str, object] = {"id": ""}
    for spec in REFERENCE_FIELDS[table]:
        neutral[spec.name] = () if spec.kind == "references" else ""
    return msgspec.msgpack.encode(msgspec.structs.replace(record, **neutral))
