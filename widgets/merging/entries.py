"""The rows of a merge review: conflicts, what comes, what changes, what goes, what looks alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from model.fields import FIELDS
from model.merge import wording
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.merge.conflicts import Conflict
    from model.merge.threeway import MergePlan
    from model.patch import RecordChange
    from model.tables import Tables

GroupName = Literal["decide", "looks", "added", "changed", "removed", "alike"]


@dataclass(frozen=True)
class Entry:
    """One row.

    Attributes:
        group: which heading it stands under.
        title: the text of the row.
        detail: sentences for the right side where there is nothing to decide.
        conflicts: what is decided by it; looks are decided together.
        about: table and id of the record that it is about; empty for looks.
    """

    group: GroupName
    title: str
    detail: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = field(default=(), repr=False)
    about: tuple[str, str] = ("", "")

    @property
    def one_by_one(self) -> bool:
        """Whether it must never be decided together with others: harm, decisions, money."""
        return any(
            one.field and FIELDS[one.table][one.field].merge == "ask" for one in self.conflicts
        )


def heading(group: GroupName, count: int) -> str:
    """The heading of a group with the number of its rows."""
    return {
        "decide": plural("To decide: {count}", "To decide: {count}", count),
        "looks": tr("Looks"),
        "added": plural("Added: {count}", "Added: {count}", count),
        "changed": plural("Changed: {count}", "Changed: {count}", count),
        "removed": plural("Removed: {count}", "Removed: {count}", count),
        "alike": plural("Possibly the same: {count}", "Possibly the same: {count}", count),
    }[group]


def entries(plan: MergePlan, names: Tables) -> Iterator[Entry]:
    """All rows of a plan, group by group."""
    for conflict in plan.to_decide:
        title = tr(
            "{record} – {field}",
            record=wording.record_words(names, conflict.table, conflict.id),
            field=wording.field_words(conflict),
        )
        yield Entry("decide", title, conflicts=(conflict,), about=conflict.key[:2])
    yield from _looks(plan)
    asked = {one.key[:2] for one in plan.conflicts if not one.field}
    changes: tuple[tuple[GroupName, tuple[RecordChange, ...]], ...] = (
        ("added", plan.added),
        ("changed", plan.changed),
        ("removed", plan.removed),
    )
    for group, some in changes:
        for change in some:
            key = (change.table, change.id)
            if change.table != "placements" and key not in asked:
                title = wording.record_words(names, *key)
                detail = tuple(_fields(names, change, kept=key in plan.kept))
                yield Entry(group, title, detail, about=key)
    for duplicate in plan.duplicates:
        sentence = wording.duplicate_words(names, duplicate)
        both = tr("Both are kept. Remove one of them after the merge if they are the same.")
        yield Entry("alike", wording.record_words(names, duplicate.table, duplicate.theirs),
                    (sentence, both))  # fmt: skip


def _looks(plan: MergePlan) -> Iterator[Entry]:
    """The arrangement: what both copies changed, to be decided together, and what moves."""
    both = tuple(one for one in plan.conflicts if one.is_arrangement)
    if both:
        places = len({one.key[:2] for one in both})
        title = plural(
            "{count} thing is arranged differently",
            "{count} things are arranged differently",
            places,
        )
        yield Entry("looks", title, conflicts=both)
    moved = sum(one.table == "placements" for one in plan.changed)
    if moved:
        title = plural("{count} card was moved", "{count} cards were moved", moved)
        yield Entry("looks", title, (tr("They were moved in the other copy only."),))


def _fields(names: Tables, change: RecordChange, *, kept: bool) -> Iterator[str]:
    """What happens to each field, as lines."""
    if kept:
        yield tr(
            "It had been removed with something that is still to be decided, and goes with it."
        )
    elif change.before is None:
        yield tr("The other copy brings this.")
    elif change.after is None:
        yield tr("It was removed in the other copy, and not changed in yours.")
    for name in change.touched():
        if name == "id":
            continue
        before = wording.field_value(names, change, name, change.before)
        after = wording.field_value(names, change, name, change.after)
        title = FIELDS[change.table][name].title
        if change.before is not None and change.after is not None:
            yield tr("{field}: {before} → {after}", field=title, before=before, after=after)
        elif _is_said(change, name):
            yield tr("{field}: {value}", field=title, value=after if change.after else before)


def _is_said(change: RecordChange, name: str) -> bool:
    record = change.after or change.before
    return record is not None and bool(getattr(record, name))
