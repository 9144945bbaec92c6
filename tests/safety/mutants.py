"""Damaged and hostile files: each is opened or refused in words, within memory and time."""

from __future__ import annotations

import io
import itertools
import json
import os
import random
import resource
import signal
import struct
import tempfile
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import zstandard

from model.fields import FIELDS
from model.patch import Patch
from model.records import TABLES
from model.refusals import Refusal
from model.storage import age, codec, container, keys, padding
from model.storage.container import Container, Slot
from model.storage.filesystem import FileFacts, FileSystem
from model.storage.journal import Journal, replay
from model.storage.lockedwork import changes_between
from model.storage.patchcodec import decode_patch, encode_patch
from model.storage.schema import SaveStamp
from model.storage.store import OpenedProject, Store
from tests.safety.operations import KEY, content_of
from tests.safety.results import Result, shared_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEMORY = 1024**3
"""Bytes on top of what the reader has before it opens anything."""
SECONDS = 5
WORKERS = 2
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


def mutants_suite(count: int, seed: int = 1) -> Result:
    """Files with changed, cut, doubled and spliced bytes; a fifth of them under a right seal."""
    result = Result("mutated files and drafts")
    return shared_out(
        result,
        WORKERS,
        lambda number: _apart(
            Result("part"), lambda one: _mutants(one, count // WORKERS, seed + number)
        ),
    )


def hostile_suite() -> Result:
    """Files that somebody made on purpose."""
    return _apart(Result("hostile files"), _hostile)


def _apart(result: Result, work: Callable[[Result], None]) -> Result:
    """Run in a child with little memory, so that a bomb is seen as one."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        most = _memory() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        signal.signal(signal.SIGPROF, _too_slow)
        try:
            work(result)
        except BaseException as error:  # noqa: BLE001 - a loss, not a result
            result.losses.append(f"the reader stopped: {type(error).__name__} {error}")
        with os.fdopen(writing, "wb") as stream:
            stream.write(msgspec.json.encode((result.trials, result.fired, result.losses[:50])))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        found = stream.read()
    os.waitpid(child, 0)
    if not found:
        result.losses.append("the reader died")
        return result
    result.trials, result.fired, losses = msgspec.json.decode(
        found, type=tuple[int, int, list[str]]
    )
    result.losses += losses
    return result


def _memory() -> int:
    """Address space of this process, in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def _too_slow(_number: int, _frame: object) -> None:
    raise TooSlow


def _try(result: Result, name: str, data: bytes, same: object = None) -> None:
    """Open one file; `same` is what it must hold if it opens at all."""

    def open_it() -> str:
        found = read_all(data)
        return "" if same is None or found.content == same else "opened with another content"

    _attempt(result, name, open_it)


def _attempt(result: Result, name: str, work: Callable[[], str]) -> None:
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
            _attempt(result, f"draft {number}", draft.mutated(chance))
        elif kind == 9:
            _attempt(result, f"sealed change {number}", draft.with_mutant(chance))
        elif kind == 0:
            mutant = sound.sealed(_mutated(sound.json, chance))
            _try(result, f"sealed mutant {number}", mutant)
        elif kind == 1:
            _try(result, f"packed mutant {number}", sound.packed(_mutated(packed, chance)))
        else:
            mutant = _mutated(sound.data, chance)
            _try(result, f"mutant {number}", mutant, None if mutant == sound.data else content)


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


def _hostile(result: Result) -> None:
    seed = Seed.make()
    made = (_bad_values, _bad_shapes, _bombs, _bad_slots, _bad_archives)
    for name, data in itertools.chain.from_iterable(make(seed) for make in made):
        _try(result, name, data)
    with tempfile.TemporaryDirectory() as folder:
        for name, path in _bad_places(Path(folder), seed):
            store = Store("look", log_n=10)
            _attempt(result, name, lambda path=path, store=store: opened_from(store, path))  # type: ignore[misc]


def opened_from(store: Store, path: Path) -> str:
    """Nothing of this kind may open."""
    store.open(path, KEY)
    return "opened"


def _bad_places(folder: Path, seed: Seed) -> Iterator[tuple[str, Path]]:
    """What stands under a name without being a file that one could read."""
    os.mkfifo(folder / "fifo.xtrk")
    yield "a pipe", folder / "fifo.xtrk"
    yield "a folder", folder
    yield "a device", Path("/dev/zero")
    (folder / "loop.xtrk").symlink_to(folder / "loop.xtrk")
    yield "a link to itself", folder / "loop.xtrk"
    (folder / "nowhere.xtrk").symlink_to(folder / "nothing")
    yield "a link to nothing", folder / "nowhere.xtrk"
    with (folder / "huge.xtrk").open("wb") as huge:
        huge.write(seed.data)
        huge.truncate(64 * 1024**3)
    yield "64 GB", folder / "huge.xtrk"
    yield "no file", folder / "nothing.xtrk"
    yield "a file as a folder", folder / "huge.xtrk" / "p.xtrk"
    yield "a name that is too long", folder / ("x" * 5_000)


def _bad_archives(seed: Seed) -> Iterator[tuple[str, bytes]]:
    """Sound members in an archive that is put together otherwise."""
    with zipfile.ZipFile(io.BytesIO(seed.data)) as sound:
        members = {info.filename: sound.read(info) for info in sound.infolist()}

    def archive(parts: list[tuple[str, bytes]], **how: Any) -> bytes:
        stream = io.BytesIO()
        with warnings.catch_warnings(), zipfile.ZipFile(stream, "w") as made:
            warnings.simplefilter("ignore")
            for name, data in parts:
                info = zipfile.ZipInfo(name)
                info.compress_type = how.get("compress", zipfile.ZIP_STORED)
                info.external_attr = how.get("attributes", 0)
                info.extra = how.get("extra", b"")
                made.writestr(info, data)
            made.comment = how.get("comment", b"")
        return stream.getvalue()

    parts = list(members.items())
    for name, data in parts:
        yield f"{name} twice", archive([*parts, (name, data)])
        yield f"{name} twice, then another", archive([(name, b"x" * len(data)), *parts])
        yield f"{name} missing", archive([one for one in parts if one[0] != name])
    yield "links", archive(parts, attributes=0o120777 << 16)
    yield "deflated", archive(parts, compress=zipfile.ZIP_DEFLATED)
    bomb = [(name, bytes(200 * 1024 * 1024)) for name, _ in parts]
    yield "deflated bombs", archive(bomb, compress=zipfile.ZIP_DEFLATED)
    yield "a comment", archive(parts, comment=b"x" * 60_000)
    yield "extra fields", archive(parts, extra=b"\x99\x99\x04\x00abcd")
    yield "a further member", archive([*parts, ("readme.txt", b"hello")])
    yield "sixty thousand members", archive([*parts, *((f"m{n}", b"") for n in range(60_000))])
    yield "something before it", b"#!/bin/sh\n" + seed.data
    yield "something behind it", seed.data + b"x" * 100
    yield "two archives", seed.data + seed.data


BAD_VALUES = (
    *("null", "true", "-1", "1e999", "NaN", "Infinity", "123456789012345678901234567890", '""'),
    *('"\\ud800"', '"a\\u0000b"', '"\\udfff\\ud800"', "[]", "{}", '"../../etc/passwd"', '"=1+1"'),
    *(
        "[[[[[]]]]]",
        '{"a":{"b":{}}}',
        '"' + "x" * 300_000 + '"',
        '"\\u202eabc"',
        "[null]",
        '["","",""]',
    ),
)


def _bad_values(seed: Seed) -> Iterator[tuple[str, bytes]]:
    """Every field of every table with values that do not belong there."""
    for table in TABLES:
        for number, field in enumerate(FIELDS[table]):
            for value in BAD_VALUES[number % 3 :: 3]:
                row = f'{{"id":"x1","{field}":{value}}}'
                yield f"{table}.{field} = {value[:30]}", seed.sealed(_with_row(seed, table, row))


def _with_row(seed: Seed, table: str, row: str) -> bytes:
    head = seed.json[: seed.json.index(b'"tables":')].decode()
    return f'{head}"tables":{{"{table}":[{row}]}}}}'.encode("utf-8", "surrogatepass")


def _bad_shapes(seed: Seed) -> Iterator[tuple[str, bytes]]:
    text = seed.json.decode()
    texts = {
        "deep arrays": "[" * 100_000 + "]" * 100_000,
        "deep objects": '{"a":' * 100_000 + "1" + "}" * 100_000,
        "deep in a field": _with_row(seed, "actors", '{"id":"x","name":' + "[" * 90_000).decode(),
        "doubled member": text.replace('"tables":', '"tables":{},"tables":', 1),
        "newer major": text.replace('"major":1', '"major":99', 1),
        "negative version": text.replace('"major":1', '"major":-1', 1),
        "ids that are paths": text.replace('"id":"a0"', '"id":"../../a0"', 1),
        "two records of one id": text.replace('"id":"a1"', '"id":"a0"', 1),
        "unknown table": text.replace('"actors":', '"nonsense":', 1),
        "empty": "",
        "only white space": " " * 100_000,
        "byte order mark": "\ufeff" + text,
        "trailing text": text + "x",
        "lone quote": '"',
        "project id that is a path": text.replace("p" * 16, "../../../../tmp", 1),
        "save number too large": text.replace('"number":1', '"number":10000000000', 1),
    }
    for name, one in texts.items():
        yield name, seed.sealed(one.encode("utf-8", "surrogatepass"))
    yield "no UTF-8", seed.sealed(b"\xff\xfe" + seed.json)
    yield "UTF-16", seed.sealed(text.encode("utf-16"))


def _bombs(seed: Seed) -> Iterator[tuple[str, bytes]]:
    zeros = zstandard.ZstdCompressor(level=3).compress(bytes(64 * 1024 * 1024))
    yield "64 MB of zeros", seed.packed(zeros)
    stream = zstandard.ZstdCompressor(level=3, write_content_size=False).compressobj()
    endless = b"".join(stream.compress(bytes(16 * 1024 * 1024)) for _ in range(40)) + stream.flush()
    yield "640 MB of zeros, size not said", seed.packed(endless)
    yield (
        "frame that claims 2^63 bytes",
        seed.packed(b"\x28\xb5\x2f\xfd\xe0" + b"\xff" * 8 + b"\x01"),
    )
    yield "window of 2 GB", seed.packed(b"\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00")
    yield "many rows", seed.sealed(_with_row(seed, "actors", ",".join(['{"id":"x"}'] * 200_000)))
    yield "not compressed", seed.packed(seed.json)
    yield "nothing", seed.packed(b"")


def _bad_slots(seed: Seed) -> Iterator[tuple[str, bytes]]:
    parts = container.read(seed.data)
    good = parts.slots[0]
    for log_n in (21, 22, 23, 30, 62, 63, 64, 255, 999999):
        costly = _scrypt_header(log_n)
        yield (
            f"scrypt 2^{log_n}",
            container.write(Container((Slot("passphrase", 1, costly), good), parts.body)),
        )
    for length in (0, 1, 100, 16_000, 16 * 1024):
        slot = Slot("keyfile", 2, bytes(length))
        yield f"slot of {length} zeros", container.write(Container((good, slot), parts.body))
    many = tuple(Slot("passphrase", n, _scrypt_header(18)) for n in range(1, 16))
    yield "fifteen passphrase slots", container.write(Container((*many, good), parts.body))
    long = b"age-encryption.org/v1\n" + b"-> X25519 " + b"A" * 200_000 + b"\n"
    yield "endless header", container.write(Container((good,), long))
    stanzas = b"age-encryption.org/v1\n" + b"-> grease\nAAAA\n" * 5_000 + b"--- AAAA\n"
    yield "thousands of stanzas", container.write(Container((good,), stanzas))
    for name in (b"../../x.age", b"/etc/passwd", b"keys/..\\evil.age", b"CON", b"\x00" * 12):
        padded = name.ljust(len(b"keys/keyfile-1.age"), b"_")[: len(b"keys/keyfile-1.age")]
        yield f"member {name!r}", seed.data.replace(b"keys/keyfile-1.age", padded)
    other = age.encrypt(b"not an identity", [KEY.identity.recipient()])
    yield (
        "slot without identity",
        container.write(Container((Slot("keyfile", 1, other),), parts.body)),
    )


def _scrypt_header(log_n: int) -> bytes:
    salt = "AAAAAAAAAAAAAAAAAAAAAA"
    body = "A" * 43
    head = f"age-encryption.org/v1\n-> scrypt {salt} {log_n}\n{body}\n--- {body}\n"
    return head.encode() + bytes(32)
