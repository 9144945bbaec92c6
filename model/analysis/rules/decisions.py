"""Rules about what was decided: keep two apart, look at it again, trust that is not returned."""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from model.analysis.facts import actor_targets
from model.analysis.rules.rule import Rule
from model.dates import first_day, last_day
from model.donoharm.items import aside_records
from resources.text import joined, plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from model.analysis.facts import Facts
    from model.analysis.finding import Finding, Severity, Target
    from model.records import Linkage, Trust


def keep_apart_path(facts: Facts) -> Iterator[Finding]:
    """W41: pairs to be kept apart that agreed linkages join all the same, with the way."""
    for link in facts.tables.linkages.values():
        ends = (link.from_id, link.to_id)
        apart = link.decision == "keep_apart" and link.status != "ended" and not facts.is_over(link)
        if apart and all(one in facts.actors for one in ends):
            path = shortest_path(facts.holding_graph, *ends)
            if path:
                yield _joined(facts, link, path)


def shortest_path(graph: Mapping[str, Sequence[str]], start: str, goal: str) -> list[str]:
    """The nodes on a shortest way from one to another, both included; empty when there is none."""
    before: dict[str, str] = {start: ""}
    waiting = deque([start])
    while waiting and goal not in before:
        node = waiting.popleft()
        for other in graph[node]:
            if other not in before:
                before[other] = node
                waiting.append(other)
    path: list[str] = []
    node = goal if goal in before else ""
    while node:
        path.append(node)
        node = before[node]
    return path[::-1]


def _joined(facts: Facts, link: Linkage, path: list[str]) -> Finding:
    steps = len(path) - 1
    severity: Severity = "low"
    if steps <= facts.limit("W41.high"):
        severity = "high"
    elif steps <= facts.limit("W41.medium"):
        severity = "medium"
    message = tr(
        "{first} and {second} are to be kept apart, and agreed links join them: {path}.",
        first=facts.name(link.from_id),
        second=facts.name(link.to_id),
        path=joined((facts.name(one) for one in path), " – "),
    )
    pairs = {frozenset(pair) for pair in pairwise(path)}
    on_the_way = [
        ("linkages", one.id)
        for one in facts.links
        if one.id != link.id and frozenset((one.from_id, one.to_id)) in pairs
    ]
    targets = [("linkages", link.id), *actor_targets(path), *on_the_way]
    return facts.found("W41", severity, message, targets, links=steps)


def asymmetric_trust(facts: Facts) -> Iterator[Finding]:
    """W42: pairs in which one trusts the other much more than the other way round."""
    latest = latest_trust(facts)
    for pair in sorted(latest, key=lambda one: [facts.name(end) for end in one]):
        there, back = latest[pair], latest.get((pair[1], pair[0]))
        if back is None:
            continue
        gap = int(there.level) - int(back.level)
        if gap >= facts.limit("W42.steps"):
            message = plural(
                "{first} trusts {second} {count} step more than {second} trusts {first}, as far "
                "as is recorded.",
                "{first} trusts {second} {count} steps more than {second} trusts {first}, as far "
                "as is recorded.",
                gap,
                first=facts.name(pair[0]),
                second=facts.name(pair[1]),
            )
            targets = [*actor_targets(pair), ("trust", there.id), ("trust", back.id)]
            yield facts.found("W42", "medium", message, targets, steps=gap)


def latest_trust(facts: Facts) -> dict[tuple[str, str], Trust]:
    """The newest known level of trust for each pair, as of the day; "unknown" says nothing."""
    found: dict[tuple[str, str], Trust] = {}
    records = cast("list[Trust]", list(facts.tables.table("trust").values()))
    for one in sorted(records, key=lambda record: (first_day(record.date), record.id)):
        known = one.level.isdecimal() and first_day(one.date) <= facts.as_of
        if known and one.from_id in facts.actors and one.to_id in facts.actors:
            found[one.from_id, one.to_id] = one
    return found


def past_review(facts: Facts) -> Iterator[Finding]:
    """W43: answers and decisions on linkages whose agreed day of review has passed.

    Answers to items that the project has set aside are left in peace.
    """
    aside = aside_records(facts.tables)
    for answer in facts.tables.answers.values():
        if answer.next_review is not None and answer.item_id not in aside:
            about = (answer.target_table, answer.target_id)
            name = facts.tables.name_of(*about) if answer.target_id else tr("the project")
            what = tr(
                "the answer to {item} for {name}", item=_number(facts, answer.item_id), name=name
            )
            key = ("answers", answer.id)
            targets = [about, key] if answer.target_id else [key]
            yield from _overdue(facts, what, last_day(answer.next_review), targets)
    for link in facts.tables.linkages.values():
        if link.review_date is not None and link.status != "ended" and not facts.is_over(link):
            what = tr("the decision on the link {ends}", ends=facts.ends(link))
            due = last_day(link.review_date)
            yield from _overdue(facts, what, due, [("linkages", link.id)])


def _number(facts: Facts, item_id: str) -> str:
    own = facts.tables.get("checklist_items", item_id)
    return item_id if own is None else facts.tables.name_of("checklist_items", item_id)


def _overdue(facts: Facts, what: str, due: date, targets: list[Target]) -> Iterator[Finding]:
    days = (facts.as_of - due).days
    if days < facts.limit("W43.days"):
        return
    severity: Severity = "medium" if days >= facts.limit("W43.medium_days") else "low"
    message = plural(
        "The review of {what} was due {date}, {count} day ago.",
        "The review of {what} was due {date}, {count} days ago.",
        days,
        what=what,
        date=due.isoformat(),
    )
    yield facts.found("W43", severity, message, targets, days=days)


RULES = (
    Rule(
        id="W41",
        name="Kept apart, yet joined",
        several="{count} pairs kept apart that links join all the same",
        definition=(
            "Raised for two actors that were decided to be kept apart when agreed or active "
            "linkages join them, directly or through others; the message names the shortest way. "
            "High up to the first number of linkages, medium up to the second, low beyond. "
            "Adversarial links, competition, splits and successions join nobody."
        ),
        example="A witness is kept apart from a militia; both report to the same monitoring cell.",
        severity="high, medium or low by the length of the way",
        source="Introduction (deciding not to link); C4",
        inputs=("linkages", "actors"),
        thresholds={"W41.high": 2, "W41.medium": 3},
        find=keep_apart_path,
    ),
    Rule(
        id="W42",
        name="Asymmetric trust",
        several="{count} pairs whose trust is not returned alike",
        definition=(
            "Raised for two actors when the newest recorded trust in one direction is higher than "
            "in the other by at least the stated number of steps; unknown levels say nothing."
        ),
        example="A mediator counts on an envoy who in turn trusts the mediator little.",
        severity="medium",
        source="Chapter 1; C5",
        inputs=("trust", "actors"),
        thresholds={"W42.steps": 2},
        find=asymmetric_trust,
    ),
    Rule(
        id="W43",
        name="Past its review date",
        several="{count} answers and decisions past their review date",
        upkeep=True,
        definition=(
            "Raised when the agreed next review of a checklist answer, or of the decision on a "
            "linkage, lies at least the stated number of days in the past."
        ),
        example="“Look at this again in June”, says the answer; it is August.",
        severity="low; medium above the upper limit",
        source="R5",
        inputs=("answers", "linkages", "actors", "activities", "checklist_items", "mutes"),
        thresholds={"W43.days": 1, "W43.medium_days": 30},
        find=past_review,
    ),
)
