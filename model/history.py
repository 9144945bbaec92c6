"""Undo and redo over patches, with joining of small steps, a saved mark and a budget.

Two consecutive patches join when they carry the same merge key, no save lies between them and
`close_step` was not called (the user left the field, released the mouse for good). A step that
returns to where it began disappears. History is never part of the project file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.lasting import keeping_the_log, log_entries
from model.patch import Patch, join

if TYPE_CHECKING:
    from model.document import Commit, Document

MAX_STEPS = 500
MAX_BYTES = 64 * 1024 * 1024


class Step(msgspec.Struct, frozen=True):
    """A step that can be taken back: its patch, its rough size in bytes, the marks around it."""

    patch: Patch
    size: int
    before_mark: int
    after_mark: int


class HistoryState(msgspec.Struct, frozen=True):
    """All of a history, to go on with later under an equal document.

    Attributes:
        done: steps that can be taken back, oldest first.
        undone: steps that can be done again, the next one last.
        mark, marks, saved_mark: where the numbers of states stand.
        lasting: ids of entries of the decision log that undo leaves in place.
    """

    done: tuple[Step, ...]
    undone: tuple[Step, ...]
    mark: int
    marks: int
    saved_mark: int
    lasting: tuple[str, ...] = ()


class History:
    """Follows a document's commits and takes them back one by one."""

    def __init__(self, document: Document) -> None:
        """Follow the document from now on; its present state counts as saved."""
        self._document = document
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._mark = 0
        self._marks = 0
        self._saved_mark = 0
        self._step_open = False
        self._bytes = 0
        self._lasting = log_entries(document)
        document.subscribe(self._follow)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done) and not self._document.is_protected

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._undone) and not self._document.is_protected

    @property
    def undo_label(self) -> str:
        """What undo would take back, in the user's words."""
        return self._done[-1].patch.label if self._done else ""

    @property
    def redo_label(self) -> str:
        """What redo would do again."""
        return self._undone[-1].patch.label if self._undone else ""

    @property
    def is_saved(self) -> bool:
        """Whether the document is as it was when last saved."""
        return self._mark == self._saved_mark

    @property
    def mark(self) -> int:
        """A number for the present state; the same state by undo has the same number."""
        return self._mark

    def mark_saved(self, mark: int | None = None) -> None:
        """Remember the present state (or that of an earlier mark) as the saved one."""
        self._saved_mark = self._mark if mark is None else mark
        self._lasting = log_entries(self._document)
        self.close_step()

    def close_step(self) -> None:
        """Let the next patch begin a step of its own."""
        self._step_open = False

    def undo(self) -> Patch | None:
        """Take back the last step; returns the patch that did so.

        Entries of the decision log that have been saved stay (`model.lasting`).
        """
        if not self.can_undo:
            return None
        step = self._done.pop()
        self._bytes -= step.size
        self.close_step()
        patch = keeping_the_log(step.patch.inverse, self._document, self._lasting)
        if patch.changes:
            self._undone.append(msgspec.structs.replace(step, patch=patch.inverse))
            self._mark = step.before_mark
        # Subscribers ask at once what can be undone and redone, and whether all is saved.
        self._document.apply(patch, "undo")
        return patch

    def redo(self) -> Patch | None:
        """Do the last undone step again; returns its patch."""
        if not self.can_redo:
            return None
        step = self._undone.pop()
        self.close_step()
        self._done.append(step)
        self._bytes += step.size
        self._mark = step.after_mark
        self._document.apply(step.patch, "redo")
        return step.patch

    def clear(self) -> None:
        """Drop all steps (purge); the document stays as it is."""
        self._done.clear()
        self._undone.clear()
        self._bytes = 0
        self.close_step()

    def state(self) -> HistoryState:
        """Everything, for keeping it sealed while the project is locked."""
        return HistoryState(
            tuple(self._done),
            tuple(self._undone),
            self._mark,
            self._marks,
            self._saved_mark,
            tuple(sorted(self._lasting)),
        )

    def restore(self, state: HistoryState) -> None:
        """Go on with an earlier history; the document must be as it was then."""
        self._done = list(state.done)
        self._undone = list(state.undone)
        self._mark, self._marks, self._saved_mark = state.mark, state.marks, state.saved_mark
        self._bytes = sum(step.size for step in self._done)
        self._lasting = frozenset(state.lasting)
        self.close_step()

    def _follow(self, commit: Commit) -> None:
        if commit.origin in {"undo", "redo"}:
            return
        self._undone.clear()
        self._marks += 1
        before = self._mark
        self._mark = self._marks
        if self._joins(commit.patch):
            self._join(commit.patch)
        else:
            self._push(commit.patch, before)
        self._step_open = bool(commit.patch.merge_key)
        self._keep_budget()

    def _joins(self, patch: Patch) -> bool:
        return (
            self._step_open
            and bool(self._done)
            and bool(patch.merge_key)
            and self._done[-1].patch.merge_key == patch.merge_key
        )

    def _join(self, patch: Patch) -> None:
        last = self._done.pop()
        self._bytes -= last.size
        joined = join(last.patch, patch)
        if joined.changes:
            self._push(joined, last.before_mark)
        else:
            self._mark = last.before_mark

    def _push(self, patch: Patch, before_mark: int) -> None:
        size = sum(_size(change.before) + _size(change.after) for change in patch.changes)
        self._done.append(Step(patch, size, before_mark, self._mark))
        self._bytes += size

    def _keep_budget(self) -> None:
        while len(self._done) > 1 and (len(self._done) > MAX_STEPS or self._bytes > MAX_BYTES):
            self._bytes -= self._done.pop(0).size


def _size(record: msgspec.Struct | None) -> int:
    """A rough count of bytes; unchanged texts are shared, so this errs on the large side."""
    if record is None:
        return 0
    texts = sum(
        len(value)
        for name in record.__struct_fields__
        if type(value := getattr(record, name)) is str
    )
    return 200 + texts
