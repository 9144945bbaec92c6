"""Rules about work beside work: one sphere twice, local work bypassed, people asked too often."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from model.analysis.facts import activity_end, activity_start, actor_targets
from model.analysis.rules.contacts import LOCAL_KINDS
from model.analysis.rules.processes import JOINING_KINDS
from model.analysis.rules.rule import Rule
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.analysis.facts import Facts
    from model.analysis.finding import Finding
    from model.records import Activity

FOREIGN_KINDS = frozenset(
    {"un_body", "ingo", "regional_organisation", "other_igo", "diplomatic_mission"}
)
"""Kinds that come from outside, for actors whose scope is not known."""
OUTSIDE_SCOPES = frozenset({"international", "regional"})
INITIATIVE_KINDS = frozenset({"local_mechanism", "traditional_leader", "insider_mediator"})
LOCAL_WORK = frozenset({"local_mediation", "community_dialogue"})


def same_sphere(facts: Facts) -> Iterator[Finding]:
    """W28: pairs of activities of one kind and track with the same people at the same time."""
    activities = {one.id: one for one in facts.activities_ahead if one.lead_id}
    people = {i: frozenset((*a.party_ids, *a.participant_ids)) for i, a in activities.items()}
    groups: dict[tuple[str, str], list[str]] = {}
    for one, activity in activities.items():
        for person in people[one]:
            groups.setdefault((activity.kind, person), []).append(one)
    pairs = {
        (first, second)
        for members in groups.values()
        for at, first in enumerate(members)
        for second in members[at + 1 :]
    }
    for first, second in sorted(pairs, key=lambda pair: _titles(activities, pair)):
        share = len(people[first] & people[second]) / len(people[first] | people[second])
        if 100 * share >= facts.limit("W28.percent"):
            yield from _same(facts, activities[first], activities[second], share)


def _titles(activities: dict[str, Activity], pair: tuple[str, str]) -> tuple[str, ...]:
    return (*(activities[one].title for one in pair), *pair)


def _same(facts: Facts, first: Activity, second: Activity, share: float) -> Iterator[Finding]:
    start = max(activity_start(first), activity_start(second))
    end = min(activity_end(first), activity_end(second))
    days = (end - start).days + 1
    tracks = set(first.tracks) & set(second.tracks) - {"unknown"}
    if (
        not tracks
        or first.lead_id == second.lead_id
        or days < facts.limit("W28.days")
        or _are_joined(facts, first.lead_id, second.lead_id)
    ):
        return
    message = tr(
        "“{first}” ({one}) and “{second}” ({other}) do the same with the same people at the same "
        "time, with no record of coordination. Is it agreed who does what?",
        first=first.title,
        one=facts.name(first.lead_id),
        second=second.title,
        other=facts.name(second.lead_id),
    )
    targets = [
        ("activities", first.id),
        ("activities", second.id),
        *actor_targets(one for one in (first.lead_id, second.lead_id) if one in facts.everyone),
    ]
    yield facts.found("W28", "medium", message, targets, percent=round(100 * share))


def _are_joined(facts: Facts, first: str, second: str) -> bool:
    return any(
        link.kind in JOINING_KINDS and second in {link.from_id, link.to_id}
        for link in facts.links_of.get(first, ())
    )


def local_initiative_bypassed(facts: Facts) -> Iterator[Finding]:
    """W37: outsiders who work where a local initiative is at work, without a link to it."""
    at_work = _local_grounds(facts)
    for activity in facts.current_activities:
        if activity.kind not in LOCAL_WORK or not _is_from_outside(facts, activity.lead_id):
            continue
        ground = _ground(facts, activity)
        people = {activity.lead_id, *activity.participant_ids} - ground
        near = {one for place in ground for one in at_work.get(place, ())}
        for one in facts.sorted_by_name(near - people):
            if not _touches(facts, people, one):
                message = tr(
                    "“{activity}” of {lead} runs beside {local}, with no record of a link.",
                    activity=activity.title,
                    lead=facts.name(activity.lead_id),
                    local=facts.name(one),
                )
                targets = [("activities", activity.id), *actor_targets((one, activity.lead_id))]
                yield facts.found("W37", "medium", message, targets)


def _is_from_outside(facts: Facts, actor_id: str) -> bool:
    actor = facts.actors.get(actor_id)
    if actor is None:
        return False
    return actor.scope in OUTSIDE_SCOPES or (
        actor.scope == "unknown" and actor.kind in FOREIGN_KINDS
    )


def _ground(facts: Facts, activity: Activity) -> frozenset[str]:
    """Place and communities of an activity."""
    people = (activity.lead_id, *activity.participant_ids, *activity.party_ids)
    communities = {
        one for one in people if one in facts.actors and facts.actors[one].kind == "community"
    }
    place = activity.place.strip().casefold()
    return frozenset(communities | ({f"place:{place}"} if place else set()))


def _local_grounds(facts: Facts) -> dict[str, set[str]]:
    """Local actors by where they are at work: places of their activities, linked communities."""
    found: dict[str, set[str]] = {}
    local = {one for one, actor in facts.actors.items() if actor.kind in INITIATIVE_KINDS}
    for activity in facts.current_activities:
        present = local & {activity.lead_id, *activity.participant_ids}
        for place in _ground(facts, activity) if present else ():
            found.setdefault(place, set()).update(present)
    for one in local:
        for link in facts.links_of.get(one, ()):
            other = link.to_id if link.from_id == one else link.from_id
            if facts.actors[other].kind == "community":
                found.setdefault(other, set()).add(one)
    return found


def _touches(facts: Facts, people: set[str], actor_id: str) -> bool:
    return any({link.from_id, link.to_id} & people for link in facts.links_of.get(actor_id, ()))


def over_consulted(facts: Facts) -> Iterator[Finding]:
    """W38: local actors that take part in many activities of several others at once."""
    until = facts.as_of + timedelta(days=facts.limit("W38.days"))
    asked: dict[str, list[Activity]] = {}
    for activity in facts.activities_ahead:
        if activity_start(activity) <= until:
            for one in dict.fromkeys((*activity.participant_ids, *activity.party_ids)):
                if one != activity.lead_id and _is_local(facts, one):
                    asked.setdefault(one, []).append(activity)
    for one in facts.sorted_by_name(asked):
        activities = asked[one]
        leads = {activity.lead_id for activity in activities} - {""}
        many = len(activities) > facts.limit("W38.activities")
        if many and len(leads) >= facts.limit("W38.leads"):
            message = tr(
                "{actor} is asked to take part in {count} activities of {leads} others within "
                "{days} days. Who could wait, or share?",
                actor=facts.name(one),
                count=len(activities),
                leads=len(leads),
                days=int(facts.limit("W38.days")),
            )
            targets = [("actors", one), *(("activities", activity.id) for activity in activities)]
            figures = {"activities": len(activities), "leads": len(leads)}
            yield facts.found("W38", "medium", message, targets, **figures)


def _is_local(facts: Facts, actor_id: str) -> bool:
    actor = facts.actors.get(actor_id)
    return (
        actor is not None
        and actor.kind in LOCAL_KINDS
        and actor.scope not in OUTSIDE_SCOPES
        and not facts.is_party(actor_id)
    )


RULES = (
    Rule(
        id="W28",
        name="Same sphere",
        several="{count} pairs of activities that do the same with the same people",
        definition=(
            "Raised for two running or planned activities of one kind on a shared track when they "
            "overlap for at least the stated number of days, share at least the stated percentage "
            "of all parties and participants of both, have different leads, and no coordination, "
            "consultation or co-chairing joins these."
        ),
        example="Two NGOs train the same councils in the same spring.",
        severity="medium",
        source="R5",
        inputs=("activities", "actors", "linkages"),
        thresholds={"W28.percent": 50, "W28.days": 30},
        absence=True,
        find=same_sphere,
    ),
    Rule(
        id="W37",
        name="Local initiative bypassed",
        several="{count} local initiatives with no link to work beside them",
        definition=(
            "Raised when an actor from outside leads local mediation or a community dialogue at a "
            "place, or with a community, where a local mechanism, traditional leader or insider "
            "mediator is at work, does not take part, and has no link to those who do."
        ),
        example="An agency opens a dialogue in a town where elders have long settled disputes.",
        severity="medium",
        source="R4",
        inputs=("activities", "actors", "linkages"),
        absence=True,
        find=local_initiative_bypassed,
    ),
    Rule(
        id="W38",
        name="Over-consulted",
        several="{count} actors asked for by many at once",
        definition=(
            "Raised for a local or civil-society actor that takes part in more activities than "
            "the limit, led by at least the stated number of others, from the day on for the "
            "stated number of days."
        ),
        example="One women’s network is invited to six workshops of four agencies in one season.",
        severity="medium",
        source="C1, C4",
        inputs=("activities", "actors"),
        thresholds={"W38.activities": 4, "W38.leads": 3, "W38.days": 90},
        find=over_consulted,
    ),
)
