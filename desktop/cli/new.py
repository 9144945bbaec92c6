"""``crosstrack new`` and ``crosstrack sample``: a sealed project where there was none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.context import check_target
from desktop.cli.import_report import (
    add_report_option,
    check_report_target,
    refuse_with_report,
    write_report,
)
from desktop.cli.secrets import add_secret_options, new_secret
from model.document import Document
from resources.text import plural, tr

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from desktop.cli.context import Context
    from model.document import Content
    from model.importing.report import ImportReport


def add_new_arguments(parser: ArgumentParser) -> None:
    """Arguments of ``new``."""
    parser.add_argument("file", metavar="FILE", help=tr("the project file to make"))
    parser.add_argument(
        "--from",
        dest="source",
        metavar="FOLDER_OR_WORKBOOK",
        help=tr("fill it from a folder of CSV files or an Excel workbook"),
    )
    add_report_option(parser)
    _add_common(parser)


def add_sample_arguments(parser: ArgumentParser) -> None:
    """Arguments of ``sample``."""
    parser.add_argument("name", metavar="NAME", help=tr("mindanao, myanmar or mali"))
    parser.add_argument("file", metavar="FILE", help=tr("the project file to make"))
    _add_common(parser)


def _add_common(parser: ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help=tr("replace a file that is there"))
    parser.add_argument("--json", action="store_true", help=tr("say the result as JSON"))
    add_secret_options(parser)


def run_new(options: Namespace, context: Context) -> None:
    """Make a project, empty or from a source.

    Raises:
        Refusal: the source has a mistake, or the file cannot be made; nothing was written.
    """
    path = Path(options.file)
    check_target(path, force=options.force)
    check_report_target(options.report, force=options.force)
    report = None
    document = Document()
    if options.source:
        report = _fill(document, options, context)
    _create(path, document.content(), options, context, report)
    if report is not None:
        write_report(report, options.report, force=options.force)


def run_sample(options: Namespace, context: Context) -> None:
    """Make a project from a sample.

    Raises:
        Refusal: there is no such sample, or the file cannot be made.
    """
    from desktop.samples import load_sample  # noqa: PLC0415 - only this command needs it

    path = Path(options.file)
    content = load_sample(options.name)
    check_target(path, force=options.force)
    _create(path, content, options, context, None)


def _fill(document: Document, options: Namespace, context: Context) -> ImportReport:
    from exporters.readers.sources import read_sources  # noqa: PLC0415 - only for --from
    from model.importing.plan import plan_import  # noqa: PLC0415 - only for --from

    plan = plan_import(document, read_sources([Path(options.source)]))
    refuse_with_report(plan.report, options.report, context.console, force=options.force)
    plan.apply(document)
    return plan.report


def _create(
    path: Path,
    content: Content,
    options: Namespace,
    context: Context,
    report: ImportReport | None,
) -> None:
    saved = context.store.create(path, content, new_secret(options), overwrite=options.force)
    count = sum(len(records) for table, records in content.items() if table != "project")
    made = plural(
        "{file}: sealed with {count} record.",
        "{file}: sealed with {count} records.",
        count,
        file=path,
    )
    lines = [*(report.sentences() if report else ()), made]
    counts = {table: len(records) for table, records in content.items() if records}
    facts = {"file": str(path), "durable": saved.durable, "records": counts}
    context.console.say(lines, facts | ({"import": report} if report else {}))
