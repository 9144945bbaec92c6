"""The public C2SP/CCTV test vectors of the age format, all that apply to what we support."""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path
from typing import NamedTuple

import pytest

from model.refusals import Refusal
from model.storage import age
from model.storage.errors import Damaged, NotAnAgeFile, TooCostly, WrongKey, WrongPassphrase

VECTORS = sorted((Path(__file__).parent / "cctv" / "vectors").iterdir())


class Vector(NamedTuple):
    expect: str
    payload: str
    identities: list[str]
    passphrases: list[str]
    data: bytes


def read_vector(path: Path) -> Vector:
    head, data = path.read_bytes().split(b"\n\n", 1)
    pairs = [line.split(": ", 1) for line in head.decode().splitlines()]
    fields = dict(pairs)
    if fields.get("compressed") == "zlib":
        data = zlib.decompress(data)
    return Vector(
        fields["expect"],
        fields.get("payload", ""),
        [value for name, value in pairs if name == "identity"],
        [value for name, value in pairs if name == "passphrase"],
        data,
    )


def open_vector(vector: Vector) -> bytes:
    """Open as an application would: a passphrase if there is one, else the keys."""
    if vector.passphrases:
        return age.decrypt_with_passphrase(vector.data, vector.passphrases[0].encode())
    return age.decrypt(vector.data, [age.Identity.parse(text) for text in vector.identities])


def outcome(vector: Vector) -> str:
    try:
        payload = open_vector(vector)
    except (WrongKey, WrongPassphrase):
        return "no match"
    except (NotAnAgeFile, TooCostly):
        return "header failure"
    except Damaged as refusal:
        return {
            "header": "header failure",
            "mac": "HMAC failure",
            "payload": "payload failure",
        }[str(refusal.facts["part"])]
    assert hashlib.sha256(payload).hexdigest() == vector.payload
    return "success"


def test_all_vectors_that_apply_are_here() -> None:
    assert len(VECTORS) == 92


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.name)
def test_vector(path: Path) -> None:
    vector = read_vector(path)
    assert outcome(vector) == vector.expect


def test_costly_file_is_refused_without_computing(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_args: object, **_kwargs: object) -> bytes:
        raise AssertionError("scrypt was called")

    monkeypatch.setattr(hashlib, "scrypt", forbidden)
    vector = read_vector(Path(__file__).parent / "cctv" / "vectors" / "scrypt_work_factor_23")
    with pytest.raises(TooCostly, match=r"2\^23") as caught:
        open_vector(vector)
    assert isinstance(caught.value, Refusal)
    assert caught.value.facts["log_n"] == 23


VALID_HEADERS = [path for path in VECTORS if read_vector(path).expect != "header failure"]


@pytest.mark.parametrize("path", VALID_HEADERS, ids=lambda path: path.name)
def test_header_is_parsed_and_written_alike(path: Path) -> None:
    vector = read_vector(path)
    header = age.parse_header(vector.data)
    written = b"".join(age._written(stanza) for stanza in header.stanzas)
    assert age.INTRO + written + b"---" == header.covered
