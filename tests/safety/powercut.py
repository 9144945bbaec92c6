"""Power cuts on real ext4 file systems: the medium as it is after every call, mounted again.

A file on a loop device is the disk. After each call of an operation its bytes are copied: that is
what a power cut at this moment would leave. Later each copy is mounted (the file system repairs
itself from its journal, as after a real cut) and looked at as after a crash; only a draft may lag
behind until it was flushed.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any
from unittest import mock

import zstandard

from model.refusals import Refusal
from tests.safety.operations import OPERATIONS, Bench, end_desks, let_go_of
from tests.safety.promises import broken_promise
from tests.safety.results import Result, Suite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

SIZE = 4 * 1024 * 1024
State = tuple[list[str], bytes]
"""What had been promised when the power went, and the disk as it was, compressed."""
SHARE = 8
"""States of one operation under one set of options, where not all are looked at."""
ALL_OF_ALL = 2_000
OPTIONS = ("", "data=writeback,noauto_da_alloc", "data=ordered,commit=300", "data=journal")


def why_not() -> str:
    """Why power cuts cannot be tried here; "" where they can."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "needs root to mount file systems"
    if shutil.which("mkfs.ext4") is None or shutil.which("mount") is None:
        return "needs mkfs.ext4 and mount"
    if not os.path.exists("/dev/loop-control"):  # noqa: PTH110 - a device
        return "needs loop devices"
    return ""


@dataclass
class Disk:
    """One disk: an image, where it is mounted, and its states."""

    image: Path
    place: Path
    options: str
    states: list[State] = field(default_factory=list)

    def format(self) -> None:
        """Make an empty file system."""
        self.image.write_bytes(bytes(SIZE))
        _call("mkfs.ext4", "-q", "-F", "-b", "1024", "-J", "size=1", str(self.image))

    @contextlib.contextmanager
    def mounted(self) -> Iterator[Path]:
        """Mount it for a while."""
        self.place.mkdir(exist_ok=True)
        options = ",".join(filter(None, ("loop", self.options)))
        _call("mount", "-t", "ext4", "-o", options, str(self.image), str(self.place))
        try:
            yield self.place
        finally:
            _call("umount", str(self.place))

    def cut(self, told: list[str]) -> None:
        """Remember what a power cut now would leave, and what had been promised by then."""
        self.states.append((list(told), zstandard.compress(self.image.read_bytes(), 1)))


def _call(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


CHANGING = ("write", "fsync", "close", "replace", "link", "unlink", "truncate", "fchmod", "mkdir")


@contextlib.contextmanager
def cutting(disk: Disk, told: list[str]) -> Iterator[None]:
    """Take a picture of the disk after each call that changes something."""

    def wrap(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            found = real(*args, **kwargs)
            disk.cut(told)
            return found

        return call

    with contextlib.ExitStack() as patches:
        for name in CHANGING:
            patches.enter_context(mock.patch.object(os, name, wrap(getattr(os, name))))
        yield


def power_cut_suite(
    place: Path,
    states: int,
    names: Iterable[str] = OPERATIONS,
    label: str = "power cut at each call",
) -> Suite:
    """Cut the power at each call of the operations, each under several mount options."""
    part = partial(_cut_often, place, states, tuple(names))
    return Suite(label, (part,), least=states, fires=1.0, skipped=why_not())


def _cut_often(place: Path, states: int, names: tuple[str, ...]) -> Result:
    place.mkdir(parents=True, exist_ok=True)
    result = Result("part")
    rounds = itertools.product(OPTIONS, names)
    while result.trials < states:
        options, name = next(rounds, ("", ""))
        if not name:
            rounds = itertools.product(OPTIONS, names)
            continue
        disk = Disk(place / "disk.img", place / "mnt", options)
        try:
            bench = Bench.make(place / f"bench{result.trials}")
            _record(disk, bench.master, name)
        except subprocess.CalledProcessError as error:
            why = f"mounting failed: {error.stderr.decode(errors='replace').strip()}"
            if result.trials:
                result.losses.append(why)
            result.skipped = "" if result.trials else why
            break
        wanted = disk.states
        if states < ALL_OF_ALL:
            wanted = _spread(disk.states, SHARE, OPTIONS.index(options))
        for told, image in wanted[: states - result.trials]:
            result.trials += 1
            result.fired += 1
            wrong = _look(disk, bench.master, name, told, image)
            if wrong:
                result.losses.append(f"{name}, mounted with {options or 'defaults'}: {wrong}")
    return result


def _spread(states: list[State], count: int, shift: int) -> list[State]:
    """So many of the states, others for each shift; the last of them always among them."""
    step = max(1, len(states) // count)
    return [*states[shift * step // len(OPTIONS) : -1 : step][: count - 1], states[-1]]


def _record(disk: Disk, master: Path, name: str) -> None:
    disk.format()
    told: list[str] = []
    operation = OPERATIONS[name]
    with disk.mounted() as folder:
        bench = Bench(folder / "trial", master)
        bench.reset()
        operation.prepare(bench)
        os.sync()
        with cutting(disk, told), contextlib.suppress(Refusal):
            operation.work(bench, told.append)
        disk.cut(told)
        end_desks()
        let_go_of(folder)


def _look(disk: Disk, master: Path, name: str, told: list[str], image: bytes) -> str:
    disk.image.write_bytes(zstandard.decompress(image))
    with disk.mounted() as folder:
        return broken_promise(Bench(folder / "trial", master), told, name, power=True)
