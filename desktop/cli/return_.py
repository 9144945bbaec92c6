"""``crosstrack return``: bring an edited workbook or CSV folder home into its project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from desktop.cli.import_report import check_report_target, write_report_text
from desktop.cli.secrets import add_secret_options
from exporters.readers.returned import read_returned
from model.document import Document
from model.refusals import Refusal
from model.returning.applying import choice_of, return_patch
from model.returning.items import ADD, KEEP, KINDS, TAKE, option_words
from model.returning.plan import plan_return, summary_words
from resources.text import plural, tr

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from desktop.cli.context import Context
    from model.returning.items import Kind, ReturnItem
    from model.returning.plan import ReturnPlan

_SIDES: Final = ("project", "workbook")


def add_arguments(parser: ArgumentParser) -> None:
    """Arguments of ``return``."""
    parser.add_argument("file", metavar="FILE", help=tr("the project that was exported from"))
    parser.add_argument(
        "workbook",
        metavar="WORKBOOK_OR_FOLDER",
        help=tr("the edited workbook, or the folder of edited CSV files"),
    )
    parser.add_argument(
        "--encoding", metavar="NAME", help=tr("encoding of CSV files, if it is found out wrongly")
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=tr("only say what would happen; write nothing")
    )
    parser.add_argument(
        "--decide",
        choices=_SIDES,
        help=tr("what counts wherever both have changed or it is not clear what is meant"),
    )
    parser.add_argument(
        "--remove-missing",
        action="store_true",
        help=tr("remove records whose rows were deleted; without it they stay"),
    )
    parser.add_argument("--force", action="store_true", help=tr("replace an existing report file"))
    parser.add_argument("--json", action="store_true", help=tr("say the full plan as JSON"))
    parser.add_argument(
        "--report",
        metavar="PATH",
        help=tr("write the full report to this file, as JSON where it ends in .json"),
    )
    add_secret_options(parser)


def run(options: Namespace, context: Context) -> None:
    """Compare, and unless it is only a trial, take what was edited and save the project.

    Raises:
        Refusal: it does not come from this project, or something has to be decided.
    """
    check_report_target(options.report, force=options.force)
    book = read_returned(Path(options.workbook), encoding=options.encoding or "")
    project = context.open(options)
    document = Document(project.content)
    plan = plan_return(document, book)
    choices = _choices(plan, options)
    facts = _facts(plan, choices)
    lines = _lines(plan, choices)
    text = msgspec.json.format(msgspec.json.encode(facts), indent=2)
    write_report_text(options.report, lines, text, force=options.force)
    open_items = [item for item in (*plan.undecided, *plan.of("refused"))
                  if not choices.get(item.key)]  # fmt: skip
    if open_items and not options.dry_run:
        if context.console.json:
            context.console.say((), facts)
        raise _refusal(plan, open_items)
    patch = return_patch(document, plan, choices)
    if patch.changes and not options.dry_run:
        document.apply(patch, "import")
        context.store.save(project, document.content())
    facts["written"] = bool(patch.changes) and not options.dry_run
    context.console.say([*lines, _outcome(len(patch.changes), options)], facts)


def _choices(plan: ReturnPlan, options: Namespace) -> dict[str, str]:
    """The answers that the options give; every one that is left is asked for."""
    choices: dict[str, str] = {}
    for item in plan.items:
        if item.kind == "removed" and options.remove_missing:
            choices[item.key] = TAKE
        elif item.kind == "refused" and options.decide:
            choices[item.key] = KEEP
        elif item.options and not item.default and options.decide:
            wanted = (TAKE, ADD) if options.decide == "workbook" else (KEEP,)
            choices[item.key] = next((one for one in wanted if one in item.options), KEEP)
    return choices


def _refusal(plan: ReturnPlan, items: list[ReturnItem]) -> Refusal:
    first = items[0]
    message = plural(
        "{name}: {count} place needs a decision, {cell} ({text}); nothing was changed. Give "
        "--decide project or --decide workbook, or decide it in the window.",
        "{name}: {count} places need a decision, the first is {cell} ({text}); nothing was "
        "changed. Give --decide project or --decide workbook, or decide in the window.",
        len(items),
        name=plan.name,
        cell=first.cell,
        text=first.reason.rstrip("."),
    )
    return Refusal("undecided", message)


def _lines(plan: ReturnPlan, choices: dict[str, str]) -> list[str]:
    headings: dict[Kind, str] = {
        "decide": tr("To decide:"),
        "changed": tr("Changed:"),
        "added": tr("Added:"),
        "removed": tr("Rows that are missing:"),
        "refused": tr("Cannot be taken:"),
        "remark": tr("Not read:"),
    }
    lines = []
    for kind in KINDS:
        items = plan.of(kind)
        if items:
            lines += [headings[kind], *(f"  {_line(item, choices)}" for item in items)]
    lines.append(tr("{name}: {summary}", name=plan.name, summary=summary_words(plan)))
    return lines


def _line(item: ReturnItem, choices: dict[str, str]) -> str:
    parts = [item.cell]
    if item.name:
        parts.append(item.name if not item.field else f"{item.name}, {item.field}")
    if item.field:
        parts.append(tr("“{now}” → “{then}”", now=item.now, then=item.then))
    if item.reason:
        parts.append(item.reason)
    answer = choice_of(item, choices)
    if answer and item.kind in {"decide", "removed", "refused"}:
        parts.append(tr("[{choice}]", choice=option_words(item, answer)))
    return ": ".join(part for part in parts if part)


def _facts(plan: ReturnPlan, choices: dict[str, str]) -> dict[str, Any]:
    return {
        "workbook": plan.name,
        "audience": f"TLP:{plan.audience}",
        "rows": plan.rows,
        "same": plan.same,
        "written": False,
        **{kind: [_item_facts(item, choices) for item in plan.of(kind)] for kind in KINDS},
    }


def _item_facts(item: ReturnItem, choices: dict[str, str]) -> dict[str, Any]:
    return {
        "sheet": item.sheet,
        "cell": item.place,
        "table": item.table,
        "id": item.record_id,
        "name": item.name,
        "field": item.field,
        "now": item.now,
        "then": item.then,
        "reason": item.reason,
        "options": list(item.options),
        "choice": choice_of(item, choices),
    }


def _outcome(count: int, options: Namespace) -> str:
    if options.dry_run:
        return plural("Nothing was written; {count} record would change.",
                      "Nothing was written; {count} records would change.", count)  # fmt: skip
    if not count:
        return tr("There was nothing to take; {file} is as it was.", file=options.file)
    return plural("{count} record changed in {file}.", "{count} records changed in {file}.",
                  count, file=options.file)  # fmt: skip
