"""Power cuts on real ext4 file systems: the medium as it is after every call, mounted again.

A file on a loop device is the disk. After each call of a save its bytes are copied: that is what
a power cut at this moment would leave. Later each copy is mounted (the file system repairs itself
from its journal, as after a real cut) and the project in it must be old or new, and new once the
save was reported as durable.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from model.refusals import Refusal
from model.storage import atomic
from model.storage.filesystem import FileSystem
from model.storage.store import Store
from tests.safety.operations import KEY, content_of, state_of
from tests.safety.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIZE = 4 * 1024 * 1024
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
    states: list[tuple[str, bytes]] = field(default_factory=list)

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

    def cut(self, promised: str) -> None:
        """Remember what a power cut now would leave."""
        self.states.append((promised, self.image.read_bytes()))


def _call(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


class Cutting(FileSystem):
    """Takes a picture of the disk after each call that changes something."""

    def __init__(self, disk: Disk, base: FileSystem) -> None:
        self._disk = disk
        self._base = base

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("_"):
            return object.__getattribute__(self, name)
        disk, real = self._disk, getattr(self._base, name)

        def call(*args: Any) -> Any:
            found = real(*args)
            if name not in {"facts", "names", "free_space"}:
                disk.cut("s0")
            return found

        return call


def power_cut_suite(
    place: Path,
    states: int,
    base: FileSystem | None = None,
    name: str = "power cut after each call",
) -> Result:
    """Cut the power at each call of saves under several mount options."""
    result = Result(name, skipped=why_not())
    round_number = 0
    while not result.skipped and result.trials < states:
        options = OPTIONS[round_number % len(OPTIONS)]
        round_number += 1
        disk = Disk(place / "disk.img", place / "mnt", options)
        try:
            _record(disk, base or FileSystem())
        except subprocess.CalledProcessError as error:
            result.skipped = f"mounting failed: {error.stderr.decode(errors='replace').strip()}"
            break
        for promised, image in disk.states[: states - result.trials]:
            result.trials += 1
            result.fired += 1
            wrong = _look(disk, promised, image)
            if wrong:
                result.losses.append(f"mounted with {options or 'defaults'}: {wrong}")
    return result


def _record(disk: Disk, base: FileSystem) -> None:
    disk.format()
    with disk.mounted() as folder:
        store = Store("safety", generations=folder / "generations", log_n=10)
        project = store.create(folder / "p.xtrk", content_of("s0"), KEY).project
        os.sync()
        files: FileSystem = Cutting(disk, base)
        cutting = Store("safety", files=files, generations=folder / "generations", log_n=10)
        with contextlib.suppress(Refusal):
            saved = cutting.save(project, content_of("s1"))
            disk.cut("s1" if saved.durable else "s0")
        disk.cut("s0")
        _call("sync", "-f", str(folder))


def _look(disk: Disk, promised: str, image: bytes) -> str:
    disk.image.write_bytes(image)
    with disk.mounted() as folder:
        path = folder / "p.xtrk"
        try:
            found = state_of(Store("look", log_n=10).open(path, KEY).content)
        except (Refusal, OSError) as error:
            return str(error)
    if found not in {"s0", "s1"} or (promised == "s1" and found != "s1"):
        return f"found {found}, promised {promised}"
    return ""


class NoSync(FileSystem):
    """A broken writer: never waits for the medium."""

    def sync(self, handle: int) -> None:
        """Do nothing."""

    def sync_folder(self, folder: Path) -> None:
        """Do nothing."""


class NoFolderSync(FileSystem):
    """A broken writer: the name may come later than the promise."""

    def sync_folder(self, folder: Path) -> None:
        """Do nothing."""


class UnlinkThenRename(FileSystem):
    """A broken writer: there is a moment without any file."""

    def replace(self, source: Path, target: Path) -> None:
        """Remove first."""
        if target.name == "p.xtrk" and target.exists():
            target.unlink()
        super().replace(source, target)


def write_in_place(
    files: FileSystem,
    path: Path,
    data: bytes,
    expected: object,
    verify: atomic.Verify,
    keep: atomic.Keep | None = None,
) -> atomic.Written:
    """A broken writer: opens the project file and overwrites it."""
    handle = os.open(path, os.O_WRONLY | os.O_TRUNC)
    half = len(data) // 2
    files.write(handle, memoryview(data)[:half])
    files.write(handle, memoryview(data)[half:])
    files.sync(handle)
    files.close(handle)
    verify(path.read_bytes())
    return atomic.Written(atomic.Fingerprint.of(data), durable=True)


def write_once(files: FileSystem, handle: int, data: bytes) -> None:
    """A broken writer: believes that one write writes all."""
    files.write(handle, memoryview(data))
