"""The copy of a project that is presented: redacted for its audience and arranged anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.dates import PartialDate
from model.document import Content, Snapshot
from model.layout import arrange, arranged_records
from model.redaction import redact, sees_everything

if TYPE_CHECKING:
    from datetime import date

    from model.tables import Tables


def staged(tables: Tables, audience: str, as_of: date, *, keep_positions: bool = False) -> Content:
    """What an audience may see, with a place for every actor; nothing else comes along.

    Cards are arranged anew, because gaps between them tell of others; an audience that sees
    everything gets them where they are.

    Args:
        tables: the whole project.
        audience: a TLP label.
        as_of: the day that is presented first.
        keep_positions: take the places along although gaps may tell.

    Raises:
        Refusal: when the audience is not a label.
    """
    keep = keep_positions or sees_everything(audience)
    day = PartialDate(year=as_of.year, month=as_of.month, day=as_of.day)
    content = redact(tables, audience, as_of=day, keep_positions=keep).content
    if keep:
        return content
    snapshot = Snapshot(content, 0)
    for table, record in arranged_records(snapshot, arrange(snapshot, as_of)):
        content[table][record.id] = record
    return content
