"""What a project file keeps so that copies of it can be merged: whence it came, and checkpoints.

A checkpoint is an earlier state that copies elsewhere may have started from. It is kept as the
difference to the state after it (the first one: to the tables of the file), so that it costs
about as much as what was changed. Copies for others never carry checkpoints.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import is_not
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec

from model.records import TABLES, Record
from model.storage.schema import SaveStamp, valid_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Key = tuple[str, str]
    Content = Mapping[str, Mapping[str, Record]]

MAX_CHECKPOINTS: Final = 40
MAX_CHECKPOINT_RECORDS: Final = 60_000
"""Together with the number above a bound for a project that is changed very much: the oldest
checkpoints go first, down to the newest one."""
_LIST_DECODERS: Final = {
    name: msgspec.json.Decoder(list[kind])  # type: ignore[valid-type]
    for name, kind in TABLES.items()
}


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """An earlier state.

    Attributes:
        id: of the save whose state it was.
        changes: records as they were then, by table and id, where the next newer state has them
            otherwise; None for records that were not there.
    """

    id: str
    changes: Mapping[Key, Record | None] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a project file comes from, beyond the plain list of its ancestors.

    Attributes:
        parents: saves whose parents are not simply the next in the list of ancestors.
        joined: id of the save that was merged in since the last save; "" for none.
        checkpoints: earlier states, newest first.
    """

    parents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    joined: str = ""
    checkpoints: tuple[Checkpoint, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.parents or self.checkpoints or self.joined)

    def state(self, content: Content, save_id: str) -> dict[str, dict[str, Record]] | None:
        """The tables of a checkpoint; None where there is none of that id.

        Args:
            content: the tables of the file that the lineage belongs to.
            save_id: which checkpoint.
        """
        if not any(one.id == save_id for one in self.checkpoints):
            return None
        tables = {table: dict(content.get(table, {})) for table in TABLES}
        for checkpoint in self.checkpoints:
            for (table, record_id), record in checkpoint.changes.items():
                if record is None:
                    tables[table].pop(record_id, None)
                else:
                    tables[table][record_id] = record
            if checkpoint.id == save_id:
                break
        return tables

    def with_checkpoint(self, save_id: str) -> Lineage:
        """Remember the state of the file's tables under the id of its save."""
        if self.checkpoints and self.checkpoints[0].id == save_id:
            return self
        return replace(self, checkpoints=_bounded((Checkpoint(save_id, {}), *self.checkpoints)))

    def without_checkpoints(self) -> Lineage:
        """For copies that go to others, and where the past is to be purged."""
        return replace(self, checkpoints=())

    def after(self, before: Content, now: Content, old_id: str, new_id: str) -> Lineage:
        """The lineage of the next save.

        Args:
            before, now: tables of the last save and of the next one.
            old_id, new_id: their ids.
        """
        parents = dict(self.parents)
        if self.joined:
            parents[new_id] = (old_id, self.joined)
        return Lineage(parents, "", _advanced(self.checkpoints, before, now))


def difference(now: Content, then: Content) -> dict[Key, Record | None]:
    """The changes that turn the tables of now into those of then."""
    changes: dict[Key, Record | None] = {}
    for table in TABLES:
        new, old = now.get(table, {}), then.get(table, {})
        if new is old:
            continue
        for record_id, record in old.items():
            other = new.get(record_id)
            if is_not(other, record) and other != record:
                changes[table, record_id] = record
        for record_id in new:
            if record_id not in old:
                changes[table, record_id] = None
    return changes


def chained(content: Content, states: Iterable[tuple[str, Content]]) -> tuple[Checkpoint, ...]:
    """Checkpoints of several states, newest first, for a file with the given tables."""
    checkpoints = []
    newer = content
    for save_id, state in states:
        checkpoints.append(Checkpoint(save_id, difference(newer, state)))
        newer = state
    return _bounded(checkpoints)


def _advanced(
    checkpoints: tuple[Checkpoint, ...], before: Content, now: Content
) -> tuple[Checkpoint, ...]:
    """The same states as seen from the next tables."""
    if not checkpoints:
        return ()
    first = dict(checkpoints[0].changes)
    for key, record in difference(now, before).items():
        first.setdefault(key, record)
    kept = {
        (table, record_id): record
        for (table, record_id), record in first.items()
        if now.get(table, {}).get(record_id) != record
    }
    return _bounded((replace(checkpoints[0], changes=kept), *checkpoints[1:]))


def _bounded(checkpoints: Sequence[Checkpoint]) -> tuple[Checkpoint, ...]:
    kept: list[Checkpoint] = []
    size = 0
    for checkpoint in checkpoints[:MAX_CHECKPOINTS]:
        size += len(checkpoint.changes)
        if kept and size > MAX_CHECKPOINT_RECORDS:
            break
        kept.append(checkpoint)
    return tuple(kept)


class _Changes(msgspec.Struct, frozen=True, omit_defaults=True):
    """Changes of one table as they are written."""

    put: msgspec.Raw = msgspec.Raw(b"")
    gone: tuple[str, ...] = ()


class _Written(msgspec.Struct, frozen=True):
    id: str
    tables: dict[str, _Changes]


class _Block(msgspec.Struct, frozen=True):
    """The member ``lineage`` of the file; ``of`` names the save that the differences are from."""

    of: str
    parents: dict[str, tuple[str, ...]]
    checkpoints: tuple[_Written, ...]
    joined: str = ""


def block(lineage: Lineage, stamp: SaveStamp) -> dict[str, Any]:
    """The lineage as a tree that the encoder of files can write.

    A merge that no save has followed yet is kept too, for projects that are locked meanwhile.
    """
    known = {stamp.id, *stamp.ancestors}
    tree = {
        "of": stamp.id,
        "parents": {one: ids for one, ids in lineage.parents.items() if one in known},
        "checkpoints": [
            {"id": one.id, "tables": _by_table(one.changes)} for one in lineage.checkpoints
        ],
    }
    return tree | ({"joined": lineage.joined} if lineage.joined else {})


def _by_table(changes: Mapping[Key, Record | None]) -> dict[str, dict[str, list[Any]]]:
    tables: dict[str, dict[str, list[Any]]] = {}
    for (table, record_id), record in changes.items():
        kind, value = ("gone", record_id) if record is None else ("put", record)
        tables.setdefault(table, {}).setdefault(kind, []).append(value)
    return {
        table: {kind: tables[table][kind] for kind in ("put", "gone") if kind in tables[table]}
        for table in TABLES
        if table in tables
    }


def read_block(raw: bytes, stamp: SaveStamp) -> Lineage:
    """Read the member ``lineage``; one that does not fit the file counts as none.

    A program of an older minor version saves the member along without knowing it, and then its
    differences are not from the tables beside it. Opening a project matters more than its past,
    so that nothing here is refused: without a lineage a merge asks about every difference.
    """
    try:
        read = msgspec.json.decode(raw, type=_Block)
        if read.of != stamp.id:
            return Lineage()
        ids = [
            read.of,
            read.joined or read.of,
            *read.parents,
            *(i for ids in read.parents.values() for i in ids),
        ]
        if not all(map(valid_id, ids)):
            return Lineage()
        return Lineage(
            read.parents, read.joined, tuple(_checkpoint(one) for one in read.checkpoints)
        )
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return Lineage()


def _checkpoint(written: _Written) -> Checkpoint:
    changes: dict[Key, Record | None] = {}
    if not valid_id(written.id):
        raise msgspec.ValidationError("an id is not made of letters and digits")
    for table, some in written.tables.items():
        if table not in TABLES:
            raise msgspec.ValidationError(f"there is no table {table[:40]}")
        if some.put:
            for record in cast("list[Record]", _LIST_DECODERS[table].decode(some.put)):
                changes[table, record.id] = record
        changes.update({(table, record_id): None for record_id in some.gone})
    return Checkpoint(written.id, changes)
