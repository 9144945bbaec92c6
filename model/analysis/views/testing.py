"""Planned work tested against dividers and connectors, and the log of what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from model.analysis.facts import activity_start
from model.analysis.views.grid import Cell, Grid, Row, columns
from model.analysis.views.view import View
from model.codes import (
    CHECKLIST_ANSWERS,
    CHECKLIST_SCOPES,
    DIVIDER_CATEGORIES,
    DIVIDER_SIDES,
)
from model.dates import first_day
from model.donoharm.assessment import Assessor
from model.donoharm.scopes import SCOPE_TABLES
from resources.text import tr

if TYPE_CHECKING:
    from model.analysis.facts import Facts
    from model.analysis.views.grid import Mark
    from model.donoharm.assessment import Standing
    from model.records import Activity, Answer, Decision, Divider

TESTS = ("DNH-18", "DNH-34", "DNH-35")
"""Checklist items by which an activity is tested: polarisation, resources, conduct."""
BAD_WHEN_YES = frozenset({"DNH-18"})


def dividers_and_connectors(facts: Facts) -> Grid:
    """The list itself: each divider and connector with those whom it concerns and its age."""
    rows = []
    known = cast("list[Divider]", list(facts.tables.table("dividers").values()))
    for one in sorted(known, key=lambda each: (each.side != "divider", each.title.casefold())):
        touched = [a for a in facts.activities_ahead if _touches(facts, a, one)]
        day = tr("never") if one.reviewed_on is None else one.reviewed_on.iso()
        cells = (
            Cell(DIVIDER_SIDES.label(one.side)),
            Cell(DIVIDER_CATEGORIES.label(one.category)),
            Cell(facts.names(one.actor_ids), targets=tuple(("actors", i) for i in one.actor_ids)),
            Cell(
                str(len(touched)),
                targets=tuple(("activities", a.id) for a in touched),
                more="; ".join(a.title for a in touched),
            ),
            Cell(day, "" if one.reviewed_on else "gap"),
        )
        rows.append(Row(Cell(one.title, targets=(("dividers", one.id),)), cells))
    return Grid(
        tr("Divider or connector"),
        columns(tr("Side"), tr("Category"), tr("Concerns"), tr("Activities"), tr("Reviewed")),
        tuple(rows),
        (),
        tr("None are recorded. Add them in the table “Dividers and connectors”."),
    )


def activities_tested(facts: Facts) -> Grid:
    """Each activity ahead: which dividers and connectors it touches, and how it was tested."""
    known = cast("list[Divider]", list(facts.tables.table("dividers").values()))
    answers = {
        (one.item_id, one.target_id): one
        for one in facts.tables.answers.values()
        if one.target_table == "activities"
    }
    rows = []
    for activity in sorted(facts.activities_ahead, key=lambda a: (activity_start(a), a.title)):
        touched = [one for one in known if _touches(facts, activity, one)]
        tests = [answers.get((item, activity.id)) for item in TESTS]
        sides = (_side(touched, "divider"), _side(touched, "connector"))
        cells = (*sides, *(_test(item, one) for item, one in zip(TESTS, tests, strict=True)))
        rows.append(Row(Cell(activity.title, targets=(("activities", activity.id),)), cells))
    untested = sum(all(cell.mark == "gap" for cell in row.cells[2:]) for row in rows)
    summary = tr(
        "{untested} of {all} activities have not been tested at all.",
        untested=untested,
        all=len(rows),
    )
    return Grid(
        tr("Activity"),
        columns(
            tr("Dividers it touches"),
            tr("Connectors it touches"),
            tr("Could it polarise? (DNH-18)"),
            tr("Resources fair? (DNH-34)"),
            tr("Conduct fair? (DNH-35)"),
        ),
        tuple(rows),
        (summary,) if rows else (),
        tr("No activity runs or is planned."),
    )


def _touches(facts: Facts, activity: Activity, divider: Divider) -> bool:
    """Whether somebody of the activity, or what they are part of, is concerned."""
    people = {activity.lead_id, *activity.participant_ids, *activity.party_ids} - {""}
    wider = {one for person in people for one in facts.with_ancestors(person)}
    return bool(wider & set(divider.actor_ids))


def _side(touched: list[Divider], side: str) -> Cell:
    here = [one for one in touched if one.side == side]
    text = "; ".join(one.title for one in here)
    mark: Mark = ("doubt" if side == "divider" else "good") if here else ""
    return Cell(text, mark, tuple(("dividers", one.id) for one in here))


def _test(item: str, answer: Answer | None) -> Cell:
    if answer is None:
        return Cell(tr("not tested"), "gap")
    label = CHECKLIST_ANSWERS.label(answer.answer)
    bad = "yes" if item in BAD_WHEN_YES else "no"
    mark: Mark = "doubt"
    if answer.answer in {"yes", "no"}:
        mark = "alarm" if answer.answer == bad and not answer.mitigation.strip() else "good"
    text = label if mark != "alarm" else tr("{answer}, without mitigation", answer=label)
    return Cell(text, mark, (("answers", answer.id),), answer.reasoning or text)


def progress(facts: Facts) -> Grid:
    """How far the checklist is, scope by scope; deliberately no sum over the scopes."""
    assessor = Assessor(facts.tables, facts.as_of)
    scopes = {"project": [""]}
    for scope, table in SCOPE_TABLES.items():
        scopes[scope] = list(facts.tables.table(table))
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
        id="dividers",
        name="Dividers and connectors",
        question="What divides and what connects people here?",
        definition=(
            "Lists the recorded dividers and connectors with those they concern, the running and "
            "planned activities that involve these, and the day they were last looked at."
        ),
        source="CDA Do No Harm, steps 2 and 3",
        inputs=("dividers", "activities", "actors"),
        make=dividers_and_connectors,
    ),
    View(
        id="tested",
        name="Activities against dividers",
        question="Has each planned activity been tested against what divides and connects?",
        definition=(
            "For each running or planned activity: the dividers and connectors that concern its "
            "people, and its answers to the checklist items on polarisation, resources and "
            "conduct."
        ),
        source="CDA Do No Harm, steps 4 to 6; C4",
        inputs=("dividers", "activities", "actors", "answers"),
        make=activities_tested,
    ),
    View(
        id="progress",
        name="Progress of the checklist",
        question="How far is the checklist, and where do flags stand open?",
        definition=(
            "Counts, scope by scope, for how many records the checklist has been begun, the "
            "answers, the open red flags, and the answers that are past their review or whose "
            "target has changed since. Nothing is added up over the scopes."
        ),
        source="R5; CDA Do No Harm, step 7",
        inputs=("answers", "checklist_items", "actors", "linkages", "activities", "phases"),
        make=progress,
    ),
    View(
        id="log",
        name="Decision log",
        question="What was decided in spite of a red flag, by whom and why?",
        definition="All entries, newest first. Entries can be added, never changed or removed.",
        source="CDA Do No Harm, steps 6 and 7",
        inputs=("decisions", "*"),
        make=decision_log,
    ),
)
