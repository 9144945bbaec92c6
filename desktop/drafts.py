"""Unsaved work, kept as a sealed draft beside the project's earlier versions.

Every commit is appended to the draft journal at once (it survives a crash or kill of the program)
and is forced to the medium within seconds (it survives a power cut). A save empties the draft.
A draft is found again by the project's random id; its file name says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from model.refusals import Refusal, Trouble
from model.storage.errors import StorageRefusal
from model.storage.filesystem import FileSystem
from model.storage.journal import Journal, replay
from model.storage.patchcodec import decode_patch, encode_patch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.session import Session
    from model.document import Commit
    from model.patch import Patch
    from model.storage.store import OpenedProject

SYNC_AFTER_MS = 5_000
"""How long a change may wait before it is forced to the medium (design 9: at most 10 s)."""
_ASIDE = ".aside"


def draft_path(folder: Path, project: OpenedProject) -> Path:
    """Where the draft of a project is kept."""
    return folder / f"{project.stamp.project}.draft"


def found_draft(folder: Path, project: OpenedProject) -> tuple[Patch, ...]:
    """The unsaved changes that fit the file as it was just opened; call from a worker.

    A draft that belongs to another state of the file is put aside untouched, never applied and
    never deleted.

    Raises:
        Trouble: the draft cannot be read; the project itself is open and whole.
    """
    files, path = FileSystem(), draft_path(folder, project)
    if files.facts(path) is None:
        return ()
    try:
        held = replay(files, path, project.key.identity)
        if held.project == project.stamp.project and held.base == project.fingerprint.sha256:
            return tuple(decode_patch(record) for record in held.records)
    except Trouble:
        raise
    except StorageRefusal:
        pass
    path.replace(path.with_name(path.name + _ASIDE))
    return ()


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
        self._timer = QTimer(self, singleShot=True, interval=SYNC_AFTER_MS)
        self._timer.timeout.connect(self._sync)
        session.document.subscribe(self._follow)
        session.saved.connect(self._after_save)

    def take_over(self) -> None:
        """Go on writing behind the draft that was just recovered."""
        project = self._session.project
        if project is not None:
            path = draft_path(self._folder, project)
            self._try(lambda: self._resume(path, project))

    def close(self, *, keep: bool) -> None:
        """Stop; the draft stays only where it holds work that is in no file."""
        self._timer.stop()
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
            self._try(lambda: self._append(payload))

    def _append(self, payload: bytes) -> None:
        if self._journal is None:
            self._start()
        if self._journal is not None:
            self._journal.append(payload)
            if not self._timer.isActive():
                self._timer.start()

    def _start(self) -> None:
        project = self._session.project
        if project is not None:
            self._journal = Journal.start(
                FileSystem(),
                draft_path(self._folder, project),
                project.key.identity.recipient(),
                project.stamp.project,
                project.fingerprint.sha256,
            )

    def _after_save(self, revision: int) -> None:
        """Begin anew with what was changed while the save ran."""
        later = [(number, payload) for number, payload in self._since_save if number > revision]
        self._since_save = later
        self._try(lambda: self._restart([payload for _, payload in later]))

    def _restart(self, payloads: list[bytes]) -> None:
        if self._journal is not None:
            journal, self._journal = self._journal, None
            journal.discard()
        for payload in payloads:
            self._append(payload)

    def _sync(self) -> None:
        journal = self._journal
        if journal is not None:
            self._in_background(journal.sync)

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Refusal as refusal:
            self.failed.emit(refusal)
