"""Getting at a file: passphrase, key typed from a recovery sheet, or key file, until one fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from desktop.dialogs.files import keyfile_question
from desktop.dialogs.passphrase import KeyFileWish, asker, key_asker
from desktop.tasks import Flow, ask, in_background
from model.refusals import Trouble
from model.storage.errors import (
    BadSecret,
    Damaged,
    NotAnAgeFile,
    TooCostly,
    WrongKey,
    WrongPassphrase,
)
from model.storage.filesystem import FileSystem
from model.storage.identities import check_identity_file, open_identity, typed_secret
from model.storage.keys import Passphrase
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.tasks import Progress
    from model.storage.keys import KeyFile, Secret

S = TypeVar("S")
T = TypeVar("T")
_MAX_KEYFILE = 64 * 1024


def opened_with_secret(name: str, title: str, work: Callable[[Secret], T]) -> Flow[T]:
    """Ask for what opens a file until it fits or the user gives up.

    Args:
        name: of the file, for the question.
        title: what is said while the key is derived.
        work: opens it; runs off the GUI thread.

    Raises:
        Refusal: the file cannot be opened, whatever the secret.
    """
    problem = ""
    while True:
        try:
            secret = yield from _secret(name, problem)
            return (yield from in_background(_with(work, secret), title))
        except (WrongPassphrase, WrongKey, BadSecret) as refusal:
            problem = refusal.message


def key_from_file(path: Path) -> Flow[KeyFile]:
    """Read a key file; a personal one asks for its own passphrase until that fits.

    Raises:
        BadSecret: it is no key file.
        Trouble: it cannot be read.
    """
    files = FileSystem()
    try:
        facts = files.facts(path)
        if facts is not None and not facts.is_file:  # a pipe would be waited for without end
            raise BadSecret(tr("{name} is a folder or a device, no key file.", name=path.name))
        content = files.read(path, _MAX_KEYFILE)
    except OSError as error:
        raise Trouble(
            "unreadable", tr("{name} cannot be read; is the drive in?", name=path.name)
        ) from error
    key = check_identity_file(content)
    problem = ""
    while key is None:
        text = yield from ask(key_asker(path.name, problem))
        try:
            secret = Passphrase(text)
            opening = _with(lambda secret: open_identity(content, secret), secret)
            key = yield from in_background(opening, tr("Opening {name}", name=path.name))
        except WrongPassphrase as refusal:
            problem = refusal.message
        except (WrongKey, Damaged, NotAnAgeFile, TooCostly) as refusal:
            raise BadSecret(refusal.message) from refusal
    return key


def _secret(name: str, problem: str) -> Flow[Secret]:
    answer: str | KeyFileWish = yield from ask(asker(name, problem))
    if not isinstance(answer, KeyFileWish):
        return typed_secret(answer)
    path = yield from ask(keyfile_question)
    return (yield from key_from_file(path))


def _with(work: Callable[[S], T], secret: S) -> Callable[[Progress], T]:
    return lambda _progress: work(secret)
