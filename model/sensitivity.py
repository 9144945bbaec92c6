"""What is sensitive by its matter, whatever label it was given (domain.md 1.10, rule W35)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from model.records import TABLES, Activity, Claim, Linkage, Posting, Role

if TYPE_CHECKING:
    from model.records import Project, Record

RECORD_FLOOR: Final = "AMBER"
"""Least label of back channels and postings (W35: "a back channel or posting is below AMBER")."""


def first_label(project: Project, table: str) -> str:
    """The label that a new record gets: the project's, or the stricter one of its kind."""
    own = next(one.default for one in msgspec.structs.fields(TABLES[table]) if one.name == "tlp")
    return project.default_tlp if own == "AMBER" else str(own)


def is_sensitive(record: Record) -> bool:
    """Whether the record is a posting or a back channel, or says that another record is one.

    No label can make that public.
    """
    if isinstance(record, Posting):
        return True
    if isinstance(record, Linkage | Activity):
        return record.kind == "back_channel"
    if isinstance(record, Claim):
        return record.field in {"kind", "role"} and record.value == "back_channel"
    return isinstance(record, Role) and record.role == "back_channel"
