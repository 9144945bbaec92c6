"""Two processes save the same file: no version that was reported as saved may be lost."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING, Any

from model.refusals import Refusal
from model.storage.filesystem import FileSystem
from model.storage.generations import find_generations
from model.storage.store import Store
from tests.safety.operations import KEY, Bench, content_of, state_of
from tests.safety.results import Result

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Stopping(FileSystem):
    """Calls somebody else in before the n-th call."""

    def __init__(self, at: int, meanwhile: Callable[[], None]) -> None:
        self._at = at
        self._meanwhile = meanwhile
        self._count = 0

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("_"):
            return object.__getattribute__(self, name)
        real = object.__getattribute__(self, name)

        def call(*args: Any) -> Any:
            self._count += 1
            if self._count == self._at:
                self._meanwhile()
            return real(*args)

        return call


def interleaving_suite(place: Path, trials: int) -> Result:
    """One process saves between any two calls of another; then both at once, many times."""
    result = Result("two processes save the same file")
    bench = Bench.make(place)
    for at in range(1, 60):
        bench.reset()
        _stopped(result, bench, at)
    chance = random.Random(1)
    while result.trials < trials:
        bench.reset()
        _race(result, bench, chance)
    return result


def _stopped(result: Result, bench: Bench, at: int) -> None:
    kept: list[str] = []

    def other() -> None:
        result.fired += 1
        _save(bench, bench.store(), "s7", kept)

    files = Stopping(at, other)
    mine = Store("safety", files=files, generations=bench.folder / "generations", log_n=10)
    project = bench.opened()
    try:
        saved = mine.save(project, content_of("s1"))
        kept += ["s1"] if saved.durable else []
    except Refusal:
        pass
    _check(result, bench, kept, f"the other at call {at}")


def _save(bench: Bench, store: Store, state: str, kept: list[str]) -> None:
    try:
        saved = store.save(store.open(bench.path, KEY), content_of(state))
    except Refusal:
        return
    if saved.durable:
        kept.append(state)


def _race(result: Result, bench: Bench, chance: random.Random) -> None:
    """Both run freely; the operating system decides who comes first."""
    rounds = [chance.randrange(1, 4) for _ in range(2)]

    def other(tell: Callable[[str], None]) -> None:
        kept: list[str] = []
        for number in range(rounds[0]):
            _save(bench, bench.store(), f"s{10 + number}", kept)
        for state in kept:
            tell(state)

    kept = _together(bench, other, rounds[1])
    result.fired += 1
    _check(result, bench, kept, "both at once")


def _together(
    bench: Bench, other: Callable[[Callable[[str], None]], None], rounds: int
) -> list[str]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as stream:
            other(lambda state: print(state, file=stream))
        os._exit(0)
    os.close(writing)
    kept: list[str] = []
    for number in range(rounds):
        _save(bench, bench.store(), f"s{20 + number}", kept)
    with os.fdopen(reading, "rb") as stream:
        kept += stream.read().decode().split()
    os.waitpid(child, 0)
    return kept


def _check(result: Result, bench: Bench, kept: list[str], name: str) -> None:
    """Every state reported as saved is the file or among the earlier versions."""
    result.trials += 1
    store = bench.store()
    project = bench.opened()
    folder = bench.folder / "generations" / project.stamp.project
    found = {state_of(project.content)}
    for generation in find_generations(FileSystem(), folder):
        found.add(state_of(store.open_copy(generation.path, project.key).content))
    lost = [state for state in kept if state not in found]
    if lost:
        result.losses.append(f"{name}: {lost} reported as saved, found only {sorted(found)}")
