"""One open project: the document, its history, the file it came from, and how safe it is.

The save state is told in words and is never ahead of the disk (safety study, T16).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.save_state import SaveState
from model.document import Document
from model.history import History
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from model.document import Content
    from model.merge.threeway import MergePlan
    from model.storage.store import OpenedProject, Saved
    from widgets.merging.map import MergeMap


class Session(QObject):
    """An open project.

    Signals:
        state_changed: the save state or the file may be another now.
        first_edit: something was changed that is in no file yet.
        saved: the document's state of that revision is on disk.
    """

    state_changed = Signal()
    saved = Signal(int)
    first_edit = Signal()

    def __init__(
        self, content: Content, project: OpenedProject | None, title: str, as_of: date
    ) -> None:
        """Open content that was read from a file, or that is only in memory."""
        super().__init__()
        self.document = Document(content)
        self.history = History(self.document)
        self.project = project
        self.title = title
        self.as_of = as_of
        self.save_again = False
        self.map_of_merge: Callable[[MergePlan], MergeMap] | None = None
        self._saving = False
        self._trouble = ""
        self._not_durable = False
        self._told_first_edit = False
        self._unsubscribe = self.document.subscribe(lambda _: self._edited())

    @property
    def is_dirty(self) -> bool:
        """Whether there is something that closing would lose."""
        return not self.history.is_saved

    @property
    def is_saving(self) -> bool:
        """Whether a save is under way."""
        return self._saving

    @property
    def state(self) -> SaveState:
        """How safe the present state is."""
        if self._saving:
            return SaveState.SAVING
        if self._trouble:
            return SaveState.FAILED
        if self.project is None:
            return SaveState.MEMORY
        return SaveState.UNSAVED if self.is_dirty else SaveState.SAVED

    def state_in_words(self) -> str:
        """The save state as the status bar says it."""
        if self.state is SaveState.FAILED:
            return tr("Not saved: {reason}", reason=self._trouble)
        if self.state is SaveState.SAVED and self._not_durable:
            return tr("Saved, but the drive did not confirm that it is durable")
        return {
            SaveState.MEMORY: tr("Only in memory"),
            SaveState.SAVED: tr("Saved, encrypted"),
            SaveState.UNSAVED: tr("Changes not saved yet"),
            SaveState.SAVING: tr("Saving…"),
        }[self.state]

    def begin_save(self) -> None:
        """A save has begun."""
        self._saving = True
        self.state_changed.emit()

    def end_save(self, saved: Saved, mark: int, revision: int) -> None:
        """A save of the state with that history mark and revision is on disk."""
        self._saving = False
        self._trouble = ""
        self._not_durable = not saved.durable
        self.project = saved.project
        self.title = saved.project.path.stem
        self.history.mark_saved(mark)
        self.saved.emit(revision)
        self.state_changed.emit()

    def fail_save(self, reason: str) -> None:
        """A save did not succeed; the file on disk is as it was."""
        self._saving = False
        self._trouble = reason
        self.state_changed.emit()

    def close(self) -> None:
        """Let go of the document, so that nothing of the project stays in memory."""
        self._unsubscribe()
        self.map_of_merge = None

    def _edited(self) -> None:
        self.state_changed.emit()
        if self.project is None and not self._told_first_edit:
            self._told_first_edit = True
            self.first_edit.emit()


def opening_day(content: Content, today: date) -> date:
    """The day a project opens at: the one it names, else today."""
    wanted = getattr(content.get("project", {}).get("project"), "as_of", None)
    return wanted.stated_first() if wanted is not None and not wanted.open else today
