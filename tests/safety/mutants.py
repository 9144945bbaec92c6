"""Damaged and hostile files: each is opened or refused in words, within memory and time."""

from __future__ import annotations

import json
import random
import resource
import signal
import struct
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.patch import Patch
from model.refusals import Refusal
from model.storage import codec, container, keys, padding
from model.storage.container import Container
from model.storage.filesystem import FileFacts, FileSystem
from model.storage.journal import Journal, replay
from model.storage.lockedwork import changes_between
from model.storage.patchcodec import decode_patch, encode_patch
from model.storage.schema import SaveStamp
from model.storage.store import OpenedProject, Store
from tests.safety.lanes import LANES
from tests.safety.operations import KEY, content_of
from tests.safety.results import Result, Suite

if TYPE_CHECKING:
    from collections.abc import Callable

MEMORY = 1024**3
"""Bytes on top of what the reader has before it opens anything."""
SECONDS = 5
NOWHERE = Path("p.xtrk")


class TooSlow(Exception):
    """A file took longer than any file may."""


@dataclass(frozen=True)
class Seed:
    """A sound file to start from, and its parts."""

    data: bytes
    key: keys.ProjectKey
    json: bytes
    records: dict[str, Any]

    @classmethod
    def make(cls) -> Seed:
        """Write a small project with one record in every table."""
        content = content_of("s0")
        stamp = SaveStamp("p" * 16, "s" * 16)
        encoded = codec.encode(content, stamp, "safety").json
        key = keys.new_key(KEY)
        data = container.write(Container(key.slots, key.seal(padding.pack(encoded))))
        return cls(data, key, encoded, json.loads(encoded))

    def sealed(self, text: bytes) -> bytes:
        """A file whose seal is right and whose content is anything."""
        return container.write(Container(self.key.slots, self.key.seal(padding.pack(text))))

    def packed(self, packed: bytes) -> bytes:
        """A file whose seal is right and whose compression is anything."""
        return container.write(Container(self.key.slots, self.key.seal(packed)))


class InMemory(FileSystem):
    """One file that is on no disk, so that millions of them can be opened."""

    def __init__(self, data: bytes) -> None:
        """Hold the content."""
        self._data = data

    def facts(self, _path: Path) -> FileFacts:
        """There is a file."""
        return FileFacts(len(self._data), 0o600, 0, is_file=True)

    def read(self, _path: Path, limit: int) -> bytes:
        """Give all of it."""
        return self._data[: limit + 1]


def read_all(data: bytes) -> OpenedProject:
    """Open a file as the window does; whatever is accepted must be fit to be saved."""
    project = Store("look", files=InMemory(data), log_n=10).open(NOWHERE, KEY)
    again = codec.encode(project.content, project.stamp, project.app, project.extras,
                         lineage=project.lineage).json  # fmt: skip
    codec.decode(again)
    return project


def read_draft(data: bytes) -> tuple[bytes, ...]:
    """Read a draft as opening does."""
    records = replay(InMemory(data), NOWHERE, KEY.identity).records
    for record in records:
        decode_patch(record)
    return records


def mutants_suite(count: int, seed: int = 1) -> Suite:
    """Files with changed, cut, doubled and spliced bytes; a fifth of them under a right seal."""
    share = -(-count // LANES)
    return Suite(
        "mutated files and drafts",
        tuple(
            partial(limited, partial(_mutants, count=share, seed=seed + number))
            for number in range(LANES)
        ),
        least=count,
        fires=0.85,
    )


def limited(work: Callable[[Result], None]) -> Result:
    """Work with little memory from here on, so that a bomb is seen as one."""
    result = Result("part")
    most = _memory() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    signal.signal(signal.SIGPROF, _too_slow)
    work(result)
    result.losses = result.losses[:50]
    return result


def _memory() -> int:
    """Address space of this process, in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def _too_slow(_number: int, _frame: object) -> None:
    raise TooSlow


def try_it(result: Result, name: str, data: bytes, same: object = None) -> None:
    """Open one file; `same` is what it must hold if it opens at all."""

    def open_it() -> str:
        found = read_all(data)
        return "" if same is None or found.content == same else "opened with another content"

    attempt(result, name, open_it)


def attempt(result: Result, name: str, work: Callable[[], str]) -> None:
    """Within the time of a file: done, or refused in words."""
    result.trials += 1
    signal.setitimer(signal.ITIMER_PROF, SECONDS)  # of the processor, not of the clock
    try:
        wrong = work()
        if wrong:
            result.losses.append(f"{name}: {wrong}")
    except Refusal:
        result.fired += 1
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        result.losses.append(f"{name}: {type(error).__name__}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _mutants(result: Result, count: int, seed: int) -> None:
    sound = Seed.make()
    content = read_all(sound.data).content
    chance = random.Random(seed)
    packed = padding.pack(sound.json)
    draft = Draft.make()
    for number in range(count):
        kind = number % 10
        if kind == 8:
            attempt(result, f"draft {number}", draft.mutated(chance))
        elif kind == 9:
            attempt(result, f"sealed change {number}", draft.with_mutant(chance))
        elif kind == 0:
            mutant = sound.sealed(_mutated(sound.json, chance))
            try_it(result, f"sealed mutant {number}", mutant)
        elif kind == 1:
            try_it(result, f"packed mutant {number}", sound.packed(_mutated(packed, chance)))
        else:
            mutant = _mutated(sound.data, chance)
            try_it(result, f"mutant {number}", mutant, None if mutant == sound.data else content)


@dataclass(frozen=True)
class Draft:
    """A sound draft to start from."""

    data: bytes
    records: tuple[bytes, ...]

    @classmethod
    def make(cls) -> Draft:
        """Some changes, as the window drafts them."""
        return cls.of(tuple(encode_patch(step(number)) for number in range(4)))

    @classmethod
    def of(cls, records: tuple[bytes, ...]) -> Draft:
        """A sealed draft of any records."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "p.draft"
            Journal.start(
                FileSystem(), path, KEY.identity.recipient(), "p" * 16, "base", records
            ).close()
            return cls(path.read_bytes(), records)

    def mutated(self, chance: random.Random) -> Callable[[], str]:
        """Bytes changed: what comes back is a beginning of what was written."""
        data = _mutated(self.data, chance)

        def work() -> str:
            found = read_draft(data)
            return "" if found == self.records[: len(found)] else "another change came back"

        return work

    def with_mutant(self, chance: random.Random) -> Callable[[], str]:
        """One change spoilt under a right seal."""
        spoilt = _mutated(chance.choice(self.records), chance)

        def work() -> str:
            decode_patch(spoilt)
            return ""

        return work


def step(number: int) -> Patch:
    """The change from one state to the next."""
    before, after = content_of(f"s{number}"), content_of(f"s{number + 1}")
    return Patch("Edit", changes_between(before, after))


def _mutated(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        place = chance.randrange(len(spoilt) or 1)
        match chance.randrange(6):
            case 0:
                spoilt[place : place + 1] = bytes([spoilt[place] ^ 1 << chance.randrange(8)])
            case 1:
                del spoilt[place:]
            case 2:
                spoilt[place:place] = chance.randbytes(chance.randrange(1, 9))
            case 3:
                del spoilt[place : place + chance.randrange(1, 40)]
            case 4:
                other = chance.randrange(len(spoilt))
                spoilt[place:place] = spoilt[other : other + chance.randrange(1, 200)]
            case _:
                spoilt[place : place + 4] = struct.pack("<I", chance.choice((0, 2**31, 2**32 - 1)))
        if not spoilt:
            spoilt = bytearray(data)
    return bytes(spoilt)
