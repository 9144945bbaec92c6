"""Members and keys in people's hands: own keys, keys on paper; proved with the stock command."""

from __future__ import annotations

import random
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.records import Actor
from model.storage import codec, identities
from model.storage.errors import BadSecret, InvalidContent, WrongKey, WrongPassphrase
from model.storage.keys import KeyFile, Passphrase
from model.storage.members import MAX_MEMBERS
from model.storage.recovery import Sheet, recovery_sheet, shell_word
from model.storage.schema import SaveStamp
from model.storage.store import OpenedProject, Store
from tests.model.storage.test_oracles import needs_tools, with_terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PASSPHRASE = Passphrase("one quiet passphrase")
OWN_PASSPHRASE = Passphrase("mild onions by the river")
AMINA, BEN = KeyFile.generate(), KeyFile.generate()


def public(key: KeyFile) -> str:
    return key.identity.recipient().text()


@pytest.fixture
def store() -> Store:
    return Store("test", log_n=10)


@pytest.fixture
def project(store: Store, tmp_path: Path) -> OpenedProject:
    content = {"actors": {"a": Actor(id="a", name="Elders")}}
    return store.create(tmp_path / "plan.xtrk", content, PASSPHRASE).project


def test_a_member_opens_and_saves_with_their_own_key(store: Store, project: OpenedProject) -> None:
    with_amina = store.add_member(project, "  Amina ", public(AMINA))
    theirs = store.open(project.path, AMINA)
    assert theirs.content["actors"] == with_amina.content["actors"]
    assert [one.name for one in theirs.key.members] == ["Amina"]
    actors = {"a": Actor(id="a", name="Council")}
    store.save(theirs, {**theirs.content, "actors": actors})
    ours = store.open(project.path, PASSPHRASE)
    assert ours.content["actors"] == actors
    assert ours.key.members == theirs.key.members
    with pytest.raises(WrongKey):
        store.open(project.path, BEN)


def test_a_removed_member_opens_nothing_that_is_saved_later(
    store: Store, project: OpenedProject
) -> None:
    both = store.add_member(store.add_member(project, "Amina", public(AMINA)), "Ben", public(BEN))
    slot = next(one.slot for one in both.key.members if one.name == "Amina")
    left = store.remove_secret(both, slot)
    assert [one.name for one in left.key.members] == ["Ben"]
    with pytest.raises(WrongKey):
        store.open(project.path, AMINA)
    assert store.open(project.path, BEN).content["actors"] == project.content["actors"]


def test_a_new_key_shuts_others_out_and_members_stay(store: Store, project: OpenedProject) -> None:
    member = store.add_member(store.add_secret(project, BEN), "Amina", public(AMINA))
    renewed = store.rekey(member, member.content, OWN_PASSPHRASE).project
    assert renewed.key.identity != member.key.identity
    assert store.open(project.path, AMINA).content["actors"] == project.content["actors"]
    for old in (PASSPHRASE, BEN):
        with pytest.raises((WrongKey, WrongPassphrase)):
            store.open(project.path, old)


@pytest.mark.parametrize("seed", range(4))
def test_ways_are_added_in_any_order(store: Store, project: OpenedProject, seed: int) -> None:
    """A passphrase after a recovery sheet, a member after both: in the file they are sorted."""
    adding: list[Callable[[OpenedProject], OpenedProject]] = [
        lambda now: store.add_secret(now, KeyFile.generate(), "recovery"),
        lambda now: store.add_secret(now, BEN),
        lambda now: store.add_secret(now, OWN_PASSPHRASE),
        lambda now: store.add_member(now, "Amina", public(AMINA)),
    ]
    random.Random(seed).shuffle(adding)
    for add in adding:
        project = add(project)
    saved = store.save(project, project.content).project
    for secret in (PASSPHRASE, OWN_PASSPHRASE, AMINA, BEN):
        assert store.open(saved.path, secret).key.slots == saved.key.slots


def test_a_copy_under_a_key_of_its_own_names_no_members(
    store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    member = store.add_member(project, "Amina", public(AMINA))
    copy = store.save_copy(member, tmp_path / "c.xtrk", member.content, secret=BEN).project
    assert not copy.key.members
    with pytest.raises(WrongKey):
        store.open(copy.path, AMINA)


@pytest.mark.parametrize(
    ("name", "key", "words"),
    [
        ("", public(BEN), "a name"),
        ("Ben", "age1nothing", "not a public key"),
        ("Ben", BEN.identity.text(), "secret key"),
        ("Ben", public(AMINA), "Amina, who is a member already"),
        ("amina", public(BEN), "called amina already"),
    ],
    # Keys are new in every process, and names of tests must not be.
    ids=["no name", "no key", "secret key", "known key", "known name"],
)
def test_what_is_no_member_is_refused_in_words(
    store: Store, project: OpenedProject, name: str, key: str, words: str
) -> None:
    member = store.add_member(project, "Amina", public(AMINA))
    before = project.path.read_bytes()
    with pytest.raises(BadSecret, match=words):
        store.add_member(member, name, key)
    assert project.path.read_bytes() == before


def test_there_is_a_limit(store: Store, project: OpenedProject) -> None:
    for number in range(MAX_MEMBERS):
        project = store.add_member(project, f"Member {number}", public(KeyFile.generate()))
    with pytest.raises(BadSecret, match="at most"):
        store.add_member(project, "One more", public(BEN))
    assert store.open(project.path, PASSPHRASE).content["actors"] == project.content["actors"]


def test_a_file_with_a_member_that_is_none_is_refused(project: OpenedProject) -> None:
    stamp = SaveStamp("p", "s")
    member = {"name": "Amina", "key": "age1nothing", "slot": "keys/keyfile-1.age"}
    json = codec.encode(project.content, stamp, "test").json
    tree = msgspec.json.decode(json) | {"members": [member]}
    with pytest.raises(InvalidContent):
        codec.decode(msgspec.json.encode(tree))


@needs_tools
def test_the_stock_command_opens_the_body_with_a_members_key(
    store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    """A member needs no key slot: `body.age` is sealed to their public key, too."""
    store.add_member(project, "Amina", public(AMINA))
    (tmp_path / "amina.key").write_bytes(identities.seal_identity(AMINA, OWN_PASSPHRASE, 10))
    subprocess.run(["unzip", "-q", "plan.xtrk", "-d", "plan"], cwd=tmp_path, check=True)
    command = ["age", "-d", "-i", "amina.key", "-o", "body.zst", "plan/body.age"]
    with_terminal(command, tmp_path, OWN_PASSPHRASE.text)
    json = subprocess.run(
        ["zstd", "-d", "-c", "body.zst"], cwd=tmp_path, check=True, capture_output=True
    ).stdout
    assert b'"Elders"' in json


@needs_tools
def test_the_commands_on_a_recovery_sheet_open_the_project(
    store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    name = "it's a plan.xtrk"
    project = store.save_copy(project, tmp_path / name, project.content).project
    sheet = Sheet(name, "keys/recovery-1.age", KeyFile.generate())
    store.add_secret(project, sheet.key, "recovery")
    (tmp_path / "sheet.key").write_bytes(recovery_sheet(sheet))
    for command in sheet.commands("sheet.key"):
        subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True, capture_output=True)
    assert b'"Elders"' in (tmp_path / "project.json").read_bytes()


def test_names_of_files_are_words_for_a_shell() -> None:
    assert shell_word("plan-2.xtrk") == "plan-2.xtrk"
    for name in ("a b.xtrk", "$(reboot).xtrk", "-rf.xtrk", "it's;.xtrk"):
        done = subprocess.run(
            ["sh", "-c", f"printf %s {shell_word(name)}"], capture_output=True, check=True
        )
        assert done.stdout.decode() == name


def test_a_personal_key_opens_with_its_own_passphrase_alone() -> None:
    sealed = identities.seal_identity(AMINA, OWN_PASSPHRASE, 10)
    assert identities.is_sealed(sealed)
    assert identities.check_identity_file(sealed) is None
    assert identities.open_identity(sealed, OWN_PASSPHRASE) == AMINA
    assert AMINA.identity.text().encode() not in sealed
    with pytest.raises(WrongPassphrase):
        identities.open_identity(sealed, PASSPHRASE)
    assert identities.check_identity_file(AMINA.content()) == AMINA


@given(st.sampled_from(["", " ", "-", "  "]), st.booleans())
def test_a_key_typed_from_paper_is_the_key(gap: str, lower: bool) -> None:
    groups = identities.key_groups(AMINA)
    typed = gap.join(["AGE-SECRET-KEY-1", *groups])
    assert identities.typed_secret(typed.lower() if lower else typed) == AMINA
    assert identities.mistyped_groups(AMINA, gap.join(groups)) == []


def test_mistyped_keys_open_nothing_and_say_where() -> None:
    groups = identities.key_groups(AMINA)
    other = "Q" if groups[3][0] != "Q" else "P"
    wrong = [*groups[:3], other + groups[3][1:], *groups[4:]]
    assert identities.mistyped_groups(AMINA, " ".join(wrong)) == [4]
    assert identities.mistyped_groups(AMINA, " ".join(groups[:-1])) == [len(groups)]
    assert identities.mistyped_groups(AMINA, " ".join([*groups, "QQ"])) == [len(groups)]
    with pytest.raises(BadSecret):
        identities.typed_secret("AGE-SECRET-KEY-1 " + " ".join(wrong))
    assert identities.typed_secret("age secret passphrase") == Passphrase("age secret passphrase")


def test_members_survive_a_file_of_another_hand(project: OpenedProject, store: Store) -> None:
    """The slow way of reading keeps them, too."""
    key = store.add_member(project, "Amina", public(AMINA)).key
    stamp = SaveStamp("p", "s")
    tree = msgspec.json.decode(
        codec.encode(project.content, stamp, "test", members=key.members).json
    )
    read = codec.decode(msgspec.json.format(msgspec.json.encode(tree)))
    assert read.members == key.members
    assert replace(key, members=read.members) == key
