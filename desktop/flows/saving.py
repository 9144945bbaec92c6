"""Saving: into the file the project came from, or for the first time under a passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.files import save_project_question
from desktop.dialogs.passphrase import NewPassphraseDialog
from desktop.tasks import Flow, ask, in_background
from model.refusals import Refusal
from model.storage.keys import Passphrase
from resources.text import tr

if TYPE_CHECKING:
    from desktop.session import Session
    from desktop.tasks import Progress
    from model.storage.store import Saved, Store


def save(store: Store, session: Session) -> Flow[bool]:
    """Save; asks where and under which passphrase when there is no file yet.

    One save runs at a time; a request during it makes another one follow.

    Raises:
        Refusal: with what happened and what is safe; the document stays unsaved.
    """
    if session.is_saving:
        session.save_again = True
        return False
    if session.project is None:
        return (yield from keep(store, session))
    project = session.project
    content, mark = session.document.content(), session.history.mark
    revision = session.document.revision

    def work(_progress: Progress) -> Saved:
        return store.save(project, content)

    session.begin_save()
    try:
        saved = yield from in_background(work)
    except Refusal as refusal:
        session.fail_save(_short(refusal))
        raise
    session.end_save(saved, mark, revision)
    if session.save_again:
        session.save_again = False
        return (yield from save(store, session))
    return True


def keep(store: Store, session: Session) -> Flow[bool]:
    """Keep the project in a new file: ask where, ask for a passphrase, seal."""
    path = yield from ask(save_project_question)
    text = yield from ask(
        lambda window: NewPassphraseDialog(
            window, tr("A passphrase for {name}", name=path.name), tr("Encrypt and save")
        )
    )
    content, mark = session.document.content(), session.history.mark
    revision = session.document.revision

    def work(_progress: Progress) -> Saved:
        # The file dialog has asked before an existing file may be replaced.
        return store.create(path, content, Passphrase(text), overwrite=True)

    session.begin_save()
    try:
        saved = yield from in_background(work, tr("Encrypting {name}", name=path.name))
    except Refusal as refusal:
        session.fail_save(_short(refusal))
        raise
    session.end_save(saved, mark, revision)
    return True


def change_passphrase(store: Store, session: Session) -> Flow[bool]:
    """Give the file another passphrase; copies made before keep the old one.

    Raises:
        Refusal: when the project is in no file yet, or the file cannot be written.
    """
    if session.project is None:
        return (yield from keep(store, session))
    project = session.project
    text = yield from ask(
        lambda window: NewPassphraseDialog(
            window,
            tr("A new passphrase for {name}", name=project.path.name),
            tr("Change passphrase"),
        )
    )
    changed = yield from in_background(
        lambda _: store.change_secret(project, Passphrase(text)), tr("Changing the passphrase")
    )
    session.project = changed
    return True


def _short(refusal: Refusal) -> str:
    return refusal.message.rstrip(".")
