"""Unsaved work, kept as a sealed draft beside the project's earlier versions.

Every commit is appended to the draft journal at once (it survives a crash or kill of the program)
and is forced to the medium within seconds (it survives a power cut). A save empties the draft.
A draft is found again by the project's random id; its file name says nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from model.identifiers import random_id
from model.refusals import Refusal, Trouble
from model.storage.errors import StorageRefusal
from model.storage.filesystem import FileSystem
from model.storage.journal import Journal, replay
from model.storage.patchcodec import decode_patch, encode_patch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.session import Session
    from model.document import Commit, Content
    from model.patch import Patch
    from model.records import Record
    from model.storage.store import OpenedProject

SYNC_AFTER_MS = 5_000
"""How long a change may wait before it is forced to the medium (design 9: at most 10 s)."""
ASIDE = ".aside"


def draft_path(folder: Path, project: OpenedProject) -> Path:
    """Where the draft of a project is kept."""
    return folder / f"{project.stamp.project}.draft"


def drafted_after(folder: Path, project: OpenedProject, work: Patch) -> tuple[Patch, ...]:
    """The drafted changes that are newer than the work sealed at locking; none as a rule."""
    content = {table: dict(records) for table, records in project.content.items()}
    for change in work.changes:
        table = content.setdefault(change.table, {})
        if change.after is None:
            table.pop(change.id, None)
        else:
            table[change.id] = change.after
    return found_draft(folder, replace(project, content=content))


def found_draft(folder: Path, project: OpenedProject) -> tuple[Patch, ...]:
    """The unsaved changes that fit the file as it was just opened; call from a worker.

    A draft usually starts from the very file. After a crash between a save and the clearing of the
    draft it starts from the file before; then what the save already holds is left out. A draft that
    fits no way is put aside untouched, never applied and never deleted.

    Raises:
        Trouble: the draft cannot be read; the project itself is open and whole.
    """
    files, path = FileSystem(), draft_path(folder, project)
    if files.facts(path) is None:
        return ()
    try:
        held = replay(files, path, project.key.identity)
        patches = tuple(decode_patch(record) for record in held.records)
        if held.project == project.stamp.project:
            missing = not_yet_in(project.content, patches)
            if missing is not None:
                return missing
    except Trouble:
        raise
    except StorageRefusal:
        pass
    path.replace(path.with_name(f"{path.name}.{random_id()[:8]}{ASIDE}"))
    return ()


def not_yet_in(content: Content, patches: tuple[Patch, ...]) -> tuple[Patch, ...] | None:
    """Those patches at the end that a content does not hold yet; None where they do not fit it.

    The content fits after k patches if every record that any of them touches is as it was then;
    the largest such k is taken.
    """
    states: dict[tuple[str, str], list[tuple[int, Record | None]]] = {}
    for number, patch in enumerate(patches):
        for change in patch.changes:
            history = states.setdefault((change.table, change.id), [(0, change.before)])
            if history[-1][1] != change.before:
                return None
            history.append((number + 1, change.after))
    fitting = set(range(len(patches) + 1))
    for (table, record_id), history in states.items():
        now = content.get(table, {}).get(record_id)
        ends = [start for start, _ in history[1:]] + [len(patches) + 1]
        spans = zip(history, ends, strict=True)
        fitting &= {k for (start, was), end in spans if was == now for k in range(start, end)}
    return patches[max(fitting) :] if fitting else None


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
        self._since_save: list[tuple[int, bytes]] = []
        self._pending: list[bytes] = []
        self._failing = False
        self._timer = QTimer(self, singleShot=True, interval=SYNC_AFTER_MS)
        self._timer.timeout.connect(self._sync)
        self._unsubscribe = session.document.subscribe(self._follow)
        session.saved.connect(self._after_save)

    def take_over(self) -> None:
        """Go on writing behind the draft that was just recovered."""
        project = self._session.project
        if project is not None:
            path = draft_path(self._folder, project)
            self._try(lambda: self._resume(path, project))

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

    def _resume(self, path: Path, project: OpenedProject) -> None:
        self._journal, _ = Journal.resume(FileSystem(), path, project.key.identity)

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
        return Journal.start(
            FileSystem(),
            draft_path(self._folder, project),
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
