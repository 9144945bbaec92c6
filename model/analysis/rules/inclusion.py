"""Rules about who is missing: blind spots, and groups that are only invited."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from model.analysis.facts import actor_targets
from model.analysis.rules.rule import Rule
from model.codes import ACTOR_KINDS, BLIND_SPOTS
from model.dates import first_day
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.analysis.facts import Facts
    from model.analysis.finding import Finding
    from model.records import Search

INVITED_GROUPS = ("womens_organisation", "youth_organisation", "faith_actor")


def blind_spot(facts: Facts) -> Iterator[Finding]:
    """W22: categories with nobody on the map that were not searched for either."""
    present = {spot for actor in facts.actors.values() for spot in actor.blind_spots}
    present |= {actor.kind for actor in facts.actors.values()}
    for category in BLIND_SPOTS.codes:
        if category not in present and not _was_searched(facts, category):
            message = tr(
                "{category}: nobody on the map, and no record of a search.",
                category=BLIND_SPOTS.label(category),
            )
            yield facts.found("W22", "medium", message, (), category=category)


def _was_searched(facts: Facts, category: str) -> bool:
    """Whether "searched, none found, on that day" is recorded for the category."""
    searches = cast("list[Search]", list(facts.tables.table("searches").values()))
    return any(
        search.category == category and first_day(search.date) <= facts.as_of for search in searches
    )


def inclusion_gap(facts: Facts) -> Iterator[Finding]:
    """W23: women's, youth and faith actors that are absent, or only take part when invited."""
    for kind in INVITED_GROUPS:
        group = [one for one, actor in facts.actors.items() if actor.kind == kind]
        label = ACTOR_KINDS.label(kind)
        if not group:
            if not _was_searched(facts, kind):
                message = tr("{kind}: nobody on the map, and no record of a search.", kind=label)
                yield facts.found("W23", "low", message, (), kind=kind, actors=0)
        elif _only_invited(facts, group):
            message = tr(
                "{kind}: {names} appear only as invitees; no link of their own is recorded.",
                kind=label,
                names=facts.names(group),
            )
            targets = actor_targets(facts.sorted_by_name(group))
            yield facts.found("W23", "low", message, targets, kind=kind, actors=len(group))


def _only_invited(facts: Facts, group: list[str]) -> bool:
    links = [(one, link) for one in group for link in facts.links_of.get(one, ())]
    return bool(links) and all(
        link.kind == "participation" and link.to_id == one for one, link in links
    )


RULES = (
    Rule(
        id="W22",
        name="Blind spot",
        several="{count} blind spots that nobody is known to have searched",
        definition=(
            "Raised for each of the four categories that maps tend to miss (private sector, "
            "traditional leaders, national and local mechanisms) when no actor of it is on the "
            "map and no search for it is recorded."
        ),
        example="Nobody has asked which traders or elders settle disputes in the area.",
        severity="medium",
        source="C3, R4",
        inputs=("actors", "searches"),
        absence=True,
        find=blind_spot,
    ),
    Rule(
        id="W23",
        name="Inclusion gap",
        several="{count} groups that are missing or only invited",
        definition=(
            "Raised when women’s, youth or faith actors are not on the map and were not searched "
            "for, or when all their links are invitations to take part."
        ),
        example=(
            "Youth groups are listed as guests of one conference and have no links of their own."
        ),
        severity="low",
        source="Chapter 4, Mali",
        inputs=("actors", "linkages", "searches"),
        absence=True,
        find=inclusion_gap,
    ),
)
