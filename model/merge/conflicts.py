"""Where two copies differ in a way that only a person can decide, and what was decided."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2s
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from model.merge.values import UNSURE, is_arrangement
from model.records import TABLES, OpenConflict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from model.tables import Tables

ConflictKind = Literal["field", "removed", "needed", "one_side"]
Choice = Literal["ours", "theirs", "open"]
ConflictKey = tuple[str, str, str]
"""Table, record id and field; the field is empty where the whole record is in question."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A difference that merging does not decide.

    Attributes:
        kind: "field": both changed it; "removed": one removed the record, the other changed it;
            "needed": one removed it, the other refers to it; "one_side": only one copy has it,
            and whether it is new or was removed elsewhere cannot be told.
        table, id, field: where; the field is empty where the whole record is in question.
        base: value that both copies started from; UNSURE where it is not known.
        ours, theirs: the two values; for whole records None on the side that has none.
    """

    kind: ConflictKind
    table: str
    id: str
    field: str
    base: Any
    ours: Any
    theirs: Any

    @property
    def key(self) -> ConflictKey:
        """What names the conflict."""
        return self.table, self.id, self.field

    @property
    def is_arrangement(self) -> bool:
        """Whether it is about looks alone, such as the place of a card."""
        return is_arrangement(self.table, self.field)

    @property
    def swapped(self) -> Conflict:
        """The same conflict as the other side sees it."""
        return replace(self, ours=self.theirs, theirs=self.ours)

    def value(self, choice: Choice) -> Any:
        """The value that a choice stands for; left open, a value or record is kept."""
        if choice == "theirs" or (choice == "open" and not self.field and self.ours is None):
            return self.theirs
        return self.ours


def conflict_id(key: ConflictKey) -> str:
    """Id of the record of an open conflict, the same in all copies of a project."""
    return blake2s("/".join(key).encode("utf-8"), digest_size=10).hexdigest()


def flag(conflict: Conflict, tlp: str) -> OpenConflict:
    """The record that keeps a conflict open until somebody decides."""
    candidates: tuple[str, ...] = ()
    if conflict.field:
        candidates = tuple(sorted({_json(conflict.ours), _json(conflict.theirs)}))
    return OpenConflict(
        id=conflict_id(conflict.key),
        tlp=tlp,
        target_table=conflict.table,
        target_id=conflict.id,
        field=conflict.field,
        base=_json(conflict.base) if conflict.field and conflict.base is not UNSURE else "",
        candidates=candidates,
    )


def open_conflicts(tables: Tables) -> Iterator[Conflict]:
    """The conflicts that are still open in a project: its own value against each other one."""
    for record in tables.table("conflicts").values():
        if isinstance(record, OpenConflict):
            yield from _read(record, tables)


def _read(flagged: OpenConflict, tables: Tables) -> Iterator[Conflict]:
    table, field = flagged.target_table, flagged.field
    target = tables.get(table, flagged.target_id)
    if target is None:
        return
    if not field:
        yield Conflict("removed", table, target.id, "", UNSURE, target, None)
        return
    kinds = {info.name: info.type for info in msgspec.structs.fields(TABLES[table])}
    if field not in kinds:
        return
    now = getattr(target, field)
    base = next(_values([flagged.base], kinds[field]), UNSURE)
    for other in _values(flagged.candidates, kinds[field]):
        if other != now:
            yield Conflict("field", table, target.id, field, base, now, other)
            return


def _values(texts: Iterable[str], kind: Any) -> Iterator[Any]:
    """The values in JSON texts; what does not fit the field any more is passed over."""
    for text in texts:
        with suppress(msgspec.DecodeError, ValueError):
            yield msgspec.json.decode(text, type=kind)


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode("utf-8")
