"""The copy of a project that is presented: redacted for its audience and arranged anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from model.dates import PartialDate
from model.document import Content, Snapshot
from model.drawing.shading import ABOUT_ABSENCE
from model.layout import arrange, arranged_records
from model.records import TABLES
from model.redaction import redact, sees_everything
from model.view_state import nameless_view

if TYPE_CHECKING:
    from datetime import date

    from model.records import View
    from model.tables import Tables
    from model.view_state import ViewState


def staged(
    tables: Tables,
    audience: str,
    as_of: date,
    *,
    keep_positions: bool = False,
    look: ViewState | None = None,
) -> Content:
    """What an audience may see, with a place for every actor; nothing else comes along.

    Cards are arranged anew, because gaps between them tell of others; an audience that sees
    everything gets them where they are.

    Args:
        tables: the whole project.
        audience: a TLP label.
        as_of: the day that is presented first.
        keep_positions: take the places along although gaps may tell.
        look: how map and timeline are looked at now; comes along as a view without a title.

    Raises:
        Refusal: when the audience is not a label.
    """
    keep = keep_positions or sees_everything(audience)
    day = PartialDate(year=as_of.year, month=as_of.month, day=as_of.day)
    shown = tables if look is None else _with_look(tables, look)
    content = redact(shown, audience, as_of=day, keep_positions=keep).content
    if not sees_everything(audience):
        _leave_absence_out(content)
    if keep:
        return content
    snapshot = Snapshot(content, 0)
    for table, record in arranged_records(snapshot, arrange(snapshot, as_of)):
        content[table][record.id] = record
    return content


def _with_look(tables: Tables, look: ViewState) -> Snapshot:
    """The tables with one more view, which says nothing but codes and ids and is redacted, too."""
    view = msgspec.structs.replace(nameless_view(look), tlp="CLEAR")
    every = {name: tables.table(name) for name in TABLES}
    return Snapshot({**every, "views": {**every["views"], view.id: view}}, 0)


def _leave_absence_out(content: Content) -> None:
    """A part of a project cannot tell who is the only way, so no view is coloured by that."""
    for view_id, record in content["views"].items():
        styling = cast("View", record).styling
        kept = {key: value for key, value in styling.items() if value not in ABOUT_ABSENCE}
        if kept != styling:
            content["views"][view_id] = msgspec.structs.replace(record, styling=kept)
