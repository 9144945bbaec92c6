"""Single points of failure between tracks: who alone keeps actors of two tracks in touch."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import msgspec

from model.analysis.network import cut_groups
from model.analysis.paths import network
from model.codes import TRACKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from model.analysis.facts import Facts
    from model.analysis.paths import Network

KNOWN_TRACKS = tuple(code for code in TRACKS.codes if code != "unknown")


class Bridge(msgspec.Struct, frozen=True):
    """An actor without whom some on one track reach nobody on the other any more.

    Attributes:
        actor_id: the actor.
        lost: those who then reach nobody on the other track.
        ends_all: whether then nobody of either track reaches the other one.
    """

    actor_id: str
    lost: tuple[str, ...]
    ends_all: bool


class Pair(msgspec.Struct, frozen=True):
    """Two tracks, the linkages that join them directly, and who alone holds them together."""

    tracks: tuple[str, str]
    linkage_ids: tuple[str, ...]
    bridges: tuple[Bridge, ...]


def track_pairs(facts: Facts, visible: frozenset[str] | None = None) -> list[Pair]:
    """Each pair of tracks on which there are actors, in the order of the tracks."""
    web = network(facts, visible)
    on = {
        track: frozenset(one for one in web if track in facts.tracks(one)) for track in KNOWN_TRACKS
    }
    cuts = cut_groups({one: list(others) for one, others in web.items()})
    return [
        Pair((one, other), tuple(_across(web, on[one], on[other])), _bridges(facts, cuts, on, pair))
        for pair in combinations(KNOWN_TRACKS, 2)
        for one, other in [pair]
        if on[one] and on[other]
    ]


def _across(web: Network, one: frozenset[str], other: frozenset[str]) -> Iterator[str]:
    """Linkages from an actor on one track only to an actor on the other one only."""
    for first in sorted(one - other):
        for second, between in web[first].items():
            if second in other - one:
                yield from between


def _bridges(
    facts: Facts,
    cuts: Mapping[str, Sequence[Sequence[str]]],
    on: Mapping[str, frozenset[str]],
    pair: tuple[str, str],
) -> tuple[Bridge, ...]:
    found = []
    for broker, groups in cuts.items():
        lost = [one for group in groups for one in _loses(group, groups, on, pair)]
        if lost:
            whole = not any(_holds(group, on, pair) for group in groups)
            found.append(Bridge(broker, tuple(facts.sorted_by_name(lost)), whole))
    return tuple(sorted(found, key=lambda one: (-len(one.lost), facts.name(one.actor_id))))


def _holds(group: Sequence[str], on: Mapping[str, frozenset[str]], pair: tuple[str, str]) -> bool:
    """Whether there are actors of both tracks in a group."""
    return all(any(one in on[track] for one in group) for track in pair)


def _loses(
    group: Sequence[str],
    groups: Sequence[Sequence[str]],
    on: Mapping[str, frozenset[str]],
    pair: tuple[str, str],
) -> Iterator[str]:
    """Actors of a group on one track, when the other track is only in the other groups."""
    for here, there in (pair, pair[::-1]):
        if any(one in on[there] for one in group):
            continue
        if any(one in on[there] for other in groups if other is not group for one in other):
            yield from (one for one in group if one in on[here])
