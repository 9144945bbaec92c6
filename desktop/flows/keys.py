"""Passphrases, key files, recovery sheets and new keys of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.files import write_secret_question
from desktop.dialogs.keys import KeyAnswer, KeysDialog, RemoveDialog
from desktop.dialogs.members import MemberDialog, NewMember
from desktop.dialogs.passphrase import NewPassphraseDialog
from desktop.dialogs.recovery_sheet import SheetDialog, SheetForm, TypeBackDialog
from desktop.flows.saving import keep, save
from desktop.flows.writing import write
from desktop.recovery_sheet import sheet_pdf
from desktop.tasks import Flow, Progress, ask, in_background
from desktop.ways import slot_in_words
from model.storage.keys import KeyFile, Passphrase, free_number
from model.storage.recovery import Sheet, recovery_sheet, write_secret
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
    return lambda window: KeysDialog(window, project.path.name, project.key)


def _carry_out(
    store: Store, session: Session, project: OpenedProject, answer: KeyAnswer
) -> Flow[None]:
    match answer.wish:
        case "remove":
            yield from _remove(store, session, project, answer.slot)
        case "change":
            text = yield from ask(_new_passphrase(project, tr("Change passphrase")))
            work = _off_thread(lambda: store.change_secret(project, Passphrase(text), answer.slot))
            session.project = yield from in_background(work, tr("Changing the passphrase"))
        case "passphrase":
            text = yield from ask(_new_passphrase(project, tr("Add passphrase")))
            work = _off_thread(lambda: store.add_secret(project, Passphrase(text)))
            session.project = yield from in_background(work, tr("Adding the passphrase"))
        case "member":
            new: NewMember = yield from ask(
                lambda window: MemberDialog(window, project.key.members)
            )
            work = _off_thread(lambda: store.add_member(project, new.name, new.key))
            session.project = yield from in_background(work, tr("Adding the member"))
        case "keyfile":
            yield from _add_key_file(store, session, project)
        case "recovery":
            yield from _add_sheet(store, session, project)
        case "rekey":
            yield from _take_new_key(store, session, project)


def _remove(store: Store, session: Session, project: OpenedProject, slot: str) -> Flow[None]:
    way = slot_in_words(slot, project.key.members)
    answer = yield from ask(lambda window: RemoveDialog(window, way))
    work = _off_thread(lambda: store.remove_secret(project, slot))
    session.project = yield from in_background(work, tr("Removing"))
    if answer == "rekey" and session.project is not None:
        yield from _take_new_key(store, session, session.project)


def _add_key_file(store: Store, session: Session, project: OpenedProject) -> Flow[None]:
    """Write the key first: a slot whose key nobody has would be of no use."""
    title = tr("Write the key file")
    path: Path = yield from ask(lambda window: write_secret_question(window, title, "key"))
    secret = KeyFile.generate()

    def work(_progress: Progress) -> OpenedProject:
        write_secret(path, secret.content())
        return store.add_secret(project, secret, "keyfile")

    session.project = yield from in_background(work, title)


def _add_sheet(store: Store, session: Session, project: OpenedProject) -> Flow[None]:
    """Make the sheet, have it typed back, and only then let its key open the project."""
    form: SheetForm = yield from ask(lambda window: SheetDialog(window, project.path.name))
    secret = KeyFile.generate()
    slot = f"keys/recovery-{free_number(project.key.slots, 'recovery')}.age"
    sheet = Sheet(project.path.name, slot, secret)
    if form == "print":
        from desktop.dialogs.printing import PrintQuestion  # noqa: PLC0415 - loads slowly

        yield from ask(lambda window: PrintQuestion(window, sheet))
    else:
        title, suffix = tr("Write the recovery sheet"), "pdf" if form == "pdf" else "txt"
        path: Path = yield from ask(lambda window: write_secret_question(window, title, suffix))
        content = sheet_pdf(sheet) if form == "pdf" else recovery_sheet(sheet)
        yield from in_background(lambda _: write_secret(path, content), title)
    yield from ask(lambda window: TypeBackDialog(window, sheet))
    work = _off_thread(lambda: store.add_secret(project, secret, "recovery"))
    session.project = yield from in_background(work, tr("Adding the recovery sheet"))


def _take_new_key(store: Store, session: Session, project: OpenedProject) -> Flow[None]:
    """Seal everything anew under a key that one new passphrase and the members' own keys open."""
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
