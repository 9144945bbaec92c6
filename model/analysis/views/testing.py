"""How far the checklist is, and the log of what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from model.analysis.views.grid import Cell, Grid, Row, columns
from model.analysis.views.view import View
from model.codes import (
    CHECKLIST_SCOPES,
)
from model.dates import first_day
from model.donoharm.assessment import Assessor
from model.donoharm.scopes import SCOPE_TABLES, WHOLE
from resources.text import tr

if TYPE_CHECKING:
    from model.analysis.facts import Facts
    from model.donoharm.assessment import Standing
    from model.records import Decision


def progress(facts: Facts) -> Grid:
    """How far the checklist is, scope by scope; deliberately no sum over the scopes."""
    assessor = Assessor(facts.tables, facts.as_of)
    scopes = {"project": [""]}
    for scope, table in SCOPE_TABLES.items():
        scopes[scope] = list(facts.tables.table(table))
    scopes["export"] = [""]
    rows = []
    for scope, ids in scopes.items():
        table = SCOPE_TABLES.get(scope, "")
        about = {
            one.target_id for one in facts.tables.answers.values() if one.target_table == table
        }
        begun = [one for one in ids if one in about]
        standings = [
            (one, standing)
            for one in begun
            for standing in assessor.assess(scope, one).standings
            if standing.answer is not None
        ]
        if scope in WHOLE and not standings:
            begun = []
        flags = [one for one in standings if one[1].state == "flag"]
        old = [one for one in standings if one[1].overdue_days or one[1].target_changed]
        cells = (
            Cell(tr("{begun} of {all}", begun=len(begun), all=len(ids)), "" if begun else "gap"),
            Cell(str(len(standings))),
            Cell(str(len(flags)), "alarm" if flags else "", _targets(table, flags)),
            Cell(str(len(old)), "doubt" if old else "", _targets(table, old)),
        )
        rows.append(Row(Cell(CHECKLIST_SCOPES.label(scope)), cells))
    return Grid(
        tr("Scope"),
        columns(tr("Begun for"), tr("Answers"), tr("Open red flags"), tr("Out of date")),
        tuple(rows),
        (tr("There is no score: a number would hide the one answer that matters."),),
    )


def _targets(table: str, found: list[tuple[str, Standing]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((table, one) for one, _ in found)) if table else ()


def decision_log(facts: Facts) -> Grid:
    """Every entry of the log, newest first; entries are only ever added."""
    entries = cast("list[Decision]", list(facts.tables.table("decisions").values()))
    rows = []
    for one in sorted(entries, key=lambda e: (first_day(e.date), e.id), reverse=True):
        about = (one.target_table, one.target_id)
        day = "–" if one.date is None else one.date.iso()
        targets = (about,) if one.target_id else ()
        name = facts.tables.name_of(*about) if one.target_id else tr("the project")
        cells = (
            Cell(day),
            Cell(name, targets=targets),
            Cell(one.reason, more=one.reason),
            Cell(one.options, more=one.options),
            Cell(one.decided_by),
        )
        rows.append(Row(Cell(one.title, targets=(("decisions", one.id),)), cells))
    return Grid(
        tr("Decision"),
        columns(tr("Date"), tr("About"), tr("Reason"), tr("Open flags or options"), tr("By")),
        tuple(rows),
        (),
        tr("No decision is logged yet. Going on in spite of red flags writes here."),
    )


VIEWS = (
    View(
        id="progress",
        name="Progress of the checklist",
        question="How far is the checklist, and where do flags stand open?",
        definition=(
            "Counts, scope by scope, for how many records the checklist has been begun, the "
            "answers, the open red flags, and the answers that are past their review or whose "
            "target has changed since. Nothing is added up over the scopes."
        ),
        example="All answers on the project are given, and not one visit has been looked at.",
        source="R5; CDA Do No Harm, step 7",
        inputs=("answers", "checklist_items", "actors", "linkages", "activities", "phases"),
        make=progress,
    ),
    View(
        id="log",
        name="Decision log",
        question="What was decided in spite of a red flag, by whom and why?",
        definition="All entries, newest first. Entries can be added, never changed or removed.",
        example=(
            "The visit took place in spite of an open security question; the team lead wrote "
            "down why."
        ),
        source="CDA Do No Harm, steps 6 and 7",
        inputs=("decisions", "*"),
        records="decisions",
        make=decision_log,
    ),
)
