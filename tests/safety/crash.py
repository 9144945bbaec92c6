"""Forked crash injection: every call of every operation goes wrong in every way, then pairs."""

from __future__ import annotations

import gc
import random
from typing import TYPE_CHECKING

from tests.safety.faults import ERRORS, FAULTS, Board, Fault, Outcome, run
from tests.safety.operations import OPERATIONS, Bench
from tests.safety.promises import broken_promise, left_overs
from tests.safety.results import Result, shared_out

if TYPE_CHECKING:
    from pathlib import Path

WORKERS = 2


def crash_suite(place: Path, trials: int, seed: int = 1) -> Result:
    """Share the trials out to a few processes and add their figures up."""
    names = ", ".join(OPERATIONS)
    return shared_out(
        Result("crash, error, short write at each call", note=names),
        WORKERS,
        lambda number: _part(place / str(number), trials // WORKERS, seed, number),
    )


def _part(place: Path, trials: int, seed: int, number: int) -> Result:
    """Try this worker's share of all single faults, then pairs at random."""
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
    singles = singles[number::WORKERS]
    for name, faults in singles[:trials]:
        trial(bench, name, faults, board, result)
    chance.seed(f"{seed} {number}")
    while result.trials < trials:
        name = chance.choice(list(OPERATIONS))
        spots = sorted(chance.sample(range(1, lengths[name] + 1), 2))
        first = Fault(spots[0], chance.choice(FAULTS[3:]), lasting=chance.random() < 0.3)
        trial(bench, name, (first, Fault(spots[1], chance.choice(FAULTS))), board, result)
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
    """Run an operation under faults and look what they have left."""
    outcome = _go(bench, name, faults, board)
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
