"""Trusted linkages: how far the weaker side of each trusts, and how far a word gets that way.

A chain of people is as strong as its weakest link. The trust of a pair is the lower of the two
directions on record as of the day; where no trust between the two is on record, a linkage whose
quality was judged "trusted" or "working" stands in for it.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

import msgspec

from model.analysis.paths import network
from model.analysis.rules.decisions import latest_trust
from model.codes import TRUST_LEVELS

if TYPE_CHECKING:
    from model.analysis.facts import Facts

LEAST: Final = 2
"""The lowest level that counts as trust: conditional."""
HIGHEST: Final = 4
_BY_QUALITY: Final = {"+1": 3, "+2": 4}
TrustWeb = dict[str, dict[str, int]]
"""Actor to trusted neighbour to the level of trust between the two."""


class Way(msgspec.Struct, frozen=True):
    """How one actor gets to another through trusted linkages.

    Attributes:
        weakest: the lowest level of trust on the way.
        through: the actors on the way, both ends included.
    """

    weakest: int
    through: tuple[str, ...]


def trust_web(facts: Facts, visible: frozenset[str] | None = None) -> TrustWeb:
    """The day's linked pairs between whom there is trust, with its level."""
    recorded: dict[frozenset[str], int] = {}
    for (one, other), trust in latest_trust(facts).items():
        pair = frozenset((one, other))
        recorded[pair] = min(int(trust.level), recorded.get(pair, HIGHEST))
    web = network(facts, visible)
    found: TrustWeb = {one: {} for one in web}
    links = facts.tables.linkages
    for one, others in web.items():
        for other, between in others.items():
            level = recorded.get(frozenset((one, other)))
            if level is None:
                level = max((_BY_QUALITY.get(links[i].quality, 0) for i in between), default=0)
            if level >= LEAST:
                found[one][other] = level
    return found


def trusted_parts(facts: Facts, visible: frozenset[str] | None = None) -> list[list[str]]:
    """The parts within which everybody reaches everybody through trusted linkages."""
    web = trust_web(facts, visible)
    seen: set[str] = set()
    parts = []
    for one in web:
        if one not in seen and web[one]:
            part = list(_spread(web, one, LEAST))
            seen.update(part)
            parts.append(part)
    return parts


def trusted_ways(web: TrustWeb, start: str) -> dict[str, Way]:
    """The best way from an actor to each that it reaches: the strongest, then the shortest."""
    found: dict[str, Way] = {}
    for level in range(HIGHEST, LEAST - 1, -1):
        before = _spread(web, start, level)
        for one in before:
            if one != start and one not in found:
                found[one] = Way(level, _back(before, one))
    return found


def trust_words(level: int) -> str:
    """A level of trust in words."""
    return TRUST_LEVELS.label(str(level))


def _spread(web: TrustWeb, start: str, level: int) -> dict[str, str]:
    """Whom a word reaches over pairs of at least this level, each with whom it came from."""
    before = {start: ""}
    waiting = deque(before)
    while waiting:
        here = waiting.popleft()
        for other, trust in web[here].items():
            if trust >= level and other not in before:
                before[other] = here
                waiting.append(other)
    return before


def _back(before: dict[str, str], goal: str) -> tuple[str, ...]:
    way = [goal]
    while before[way[-1]]:
        way.append(before[way[-1]])
    return tuple(reversed(way))
