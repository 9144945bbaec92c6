"""Processes beside each other, and how crowded the phases are."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from model.analysis.rules.processes import are_linked, in_contact, leads_of, shared_parties
from model.analysis.views.grid import Cell, Grid, Row, columns
from model.analysis.views.view import View
from model.codes import PHASE_KINDS
from model.dates import first_day, last_day
from resources.text import tr

if TYPE_CHECKING:
    from datetime import date

    from model.analysis.facts import Facts
    from model.analysis.views.grid import Mark
    from model.records import Phase, Process


def parallel_processes(facts: Facts) -> Grid:
    """Pairs of processes that overlap in time and share a party, under different leads."""
    rows = []
    known = sorted(facts.tables.processes.values(), key=lambda one: (one.name, one.id))
    for first, second in combinations(known, 2):
        shared = shared_parties(facts, first, second)
        overlap = _overlap(first, second)
        if shared and overlap and first.lead_id != second.lead_id:
            rows.append(_pair(facts, (first, second), shared, overlap))
    return Grid(
        tr("Process"),
        columns(tr("Beside"), tr("Shared parties"), tr("In time"), tr("Link between the leads")),
        tuple(rows),
        (),
        tr("No two recorded processes with different leads share a party at the same time."),
    )


def _pair(facts: Facts, pair: tuple[Process, Process], shared: list[str], overlap: str) -> Row:
    first, second = pair
    linked = are_linked(facts, first, second)
    mark: Mark = "good" if linked else "alarm"
    text = tr("recorded") if linked else tr("no record")
    leads = facts.sorted_by_name(leads_of(first) | leads_of(second))
    return Row(
        Cell(_with_lead(facts, first), targets=(("processes", first.id),)),
        (
            Cell(_with_lead(facts, second), targets=(("processes", second.id),)),
            Cell(facts.names(shared), targets=tuple(("actors", one) for one in shared)),
            Cell(overlap),
            Cell(text, mark, tuple(("actors", one) for one in leads)),
        ),
    )


def _with_lead(facts: Facts, process: Process) -> str:
    leads = facts.names(leads_of(process)) or tr("no lead")
    return f"{process.name} ({leads})"


def _overlap(first: Process, second: Process) -> str:
    """How surely two processes overlap; "" when they do not."""
    start = max(first_day(first.start), first_day(second.start))
    end = min(last_day(first.end), last_day(second.end))
    if start > end:
        return ""
    dates = (first.start, first.end, second.start, second.end)
    vague = any(day is None or (not day.open and (day.qualifier or not day.day)) for day in dates)
    return tr("possibly at the same time") if vague else tr("at the same time")


def crowding(facts: Facts) -> Grid:
    """How many third parties are in contact with the parties as each phase begins and goes on."""
    rows = []
    phases = sorted(facts.tables.phases.values(), key=lambda one: (first_day(one.start), one.label))
    for phase in phases:
        begin, now = _days(facts, phase)
        limit = int(facts.limit("W01.third_parties")) if phase.kind == "pre_talks" else None
        cells = [_crowd(facts, day, limit) for day in (begin, now)]
        rows.append(
            Row(
                Cell(phase.label, targets=(("phases", phase.id),)),
                (
                    Cell(PHASE_KINDS.label(phase.kind)),
                    *cells,
                    Cell(tr("at most {limit}", limit=limit) if limit is not None else "–"),
                ),
            )
        )
    return Grid(
        tr("Phase"),
        columns(tr("Kind"), tr("As it begins"), tr("Now, or as it ends"), tr("Limit of the team")),
        tuple(rows),
        (),
        tr("No phases are recorded."),
    )


def _days(facts: Facts, phase: Phase) -> tuple[date, date]:
    """The day to look at for the beginning of a phase, and the later of its days up to now."""
    now = min(last_day(phase.end), max(facts.as_of, first_day(phase.start)))
    return (now if phase.start is None else first_day(phase.start)), now


def _crowd(facts: Facts, day: date, limit: int | None) -> Cell:
    there = facts if day == facts.as_of else facts.on(day)
    present = there.sorted_by_name(in_contact(there))
    mark: Mark = ""
    text = str(len(present))
    if limit is not None and len(present) > limit:
        mark, text = "alarm", tr("{count}, above the limit", count=len(present))
    targets = tuple(("actors", one) for one in present)
    more = tr("{day}: {names}", day=day.isoformat(), names=there.names(present) or tr("nobody"))
    return Cell(text, mark, targets, more)


VIEWS = (
    View(
        id="parallel",
        name="Parallel processes",
        question="Which processes run beside each other with the same parties?",
        definition=(
            "Compares all processes two by two: they overlap in time, share a party (or a part of "
            "it), and have different leads. Dates that are not exact make the overlap possible, "
            "not certain."
        ),
        example=(
            "A neighbour hosts talks in spring with the same armed group that the envoy meets "
            "in summer."
        ),
        source="C1, C4, O2",
        inputs=("processes", "actors", "linkages"),
        make=parallel_processes,
    ),
    View(
        id="crowding",
        name="Crowding by phase",
        question="How many third parties are in contact with the parties, phase by phase?",
        definition=(
            "Counts third parties (donors aside) with an active channel, facilitation, advice or "
            "observation to a conflict party on the first day of each phase and on its last day "
            "up to now. In pre-talks the limit of the team applies."
        ),
        example="Four envoys knew of the first meeting; by the third there are nine.",
        source="C1, C4",
        inputs=("phases", "roles", "actors", "linkages"),
        make=crowding,
    ),
)
