"""Rules about linkages: where they start, whom they join, what was thought before making them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.analysis.facts import actor_targets
from model.analysis.rules.rule import Rule
from model.codes import LINKAGE_GROUPS
from model.dates import LAST_DAY, last_day
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.analysis.facts import Facts
    from model.analysis.finding import Finding, Severity
    from model.records import Linkage

PEER_KINDS = frozenset(
    {"coordination", "consultation", "information_sharing", "capacity_building", "alliance"}
)
CONTACT_KINDS = frozenset(LINKAGE_GROUPS["contact"])


def top_down_only(facts: Facts) -> Iterator[Finding]:
    """W14: share of vertical links that start from the top."""
    vertical = [link for link in facts.links if link.initiative in {"top_down", "bottom_up"}]
    from_top = [link for link in vertical if link.initiative == "top_down"]
    if len(vertical) < facts.limit("W14.links"):
        return
    share = 100 * len(from_top) / len(vertical)
    if share >= facts.limit("W14.percent"):
        message = tr(
            "{count} of {all} vertical links start from the top. Who below was asked?",
            count=len(from_top),
            all=len(vertical),
        )
        severity: Severity = "high" if len(from_top) == len(vertical) else "medium"
        targets = [("linkages", link.id) for link in from_top]
        figures = {"top_down": len(from_top), "vertical": len(vertical), "percent": round(share)}
        yield facts.found("W14", severity, message, targets, **figures)


def no_horizontal_links(facts: Facts) -> Iterator[Finding]:
    """W15: links among actors of Track II and III that do not work on Track I."""
    actors = [one for one in facts.actors if facts.is_below_track_one(one)]
    if len(actors) < facts.limit("W15.actors"):
        return
    among = set(actors)
    count = sum(
        link.kind in PEER_KINDS and link.from_id in among and link.to_id in among
        for link in facts.links
    )
    if count < facts.limit("W15.links_per_actor") * len(actors):
        message = tr(
            "No record of links among the {actors} actors of Track II and III.", actors=len(actors)
        )
        if count:
            message = plural(
                "{actors} actors of Track II and III have {count} recorded link among themselves.",
                "{actors} actors of Track II and III have {count} recorded links among themselves.",
                count,
                actors=len(actors),
            )
        severity: Severity = "medium" if count else "high"
        targets = actor_targets(facts.sorted_by_name(actors))
        yield facts.found("W15", severity, message, targets, links=count, actors=len(actors))


def hangs_on_track_one(facts: Facts) -> Iterator[Finding]:
    """W16: actors of Track II and III that are alone when Track I falls away."""
    lower = {one for one in facts.actors if facts.tracks(one) & {"T2", "T3"}}
    if not lower:
        return
    graph = facts.holding_graph
    official = {one for one in facts.actors if facts.tracks(one) == {"T1"}}
    alone = [one for one in lower if graph[one] and all(x in official for x in graph[one])]
    share = 100 * len(alone) / len(lower)
    if share >= facts.limit("W16.percent"):
        message = tr(
            "{share} % of the actors of Track II and III are connected through Track I only: "
            "{names}.",
            share=round(share),
            names=facts.names(alone),
        )
        targets = actor_targets(facts.sorted_by_name(alone))
        figures = {"isolated": len(alone), "actors": len(lower), "percent": round(share)}
        yield facts.found("W16", "medium", message, targets, **figures)


def channel_gone_quiet(facts: Facts) -> Iterator[Finding]:
    """W18: channels that ended without another, or were last confirmed long ago."""
    limit = facts.limit("W18.days_talking" if facts.is_talking else "W18.days")
    open_pairs = {_pair(link) for link in facts.links if link.kind in CONTACT_KINDS}
    in_force = {link.id for link in facts.links}
    for link in facts.tables.linkages.values():
        if link.kind not in CONTACT_KINDS or link.decision in {"keep_apart", "wait"}:
            continue
        targets = [("linkages", link.id), *actor_targets((link.from_id, link.to_id))]
        ended = facts.is_over(link) or (link.status == "ended" and link.end is None)
        if ended and _pair(link) not in open_pairs:
            end = None if last_day(link.end) == LAST_DAY else last_day(link.end).isoformat()
            message = tr(
                "The channel {ends} has ended, with no record of another.", ends=facts.ends(link)
            )
            yield facts.found("W18", "medium", message, targets, ended=end)
        elif link.id in in_force and link.last_confirmed is not None:
            days = (facts.as_of - link.last_confirmed.last()).days
            if days > limit:
                message = plural(
                    "The channel {ends} was last confirmed {count} day ago.",
                    "The channel {ends} was last confirmed {count} days ago.",
                    days,
                    ends=facts.ends(link),
                )
                yield facts.found("W18", "medium", message, targets, days=days)


def _pair(link: Linkage) -> frozenset[str]:
    return frozenset((link.from_id, link.to_id))


def link_without_reason(facts: Facts) -> Iterator[Finding]:
    """W24: linkages in force or planned whose reason is empty."""
    for link in facts.links_ahead:
        if not link.rationale.strip():
            message = tr("No recorded reason for the link {ends}.", ends=facts.ends(link))
            yield facts.found("W24", _weight(facts, link), message, _link_targets(link))


def link_without_downside(facts: Facts) -> Iterator[Finding]:
    """W25: linkages in force or planned whose possible negative consequences are empty."""
    for link in facts.links_ahead:
        if not link.negative_consequences.strip():
            message = tr(
                "No recorded analysis of negative consequences for the link {ends}.",
                ends=facts.ends(link),
            )
            severity = "high" if link.kind == "back_channel" else _weight(facts, link)
            yield facts.found("W25", severity, message, _link_targets(link), kind=link.kind)


def _weight(facts: Facts, link: Linkage) -> Severity:
    party = any(
        facts.is_party(end) or end in facts.process_parties for end in (link.from_id, link.to_id)
    )
    return "medium" if party or facts.joins_two_tracks(link) else "low"


def _link_targets(link: Linkage) -> list[tuple[str, str]]:
    return [("linkages", link.id), ("actors", link.from_id), ("actors", link.to_id)]


RULES = (
    Rule(
        id="W14",
        name="Top-down only",
        several="{count} notes on links that start from the top",
        definition=(
            "Raised when, among active links whose initiative is top-down or bottom-up, at least "
            "the stated share starts from the top."
        ),
        example="Every link between leaders and villages was begun by the leaders.",
        severity="medium; high if all",
        source="C4",
        inputs=("linkages",),
        thresholds={"W14.links": 3, "W14.percent": 80},
        find=top_down_only,
    ),
    Rule(
        id="W15",
        name="No horizontal links",
        several="{count} notes on links on the same level",
        definition=(
            "Counts active links of coordination, consultation, information sharing, capacity "
            "building and alliance between actors that work on Track II or III and not on Track "
            "I. Raised when there are none, or few for the number of such actors."
        ),
        example="Nine local councils know the same NGO and none of each other.",
        severity="high at none, medium at few",
        source="C4",
        inputs=("actors", "linkages"),
        thresholds={"W15.actors": 2, "W15.links_per_actor": 0.25},
        absence=True,
        find=no_horizontal_links,
    ),
    Rule(
        id="W16",
        name="Hangs on Track I",
        several="{count} notes on actors who hang on Track I",
        definition=(
            "Takes away all actors that work on Track I only. Raised when at least the stated "
            "share of the actors of Track II and III then stand alone that were connected before."
        ),
        example=(
            "Women’s groups meet only when the negotiators invite them; without talks they do not."
        ),
        severity="medium",
        source="C4",
        inputs=("actors", "linkages"),
        thresholds={"W16.percent": 50},
        find=hangs_on_track_one,
    ),
    Rule(
        id="W18",
        name="Channel gone quiet",
        several="{count} channels that have gone quiet",
        definition=(
            "Raised for a channel, back channel or negotiation that ended without another between "
            "the two, or was last confirmed longer ago than the limit; the limit is shorter "
            "during pre-talks and talks."
        ),
        example="The line to a commander was last used four months ago, in the middle of talks.",
        severity="medium",
        source="Chapter 1, R5",
        inputs=("linkages", "phases"),
        thresholds={"W18.days": 90, "W18.days_talking": 30},
        find=channel_gone_quiet,
    ),
    Rule(
        id="W24",
        name="Link without reason",
        several="{count} links without a recorded reason",
        upkeep=True,
        definition=(
            "Raised for each linkage in force or planned whose reason is empty. Medium when it "
            "touches a conflict party or joins two tracks."
        ),
        example="Two organisations are linked on the map, and no one recalls what for.",
        severity="low; medium if it touches a party or joins two tracks",
        source="C4",
        inputs=("linkages", "actors", "processes"),
        absence=True,
        find=link_without_reason,
    ),
    Rule(
        id="W25",
        name="Link without downside analysis",
        several="{count} links without a recorded look at the downsides",
        upkeep=True,
        definition=(
            "Raised for each linkage in force or planned without a note on possible negative "
            "consequences. Medium when it touches a conflict party or joins two tracks, high for "
            "a back channel."
        ),
        example=("A back channel was agreed in a hurry; nobody asked what a leak would do."),
        severity="low; medium if it touches a party or joins two tracks; high for a back channel",
        source="C4",
        inputs=("linkages", "actors", "processes"),
        absence=True,
        find=link_without_downside,
    ),
)
