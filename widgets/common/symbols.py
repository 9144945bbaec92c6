"""Which icon and colour stand for a record in lists and headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.codes import linkage_group
from model.drawing.icons import linkage_icon
from model.records import Actor, Linkage

if TYPE_CHECKING:
    from model.drawing.style import StyleSheet
    from model.records import Record

_OF_TABLE = {
    "project": "map",
    "roles": "actor",
    "processes": "process",
    "phases": "phase",
    "milestones": "milestone",
    "activities": "activity",
    "postings": "posting",
    "mandates": "mandate",
    "funding": "funding",
    "notes": "note",
    "sources": "source",
    "claims": "claim",
    "groups": "group",
    "answers": "checklist",
}


def symbol_of(table: str, record: Record | None, style: StyleSheet) -> tuple[str, str]:
    """Icon name and colour of a record."""
    if isinstance(record, Actor):
        family = style.family(record.kind, record.conflict_role)
        return family.icon, family.colour
    if isinstance(record, Linkage):
        return linkage_icon(record.kind), style.link(linkage_group(record.kind)).colour
    return _OF_TABLE.get(table, "tag"), style.muted_ink
