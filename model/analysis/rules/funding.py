"""Rules about money: does it last as long as the work, has it holes, can it move, whose is it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from model.analysis.facts import activity_end, activity_start, day_text
from model.analysis.rules.rule import Rule
from model.codes import ONE_OFF_ACTIVITY_KINDS
from model.dates import LAST_DAY, first_day, last_day
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from model.analysis.facts import Facts
    from model.analysis.finding import Finding, Severity
    from model.records import Activity, FundingLine, Process

ONE_DAY = timedelta(days=1)
RIGID = frozenset({"earmarked", "tightly_earmarked"})


def outlives_its_funding(facts: Facts) -> Iterator[Finding]:
    """W06: activities that end after the last of their funding lines."""
    for activity in facts.activities_ahead:
        lines = facts.lines_of_activity.get(activity.id, [])
        if not lines:
            continue
        money_ends = max(last_day(line.end) for line in lines)
        work_ends = activity_end(activity)
        gap = (work_ends - money_ends).days
        if gap >= facts.limit("W06.days"):
            yield _outlived(facts, activity, lines, money_ends)


def _outlived(
    facts: Facts, activity: Activity, lines: Sequence[FundingLine], money_ends: date
) -> Finding:
    work_ends = activity_end(activity)
    values = {"activity": activity.title, "date": money_ends.isoformat()}
    endless = work_ends == LAST_DAY
    gap = (work_ends - money_ends).days
    if endless:
        message = tr(
            "“{activity}” has no end on record; its last funding line ends {date}.", **values
        )
    else:
        message = plural(
            "“{activity}” runs {count} day beyond its last funding line ({date}).",
            "“{activity}” runs {count} days beyond its last funding line ({date}).",
            gap,
            **values,
        )
    severity: Severity = "high" if gap > facts.limit("W06.high_days") else "medium"
    targets = [("activities", activity.id), *(("funding", line.id) for line in lines)]
    return facts.found(
        "W06",
        severity,
        message,
        targets,
        gap_days=None if endless else gap,
        last_funded_day=money_ends.isoformat(),
        activity_end=None if endless else work_ends.isoformat(),
    )


def hole_in_funding(facts: Facts) -> Iterator[Finding]:
    """W07: stretches between the lines of a running activity that none covers."""
    for activity in facts.current_activities:
        lines = facts.lines_of_activity.get(activity.id, [])
        for after, before in _holes(lines):
            start = max(after, activity_start(activity))
            end = min(before, activity_end(activity))
            days = (end - start).days - 1
            if days >= facts.limit("W07.days"):
                first, last = start + ONE_DAY, end - ONE_DAY
                message = tr(
                    "No record of funding for “{activity}” from {start} to {end}.",
                    activity=activity.title,
                    start=first.isoformat(),
                    end=last.isoformat(),
                )
                targets = [("activities", activity.id), *(("funding", one.id) for one in lines)]
                yield facts.found(
                    "W07",
                    "medium",
                    message,
                    targets,
                    days=days,
                    start=first.isoformat(),
                    end=last.isoformat(),
                )


def _holes(lines: Sequence[FundingLine]) -> Iterator[tuple[date, date]]:
    """Last covered day before, and first covered day after, each uncovered stretch."""
    covered: date | None = None
    for start, end in sorted((first_day(line.start), last_day(line.end)) for line in lines):
        if covered is not None and start > covered:
            yield covered, start
        covered = end if covered is None else max(covered, end)


def unfunded_plan(facts: Facts) -> Iterator[Finding]:
    """W08: planned activities that cost money and have no funding line."""
    for activity in facts.activities_ahead:
        if (
            activity_start(activity) > facts.as_of
            and activity.kind not in ONE_OFF_ACTIVITY_KINDS
            and activity.id not in facts.lines_of_activity
        ):
            message = tr("No record of a funding line for “{activity}”.", activity=activity.title)
            start = activity_start(activity).isoformat()
            yield facts.found("W08", "low", message, [("activities", activity.id)], start=start)


def short_horizon(facts: Facts) -> Iterator[Finding]:
    """W09: running processes whose carriers' money ends soon."""
    for process in facts.processes:
        carriers = _carriers(facts, process)
        lines = [line for line in facts.funding if line.recipient_id in carriers]
        if not lines:
            continue
        end = max(last_day(line.end) for line in lines)
        days = (end - facts.as_of).days
        if days < facts.limit("W09.days"):
            message = plural(
                "Funding for those who carry {process} ends within {count} day ({date}).",
                "Funding for those who carry {process} ends within {count} days ({date}).",
                days,
                process=process.name,
                date=day_text(end),
            )
            targets = [("processes", process.id), *(("funding", line.id) for line in lines)]
            yield facts.found(
                "W09", "medium", message, targets, days=days, last_funded_day=end.isoformat()
            )


def _carriers(facts: Facts, process: Process) -> set[str]:
    """Leads, and those who support mediation in this process by role or by link to a lead."""
    leads = {process.lead_id, *process.co_lead_ids} - {""}
    supporting = {
        role.actor_id
        for role in facts.tables.roles.values()
        if role.role == "mediation_support" and role.process_id == process.id
    }
    advising = {
        link.from_id
        for lead in leads
        for link in facts.links_of.get(lead, ())
        if link.kind == "advisory_support" and link.to_id == lead
    }
    return leads | supporting | advising


def no_coordination_budget(facts: Facts) -> Iterator[Finding]:
    """W10: several third parties, and no line that pays for their coordination."""
    count = len(facts.third_parties)
    paid = any(line.includes_coordination_budget == "yes" for line in facts.funding)
    if count >= facts.limit("W10.third_parties") and not paid:
        message = tr(
            "No record of an active funding line that pays for coordination among {count} "
            "third parties.",
            count=count,
        )
        targets = [("funding", line.id) for line in facts.funding]
        yield facts.found("W10", "low", message, targets, third_parties=count)


def single_donor(facts: Facts) -> Iterator[Finding]:
    """W11: actors whose active lines, or the value of them, come from one donor."""
    lines_of = facts.lines_to
    leads = {one for p in facts.processes for one in (p.lead_id, *p.co_lead_ids)}
    for actor_id in facts.sorted_by_name(one for one in lines_of if one in facts.actors):
        lines = lines_of[actor_id]
        donor, percent = _largest_share(facts, lines)
        if (
            donor
            and len(lines) >= facts.limit("W11.lines")
            and percent >= facts.limit("W11.percent")
        ):
            message = tr(
                "{actor} depends on {donor} for {percent} % of its recorded funding.",
                actor=facts.name(actor_id),
                donor=facts.name(donor),
                percent=round(percent),
            )
            severity: Severity = "medium" if actor_id in leads else "low"
            targets = [("actors", actor_id), ("actors", donor)]
            targets += [("funding", line.id) for line in lines if line.donor_id == donor]
            figures = {"percent": round(percent), "lines": len(lines)}
            yield facts.found("W11", severity, message, targets, **figures)


def _largest_share(facts: Facts, lines: Sequence[FundingLine]) -> tuple[str, float]:
    """The donor with the largest share of the lines, or of their value in one currency."""
    weights = [dict.fromkeys((line.id for line in lines), 1.0)]
    amounts = {line.id: float(line.amount) for line in lines if line.amount is not None}
    one_currency = len({line.currency for line in lines}) == 1 and bool(lines[0].currency)
    if len(amounts) == len(lines) and one_currency and sum(amounts.values()) > 0:
        weights.append(amounts)
    best = ("", 0.0)
    donors = {line.donor_id for line in lines if line.donor_id in facts.everyone}
    for weight in weights:
        whole = sum(weight.values())
        for donor in facts.sorted_by_name(donors):
            part = sum(weight[line.id] for line in lines if line.donor_id == donor)
            if 100 * part / whole > best[1]:
                best = donor, 100 * part / whole
    return best


def rigid_money(facts: Facts) -> Iterator[Finding]:
    """W12: actors all of whose active money is earmarked."""
    lines_of = facts.lines_to
    for actor_id in facts.sorted_by_name(one for one in lines_of if one in facts.actors):
        lines = lines_of[actor_id]
        rigid = all(line.earmarking in RIGID and line.flexible != "yes" for line in lines)
        if rigid and len(lines) >= facts.limit("W12.lines"):
            message = tr("All recorded money of {actor} is earmarked.", actor=facts.name(actor_id))
            targets = [("actors", actor_id), *(("funding", line.id) for line in lines)]
            yield facts.found("W12", "low", message, targets, lines=len(lines))


RULES = (
    Rule(
        id="W06",
        name="Outlives its funding",
        several="{count} activities that outlast their money",
        definition=(
            "Raised for a running or planned activity that ends after the last day of its last "
            "funding line, or has no end while its lines do. A line without end covers "
            "everything; signings and statements last one day."
        ),
        example="Monitoring is planned until 2016, and the last grant ends in 2013.",
        severity="medium; high when the gap is longer than the upper limit",
        source="C2, R8",
        inputs=("activities", "funding"),
        thresholds={"W06.days": 1, "W06.high_days": 180},
        find=outlives_its_funding,
    ),
    Rule(
        id="W07",
        name="Hole in funding",
        several="{count} holes in the funding of activities",
        definition=(
            "Raised when a running activity has a stretch between two of its funding lines, at "
            "least as long as the limit, that no line covers."
        ),
        example=(
            "One grant ends in March, the next begins in July; the field office must close between."
        ),
        severity="medium",
        source="C2",
        inputs=("activities", "funding"),
        thresholds={"W07.days": 30},
        find=hole_in_funding,
    ),
    Rule(
        id="W08",
        name="Unfunded plan",
        several="{count} planned activities without a funding line",
        definition=(
            "Raised for a planned activity without any funding line; signings, statements and "
            "decisions cost nothing by themselves."
        ),
        example="A dialogue for next spring stands in the plan, and no line pays for it.",
        severity="low",
        source="C2",
        inputs=("activities", "funding"),
        absence=True,
        find=unfunded_plan,
    ),
    Rule(
        id="W09",
        name="Short horizon",
        several="{count} processes whose carriers’ money ends soon",
        definition=(
            "Raised for a running process when the last active funding line of its leads and "
            "their advisers ends sooner than the limit."
        ),
        example=("All grants of the mediators end within the year; the talks will not."),
        severity="medium",
        source="C2, R8",
        inputs=("processes", "roles", "linkages", "funding"),
        thresholds={"W09.days": 365},
        find=short_horizon,
    ),
    Rule(
        id="W10",
        name="No coordination budget",
        several="{count} notes on money for coordination",
        definition=(
            "Raised when at least the stated number of third parties is active and no active "
            "funding line is known to pay for coordination."
        ),
        example="Six organisations support one process, and no budget pays for their meetings.",
        severity="low",
        source="C2",
        inputs=("funding", "roles"),
        thresholds={"W10.third_parties": 3},
        absence=True,
        find=no_coordination_budget,
    ),
    Rule(
        id="W11",
        name="Single donor",
        several="{count} actors that depend on one donor",
        definition=(
            "Raised for an actor with at least the stated number of active funding lines when one "
            "donor gives at least the stated percentage of them, or of their value where all "
            "amounts are known in one currency. Amounts in several currencies are never added."
        ),
        example="Three of four grants of a mediation office come from one ministry.",
        severity="low; medium for the lead of a process",
        source="C2",
        inputs=("funding", "actors", "processes"),
        thresholds={"W11.percent": 70, "W11.lines": 3},
        find=single_donor,
    ),
    Rule(
        id="W12",
        name="Rigid money",
        several="{count} actors whose money is all earmarked",
        definition=(
            "Raised for an actor with at least the stated number of active funding lines when "
            "every one is earmarked and none is known to be flexible."
        ),
        example=(
            "Both grants of an NGO pay for workshops only; when the talks move, its money cannot."
        ),
        severity="low",
        source="C2, R8",
        inputs=("funding",),
        thresholds={"W12.lines": 2},
        find=rigid_money,
    ),
)
