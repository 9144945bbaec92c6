"""Baselines: the dates and money of a plan as they were on a day, and what has changed since.

A baseline keeps each date as exact as it was and each amount as text, so that no cent and no
"about" is lost. Baselines never leave the project (`model.redaction.visibility`).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

import msgspec

from model.commands.records import new_record
from model.dates import PartialDate, parse_date
from model.fields import FIELDS
from model.timeline.dependencies import Node
from model.timeline.editing import record_dates
from model.timeline.items import money_text
from resources.text import plural, tr

if TYPE_CHECKING:
    from datetime import date

    from model.document import Document
    from model.records import Baseline, Record
    from model.tables import Tables
    from model.timeline.span import Span

KEPT: Final[dict[str, tuple[str, ...]]] = {
    "phases": ("start", "end"),
    "milestones": ("date",),
    "activities": ("planned_start", "planned_end", "start", "end"),
    "postings": ("start", "end"),
    "mandates": ("start", "end", "renewal_date"),
    "funding": ("start", "end", "amount", "currency"),
    "processes": ("start", "end"),
}
"""The fields that a baseline keeps, by table."""
THERE: Final = "id"
"""Stands for a record that has none of the dates, so that its loss is noticed too."""


class Change(msgspec.Struct, frozen=True):
    """One difference between a baseline and now.

    Attributes:
        node: what it is about; it may be gone.
        field: the field; "" when the whole thing was added or removed.
        text: the difference in a sentence.
        days: by how many days a date is later (negative: earlier); None for others.
    """

    node: Node
    field: str
    text: str
    days: int | None = None


def values_now(tables: Tables) -> tuple[tuple[str, str, str, str], ...]:
    """All dates and money as a baseline keeps them."""
    found: list[tuple[str, str, str, str]] = []
    for table, names in KEPT.items():
        for record_id, record in tables.table(table).items():
            found.append((table, record_id, THERE, tables.name_of(table, record_id)))
            for name in names:
                text = _text(getattr(record, name))
                if text:
                    found.append((table, record_id, name, text))
    return tuple(found)


def add_baseline(document: Document, title: str, day: date) -> Record:
    """Keep the plan as it is now under a name.

    Raises:
        Refusal: when the name is empty.
    """
    on = PartialDate(year=day.year, month=day.month, day=day.day)
    values = values_now(document)
    with document.edit(tr("Keep baseline {title}", title=title)) as edit:
        record = new_record(document, "baselines", title=title, date=on, values=values)
        return edit.put("baselines", record)


def compare(tables: Tables, baseline: Baseline) -> list[Change]:
    """What has changed since: what was added and removed, dates moved, money changed."""
    before = _by_record(baseline)
    now = {
        (table, record_id): record
        for table in KEPT
        for record_id, record in tables.table(table).items()
    }
    found: list[Change] = []
    for node, record in now.items():
        if node not in before:
            found.append(Change(node, "", tr("{title}: added", title=tables.name_of(*node))))
            continue
        title = tables.name_of(*node)
        for name in KEPT[node[0]]:
            found += _change(node, name, before[node].get(name, ""), record, title)
    for node, kept in before.items():
        if node not in now:
            found.append(Change(node, "", tr("{title}: removed", title=kept.get(THERE, ""))))
    return found


def ghosts(tables: Tables, baseline: Baseline) -> dict[Node, Span]:
    """Where things that stand elsewhere now stood in the baseline."""
    found: dict[Node, Span] = {}
    for node, kept in _by_record(baseline).items():
        record = tables.get(*node)
        if record is None or node[0] not in KEPT:
            continue
        dates = {
            name: _date(kept.get(name, ""))
            for name in KEPT[node[0]]
            if name not in {"amount", "currency"}
        }
        earlier = record_dates(msgspec.structs.replace(record, **dates))
        if earlier.span != record_dates(record).span:
            found[node] = earlier.span
    return found


def _by_record(baseline: Baseline) -> dict[Node, dict[str, str]]:
    found: dict[Node, dict[str, str]] = {}
    for table, record_id, name, value in baseline.values:
        found.setdefault((table, record_id), {})[name] = value
    return found


def _text(value: object) -> str:
    if isinstance(value, PartialDate):
        return value.iso()
    return "" if value is None else str(value)


def _date(text: str) -> PartialDate | None:
    return parse_date(text) if text else None


def _change(node: Node, name: str, was: str, record: Record, title: str) -> list[Change]:
    now = _text(getattr(record, name))
    if now == was or name == "currency":
        return []
    values = {
        "title": title,
        "field": FIELDS[node[0]][name].title,
        "was": was or tr("not known"),
        "now": now or tr("not known"),
    }
    if name == "amount":
        return [_money_change(node, was, record, values)]
    days = _days(was, now)
    text = tr("{title}, {field}: {was} → {now}", **values)
    if days:
        length = plural("{count} day", "{count} days", abs(days))
        later = (
            tr("{length} later", length=length)
            if days > 0
            else tr("{length} earlier", length=length)
        )
        text = f"{text} ({later})"
    return [Change(node, name, text, days)]


def _money_change(node: Node, was: str, record: Record, values: dict[str, str]) -> Change:
    currency, amount = getattr(record, "currency", ""), getattr(record, "amount", None)
    values["was"] = money_text(Decimal(was), currency) if was else values["was"]
    values["now"] = money_text(amount, currency) or values["now"]
    return Change(node, "amount", tr("{title}, {field}: {was} → {now}", **values))


def _days(was: str, now: str) -> int | None:
    if not was or not now:
        return None
    one, other = parse_date(was), parse_date(now)
    if one.open or other.open:
        return None
    return (other.stated_first() - one.stated_first()).days
