"""The rule about old analysis; it looks at what the other rules found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.analysis.rules.rule import Rule
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from model.analysis.facts import Facts
    from model.analysis.finding import Finding, Target

REVIEWED_TABLES = frozenset({"actors", "linkages"})


def review_limit(facts: Facts) -> float:
    """Days after which an analysis is stale: the strictest of the phases in force."""
    limits = [facts.limit(f"W26.{kind}") for kind in facts.phase_kinds]
    return min(limits, default=facts.limit("W26.unknown"))


def last_reviews(facts: Facts) -> dict[Target, date]:
    """Newest review date by target, of answers reviewed by the day; the project is ("", "")."""
    newest: dict[Target, date] = {}
    for answer in facts.tables.answers.values():
        if answer.review_date is not None and answer.review_date.first() <= facts.as_of:
            target = (answer.target_table, answer.target_id)
            reviewed = answer.review_date.last()
            newest[target] = max(newest.get(target, reviewed), reviewed)
    return newest


def stale_analysis(facts: Facts, earlier: tuple[Finding, ...]) -> Iterator[Finding]:
    """W26: the project's review, and those of actors and links behind a high warning."""
    limit = review_limit(facts)
    reviews = last_reviews(facts)
    graved = {
        target
        for finding in earlier
        if finding.severity == "high"
        for target in finding.targets
        if target[0] in REVIEWED_TABLES
    }
    for target in [("", ""), *sorted(graved & reviews.keys())]:
        if target not in reviews:
            continue
        days = (facts.as_of - reviews[target]).days
        if days > limit:
            yield _stale(facts, target, days, limit)


def _stale(facts: Facts, target: Target, days: int, limit: float) -> Finding:
    whole = target == ("", "")
    name = tr("the project") if whole else facts.tables.name_of(*target)
    message = plural(
        "The last recorded review of {name} is {count} day old.",
        "The last recorded review of {name} is {count} days old.",
        days,
        name=name,
    )
    targets = () if whole else (target,)
    return facts.found("W26", "medium", message, targets, days=days, limit=limit)


RULES = (
    Rule(
        id="W26",
        name="Stale analysis",
        several="{count} reviews older than the phase allows",
        upkeep=True,
        definition=(
            "Raised when the newest review in the checklist of the project, or of an actor or "
            "linkage behind a high warning, is older than the limit for the phase; with several "
            "phases the shortest limit counts."
        ),
        example="The conflict analysis is from the time before the ceasefire broke.",
        severity="medium",
        source="R5",
        inputs=("answers", "actors", "linkages", "phases"),
        thresholds={
            "W26.pre_talks": 30,
            "W26.talks": 30,
            "W26.conflict": 90,
            "W26.agreement": 90,
            "W26.implementation": 180,
            "W26.recovery": 180,
            "W26.unknown": 90,
        },
        revisit=stale_analysis,
    ),
)
