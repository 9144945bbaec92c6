"""The arguments of all commands; nothing heavier than argparse is imported for --help."""

from __future__ import annotations

import sys
from argparse import Action, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

from desktop.version import app_name
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence


class Command(NamedTuple):
    """A command: where its code is and one line of help, in English."""

    module: str
    arguments: str
    run: str
    help: str


COMMANDS: Final = {
    "open": Command("open_", "add_arguments", "run", "open the window"),
    "new": Command(
        "new", "add_new_arguments", "run_new", "make a sealed project, empty or from tables"
    ),
    "sample": Command(
        "new", "add_sample_arguments", "run_sample", "make a sealed project from a sample"
    ),
    "info": Command("inspect_", "add_arguments", "run_info", "say what a project file is"),
    "verify": Command("inspect_", "add_arguments", "run_verify", "check every part of a file"),
    "import": Command("import_", "add_arguments", "run", "add tables to a project"),
    "return": Command(
        "return_", "add_arguments", "run", "bring an edited workbook or CSV folder back"
    ),
    "export": Command("export", "add_arguments", "run", "make files for an audience"),
    "check": Command("check", "add_arguments", "run", "list what is worth a second thought"),
    "checklist": Command(
        "checklist", "add_arguments", "run", "say how the do-no-harm questions stand"
    ),
    "keys": Command("keys", "add_arguments", "run", "list and change the ways to open a project"),
    "own-key": Command("own_key", "add_arguments", "run", "make a key of your own, for members"),
    "share": Command("share", "add_arguments", "run", "make a copy of a part for others"),
    "purge": Command("purge", "add_arguments", "run", "remove what is kept of the past"),
    "merge": Command("merge", "add_arguments", "run", "bring two copies of a project together"),
}


class _SayVersion(Action):
    """Looks the version up when it is asked for, and not at every start."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[object] | None,
        option_string: str | None = None,
    ) -> None:
        """Say it and stop."""
        del namespace, values, option_string
        sys.stdout.write(f"{app_name()}\n")
        parser.exit()


def build_parser(wanted: str | None) -> ArgumentParser:
    """The parser of the command line.

    Args:
        wanted: the command at hand; only its module is imported for its arguments.
    """
    parser = ArgumentParser(
        prog="crosstrack",
        description=tr("Maps of peace processes across tracks, kept in encrypted files."),
        epilog=tr("Without a command the window opens."),
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action=_SayVersion, nargs=0, help=tr("say the version and stop")
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title=tr("commands"))
    for name, command in COMMANDS.items():
        one = commands.add_parser(
            name, help=tr(command.help), description=tr(command.help), allow_abbrev=False
        )
        if name == wanted:
            module = import_module(f"desktop.cli.{command.module}")
            getattr(module, command.arguments)(one)
    return parser
