from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from model.refusals import Refusal, Trouble
from model.storage import container
from model.storage.container import Container, Slot
from model.storage.errors import (
    BadSecret,
    ChangedOnDisk,
    Damaged,
    InvalidContent,
    NotAProject,
    StorageRefusal,
    TooCostly,
    TooLarge,
    WrongKey,
    WrongPassphrase,
)
from model.storage.keys import KeyFile, Passphrase
from tests.examples import examples
from tests.model.storage.helpers import SECRET, TEST_LOG_N, filled
from tests.strategies import contents

if TYPE_CHECKING:
    from pathlib import Path

    from model.storage.codec import Content
    from model.storage.store import Store

KEY = KeyFile.generate()


def test_create_open_save_open(store: Store, tmp_path: Path, content: Content) -> None:
    path = tmp_path / "p.xtrk"
    saved = store.create(path, content, SECRET)
    assert saved.durable
    opened = store.open(path, SECRET)
    assert filled(opened.content) == content
    assert opened.stamp == saved.project.stamp
    assert opened.fingerprint == saved.project.fingerprint
    assert opened.app == "crosstrack test"
    actor = msgspec.structs.replace(content["actors"]["a1"], notes="edited")
    edited = {**content, "actors": {**content["actors"], "a1": actor}}
    again = store.save(store.save(opened, edited).project, edited).project
    assert again.stamp.number == 3
    assert again.stamp.project == opened.stamp.project
    assert again.stamp.ancestors[1] == opened.stamp.id
    assert filled(store.open(path, SECRET).content) == edited


def test_saving_derives_no_key(
    store: Store, tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = store.create(tmp_path / "p.xtrk", content, SECRET).project

    def forbidden(*_args: object, **_kwargs: object) -> bytes:
        raise AssertionError("scrypt was called")

    monkeypatch.setattr(hashlib, "scrypt", forbidden)
    store.save(project, content)


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents())
def test_whatever_the_types_hold_can_be_saved(
    store: Store, tmp_path: Path, content: Content
) -> None:
    saved = store.create(tmp_path / "p.xtrk", content, KEY, overwrite=True)
    assert saved.project.content == content


def test_nothing_readable_is_on_disk(store: Store, tmp_path: Path, content: Content) -> None:
    store.save(store.create(tmp_path / "p.xtrk", content, SECRET).project, content)
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for word in (b"council", b"Contact", b"actors", b"crosstrack test", SECRET.encoded()):
        assert word not in everything


def test_every_bit_and_every_truncation_of_a_small_project_is_noticed(
    store: Store, tmp_path: Path, content: Content
) -> None:
    path = tmp_path / "p.xtrk"
    store.create(path, content, KEY)
    data = path.read_bytes()
    assert len(data) < 10_000
    store.open(path, KEY)
    for place in range(len(data)):
        for bit in range(8):
            changed = bytearray(data)
            changed[place] ^= 1 << bit
            with pytest.raises((Damaged, NotAProject, TooLarge)):
                container.read(bytes(changed))
        with pytest.raises((Damaged, NotAProject)):
            container.read(data[:place])


def test_changes_that_keep_the_checksums_are_noticed_by_the_seal(
    store: Store, tmp_path: Path, content: Content
) -> None:
    """Someone who repairs the CRC after changing a bit is told from damage by the seal."""
    path = tmp_path / "p.xtrk"
    store.create(path, content, KEY)
    parts = container.read(path.read_bytes())
    for place in range(0, len(parts.body), 7):
        body = bytearray(parts.body)
        body[place] ^= 1 << place % 8
        path.write_bytes(container.write(Container(parts.slots, bytes(body))))
        with pytest.raises(StorageRefusal):
            store.open(path, KEY)
    for size in range(0, len(parts.body), 97):
        path.write_bytes(container.write(Container(parts.slots, parts.body[:size])))
        with pytest.raises(StorageRefusal):
            store.open(path, KEY)


def test_wrong_passphrase_and_damage_are_told_apart(
    store: Store, tmp_path: Path, content: Content
) -> None:
    path = tmp_path / "p.xtrk"
    store.create(path, content, SECRET)
    with pytest.raises(WrongPassphrase, match=r"p\.xtrk: the passphrase is wrong"):
        store.open(path, Passphrase("something else"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    for secret in (SECRET, Passphrase("something else")):
        with pytest.raises(Damaged, match=r"p\.xtrk: the project file is damaged"):
            store.open(path, secret)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"actors": []}', "p.xtrk: this is a JSON text"),
        (b"", "p.xtrk: the file is empty"),
        (bytes(range(256)) * 9, "p.xtrk: this is not a Crosstrack project file"),
    ],
    ids=["JSON", "empty", "random"],
)
def test_other_files_get_one_clear_sentence(
    store: Store, tmp_path: Path, data: bytes, said: str
) -> None:
    path = tmp_path / "p.xtrk"
    path.write_bytes(data)
    for work in (store.info, store.verify, lambda path: store.open(path, SECRET)):
        with pytest.raises(NotAProject) as caught:
            work(path)
        assert caught.value.message.startswith(said)
        assert "\n" not in caught.value.message
    assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


def test_missing_file_and_folder(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"no\.xtrk cannot be read: there is no such file"):
        store.open(tmp_path / "no.xtrk", SECRET)
    with pytest.raises(NotAProject, match="a folder"):
        store.info(tmp_path)


def test_costly_file_is_refused_at_once(
    store: Store, tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.xtrk"
    store.create(path, content, SECRET)
    parts = container.read(path.read_bytes())
    costly = parts.slots[0].sealed.replace(b" 10\n", b" 23\n", 1)
    path.write_bytes(container.write(Container((Slot("passphrase", 1, costly),), parts.body)))

    def forbidden(*_args: object, **_kwargs: object) -> bytes:
        raise AssertionError("scrypt was called")

    monkeypatch.setattr(hashlib, "scrypt", forbidden)
    for work in (store.info, lambda path: store.open(path, SECRET)):
        with pytest.raises(TooCostly, match=r"p\.xtrk: .*2\^23"):
            work(path)


def test_dangling_reference_names_file_and_record(
    store: Store, tmp_path: Path, content: Content
) -> None:
    path = tmp_path / "p.xtrk"
    del content["actors"]["a2"]
    store.create(path, content, KEY)
    with pytest.raises(InvalidContent, match=r"p\.xtrk: .*a2"):
        store.open(path, KEY)


def test_copy_leaves_the_source_alone(store: Store, tmp_path: Path, content: Content) -> None:
    source = store.create(tmp_path / "p.xtrk", content, KEY).project
    before = source.path.read_bytes()
    copy = store.save_copy(source, tmp_path / "copy.xtrk", content).project
    other = store.save_copy(source, tmp_path / "other.xtrk", content, secret=SECRET).project
    assert source.path.read_bytes() == before
    assert copy.stamp.project == source.stamp.project
    assert copy.stamp.ancestors == (source.stamp.id,)
    assert filled(store.open(copy.path, KEY).content) == content
    assert other.key.identity != source.key.identity
    with pytest.raises(WrongKey):
        store.open(other.path, KEY)
    assert filled(store.open(other.path, SECRET).content) == content


def test_change_of_passphrase(store: Store, tmp_path: Path, content: Content) -> None:
    project = store.create(tmp_path / "p.xtrk", content, SECRET).project
    new = Passphrase("Zwei Boote")
    body = container.read(project.path.read_bytes()).body
    changed = store.change_secret(project, new)
    assert container.read(project.path.read_bytes()).body == body
    with pytest.raises(WrongPassphrase):
        store.open(project.path, SECRET)
    assert filled(store.open(project.path, new).content) == content
    store.save(changed, content)
    assert filled(store.open(project.path, new).content) == content
    with pytest.raises(ChangedOnDisk):
        store.change_secret(project, Passphrase("Drei Boote"))
    with pytest.raises(BadSecret):
        store.change_secret(changed, Passphrase(""))


def test_key_file_is_added_and_removed(store: Store, tmp_path: Path, content: Content) -> None:
    project = store.create(tmp_path / "p.xtrk", content, SECRET).project
    both = store.add_secret(project, KEY)
    both = store.save(both, content).project
    assert filled(store.open(project.path, KEY).content) == content
    assert filled(store.open(project.path, SECRET).content) == content
    store.remove_secret(both, "keys/keyfile-1.age")
    with pytest.raises(WrongKey):
        store.open(project.path, KEY)


def test_info_needs_no_key(store: Store, tmp_path: Path, content: Content) -> None:
    project = store.create(tmp_path / "p.xtrk", content, SECRET).project
    store.add_secret(project, KEY)
    info = store.info(project.path)
    assert [(slot.name, slot.log_n) for slot in info.slots] == [
        ("keys/passphrase-1.age", TEST_LOG_N),
        ("keys/keyfile-1.age", None),
    ]
    assert info.recipients == 1
    assert info.size == project.path.stat().st_size


def test_verify_names_the_broken_part(store: Store, tmp_path: Path, content: Content) -> None:
    path = tmp_path / "p.xtrk"
    store.create(path, content, SECRET)
    without = store.verify(path)
    assert [check.part for check in without] == ["container", "keys/passphrase-1.age", "body.age"]
    with_key = store.verify(path, SECRET)
    assert all(check.ok for check in with_key)
    assert with_key[-1].detail == "project 1, actors 2, linkages 1"
    with pytest.raises(WrongPassphrase):
        store.verify(path, Passphrase("no"))
    parts = container.read(path.read_bytes())
    for body, broken in ((parts.body[:-1], "seal"), (b"x", "body.age")):
        path.write_bytes(container.write(Container(parts.slots, body)))
        bad = [check.part for check in store.verify(path, SECRET) if not check.ok]
        assert bad == [broken]
    path.write_bytes(path.read_bytes()[:-1])
    assert [(check.part, check.ok) for check in store.verify(path, SECRET)] == [
        ("container", False)
    ]


def test_what_a_newer_minor_wrote_survives_a_save(
    store: Store, tmp_path: Path, content: Content
) -> None:
    project = store.create(tmp_path / "p.xtrk", content, KEY).project
    project.extras.tables["dreams"] = [{"id": "d"}]
    store.save(project, content)
    opened = store.open(project.path, KEY)
    assert opened.extras.tables == {"dreams": [{"id": "d"}]}
    opened = store.save(opened, content).project
    assert store.open(project.path, KEY).extras == opened.extras


def test_refusals_are_refusals() -> None:
    assert issubclass(StorageRefusal, Refusal)
    assert WrongPassphrase("x").code == "wrong-passphrase"
    assert WrongPassphrase("x").at("p").at("q").message == "p: x"
