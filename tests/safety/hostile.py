"""Files that somebody made on purpose: opened or refused in words, within memory and time."""

from __future__ import annotations

import io
import itertools
import os
import tempfile
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import zstandard

from model.fields import FIELDS
from model.records import TABLES
from model.storage import age, container
from model.storage.container import Container, Slot
from model.storage.store import Store
from tests.safety.mutants import Seed, attempt, limited, try_it
from tests.safety.operations import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.safety.results import Result


def hostile_files() -> Result:
    """Open all of them with little memory."""
    return limited(_hostile)


def _hostile(result: Result) -> None:
    seed = Seed.make()
    made = (_bad_values, _bad_shapes, _bombs, _bad_slots, _bad_archives)
    for name, data in itertools.chain.from_iterable(make(seed) for make in made):
        try_it(result, name, data)
    with tempfile.TemporaryDirectory() as folder:
        for name, path in _bad_places(Path(folder), seed):
            store = Store("look", log_n=10)
            attempt(result, name, lambda path=path, store=store: opened_from(store, path))  # type: ignore[misc]


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
