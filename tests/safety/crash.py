"""Forked crash injection: every call of every operation goes wrong in every way, then pairs."""

from __future__ import annotations

import gc
import random
from functools import partial
from typing import TYPE_CHECKING

from tests.safety.faults import (
    ERRORS,
    FAULTS,
    KILLS,
    Board,
    Fault,
    Injector,
    Outcome,
    carry_out_under,
    outcome,
    run,
)
from tests.safety.lanes import LANES, forked
from tests.safety.operations import OPERATIONS, Bench, end_desks, let_go_of
from tests.safety.promises import broken_promise, left_overs
from tests.safety.results import Result, Suite

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    Plan = tuple[str, tuple[Fault, ...]]

BATCH = 200


def crash_suite(place: Path, trials: int, seed: int = 1) -> Suite:
    """All single faults, then pairs at random, shared out."""
    return Suite(
        "crash, error, short write at each call",
        tuple(
            partial(_part, place / str(number), _share(trials, number), seed, number)
            for number in range(LANES)
        ),
        least=trials,
        fires=0.95,
        note=", ".join(OPERATIONS),
    )


def _share(trials: int, number: int) -> int:
    return trials // LANES + (number < trials % LANES)


def _part(place: Path, trials: int, seed: int, number: int) -> Result:
    """Try one share of all single faults, then pairs at random."""
    bench, board = Bench.make(place), Board()
    gc.freeze()
    gc.disable()
    result = Result("part")
    lengths = {name: _calls(bench, name, board, result) for name in OPERATIONS}
    singles = [
        (name, (Fault(at, kind),))
        for name, length in lengths.items()
        for at in range(1, length + 1)
        for kind in FAULTS
    ]
    chance = random.Random(seed)
    chance.shuffle(singles)
    plans: list[Plan] = [*singles[number::LANES][:trials]]
    chance.seed(f"{seed} {number}")
    while len(plans) < trials:
        name = chance.choice(list(OPERATIONS))
        spots = sorted(chance.sample(range(1, lengths[name] + 1), 2))
        first = Fault(spots[0], chance.choice(FAULTS[3:]), lasting=chance.random() < 0.3)
        plans.append((name, (first, Fault(spots[1], chance.choice(FAULTS)))))
    others = []
    for name, faults in plans:
        if any(fault.kind in KILLS for fault in faults):
            trial(bench, name, faults, board, result)
        else:
            others.append((name, faults))
    for start in range(0, len(others), BATCH):
        result.add(forked(partial(_survived, bench, others[start : start + BATCH])))
    return result


def _survived(bench: Bench, plans: Sequence[Plan]) -> Result:
    """Errors do not end a process: one child meets many, and ends its files after each."""
    gc.enable()
    result = Result("part")
    told: list[str] = []
    injector = Injector(told.append)
    for name, faults in plans:
        told.clear()
        bench.reset()
        OPERATIONS[name].prepare(bench)
        work = partial(OPERATIONS[name].work, bench)
        carry_out_under(injector, work, faults, told.append)
        end_desks()
        let_go_of(bench.folder)
        _judge(bench, name, faults, outcome(told), result)
    return result


def single_faults(bench: Bench, name: str, board: Board, result: Result) -> list[Fault]:
    """Every call of an operation going wrong in every way, the killing ones first."""
    length = _calls(bench, name, board, result)
    return [Fault(at, kind) for kind in FAULTS for at in range(1, length + 1)]


def _calls(bench: Bench, name: str, board: Board, result: Result) -> int:
    """Run an operation without a fault; it must come to its end and keep its promises."""
    outcome = _go(bench, name, (), board)
    wrong = broken_promise(bench, outcome.told, name)
    if outcome.end != "done" or wrong or not outcome.told:
        result.losses.append(f"{name} without a fault: {outcome.end}, {outcome.told}, {wrong}")
    return outcome.calls


def _go(bench: Bench, name: str, faults: tuple[Fault, ...], board: Board) -> Outcome:
    bench.reset()
    OPERATIONS[name].prepare(bench)
    return run(lambda tell: OPERATIONS[name].work(bench, tell), faults, board)


def trial(bench: Bench, name: str, faults: tuple[Fault, ...], board: Board, result: Result) -> None:
    """Run an operation under faults in a process of its own, and look what they have left."""
    _judge(bench, name, faults, _go(bench, name, faults, board), result)


def _judge(
    bench: Bench, name: str, faults: tuple[Fault, ...], outcome: Outcome, result: Result
) -> None:
    result.trials += 1
    result.fired += bool(outcome.hit)
    wrong = broken_promise(bench, outcome.told, name)
    if not wrong and outcome.end not in {"done", "refused", "killed"}:
        wrong = f"ended with {outcome.end}"
    if not wrong and all(fault.kind == "short" for fault in faults) and outcome.end != "done":
        wrong = "refused although the disk took everything in pieces"
    if not wrong and len(faults) == 1 and faults[0].kind in ERRORS and "unlink" not in outcome.hit:
        wrong = ", ".join(left_overs(bench)) and "a temporary file stays behind"
    if wrong:
        result.losses.append(f"{name}, {faults}, {outcome.hit}: {wrong}")
