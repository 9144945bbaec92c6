"""Unsaved changes that do not fit the file any more, as one side of a merge.

A draft knows every record that it touches as it was before and after. So the state it started from
need not be kept anywhere: it is the present one with those records put back, and the usual merge
of three sides follows.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from model.merge.repair import references
from model.merge.threeway import Base, MergePlan, merge
from model.patch import Patch, join
from model.records import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from model.records import Record

    Content = Mapping[str, Mapping[str, Record]]
    Key = tuple[str, str]


def plan_stray(content: Content, patches: Sequence[Patch]) -> tuple[MergePlan, int]:
    """Plan to bring unsaved changes into a project that went on without them.

    Returns:
        The plan, and how many changed records cannot stand in the project any more because what
        they point at is gone; those are left out.
    """
    changes = reduce(join, patches, Patch("", ())).changes
    before, after = _copied(content), _copied(content)
    for change in changes:
        _put(before, change.table, change.id, change.before)
        _put(after, change.table, change.id, change.after)
    unfit = _left_out({(one.table, one.id) for one in changes}, content, after)
    for table, record_id in unfit:
        _put(before, table, record_id, content.get(table, {}).get(record_id))
    return merge(Base(before), content, after), len(unfit)


def _left_out(touched: set[Key], content: Content, after: dict[str, dict[str, Record]]) -> set[Key]:
    """Take back what leads nowhere in `after`, until nothing does; returns those records."""
    unfit: set[Key] = set()
    while True:
        found = set()
        for table, records in after.items():
            for record in records.values():
                for _, (target, wanted) in references(table, record):
                    if wanted not in after.get(target, {}):
                        removed = wanted in content.get(target, {})
                        found.add((target, wanted) if removed else (table, record.id))
        found = (found & touched) - unfit
        if not found:
            return unfit
        unfit |= found
        for table, record_id in found:
            _put(after, table, record_id, content.get(table, {}).get(record_id))


def _copied(content: Content) -> dict[str, dict[str, Record]]:
    return {table: dict(content.get(table, {})) for table in TABLES}


def _put(
    content: dict[str, dict[str, Record]], table: str, record_id: str, record: Record | None
) -> None:
    if record is None:
        content[table].pop(record_id, None)
    else:
        content[table][record_id] = record
