"""What stands in the way of an export: label leaks, which always redact, and open red flags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.codes import tlp_rank
from model.dates import last_day
from model.donoharm.assessment import Assessor
from model.donoharm.gates import flag_in_words
from model.redaction.labels import effective_label

if TYPE_CHECKING:
    from datetime import date

    from model.tables import Tables

_BEYOND_THE_TEAM: Final = "AMBER"
"""Audiences below this label are beyond the team and its clients."""


def label_leaks(tables: Tables, audience: str) -> list[tuple[str, str]]:
    """Records labelled for the audience although their matter forbids it (rule W35).

    Redaction withholds them whatever the label says; the sender should correct the label.
    """
    return [
        (table, record.id)
        for table in ("roles", "linkages", "activities", "postings", "claims")
        for record in tables.table(table).values()
        if tlp_rank(record.tlp) <= tlp_rank(audience) < tlp_rank(effective_label(record))
    ]


def open_red_flags(tables: Tables, audience: str, as_of: date | None = None) -> list[str]:
    """The red flags that an export beyond the team would need a reason for, one sentence each.

    Audiences within the team and its clients (AMBER and stricter) are never held up, and answers
    that are only illustrative hold up nobody: they are made up.

    Args:
        tables: the whole project, not the copy.
        audience: a TLP label.
        as_of: day whose phases decide which flags count; the project's own if None.
    """
    if tlp_rank(audience) >= tlp_rank(_BEYOND_THE_TEAM):
        return []
    day = as_of or last_day(tables.project.as_of)
    flags = Assessor(tables, day).open_flags()
    return sorted(
        flag_in_words(tables, flag) for flag in flags if flag.answer.basis != "illustrative"
    )
