"""What a drag or nudge on the timeline would change, worked out before anything is changed.

A `Plan` holds the dates before and after. It can be previewed, said in a sentence, and made real
by one command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

import msgspec

from model.codes import ONE_OFF_ACTIVITY_KINDS
from model.commands.timeline import set_period
from model.dates import PartialDate, first_day, last_day
from model.records import Activity, Milestone
from model.timeline import moving
from model.timeline.items import Item
from model.timeline.moving import MoveUnit
from model.timeline.span import Span, point, span
from model.timeline.wording import period_text
from resources.text import tr

if TYPE_CHECKING:
    from model.document import Document
    from model.records import Record
    from model.tables import Tables

Handle = Literal["whole", "start", "end"]


class Dates(msgspec.Struct, frozen=True):
    """The dates that stand behind an item.

    Attributes:
        start, end: as in the record.
        planned: whether they are the planned dates of an activity.
        single: whether there is but one date (milestones, one-off activities without an end).
    """

    start: PartialDate | None
    end: PartialDate | None
    planned: bool = False
    single: bool = False

    @property
    def span(self) -> Span:
        """What the dates cover."""
        return point(self.start) if self.single else span(self.start, self.end)

    @property
    def text(self) -> str:
        """The dates in words."""
        return period_text(self.start, self.start if self.single else self.end)


class Plan(msgspec.Struct, frozen=True):
    """Dates before and after, and what they move by."""

    item: Item
    before: Dates
    after: Dates
    unit: MoveUnit
    handle: Handle

    @property
    def changes(self) -> bool:
        """Whether making it real would change anything."""
        return (self.before.start, self.before.end) != (self.after.start, self.after.end)

    def preview(self) -> Item:
        """The item as it would be."""
        return msgspec.structs.replace(self.item, span=self.after.span)

    def sentence(self) -> str:
        """What letting go would do, and why it moves in such steps."""
        if not self.changes:
            return tr("{title}: {dates}", title=self.item.title, dates=self.before.text)
        values = {"title": self.item.title, "dates": self.after.text}
        if self.handle == "whole":
            said = tr("Release to move “{title}” to {dates}.", **values)
        else:
            said = tr("Release to let “{title}” run {dates}.", **values)
        return f"{said} {self._steps()} {tr('Esc puts it back.')}"

    def _steps(self) -> str:
        steps = {
            "day": tr("It moves by days."),
            "month": tr("It moves by months."),
            "quarter": tr("It moves by quarters."),
            "year": tr("It moves by years."),
        }
        known = [d for d in (self.before.start, self.before.end) if d is not None and not d.open]
        if known and moving.move_unit("day", *known) == self.unit != "day":
            return f"{steps[self.unit]} {tr('Its dates are not known more exactly.')}"
        return steps[self.unit]


def dates_of(tables: Tables, item: Item) -> Dates | None:
    """The dates behind an item; None when its record is gone or it cannot be moved."""
    record = tables.get(item.table, item.record_id)
    return None if record is None or not item.editable else record_dates(record)


def record_dates(record: Record) -> Dates:
    """The dates of a record; empty for one that has none."""
    if isinstance(record, Milestone):
        return Dates(record.date, None, single=True)
    if isinstance(record, Activity):
        planned = record.start is None and record.planned_start is not None
        start = record.planned_start if planned else record.start
        end = record.planned_end if planned else record.end
        one_off = record.kind in ONE_OFF_ACTIVITY_KINDS and end is None
        return Dates(start, end, planned, one_off)
    return Dates(
        cast("PartialDate | None", getattr(record, "start", None)),
        cast("PartialDate | None", getattr(record, "end", None)),
    )


def plan_move(item: Item, before: Dates, days: float, snap: MoveUnit) -> Plan:
    """Move the whole item by a number of days, in steps that suit its dates and the zoom."""
    unit = moving.move_unit(snap, before.start, before.end)
    return plan_steps(item, before, unit, round(days / moving.DAYS[unit]))


def plan_steps(item: Item, before: Dates, unit: MoveUnit, count: int) -> Plan:
    """Move the whole item by so many steps; both ends move or neither does."""
    after = msgspec.structs.replace(
        before,
        start=moving.shifted(before.start, unit, count),
        end=moving.shifted(before.end, unit, count),
    )
    return Plan(item, before, after, unit, "whole")


def plan_stretch(
    item: Item, before: Dates, handle: Literal["start", "end"], day: float, snap: MoveUnit
) -> Plan:
    """Put one end to the boundary nearest to a place; it never passes the other end."""
    found = before.start if handle == "start" else before.end
    unit = moving.move_unit(snap, found)
    wanted = moving.stretched(found, day, snap, handle)
    after = msgspec.structs.replace(before, **{handle: wanted})
    if first_day(after.start) > last_day(after.end):
        after = before
    return Plan(item, before, after, unit, handle)


def nudge_end(item: Item, before: Dates, count: int, snap: MoveUnit) -> Plan:
    """Move the end of an item by so many steps."""
    unit = moving.move_unit(snap, before.end)
    after = msgspec.structs.replace(before, end=moving.shifted(before.end, unit, count))
    if first_day(after.start) > last_day(after.end):
        after = before
    return Plan(item, before, after, unit, "end")


def make_real(document: Document, plan: Plan, merge_key: str = "") -> None:
    """Change the record's dates as planned.

    Raises:
        Refusal: when the dates break a rule.
    """
    if plan.changes:
        set_period(
            document,
            plan.item.table,
            plan.item.record_id,
            plan.after.start,
            plan.after.end,
            planned=plan.after.planned,
            merge_key=merge_key,
        )
