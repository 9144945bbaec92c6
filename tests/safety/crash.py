"""Forked crash injection: every call of every operation goes wrong in every way, then pairs."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.safety.faults import FAULTS, Fault, run
from tests.safety.operations import OPERATIONS, Bench, broken_promise
from tests.safety.results import Result

if TYPE_CHECKING:
    from pathlib import Path

MUST_SUCCEED = {"short"}


def crash_suite(place: Path, trials: int, seed: int = 1) -> Result:
    """Try all single faults, then pairs of faults at random until there are enough trials."""
    result = Result("crash, error and short write at each call")
    bench = Bench.make(place)
    lengths = {}
    for name in OPERATIONS:
        lengths[name] = _calls(bench, name)
    singles = [
        (name, (Fault(at, kind),))
        for name, length in lengths.items()
        for at in range(1, length + 1)
        for kind in FAULTS
    ]
    chance = random.Random(seed)
    chance.shuffle(singles)
    for name, faults in singles[:trials]:
        _trial(bench, name, faults, result)
    while result.trials < trials:
        name = chance.choice(list(OPERATIONS))
        spots = sorted(chance.sample(range(1, lengths[name] + 1), 2))
        first = Fault(spots[0], chance.choice(FAULTS[3:]), lasting=chance.random() < 0.3)
        _trial(bench, name, (first, Fault(spots[1], chance.choice(FAULTS))), result)
    return result


def _calls(bench: Bench, name: str) -> int:
    bench.reset()
    return run(lambda tell: OPERATIONS[name](bench, tell), ()).calls


def _trial(bench: Bench, name: str, faults: tuple[Fault, ...], result: Result) -> None:
    bench.reset()
    outcome = run(lambda tell: OPERATIONS[name](bench, tell), faults)
    result.trials += 1
    result.fired += outcome.fired
    wrong = broken_promise(bench, outcome.told)
    if not wrong and outcome.end not in {"done", "refused", "killed"}:
        wrong = f"ended with {outcome.end}"
    if not wrong and {fault.kind for fault in faults} <= MUST_SUCCEED and outcome.end != "done":
        wrong = "refused although the disk took everything in pieces"
    if wrong:
        result.losses.append(f"{name}, {faults}: {wrong}")
