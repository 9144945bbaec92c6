"""Purging the history of a project: say what goes, save, remove, forget the undo history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.passphrase import NewPassphraseDialog
from desktop.dialogs.purging import PurgeChoice, PurgeDialog
from desktop.flows.writing import write
from desktop.tasks import Flow, ask
from model.commands.exports import forget_exports
from model.refusals import Refusal
from model.storage.keys import Passphrase
from model.storage.purging import purge
from resources.text import plural, tr

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.session import Session
    from model.document import Content
    from model.storage.purging import Purged
    from model.storage.store import Saved, Store


def purge_history(store: Store, session: Session, drafts: Path) -> Flow[str]:
    """Ask what is to go, carry it out, and say what went.

    Raises:
        Refusal: the project is in no file, or nothing was removed.
        Trouble: the file is purged, but something beside it could not be removed.
    """
    project = session.project
    if project is None:
        raise Refusal(
            "no-file",
            tr("This project is in no file, so it has no history yet; nothing needs purging."),
        )
    versions = len(store.earlier_versions(project))
    exports = len(session.document.table("exports"))
    choice: PurgeChoice = yield from ask(
        lambda window: PurgeDialog(
            window,
            project.path.name,
            versions=versions,
            checkpoints=len(project.lineage.checkpoints),
            exports=exports,
        )
    )
    secret = None
    if choice.rekey:
        title = tr("A new passphrase for {name}", name=project.path.name)
        text = yield from ask(
            lambda window: NewPassphraseDialog(window, title, tr("Save and purge"))
        )
        secret = Passphrase(text)
    if choice.exports:
        forget_exports(session.document)
    session.history.close_step()
    done: list[Purged] = []

    def work(content: Content) -> Saved:
        purged = purge(
            store,
            project,
            content,
            drafts,
            versions=choice.versions,
            secret=secret,
        )
        done.append(purged)
        return purged.saved

    yield from write(session, work, tr("Purging the history"))
    session.history.clear()
    return plural(
        "Purged: undo history, drafts, states for merging and {count} earlier version. Copies "
        "elsewhere are as they were.",
        "Purged: undo history, drafts, states for merging and {count} earlier versions. Copies "
        "elsewhere are as they were.",
        done[0].versions,
    )
