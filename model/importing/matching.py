"""Actors of an import that the project may know already: offered, never joined unasked."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

import msgspec

from model.importing.columns import field_for, table_for
from model.importing.rows import Key
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from model.importing.source import Source
    from model.records import Actor
    from model.tables import Tables

_LIKE: Final = 92.0
"""How alike two names must be, of 100; below that an offer is more noise than help."""
_SHORTEST: Final = 6
"""Letters that a name needs before one that is merely similar is offered."""


class Offer(msgspec.Struct, frozen=True):
    """A new actor that may be one of the project's.

    Attributes:
        key: where it comes from.
        name: what the source calls it.
        actor_id: the project's actor.
        actor_name: what the project calls that.
        same: whether a name is the same to the letter, accents and capitals aside.
    """

    key: Key
    name: str
    actor_id: str
    actor_name: str
    same: bool

    @property
    def text(self) -> str:
        """The offer in words."""
        if self.same:
            return tr("“{name}” is called like “{known}”", name=self.name, known=self.actor_name)
        return tr("“{name}” is called nearly like “{known}”", name=self.name, known=self.actor_name)


def offers(tables: Tables, sources: Sequence[Source]) -> list[Offer]:
    """For each new actor of the sources, the one of the project that has its name."""
    known_keys = {
        (ref.source, ref.table, ref.id)
        for actor in tables.actors.values()
        for ref in actor.external
    }
    by_name: dict[str, Actor] = {}
    for actor in tables.actors.values():
        for name in (actor.name, *actor.other_names, actor.short_name):
            if name:
                by_name.setdefault(_plain(name), actor)
    found, taken = [], set()
    for key, names in _new_actors(sources):
        if key in known_keys or key in taken:
            continue
        taken.add(key)
        offer = _offer(key, names, by_name)
        if offer is not None:
            found.append(offer)
    return sorted(found, key=lambda one: (not one.same, one.name.casefold(), one.key))


def _offer(key: Key, names: tuple[str, ...], by_name: Mapping[str, Actor]) -> Offer | None:
    plain = [_plain(name) for name in names]
    for name, folded in zip(names, plain, strict=True):
        actor = by_name.get(folded)
        if actor is not None:
            return Offer(key, name, actor.id, actor.name, same=True)
    if not by_name or len(plain[0]) < _SHORTEST:
        return None
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only imports need it

    best = process.extractOne(
        plain[0], list(by_name), scorer=fuzz.token_sort_ratio, score_cutoff=_LIKE
    )
    if best is None or len(best[0]) < _SHORTEST:
        return None
    actor = by_name[best[0]]
    return Offer(key, names[0], actor.id, actor.name, same=False)


def _new_actors(sources: Iterable[Source]) -> Iterator[tuple[Key, tuple[str, ...]]]:
    for source in sources:
        for table in source.tables:
            if table_for(table.name) != "actors":
                continue
            at: dict[str, int] = {}
            for index, column in enumerate(table.columns):
                spec = field_for("actors", column)
                if spec is not None:
                    at.setdefault(spec.name, index)
            if "id" not in at or "name" not in at:
                continue
            for row in table.rows:
                own_id, name = row.cells[at["id"]].strip(), row.cells[at["name"]].strip()
                if own_id and name:
                    yield (source.name, "actors", own_id), (name, *_others(row.cells, at))


def _others(cells: Sequence[str], at: Mapping[str, int]) -> Iterator[str]:
    for name in ("other_names", "short_name"):
        if name in at:
            yield from filter(None, (part.strip() for part in cells[at[name]].split(";")))


def _plain(name: str) -> str:
    """Letters and digits only, without accents and capitals."""
    apart = unicodedata.normalize("NFKD", name)
    bare = "".join(one for one in apart if not unicodedata.combining(one)).casefold()
    return " ".join(re.findall(r"\w+", bare))
