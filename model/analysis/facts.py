"""The project as of a day, looked up once and shared by all rules.

Only what is in force counts; what is planned is offered beside it for the rules that look ahead.
A start counts from the first and an end to the last day that it may mean (domain.md, "How the
automatic warnings behave").
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, cast

from model.analysis.finding import Finding, Severity, Target
from model.analysis.network import Adjacency, cut_groups, neighbours
from model.asof import counts_as_edge, exists
from model.codes import ONE_OFF_ACTIVITY_KINDS
from model.dates import FIRST_DAY, LAST_DAY, first_day, last_day
from resources.text import joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from model import records as r
    from model.asof import Dated
    from model.tables import Tables

PARTY_ROLES = frozenset({"primary_party", "secondary_party"})
ARMED_KINDS = frozenset({"armed_forces", "armed_group", "armed_coalition"})
CHANNEL_KINDS = frozenset({"facilitation", "communication_channel", "back_channel", "negotiation"})
UNTYING_KINDS = frozenset({"adversarial", "competition", "split_from", "successor_of"})
"""Links that hold nothing together."""
NO_THIRD_PARTY = frozenset({"donor", "none"})
TALKING = frozenset({"pre_talks", "talks"})
NAMES_SHOWN = 6
LONG_AGO_DAYS = 180


class Facts:
    """What holds in a project on a day; computed when first asked for, then kept."""

    def __init__(
        self,
        tables: Tables,
        as_of: date,
        defaults: Mapping[str, float],
        visible: frozenset[str] | None = None,
    ) -> None:
        """Look at these tables on that day.

        Args:
            tables: a document or, in a worker, a snapshot.
            as_of: the day.
            defaults: thresholds by key; the project's own take their place.
            visible: ids that a filter lets through, for measures; all else ignores it.
        """
        self.tables = tables
        self.as_of = as_of
        self.visible = visible
        self.everyone: Mapping[str, r.Actor] = tables.actors
        """All actors, of any time."""
        self._limits = {**defaults, **tables.project.thresholds}
        self._families: dict[str, frozenset[str]] = {}

    def limit(self, key: str) -> float:
        """A threshold by its key, such as ``W06.days``."""
        return self._limits[key]

    def on(self, day: date) -> Facts:
        """The same project and thresholds on another day."""
        return Facts(self.tables, day, self._limits, self.visible)

    # what is in force

    @cached_property
    def actors(self) -> dict[str, r.Actor]:
        """Actors that exist on the day."""
        return {i: actor for i, actor in self.everyone.items() if exists(actor, self.as_of)}

    @cached_property
    def links(self) -> tuple[r.Linkage, ...]:
        """Linkages that count as edges on the day, between actors that exist."""
        return tuple(
            link
            for link in self.tables.linkages.values()
            if link.from_id in self.actors
            and link.to_id in self.actors
            and counts_as_edge(link, self.as_of)
        )

    @cached_property
    def links_of(self) -> dict[str, list[r.Linkage]]:
        """The day's linkages by the actor at either end."""
        found: dict[str, list[r.Linkage]] = {}
        for link in self.links:
            found.setdefault(link.from_id, []).append(link)
            found.setdefault(link.to_id, []).append(link)
        return found

    @cached_property
    def holding_graph(self) -> Adjacency:
        """The undirected graph of the day's links that hold actors together."""
        return neighbours(self.actors, (x for x in self.links if x.kind not in UNTYING_KINDS))

    @cached_property
    def cuts(self) -> dict[str, list[list[str]]]:
        """Cut points of that graph with the groups that they hold together."""
        return cut_groups(self.holding_graph)

    @cached_property
    def processes(self) -> tuple[r.Process, ...]:
        """Processes that run on the day."""
        return tuple(p for p in self.tables.processes.values() if exists(p, self.as_of))

    @cached_property
    def phases(self) -> tuple[r.Phase, ...]:
        """Phases in force on the day; they may overlap."""
        return tuple(p for p in self.tables.phases.values() if exists(p, self.as_of))

    @cached_property
    def phase_kinds(self) -> frozenset[str]:
        """Kinds of the phases in force."""
        return frozenset(phase.kind for phase in self.phases)

    @property
    def is_talking(self) -> bool:
        """Whether parties talk, or talk about talks: the moments when channels must be fresh."""
        return bool(self.phase_kinds & TALKING)

    @cached_property
    def funding(self) -> tuple[r.FundingLine, ...]:
        """Funding lines in force on the day."""
        return tuple(line for line in self.tables.funding.values() if exists(line, self.as_of))

    @cached_property
    def lines_to(self) -> dict[str, list[r.FundingLine]]:
        """The day's funding lines by recipient."""
        found: dict[str, list[r.FundingLine]] = {}
        for line in self.funding:
            found.setdefault(line.recipient_id, []).append(line)
        return found

    @cached_property
    def roles(self) -> dict[str, set[str]]:
        """Third-party roles that existing actors have on the day."""
        found: dict[str, set[str]] = {}
        for role in self.tables.roles.values():
            if role.actor_id in self.actors and exists(role, self.as_of):
                found.setdefault(role.actor_id, set()).add(role.role)
        return found

    @cached_property
    def third_parties(self) -> frozenset[str]:
        """Actors with a third-party role other than donor."""
        return frozenset(i for i, roles in self.roles.items() if roles - NO_THIRD_PARTY)

    @cached_property
    def lines_of_activity(self) -> dict[str, list[r.FundingLine]]:
        """All funding lines, past and future too, by the activities that they pay for."""
        found: dict[str, list[r.FundingLine]] = defaultdict(list)
        for line in self.tables.funding.values():
            for activity_id in line.activity_ids:
                found[activity_id].append(line)
        return found

    @cached_property
    def activities_ahead(self) -> tuple[r.Activity, ...]:
        """Activities that run on the day or are planned for later; cancelled ones are left out."""
        return tuple(
            activity
            for activity in self.tables.activities.values()
            if activity.status != "cancelled" and activity_end(activity) >= self.as_of
        )

    @cached_property
    def current_activities(self) -> tuple[r.Activity, ...]:
        """Activities that run on the day."""
        return tuple(a for a in self.activities_ahead if activity_start(a) <= self.as_of)

    @cached_property
    def mandate_links(self) -> dict[str, list[r.Linkage]]:
        """Mandates given as linkages, past and future ones too, by the actor that holds them."""
        found: dict[str, list[r.Linkage]] = {}
        for link in self.tables.linkages.values():
            if link.kind == "mandate" and link.decision not in {"keep_apart", "wait"}:
                found.setdefault(link.to_id, []).append(link)
        return found

    @cached_property
    def consents(self) -> tuple[r.Consent, ...]:
        """Consent of parties as far as it was recorded by the day."""
        return tuple(
            cast("r.Consent", one)
            for one in self.tables.table("consents").values()
            if first_day(cast("r.Consent", one).date) <= self.as_of
        )

    @cached_property
    def links_ahead(self) -> tuple[r.Linkage, ...]:
        """Linkages that are in force, planned or under decision; ended ones are left out."""
        return tuple(
            link
            for link in self.tables.linkages.values()
            if link.status != "ended" and not self.is_over(link)
        )

    def is_over(self, record: Dated) -> bool:
        """Whether it has ended before the day."""
        return last_day(record.end) < self.as_of

    # families of actors

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for actor in self.actors.values():
            if actor.parent_id:
                found.setdefault(actor.parent_id, []).append(actor.id)
        return found

    def with_ancestors(self, actor_id: str) -> set[str]:
        """The actor and what it is part of, all the way up."""
        found: set[str] = set()
        while actor_id and actor_id not in found:
            found.add(actor_id)
            actor = self.everyone.get(actor_id)
            actor_id = "" if actor is None else actor.parent_id
        return found

    def with_descendants(self, actor_id: str) -> set[str]:
        """The actor and all that is part of it on the day."""
        found: set[str] = set()
        waiting = [actor_id]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting.extend(self._children.get(one, ()))
        return found

    def family(self, actor_id: str) -> frozenset[str]:
        """Those through whom a party can be reached: its parents, its children, its coalitions."""
        if actor_id not in self._families:
            family = self.with_ancestors(actor_id) | self.with_descendants(actor_id)
            for one in tuple(family):
                family.update(self._coalitions_of(one))
            self._families[actor_id] = frozenset(family)
        return self._families[actor_id]

    def _coalitions_of(self, actor_id: str) -> Iterable[str]:
        for link in self.links_of.get(actor_id, ()):
            if link.kind == "membership" and link.from_id == actor_id:
                coalition = self.actors[link.to_id]
                if coalition.kind == "armed_coalition" or self.is_party(coalition.id):
                    yield coalition.id

    def is_party(self, actor_id: str) -> bool:
        """Whether the actor is a primary or secondary conflict party."""
        actor = self.everyone.get(actor_id)
        return actor is not None and actor.conflict_role in PARTY_ROLES

    @cached_property
    def contestants(self) -> frozenset[str]:
        """Primary parties and armed actors outside the process."""
        contesting = {"primary_party", "non_signatory_armed"}
        return frozenset(i for i, a in self.actors.items() if a.conflict_role in contesting)

    @cached_property
    def process_parties(self) -> frozenset[str]:
        """Actors that some process, past or present, names as a conflict party."""
        processes = self.tables.processes.values()
        return frozenset(party for process in processes for party in process.party_ids)

    # tracks

    def tracks(self, actor_id: str) -> frozenset[str]:
        """Known tracks of an actor."""
        actor = self.everyone.get(actor_id)
        return frozenset(() if actor is None else actor.tracks) - {"unknown"}

    def is_below_track_one(self, actor_id: str) -> bool:
        """Whether the actor works on Track II or III and not on Track I."""
        tracks = self.tracks(actor_id)
        return bool(tracks & {"T2", "T3"}) and "T1" not in tracks

    def joins_two_tracks(self, link: r.Linkage) -> bool:
        """Whether the tracks of the two ends are known and have none in common."""
        first, second = self.tracks(link.from_id), self.tracks(link.to_id)
        return bool(first) and bool(second) and not first & second

    # words

    def name(self, actor_id: str) -> str:
        """What the actor is called for short."""
        actor = self.everyone.get(actor_id)
        return "?" if actor is None else actor.short_name or actor.name

    def sorted_by_name(self, actor_ids: Iterable[str]) -> list[str]:
        """Actor ids in the order of their names, so that results do not depend on random ids."""
        return sorted(actor_ids, key=lambda one: (self.name(one).casefold(), one))

    def names(self, actor_ids: Iterable[str]) -> str:
        """The names in a row, cut short when there are many."""
        names = [self.name(one) for one in self.sorted_by_name(actor_ids)]
        shown = joined(names[:NAMES_SHOWN])
        rest = len(names) - NAMES_SHOWN
        return tr("{names} and {count} more", names=shown, count=rest) if rest > 0 else shown

    def ends(self, link: r.Linkage) -> str:
        """The two ends of a linkage by name."""
        return joined((self.name(link.from_id), self.name(link.to_id)), " – ")

    def found(
        self,
        rule_id: str,
        severity: Severity,
        message: str,
        targets: Iterable[Target],
        **figures: object,
    ) -> Finding:
        """A finding as of this day."""
        return Finding(
            rule_id=rule_id,
            severity=severity,
            message=message,
            targets=tuple(targets),
            figures=figures,
            as_of=self.as_of,
        )


def activity_start(activity: r.Activity) -> date:
    """First day that the activity may be on; the planned one where the actual is not known."""
    return first_day(activity.start or activity.planned_start)


def activity_end(activity: r.Activity) -> date:
    """Last day that the activity may be on, far ahead when it has no end.

    One-off kinds (signings, statements, decisions) without an end last for their start only.
    """
    end = activity.end or activity.planned_end
    if end is None and activity.kind in ONE_OFF_ACTIVITY_KINDS:
        end = activity.start or activity.planned_start
    return last_day(end)


def without_end(activity: r.Activity, as_of: date) -> str:
    """A sentence for what began long ago and has no end on record; "" for all others.

    A meeting of years ago that nobody has closed counts as going on; whoever reads of it should
    see why.
    """
    began = activity_start(activity)
    recent = began == FIRST_DAY or (as_of - began).days <= LONG_AGO_DAYS
    if recent or activity_end(activity) != LAST_DAY:
        return ""
    return " " + tr("It began {date} and has no end on record.", date=began.isoformat())


def day_text(day: date) -> str:
    """A day as it stands in a sentence; far ahead means that no end is known."""
    return tr("no known end") if day == LAST_DAY else day.isoformat()


def actor_targets(actor_ids: Iterable[str]) -> tuple[Target, ...]:
    """Actors as targets."""
    return tuple(("actors", one) for one in actor_ids)
