"""Maps for benchmarks: communities of actors in three bands, linked mostly among neighbours."""

from __future__ import annotations

import random

from model.codes import CODE_LISTS
from model.document import Document
from model.records import Actor, Linkage, Placement, Record

_KINDS = CODE_LISTS["actor_kind"].codes
_LINKS = CODE_LISTS["linkage_kind"].codes
_PITCH = (296.0, 132.0)


def map_document(actors: int, linkages: int, *, placed: bool = True) -> Document:
    """A document whose first actor, ``a0``, has twenty linkages."""
    chance = random.Random(7)
    columns = max(6, round((actors * 0.9) ** 0.5))
    content: dict[str, dict[str, Record]] = {"actors": {}, "linkages": {}, "placements": {}}
    per_band = -(-actors // 3)
    for number in range(actors):
        band, at = divmod(number, per_band)
        key = f"a{number}"
        name = f"Regional council {number} for dialogue"
        content["actors"][key] = Actor(
            id=key,
            name=name,
            short_name=f"RC {number}",
            kind=_KINDS[number % len(_KINDS)],
            tracks=(("T1", "T2", "T3")[band],),
        )
        if placed:
            x, y = (at % columns) * _PITCH[0], 44 + (at // columns) * _PITCH[1]
            content["placements"][key] = Placement(id=key, x=x, y=y)
    for number in range(linkages):
        first = 0 if number < 20 else chance.randrange(actors)
        step = chance.choice((1, 1, 2, columns, columns + 1, columns - 1, 2 * columns, 3))
        second = (first + step + number * (number < 20)) % actors
        if chance.random() < 0.03:
            second = chance.randrange(actors)
        if second == first:
            second = (first + 1) % actors
        key = f"l{number}"
        content["linkages"][key] = Linkage(
            id=key,
            from_id=f"a{first}",
            to_id=f"a{second}",
            kind=_LINKS[number % len(_LINKS)],
            status="active",
        )
    return Document(content)
