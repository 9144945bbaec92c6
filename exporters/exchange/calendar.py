"""Dates of a pack as a calendar (iCalendar, RFC 5545): days only, no alarms, no people.

A date that is known to the month or the year fills all of it and says so: it is never sharpened.
Things that last for years enter by the days on which they begin or end, which is what a planner
has to keep in mind.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import msgspec

from exporters.statements import marking
from exporters.wording import mark_text
from model.naming import name_of
from model.timeline.wording import date_text
from resources.text import arrow, joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from exporters.progress import Progress
    from exporters.request import Pack
    from model.dates import PartialDate
    from model.records import Record
    from model.tables import Tables

_STAMP: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_LONGEST: Final = 62
"""Days: what lasts longer than about two months is two entries, beginning and end."""


class Entry(msgspec.Struct, frozen=True):
    """One entry: days from first to last, both included."""

    uid: str
    summary: str
    first: dt.date
    last: dt.date
    exact: str = ""
    mark: str = ""
    tlp: str = ""


def write_calendar(pack: Pack, path: Path, progress: Progress) -> tuple[str, ...]:
    """Write what is dated as a calendar."""
    progress.report(0.0, tr("Writing the calendar"))
    path.write_bytes(calendar_bytes(pack))
    return ()


def calendar_bytes(pack: Pack) -> bytes:
    """The calendar of a pack, the same bytes for the same pack."""
    from icalendar import Calendar, Event  # noqa: PLC0415 - only this export needs it

    calendar = Calendar()
    calendar.add("prodid", "-//calendar//EN")
    calendar.add("version", "2.0")
    name = "  ·  ".join(one for one in (pack.title, marking(pack.request.audience)) if one)
    calendar.add("x-wr-calname", _plain(" ".join(name.split())))  # it cannot hold line ends
    for entry in sorted(entries(pack.tables), key=lambda one: (one.first, one.uid)):
        event = Event()
        event.add("uid", f"{entry.uid}@pack.invalid")
        event.add("dtstamp", _STAMP)
        event.add("dtstart", entry.first)
        if entry.last < dt.date.max:
            event.add("dtend", entry.last + dt.timedelta(days=1))
        event.add("summary", _plain(entry.summary))
        lines = [marking(entry.tlp), entry.mark]
        lines += [tr("Date as known: {date}", date=entry.exact)] if entry.exact else []
        event.add("description", _plain("\n".join(line for line in lines if line)))
        event.add("class", "PUBLIC" if entry.tlp == "CLEAR" else "CONFIDENTIAL")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def entries(tables: Tables) -> Iterator[Entry]:
    """All entries, in no particular order."""
    for milestone in tables.milestones.values():
        yield from _moment(milestone, "at", milestone.label, milestone.date)
    for activity in tables.activities.values():
        start = activity.start or activity.planned_start
        end = activity.end or activity.planned_end
        yield from _stretch(activity, activity.title, start, end)
    for phase in tables.phases.values():
        yield from _stretch(phase, phase.label, phase.start, phase.end)
    for posting in tables.postings.values():
        yield from _moment(posting, "end", tr("Term ends: {what}", what=posting.office),
                           posting.end)  # fmt: skip
    for line in tables.funding.values():
        donor, recipient = (
            name_of(tables, "actors", one) if one else tr("Not known")
            for one in (line.donor_id, line.recipient_id)
        )
        what = tr("Funding ends: {what}", what=joined((donor, recipient), f" {arrow('→')} "))
        yield from _moment(line, "end", what, line.end)
    for mandate in tables.mandates.values():
        holder = name_of(tables, "actors", mandate.holder_id)
        ends = tr("Mandate ends: {what}", what=holder)
        yield from _moment(mandate, "end", ends, mandate.end)
        renewal = tr("Mandate up for renewal: {what}", what=holder)
        yield from _moment(mandate, "renewal", renewal, mandate.renewal_date)
    for link in tables.linkages.values():
        ends = (
            f"{name_of(tables, 'actors', link.from_id)} – {name_of(tables, 'actors', link.to_id)}"
        )
        what = tr("Look at again: {what}", what=ends)
        yield from _moment(link, "review", what, link.review_date)


def _stretch(
    record: Record, title: str, start: PartialDate | None, end: PartialDate | None
) -> Iterator[Entry]:
    """One entry over all days where they are exact and few, else one for each end."""
    if start is not None and end is not None and start.is_exact and end.is_exact:
        first, last = start.stated_first(), end.stated_last()
        if first <= last and (last - first).days <= _LONGEST:
            yield _entry(record, "span", title, (first, last))
            return
    if end is None:
        yield from _moment(record, "begin", title, start)
        return
    yield from _moment(record, "begin", tr("Begins: {what}", what=title), start)
    yield from _moment(record, "end", tr("Ends: {what}", what=title), end)


def _moment(record: Record, part: str, title: str, date: PartialDate | None) -> Iterator[Entry]:
    if date is None or date.open:
        return
    days = (date.stated_first(), date.stated_last())
    if date.is_exact:
        yield _entry(record, part, title, days)
    else:
        known = date_text(date)
        yield _entry(record, part, f"{title} ({known})", days, exact=known)


def _entry(
    record: Record, part: str, title: str, days: tuple[dt.date, dt.date], exact: str = ""
) -> Entry:
    mark = mark_text(record)
    summary = f"{title} [{mark}]" if mark else title
    uid = f"{record.id}-{part}"
    return Entry(uid, summary, *days, exact=exact, mark=mark, tlp=record.tlp)


def _plain(text: str) -> str:
    """Text without control characters and half characters, which calendars cannot hold."""
    return "".join(
        " " if (ord(one) < 32 and one != "\n") or 0xD800 <= ord(one) <= 0xDFFF else one
        for one in text
    )
