"""Who is near whom, by what ways two actors are joined, and through whom a party is reached.

All of it reads the network of one day: linkages that count as edges (design 9.3) and hold actors
together; opposition, competition and splits join nobody.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import msgspec

from model.analysis.facts import CHANNEL_KINDS, UNTYING_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.analysis.facts import Facts
    from model.records import Linkage

Network = dict[str, dict[str, list[str]]]
"""Actor to neighbour to the ids of the linkages between the two."""
DETOUR = 1
"""Ways that are longer than the shortest by so many steps are shown, too."""


class Part(msgspec.Struct, frozen=True):
    """A part of the map: actors, and the linkages between them that matter."""

    actor_ids: frozenset[str] = frozenset()
    linkage_ids: frozenset[str] = frozenset()

    @property
    def ids(self) -> frozenset[str]:
        """Both together."""
        return self.actor_ids | self.linkage_ids


def network(facts: Facts, visible: frozenset[str] | None = None) -> Network:
    """The day's network, of what a filter lets through if one is given."""
    found: Network = {i: {} for i in facts.actors if visible is None or i in visible}
    for link in facts.links:
        if link.kind not in UNTYING_KINDS and (visible is None or link.id in visible):
            found[link.from_id].setdefault(link.to_id, []).append(link.id)
            found[link.to_id].setdefault(link.from_id, []).append(link.id)
    return found


def distances(graph: Mapping[str, Iterable[str]], starts: Iterable[str]) -> dict[str, int]:
    """Steps from the nearest of some actors to every actor that can be reached."""
    found = {one: 0 for one in starts if one in graph}
    waiting = deque(found)
    while waiting:
        here = waiting.popleft()
        for other in graph[here]:
            if other not in found:
                found[other] = found[here] + 1
                waiting.append(other)
    return found


def around(graph: Network, starts: Iterable[str], steps: int) -> Part:
    """Some actors with those at most so many steps away, and the linkages on the way."""
    reached = {one: far for one, far in distances(graph, starts).items() if far <= steps}
    links = {
        link
        for one, far in reached.items()
        if far < steps
        for other, between in graph[one].items()
        if other in reached
        for link in between
    }
    return Part(frozenset(reached), frozenset(links))


def ways_between(graph: Network, first: str, second: str) -> Part:
    """All shortest ways between two actors and those one step longer; nothing where none leads."""
    from_first, from_second = distances(graph, [first]), distances(graph, [second])
    if second not in from_first or first == second:
        return Part()
    longest = from_first[second] + DETOUR
    on_way = {
        one
        for one, far in from_first.items()
        if one in from_second and far + from_second[one] <= longest
    }
    links = {
        link
        for one in on_way
        for other, between in graph[one].items()
        if other in on_way and from_first[one] + 1 + from_second[other] <= longest
        for link in between
    }
    return Part(frozenset(on_way), frozenset(links))


def channels_to(facts: Facts, party_id: str, visible: frozenset[str] | None = None) -> Part:
    """The channels to a party: facilitation, talks and lines of communication.

    Those to what belongs to it count, too: its parents, its parts, its coalitions.
    """
    family = facts.family(party_id) & set(facts.actors)
    links = [
        link
        for one in sorted(family)
        for link in facts.links_of.get(one, ())
        if link.kind in CHANNEL_KINDS
        and not {link.from_id, link.to_id} <= family
        and (visible is None or link.id in visible)
    ]
    ends = {end for link in links for end in (link.from_id, link.to_id)}
    inner = [link for link in _inner(facts, family) if visible is None or link.id in visible]
    return Part(
        frozenset(ends | {party_id} | (family & {e for x in inner for e in (x.from_id, x.to_id)})),
        frozenset(link.id for link in (*links, *inner)),
    )


def _inner(facts: Facts, family: frozenset[str] | set[str]) -> list[Linkage]:
    """The linkages within a family."""
    return [
        link
        for one in sorted(family)
        for link in facts.links_of.get(one, ())
        if link.from_id == one and link.to_id in family and link.kind not in UNTYING_KINDS
    ]
