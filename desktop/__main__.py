"""The command ``crosstrack``: arguments first, Qt only for the commands that need it."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.parser import COMMANDS, build_parser
from resources.text import tr

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from desktop.cli.console import Console

DONE: Final = 0
REFUSED: Final = 1
USAGE: Final = 2
WORK_FACTOR: Final = 18
"""scrypt work factor of new passphrases: about a second and 256 MiB."""


def main(argv: Sequence[str] | None = None, work_factor: int = WORK_FACTOR) -> int:
    """Run one command.

    Args:
        argv: the arguments without the program's name; those of the process if left out.
        work_factor: scrypt work factor of new passphrases; only tests lower it.

    Returns:
        0 done, 1 refused with one sentence on standard error, 2 wrong usage.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    wanted = next((word for word in arguments if word in COMMANDS), None)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        options = build_parser(wanted).parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    return _run(options, work_factor)


def _run(options: Namespace, work_factor: int) -> int:
    from desktop.cli.console import Console  # noqa: PLC0415 - not needed for --help
    from desktop.hardening import harden_process  # noqa: PLC0415 - the same
    from model.refusals import Refusal  # noqa: PLC0415 - the same

    harden_process()
    console = Console(json=bool(getattr(options, "json", False)))
    try:
        code = _call(options, console, work_factor)
        sys.stdout.flush()
    except Refusal as refusal:
        from desktop.cli.wording import in_terminal  # noqa: PLC0415 - not needed where all is well

        console.refuse(in_terminal(refusal))
    except KeyboardInterrupt:
        console.refuse(tr("Stopped."))
    except BrokenPipeError:
        # Whoever read the result has seen enough; Python must not stumble over it at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001 - a bug; its own text may hold content and stays out
        console.refuse(tr("Crosstrack failed, please report this: {place}.", place=_place(error)))
    else:
        return code
    return REFUSED


def _place(error: BaseException) -> str:
    """Kind of an error and where in the program it came from, innermost first."""
    import traceback  # noqa: PLC0415 - nothing fails, as a rule

    frames = reversed(traceback.extract_tb(error.__traceback__)[-6:])
    places = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in frames)
    return f"{type(error).__name__} at {places}"


def _call(options: Namespace, console: Console, work_factor: int) -> int:
    if options.command in {None, "open"}:
        from desktop.cli import open_  # noqa: PLC0415 - may bring Qt

        if options.command is None:
            options.file = options.sample = None
            options.protected = False
        return open_.run(options)
    from desktop.cli.context import Context  # noqa: PLC0415 - brings the storage

    command = COMMANDS[options.command]
    module = import_module(f"desktop.cli.{command.module}")
    getattr(module, command.run)(options, Context(console, work_factor))
    return DONE


if __name__ == "__main__":
    from multiprocessing import freeze_support

    freeze_support()  # in a bundled application, export workers start here
    sys.exit(main())
