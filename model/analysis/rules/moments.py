"""Rules about the moment: public steps in a confidential phase, nothing after the signature."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from model.analysis.facts import activity_end, activity_start, without_end
from model.analysis.rules.rule import Rule
from model.codes import ONE_OFF_ACTIVITY_KINDS, tlp_rank
from model.dates import LAST_DAY, first_day, last_day
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from model.analysis.facts import Facts
    from model.analysis.finding import Finding, Severity, Target
    from model.records import Activity

PUBLIC_KINDS = frozenset({"public_statement", "learning_space", "dialogue_forum"})
NOT_SUPPORT = ONE_OFF_ACTIVITY_KINDS | {
    *("pre_talks_contact", "shuttle", "negotiation_round", "back_channel", "sanction_or_incentive"),
}
"""Kinds that bring an agreement about rather than carry it out."""


def wrong_moment(facts: Facts) -> Iterator[Finding]:
    """W39: public or open activities with a party while a pre-talks phase runs."""
    phases = [one for one in facts.tables.phases.values() if one.kind == "pre_talks"]
    for activity in facts.activities_ahead:
        if not _is_open(activity) or not _has_party(facts, activity):
            continue
        start, end = activity_start(activity), activity_end(activity)
        met = [p for p in phases if first_day(p.start) <= end and last_day(p.end) >= start]
        if not met:
            continue
        now = any(phase in facts.phases for phase in met) and start <= facts.as_of
        severity: Severity = "medium" if now else "low"
        message = tr(
            "“{activity}” may bring a party into the open during the confidential phase “{phase}”. "
            "Is this the moment?",
            activity=activity.title,
            phase=met[0].label,
        )
        message += without_end(activity, facts.as_of)
        targets = [("activities", activity.id), *(("phases", phase.id) for phase in met)]
        yield facts.found("W39", severity, message, targets, kind=activity.kind)


def _is_open(activity: Activity) -> bool:
    """Whether the public may hear of it; a forum labelled for few is a closed one."""
    closed = tlp_rank(activity.tlp) >= tlp_rank("AMBER+STRICT")
    return activity.kind in PUBLIC_KINDS and not (activity.kind == "dialogue_forum" and closed)


def _has_party(facts: Facts, activity: Activity) -> bool:
    return bool(activity.party_ids) or any(facts.is_party(one) for one in activity.participant_ids)


def nothing_after_signature(facts: Facts) -> Iterator[Finding]:
    """W40: the latest agreement, when no work or money reaches a year beyond it."""
    agreements = sorted(_agreements(facts), key=lambda one: (one[0], one[1]))
    horizon = timedelta(days=facts.limit("W40.days"))
    open_ones = [one for one in agreements if one[0] + horizon >= facts.as_of]
    if not open_ones:
        return
    signed, target = open_ones[-1]
    until = signed + horizon
    work = [
        one
        for one in facts.tables.activities.values()
        if one.kind not in NOT_SUPPORT
        and one.status not in {"cancelled", "closed", "suspended"}
        and activity_start(one) <= until <= activity_end(one)
    ]
    money = [
        line
        for line in facts.tables.funding.values()
        if first_day(line.start) <= until <= last_day(line.end)
    ]
    if len(work) + len(money) <= facts.limit("W40.support"):
        message = tr(
            "No record of an activity or funding line that reaches {date}, {days} days after "
            "“{milestone}”.",
            date=until.isoformat(),
            days=int(facts.limit("W40.days")),
            milestone=facts.tables.name_of(*target),
        )
        yield facts.found("W40", "medium", message, [target], until=until.isoformat())


def _agreements(facts: Facts) -> Iterator[tuple[date, Target]]:
    """The last day on which each recorded agreement may have been signed."""
    for milestone in facts.tables.milestones.values():
        if milestone.kind == "agreement" and milestone.date is not None:
            yield (
                min(milestone.date.last(), LAST_DAY - timedelta(3650)),
                (
                    "milestones",
                    milestone.id,
                ),
            )
    for phase in facts.tables.phases.values():
        if phase.kind == "agreement" and phase.start is not None:
            yield min(phase.start.last(), LAST_DAY - timedelta(3650)), ("phases", phase.id)


RULES = (
    Rule(
        id="W39",
        name="Wrong moment",
        several="{count} activities that may make a confidential phase public",
        definition=(
            "Raised for a public statement, learning space or dialogue forum with a conflict "
            "party that falls into a pre-talks phase. A forum labelled AMBER+STRICT or stricter "
            "is taken as closed."
        ),
        example="A conference announces a “peace roadmap” while envoys still talk about talks.",
        severity="medium while the pre-talks run; low when both lie ahead",
        source="C4, R1",
        inputs=("activities", "phases", "actors"),
        find=wrong_moment,
    ),
    Rule(
        id="W40",
        name="Nothing after signature",
        several="{count} agreements with no support on record afterwards",
        definition=(
            "Raised when an agreement is recorded as a milestone or phase and no more than the "
            "stated number of activities and funding lines reaches the stated number of days "
            "beyond it. Talks, statements and signings are no support."
        ),
        example="The ceremony is planned to the hour; every grant ends in the month of it.",
        severity="medium",
        source="R8, O3",
        inputs=("milestones", "phases", "activities", "funding"),
        thresholds={"W40.days": 365, "W40.support": 0},
        absence=True,
        find=nothing_after_signature,
    ),
)
