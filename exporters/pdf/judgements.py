"""What needs attention and the do-no-harm checklist, both computed on the redacted copy alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exporters.attention import findings_for
from exporters.pdf.tables import Cell, Column, Piece, add_table, cell
from exporters.wording import mark_text
from model.analysis.finding import SEVERITIES
from model.analysis.rules import RULES
from model.codes import CODE_LISTS
from model.donoharm.assessment import Assessor
from model.donoharm.items import all_items, aside_records, shipped_items
from model.naming import name_of
from model.redaction import sees_everything
from model.timeline.wording import date_text
from resources.text import isolated, joined, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.pdf.flow import Flow
    from exporters.request import Pack
    from model.analysis.finding import Finding
    from model.donoharm.items import Item
    from model.records import Answer

_FEW_ALIKE: Final = 4
"""Up to so many findings alike have a row each."""
_SEVERITY_NAMES: Final = {
    "high": "High",
    "medium": "Medium",
    "low": "Low",
    "info": "For information",
}


def attention_section(flow: Flow, pack: Pack) -> None:
    """Warnings as of the day, grave ones first; those set aside keep their reason."""
    flow.section(tr("Needs attention"))
    flow.text(
        tr(
            "Questions that the records raise as of {date}. They ask; they do not judge.",
            date=pack.request.as_of.isoformat(),
        )
    )
    if not sees_everything(pack.request.audience):
        flow.text(
            tr(
                "Computed on this copy alone. Rules about what is missing, such as blind spots and "
                "channels, are left out, because a copy cannot tell what does not exist from what "
                "it does not hold."
            ),
            colour=flow.kit.style.muted_ink,
        )
    flow.gap(8)
    found = [one for one in findings_for(pack) if _is_wanted(pack, one)]
    if not found:
        flow.text(tr("Nothing was found."))
        return
    columns = (Column(tr("Weight"), 16), Column(tr("What"), 60), Column(tr("Rule"), 24))
    ordered = sorted(found, key=lambda one: (bool(one.muted_by), SEVERITIES.index(one.severity)))
    add_table(flow, columns, (_finding_row(flow, pack, alike) for alike in _alike(ordered)))


def _is_wanted(pack: Pack, finding: Finding) -> bool:
    grave = finding.severity in {"high", "medium"}
    return grave or pack.request.recipe.option("attention") == "all"


def _alike(ordered: Sequence[Finding]) -> list[list[Finding]]:
    """Findings that share a row: many lines on all of which the same field is empty."""
    rows: dict[object, list[Finding]] = {}
    for at, one in enumerate(ordered):
        rule = RULES.get(one.rule_id)
        subject = one.subject
        on_line = subject is not None and subject[0] == "linkages"
        shared = rule is not None and rule.upkeep and on_line and not one.muted_by
        rows.setdefault((one.rule_id, one.severity) if shared else at, []).append(one)
    found: list[list[Finding]] = []
    for row in rows.values():
        found += [row] if len(row) > _FEW_ALIKE else [[one] for one in row]
    return found


def _finding_row(flow: Flow, pack: Pack, alike: Sequence[Finding]) -> list[Cell]:
    finding = alike[0]
    look = flow.kit.style.severity(finding.severity)
    weight = Piece(tr(_SEVERITY_NAMES[finding.severity]), "strong", look.icon, look.colour)
    aside = ""
    if finding.muted_by:
        mute = pack.tables.get("mutes", finding.muted_by)
        aside = tr("Set aside: {reason}", reason=getattr(mute, "reason", ""))
    rule = RULES.get(finding.rule_id)
    what = cell(finding.message, detail=aside)
    if rule and len(alike) > 1:
        names = [name_of(pack.tables, *one.subject) for one in alike if one.subject]
        what = (Piece(rule.many(len(alike)), "strong"), Piece(joined(names, "; ")))
    return [(weight,), what, cell(rule.title if rule else finding.rule_id, detail=finding.rule_id)]


def checklist_section(flow: Flow, pack: Pack) -> None:
    """Every item of the do-no-harm checklist with its answers, by scope."""
    flow.section(tr("Do-no-harm checklist"))
    answers = _answers_by_item(pack)
    items = all_items(pack.tables)
    answered = sum(item.id in answers for item in items)
    flags = frozenset(
        flag.answer.id for flag in Assessor(pack.tables, pack.request.as_of).open_flags()
    )
    flow.text(
        tr(
            "{answered} of {total} items have an answer in this copy; {flags} answers are open "
            "red flags.",
            answered=answered,
            total=len(items),
            flags=len(flags),
        )
    )
    columns = (Column(tr("Item"), 41), Column(tr("Answer"), 22), Column(tr("Why, and by whom"), 37))
    whole = pack.request.recipe.option("checklist") == "all"
    for scope in CODE_LISTS["checklist_scope"].codes:
        chosen = [item for item in items if item.scope == scope]
        shown = [item for item in chosen if whole or item.id in answers]
        if chosen:
            flow.heading(CODE_LISTS["checklist_scope"].label(scope), listed=False)
        if shown:
            rows = [row for item in shown for row in _item_rows(flow, pack, item, answers, flags)]
            add_table(flow, columns, rows)
        open_items = [item for item in chosen if item not in shown]
        if open_items:
            names = joined((f"{_number(item)}{item.label}" for item in open_items), "  ·  ")
            flow.fact(tr("No answer yet"), names)
    _items_aside(flow, pack)


def _items_aside(flow: Flow, pack: Pack) -> None:
    """Which shipped items the project does not ask, why, and who decided so."""
    aside = aside_records(pack.tables)
    if not aside:
        return
    flow.heading(tr("Set aside for this project"), listed=False)
    columns = (Column(tr("Item"), 42), Column(tr("Why, and by whom"), 58))
    rows = []
    for item in shipped_items():
        for one in aside.get(item.id, ()):
            title = (Piece(f"{_number(item)}{item.label}", "strong"),)
            rows.append([title, cell(one.reason, detail=one.author_role)])
    add_table(flow, columns, rows)


def _answers_by_item(pack: Pack) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    for answer in pack.tables.answers.values():
        found.setdefault(answer.item_id, []).append(answer)
    return found


def _item_rows(
    flow: Flow,
    pack: Pack,
    item: Item,
    answers: dict[str, list[Answer]],
    flags: frozenset[str],
) -> list[list[Cell]]:
    given = answers.get(item.id, [])
    question = (Piece(f"{_number(item)}{item.label}", "strong"), Piece(tr(item.question), "muted"))
    if not given:
        return [[question, (Piece(tr("No answer"), "muted"),), ()]]
    rows = []
    for place, answer in enumerate(given):
        first: Cell = question if place == 0 else ()
        rows.append([first, _answer_cell(flow, answer, flags), _reason_cell(pack, answer)])
    return rows


def _number(item: Item) -> str:
    return f"{isolated(item.id)}  " if item.id.startswith("DNH-") else ""


def _answer_cell(flow: Flow, answer: Answer, flags: frozenset[str]) -> Cell:
    label = CODE_LISTS["checklist_answer"].label(answer.answer)
    mark = [Piece(mark_text(answer), "badge")] if mark_text(answer) else []
    if answer.id not in flags:
        return (Piece(label), *mark)
    look = flow.kit.style.severity("high")
    flagged = Piece(tr("{answer}: red flag", answer=label), "strong", look.icon, look.colour)
    return (flagged, *mark)


def _reason_cell(pack: Pack, answer: Answer) -> Cell:
    pieces = []
    if answer.target_id:
        about = name_of(pack.tables, answer.target_table, answer.target_id)
        pieces.append(Piece(about, "strong"))
    pieces += [Piece(text) for text in (answer.reasoning, answer.evidence) if text]
    if answer.mitigation:
        pieces.append(Piece(tr("Mitigation: {text}", text=answer.mitigation)))
    by = [answer.reviewer_role.replace("_", " ")] if answer.reviewer_role else []
    by += [date_text(answer.review_date)] if answer.review_date is not None else []
    if by:
        pieces.append(Piece(joined(by), "muted"))
    return tuple(pieces)
