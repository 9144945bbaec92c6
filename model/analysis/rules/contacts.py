"""Rules about contact with the parties: consultation, safety, roles, consent, mandate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.analysis.facts import ARMED_KINDS, PARTY_ROLES, actor_targets, without_end
from model.analysis.rules.rule import Rule
from model.asof import exists
from model.dates import first_day, last_day
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from model.analysis.facts import Facts
    from model.analysis.finding import Finding, Severity, Target
    from model.records import Activity, Linkage, Process

LOCAL_KINDS = frozenset(
    {"national_ngo", "cso_network", "womens_organisation", "youth_organisation", "faith_actor"}
    | {"traditional_leader", "insider_mediator", "local_mechanism", "private_sector", "media"}
    | {"community", "diaspora_or_victims"}
)
"""Local and civil-society kinds: those who stay when the internationals leave."""
MEDIATOR_ROLES = frozenset({"lead_mediator", "co_mediator", "facilitator", "insider_mediator"})
MEDIATING_ACTIVITIES = frozenset({"shuttle", "pre_talks_contact", "negotiation_round"})
CONSENTING = frozenset({"given_formal", "given_informal", "fading"})


def unconsulted_contact(facts: Facts) -> Iterator[Finding]:
    """W05: activities with parties that the lead of their process was not asked about."""
    for activity in facts.activities_ahead:
        if not activity.party_ids or activity.lead_consulted not in {"no", "unknown"}:
            continue
        processes = _processes_with(facts, activity.party_ids)
        leads = {one for p in processes for one in (p.lead_id, *p.co_lead_ids)} - {""}
        leading = facts.with_ancestors(activity.lead_id)
        if not leading & leads and not _is_party_or_joint(facts, activity):
            yield _unconsulted(facts, activity, leads)


def _processes_with(facts: Facts, parties: tuple[str, ...]) -> list[Process]:
    wanted = {one for party in parties for one in facts.family(party)}
    return [p for p in facts.tables.processes.values() if wanted & set(p.party_ids)]


def _is_party_or_joint(facts: Facts, activity: Activity) -> bool:
    lead = facts.everyone.get(activity.lead_id)
    if lead is None:
        return False
    own = lead.id in activity.party_ids or lead.conflict_role in PARTY_ROLES
    return own or lead.kind == "joint_mechanism"


def _unconsulted(facts: Facts, activity: Activity, leads: set[str]) -> Finding:
    values = {"activity": activity.title, "parties": facts.names(activity.party_ids)}
    if leads:
        message = tr(
            "“{activity}”: contact with {parties}, and no record of consultation with {lead}.",
            lead=facts.names(leads),
            **values,
        )
    else:
        message = tr(
            "“{activity}”: contact with {parties}, and no record of a lead or of consultation.",
            **values,
        )
    targets = [
        ("activities", activity.id),
        *actor_targets((activity.lead_id,) if activity.lead_id in facts.everyone else ()),
        *actor_targets(facts.sorted_by_name(leads)),
        *actor_targets(activity.party_ids),
    ]
    message += without_end(activity, facts.as_of)
    severity: Severity = "high" if activity.lead_consulted == "no" else "medium"
    consulted = activity.lead_consulted
    return facts.found("W05", severity, message, targets, lead_consulted=consulted)


def no_security_review(facts: Facts) -> Iterator[Finding]:
    """W13: local people in official or armed company without a review of their safety."""
    for activity in facts.activities_ahead:
        if activity.security_review == "yes" or not _is_exposing(facts, activity):
            continue
        people = {activity.lead_id, *activity.participant_ids}
        local = facts.sorted_by_name(one for one in people if _is_local(facts, one))
        if local:
            message = tr(
                "No record of a security review for {names} in “{activity}”.",
                names=facts.names(local),
                activity=activity.title,
            )
            targets = [("activities", activity.id), *actor_targets(local)]
            message += without_end(activity, facts.as_of)
            review = activity.security_review
            yield facts.found("W13", "high", message, targets, security_review=review)


def _is_exposing(facts: Facts, activity: Activity) -> bool:
    if {"T1", "T1.5"} & set(activity.tracks):
        return True
    present = (activity.lead_id, *activity.participant_ids, *activity.party_ids)
    actors = (facts.everyone.get(one) for one in present)
    return any(
        actor is not None
        and (actor.kind in ARMED_KINDS or actor.conflict_role == "non_signatory_armed")
        for actor in actors
    )


def _is_local(facts: Facts, actor_id: str) -> bool:
    """Whether of a local kind and not known to be at the top; an unknown level may be exposed."""
    actor = facts.everyone.get(actor_id)
    return actor is not None and actor.kind in LOCAL_KINDS and actor.level != "top"


def mandate_ends(facts: Facts) -> Iterator[Finding]:
    """W30: mandates that ended while the work goes on, or that end soon."""
    for holder in facts.sorted_by_name(facts.actors):
        ends = _mandate_ends(facts, holder)
        if not ends:
            continue
        last, target = max(ends)
        values = {"actor": facts.name(holder), "date": last.isoformat()}
        days = (last - facts.as_of).days
        targets = [("actors", holder), target]
        if days < 0 and _facilitates(facts, holder):
            message = tr("The mandate of {actor} ended {date}; its facilitation goes on.", **values)
            yield facts.found("W30", "high", message, targets, days=days)
        elif 0 <= days < facts.limit("W30.days"):
            message = tr("The mandate of {actor} ends {date}.", **values)
            yield facts.found("W30", "medium", message, targets, days=days)


def _mandate_ends(facts: Facts, holder: str) -> list[tuple[date, Target]]:
    """Last day of each mandate of an actor with the record that says so; planned ones aside."""
    found: list[tuple[date, Target]] = [
        (last_day(link.end), ("linkages", link.id))
        for link in facts.mandate_links.get(holder, ())
        if first_day(link.start) <= facts.as_of
    ]
    found += [
        (last_day(mandate.end), ("mandates", mandate.id))
        for mandate in facts.tables.mandates.values()
        if mandate.holder_id == holder and first_day(mandate.start) <= facts.as_of
    ]
    return found


def _facilitates(facts: Facts, actor_id: str) -> bool:
    return any(
        link.kind == "facilitation" and link.from_id == actor_id
        for link in facts.links_of.get(actor_id, ())
    )


def no_consent(facts: Facts) -> Iterator[Finding]:
    """W31: facilitation with a primary party that has neither mandated nor consented."""
    for link in facts.links:
        party = facts.actors[link.to_id]
        if link.kind != "facilitation" or party.conflict_role != "primary_party":
            continue
        if not _has_consent(facts, link):
            message = tr(
                "No record of a mandate or consent by {party} for {mediator}.",
                party=facts.name(link.to_id),
                mediator=facts.name(link.from_id),
            )
            targets = [
                ("linkages", link.id),
                ("actors", link.from_id),
                ("actors", link.to_id),
            ]
            yield facts.found("W31", "medium", message, targets)


def _has_consent(facts: Facts, link: Linkage) -> bool:
    party = facts.family(link.to_id)
    mandated = any(
        one.kind == "mandate" and one.to_id == link.from_id and one.from_id in party
        for one in facts.links_of.get(link.from_id, ())
    ) or any(
        one.holder_id == link.from_id and one.issuer_id in party and exists(one, facts.as_of)
        for one in facts.tables.mandates.values()
    )
    processes = {p.id for p in facts.processes if link.from_id in {p.lead_id, *p.co_lead_ids}}
    return mandated or any(
        one.party_id in party
        and one.state in CONSENTING
        and (
            one.mediator_id == link.from_id or (not one.mediator_id and one.process_id in processes)
        )
        for one in facts.consents
    )


def diplomat_as_mediator(facts: Facts) -> Iterator[Finding]:
    """W32: a state or mission without a mediator's role that shuttles between parties."""
    for activity in facts.current_activities:
        lead = facts.everyone.get(activity.lead_id)
        if (
            lead is not None
            and activity.kind in MEDIATING_ACTIVITIES
            and lead.kind in {"state", "diplomatic_mission"}
            and len(set(activity.party_ids)) >= facts.limit("W32.parties")
            and not facts.roles.get(lead.id, set()) & MEDIATOR_ROLES
        ):
            message = tr(
                "{actor} leads “{activity}” with {parties}, with no record of a mediator’s role.",
                actor=facts.name(lead.id),
                activity=activity.title,
                parties=facts.names(activity.party_ids),
            )
            targets = [("activities", activity.id), ("actors", lead.id)]
            message += without_end(activity, facts.as_of)
            parties = len(set(activity.party_ids))
            yield facts.found("W32", "medium", message, targets, parties=parties)


RULES = (
    Rule(
        id="W05",
        name="Unconsulted contact",
        several="{count} contacts with parties and no record of consultation",
        definition=(
            "Raised for a running or planned activity with conflict parties when consultation of "
            "the lead of their process is “no” or not known, and its own leader neither leads "
            "such a process nor is a party or a joint body of the parties."
        ),
        example="An embassy visits a rebel commander; the mediator reads of it in the press.",
        severity="high if “no”, medium if not known",
        source="R3, C4",
        inputs=("activities", "processes", "actors", "linkages"),
        find=unconsulted_contact,
    ),
    Rule(
        id="W13",
        name="No security review",
        several="{count} activities without a record of a security review",
        definition=(
            "Raised for a running or planned activity on Track I or 1.5, or with an armed actor, "
            "in which local or civil-society actors that are not at the top level lead or take "
            "part, while a security review is not recorded as done."
        ),
        example=(
            "A village council joins monitors and soldiers; nobody asked what it risks afterwards."
        ),
        severity="high",
        source="C4",
        inputs=("activities", "actors"),
        find=no_security_review,
    ),
    Rule(
        id="W30",
        name="Mandate ends",
        several="{count} mandates that end or have ended",
        definition=(
            "Raised when the last mandate of an actor ends within the limit, or has ended while "
            "its facilitation goes on."
        ),
        example="The facilitator’s terms of reference ended in May; the shuttle goes on.",
        severity="high if ended, medium if soon",
        source="C2",
        inputs=("linkages", "mandates"),
        thresholds={"W30.days": 90},
        find=mandate_ends,
    ),
    Rule(
        id="W31",
        name="No consent on record",
        several="{count} facilitations without a record of a party’s consent",
        definition=(
            "Raised for a facilitation with a primary party when neither a mandate nor consent "
            "of that party (or its parents or parts) is recorded."
        ),
        example=(
            "A state facilitates, and nobody has written down whether the armed group agreed to it."
        ),
        severity="medium",
        source="UN Guidance for Effective Mediation, consent",
        inputs=("linkages", "mandates", "consents", "processes"),
        absence=True,
        find=no_consent,
    ),
    Rule(
        id="W32",
        name="Diplomat acting as mediator",
        several="{count} activities mediated without a mediator’s role on record",
        definition=(
            "Raised when a state or mission without a mediator’s role leads shuttle, pre-talks "
            "contact or negotiation with two or more parties."
        ),
        example=(
            "An embassy carries proposals between two parties, and no one has asked it to mediate."
        ),
        severity="medium",
        source="Chapter 1",
        inputs=("activities", "actors", "roles"),
        thresholds={"W32.parties": 2},
        find=diplomat_as_mediator,
    ),
)
