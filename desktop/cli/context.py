"""What commands share: the store, today's checklist items, and projects opened for reading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.secrets import existing_secret
from desktop.settings import config_folder, data_folder, load_settings
from desktop.version import app_name
from model.refusals import Refusal
from model.storage.drafts import find_drafts
from model.storage.errors import AlreadyThere
from model.storage.filesystem import FileSystem
from model.storage.lockedwork import found_work
from model.storage.store import Store
from resources.text import tr

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.cli.console import Console
    from model.storage.store import OpenedProject


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of one run of the command line.

    Attributes:
        console: where to write.
        work_factor: scrypt work factor of new passphrases; only tests lower it.
    """

    console: Console
    work_factor: int

    @property
    def store(self) -> Store:
        """The door to project files; earlier versions are kept where the window keeps them."""
        return Store(
            app_name(),
            generations=data_folder() / "generations",
            versions_kept=load_settings(config_folder()).versions_kept,
            log_n=self.work_factor,
        )

    def open(self, options: Namespace) -> OpenedProject:
        """Open the project that a command is about.

        Raises:
            Refusal: it cannot be opened; a file that is none is refused before any question.
        """
        path = Path(options.file)
        store = self.store
        store.info(path)
        return store.open(path, existing_secret(options, path))


def check_target(path: Path, *, force: bool | None) -> None:
    """Refuse a target before any work or question, where it would be refused in the end.

    Raises:
        AlreadyThere: there is a file and no --force; None where the command has none.
        Refusal: it is a folder, or its folder does not exist.
    """
    if path.is_dir():
        raise Refusal("target", tr("{name}: this is a folder; name a file in it.", name=path))
    if path.exists() and not force:
        sentence = (
            tr("there is already a file; choose another name.")
            if force is None
            else tr("there is already a file; choose another name or give --force.")
        )
        raise AlreadyThere(sentence).at(str(path))
    if not path.parent.is_dir():
        message = tr("{name}: its folder does not exist; make it first.", name=path)
        raise Refusal("target", message)


def refuse_unsaved(project: OpenedProject) -> None:
    """Refuse where a draft on this computer holds work that would be lost with the old state.

    Raises:
        Refusal: there is such work.
    """
    drafts = data_folder() / "drafts"
    found = find_drafts(drafts, project)
    work = found_work(FileSystem(), drafts, project)
    if found.patches or found.strays or found.trouble or work is not None:
        message = tr(
            "{name} has unsaved work in a draft on this computer; open it in the window and save "
            "it first.",
            name=project.path.name,
        )
        raise Refusal("draft", message)
