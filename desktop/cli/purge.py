"""``crosstrack purge``: what is kept of a project's past goes, in the file and on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.cli.context import refuse_unsaved
from desktop.cli.secrets import add_secret_options
from desktop.settings import data_folder
from model.commands.exports import forget_exports
from model.document import Document
from model.storage.purging import purge
from resources.text import plural, tr

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from desktop.cli.context import Context


def add_arguments(parser: ArgumentParser) -> None:
    """Arguments of ``purge``."""
    parser.add_argument("file", metavar="FILE", help=tr("the project file"))
    parser.add_argument(
        "--keep-versions",
        action="store_true",
        help=tr("leave the earlier versions on this computer where they are"),
    )
    parser.add_argument(
        "--exports",
        action="store_true",
        help=tr("also the list of exports; copies that come back then merge as strangers"),
    )
    parser.add_argument("--json", action="store_true", help=tr("say the result as JSON"))
    add_secret_options(parser)


def run(options: Namespace, context: Context) -> None:
    """Purge.

    Raises:
        Refusal: there is unsaved work in a draft, or the file cannot be opened or written.
    """
    project = context.open(options)
    refuse_unsaved(project)
    document = Document(project.content)
    if options.exports:
        forget_exports(document)
    states = len(project.lineage.checkpoints)
    drafts, versions = data_folder() / "drafts", not options.keep_versions
    done = purge(context.store, project, document.content(), drafts, versions=versions)
    lines = [
        plural("Removed {count} earlier version.", "Removed {count} earlier versions.",
               done.versions),
        plural("Removed {count} draft.", "Removed {count} drafts.", done.drafts),
        plural("Removed {count} earlier state from the file.",
               "Removed {count} earlier states from the file.", states),
        tr("Copies elsewhere, and what was printed or exported, are as they were."),
    ]  # fmt: skip
    facts = {
        "file": str(options.file),
        "versions": done.versions,
        "drafts": done.drafts,
        "states": states,
        "durable": done.saved.durable,
    }
    context.console.say(lines, facts)
