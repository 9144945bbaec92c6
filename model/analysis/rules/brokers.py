"""The rule about single brokers: whom the loss of one actor would cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.analysis.facts import actor_targets
from model.analysis.rules.rule import Rule
from model.dates import last_day
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from model.analysis.facts import Facts
    from model.analysis.finding import Finding, Severity


def single_broker(facts: Facts) -> Iterator[Finding]:
    """W27: cut points, with the groups that would lose the rest of the network."""
    for broker in facts.sorted_by_name(facts.cuts):
        for group in _cut_off(facts, facts.cuts[broker]):
            yield _broker(facts, broker, group)


def _cut_off(facts: Facts, groups: Sequence[Sequence[str]]) -> list[list[str]]:
    """All groups but the main one that are large enough and work below Track I.

    The main one is the largest; among equals the one that works on Track I, then by name.
    """
    largest = max(len(group) for group in groups)
    mains = [group for group in groups if len(group) == largest]
    if len(mains) > 1:
        mains.sort(key=lambda one: (not _on(facts, one, {"T1"}), facts.sorted_by_name(one)))
    cut = [
        facts.sorted_by_name(group)
        for group in groups
        if group is not mains[0]
        and len(group) >= facts.limit("W27.group")
        and _on(facts, group, {"T2", "T3"})
    ]
    return sorted(cut, key=lambda group: (-len(group), [facts.name(one) for one in group]))


def _on(facts: Facts, group: Sequence[str], tracks: set[str]) -> bool:
    return any(facts.tracks(one) & tracks for one in group)


def _broker(facts: Facts, broker: str, group: Sequence[str]) -> Finding:
    message = tr(
        "Without {actor}, these lose their connection to the rest: {names}.",
        actor=facts.name(broker),
        names=facts.names(group),
    )
    soon = _leaves_soon(facts, broker)
    severity: Severity = "high" if soon else "medium"
    return facts.found(
        "W27",
        severity,
        message,
        actor_targets((broker, *group)),
        cut_off=len(group),
        is_party=facts.is_party(broker),
        leaves_soon=soon,
    )


def _leaves_soon(facts: Facts, actor_id: str) -> bool:
    """Whether the actor itself, or a posting in it, ends within the limit."""
    ends = [facts.actors[actor_id].end]
    ends += [
        posting.end
        for posting in facts.tables.postings.values()
        if posting.institution_id == actor_id
    ]
    return any(0 <= (last_day(end) - facts.as_of).days <= facts.limit("W27.days") for end in ends)


RULES = (
    Rule(
        id="W27",
        name="Single broker",
        several="{count} groups held to the rest by one actor",
        definition=(
            "Raised for an actor without whom a group (of at least the stated size, with someone "
            "from Track II or III) loses its connection to the rest. Adversarial links, "
            "competition, splits and successions hold nobody together and are left out. A "
            "conflict party can be such a broker; that is worth knowing too."
        ),
        example="Only one person can bring the youth councils to the table.",
        severity="medium; high if it, or a posting in it, ends soon",
        source="C2, C4 (own operationalisation)",
        inputs=("actors", "linkages", "postings"),
        thresholds={"W27.group": 2, "W27.days": 180},
        find=single_broker,
    ),
)
