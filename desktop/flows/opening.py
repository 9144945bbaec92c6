"""Opening a project file: choose, unlock, read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.files import open_project_question
from desktop.dialogs.passphrase import asker
from desktop.tasks import Flow, ask, in_background
from model.storage.errors import WrongPassphrase
from model.storage.keys import Passphrase
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from model.storage.store import OpenedProject, Store


def choose_and_open(store: Store) -> Flow[OpenedProject]:
    """Ask which file, then open it."""
    path = yield from ask(open_project_question)
    return (yield from open_project(store, path))


def open_project(store: Store, path: Path) -> Flow[OpenedProject]:
    """Open a file, asking for its passphrase until it fits or the user gives up.

    Raises:
        Refusal: when the file itself cannot be opened; nothing was changed.
    """
    yield from in_background(lambda _: store.info(path))
    problem = ""
    while True:
        text = yield from ask(asker(path.name, problem))
        try:
            return (yield from unlock(store, path, text))
        except WrongPassphrase as refusal:
            problem = refusal.message


def unlock(store: Store, path: Path, passphrase: str) -> Flow[OpenedProject]:
    """Derive the key and read the file, off the GUI thread."""
    return (
        yield from in_background(
            lambda _: store.open(path, Passphrase(passphrase)), tr("Opening {name}", name=path.name)
        )
    )
