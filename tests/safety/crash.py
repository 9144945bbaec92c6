"""Forked crash injection: every call of every operation goes wrong in every way, then pairs."""

from __future__ import annotations

import gc
import os
import random
from typing import TYPE_CHECKING

import msgspec

from tests.safety.faults import FAULTS, Fault, run
from tests.safety.operations import OPERATIONS, Bench, broken_promise
from tests.safety.results import Result

if TYPE_CHECKING:
    from pathlib import Path

MUST_SUCCEED = {"short"}


WORKERS = 2


def crash_suite(place: Path, trials: int, seed: int = 1) -> Result:
    """Share the trials out to a few processes and add their figures up."""
    result = Result("crash, error and short write at each call")
    pipes = []
    for number in range(WORKERS):
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(reading)
            part = _part(place / str(number), trials // WORKERS, seed, number)
            with os.fdopen(writing, "wb") as stream:
                stream.write(msgspec.json.encode(part))
            os._exit(0)
        os.close(writing)
        pipes.append(reading)
    for reading in pipes:
        with os.fdopen(reading, "rb") as stream:
            part = msgspec.json.decode(stream.read(), type=Result)
        os.wait()
        result.trials += part.trials
        result.fired += part.fired
        result.losses += part.losses
    return result


def _part(place: Path, trials: int, seed: int, number: int) -> Result:
    """Try this worker's share of all single faults, then pairs at random."""
    gc.freeze()
    gc.disable()
    result = Result("part")
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
    singles = singles[number::WORKERS]
    for name, faults in singles[:trials]:
        _trial(bench, name, faults, result)
    chance.seed(f"{seed} {number}")
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
