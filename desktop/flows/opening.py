"""Opening a project file: choose, unlock, read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.dialogs.files import open_project_question
from desktop.flows.secrets import opened_with_secret
from desktop.tasks import Flow, ask, in_background
from model.storage.drafts import Drafts, drafts_after, find_drafts
from model.storage.filesystem import FileSystem
from model.storage.lockedwork import found_work
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from model.storage.keys import Secret
    from model.storage.lockedwork import Work
    from model.storage.store import OpenedProject, Store


@dataclass(frozen=True)
class Opened:
    """A project that was opened, and what was found for it beside its file.

    Attributes:
        project: the project as it is on disk.
        drafts: unsaved changes that come after `project`, or after `work` if there is one.
        work: what was sealed when the project was locked and the program ended before unlocking.
    """

    project: OpenedProject
    drafts: Drafts
    work: Work | None = None


def choose_and_open(store: Store, drafts: Path) -> Flow[Opened]:
    """Ask which file, then open it."""
    path = yield from ask(open_project_question)
    return (yield from open_project(store, drafts, path))


def open_project(store: Store, drafts: Path, path: Path) -> Flow[Opened]:
    """Open a file, asking for its passphrase until it fits or the user gives up.

    Raises:
        Refusal: when the file itself cannot be opened; nothing was changed.
    """
    yield from in_background(lambda _: store.info(path))
    title = tr("Opening {name}", name=path.name)
    opening = opened_with_secret(path.name, title, lambda one: unlock(store, drafts, path, one))
    return (yield from opening)


def unlock(store: Store, drafts: Path, path: Path, secret: Secret) -> Opened:
    """Derive the key, read the file and look for unsaved changes; call from a worker."""
    project = store.open(path, secret)
    work = found_work(FileSystem(), drafts, project)
    if work is not None:
        return Opened(project, drafts_after(drafts, project, work.unsaved), work)
    return Opened(project, find_drafts(drafts, project))
