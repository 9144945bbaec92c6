"""A shared copy that comes back: its changes, told in the ids of the project it was made from.

The copy holds other ids and only a part, so that what it does not hold says nothing. What counts
is what was changed in it since it was shared; everything else stays as it is with us.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

from model.fields import FIELDS, REFERENCE_FIELDS
from model.merge.threeway import Base
from model.merge.values import defaults, field_names
from model.records import TABLES, Answer, Claim, ExportRun, Placement, Record, View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.merge.conflicts import ConflictKey
    from model.merge.lineage import Copy

    Content = Mapping[str, Mapping[str, Record]]
    Ids = Mapping[str, str]

_STAY_THERE: Final = frozenset({"exports", "conflicts", "baselines", "recipes", "tracks"})
"""What whoever had the copy keeps to themselves, and how high their bands are."""


def export_behind(content: Content, theirs: Copy) -> ExportRun | None:
    """The export by which a copy left this project; None where it did not."""
    line = set(theirs.line)
    for run in content.get("exports", {}).values():
        if isinstance(run, ExportRun) and run.copy_id and run.copy_id in line:
            return run
    return None


@dataclass(frozen=True, slots=True)
class Returned:
    """Two states to merge ours with: as the copy was shared, and as it came back.

    Attributes:
        is_known: whether it is known how the copy was shared.
    """

    base: Base
    theirs: dict[str, dict[str, Record]]
    is_known: bool


def returned(content: Content, run: ExportRun, theirs: Copy) -> Returned:
    """Tell the changes that were made in a shared copy as changes to our tables.

    Args:
        content: our tables, unsaved work included.
        run: the export by which the copy left.
        theirs: the copy that came back.
    """
    ids = {new: old.partition("/")[2] for new, old in run.ids.items()}
    shared = theirs.state(run.copy_id)
    before = _in_our_ids(shared, ids) if shared is not None else None
    return _Return(content, set(ids.values()), before, _in_our_ids(theirs.content, ids)).states()


class _Return:
    """Puts the changes of a copy onto our records, on both sides of the merge."""

    def __init__(
        self,
        ours: Content,
        shared_ids: set[str],
        before: dict[str, dict[str, Record]] | None,
        now: dict[str, dict[str, Record]],
    ) -> None:
        self._ours = ours
        self._shared_ids = shared_ids
        self._before = before
        self._now = now
        self._base = {table: dict(ours.get(table, {})) for table in TABLES}
        self._theirs = {table: dict(ours.get(table, {})) for table in TABLES}
        self._unsure: set[ConflictKey] = set()

    def states(self) -> Returned:
        for table, records in self._now.items():
            for record in records.values():
                self._take(table, record)
        for table, records in (self._before or {}).items():
            for record in records.values():
                if record.id not in self._now.get(table, {}):
                    self._remove(table, record)
        base = Base(self._base, frozenset(self._unsure))
        return Returned(base, self._theirs, self._before is not None)

    def _take(self, table: str, record: Record) -> None:
        mine = self._ours.get(table, {}).get(record.id)
        before = (self._before or {}).get(table, {}).get(record.id)
        shared = table == "project" or record.id in self._shared_ids
        if self._before is None and shared:
            self._take_unsure(table, record, mine)
        elif before is None:
            self._take_new(table, record, mine)
        elif mine is None:
            if record != before:  # we removed it, it was changed there: the removal loses
                self._base[table][record.id] = before
                self._theirs[table][record.id] = record
        else:
            self._put(table, mine, before, record)

    def _take_new(self, table: str, record: Record, mine: Record | None) -> None:
        """A record that was made in the copy; or that came back with it before."""
        if isinstance(record, Placement) and mine is not None:
            return
        self._theirs[table][record.id] = record
        self._base[table].pop(record.id, None)

    def _take_unsure(self, table: str, record: Record, mine: Record | None) -> None:
        """A shared record, and nobody knows how it was shared: what is empty there says nothing."""
        if mine is None or table == "project":  # the copy's says how to handle the copy
            return
        plain = defaults(table)
        said = {}
        for name in set(field_names(table)) - {"external"}:
            value, ours = getattr(record, name), getattr(mine, name)
            if FIELDS[table][name].target and isinstance(value, tuple):
                value = self._with_what_was_withheld(value, ours)
            if value not in (plain[name], ours):
                said[name] = value
        self._theirs[table][record.id] = msgspec.structs.replace(mine, **said)
        self._unsure |= {(table, record.id, name) for name in said}

    def _with_what_was_withheld(
        self, value: tuple[str, ...], ours: tuple[str, ...]
    ) -> tuple[str, ...]:
        """A list of references, with those of ours that the copy could not show."""
        kept = [one for one in ours if one in value or one not in self._shared_ids]
        return (*kept, *(one for one in value if one not in kept))

    def _put(self, table: str, mine: Record, before: Record, record: Record) -> None:
        """What was changed in the copy, on our record; what was not stays as ours is."""
        changed = [
            name for name in field_names(table) if getattr(record, name) != getattr(before, name)
        ]
        was = {name: getattr(before, name) for name in changed}
        now = {name: getattr(record, name) for name in changed}
        self._base[table][mine.id] = msgspec.structs.replace(mine, **was)
        self._theirs[table][mine.id] = msgspec.structs.replace(mine, **now)

    def _remove(self, table: str, before: Record) -> None:
        mine = self._ours.get(table, {}).get(before.id)
        if mine is None:
            return
        del self._theirs[table][mine.id]
        if _reads_otherwise(mine, before):  # there was more to it here: a removal is asked about
            self._base[table][mine.id] = before


def _reads_otherwise(mine: Record, before: Record) -> bool:
    return msgspec.structs.replace(mine, external=()) != before


def _in_our_ids(content: Content, ids: Ids) -> dict[str, dict[str, Record]]:
    """The tables of a copy with our ids where it holds our records, and its own elsewhere."""
    found: dict[str, dict[str, Record]] = {}
    for table in TABLES:
        if table not in _STAY_THERE:
            renamed = (_renamed(table, record, ids) for record in content.get(table, {}).values())
            found[table] = {record.id: record for record in renamed}
    return found


def _renamed(table: str, record: Record, ids: Ids) -> Record:
    changes: dict[str, Any] = {"id": ids.get(record.id, record.id)}
    for spec in REFERENCE_FIELDS[table]:
        changes[spec.name] = _mapped(getattr(record, spec.name), ids)
    if isinstance(record, Answer):
        changes["item_id"] = ids.get(record.item_id, record.item_id)
    if isinstance(record, View):
        changes["filters"] = {key: _mapped(value, ids) for key, value in record.filters.items()}
    if isinstance(record, Claim):
        about = FIELDS.get(record.target_table, {}).get(record.field)
        if about is not None and about.target:
            changes["value"] = ids.get(record.value, record.value)
    return msgspec.structs.replace(record, **changes)


def _mapped(value: Any, ids: Ids) -> Any:
    if isinstance(value, tuple):
        return tuple(ids.get(one, one) for one in value)
    return ids.get(value, value)
