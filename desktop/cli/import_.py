"""``crosstrack import``: add the rows of folders and workbooks to a project, all or nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from desktop.cli.import_foreign import add_foreign_arguments, foreign_source, is_foreign
from desktop.cli.import_report import (
    add_report_option,
    check_report_target,
    refuse_with_report,
    write_report,
)
from desktop.cli.secrets import add_secret_options
from exporters.readers.sources import read_sources
from model.document import Document
from model.importing.iati_statements import MONEY_KINDS
from model.importing.matching import offers
from model.importing.plan import plan_import
from resources.text import plural, tr

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from desktop.cli.context import Context
    from model.importing.plan import ImportPlan
    from model.importing.source import Source


def add_arguments(parser: ArgumentParser) -> None:
    """Arguments of ``import``."""
    parser.add_argument("file", metavar="FILE", help=tr("the project file"))
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="+",
        help=tr(
            "a folder of CSV files, a CSV file, an Excel workbook, IATI activities (.xml), or a "
            "file of another program (.csv, .xlsx, .graphml, .gexf, .json)"
        ),
    )
    parser.add_argument(
        "--same-actors",
        action="store_true",
        help=tr("take new actors that are called like one of the project for that one"),
    )
    parser.add_argument(
        "--money",
        metavar="KIND",
        default="",
        help=tr(
            "which statement of an IATI activity becomes funding lines: {names}; "
            "the first of them that it makes if left out",
            names=", ".join(MONEY_KINDS),
        ),
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=tr("only say what would happen; write nothing")
    )
    parser.add_argument("--force", action="store_true", help=tr("replace an existing report file"))
    parser.add_argument("--json", action="store_true", help=tr("say the full report as JSON"))
    add_report_option(parser)
    add_foreign_arguments(parser)
    add_secret_options(parser)


def run(options: Namespace, context: Context) -> None:
    """Plan the import, and unless it is only a trial, do it and save the project.

    Raises:
        Refusal: a source cannot be read, a row has a mistake, or the project cannot be saved.
    """
    check_report_target(options.report, force=options.force)
    project = context.open(options)
    document = Document(project.content)
    native = [Path(source) for source in options.sources if not is_foreign(source)]
    foreign = [source for source in options.sources if is_foreign(source)]
    sources = read_sources(native, money=options.money, language=document.project.language)
    sources += [foreign_source(source, options, document) for source in foreign]
    plan = _planned(document, sources, same_actors=options.same_actors)
    refuse_with_report(plan.report, options.report, context.console, force=options.force)
    if plan.patch.changes and not options.dry_run:
        plan.apply(document)
        context.store.save(project, document.content())
    write_report(plan.report, options.report, force=options.force)
    facts = {"file": options.file, "written": _is_written(plan, options), "import": plan.report}
    context.console.say([*plan.report.sentences(), _outcome(plan, options)], facts)


def _planned(document: Document, sources: Sequence[Source], *, same_actors: bool) -> ImportPlan:
    """The plan; actors that may be known already are joined when that was asked for, else named."""
    offered = offers(document, sources)
    joined = {one.key: one.actor_id for one in offered if same_actors and one.same}
    plan = plan_import(document, sources, joined)
    open_offers = tuple(one.text for one in offered if one.key not in joined)
    return replace(plan, report=msgspec.structs.replace(plan.report, offers=open_offers))


def _is_written(plan: ImportPlan, options: Namespace) -> bool:
    return bool(plan.patch.changes) and not options.dry_run


def _outcome(plan: ImportPlan, options: Namespace) -> str:
    added = plan.report.added
    if options.dry_run:
        return plural(
            "Nothing was written; {count} record would be added.",
            "Nothing was written; {count} records would be added.",
            added,
        )
    if not plan.patch.changes:
        return tr("There was nothing new; {file} is as it was.", file=options.file)
    return plural(
        "{count} record added to {file}.",
        "{count} records added to {file}.",
        added,
        file=options.file,
    )
