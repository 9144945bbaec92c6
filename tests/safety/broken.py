"""Seeded bugs: broken writers and keepers, each of which a suite must catch to prove anything."""

from __future__ import annotations

import contextlib
import os
from functools import partial
from typing import TYPE_CHECKING, Any
from unittest import mock

from desktop.autosave import autosave
from desktop.drafts import DraftKeeper
from model.patch import Patch
from model.refusals import Refusal
from model.storage import atomic
from model.storage.filesystem import FileSystem
from model.storage.journal import Journal
from model.storage.store import Store
from tests.safety import operations, powercut
from tests.safety.crash import single_faults, trial
from tests.safety.faults import Board, Fault
from tests.safety.interleaving import drafts_suite, interleaving_suite
from tests.safety.operations import Bench
from tests.safety.results import Result, Suite

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from pathlib import Path

    from model.merge.threeway import MergePlan

    Bug = Any
    Catch = Callable[[Path, Bug], bool]

LONG = ("no flush of the folder", "draft not flushed", "draft behind a torn end")
"""What takes long to be seen, and is left to the command."""
NEEDS_POWER = "flush"
"""In the names of those that only power cuts show."""


def broken_writers_suite(place: Path, leave_out: Container[str] = ()) -> Suite:
    """Each trial is one broken writer; a loss is one that no suite noticed."""
    names = [name for name in _bugs() if name not in leave_out]
    seen = [name for name in names if not (NEEDS_POWER in name and powercut.why_not())]
    return Suite(
        "seeded broken writers are caught",
        tuple(partial(_is_caught, place / name.replace(" ", "-"), name) for name in seen),
        least=len(seen),
        fires=1.0,
        note="" if seen == names else f"not those of power cuts: {powercut.why_not()}",
    )


def _is_caught(folder: Path, name: str) -> Result:
    bug, catch = _bugs()[name]
    folder.mkdir(parents=True)
    caught = catch(folder, bug)
    return Result("part", 1, int(caught), [] if caught else [f"nobody noticed: {name}"])


def _bugs() -> dict[str, tuple[Bug, Catch]]:
    """What is done wrong, the patch that does it, and the suite that has to see it."""
    patch = mock.patch.object
    nothing = lambda *_: None  # noqa: E731 - for the patches below
    return {
        "file written in place": (patch(atomic, "replace_file", write_in_place), _by("save")),
        "unlinked, then renamed": (patch(FileSystem, "replace", _unlink_then_rename), _by("save")),
        "no loop for short writes": (patch(atomic, "write_all", write_once), _by("save", "short")),
        "no flush of the file": (patch(FileSystem, "sync", nothing), _by_power_cuts("save")),
        "no flush of the folder": (
            patch(FileSystem, "sync_folder", nothing),
            _by_power_cuts("save"),
        ),
        "no lock between look and replace": (
            patch(atomic, "_alone", lambda *_: contextlib.nullcontext()),
            _by_two_processes(interleaving_suite, 90),
        ),
        "earlier version not kept": (
            patch(Store, "_generation_folder", lambda *_: None),
            _by("migrate"),
        ),
        "draft not flushed": (patch(Journal, "sync", nothing), _by_power_cuts("autosave")),
        "draft behind a torn end": (
            patch(Journal, "append", _append_behind_anything),
            _by("autosave", "torn"),
        ),
        "draft emptied before the save": (
            patch(operations, "autosave", _empty_the_draft_first),
            _by("autosave"),
        ),
        "one draft for two windows": (
            patch(FileSystem, "hold", nothing),
            _by_two_processes(drafts_suite, 60),
        ),
        "merge that takes one side": (patch(operations, "resolve", _take_ours), _by("merge")),
    }


def _by(name: str, kind: str = "") -> Catch:
    """Whether single faults in an operation show the bug."""

    def catch(place: Path, bug: Bug) -> bool:
        bench, board, result = Bench.make(place), Board(), Result(name)
        with bug:
            for fault in single_faults(bench, name, board, result):
                if result.losses:
                    break
                if kind in ("", fault.kind):
                    later = [Fault(fault.at + after, "kill") for after in (3, 5)]
                    pairs = [(fault, one) for one in later] if kind == "torn" else [(fault,)]
                    for faults in pairs:
                        trial(bench, name, faults, board, result)
        return bool(result.losses)

    return catch


def _by_power_cuts(name: str) -> Catch:
    def catch(place: Path, bug: Bug) -> bool:
        with bug:
            return bool(powercut.power_cut_suite(place, 120, (name,)).run_here().losses)

    return catch


def _by_two_processes(suite: Callable[[Path, int], Suite], trials: int) -> Catch:
    def catch(place: Path, bug: Bug) -> bool:
        with bug:
            return bool(suite(place, trials).run_here().losses)

    return catch


def _unlink_then_rename(_files: FileSystem, source: Path, target: Path) -> None:
    """There is a moment without any file."""
    if target.name == "p.xtrk" and target.exists():
        target.unlink()
    source.replace(target)


def write_in_place(
    files: FileSystem,
    path: Path,
    data: bytes,
    _expected: object,
    verify: atomic.Verify,
    keep: atomic.Keep | None = None,
) -> atomic.Written:
    """Open the project file and overwrite it."""
    del keep
    handle = os.open(path, os.O_WRONLY | os.O_TRUNC)
    half = len(data) // 2
    files.write(handle, memoryview(data)[:half])
    files.write(handle, memoryview(data)[half:])
    files.sync(handle)
    files.close(handle)
    verify(path.read_bytes())
    return atomic.Written(atomic.Fingerprint.of(data), durable=True)


def write_once(files: FileSystem, handle: int, data: bytes) -> None:
    """Believe that one write writes all."""
    files.write(handle, memoryview(data))


def _append_behind_anything(journal: Journal, payload: bytes) -> None:
    """Go on behind a record that was only half written."""
    record, after = journal._chain.seal(payload)
    handle = journal._handle or 0
    try:
        atomic.write_all(journal._files, handle, record)
    except OSError as error:
        raise Refusal("draft", str(error)) from error
    journal._chain = after


def _empty_the_draft_first(store: Store, session: Any) -> Any:
    """Believe that the save will go well."""
    for keeper in session.findChildren(DraftKeeper):
        keeper._after_save(session.document.revision)
    return autosave(store, session)


def _take_ours(_document: object, plan: MergePlan, *_: object) -> Any:
    """Throw away what the other copy brings."""
    del plan
    return Patch("Merge", ())
