"""Saving by itself: within a minute of a change, where the file is on this computer.

A failed automatic save is told by the save state and tried again, more rarely each time; it never
opens a dialog and never overwrites a file that somebody else has changed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.flows.writing import write
from model.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.session import Session
    from desktop.tasks import Flow
    from model.storage.store import Store

AFTER_MS = 45_000
"""So that a save is on disk within a minute of the change."""
LONGEST_MS = 600_000
_REMOTE = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "sshfs",
    "davfs",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
}
_MOUNTS = Path("/proc/self/mounts")


def is_local(path: Path) -> bool:
    """Whether a file is on a medium of this computer, as far as the system tells."""
    text = str(path.absolute())
    if sys.platform == "win32":
        return not text.startswith("\\\\")
    if not _MOUNTS.exists():
        return True
    found = ("", "")
    for line in _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines():
        _, place, kind, *_ = line.split(" ")
        place = place.replace("\\040", " ")
        inside = text == place or text.startswith(place.rstrip("/") + "/")
        if inside and len(place) >= len(found[0]):
            found = (place, kind)
    return found[1].removeprefix("fuse.") not in _REMOTE


def autosave(store: Store, session: Session) -> Flow[bool]:
    """Save in silence; what goes wrong is told by the save state alone."""
    project = session.project
    if project is None or session.is_saving or not session.is_dirty:
        return False
    try:
        return (yield from write(session, lambda content: store.save(project, content)))
    except Refusal:
        return False


class AutoSaver(QObject):
    """Starts automatic saves of one session."""

    def __init__(self, session: Session, save: Callable[[], None]) -> None:
        """Follow a session; `save` starts the flow."""
        super().__init__()
        self._session = session
        self._save = save
        self._wait = AFTER_MS
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._due)
        session.state_changed.connect(self._follow)

    def stop(self) -> None:
        """Let go of the session."""
        self._timer.stop()
        self._session.state_changed.disconnect(self._follow)

    def _follow(self) -> None:
        session = self._session
        if not session.is_dirty:
            self._wait = AFTER_MS
            self._timer.stop()
        elif session.project is not None and not session.is_saving and not self._timer.isActive():
            self._timer.start(self._wait)

    def _due(self) -> None:
        project = self._session.project
        if project is None or not self._session.is_dirty or not is_local(project.path):
            return
        self._wait = min(2 * self._wait, LONGEST_MS)
        self._save()
