"""Unsaved work, kept as a sealed draft beside the project's earlier versions.

Every commit is appended to the draft journal at once (it survives a crash or kill of the program)
and is forced to the medium within seconds (it survives a power cut). A save empties the draft.
A draft is found again by the project's random id; its file name says nothing. Each window has one
of its own and holds it locked, so that two windows on one project do not write into one draft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from model.patch import Patch
from model.refusals import Refusal
from model.storage.drafts import find_drafts, found_draft, new_draft_path
from model.storage.filesystem import FileSystem
from model.storage.journal import Journal
from model.storage.lockedwork import changes_between
from model.storage.patchcodec import encode_patch
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.session import Session
    from model.document import Commit

__all__ = ["DraftKeeper", "find_drafts", "found_draft"]

SYNC_AFTER_MS = 5_000
"""How long a change may wait before it is forced to the medium (design 9: at most 10 s)."""


class DraftKeeper(QObject):
    """Writes the draft of one session.

    Signals:
        failed: a Refusal; the change is in memory, but not in the draft.
    """

    failed = Signal(object)

    def __init__(
        self,
        session: Session,
        folder: Path,
        in_background: Callable[[Callable[[], None]], None],
    ) -> None:
        """Follow a session; `in_background` runs work that may take long."""
        super().__init__(session)
        self._session = session
        self._folder = folder
        self._in_background = in_background
        self._journal: Journal | None = None
        self._path: Path | None = None
        self._since_save: list[tuple[int, bytes]] = []
        self._pending: list[bytes] = []
        self._failing = False
        self._timer = QTimer(self, singleShot=True, interval=SYNC_AFTER_MS)
        self._timer.timeout.connect(self._sync)
        self._unsubscribe = session.document.subscribe(self._follow)
        session.saved.connect(self._after_save)

    @property
    def is_behind(self) -> bool:
        """Whether a change could not be written to the draft yet."""
        return self._failing or bool(self._pending)

    @property
    def path(self) -> Path | None:
        """Where the draft is, or will be if it is one that is gone on with."""
        return self._path

    def take_over(self, path: Path) -> None:
        """Go on writing behind the draft that was just recovered, or all of it into a new one."""
        project = self._session.project
        if project is None:
            return
        try:
            self._journal, _ = Journal.resume(FileSystem(), path, project.key.identity)
        except (Refusal, OSError):
            changes = changes_between(project.content, self._session.document.content())
            self.begin_with(Patch(tr("Recovered changes"), changes))
        else:
            self._path = path

    def begin_in_place_of(self, path: Path | None) -> None:
        """Let the next draft replace one that is of no use any more, unless a window writes it."""
        try:
            handle = FileSystem().lock(path) if path is not None else None
        except OSError:
            return
        if handle is not None:
            FileSystem().close(handle)
        self._path = path

    def begin_with(self, patch: Patch) -> None:
        """Begin the draft anew with one patch that holds all that is unsaved."""
        self._pending = [encode_patch(patch)] if patch.changes else []
        self._try(self._write_pending)

    def flush(self) -> bool:
        """Put everything on the medium now; False where that did not work."""
        if self._session.project is None:
            return False
        self._timer.stop()
        self._try(self._write_and_sync)
        return not self._failing

    def close(self, *, keep: bool) -> None:
        """Stop; the draft stays only where it holds work that is in no file.

        The session is let go of, so that nothing of it stays in memory.
        """
        self._timer.stop()
        self.setParent(None)
        self._unsubscribe()
        self._session.saved.disconnect(self._after_save)
        if self._journal is None:
            return
        journal, self._journal = self._journal, None
        self._try(journal.close if keep else journal.discard)

    def _follow(self, commit: Commit) -> None:
        if commit.origin == "recover":
            return
        payload = encode_patch(commit.patch)
        self._since_save.append((commit.revision, payload))
        if self._session.project is not None:
            self._pending.append(payload)
            self._try(self._write_pending)

    def _write_pending(self) -> None:
        """Append what is waiting, in order; what fails stays waiting, so that no hole appears."""
        while self._pending:
            if self._journal is None:
                self._journal, self._pending = self._start(self._pending), []
            else:
                self._journal.append(self._pending[0])
                del self._pending[0]
        if self._journal is not None and not self._timer.isActive():
            self._timer.start()

    def _write_and_sync(self) -> None:
        self._write_pending()
        if self._journal is not None:
            self._journal.sync()

    def _start(self, records: list[bytes]) -> Journal:
        project = self._session.project
        if project is None:
            message = "only a project in a file has a draft"
            raise RuntimeError(message)
        if self._path is None or not self._path.name.startswith(project.stamp.project):
            self._path = new_draft_path(self._folder, project)
        return Journal.start(
            FileSystem(),
            self._path,
            project.key.identity.recipient(),
            project.stamp.project,
            project.fingerprint.sha256,
            records,
        )

    def _after_save(self, revision: int) -> None:
        """Begin anew with what was changed while the save ran."""
        later = [(number, payload) for number, payload in self._since_save if number > revision]
        self._since_save = later
        self._pending = [payload for _, payload in later]
        self._try(self._restart)

    def _restart(self) -> None:
        """Put the next draft in the place of the old one; there is no moment without any."""
        old, self._journal = self._journal, None
        if old is not None and self._pending:
            old.close()
        elif old is not None:
            old.discard()
        self._write_pending()

    def _sync(self) -> None:
        if self._pending:
            self._try(self._write_pending)
        journal = self._journal
        if journal is not None:
            self._in_background(journal.sync)

    def _try(self, work: Callable[[], None]) -> None:
        """Run work on the draft; the first failure of a row of them is told, and tried again."""
        try:
            work()
        except (Refusal, OSError) as error:
            if not self._failing and isinstance(error, Refusal):
                self.failed.emit(error)
            self._failing = True
            self._timer.start()
        else:
            self._failing = False
