"""Where passphrases and keys come from: a prompt, a file or a stream, never an argument."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.passphrases import weakness
from model.refusals import Refusal, Trouble
from model.storage.errors import located
from model.storage.identities import check_identity_file, open_identity
from model.storage.keys import KeyFile, Passphrase
from resources.text import tr

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from model.storage.keys import Secret

_STANDARD_INPUT: Final = "-"
_MAX_SECRET: Final = 64 * 1024
_INSTEAD: Final = "--passphrase-file / --key-file"


def add_secret_options(parser: ArgumentParser) -> None:
    """Let a command take its passphrase or key from somewhere else than the prompt."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--passphrase-file",
        metavar="PATH",
        help=tr("read the passphrase from the first line of this file (- for standard input)"),
    )
    group.add_argument(
        "--key-file", metavar="PATH", help=tr("use this key file instead of a passphrase")
    )
    parser.add_argument(
        "--key-passphrase-file",
        metavar="PATH",
        help=tr("passphrase of a personal key file, in the first line of this file"),
    )


def has_secret(options: Namespace) -> bool:
    """Whether the command line says where the secret is."""
    return bool(options.passphrase_file or options.key_file)


def existing_secret(options: Namespace, project: Path, instead: str = "") -> Secret:
    """The secret of an existing project, asked for where no option says where it is.

    Args:
        options: of the command.
        project: its file, named in the question: some commands open two.
        instead: the options for that, where they are not the usual ones.

    Raises:
        Refusal: the secret cannot be read.
    """
    if options.key_file:
        return own_key(options.key_file, getattr(options, "key_passphrase_file", None))
    if options.passphrase_file:
        return Passphrase(first_line(options.passphrase_file))
    return Passphrase(_asked(tr("Passphrase of {name}: ", name=project.name), instead or _INSTEAD))


def new_secret(options: Namespace, prompt: str = "", instead: str = "") -> Secret:
    """A secret for a new project; a typed passphrase is asked for twice.

    Raises:
        Refusal: the secret cannot be read or is too weak, or the two passphrases differ.
    """
    if options.key_file:
        return own_key(options.key_file, getattr(options, "key_passphrase_file", None))
    prompt = prompt or tr("Passphrase for the new project: ")
    return new_passphrase(options.passphrase_file, prompt, instead or _INSTEAD)


def new_passphrase(file: str | None, prompt: str, instead: str) -> Passphrase:
    """A new passphrase, from a file or asked for twice; `instead` are the options for that.

    Raises:
        Refusal: it cannot be read or is too weak, or the two that were typed differ.
    """
    secret = Passphrase(first_line(file)) if file else _asked_twice(prompt, instead)
    secret.encoded()  # refuses what no file can be sealed with
    weak = weakness(secret.text)
    if weak:
        raise Refusal("weak-passphrase", tr("{why} Nothing was written.", why=weak))
    return secret


def _asked_twice(prompt: str, instead: str) -> Passphrase:
    first = _asked(prompt, instead)
    if first != _asked(tr("The same passphrase again: "), instead):
        message = tr("The two passphrases differ; nothing was written.")
        raise Refusal("passphrase", message)
    return Passphrase(first)


def own_key(
    name: str, passphrase_file: str | None, instead: str = "--key-passphrase-file"
) -> KeyFile:
    """The key of a key file; a personal one is under a passphrase of its own.

    Raises:
        Refusal: it cannot be read, or does not open.
    """
    with located(_shown(name)):
        content = _content(name)
        key = check_identity_file(content)
        if key is not None:
            return key
        text = (
            first_line(passphrase_file)
            if passphrase_file
            else _asked(tr("Passphrase of the key file: "), instead)
        )
        return open_identity(content, Passphrase(text))


def first_line(name: str) -> str:
    """The first line of a file or of standard input (-), without its end.

    Raises:
        Refusal: it is not UTF-8 text.
        Trouble: it cannot be read.
    """
    line = _content(name).split(b"\n", 1)[0].rstrip(b"\r")
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = tr("{file}: the passphrase in it is not UTF-8 text.", file=_shown(name))
        raise Refusal("passphrase", message) from None


def _content(name: str) -> bytes:
    try:
        if name == _STANDARD_INPUT:
            return sys.stdin.buffer.read(_MAX_SECRET)
        with Path(name).open("rb") as stream:
            return stream.read(_MAX_SECRET)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        message = tr("{file} cannot be read ({reason}).", file=_shown(name), reason=reason)
        raise Trouble("unreadable", message) from error


def _shown(name: str) -> str:
    return tr("standard input") if name == _STANDARD_INPUT else name


def _asked(prompt: str, instead: str = _INSTEAD) -> str:
    if not sys.stdin.isatty():
        asked = prompt.rstrip(" :")
        message = tr(
            "There is no terminal to ask “{asked}”; give {options}.", asked=asked, options=instead
        )
        raise Refusal("passphrase", message)
    try:
        return getpass.getpass(prompt)
    except EOFError:
        raise Refusal("passphrase", tr("No passphrase was given.")) from None
