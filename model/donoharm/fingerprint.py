"""What a target looked like when it was answered: answers about something else are out of date.

Only fields that can change an answer count: not names, notes, sources or places on the map.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from model.tables import Tables

DECIDING_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "actors": (
        *("kind", "tracks", "level", "scope", "conflict_role", "support_roles", "parent_id"),
        *("country", "start", "end", "positions", "interests", "needs", "fears"),
    ),
    "linkages": (
        *("from_id", "to_id", "kind", "direction", "initiative", "decision", "start", "end"),
        *("formality", "keeper_id", "rationale", "negative_consequences", "tlp"),
    ),
    "activities": (
        *("kind", "tracks", "lead_id", "participant_ids", "party_ids", "process_id", "phase_id"),
        *("planned_start", "planned_end", "start", "end", "place", "lead_consulted"),
        *("security_review", "depends_on"),
    ),
}
"""The fields of each kind of target that answers depend on."""
_LENGTH = 16


def fingerprint(tables: Tables, table: str, record_id: str) -> str:
    """A short digest of a target; empty for the project, which changes all the time."""
    record = tables.get(table, record_id) if table in DECIDING_FIELDS else None
    if record is None:
        return ""
    values = [getattr(record, name) for name in DECIDING_FIELDS[table]]
    return hashlib.sha256(msgspec.json.encode(values)).hexdigest()[:_LENGTH]
