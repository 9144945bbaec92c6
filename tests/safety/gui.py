"""Kills of the real window, and the search for its content outside the project file."""

from __future__ import annotations

import base64
import contextlib
import os
import re
import secrets
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING, Protocol

from model.refusals import Refusal
from model.storage.drafts import found_draft
from model.storage.filesystem import FileSystem
from model.storage.lockedwork import found_work
from model.storage.store import Store
from tests.safety.clock import pause
from tests.safety.lanes import LANES
from tests.safety.operations import KEY, content_of, state_of
from tests.safety.results import Result, Suite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Self

FOLDERS = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "TMPDIR")


class Process(Protocol):
    """A process that talks on its standard output and can be killed."""

    stdout: IO[bytes] | None

    def kill(self) -> None:
        """End it at once."""

    def wait(self) -> int:
        """Wait for its end."""


Launch = Callable[[list[str], dict[str, str], "Path"], Process]


def _spawned(words: list[str], environment: dict[str, str], log: Path) -> Process:
    """A process from nothing, as users start it."""
    with log.open("wb") as stderr:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.safety.gui_victim", *words],
            stdout=subprocess.PIPE,
            stderr=stderr,
            env={**os.environ, **environment},
        )


@dataclass
class Victim:
    """A process with a window, in a home of its own."""

    home: Path
    canary: str
    process: Process
    log: Path

    @classmethod
    def start(cls, home: Path, canary: str, edits: int, launch: Launch | None = None) -> Victim:
        """Write a project and open it in a new process."""
        home.mkdir(parents=True)
        environment = {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
        for name in FOLDERS:
            (home / name.lower()).mkdir()
            environment[name] = str(home / name.lower())
        store = Store("victim", generations=home / "generations", log_n=10)
        store.create(home / "p.xtrk", content_of(f"{canary}s0"), KEY)
        (home / "key.txt").write_bytes(KEY.content())
        log = home / "stderr.log"
        words = [str(home / "p.xtrk"), str(home / "key.txt"), canary, str(edits)]
        return cls(home, canary, (launch or _spawned)(words, environment, log), log)

    def told(self) -> Iterator[str]:
        """What it says, line by line."""
        if self.process.stdout is not None:
            for line in self.process.stdout:
                yield line.decode().strip()

    def kill(self) -> None:
        """End it as a power cut of the program would."""
        self.process.kill()

    def wait(self) -> None:
        """Wait for its end."""
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def __enter__(self) -> Self:
        """It lives as long as the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nobody is left behind, whatever happens to the suite."""
        self.kill()
        self.wait()

    def recovered(self) -> int:
        """The number of the edit that is there after the next start."""
        store = Store("look", log_n=10)
        project = store.open(self.home / "p.xtrk", KEY)
        drafts = self.home / "xdg_data_home" / "crosstrack" / "drafts"
        state = state_of(project.content)
        work = found_work(FileSystem(), drafts, project)
        patches = found_draft(drafts, project)
        for patch in (*((work.unsaved,) if work is not None else ()), *patches):
            for change in patch.changes:
                state = str(getattr(change.after, "notes", state))
        return int(state.removeprefix(self.canary)[1:])


def gui_kill_suite(place: Path, kills: int, seed: int = 1) -> Suite:
    """Kill the window at random moments; every edit that it made must be there."""
    share = -(-kills // LANES)
    return Suite(
        "kill -9 of the real window",
        tuple(
            partial(_killed, place / str(number), share, seed + number) for number in range(LANES)
        ),
        least=kills,
        fires=1.0,
    )


def _killed(place: Path, count: int, seed: int) -> Result:
    """In a process that has no window: it loads the program once and forks a window each time."""
    from tests.safety.gui_kills import kills

    return kills(place, count, seed)


def canary_suite(place: Path) -> Suite:
    """Look for content in all that the program wrote.

    It edits, saves, exports for others, fails to save, meets an exception, locks and is killed.
    """
    part = partial(_searched, place)
    return Suite("no content in clear outside the file", (part,), least=5, fires=1.0)


def _searched(place: Path) -> Result:
    result = Result("part")
    canary = f"KANARI{secrets.token_hex(6)}"
    told = []
    with Victim.start(place / "canary", canary, 40) as victim:
        for line in victim.told():
            told.append(line)
            if line == "locked":
                pause(0.5)
                victim.kill()
                break
    for path in (place / "canary").rglob("*"):
        if path.is_file():
            result.trials += 1
            if holds(path, canary):
                result.losses.append(f"content in clear in {path.relative_to(place)}")
            if "p.xtrk" in path.name and path.parent != place / "canary":
                result.losses.append(f"the name of the project in {path.name}")
    missing = {"exported", "failed to save", "slot failed", "locked"} - set(told)
    if missing:
        result.losses.append(f"did not happen, so this proves nothing: {sorted(missing)}")
    with contextlib.suppress(Refusal, OSError, ValueError):
        result.fired = result.trials if victim.recovered() > 0 else 0
    if not result.fired:
        result.losses.append(f"the window did not work: {victim.log.read_text()[-300:]}")
    return result


def holds(path: Path, canary: str) -> bool:
    """Whether a file holds a text in any dress."""
    return any(found in text for text in _readings(path) for found in _spellings(canary))


def _spellings(canary: str) -> tuple[bytes, ...]:
    plain = canary.encode()
    coded = [base64.b64encode(bytes(pad) + plain)[4:-4] for pad in range(3)]
    return plain, canary.encode("utf-16-le"), canary.encode("utf-32-le"), *coded


def _readings(path: Path) -> Iterator[bytes]:
    """A file as it is, and what is packed in it."""
    data = path.read_bytes()
    yield data
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from map(archive.read, archive.namelist())
    for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        with contextlib.suppress(zlib.error):
            yield zlib.decompressobj().decompress(data[match.start() :], 10_000_000)
