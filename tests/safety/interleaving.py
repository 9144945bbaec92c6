"""Two processes save the same file: no version that was reported as saved may be lost."""

from __future__ import annotations

import os
import random
import signal
from functools import partial
from typing import TYPE_CHECKING, Any

from desktop.autosave import autosave
from model.refusals import Refusal
from model.storage.drafts import find_drafts
from model.storage.filesystem import FileSystem
from model.storage.generations import find_generations
from model.storage.store import Store
from tests.safety.clock import pause
from tests.safety.faults import Board, carry_out
from tests.safety.operations import KEY, Bench, content_of, drive, state_of
from tests.safety.results import Result, Suite

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


def interleaving_suite(place: Path, trials: int) -> Suite:
    """One process saves between any two calls of another; then both at once, many times."""
    part = partial(_interleaved, place, trials)
    return Suite("two processes save the same file", (part,), least=trials, fires=0.5)


def _interleaved(place: Path, trials: int) -> Result:
    result = Result("part")
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


# Drafts of two windows --------------------------------------------------------------------------


def drafts_suite(place: Path, trials: int) -> Suite:
    """Two windows work on one file and end in any way; whatever one has promised is somewhere.

    The file, an earlier version or a draft must hold it: nothing else is asked, since only a
    person can bring two windows together.
    """
    part = partial(_two_windows, place, trials)
    return Suite("two windows work on the same file", (part,), least=trials, fires=0.5)


def _two_windows(place: Path, trials: int) -> Result:
    result = Result("part")
    bench = Bench.make(place)
    chance = random.Random(2)
    boards = Board(), Board()
    for number in range(trials):
        bench.reset()
        plans = [[chance.choice("eeefs") for _ in range(chance.randrange(2, 9))] for _ in boards]
        ends = [chance.choice(("kill", "kill", "lock")) for _ in boards]
        children = [
            _window(bench, board, 100 * (one + 1), plan, end)
            for one, (board, plan, end) in enumerate(zip(boards, plans, ends, strict=True))
        ]
        for child in children:
            os.waitpid(child, 0)
        told = [word for board in boards for word in board.words()]
        result.trials += 1
        result.fired += all(any(word.startswith(f"r{one}") for word in told) for one in "12")
        lost = _nowhere(bench, told)
        if lost:
            result.losses.append(f"{number}, {plans}, {ends}: {lost}")
    return result


def _window(bench: Bench, board: Board, first: int, plan: list[str], end: str) -> int:
    child = os.fork()
    if child:
        return child
    carry_out(lambda tell: _work(bench, first, plan, end, tell), board.tell)
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def _work(bench: Bench, state: int, plan: list[str], end: str, tell: Callable[[str], None]) -> None:
    desk = bench.desk()
    desk.recover()
    tell(f"seen {desk.state()}")  # a person has it before the eyes and goes on from there
    for wish in plan:
        if wish == "e":
            state += 1
            desk.edit(state, tell)
        elif wish == "f":
            desk.keeper.flush()
        else:
            drive(autosave(desk.store, desk.session))
        pause(0.002)
    if end == "lock":
        desk.leave_all()


def _nowhere(bench: Bench, told: list[str]) -> str:
    """The last promise of either window, if no file and no draft holds it."""
    store, project = bench.store(), bench.opened()
    folder = bench.folder / "generations" / project.stamp.project
    found = {state_of(project.content)}
    for generation in find_generations(FileSystem(), folder):
        found.add(state_of(store.open_copy(generation.path, project.key).content))
    found |= {word.removeprefix("seen ") for word in told}
    drafts = find_drafts(bench.drafts, project)
    for patches in (drafts.patches, *(stray.patches for stray in drafts.strays)):
        found |= {str(getattr(one.after, "notes", "")) for all_ in patches for one in all_.changes}
    if drafts.trouble is not None:
        return str(drafts.trouble)
    for window in "12":
        states = [int(word[1:]) for word in told if word.startswith(f"r{window}")]
        if states and f"s{max(states)}" not in found:
            return f"s{max(states)} was promised, found {sorted(found)}"
    return ""
