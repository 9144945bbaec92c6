"""The laws of merging, each held against many random edits, and sticks that go round in files."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, settings

from model.merge.threeway import merge
from tests.model.merge import test_laws, test_strays
from tests.model.merge.test_lineage import Person, stick, team
from tests.safety.lanes import LANES
from tests.safety.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LAWS = tuple(
    law
    for module in (test_laws, test_strays)
    for name, law in sorted(vars(module).items())
    if name.startswith("test_") and hasattr(law, "hypothesis")
)
ROUNDS = 12
_SETTINGS = "_hypothesis_internal_use_settings"
"""Where hypothesis keeps them; a second `settings` around a law is refused."""


def hold_laws(place: Path, sequences: int, number: int, *, repeatable: bool) -> Result:
    """Hold a share of the laws against random edits, and let as many sticks go round.

    A trial counts as fired if the copies had to be merged: both sides had changed.
    """
    result = Result("part")
    for law in LAWS[number::LANES]:
        _hold(law, sequences // len(LAWS), result, repeatable=repeatable)
    source = random.Random(number if repeatable else None)
    for one in range(sequences // 25 // LANES):
        folder = place / f"team{one}"
        folder.mkdir(parents=True)
        _go_round(folder, source, result)
        shutil.rmtree(folder)
    return result


def _hold(law: Any, examples: int, result: Result, *, repeatable: bool) -> None:
    inner = law.hypothesis.inner_test

    def counted(*args: Any, **kwargs: Any) -> None:
        result.trials += 1
        result.fired += all(bool(one) for one in (*args, *kwargs.values()))
        inner(*args, **kwargs)

    usual = vars(law).get(_SETTINGS)
    law.hypothesis.inner_test = counted
    setattr(
        law,
        _SETTINGS,
        settings(
            max_examples=max(1, examples),
            database=None,
            deadline=None,
            derandomize=repeatable,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    try:
        law()
    except Exception as error:  # noqa: BLE001 - a law that does not hold
        result.losses.append(f"{law.__name__}: {type(error).__name__} {error}"[:300])
    finally:
        law.hypothesis.inner_test = inner
        setattr(law, _SETTINGS, usual)


def _go_round(folder: Path, source: random.Random, result: Result) -> None:
    """Three people edit and pass sticks at random; in the end all have all, and nothing is gone.

    Each writes into a record of their own and adds others.
    """
    people = team(folder, "a", "b", "c", keeps=source.random() < 0.5)
    mine = dict(zip((one.name for one in people), ("un", "osce", "elders"), strict=True))
    last: dict[str, str] = {}
    added: set[str] = set()
    for step in range(ROUNDS):
        person = source.choice(people)
        kind = source.randrange(4)
        if kind == 0:
            last[person.name] = f"{person.name}{step}"
            person.edit("actors", mine[person.name], notes=last[person.name])
        elif kind == 1:
            person.add(f"new{step}")
            added.add(f"new{step}")
        else:
            _pass(source.choice([one for one in people if one is not person]), person)
    for _ in range(2):
        for taker in people:
            for giver in people:
                if giver is not taker:
                    _pass(giver, taker)
    result.trials += 1
    result.fired += len(last) > 1 or bool(added)
    result.losses += _gone([person.content() for person in people], mine, last, added)


def _gone(
    contents: list[Any], mine: dict[str, str], last: dict[str, str], added: set[str]
) -> Iterator[str]:
    for content in contents:
        actors = content["actors"]
        if added - actors.keys() or {name: actors[mine[name]].notes for name in last} != last:
            yield f"sticks: gone {added - actors.keys()}, {last}"
    if merge(contents[0], contents[1], contents[2]).conflicts:
        yield "sticks: the copies do not become the same"


def _pass(giver: Person, taker: Person) -> None:
    taker.take(stick(giver))
