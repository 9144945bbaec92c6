"""What stands in the way of an export: label leaks, which always redact, and open red flags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.codes import CODE_LISTS, tlp_rank
from model.naming import name_of
from model.redaction.labels import RECORD_FLOOR, is_sensitive
from resources.text import tr

if TYPE_CHECKING:
    from model.records import Answer
    from model.tables import Tables

_BEYOND_THE_TEAM: Final = "AMBER"
"""Audiences below this label are beyond the team and its clients."""


def label_leaks(tables: Tables, audience: str) -> list[tuple[str, str]]:
    """Records labelled for the audience although their matter forbids it (rule W35).

    Redaction withholds them whatever the label says; the sender should correct the label.
    """
    if tlp_rank(audience) >= tlp_rank(RECORD_FLOOR):
        return []
    return [
        (table, record.id)
        for table in ("roles", "linkages", "activities", "postings")
        for record in tables.table(table).values()
        if is_sensitive(record) and tlp_rank(record.tlp) <= tlp_rank(audience)
    ]


def open_red_flags(tables: Tables, audience: str) -> list[str]:
    """The red flags that an export beyond the team would need a reason for, one sentence each.

    An open red flag is a checklist item answered "no" without a mitigation. Audiences within the
    team (AMBER and stricter) are never held up.
    """
    if tlp_rank(audience) >= tlp_rank(_BEYOND_THE_TEAM):
        return []
    return [
        _sentence(tables, answer)
        for answer in tables.answers.values()
        if answer.answer == "no" and not answer.mitigation.strip()
    ]


def _sentence(tables: Tables, answer: Answer) -> str:
    shown = CODE_LISTS["checklist_answer"].label(answer.answer)
    if not answer.target_id:
        return tr("{item} is answered “{answer}”.", item=answer.item_id, answer=shown)
    return tr(
        "{item} is answered “{answer}” for {name}.",
        item=answer.item_id,
        answer=shown,
        name=name_of(tables, answer.target_table, answer.target_id),
    )
