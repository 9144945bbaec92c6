"""``crosstrack checklist``: where the do-no-harm questions stand, and own items by file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.context import check_target
from desktop.cli.secrets import add_secret_options
from desktop.item_sets import read_items, write_items
from model.codes import CODE_LISTS
from model.commands.checklist import add_items
from model.dates import day, last_day
from model.document import Document
from model.donoharm.assessment import Assessor
from model.donoharm.items import SCOPES, aside_records
from model.donoharm.scopes import SCOPE_TABLES
from resources.text import plural, tr

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from desktop.cli.context import Context
    from model.donoharm.assessment import Assessment, Standing
    from model.records import Mute

_STATES = {
    "flag": "open flag",
    "stale": "out of date",
    "open": "not answered",
    "fine": "answered",
    "set_aside": "not applicable",
    "other_phase": "not asked in this phase",
}


def add_arguments(parser: ArgumentParser) -> None:
    """Arguments of ``checklist``."""
    parser.add_argument("file", metavar="FILE", help=tr("the project file"))
    parser.add_argument(
        "--as-of", metavar="DATE", help=tr("the day to look at; that of the project if left out")
    )
    parser.add_argument(
        "--scope",
        choices=SCOPES,
        help=tr("only questions of this scope; all if left out (invitations are with linkages)"),
    )
    parser.add_argument(
        "--all", action="store_true", help=tr("also records without any answer yet")
    )
    parser.add_argument(
        "--items-in", metavar="SET", help=tr("first take over the items of this file as own ones")
    )
    parser.add_argument(
        "--items-out", metavar="SET", help=tr("write the own items as a set, not encrypted")
    )
    parser.add_argument("--force", action="store_true", help=tr("replace an existing file"))
    parser.add_argument("--json", action="store_true", help=tr("say the answers as JSON"))
    add_secret_options(parser)


def run(options: Namespace, context: Context) -> None:
    """Exchange items if asked to, then list how the questions stand.

    Raises:
        Refusal: the project cannot be opened, or a file of items cannot be read or written.
    """
    chosen = read_items(Path(options.items_in)) if options.items_in else None
    if options.items_out:
        check_target(Path(options.items_out), force=options.force)
    project = context.open(options)
    document = Document(project.content)
    as_of = day(options.as_of) if options.as_of else last_day(document.project.as_of)
    lines = []
    if chosen is not None:
        added = add_items(document, chosen.items, chosen.title)
        if added:
            context.store.save(project, document.content())
        lines.append(plural("{count} item added.", "{count} items added.", added))
    if options.items_out:
        count = write_items(document, Path(options.items_out), force=options.force)
        lines.append(plural("{count} item written.", "{count} items written.", count))
    assessor = Assessor(document, as_of)
    found = [
        assessor.assess(scope, target)
        for scope in ((options.scope,) if options.scope else SCOPES)
        for target in (document.table(SCOPE_TABLES[scope]) if scope in SCOPE_TABLES else ("",))
    ]
    shown = [one for one in found if one.standings and (options.all or one.answered)]
    facts: dict[str, object] = {
        "as_of": as_of.isoformat(),
        "targets": [_facts(document, one) for one in shown],
    }
    aside = [
        _aside(one, why) for one, records in aside_records(document).items() for why in records
    ]
    facts["set_aside"] = aside
    said = (*(line for one in shown for line in _lines(document, one)), *map(_aside_line, aside))
    context.console.say([*lines, *said], facts)


def _aside(item_id: str, why: Mute) -> dict[str, str]:
    return {"item": item_id, "reason": why.reason, "author_role": why.author_role}


def _aside_line(one: dict[str, str]) -> str:
    return tr("{item} is set aside by {author_role}: {reason}", **one)


def _name(document: Document, assessment: Assessment) -> str:
    table = SCOPE_TABLES.get(assessment.scope)
    if table is None:
        return CODE_LISTS["checklist_scope"].label(assessment.scope)
    return document.name_of(table, assessment.target_id)


def _facts(document: Document, assessment: Assessment) -> dict[str, object]:
    return {
        "scope": assessment.scope,
        "target": assessment.target_id or None,
        "name": _name(document, assessment),
        "answered": assessment.answered,
        "asked": assessment.total,
        "items": [_item(one) for one in assessment.standings],
    }


def _item(standing: Standing) -> dict[str, object]:
    answer = standing.answer
    review = None if answer is None else answer.review_date
    return {
        "item": standing.item.id,
        "title": standing.item.label,
        "state": standing.state,
        "answer": None if answer is None else answer.answer,
        "reasoning": "" if answer is None else answer.reasoning,
        "mitigation": "" if answer is None else answer.mitigation,
        "reviewer_role": "" if answer is None else answer.reviewer_role,
        "review_date": None if review is None else review.iso(),
        "overdue_days": standing.overdue_days,
        "target_changed": standing.target_changed,
    }


def _lines(document: Document, assessment: Assessment) -> list[str]:
    head = tr(
        "{name}: {done} of {all} answered",
        name=_name(document, assessment),
        done=assessment.answered,
        all=assessment.total,
    )
    return [head, *(_line(one) for one in assessment.standings if one.answer is not None)]


def _line(standing: Standing) -> str:
    answer = standing.answer
    shown = "" if answer is None else CODE_LISTS["checklist_answer"].label(answer.answer)
    number = f"{standing.item.id} " if standing.item.id.startswith("DNH-") else ""
    parts = [f"  {number}{standing.item.label}: {shown}", tr(_STATES[standing.state])]
    if standing.overdue_days:
        parts.append(plural("{count} day overdue", "{count} days overdue", standing.overdue_days))
    if standing.target_changed:
        parts.append(tr("changed since the answer"))
    return ", ".join(parts)
