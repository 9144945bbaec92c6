"""Bases of merges: the graph of saves, checkpoints in the file, and copies on USB sticks."""

from __future__ import annotations

import itertools
import random
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.document import Document
from model.integrity import check_content
from model.merge.copies import plan_merge
from model.merge.lineage import Copy, common_saves, find_base, joined
from model.merge.resolving import resolve
from model.merge.threeway import merge
from model.records import Actor
from model.storage import codec
from model.storage.keys import KeyFile, Passphrase
from model.storage.lineage import Lineage, chained, difference
from model.storage.schema import SaveStamp
from model.storage.store import OpenedProject, Store
from tests.model.merge.edits import base_content, operations, replica

if TYPE_CHECKING:
    from pathlib import Path

    from model.document import Content
    from model.merge.threeway import MergePlan

BASE = base_content()
KEY = KeyFile.generate()
PASSPHRASE = Passphrase("three people, one stick")


class Person:
    """Somebody with a machine: an own store with own earlier versions, and an own file."""

    def __init__(self, folder: Path, name: str, *, keeps: bool = True) -> None:
        self.name = name
        self.folder = folder / name
        self.folder.mkdir()
        generations = self.folder / "generations" if keeps else None
        self.store = Store(f"test {name}", generations=generations, log_n=10)
        self.path = self.folder / "project.xtrk"
        self.conflicts = 0

    @property
    def file(self) -> OpenedProject:
        return self.store.open(self.path, KEY)

    def content(self) -> Content:
        return self.file.content

    def edit(self, table: str, record_id: str, **fields: Any) -> None:
        project = self.file
        record = msgspec.structs.replace(project.content[table][record_id], **fields)
        tables = {**project.content, table: {**project.content[table], record_id: record}}
        self.store.save(project, tables)

    def add(self, record_id: str) -> None:
        project = self.file
        actors = {**project.content["actors"], record_id: Actor(id=record_id, name=record_id)}
        self.store.save(project, {**project.content, "actors": actors})

    def save_often(self, times: int) -> None:
        for _ in range(times):
            project = self.file
            self.store.save(project, project.content)

    def plan(self, stick: Path) -> MergePlan:
        ours, theirs = self.file, self.store.open(stick, KEY)
        return plan_merge(self.store, ours, ours.content, theirs)

    def take(self, stick: Path, **choices: Any) -> MergePlan:
        """Merge what is on a stick and save."""
        ours, theirs = self.file, self.store.open(stick, KEY)
        plan = plan_merge(self.store, ours, ours.content, theirs)
        document = Document(ours.content)
        chosen = {one.key: choices[one.field] for one in plan.to_decide if one.field in choices}
        patch = resolve(document, plan, chosen, "Merge")
        if patch.changes:
            document.apply(patch, "merge")
        self.store.save(joined(ours, theirs), document.content())
        self.conflicts += len(plan.to_decide)
        return plan


def team(tmp_path: Path, *names: str, keeps: bool = True) -> list[Person]:
    people = [Person(tmp_path, name, keeps=keeps) for name in names]
    people[0].store.create(people[0].path, BASE, KEY)
    for other in people[1:]:
        shutil.copy(people[0].path, other.path)
    return people


def stick(person: Person) -> Path:
    """A copy of somebody’s file on a USB stick."""
    return _copied(person.path)


def _copied(path: Path) -> Path:
    target = path.with_name("stick.xtrk")
    shutil.copy(path, target)
    return target


EVERY_WAY = list(itertools.permutations([("a", "b"), ("b", "c"), ("c", "a")]))


@pytest.mark.parametrize("rounds", EVERY_WAY, ids=lambda way: "-".join(x + y for x, y in way))
@pytest.mark.parametrize("keeps", [True, False], ids=["with generations", "without"])
def test_a_stick_may_go_round_in_any_order(
    tmp_path: Path, rounds: tuple[tuple[str, str], ...], keeps: bool
) -> None:
    people = {one.name: one for one in team(tmp_path, "a", "b", "c", keeps=keeps)}
    for number, (table, record_id) in enumerate(
        [("actors", "un"), ("actors", "osce"), ("actors", "elders")]
    ):
        people["abc"[number]].edit(table, record_id, notes=f"by {'abc'[number]}")
        people["abc"[number]].add(f"new-{'abc'[number]}")
    for giver, taker in (*rounds, *rounds, *rounds):
        plan = people[taker].take(stick(people[giver]))
        assert plan.has_base
        assert plan.to_decide == ()
    contents = [person.content() for person in people.values()]
    assert contents[0] == contents[1] == contents[2]
    actors = contents[0]["actors"]
    assert [actors[name].notes for name in ("un", "osce", "elders")] == ["by a", "by b", "by c"]
    assert {"new-a", "new-b", "new-c"} <= actors.keys()


def test_taking_the_same_stick_twice_brings_nothing(tmp_path: Path) -> None:
    a, b = team(tmp_path, "a", "b")
    b.edit("actors", "un", notes="by b")
    taken = stick(b)
    assert len(a.take(taken).changes) == 1
    assert a.plan(taken).is_empty
    b.take(stick(a))
    assert a.plan(stick(b)).is_empty


def test_what_was_taken_back_after_a_merge_stays_so(tmp_path: Path) -> None:
    """Merging from an old common state would silently bring the change back."""
    a, b, c = team(tmp_path, "a", "b", "c")
    b.edit("actors", "un", notes="by b")
    c.take(stick(b))
    a.take(stick(b))
    a.edit("actors", "un", notes="")
    plan = a.take(stick(c))
    assert plan.has_base
    assert a.content()["actors"]["un"].notes == ""


def test_criss_cross_merges_lose_nothing(tmp_path: Path) -> None:
    a, b = team(tmp_path, "a", "b")
    a.edit("actors", "un", notes="by a")
    b.edit("actors", "osce", notes="by b")
    from_a, from_b = stick(a), stick(b)
    a.take(from_b)
    b.take(from_a)
    a.edit("actors", "un", notes="again by a")
    a.edit("actors", "osce", notes="")  # a takes back what b had written
    assert len(common_saves(Copy.of(a.file), Copy.of(b.file))) == 2
    plan = b.take(stick(a))
    assert plan.to_decide == ()
    assert b.content()["actors"]["un"].notes == "again by a"
    assert b.content()["actors"]["osce"].notes == ""


def test_conflict_left_open_travels_and_is_decided_once(tmp_path: Path) -> None:
    a, b, c = team(tmp_path, "a", "b", "c")
    a.edit("answers", "k1", answer="yes")
    b.edit("answers", "k1", answer="no")
    assert len(a.take(stick(b)).to_decide) == 1
    assert len(a.content()["conflicts"]) == 1
    c.take(stick(a))
    assert len(c.content()["conflicts"]) == 1
    project = c.file
    document = Document(project.content)
    from model.merge.resolving import open_plan

    plan = open_plan(document)
    document.apply(resolve(document, plan, {plan.conflicts[0].key: "theirs"}, "Decide"))
    c.store.save(project, document.content())
    for person in (a, b):
        assert person.take(stick(c)).to_decide == ()
        assert person.content()["answers"]["k1"].answer == "no"  # type: ignore[attr-defined]
        assert not person.content()["conflicts"]


def test_base_is_found_after_many_saves_on_both_sides(tmp_path: Path) -> None:
    a, b = team(tmp_path, "a", "b")
    a.edit("actors", "un", notes="by a")
    a.save_often(20)
    b.edit("actors", "osce", notes="by b")
    b.save_often(20)
    shutil.rmtree(a.folder / "generations")
    plan = a.take(stick(b))
    assert plan.has_base
    assert [change.id for change in plan.changes] == ["osce"]


def test_strangers_are_asked_about_everything(tmp_path: Path) -> None:
    a = team(tmp_path, "a")[0]
    other = Person(tmp_path, "other")
    other.store.create(other.path, BASE, KEY)
    other.edit("actors", "un", notes="elsewhere")
    plan = a.plan(stick(other))
    assert not plan.has_base
    assert [one.key for one in plan.conflicts] == [("actors", "un", "notes")]


def test_checkpoints_never_go_into_copies_under_another_key(tmp_path: Path) -> None:
    a, b = team(tmp_path, "a", "b")
    b.add("secret")
    b.edit("actors", "un", notes="by b")
    a.take(stick(b))
    project = a.file
    assert project.lineage.checkpoints
    tables = {**project.content, "actors": dict(BASE["actors"])}
    path = tmp_path / "for others.xtrk"
    a.store.save_copy(project, path, tables, secret=PASSPHRASE)
    copy = a.store.open(path, PASSPHRASE)
    assert copy.lineage.checkpoints == ()
    assert "secret" not in copy.content["actors"]
    own = tmp_path / "for us.xtrk"
    a.store.save_copy(project, own, tables)
    assert a.store.open(own, KEY).lineage.checkpoints


def test_copy_for_others_comes_back_by_merge(tmp_path: Path) -> None:
    a = team(tmp_path, "a")[0]
    path = tmp_path / "copy.xtrk"
    a.store.save_copy(a.file, path, a.content(), secret=PASSPHRASE)
    theirs = Store("test other", generations=tmp_path / "elsewhere", log_n=10)
    copy = theirs.open(path, PASSPHRASE)
    actors = {**copy.content["actors"], "new": Actor(id="new", name="New")}
    theirs.save(copy, {**copy.content, "actors": actors})
    a.edit("actors", "un", notes="by a")
    ours = a.file
    plan = plan_merge(a.store, ours, ours.content, a.store.open(path, PASSPHRASE))
    assert plan.has_base
    assert [change.id for change in plan.changes] == ["new"]


def test_merging_a_file_that_went_on_from_ours(tmp_path: Path) -> None:
    """The file on disk was saved by somebody else while we were working on it."""
    a, b = team(tmp_path, "a", "b")
    opened = a.file
    shutil.copy(a.path, b.path)
    b.edit("actors", "un", notes="by b")
    shutil.copy(b.path, a.path)
    unsaved = {**opened.content, "actors": {**opened.content["actors"]}}
    unsaved["actors"]["mine"] = Actor(id="mine", name="Mine")
    theirs = a.store.open_copy(a.path, opened.key)
    plan = plan_merge(a.store, opened, unsaved, theirs)
    assert (plan.has_base, [change.id for change in plan.changes]) == (True, ["un"])
    document = Document(unsaved)
    document.apply(resolve(document, plan, {}, "Merge"), "merge")
    both = replace(joined(opened, theirs), fingerprint=theirs.fingerprint)
    saved = a.store.save(both, document.content()).project
    assert saved.stamp.ancestors[:2] == (theirs.stamp.id, opened.stamp.id)
    assert a.store.open(a.path, KEY).lineage == saved.lineage
    assert b.plan(stick(a)).added[0].id == "mine"


@given(st.lists(st.lists(operations(), max_size=4), min_size=2, max_size=6))
def test_checkpoints_give_back_every_state(edits: list) -> None:  # type: ignore[type-arg]
    lineage, content = Lineage(), BASE
    states = {}
    for number, steps in enumerate(edits):
        old, new = f"s{number}", f"s{number + 1}"
        lineage = lineage.with_checkpoint(old)
        states[old] = content
        following = replica(content, steps, f"n{number}")
        lineage = lineage.after(content, following, old, new)
        content = following
        for save_id, state in states.items():
            assert lineage.state(content, save_id) == state
    assert lineage.state(content, "unknown") is None


def test_lineage_comes_back_from_the_file_and_bad_ones_count_as_none() -> None:
    stamp = SaveStamp("p", "s1", 2, ("s0",))
    lineage = Lineage({"s1": ("s0", "b1")}, "t1", chained(BASE, [("s0", {"actors": {}})]))
    encoded = codec.encode(BASE, stamp, "test", lineage=lineage)
    assert codec.decode(encoded.json).lineage == lineage
    for wrong in (
        encoded.json.replace(b'"of":"s1"', b'"of":"s9"'),
        encoded.json.replace(b'"joined":"t1"', b'"joined":"../t1"'),
        encoded.json.replace(b'"checkpoints":[', b'"checkpoints":[7,'),
        encoded.json.replace(b'{"id":"s0","tables":{', b'{"id":"s0","tables":{"dreams":{},'),
    ):
        assert wrong != encoded.json
        decoded = codec.decode(wrong)
        assert not decoded.lineage
        assert decoded.content == BASE


def test_state_that_went_through_an_older_program_is_not_trusted() -> None:
    """Format 1.0 keeps the member as it was, under the stamp of its own save."""
    stamp = SaveStamp("p", "s1", 2, ("s0",))
    lineage = Lineage({}, "", chained(BASE, [("s0", {"actors": {}})]))
    tree = msgspec.json.decode(codec.encode(BASE, stamp, "test", lineage=lineage).json)
    tree["save"]["id"] = "s2"
    assert not codec.decode(msgspec.json.encode(tree)).lineage


@given(st.lists(operations(), max_size=6), st.lists(operations(), max_size=6))
def test_difference_leads_from_one_to_the_other(first: list, second: list) -> None:  # type: ignore[type-arg]
    one, other = replica(BASE, first, "x"), replica(BASE, second, "y")
    checkpoints = chained(one, [("there", other), ("back", one)])
    lineage = Lineage(checkpoints=checkpoints)
    assert lineage.state(one, "there") == other
    assert lineage.state(one, "back") == one
    assert difference(one, one) == {}


def test_newest_common_saves_are_found_in_a_graph() -> None:
    base = Copy(SaveStamp("p", "s0"), Lineage(), BASE)
    side = Copy(SaveStamp("p", "b1", 2, ("s0",)), Lineage(), BASE)
    parents = {"m": ("a1", "b1"), "a1": ("s0",), "b1": ("s0",)}
    merged = Copy(SaveStamp("p", "m", 3, ("a1", "b1", "s0")), Lineage(parents), BASE)
    elsewhere = Copy(
        SaveStamp("p", "c", 3, ("a1", "b1", "s0")), Lineage({"c": ("a1", "b1"), **parents}), BASE
    )
    assert common_saves(merged, side) == ["b1"]
    assert common_saves(side, merged) == ["b1"]
    assert common_saves(merged, base) == ["s0"]
    assert common_saves(merged, elsewhere) == ["a1", "b1"]
    assert common_saves(merged, Copy(SaveStamp("q", "z"), Lineage(), BASE)) == []
    assert find_base(merged, elsewhere).content is None


def test_many_random_rounds_keep_every_addition(tmp_path: Path) -> None:
    source = random.Random(6)
    people = team(tmp_path, "a", "b", "c", "d", keeps=False)
    written = set()
    for step in range(40):
        giver, taker = source.sample(people, 2)
        name = f"n{step}"
        giver.add(name)
        written.add(name)
        plan = taker.take(stick(giver))
        assert plan.has_base, step
        assert not plan.to_decide
        check_content(taker.content())
    for taker in people:
        for giver in people:
            if giver is not taker:
                taker.take(stick(giver))
    for person in people:
        assert written <= person.content()["actors"].keys()
    assert merge(people[0].content(), people[1].content(), people[2].content()).conflicts == ()
