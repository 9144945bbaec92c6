"""Which label counts: the record's own, raised where the matter itself is sensitive.

Back channels, postings and security reviews are never less than sensitive, whatever label they
were given (rule W35, domain.md 1.10): the floor is applied here, so a slip of the hand redacts
instead of leaking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from model.codes import tlp_rank
from model.records import Claim
from model.sensitivity import RECORD_FLOOR, is_sensitive

if TYPE_CHECKING:
    from model.records import Record

FIELD_FLOORS: Final[dict[str, dict[str, str]]] = {
    "activities": {
        "security_review": "AMBER+STRICT",
        "security_review_date": "AMBER+STRICT",
        "security_reviewer": "AMBER+STRICT",
    },
}
"""Fields that need a stricter audience than the record they stand in."""


def effective_label(record: Record) -> str:
    """The TLP label that redaction goes by: the record's own or the floor of its matter."""
    return max(record.tlp, _floor(record), key=tlp_rank)


def _floor(record: Record) -> str:
    """The least label of the matter: a further view of a field is guarded like it."""
    if isinstance(record, Claim):
        guarded = FIELD_FLOORS.get(record.target_table, {}).get(record.field)
        if guarded is not None:
            return guarded
    return RECORD_FLOOR if is_sensitive(record) else record.tlp


def is_visible(record: Record, audience: str) -> bool:
    """Whether the record by itself may be shown to the audience."""
    return tlp_rank(effective_label(record)) <= tlp_rank(audience)


def sees_everything(audience: str) -> bool:
    """Whether nothing at all is withheld from the audience; decided by the label alone.

    It must not depend on whether something happens to be withheld: that would tell.
    """
    return audience == "RED"


def without_guarded_fields(table: str, record: Record, audience: str) -> Record:
    """The record with fields that need a stricter audience set back to their defaults."""
    floors = FIELD_FLOORS.get(table)
    if not floors:
        return record
    guarded = [name for name, floor in floors.items() if tlp_rank(floor) > tlp_rank(audience)]
    if not guarded:
        return record
    defaults = {info.name: info.default for info in msgspec.structs.fields(record)}
    return msgspec.structs.replace(record, **{name: defaults[name] for name in guarded})
