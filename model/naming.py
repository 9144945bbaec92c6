"""What people call a record: its title field, or for linkages and lines its ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model import records as r
from model.codes import CODE_LISTS
from model.fields import FIELDS, TABLE_SPECS
from resources.text import tr

if TYPE_CHECKING:
    from model.tables import Tables


def name_of(tables: Tables, table: str, record_id: str) -> str:
    """A short name for a record; "?" for one that is not there."""
    record = tables.get(table, record_id)
    if record is None:
        return "?"
    if isinstance(record, r.Linkage):
        return _pair(tables, record.from_id, record.to_id)
    if isinstance(record, r.FundingLine):
        return _pair(tables, record.donor_id, record.recipient_id)
    if isinstance(record, r.ExchangeRate):
        return rate_text(record)
    if isinstance(record, r.Trust):
        return _pair(tables, record.from_id, record.to_id)
    if isinstance(record, r.Role):
        return f"{short_name(tables, record.actor_id)}: {_title(record, 'roles')}"
    if isinstance(record, r.DividerTest):
        tested, against = (("activities", record.activity_id), ("dividers", record.divider_id))
        return f"{name_of(tables, *tested)}: {name_of(tables, *against)}"
    return _title(record, table) or tr(TABLE_SPECS[table].one)


def rate_text(rate: r.ExchangeRate) -> str:
    """A stated rate with its date, which it must never be without."""
    return tr(
        "1 {currency} = {rate} {into} on {date}",
        currency=rate.currency,
        rate="?" if rate.rate is None else f"{rate.rate:f}",
        into=rate.into,
        date="?" if rate.date is None else rate.date.iso(),
    )


def short_name(tables: Tables, actor_id: str) -> str:
    """An actor's short name, or its name; "?" where the end is not known."""
    actor = tables.actors.get(actor_id)
    return "?" if actor is None else actor.short_name or actor.name


def _pair(tables: Tables, first: str, second: str) -> str:
    return f"{short_name(tables, first)} – {short_name(tables, second)}"


def _title(record: r.Record, table: str) -> str:
    name = TABLE_SPECS[table].title_field
    if not name:
        return ""
    value = str(getattr(record, name))
    list_name = FIELDS[table][name].list_name
    return CODE_LISTS[list_name].label(value) if list_name else value
