"""What two copies have in common: the newest saves that both come from, and the state then.

Saves form a graph (a merge has two parents). A state that lies behind another common one is no
base to merge from: a change that was taken back since would be lost without a word. Where there
are several newest common saves, their states are merged first, and what they disagree about is
asked. No clock and no numbering decides.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from model.merge.threeway import Base, merge
from model.storage.lineage import Lineage, chained
from model.storage.schema import MAX_ANCESTORS, SaveStamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from model.records import Record
    from model.storage.store import OpenedProject

    Content = Mapping[str, Mapping[str, Record]]
    Parents = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Copy:
    """One of two copies of a project, as its file stands.

    Attributes:
        stamp, lineage: which save it is and what it comes from.
        content: the tables of that save, without unsaved work.
    """

    stamp: SaveStamp
    lineage: Lineage
    content: Content

    @classmethod
    def of(cls, project: OpenedProject) -> Copy:
        """The copy that a project file is."""
        return cls(project.stamp, project.lineage, project.content)

    @property
    def line(self) -> tuple[str, ...]:
        """Its save and all before it, every save before its parents."""
        return (self.stamp.id, *self.stamp.ancestors)

    def parents(self) -> Parents:
        """The parents of each save that is known."""
        line = self.line
        following: Parents = {one: (after,) for one, after in itertools.pairwise(line)}
        return {one: self.lineage.parents.get(one, following.get(one, ())) for one in line}

    def state(self, save_id: str) -> Content | None:
        """The tables of a save, if this file holds them."""
        if save_id == self.stamp.id:
            return self.content
        return self.lineage.state(self.content, save_id)


def common_saves(ours: Copy, theirs: Copy) -> list[str]:
    """The newest saves that both come from: none of them lies behind another."""
    others = set(theirs.line)
    parents = theirs.parents() | ours.parents()
    return list(_newest((one for one in ours.line if one in others), parents))


def _newest(saves: Iterable[str], parents: Parents) -> Iterator[str]:
    """Of saves in an order in which children come first: those that no other comes from."""
    behind: set[str] = set()
    for save in saves:
        if save not in behind:
            yield save
            pending = [save]
            while pending:
                for parent in parents.get(pending.pop(), ()):
                    if parent not in behind:
                        behind.add(parent)
                        pending.append(parent)


def find_base(
    ours: Copy, theirs: Copy, elsewhere: Callable[[str], Content | None] = lambda _: None
) -> Base:
    """The state to merge from.

    Args:
        ours, theirs: the two copies.
        elsewhere: looks up the tables of a save in another place, such as earlier versions.

    Returns:
        a base without content where a newest common save is not known or its state is not kept;
        then every difference is to be asked.
    """

    def state(save_id: str) -> Content | None:
        found = ours.state(save_id) or theirs.state(save_id)
        return found if found is not None else elsewhere(save_id)

    saves = common_saves(ours, theirs)
    states = [(one, state(one)) for one in saves]
    known = [(one, content) for one, content in states if content is not None]
    if not saves or len(known) < len(saves):
        return Base(None)
    if len(known) == 1:
        return Base(known[0][1])
    parents = theirs.parents() | ours.parents()
    return _joined_bases(known, ours.line, parents, state)


def _joined_bases(
    known: list[tuple[str, Content]],
    line: tuple[str, ...],
    parents: Parents,
    state: Callable[[str], Content | None],
) -> Base:
    """Several common states as one: what they made of their own common state, doubts marked."""
    (first, content), *rest = known
    unsure: set[tuple[str, str, str]] = set()
    behind = _ancestors(first, parents)
    for save, other in rest:
        behind &= _ancestors(save, parents)
        grounds = list(_newest((one for one in line if one in behind), parents))
        ground = state(grounds[0]) if len(grounds) == 1 else None
        plan = merge(Base(ground), content, other)
        unsure |= {conflict.key for conflict in plan.conflicts}
        unsure |= {(table, record_id, "") for table, record_id in plan.kept}
        content = plan.applied_to(content)
    return Base(content, frozenset(unsure))


def _ancestors(save: str, parents: Parents) -> set[str]:
    found: set[str] = set()
    pending = [save]
    while pending:
        for parent in parents.get(pending.pop(), ()):
            if parent not in found:
                found.add(parent)
                pending.append(parent)
    return found


def joined(ours: OpenedProject, theirs: OpenedProject) -> OpenedProject:
    """Our file as one that comes from both copies; the next save makes it so.

    The states of both copies become checkpoints, so that whoever has either can merge again.
    """
    mine, other = Copy.of(ours), Copy.of(theirs)
    if other.stamp.id in mine.line:
        return ours
    if mine.stamp.id in other.line:
        ahead = replace(ours, stamp=replace_project(theirs.stamp, ours.stamp), lineage=Lineage())
        return replace(
            ahead,
            lineage=Lineage(other.lineage.parents, "", chained(ours.content, _states(other, mine))),
        )
    line = _merged_line(mine.line, other.line)
    stamp = SaveStamp(
        ours.stamp.project,
        ours.stamp.id,
        max(ours.stamp.number, theirs.stamp.number),
        line[1 : MAX_ANCESTORS + 1],
    )
    parents = _exceptions(line, other.parents() | mine.parents())
    checkpoints = chained(ours.content, _states(mine, other))
    return replace(ours, stamp=stamp, lineage=Lineage(parents, theirs.stamp.id, checkpoints))


def replace_project(stamp: SaveStamp, ours: SaveStamp) -> SaveStamp:
    """The stamp of the other copy, numbered so that ours stays older."""
    number = max(stamp.number, ours.number)
    return SaveStamp(ours.project, stamp.id, number, stamp.ancestors)


def _merged_line(mine: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Both lines as one in which every save stands before its parents."""
    common = set(mine) & set(other)
    return (
        *(one for one in mine if one not in common),
        *(one for one in other if one not in common),
        *(one for one in mine if one in common),
    )


def _exceptions(line: tuple[str, ...], parents: Parents) -> Parents:
    """The saves of a line whose parents are not simply the next one."""
    following = dict(zip(line, (*((one,) for one in line[1:]), ()), strict=True))
    return {one: parents[one] for one in line if one in parents and parents[one] != following[one]}


def _states(first: Copy, second: Copy) -> Iterator[tuple[str, Content]]:
    """The states that both copies hold, their own first, then their checkpoints by turns."""
    seen: set[str] = set()
    lists = [
        [copy.stamp.id, *(one.id for one in copy.lineage.checkpoints)] for copy in (first, second)
    ]
    for place in range(max(map(len, lists))):
        for copy, ids in zip((first, second), lists, strict=True):
            save_id = ids[place] if place < len(ids) else ""
            if save_id and save_id not in seen:
                seen.add(save_id)
                content = copy.state(save_id)
                if content is not None:
                    yield save_id, content
