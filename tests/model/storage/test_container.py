from __future__ import annotations

import io
import zipfile

import pytest

from model.storage import container
from model.storage.container import BODY, MAX_SLOT_SIZE, Container, Slot
from model.storage.errors import Damaged, NotAProject, StorageRefusal, TooLarge

PARTS = Container((Slot("passphrase", 1, b"slot one"), Slot("keyfile", 2, b"slot two")), b"body")
WHOLE = container.write(PARTS)


def test_round_trip() -> None:
    assert container.read(WHOLE) == PARTS


def test_order_of_slots_does_not_depend_on_the_caller() -> None:
    turned = Container(PARTS.slots[::-1], PARTS.body)
    assert container.write(turned) == WHOLE


def test_any_zip_reader_agrees() -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "mimetype",
            "keys/passphrase-1.age",
            "keys/keyfile-2.age",
            BODY,
        ]
        assert archive.read("mimetype") == b"application/vnd.crosstrack+zip"
        assert archive.read(BODY) == b"body"
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.compress_type == zipfile.ZIP_STORED


def test_every_bit_counts() -> None:
    for place in range(len(WHOLE)):
        for bit in range(8):
            changed = bytearray(WHOLE)
            changed[place] ^= 1 << bit
            with pytest.raises(StorageRefusal):
                container.read(bytes(changed))


def test_every_truncation_is_noticed() -> None:
    for size in range(len(WHOLE)):
        with pytest.raises((Damaged, NotAProject)):
            container.read(WHOLE[:size])


def test_truncation_says_so_from_the_first_member_on() -> None:
    for size in range(len(container._head()), len(WHOLE) - 22):
        with pytest.raises(Damaged, match="cut short"):
            container.read(WHOLE[:size])


def test_added_bytes_are_noticed() -> None:
    for rubbish in (b"\0", b"PK", WHOLE):
        with pytest.raises(Damaged):
            container.read(WHOLE + rubbish)
    for rubbish in (b"\0", b"PK"):
        with pytest.raises((Damaged, NotAProject)):
            container.read(rubbish + WHOLE)


def test_damaged_part_is_named() -> None:
    place = WHOLE.index(b"body", WHOLE.index(BODY.encode()) + len(BODY))
    with pytest.raises(Damaged) as caught:
        container.read(WHOLE[:place] + b"B" + WHOLE[place + 1 :])
    assert caught.value.facts["part"] == BODY


def repacked(names: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "names",
    [
        {"mimetype": container.MIMETYPE, BODY: b"x"},
        {"mimetype": container.MIMETYPE, "keys/passphrase-1.age": b"k"},
        {"mimetype": container.MIMETYPE},
        {"mimetype": container.MIMETYPE, "../evil": b"x", BODY: b"x"},
        {"mimetype": container.MIMETYPE, "keys/passphrase-0.age": b"x", BODY: b"x"},
        {"mimetype": container.MIMETYPE, "keys/passphrase-1.age": b"x", BODY: b"x"},
    ],
    ids=["no slot", "no body", "neither", "foreign name", "slot nought", "repacked"],
)
def test_other_archives_with_our_mimetype_are_damaged(names: dict[str, bytes]) -> None:
    with pytest.raises(Damaged):
        container.read(repacked(names))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b'{"a": 1}', "a JSON text"),
        (b"%PDF-1.7", "a PDF document"),
        (b"age-encryption.org/v1\n", "an age file"),
        (repacked({"[Content_Types].xml": b"x"}), "ZIP archive of another kind"),
        (b"\x89\x12\x00random", "not a Crosstrack project"),
    ],
)
def test_other_files_are_told_by_what_they_are(data: bytes, said: str) -> None:
    with pytest.raises(NotAProject, match=said):
        container.read(data)


def test_limits() -> None:
    with pytest.raises(TooLarge):
        container.write(Container(tuple(Slot("keyfile", n, b"") for n in range(1, 18)), b""))
    large = Container((Slot("keyfile", 1, bytes(MAX_SLOT_SIZE + 1)),), b"body")
    with pytest.raises(TooLarge):
        container.read(container.write(large))
