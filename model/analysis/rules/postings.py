"""Rules about turnover: who changes post, when, and whose relationships go with them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from model.analysis.rules.rule import Rule
from model.dates import LAST_DAY, PartialDate, first_day, last_day
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.analysis.facts import Facts
    from model.analysis.finding import Finding, Severity, Target
    from model.records import Posting

PRECISE = frozenset({"day", "month"})


class _Event(msgspec.Struct, frozen=True):
    """A milestone or the border of a phase: a stretch of one day up to one month."""

    label: str
    first: date
    last: date
    target: tuple[str, str]

    def distance(self, day: date) -> int:
        """Days from a day to the stretch; 0 inside it."""
        return max((self.first - day).days, (day - self.last).days, 0)


def rotation_near_milestone(facts: Facts) -> Iterator[Finding]:
    """W19: changes of post close to a milestone or change of phase that still lies ahead."""
    events = list(_events(facts))
    for posting in facts.tables.postings.values():
        for day in _changes(posting):
            near = [
                (event.distance(day), event.first, event.label, event)
                for event in events
                if max(day, event.last) >= facts.as_of
            ]
            if near:
                days, _, _, event = min(near, key=lambda one: one[:3])
                if days <= facts.limit("W19.days"):
                    yield _rotation(facts, posting, event, days)


def _changes(posting: Posting) -> Iterator[date]:
    for change, side in ((posting.start, "first"), (posting.end, "last")):
        if _is_precise(change):
            yield first_day(change) if side == "first" else last_day(change)


def _is_precise(day: PartialDate | None) -> bool:
    return day is not None and day.unit in PRECISE and not day.qualifier


def _events(facts: Facts) -> Iterator[_Event]:
    for milestone in facts.tables.milestones.values():
        yield from _event(milestone.date, milestone.label, ("milestones", milestone.id))
    for phase in facts.tables.phases.values():
        target = ("phases", phase.id)
        yield from _event(phase.start, tr("the start of “{phase}”", phase=phase.label), target)
        yield from _event(phase.end, tr("the end of “{phase}”", phase=phase.label), target)


def _event(day: PartialDate | None, label: str, target: Target) -> Iterator[_Event]:
    if day is not None and _is_precise(day):
        yield _Event(label, day.first(), day.last(), target)


def _rotation(facts: Facts, posting: Posting, event: _Event, days: int) -> Finding:
    message = plural(
        "{office} changes {count} day from {event}.",
        "{office} changes {count} days from {event}.",
        days,
        office=posting.office,
        event=event.label,
    )
    severity: Severity = "high" if days <= facts.limit("W19.high_days") else "medium"
    targets = [("postings", posting.id), event.target]
    return facts.found("W19", severity, message, targets, days=days)


def gap_between_holders(facts: Facts) -> Iterator[Finding]:
    """W20: offices that stand empty on the day, longer than the limit."""
    by_office: dict[tuple[str, str], list[Posting]] = {}
    for posting in facts.tables.postings.values():
        by_office.setdefault((posting.institution_id, posting.office.casefold()), []).append(
            posting
        )
    for postings in by_office.values():
        begun = [one for one in postings if first_day(one.start) <= facts.as_of]
        if not begun or any(not facts.is_over(one) for one in begun):
            continue
        latest = max(begun, key=lambda one: last_day(one.end))
        later = [first_day(one.start) for one in postings if first_day(one.start) > facts.as_of]
        until = min(later, default=None)
        days = ((until or facts.as_of) - last_day(latest.end)).days
        if days > facts.limit("W20.days"):
            yield _vacant(facts, latest, until, days)


def _vacant(facts: Facts, posting: Posting, until: date | None, days: int) -> Finding:
    since = last_day(posting.end).isoformat()
    if until is None:
        message = tr(
            "No record of a holder of “{office}” since {start}.", office=posting.office, start=since
        )
    else:
        message = tr(
            "No record of a holder of “{office}” from {start} to {end}.",
            office=posting.office,
            start=since,
            end=until.isoformat(),
        )
    end = None if until is None else until.isoformat()
    targets = _with_institution(facts, posting)
    return facts.found("W20", "medium", message, targets, days=days, start=since, end=end)


def _with_institution(facts: Facts, posting: Posting) -> list[Target]:
    targets = [("postings", posting.id)]
    if posting.institution_id in facts.everyone:
        targets.append(("actors", posting.institution_id))
    return targets


def posting_ends_soon(facts: Facts) -> Iterator[Finding]:
    """W21: the end of a posting on which a channel, a facilitation or a whole group hangs."""
    keeping = {link.keeper_id for link in facts.links if link.keeper_id}
    facilitating = {link.from_id for link in facts.links if link.kind == "facilitation"}
    for posting in facts.tables.postings.values():
        end = last_day(posting.end)
        days = (end - facts.as_of).days
        current = first_day(posting.start) <= facts.as_of <= end < LAST_DAY
        if not current or days >= facts.limit("W21.days"):
            continue
        if posting.id in keeping or posting.institution_id in facilitating | facts.cuts.keys():
            message = plural(
                "“{office}” changes in {count} day; is a warm hand-over planned?",
                "“{office}” changes in {count} days; is a warm hand-over planned?",
                days,
                office=posting.office,
            )
            yield facts.found("W21", "info", message, _with_institution(facts, posting), days=days)


RULES = (
    Rule(
        id="W19",
        name="Rotation near a milestone",
        several="{count} changes of post near a milestone",
        definition=(
            "Raised when a posting starts or ends close to a milestone or a change of phase, "
            "unless both are past. Only dates known to the day or month count."
        ),
        example="The ambassador who hosts the group leaves two weeks before the signing.",
        severity="medium; high within the inner limit",
        source="C2",
        inputs=("postings", "milestones", "phases"),
        thresholds={"W19.days": 90, "W19.high_days": 30},
        find=rotation_near_milestone,
    ),
    Rule(
        id="W20",
        name="Gap between holders",
        several="{count} offices without a holder on record",
        definition=(
            "Raised when the last known holder of an office has left and the next one starts "
            "later than the limit, or is not known."
        ),
        example="An envoy’s office stands empty for half a year.",
        severity="medium",
        source="C2, C5",
        inputs=("postings",),
        thresholds={"W20.days": 30},
        absence=True,
        find=gap_between_holders,
    ),
    Rule(
        id="W21",
        name="Posting ends soon",
        several="{count} postings of channel keepers that end soon",
        definition=(
            "Raised when a posting ends within the limit and its holder keeps a channel, or its "
            "institution facilitates or is the only bridge for others."
        ),
        example="The one officer whom both sides call changes post in the summer.",
        severity="info",
        source="C2, C5",
        inputs=("postings", "linkages"),
        thresholds={"W21.days": 180},
        find=posting_ends_soon,
    ),
)
