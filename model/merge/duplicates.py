"""New records of two copies that look like the same thing; told, never merged silently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

from model.records import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from model.records import Record

    Content = Mapping[str, Mapping[str, Record]]

_NOT_COMPARED = frozenset({"project", "tracks", "placements", "exports", "conflicts", "recipes"})


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """Two records with different ids that both stand in the merged project.

    Attributes:
        reason: "external": imported from the same row; "same": alike in every field.
    """

    table: str
    ours: str
    theirs: str
    reason: Literal["external", "same"]


def possible_duplicates(
    base: Content, ours: Content, theirs: Content
) -> Iterator[PossibleDuplicate]:
    """Compare what each copy has that the other and the common state have not."""
    for table in TABLES:
        if table in _NOT_COMPARED:
            continue
        mine, others = ours.get(table, {}), theirs.get(table, {})
        common = base.get(table, {})
        new_mine = [one for one in mine.values() if one.id not in others and one.id not in common]
        new_others = [one for one in others.values() if one.id not in mine and one.id not in common]
        yield from _pairs(table, new_mine, new_others)


def _pairs(table: str, mine: list[Record], others: list[Record]) -> Iterator[PossibleDuplicate]:
    if not mine or not others:
        return
    by_external = {ref: one.id for one in mine for ref in one.external}
    by_content = {_without_id(one): one.id for one in mine}
    for other in others:
        known = next((by_external[ref] for ref in other.external if ref in by_external), None)
        if known is not None:
            yield PossibleDuplicate(table, known, other.id, "external")
        elif _without_id(other) in by_content:
            yield PossibleDuplicate(table, by_content[_without_id(other)], other.id, "same")


def _without_id(record: Record) -> bytes:
    return msgspec.json.encode(msgspec.structs.replace(record, id=""))
