"""Rules about whose interests stand behind a third party, and about help to one side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.analysis.facts import actor_targets
from model.analysis.rules.parties import are_one_side, links_to_parties, mediators
from model.analysis.rules.rule import Rule
from model.asof import exists
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.analysis.facts import Facts
    from model.analysis.finding import Finding, Target
    from model.records import Activity, FundingLine

ALLIED = frozenset({"alliance"})
INVOLVED = frozenset({"alliance", "adversarial"})
HELP_KINDS = frozenset({"training", "technical_advice"})
UNDISCLOSED = frozenset({"no", "unknown"})
MEMBER_KINDS = frozenset({"membership", "participation"})


def interested_backer(facts: Facts) -> Iterator[Finding]:
    """W29: those who pay for, mandate or employ a mediator and have a stake themselves."""
    behind = {mediator: _backers(facts, mediator) for mediator in mediators(facts)}
    stakes = _stakes(facts, {backer for backers in behind.values() for backer in backers})
    for mediator, backers in behind.items():
        for backer in facts.sorted_by_name(backers.keys() & stakes.keys()):
            reason, about = stakes[backer]
            message = tr(
                "{mediator} is backed by {actor}, which {reason}. How do the parties see this?",
                mediator=facts.name(mediator),
                actor=facts.name(backer),
                reason=reason,
            )
            how = sorted({kind for kind, _ in backers[backer]})
            shown = [target for _, target in backers[backer] if target is not None]
            targets = [("actors", mediator), ("actors", backer), *shown, *about]
            yield facts.found("W29", "high", message, dict.fromkeys(targets), backing=how)


def _backers(facts: Facts, mediator: str) -> dict[str, list[tuple[str, Target | None]]]:
    """Those behind a mediator, with how and by which record."""
    found: dict[str, list[tuple[str, Target | None]]] = {}
    parent = facts.actors[mediator].parent_id
    if parent in facts.actors:
        found.setdefault(parent, []).append(("parent", None))
    for line in facts.lines_to.get(mediator, ()):
        if line.donor_id in facts.actors:
            found.setdefault(line.donor_id, []).append(("funding", ("funding", line.id)))
    for link in facts.links_of.get(mediator, ()):
        if link.kind == "funding" and link.to_id == mediator:
            found.setdefault(link.from_id, []).append(("funding", ("linkages", link.id)))
    for issuer, target in _mandates(facts, mediator):
        found.setdefault(issuer, []).append(("mandate", target))
    return found


def _mandates(facts: Facts, mediator: str) -> list[tuple[str, Target]]:
    """Who mandates a mediator; a mandate that several sides give together is their consent."""
    given: list[tuple[str, Target]] = [
        (link.from_id, ("linkages", link.id))
        for link in facts.links_of.get(mediator, ())
        if link.kind == "mandate" and link.to_id == mediator
    ]
    given += [
        (mandate.issuer_id, ("mandates", mandate.id))
        for mandate in facts.tables.mandates.values()
        if mandate.holder_id == mediator
        and mandate.issuer_id in facts.actors
        and exists(mandate, facts.as_of)
    ]
    parties = {issuer for issuer, _ in given if facts.is_party(issuer)}
    if are_one_side(facts, parties):
        return given
    return [(issuer, target) for issuer, target in given if issuer not in parties]


def _stakes(facts: Facts, backers: set[str]) -> dict[str, tuple[str, list[Target]]]:
    """Why backers have a stake, in words, with the records that say so; none where not known."""
    pressing: dict[str, list[Activity]] = {}
    for activity in facts.current_activities:
        if activity.kind == "sanction_or_incentive":
            pressing.setdefault(activity.lead_id, []).append(activity)
    found = {one: _stake(facts, one, pressing.get(one, [])) for one in backers}
    return {one: stake for one, stake in found.items() if stake[0]}


def _stake(facts: Facts, backer: str, pressing: list[Activity]) -> tuple[str, list[Target]]:
    if facts.is_party(backer):
        return tr("is a conflict party"), []
    for link, party in links_to_parties(facts, backer, INVOLVED):
        text = tr("is an ally of {party}", party=facts.name(party))
        if link.kind == "adversarial":
            text = tr("is an adversary of {party}", party=facts.name(party))
        return text, [("actors", party), ("linkages", link.id)]
    for activity in pressing:
        parties = [one for one in activity.party_ids if facts.is_party(one)]
        if parties:
            text = tr("applies sanctions or incentives to {parties}", parties=facts.names(parties))
            return text, [*actor_targets(parties), ("activities", activity.id)]
    return "", []


def undisclosed_help(facts: Facts) -> Iterator[Finding]:
    """W33: money, training or advice for one party that the lead is not recorded to know of."""
    activities = facts.tables.activities
    for line in facts.funding:
        paid = [one for i in line.activity_ids if (one := activities.get(i)) is not None]
        known = bool(paid) and not any(one.lead_consulted in UNDISCLOSED for one in paid)
        if facts.is_party(line.recipient_id) and not known:
            yield _help(facts, [line.recipient_id], ("funding", line.id), line)
    for activity in facts.current_activities:
        involved = (*activity.party_ids, *activity.participant_ids)
        helped = [one for one in dict.fromkeys(involved) if facts.is_party(one)]
        if activity.kind in HELP_KINDS and activity.lead_consulted in UNDISCLOSED and helped:
            yield _help(facts, helped, ("activities", activity.id), activity)


def _help(facts: Facts, parties: list[str], key: Target, record: Activity | FundingLine) -> Finding:
    leads = {
        lead
        for process in facts.processes
        if set(process.party_ids) & {one for party in parties for one in facts.family(party)}
        for lead in (process.lead_id, *process.co_lead_ids)
        if lead in facts.actors
    }
    values = {"what": facts.tables.name_of(*key), "parties": facts.names(parties)}
    if leads:
        message = tr(
            "No record that {lead} knows of the support to {parties}: {what}.",
            lead=facts.names(leads),
            **values,
        )
    else:
        message = tr("No record of a lead who knows of the support to {parties}: {what}.", **values)
    targets = [key, *actor_targets(parties), *actor_targets(facts.sorted_by_name(leads))]
    consulted = getattr(record, "lead_consulted", "unknown")
    return facts.found("W33", "high", message, targets, lead_consulted=consulted)


def one_sided_group(facts: Facts) -> Iterator[Finding]:
    """W34: contact groups whose allied members all stand by one side, with a mediator in them."""
    wanted = set(mediators(facts))
    groups = [one for one, actor in facts.actors.items() if actor.kind == "contact_group"]
    for group in facts.sorted_by_name(groups):
        members = {
            link.from_id
            for link in facts.links_of.get(group, ())
            if link.kind in MEMBER_KINDS and link.to_id == group
        }
        present = facts.sorted_by_name(members & wanted)
        allies = {
            one: parties
            for one in members - wanted
            if (parties := {party for _, party in links_to_parties(facts, one, ALLIED)})
        }
        supported = {party for parties in allies.values() for party in parties}
        if len(allies) >= facts.limit("W34.members") and are_one_side(facts, supported):
            for mediator in present:
                yield _one_sided(facts, (mediator, group), list(allies), sorted(supported))


def _one_sided(
    facts: Facts, pair: tuple[str, str], allies: list[str], supported: list[str]
) -> Finding:
    mediator, group = pair
    message = tr(
        "All recorded allies of parties in {group} stand by {parties}; {mediator} takes part.",
        group=facts.name(group),
        parties=facts.names(supported),
        mediator=facts.name(mediator),
    )
    targets = actor_targets(
        (mediator, group, *facts.sorted_by_name(allies), *facts.sorted_by_name(supported))
    )
    return facts.found("W34", "high", message, targets, members=len(allies))


RULES = (
    Rule(
        id="W29",
        name="Interested backer",
        several="{count} backers with a stake in the outcome",
        definition=(
            "Raised when an actor that pays for, mandates or contains a mediator is itself a "
            "conflict party, an ally or adversary of one, or leads running sanctions or "
            "incentives towards one. A mandate that parties on several sides give is their "
            "consent and is not counted."
        ),
        example="An envoy’s office is paid by a state that is allied with the government.",
        severity="high",
        source="Chapter 1, note 9",
        inputs=("actors", "roles", "processes", "linkages", "mandates", "funding", "activities"),
        find=interested_backer,
    ),
    Rule(
        id="W33",
        name="Undisclosed help to a party",
        several="{count} kinds of help to a party that no lead is known to know of",
        definition=(
            "Raised for an active funding line to a conflict party, and for a running training or "
            "technical advice with one, when it is not recorded that the lead of the process was "
            "consulted. “Not applicable” is an answer and raises nothing."
        ),
        example="An NGO trains the negotiators of one side; the mediator learns of it too late.",
        severity="high",
        source="O2",
        inputs=("funding", "activities", "processes", "actors", "linkages"),
        absence=True,
        find=undisclosed_help,
    ),
    Rule(
        id="W34",
        name="One-sided group",
        several="{count} groups that stand on one side",
        definition=(
            "Raised when a mediator is a member or participant of a contact group in which at "
            "least the stated number of other members are allies of a party, and all of these "
            "parties belong to one side."
        ),
        example="The envoy joins a group of friends whose members all support the opposition.",
        severity="high",
        source="Chapter 1, impartiality",
        inputs=("actors", "roles", "processes", "linkages"),
        thresholds={"W34.members": 2},
        find=one_sided_group,
    ),
)
