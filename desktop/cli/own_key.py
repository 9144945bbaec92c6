"""``crosstrack own-key``: a personal key file, and the public half that others need."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.context import check_target
from desktop.cli.secrets import new_passphrase, own_key
from model.storage.identities import seal_identity
from model.storage.keys import KeyFile
from model.storage.recovery import write_secret
from resources.text import tr

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from desktop.cli.context import Context


def add_arguments(parser: ArgumentParser) -> None:
    """Arguments of ``own-key``."""
    parser.add_argument("own_key", metavar="FILE", help=tr("the key file"))
    parser.add_argument(
        "--show", action="store_true", help=tr("show the public half of a key file that is there")
    )
    parser.add_argument(
        "--passphrase-file",
        metavar="PATH",
        help=tr("passphrase of the key file, in the first line of this file"),
    )
    parser.add_argument("--json", action="store_true", help=tr("say the result as JSON"))


def run(options: Namespace, context: Context) -> None:
    """Make a key under a passphrase, or show the public half of one.

    Raises:
        Refusal: there is a file already, or the passphrase is too weak; nothing was written.
    """
    path = Path(options.own_key)
    lines = []
    if options.show:
        key = own_key(options.own_key, options.passphrase_file, "--passphrase-file")
    else:
        check_target(path, force=None)
        prompt = tr("Passphrase for your key, known to you alone: ")
        secret = new_passphrase(options.passphrase_file, prompt, "--passphrase-file")
        key = KeyFile.generate()
        write_secret(path, seal_identity(key, secret, context.work_factor))
        lines.append(tr("{file}: your key. Nobody can make it again: keep a copy.", file=path))
    public = key.identity.recipient().text()
    lines.append(tr("Its public half, for whoever lets you into a project: {key}", key=public))
    context.console.say(lines, {"file": str(path), "public_key": public})
