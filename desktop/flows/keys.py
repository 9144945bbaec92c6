"""Passphrases, key files, recovery sheets and new keys of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.files import write_secret_question
from desktop.dialogs.keys import KeyAnswer, KeysDialog
from desktop.dialogs.passphrase import NewPassphraseDialog
from desktop.flows.saving import keep, save
from desktop.flows.writing import write
from desktop.tasks import Flow, Progress, ask, in_background
from model.refusals import Trouble
from model.storage.filesystem import FileSystem
from model.storage.keys import KeyFile, Passphrase
from model.storage.recovery import recovery_sheet, write_secret
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from desktop.session import Session
    from model.storage.store import OpenedProject, Store


def manage_keys(store: Store, session: Session) -> Flow[bool]:
    """Show the ways to open the project and change them until the dialog is closed.

    Raises:
        Refusal: a change was not made; the file is as it was.
    """
    kept = session.project is not None or (yield from keep(store, session))
    project = session.project
    while kept and project is not None:
        answer: KeyAnswer = yield from ask(_question(project))
        yield from _carry_out(store, session, project, answer)
        project = session.project
    return kept


def _question(project: OpenedProject) -> Callable[[QWidget], KeysDialog]:
    names = [slot.name for slot in project.key.slots]
    return lambda window: KeysDialog(window, project.path.name, names, project.key.opened_by)


def _carry_out(
    store: Store, session: Session, project: OpenedProject, answer: KeyAnswer
) -> Flow[None]:
    match answer.wish:
        case "remove":
            work = _off_thread(lambda: store.remove_secret(project, answer.slot))
            session.project = yield from in_background(work)
        case "change":
            text = yield from ask(_new_passphrase(project, tr("Change passphrase")))
            work = _off_thread(lambda: store.change_secret(project, Passphrase(text), answer.slot))
            session.project = yield from in_background(work, tr("Changing the passphrase"))
        case "passphrase":
            text = yield from ask(_new_passphrase(project, tr("Add passphrase")))
            work = _off_thread(lambda: store.add_secret(project, Passphrase(text)))
            session.project = yield from in_background(work, tr("Adding the passphrase"))
        case "keyfile" | "recovery":
            yield from _add_key(store, session, project, on_paper=answer.wish == "recovery")
        case "rekey":
            yield from _take_new_key(store, session, project)


def _add_key(
    store: Store, session: Session, project: OpenedProject, *, on_paper: bool
) -> Flow[None]:
    """Write the key or the sheet first: a slot whose key nobody has would be of no use."""
    title = tr("Write the recovery sheet") if on_paper else tr("Write the key file")
    suffix = "txt" if on_paper else "key"
    path: Path = yield from ask(lambda window: write_secret_question(window, title, suffix))
    secret = KeyFile.generate()
    content = recovery_sheet(project.path.name, secret) if on_paper else secret.content()

    def work(_progress: Progress) -> OpenedProject:
        try:
            write_secret(FileSystem(), path, content)
        except OSError as error:
            raise _not_written(path, error) from error
        return store.add_secret(project, secret, "recovery" if on_paper else "keyfile")

    session.project = yield from in_background(work, title)


def _take_new_key(store: Store, session: Session, project: OpenedProject) -> Flow[None]:
    """Seal everything anew under a key that only one new passphrase opens."""
    text = yield from ask(_new_passphrase(project, tr("Take a new key")))
    if session.is_dirty:
        yield from save(store, session)
    current = session.project
    if current is not None:
        yield from write(
            session,
            lambda content: store.rekey(current, content, Passphrase(text)),
            tr("Sealing everything anew"),
        )


def _off_thread(work: Callable[[], OpenedProject]) -> Callable[[Progress], OpenedProject]:
    return lambda _progress: work()


def _new_passphrase(
    project: OpenedProject, button: str
) -> Callable[[QWidget], NewPassphraseDialog]:
    title = tr("A new passphrase for {name}", name=project.path.name)
    return lambda window: NewPassphraseDialog(window, title, button)


def _not_written(path: Path, error: OSError) -> Trouble:
    return Trouble(
        "secret-not-written",
        tr(
            "{name} was not written (system error {code}); the project is as it was.",
            name=path.name,
            code=error.errno,
        ),
    )
