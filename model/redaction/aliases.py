"""Aliases: actors and holders of postings that a pack shows under a name of its own.

An alias is the same all through a pack and another one in the next, since it follows from a seed
that is drawn for each pack. It is given before anything is put in order, so the order of records
does not tell the name either. Names are replaced wherever they stand in visible texts; what a text
says in other words stays, and the sender is told of what looks like a name that was left.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

import msgspec

from model.fields import FIELDS
from model.records import Actor, Claim, Posting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.records import Record

ALIAS_NAMES: Final = (
    *("Achernar", "Acrux", "Alcor", "Aldebaran", "Alioth", "Alkaid", "Altair", "Antares"),
    *("Arcturus", "Atria", "Bellatrix", "Canopus", "Capella", "Castor", "Deneb", "Dubhe"),
    *("Electra", "Elnath", "Enif", "Errai", "Fomalhaut", "Gacrux", "Hadar", "Hamal"),
    *("Izar", "Kochab", "Lesath", "Maia", "Markab", "Megrez", "Menkar", "Merak"),
    *("Mimosa", "Mintaka", "Mirach", "Mizar", "Nunki", "Peacock", "Phecda", "Polaris"),
    *("Pollux", "Procyon", "Rastaban", "Regulus", "Rigel", "Sabik", "Saiph", "Scheat"),
    *("Shaula", "Sirius", "Spica", "Suhail", "Tarazed", "Thuban", "Unukalhai", "Vega"),
    *("Wezen", "Zaurak", "Zosma"),
)
"""Stars: names that are the same in all languages and say nothing of whom they stand for."""
_IDENTITY: Final = ("name", "short_name", "other_names", "country", "source_ref", "source_ids")
"""What tells an actor: an alias stands in its place, or nothing does."""
_TEXTS: Final = frozenset({"text", "long_text", "texts"})
_SAME_CASE: Final = 4
"""Names of so few letters are replaced only where they are written just like that."""


class Aliases(msgspec.Struct, frozen=True):
    """Who is to be shown under an alias.

    Attributes:
        actors: ids of actors.
        holders: whether the holders of all postings are, too.
        seed: what the aliases of this pack follow from.
    """

    actors: frozenset[str] = frozenset()
    holders: bool = False
    seed: str = ""

    def __bool__(self) -> bool:
        """Whether there is anybody to be shown under one."""
        return bool(self.actors or self.holders)


class Renaming:
    """The aliases of a pack and the patterns that find what they replace."""

    def __init__(self, aliases: Aliases, visible: Mapping[str, Mapping[str, Record]]) -> None:
        """Choose an alias for everybody who is visible and wants one."""
        actors = [one for one in _by_id(visible["actors"]) if isinstance(one, Actor)]
        chosen = {one.id: one for one in actors if one.id in aliases.actors}
        postings = [one for one in _by_id(visible["postings"]) if isinstance(one, Posting)]
        first: dict[str, str] = {}
        """Holder to the least id of their postings: a name would tell which star is whose."""
        for posting in postings if aliases.holders else ():
            if posting.holder:
                first.setdefault(posting.holder, posting.id)
        holders = {posting_id: holder for holder, posting_id in first.items()}
        taken = {one.name for one in actors if one.id not in chosen}
        names = _names(aliases.seed, len(chosen) + len(holders), taken)
        self.actors = dict(zip(_shuffled(aliases.seed, chosen), names, strict=False))
        self.holders = {
            holders[posting_id]: name
            for posting_id, name in zip(
                _shuffled(aliases.seed, holders), names[len(chosen) :], strict=False
            )
        }
        self.given: dict[str, tuple[str, str]] = {
            alias: ("actors", actor_id) for actor_id, alias in self.actors.items()
        }
        for posting in postings:
            if posting.holder in self.holders:
                self.given[self.holders[posting.holder]] = ("postings", posting.id)
        kept = {
            name
            for one in actors
            if one.id not in chosen
            for name in (one.name, one.short_name, *one.other_names)
        }
        self._of: dict[str, str] = {}
        for one in chosen.values():
            for name in (one.name, one.short_name, *one.other_names):
                if name.strip() and name not in kept:
                    self._of.setdefault(name, self.actors[one.id])
        for holder, alias in self.holders.items():
            self._of.setdefault(holder, alias)
        self._folded = {name.casefold(): alias for name, alias in self._of.items()}
        self._pattern = _pattern(self._of)
        self._rests = _rests(self._of)

    def renamed(self, table: str, record: Record) -> Record:
        """The record with aliases in the place of names."""
        changes: dict[str, object] = {}
        for spec in FIELDS[table].values():
            if spec.kind in _TEXTS:
                value = getattr(record, spec.name)
                new = self._value(value)
                if new != value:
                    changes[spec.name] = new
        if isinstance(record, Actor) and record.id in self.actors:
            defaults = {info.name: info.default for info in msgspec.structs.fields(record)}
            changes |= {name: defaults[name] for name in _IDENTITY}
            changes["name"] = self.actors[record.id]
        return msgspec.structs.replace(record, **changes) if changes else record

    def tells(self, record: Record) -> bool:
        """Whether the record is a further view of who stands behind an alias, or of a holder."""
        if not isinstance(record, Claim):
            return False
        if record.target_table == "actors" and record.target_id in self.actors:
            return record.field in _IDENTITY
        return record.field == "holder" and bool(self.holders)

    def text(self, text: str) -> str:
        """A text with aliases in the place of names."""
        if self._pattern is None:
            return text
        return self._pattern.sub(self._alias, text)

    def left_in(self, text: str) -> str:
        """What still looks like a name in a text that was gone through; may be empty."""
        found = self._rests.search(text) if self._rests is not None else None
        return found[0] if found else ""

    def _value(self, value: object) -> object:
        if isinstance(value, tuple):
            return tuple(self.text(one) if isinstance(one, str) else one for one in value)
        return self.text(value) if isinstance(value, str) else value

    def _alias(self, found: re.Match[str]) -> str:
        return self._of.get(found[0]) or self._folded.get(found[0].casefold(), found[0])


def _by_id(records: Mapping[str, Record]) -> list[Record]:
    """Records in an order of their own: which of two namesakes comes first must not tell."""
    return [records[record_id] for record_id in sorted(records)]


def _names(seed: str, count: int, taken: set[str]) -> list[str]:
    """So many aliases, in an order of their own for every seed, none of them a name in use."""
    stars = _shuffled(seed, ALIAS_NAMES)
    found: list[str] = []
    turn = 1
    while len(found) < count:
        marked = (f"“{star} {turn}”" if turn > 1 else f"“{star}”" for star in stars)
        found += [one for one in marked if one not in taken]
        turn += 1
    return found[:count]


def _shuffled(seed: str, values: Iterable[str]) -> list[str]:
    def key(value: str) -> tuple[bytes, str]:
        return hashlib.sha256(f"{seed}\0{value}".encode("utf-8", "replace")).digest(), value

    return sorted(values, key=key)


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Whole words only, the longest name first; short names just as they are written."""
    parts = [
        re.escape(name) if len(name) <= _SAME_CASE else f"(?i:{re.escape(name)})"
        for name in sorted(names, key=lambda one: (-len(one), one))
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def _rests(names: Iterable[str]) -> re.Pattern[str] | None:
    """Names inside of other words, such as a plural or a web address."""
    long = sorted(
        (one for one in names if len(one) >= _SAME_CASE), key=lambda one: (-len(one), one)
    )
    return re.compile("|".join(map(re.escape, long)), re.IGNORECASE) if long else None
