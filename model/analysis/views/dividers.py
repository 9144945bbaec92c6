"""What divides and connects people here, and what each planned activity does to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from model.analysis.facts import activity_start
from model.analysis.rules.reviews import review_limit
from model.analysis.views.grid import Cell, Grid, Row, columns
from model.analysis.views.view import View
from model.codes import CHECKLIST_ANSWERS, DIVIDER_CATEGORIES, DIVIDER_EFFECTS, DIVIDER_SIDES
from resources.text import plural, tr

if TYPE_CHECKING:
    from model.analysis.facts import Facts
    from model.analysis.views.grid import Mark
    from model.records import Activity, Answer, Divider, DividerTest

TESTS = ("DNH-18", "DNH-34", "DNH-35")
"""Checklist items by which an activity is tested besides: polarisation, resources, conduct."""
BAD_WHEN_YES = frozenset({"DNH-18"})
HARMS = {"divider": "strengthens", "connector": "weakens"}
"""The effect that does harm, by side."""


def known_dividers(facts: Facts) -> list[Divider]:
    """Dividers, then connectors, each by title."""
    known = cast("list[Divider]", list(facts.tables.table("dividers").values()))
    return sorted(known, key=lambda each: (each.side != "divider", each.title.casefold(), each.id))


def latest_tests(facts: Facts) -> dict[tuple[str, str], DividerTest]:
    """The test that stands for each activity and divider, by their ids."""
    tests = cast("list[DividerTest]", list(facts.tables.table("divider_tests").values()))
    return {(one.activity_id, one.divider_id): one for one in tests}


def dividers_and_connectors(facts: Facts) -> Grid:
    """The list itself: each divider and connector, whom it concerns, what work does to it."""
    ahead = {one.id: one for one in facts.activities_ahead}
    tests = latest_tests(facts)
    rows = []
    for one in known_dividers(facts):
        touched = [a for a in ahead.values() if _touches(facts, a, one)]
        here = {a: tests[a, one.id].effect for a in ahead if (a, one.id) in tests}
        harmed = [a for a, effect in here.items() if effect == HARMS[one.side]]
        untested = [a for a in ahead if a not in here]
        day = tr("never") if one.reviewed_on is None else one.reviewed_on.iso()
        cells = (
            Cell(DIVIDER_SIDES.label(one.side)),
            Cell(DIVIDER_CATEGORIES.label(one.category)),
            Cell(facts.names(one.actor_ids), targets=tuple(("actors", i) for i in one.actor_ids)),
            _activities(facts, [a.id for a in touched]),
            _activities(facts, harmed, "alarm" if harmed else ""),
            _activities(facts, untested, "gap" if untested else ""),
            Cell(day, "" if one.reviewed_on else "gap"),
        )
        rows.append(Row(Cell(one.title, targets=(("dividers", one.id),)), cells))
    return Grid(
        tr("Divider or connector"),
        columns(
            tr("Side"),
            tr("Category"),
            tr("Concerns"),
            tr("Activities with these people"),
            tr("Harmed by"),
            tr("Not tested yet"),
            tr("Reviewed"),
        ),
        tuple(rows),
        (),
        tr("None are recorded yet. What pulls people apart here, and what do they share?"),
    )


def _activities(facts: Facts, ids: list[str], mark: Mark = "") -> Cell:
    """How many activities, with their titles on demand."""
    titles = "; ".join(sorted(facts.tables.activities[one].title for one in ids))
    return Cell(str(len(ids)), mark, tuple(("activities", one) for one in ids), titles)


def activities_tested(facts: Facts) -> Grid:
    """Each activity ahead against each divider and connector, and its checklist answers."""
    known = known_dividers(facts)
    tests = latest_tests(facts)
    answers = {
        (one.item_id, one.target_id): one
        for one in facts.tables.answers.values()
        if one.target_table == "activities"
    }
    rows = []
    for activity in sorted(facts.activities_ahead, key=lambda a: (activity_start(a), a.title)):
        effects = [_effect(facts, activity, one, tests) for one in known]
        others = [_test(item, answers.get((item, activity.id))) for item in TESTS]
        title = Cell(activity.title, targets=(("activities", activity.id),))
        rows.append(Row(title, (*effects, *others)))
    heading = tuple(
        Cell(one.title, more=f"{DIVIDER_SIDES.label(one.side)}: {one.title}") for one in known
    )
    return Grid(
        tr("Activity"),
        (
            *heading,
            *columns(
                tr("Could it polarise? (DNH-18)"),
                tr("Resources fair? (DNH-34)"),
                tr("Conduct fair? (DNH-35)"),
            ),
        ),
        tuple(rows),
        _what_is_open(known, rows) if rows else (),
        tr("No activity runs or is planned."),
    )


def _what_is_open(known: list[Divider], rows: list[Row]) -> tuple[str, ...]:
    if not known:
        return (tr("No dividers or connectors are listed yet to test against."),)
    cells = [cell for row in rows for cell in row.cells[: len(known)]]
    untested = sum(cell.mark == "gap" for cell in cells)
    harmful = sum(cell.mark == "alarm" for cell in cells)
    found = [
        tr("{untested} of {all} pairs are not tested yet.", untested=untested, all=len(cells)),
    ]
    if harmful:
        found.append(
            plural(
                "{count} does harm, with no other option on record.",
                "{count} do harm, with no other option on record.",
                harmful,
            )
        )
    return tuple(found)


def _effect(
    facts: Facts, activity: Activity, divider: Divider, tests: dict[tuple[str, str], DividerTest]
) -> Cell:
    """What an activity does to a divider or connector, or why it should be asked."""
    key = ("test", activity.id, divider.id)
    people = facts.names(_concerned(facts, activity, divider))
    test = tests.get((activity.id, divider.id))
    if test is None:
        text = tr("not tested: concerns {names}", names=people) if people else tr("not tested")
        return Cell(text, "gap", (), text, key)
    label = DIVIDER_EFFECTS.label(test.effect)
    mark: Mark = "doubt" if test.effect == "unknown" else "good"
    if test.effect == HARMS[divider.side]:
        mark = "doubt" if test.options.strip() else "alarm"
    day = "" if test.date is None else test.date.iso()
    if test.date is not None and (facts.as_of - test.date.last()).days > review_limit(facts):
        mark = "alarm" if mark == "alarm" else "doubt"
        label = tr("{effect}; looked at {date}", effect=label, date=day)
    parts = (label, day if day not in label else "", test.reviewer_role, test.reasoning)
    more = " · ".join(part for part in parts if part)
    if test.options.strip():
        more = tr("{what}. Instead: {options}", what=more, options=test.options.strip())
    return Cell(label, mark, (("divider_tests", test.id),), more, key)


def _concerned(facts: Facts, activity: Activity, divider: Divider) -> list[str]:
    """Those of a divider who take part in an activity, or whose parts do."""
    people = {activity.lead_id, *activity.participant_ids, *activity.party_ids} - {""}
    wider = {one for person in people for one in facts.with_ancestors(person)}
    return facts.sorted_by_name(wider & set(divider.actor_ids))


def _touches(facts: Facts, activity: Activity, divider: Divider) -> bool:
    return bool(_concerned(facts, activity, divider))


def _test(item: str, answer: Answer | None) -> Cell:
    if answer is None:
        return Cell(tr("not answered"), "gap")
    label = CHECKLIST_ANSWERS.label(answer.answer)
    bad = "yes" if item in BAD_WHEN_YES else "no"
    mark: Mark = "doubt"
    if answer.answer in {"yes", "no"}:
        mark = "alarm" if answer.answer == bad and not answer.mitigation.strip() else "good"
    text = label if mark != "alarm" else tr("{answer}, without mitigation", answer=label)
    return Cell(text, mark, (("answers", answer.id),), answer.reasoning or text)


VIEWS = (
    View(
        id="dividers",
        name="Dividers and connectors",
        question="What divides and what connects people here?",
        definition=(
            "Lists the recorded dividers and connectors with those they concern, the running and "
            "planned activities with these people, those that were found to strengthen a divider "
            "or weaken a connector, those not tested yet, and the day of the last look."
        ),
        example=(
            "A shared market day connects two villages; a checkpoint on the road to it divides "
            "them."
        ),
        source="CDA Do No Harm, steps 2 and 3",
        inputs=("dividers", "divider_tests", "activities", "actors"),
        records="dividers",
        make=dividers_and_connectors,
    ),
    View(
        id="tested",
        name="Activities against dividers",
        question="What does each planned activity do to what divides and connects?",
        definition=(
            "Crosses running and planned activities with the recorded dividers and connectors. "
            "Each field is judged by hand: it strengthens, weakens or does nothing. What "
            "strengthens a divider or weakens a connector needs another option. A look older than "
            "the limit for the phase (W26) is marked. The last columns are answers of the "
            "checklist."
        ),
        example=(
            "Hiring guards from one clan only strengthens the divide between the clans; hiring in "
            "pairs was the other option."
        ),
        source="CDA Do No Harm, steps 4 to 6; C4",
        inputs=("dividers", "divider_tests", "activities", "actors", "answers", "phases"),
        records="divider_tests",
        make=activities_tested,
    ),
)
