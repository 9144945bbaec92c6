"""Rules about processes: who leads, who runs beside whom, who is reached, how many take part."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from model.analysis.facts import CHANNEL_KINDS, actor_targets
from model.analysis.rules.rule import Rule
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.analysis.facts import Facts
    from model.analysis.finding import Finding, Severity
    from model.records import Process

CONTACT_KINDS = CHANNEL_KINDS | {"advisory_support", "observation"}
JOINING_KINDS = frozenset({"coordination", "consultation", "co_chair"})
SHARED_LEAD = frozenset({"network", "nationally_led"})


def crowded_pre_talks(facts: Facts) -> Iterator[Finding]:
    """W01: count the third parties in contact with conflict parties while pre-talks run."""
    if "pre_talks" not in facts.phase_kinds:
        return
    present = in_contact(facts)
    count = len(present)
    if count <= facts.limit("W01.third_parties"):
        return
    severity: Severity = "high" if count > facts.limit("W01.high") else "medium"
    message = tr(
        "{count} third parties are in contact with the conflict parties during pre-talks: "
        "{names}. Who could step back?",
        count=count,
        names=facts.names(present),
    )
    phases = [("phases", phase.id) for phase in facts.phases if phase.kind == "pre_talks"]
    targets = [*phases, *actor_targets(facts.sorted_by_name(present))]
    yield facts.found("W01", severity, message, targets, third_parties=count)


def in_contact(facts: Facts) -> set[str]:
    """Third parties, donors aside, with an active contact to a conflict party."""
    return {
        near
        for link in facts.links
        if link.kind in CONTACT_KINDS
        for near, far in ((link.from_id, link.to_id), (link.to_id, link.from_id))
        if near in facts.third_parties and facts.is_party(far)
    }


def parallel_processes(facts: Facts) -> Iterator[Finding]:
    """W02: compare running processes two by two."""
    running = sorted(facts.processes, key=lambda process: (process.name, process.id))
    for first, second in combinations(running, 2):
        if first.lead_id != second.lead_id:
            shared = shared_parties(facts, first, second)
            if len(shared) >= facts.limit("W02.shared_parties"):
                yield _parallel(facts, first, second, shared)


def shared_parties(facts: Facts, first: Process, second: Process) -> list[str]:
    """Parties of the one that are, or are part of, or contain as parent, one of the other."""
    shared = set()
    for one in first.party_ids:
        for other in second.party_ids:
            if one in facts.with_ancestors(other):
                shared.add(one)
            elif other in facts.with_ancestors(one):
                shared.add(other)
    return facts.sorted_by_name(shared)


def leads_of(process: Process) -> set[str]:
    """Lead and co-leads, as far as they are known."""
    return {process.lead_id, *process.co_lead_ids} - {""}


def are_linked(facts: Facts, first: Process, second: Process) -> bool:
    """Whether two processes share a lead, or their leads coordinate, consult or co-chair."""
    ours, theirs = leads_of(first), leads_of(second)
    return bool(ours & theirs) or any(
        link.kind in JOINING_KINDS
        and (
            (link.from_id in ours and link.to_id in theirs)
            or (link.from_id in theirs and link.to_id in ours)
        )
        for lead in ours
        for link in facts.links_of.get(lead, ())
    )


def _parallel(facts: Facts, first: Process, second: Process, shared: list[str]) -> Finding:
    ours, theirs = leads_of(first), leads_of(second)
    joined = are_linked(facts, first, second)
    if joined:
        text = tr(
            "{first} and {second} both involve {parties}; their leads are linked. "
            "Is it clear who does what?",
            first=first.name,
            second=second.name,
            parties=facts.names(shared),
        )
    else:
        text = tr(
            "{first} and {second} both involve {parties} under different leads, with no record "
            "of a link between these.",
            first=first.name,
            second=second.name,
            parties=facts.names(shared),
        )
    targets = [
        ("processes", first.id),
        ("processes", second.id),
        *actor_targets(shared),
        *actor_targets(facts.sorted_by_name(ours | theirs)),
    ]
    severity: Severity = "info" if joined else "high"
    return facts.found("W02", severity, text, targets, shared_parties=len(shared), linked=joined)


def no_lead(facts: Facts) -> Iterator[Finding]:
    """W03: a running process without lead whose mode is not one that needs none."""
    for process in facts.processes:
        if not process.lead_id and process.coordination_mode not in SHARED_LEAD:
            message = tr(
                "{process} has no lead on record and no agreed division of labour.",
                process=process.name,
            )
            targets = [("processes", process.id)]
            yield facts.found("W03", "high", message, targets, mode=process.coordination_mode)


def several_leads(facts: Facts) -> Iterator[Finding]:
    """W04: more than one lead mediator in a process, co-leads aside."""
    for process in facts.processes:
        leads = {
            role.actor_id
            for role in facts.tables.roles.values()
            if role.role == "lead_mediator"
            and role.process_id == process.id
            and role.actor_id in facts.actors
            and not facts.is_over(role)
            and role.actor_id not in process.co_lead_ids
        }
        if len(leads) > facts.limit("W04.leads"):
            message = tr(
                "{names} are all recorded as lead mediator of {process}.",
                names=facts.names(leads),
                process=process.name,
            )
            targets = [("processes", process.id), *actor_targets(facts.sorted_by_name(leads))]
            yield facts.found("W04", "medium", message, targets, leads=len(leads))


def lead_without_channel(facts: Facts) -> Iterator[Finding]:
    """W17: parties that the lead team of a running process has no channel to."""
    for process in facts.processes:
        leads = leads_of(process)
        if not leads:
            continue
        reached = _reached(facts, _team(facts, leads))
        own = {party for party in process.party_ids if party in facts.actors}
        for party in facts.sorted_by_name(own | _other_parties(facts, process)):
            if not facts.family(party) & (reached | leads):
                yield _unreached(facts, process, party, "high" if party in own else "medium")


def _team(facts: Facts, leads: set[str]) -> set[str]:
    """The leads, those who advise them, and those who represent them."""
    team = set(leads)
    for link in (link for lead in leads for link in facts.links_of.get(lead, ())):
        if link.kind == "advisory_support" and link.to_id in leads:
            team.add(link.from_id)
        elif link.kind == "representation":
            if link.to_id in leads:
                team.add(link.from_id)
            elif link.from_id in leads:
                team.add(link.to_id)
    return team


def _reached(facts: Facts, team: set[str]) -> set[str]:
    reached = set()
    for member in team:
        for link in facts.links_of.get(member, ()):
            if link.kind in CHANNEL_KINDS:
                reached.add(link.to_id if link.from_id == member else link.from_id)
    return reached


def _other_parties(facts: Facts, process: Process) -> set[str]:
    """Primary parties and armed actors outside; parts of a party are left to the whole."""
    covered = {one for party in process.party_ids for one in facts.family(party)}
    wanted = facts.contestants - covered
    return {one for one in wanted if not (facts.with_ancestors(one) - {one}) & wanted}


def _unreached(facts: Facts, process: Process, party: str, severity: Severity) -> Finding:
    message = tr(
        "No record of a channel from the team of {process} to {party}.",
        process=process.name,
        party=facts.name(party),
    )
    leads = facts.sorted_by_name(leads_of(process))
    targets = [("actors", party), ("processes", process.id), *actor_targets(leads)]
    of_process = party in process.party_ids
    return facts.found("W17", severity, message, targets, party_of_the_process=of_process)


RULES = (
    Rule(
        id="W01",
        name="Crowded pre-talks",
        several="{count} crowded moments before the talks",
        definition=(
            "Pre-talks are the most confidential moment. Raised when more third parties than the "
            "limit are in contact with the conflict parties while a pre-talks phase runs; donors "
            "are not counted."
        ),
        example=(
            "Nine envoys and NGOs hold lines to both parties before anybody has agreed to talk."
        ),
        severity="medium; high above the upper limit",
        source="C4",
        inputs=("phases", "actors", "roles", "linkages"),
        thresholds={"W01.third_parties": 5, "W01.high": 8},
        find=crowded_pre_talks,
    ),
    Rule(
        id="W02",
        name="Parallel processes",
        several="{count} pairs of processes with a shared party and no recorded link",
        definition=(
            "Raised when two running processes with different leads involve the same party (or a "
            "part of it). Parties can then choose the forum that suits them. Only a notice when "
            "the leads overlap or coordinate."
        ),
        example=(
            "A government talks with two armed groups in two cities; their facilitators never met."
        ),
        severity="high; info when linked",
        source="C1, C4",
        inputs=("processes", "linkages"),
        thresholds={"W02.shared_parties": 1},
        find=parallel_processes,
    ),
    Rule(
        id="W03",
        name="No lead",
        several="{count} processes without a lead",
        definition=(
            "Raised for a running process without a lead, unless it is nationally led or a "
            "network with a shared division of labour."
        ),
        example=(
            "An armed group and a ministry meet monthly; nobody knows who would call off a meeting."
        ),
        severity="high",
        source="R2",
        inputs=("processes",),
        absence=True,
        find=no_lead,
    ),
    Rule(
        id="W04",
        name="Several leads",
        several="{count} processes with several leads",
        definition=(
            "Raised when more than one actor is recorded as lead mediator of a running process; "
            "declared co-leads are not counted."
        ),
        example="A regional envoy and a UN envoy both sign letters as chief mediator.",
        severity="medium",
        source="R2",
        inputs=("processes", "roles"),
        thresholds={"W04.leads": 1},
        find=several_leads,
    ),
    Rule(
        id="W17",
        name="Lead without channel",
        several="{count} times no record of a channel from a team to a party",
        definition=(
            "Raised when the lead team of a running process (leads and those who advise or "
            "represent them) has no recorded channel to a party, its parents, children or "
            "coalitions. High for parties of the process; medium for other primary parties and "
            "armed actors outside it."
        ),
        example=("A faction outside the talks can block them, and no mediator can call it."),
        severity="high for parties of the process; else medium",
        source="Chapter 1, impartiality",
        inputs=("processes", "actors", "linkages"),
        absence=True,
        find=lead_without_channel,
    ),
)
