"""What can stand on the timeline: one item per dated record, and the stretches between them.

An item is a value: what it says, how sure its dates are, how it looks by meaning (family, marks,
planned), but no colours and no places.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

import msgspec

from model.asof import basis_mark
from model.codes import (
    ACTIVITY_KINDS,
    ACTIVITY_STATUSES,
    EARMARKINGS,
    MILESTONE_KINDS,
    ONE_OFF_ACTIVITY_KINDS,
    PHASE_KINDS,
)
from model.naming import short_name
from model.timeline.cover import period_of
from model.timeline.span import UNKNOWN, End, Span, point, span
from model.timeline.wording import date_text, length_text, period_text
from resources.text import joined, tr

if TYPE_CHECKING:
    from decimal import Decimal

    from model import records as r
    from model.tables import Tables
    from model.timeline.cover import Cover

ItemForm = Literal["bar", "point", "milestone", "phase", "uncovered", "vacant"]
STOPPED = frozenset({"cancelled", "suspended"})


class Item(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One thing on the timeline.

    Attributes:
        key: unique on the timeline.
        table, record_id: the record that a click selects.
        form: how it is drawn.
        title: what it is called.
        span: when it is, with how sure that is.
        icon: name in the icon catalogue.
        actor_kind, conflict_role: what gives it its colour; a phase kind for phases.
        mark: "not checked" or "illustrative", translated; "" for others.
        planned: whether it is not yet agreed or under way.
        stopped: whether it is cancelled or suspended.
        uncovered: unfunded stretches as days [low, high); high is infinite without known end.
        no_line: whether an activity has no funding line at all.
        editable: whether its dates can be changed by hand.
        alt: all of it in words.
    """

    key: str
    table: str
    record_id: str
    form: ItemForm
    title: str
    span: Span
    icon: str = ""
    actor_kind: str = "other"
    conflict_role: str = "none"
    mark: str = ""
    planned: bool = False
    stopped: bool = False
    uncovered: tuple[tuple[float, float], ...] = ()
    no_line: bool = False
    editable: bool = True
    alt: str = ""

    @cached_property
    def order(self) -> tuple[float, float, str]:
        """What items of a row are ordered by; without any date they come first."""
        return (*self.span.extent(0.0, 1e9), self.key)

    @cached_property
    def days(self) -> tuple[float, float] | None:
        """First and last (exclusive) day that its dates name; None when they name none."""
        ends = [end for end in (self.span.start, self.span.end) if end.placed]
        return (min(e.low for e in ends), max(e.high for e in ends)) if ends else None


def activity_item(tables: Tables, activity: r.Activity, cover: Cover) -> Item:
    """An activity, with what of it has no money."""
    start, end = period_of(activity)
    one_day = activity.kind in ONE_OFF_ACTIVITY_KINDS and start is not None and start == end
    only_planned = activity.start is None and activity.planned_start is not None
    lead = tables.actors.get(activity.lead_id)
    kind = ACTIVITY_KINDS.label(activity.kind)
    status = "" if activity.status == "unknown" else ACTIVITY_STATUSES.label(activity.status)
    lead_text = tr("led by {name}", name=short_name(tables, activity.lead_id)) if lead else ""
    money = tr("no funding line") if cover.state == "no_line" else ""
    return Item(
        key=f"activities:{activity.id}",
        table="activities",
        record_id=activity.id,
        form="point" if one_day else "bar",
        title=activity.title,
        span=point(start) if one_day else span(start, end),
        icon=f"activity.{activity.kind}",
        actor_kind=lead.kind if lead else "other",
        conflict_role=lead.conflict_role if lead else "none",
        mark=_mark(activity),
        planned=activity.status == "pipeline" or only_planned,
        stopped=activity.status in STOPPED,
        uncovered=tuple(
            (
                float(gap.first.toordinal()),
                gap.last.toordinal() + 1.0 if gap.last is not None else float("inf"),
            )
            for gap in cover.gaps
            if gap.certain
        ),
        no_line=cover.state == "no_line",
        alt=_alt(activity.title, kind, period_text(start, end), lead_text, status, money)
        + _mark_alt(activity),
    )


def uncovered_items(tables: Tables, cover: Cover) -> list[Item]:
    """The unfunded stretches of one activity, as shouted in the picture."""
    activity = tables.activities[cover.activity_id]
    items = []
    for number, gap in enumerate(cover.gaps):
        if not gap.certain:
            continue
        if gap.days is None:
            length = tr("unfunded, end not known")
        else:
            length = tr("{length} unfunded", length=length_text(gap.days))
        items.append(
            Item(
                key=f"uncovered:{activity.id}:{number}",
                table="activities",
                record_id=activity.id,
                form="uncovered",
                title=tr("▲ {length} · {activity}", length=length, activity=activity.title),
                span=_day_span(
                    gap.first.toordinal(), None if gap.last is None else gap.last.toordinal() + 1
                ),
                icon="funding-gap",
                mark=_mark(activity),
                editable=False,
                alt=_alt(activity.title, length, _gap_days(gap.days)) + _mark_alt(activity),
            )
        )
    return items


def _gap_days(days: int | None) -> str:
    return "" if days is None else tr("{count} days", count=days)


def phase_item(phase: r.Phase) -> Item:
    """A phase; its kind stands where others have an actor kind."""
    kind = PHASE_KINDS.label(phase.kind)
    return Item(
        key=f"phases:{phase.id}",
        table="phases",
        record_id=phase.id,
        form="phase",
        title=phase.label,
        span=span(phase.start, phase.end),
        icon="phase",
        actor_kind=phase.kind,
        mark=_mark(phase),
        alt=_alt(phase.label, kind, period_text(phase.start, phase.end)) + _mark_alt(phase),
    )


def milestone_item(milestone: r.Milestone) -> Item:
    """A milestone."""
    kind = "" if milestone.kind == "unknown" else MILESTONE_KINDS.label(milestone.kind)
    return Item(
        key=f"milestones:{milestone.id}",
        table="milestones",
        record_id=milestone.id,
        form="milestone",
        title=milestone.label,
        span=point(milestone.date),
        icon="milestone",
        mark=_mark(milestone),
        alt=_alt(milestone.label, kind, date_text(milestone.date)) + _mark_alt(milestone),
    )


def posting_item(tables: Tables, posting: r.Posting) -> Item:
    """Who held an office."""
    institution = tables.actors.get(posting.institution_id)
    title = posting.holder or tr("Holder not known")
    return Item(
        key=f"postings:{posting.id}",
        table="postings",
        record_id=posting.id,
        form="bar",
        title=title,
        span=span(posting.start, posting.end),
        icon="posting",
        actor_kind=institution.kind if institution else "other",
        conflict_role=institution.conflict_role if institution else "none",
        mark=_mark(posting),
        alt=_alt(joined((posting.office, title), ": "), period_text(posting.start, posting.end))
        + _mark_alt(posting),
    )


def vacancy_item(earlier: r.Posting, first: int, last: int) -> Item:
    """A stretch between two holders in which nobody held the office."""
    length = length_text(last - first + 1)
    title = tr("vacant {length}", length=length)
    return Item(
        key=f"vacant:{earlier.id}",
        table="postings",
        record_id=earlier.id,
        form="vacant",
        title=title,
        span=_day_span(first, last + 1),
        icon="handover",
        editable=False,
        alt=_alt(earlier.office, title),
    )


def funding_item(tables: Tables, line: r.FundingLine) -> Item:
    """A funding line, named after its donor; an unknown amount is not shown as zero."""
    donor = short_name(tables, line.donor_id) if line.donor_id else tr("Donor not known")
    rigid = "" if line.earmarking == "unknown" else EARMARKINGS.label(line.earmarking)
    parts = [donor, money_text(line.amount, line.currency), rigid.lower()]
    if line.flexible == "yes":
        parts.append(tr("flexible"))
    activities = joined(
        tables.name_of("activities", activity_id) for activity_id in line.activity_ids
    )
    return Item(
        key=f"funding:{line.id}",
        table="funding",
        record_id=line.id,
        form="bar",
        title=joined(parts, " · "),
        span=span(line.start, line.end),
        icon="funding",
        actor_kind="funding_body",
        mark=_mark(line),
        planned=line.status == "indicative",
        alt=_alt(
            tr("Funding by {donor}", donor=donor),
            *parts[1:],
            period_text(line.start, line.end),
            tr("for {activities}", activities=activities) if activities else "",
        )
        + _mark_alt(line),
    )


def process_item(tables: Tables, process: r.Process) -> Item:
    """A dialogue or mediation process, in the colour of its lead."""
    lead = tables.actors.get(process.lead_id)
    lead_text = tr("led by {name}", name=short_name(tables, process.lead_id)) if lead else ""
    return Item(
        key=f"processes:{process.id}",
        table="processes",
        record_id=process.id,
        form="bar",
        title=process.name,
        span=span(process.start, process.end),
        icon="process",
        actor_kind=lead.kind if lead else "mediator_office",
        conflict_role=lead.conflict_role if lead else "none",
        mark=_mark(process),
        alt=_alt(process.name, lead_text, period_text(process.start, process.end))
        + _mark_alt(process),
    )


def mandate_item(tables: Tables, mandate: r.Mandate) -> Item:
    """What an actor may do, until when."""
    holder = tables.actors.get(mandate.holder_id)
    title = mandate.text_reference or tr("Mandate")
    return Item(
        key=f"mandates:{mandate.id}",
        table="mandates",
        record_id=mandate.id,
        form="bar",
        title=joined((short_name(tables, mandate.holder_id), title), ": "),
        span=span(mandate.start, mandate.end),
        icon="mandate",
        actor_kind=holder.kind if holder else "other",
        conflict_role=holder.conflict_role if holder else "none",
        mark=_mark(mandate),
        alt=_alt(title, period_text(mandate.start, mandate.end)) + _mark_alt(mandate),
    )


def money_text(amount: Decimal | None, currency: str) -> str:
    """An amount with its currency; empty when not known."""
    if amount is None:
        return ""
    return f"{amount:,f} {currency}".strip().replace(",", "\u202f")


def _mark(record: r.Record) -> str:
    mark = basis_mark(record)
    return tr(mark) if mark else ""


def _mark_alt(record: r.Record) -> str:
    mark = _mark(record)
    return f" ({mark})" if mark else ""


def _alt(*parts: str) -> str:
    return joined(parts)


def _day_span(first: int, end: int | None) -> Span:
    start = End("exact", first, first)
    return Span(start, UNKNOWN if end is None else End("exact", end, end))
