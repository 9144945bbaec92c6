"""Edits commit once or leave no trace; subscribers hear of each commit once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from model.commands.actors import add_actor, move
from model.commands.linkages import connect, retype, reverse, why_not_connect
from model.commands.records import remove_records, set_fields
from model.records import Actor
from model.refusals import Refusal
from tests.builders import a_project

if TYPE_CHECKING:
    from model.document import Commit


def test_an_edit_is_one_commit() -> None:
    document = a_project().actor("a").actor("b").document()
    heard: list[Commit] = []
    document.subscribe(heard.append)
    set_fields(document, "actors", ["a", "b"], {"kind": "mso"})
    assert len(heard) == 1
    assert heard[0].patch.ids("actors") == {"a", "b"}
    assert all(change.touched() == ("kind",) for change in heard[0].patch.changes)


def test_a_refused_edit_leaves_no_trace() -> None:
    document = a_project().actor("a").document()
    before = document.content()
    with pytest.raises(Refusal, match="“nonsense” is not one of"):
        set_fields(document, "actors", ["a"], {"kind": "nonsense"})
    assert document.content() == before
    assert document.revision == 0


def test_an_edit_that_changes_nothing_is_no_commit() -> None:
    document = a_project().actor("a").document()
    set_fields(document, "actors", ["a"], {"name": "a"})
    assert document.revision == 0


def test_a_subscriber_may_not_edit() -> None:
    document = a_project().actor("a").document()
    document.subscribe(lambda _: set_fields(document, "actors", ["a"], {"name": "c"}))
    with pytest.raises(RuntimeError, match="subscriber"):
        set_fields(document, "actors", ["a"], {"name": "b"})


def test_a_snapshot_does_not_follow() -> None:
    document = a_project().actor("a").document()
    snapshot = document.snapshot()
    set_fields(document, "actors", ["a"], {"name": "b"})
    assert snapshot.actors["a"].name == "a"
    assert document.snapshot().actors["a"].name == "b"
    assert document.snapshot() is document.snapshot()


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "a\x1bb", "x" * 100_001])
def test_text_that_no_file_can_carry_is_refused(text: str) -> None:
    document = a_project().actor("a").document()
    with pytest.raises(Refusal):
        set_fields(document, "actors", ["a"], {"name": text})


def test_a_removed_actor_takes_along_what_needs_it_and_empties_the_rest() -> None:
    project = (
        a_project()
        .actor("a")
        .actor("b", parent_id="a")
        .actor("c")
        .link("a", "b")
        .link("b", "c")
        .add("roles", "r", actor_id="a", role="observer")
        .add("placements", "a", x=1.0, y=2.0)
        .add("processes", "p", name="Talks", party_ids=("a", "b"), lead_id="a")
        .add("answers", "k", item_id="DNH-09", target_table="actors", target_id="a")
        .add("answers", "k2", item_id="DNH-12", target_table="linkages", target_id="a>b")
        .add("groups", "g", member_ids=("a", "c"))
    )
    document = project.document()
    remove_records(document, "actors", ["a"])
    assert set(document.actors) == {"b", "c"}
    assert set(document.linkages) == {"b>c"}
    assert not document.roles
    assert not document.placements
    assert not document.answers
    assert document.actors["b"].parent_id == ""
    assert document.processes["p"].party_ids == ("b",)
    assert document.processes["p"].lead_id == ""
    assert document.groups["g"].member_ids == ("c",)
    assert document.links.of("b") == ("b>c",)


def test_connecting_takes_the_stricter_label() -> None:
    document = a_project().actor("a", tlp="CLEAR").actor("b", tlp="RED").document()
    assert connect(document, "a", "b", "funding").tlp == "RED"
    plain = (
        a_project(default_tlp="GREEN").actor("a", tlp="CLEAR").actor("b", tlp="CLEAR").document()
    )
    linkage = connect(plain, "a", "b")
    assert (linkage.tlp, linkage.status) == ("GREEN", "planned")
    retype(plain, linkage.id, "back_channel")
    assert plain.linkages[linkage.id].tlp == "AMBER+STRICT"


def test_what_cannot_be_linked_is_said_before() -> None:
    document = a_project().actor("a").document()
    assert "itself" in why_not_connect(document, "a", "a")
    with pytest.raises(Refusal, match="same actor"):
        connect(document, "a", "a")


def test_reverse_swaps_ends_and_bends() -> None:
    document = (
        a_project().actor("a").actor("b").link("a", "b", bends=((1.0, 1.0), (2.0, 2.0))).document()
    )
    reverse(document, "a>b")
    linkage = document.linkages["a>b"]
    assert (linkage.from_id, linkage.to_id, linkage.bends) == ("b", "a", ((2.0, 2.0), (1.0, 1.0)))


def test_new_actors_get_unused_names_and_the_default_label() -> None:
    document = a_project(default_tlp="RED").document()
    first = add_actor(document, "mso", ("T2",), at=(10.0, 20.0))
    second = add_actor(document, "mso", ("T2",))
    assert isinstance(first, Actor)
    assert first.tlp == "RED"
    assert first.name != second.name
    assert document.placements[first.id].x == 10.0
    move(document, {first.id: (30.0, 40.0), second.id: (1.0, 1.0)}, {first.id: ("T3",)})
    assert document.actors[first.id].tracks == ("T3",)
    assert document.placements[second.id].y == 1.0
