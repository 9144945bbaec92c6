"""Who opens a merged project: nobody comes along unseen, and nothing is lost by being seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from model.merge.access import Way, only_ours, only_theirs, with_ways
from model.storage import keys
from model.storage.errors import BadSecret
from model.storage.keys import KeyFile, Passphrase
from model.storage.store import Store
from tests.model.merge.edits import base_content

if TYPE_CHECKING:
    from pathlib import Path

    from model.storage.store import OpenedProject

DESK = KeyFile.generate()
AMINA, BASHIR = KeyFile.generate(), KeyFile.generate()


def public(key: KeyFile) -> str:
    return key.identity.recipient().text()


@pytest.fixture
def store() -> Store:
    return Store("access", log_n=4)


@pytest.fixture
def ours(store: Store, tmp_path: Path) -> OpenedProject:
    return store.create(tmp_path / "ours.xtrk", base_content(), DESK).project


def names(ways: tuple[Way, ...]) -> list[str]:
    return [way.member.name if way.member else way.slot.name for way in ways]


def test_copies_with_the_same_ways_ask_nothing(ours: OpenedProject) -> None:
    assert only_theirs(ours.key, ours.key) == ()
    assert only_ours(ours.key, ours.key) == ()


def test_a_member_of_the_other_copy_is_named_and_can_come_along(
    store: Store, ours: OpenedProject
) -> None:
    theirs = keys.with_member(ours.key, "Amina", public(AMINA))
    ways = only_theirs(ours.key, theirs)
    assert names(ways) == ["Amina"]
    merged = store.save(with_ways(ours, ways), ours.content).project
    assert store.open(merged.path, AMINA).content == ours.content
    assert [one.name for one in only_ours(merged.key, ours.key)] == ["Amina"]


def test_a_namesake_with_another_key_is_told_apart(ours: OpenedProject, store: Store) -> None:
    mine = store.add_member(ours, "Amina", public(AMINA))
    theirs = keys.with_member(ours.key, "amina", public(BASHIR))
    (way,) = only_theirs(mine.key, theirs)
    assert way.namesake
    merged = with_ways(mine, (way,))
    assert [one.name for one in merged.key.members] == ["Amina", "amina 2"]


def test_a_passphrase_changed_in_the_other_copy_stands_beside_ours(
    store: Store, tmp_path: Path
) -> None:
    project = store.create(tmp_path / "p.xtrk", base_content(), Passphrase("the old one")).project
    new = keys.with_new_secret(project.key, "keys/passphrase-1.age", Passphrase("new"), 4)
    ways = only_theirs(project.key, new)
    assert names(ways) == ["keys/passphrase-1.age"]
    saved = store.save(with_ways(project, ways), project.content).project
    for text in ("the old one", "new"):
        assert store.open(saved.path, Passphrase(text)).content == project.content


def test_under_another_project_key_only_members_can_come(ours: OpenedProject) -> None:
    theirs = keys.new_key(KeyFile.generate())
    theirs = keys.with_member(theirs, "Amina", public(AMINA))
    assert names(only_theirs(ours.key, theirs)) == ["Amina"]


def test_a_fifth_passphrase_is_refused_in_words(ours: OpenedProject) -> None:
    mine = theirs = ours.key
    for number in range(4):
        mine = keys.with_slot(mine, Passphrase(f"mine {number}"), log_n=4)
    theirs = keys.with_slot(theirs, Passphrase("theirs"), log_n=4)
    with pytest.raises(BadSecret, match="at most 4 passphrases"):
        with_ways(ours_with(ours, mine), only_theirs(mine, theirs))


def ours_with(ours: OpenedProject, key: keys.ProjectKey) -> OpenedProject:
    from dataclasses import replace

    return replace(ours, key=key)
