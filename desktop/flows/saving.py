"""Saving: into the file the project came from, or for the first time under a passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.files import save_project_question
from desktop.dialogs.passphrase import NewPassphraseDialog
from desktop.flows.merging import changed_on_disk
from desktop.flows.writing import write
from desktop.tasks import Flow, ask, in_background
from model.storage.errors import ChangedOnDisk
from model.storage.keys import Passphrase
from resources.text import tr

if TYPE_CHECKING:
    from desktop.session import Session
    from model.document import Content
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
    try:
        yield from write(session, lambda content: store.save(project, content))
    except ChangedOnDisk:
        return (yield from changed_on_disk(store, session))
    if session.save_again:
        session.save_again = False
        return (yield from save(store, session))
    return True


def keep(store: Store, session: Session) -> Flow[bool]:
    """Keep the project in a new file: ask where, ask for a passphrase, seal.

    The new file of a project that has one already can be merged with it later.
    """
    path = yield from ask(save_project_question)
    text = yield from ask(
        lambda window: NewPassphraseDialog(
            window, tr("A passphrase for {name}", name=path.name), tr("Encrypt and save")
        )
    )
    secret, project = Passphrase(text), session.project

    def work(content: Content) -> Saved:
        # The file dialog has asked before an existing file may be replaced.
        if project is None:
            return store.create(path, content, secret, overwrite=True)
        return store.save_copy(project, path, content, secret=secret, overwrite=True)

    return (yield from write(session, work, tr("Encrypting {name}", name=path.name)))


def change_passphrase(store: Store, session: Session) -> Flow[bool | str]:
    """Give the file another passphrase; what the old one still opens is said then.

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
    return tr(
        "{name} has another passphrase now. Copies made before, and its earlier versions on this "
        "computer, still open with the old one.",
        name=project.path.name,
    )
