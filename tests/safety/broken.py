"""Seeded bugs: six broken writers, each of which the suites must catch, or they prove nothing."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any
from unittest import mock

from model.storage import atomic
from model.storage.filesystem import FileSystem
from tests.safety import powercut
from tests.safety.faults import FAULTS, Fault, run
from tests.safety.interleaving import interleaving_suite
from tests.safety.operations import Bench, broken_promise, save
from tests.safety.results import Result

if TYPE_CHECKING:
    from pathlib import Path


def broken_writers_suite(place: Path) -> Result:
    """Each trial is one broken writer; a loss is one that no suite noticed."""
    result = Result("seeded broken writers are caught")
    unlinking = mock.patch.object(FileSystem, "replace", powercut.UnlinkThenRename.replace)
    in_place = mock.patch.object(atomic, "replace_file", powercut.write_in_place)
    once = mock.patch.object(atomic, "write_all", powercut.write_once)
    _expect(result, "in place", _caught_by_crashes(place / "a", in_place))
    _expect(result, "unlink, then rename", _caught_by_crashes(place / "b", unlinking))
    _expect(result, "no loop for short writes", _caught_by_crashes(place / "c", once))
    with mock.patch.object(atomic, "_alone", return_value=contextlib.nullcontext()):
        found = interleaving_suite(place / "d", 60)
    _expect(result, "no lock between look and replace", found.losses)
    if powercut.why_not():
        result.name += " (4 of 6: no power cuts here)"
        return result
    for name, files in (
        ("no flush of the file", powercut.NoSync()),
        ("no flush of the folder", powercut.NoFolderSync()),
    ):
        folder = place / name.replace(" ", "-")
        folder.mkdir()
        found = powercut.power_cut_suite(folder, 120, files)
        _expect(result, name, bool(found.losses))
    return result


def _expect(result: Result, name: str, caught: object) -> None:
    result.trials += 1
    result.fired += bool(caught)
    if not caught:
        result.losses.append(f"nobody noticed the writer that writes so: {name}")


def _caught_by_crashes(place: Path, bug: mock._patch[Any]) -> bool:
    bench = Bench.make(place)
    with bug:
        bench.reset()
        length = run(lambda tell: save(bench, tell), ()).calls
        for at in range(1, length + 1):
            for kind in FAULTS[:4]:
                bench.reset()
                outcome = run(lambda tell: save(bench, tell), (Fault(at, kind),))
                refused = kind == "short" and outcome.end != "done"
                if refused or broken_promise(bench, outcome.told):
                    return True
    return False
