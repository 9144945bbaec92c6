"""Which table and field a file or column stands for: declared here, guessed nowhere.

A file may use the names of the case folders (``checklist.csv``, ``lead_actor_id``), the names of
the field catalogue (our own CSV files) or its labels (our own workbooks).
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from model.fields import FIELDS, TABLE_SPECS

if TYPE_CHECKING:
    from model.fields import FieldSpec

TABLE_NAMES: Final = {"checklist": "answers", "funding_lines": "funding", "linkage": "linkages"}
"""Names of files that are not the table's own."""

UNREAD_TABLES: Final = frozenset({"views", "baselines", "exports", "conflicts", "recipes"})
"""Tables that tie into one project's own working and make no sense in another."""

KIND_COLUMN: Final = "type"
"""Column of a phases file that says whether a row is a phase or a milestone."""
PRECISION_COLUMN: Final = "date_precision"
"""Column that says how exact the dates of its row are."""
MARK_COLUMN: Final = "mark"
"""Column of our own CSV files that says in words what the basis means for the reader."""
ROLES_COLUMN: Final = "third_party_roles"
"""Column of an actors file whose codes become records of the roles table."""

SPECIAL_COLUMNS: Final = {
    "actors": {ROLES_COLUMN},
    "phases": {KIND_COLUMN, PRECISION_COLUMN},
    "activities": {PRECISION_COLUMN},
    "postings": {PRECISION_COLUMN},
    "linkages": {PRECISION_COLUMN},
    "funding": {PRECISION_COLUMN},
    "processes": {PRECISION_COLUMN},
    "milestones": {PRECISION_COLUMN},
}
"""Columns that stand for no single field and are understood by the plan itself."""

_EVERYWHERE: Final = {"source": "basis"}
_FIELD_NAMES: Final[dict[str, dict[str, str]]] = {
    "actors": {
        "diplomat_support_roles": "support_roles",
        "country_iso3": "country",
        "blind_spot": "blind_spots",
    },
    "processes": {
        "track": "tracks",
        "lead_actor_id": "lead_id",
        "conflict_party_ids": "party_ids",
    },
    "phases": {"phase_kind": "kind"},
    "milestones": {"start": "date", "phase_kind": ""},
    "activities": {
        "track": "tracks",
        "lead_actor_id": "lead_id",
        "conflict_party_ids": "party_ids",
    },
    "postings": {"holder_label": "holder"},
}
"""Columns of case folders by table, where they are not called like their field.

An empty name: the column has no meaning for this table and must be empty.
"""


def table_for(name: str) -> str:
    """The table that a file or sheet of this name holds; "" where there is none."""
    plain = name.strip()
    lower = plain.lower().replace(" ", "_")
    if lower in TABLE_SPECS:
        return lower
    if lower in TABLE_NAMES:
        return TABLE_NAMES[lower]
    for spec in TABLE_SPECS.values():
        if plain in {spec.title, spec.many}:
            return spec.name
    return ""


def field_for(table: str, column: str) -> FieldSpec | None:
    """The field that a column of a table stands for; None where there is none."""
    plain = column.strip()
    names = {**_EVERYWHERE, **_FIELD_NAMES.get(table, {})}
    wanted = names.get(plain, plain)
    spec = FIELDS[table].get(wanted)
    if spec is None:
        spec = next(
            (one for one in FIELDS[table].values() if plain in {one.title, one.label}), None
        )
    return spec if spec is not None and spec.in_sheets else None


def similar_columns(table: str, column: str) -> tuple[str, ...]:
    """Names of columns that someone may have meant, the likeliest first."""
    own = _FIELD_NAMES.get(table, {})
    known = [*own, *_EVERYWHERE, *SPECIAL_COLUMNS.get(table, ())]
    known += [name for name, spec in FIELDS[table].items() if spec.in_sheets]
    return tuple(get_close_matches(column.strip().lower(), known, n=3, cutoff=0.6))


def similar_tables(name: str) -> tuple[str, ...]:
    """Names of tables that someone may have meant, the likeliest first."""
    return tuple(get_close_matches(name.strip().lower(), [*TABLE_SPECS, *TABLE_NAMES], n=3))
