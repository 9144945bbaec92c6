"""``crosstrack check``: what is worth a second thought, as of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.cli.secrets import add_secret_options
from model.analysis.engine import findings
from model.analysis.grouping import grouped
from model.analysis.report import check_as_json
from model.dates import day
from model.document import Document
from resources.text import plural, tr

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from desktop.cli.context import Context
    from model.analysis.finding import Finding
    from model.tables import Tables


def add_arguments(parser: ArgumentParser) -> None:
    """Arguments of ``check``."""
    parser.add_argument("file", metavar="FILE", help=tr("the project file"))
    parser.add_argument(
        "--as-of", metavar="DATE", required=True, help=tr("the day to look at, such as 2013-02-15")
    )
    parser.add_argument("--json", action="store_true", help=tr("say the findings as JSON"))
    add_secret_options(parser)


def run(options: Namespace, context: Context) -> None:
    """List the findings; having some is a result, not an error.

    Raises:
        Refusal: the day does not exist or the project cannot be opened.
    """
    as_of = day(options.as_of)
    document = Document(context.open(options).content)
    found = findings(document, as_of)
    facts = {"as_of": as_of.isoformat(), "findings": check_as_json(found, document)}
    context.console.say(_lines(found, document), facts)


def _lines(found: list[Finding], tables: Tables) -> list[str]:
    if not found:
        return [tr("The rules find nothing as of this day.")]
    lines = []
    for group in grouped(found):
        indent = ""
        if group.is_collapsed:
            lines.append(f"{group.rule.id} {group.severity}: {group.title}:")
            indent = "  "
        lines += [indent + _line(finding, tables) for finding in group.findings]
    return [*lines, plural("{count} finding.", "{count} findings.", len(found))]


def _line(finding: Finding, tables: Tables) -> str:
    ids = []
    for table, record_id in finding.targets:
        record = tables.get(table, record_id)
        external = record.external if record is not None else ()
        ids.append(external[0].id if external else record_id)
    muted = f" [{tr('muted')}]" if finding.muted_by else ""
    where = f" ({', '.join(ids)})" if ids else ""
    return f"{finding.rule_id} {finding.severity}{muted}: {finding.message}{where}"
