"""A key of one's own: made under a passphrase, and its public half shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.files import keyfile_question, write_secret_question
from desktop.dialogs.members import OwnKeyDialog, PublicKeyDialog
from desktop.dialogs.passphrase import NewPassphraseDialog
from desktop.flows.secrets import key_from_file
from desktop.tasks import Flow, Progress, ask, in_background
from model.storage.identities import seal_identity
from model.storage.keys import KeyFile, Passphrase
from model.storage.recovery import write_secret
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from model.storage.store import Store


def own_key(store: Store) -> Flow[None]:
    """Make a personal key file, or show the public half of one.

    Raises:
        Refusal: it cannot be written or read.
    """
    answer = yield from ask(OwnKeyDialog)
    if answer == "show":
        path: Path = yield from ask(keyfile_question)
        key = yield from key_from_file(path)
    else:
        path, key = yield from _make(store)
    public = key.identity.recipient().text()
    yield from ask(lambda window: PublicKeyDialog(window, path.name, public))


def _make(store: Store) -> Flow[tuple[Path, KeyFile]]:
    explanation = tr(
        "The key file opens with this passphrase alone. Nobody can open it without, and nobody "
        "can make it again: keep a copy of the file."
    )
    text = yield from ask(
        lambda window: NewPassphraseDialog(
            window, tr("A passphrase for your key"), tr("Choose the file…"), explanation
        )
    )
    title = tr("Write your key file")
    path: Path = yield from ask(lambda window: write_secret_question(window, title, "key"))
    key = KeyFile.generate()

    def work(_progress: Progress) -> None:
        write_secret(path, seal_identity(key, Passphrase(text), store.log_n))

    yield from in_background(work, title)
    return path, key
