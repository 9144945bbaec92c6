"""``crosstrack open``: the window."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from resources.text import tr

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Arguments of ``open``."""
    parser.add_argument("file", metavar="FILE", nargs="?", help=tr("the project file"))
    parser.add_argument(
        "--sample", metavar="NAME", help=tr("open a sample instead: mindanao, myanmar or mali")
    )
    parser.add_argument(
        "--protected", action="store_true", help=tr("so that nothing can be changed by accident")
    )


def run(options: Namespace) -> int:
    """Show the window until it is closed; returns its exit code.

    Raises:
        Refusal: there is no such sample.
    """
    if options.sample:
        from desktop.samples import load_sample  # noqa: PLC0415 - refuse before a window opens

        load_sample(options.sample)
    # Nothing that is made for the first window is rubbish: it is not searched until that is there.
    gc.disable()
    try:
        from desktop.startup import run as run_window  # noqa: PLC0415 - brings Qt

        path = Path(options.file) if options.file else None
        return run_window(path, options.sample, protected=options.protected)
    finally:
        gc.enable()
