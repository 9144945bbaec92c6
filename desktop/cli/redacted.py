"""Arguments of the commands that give a redacted copy to an audience: export and share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resources.text import tr

if TYPE_CHECKING:
    from argparse import ArgumentParser


def add_redaction_arguments(parser: ArgumentParser) -> None:
    """For whom, as of when, with what consequences, and how it is told."""
    parser.add_argument("file", metavar="FILE", help=tr("the project file"))
    label = tr("TLP label, such as TLP:GREEN")
    parser.add_argument("--audience", metavar="LABEL", required=True, help=label)
    parser.add_argument(
        "--as-of", metavar="DATE", help=tr("the day to show; the project's own day if left out")
    )
    parser.add_argument(
        "--override",
        metavar="REASON",
        default="",
        help=tr("go on although red flags are open; the reason is kept in the decision log"),
    )
    parser.add_argument(
        "--keep-positions",
        action="store_true",
        help=tr("leave cards where they are; gaps may tell that something is left out"),
    )
    parser.add_argument("--force", action="store_true", help=tr("replace files that are there"))
    parser.add_argument("--json", action="store_true", help=tr("say the result as JSON"))
