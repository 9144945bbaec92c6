"""What is kept of the work on a locked project is just what differs from the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.records import Actor, Note
from model.storage.lockedwork import changes_between

if TYPE_CHECKING:
    from model.document import Content


def test_changes_are_what_came_went_or_differs() -> None:
    kept, equal = Actor(id="a", name="Elders"), Actor(id="b", name="Youth")
    before: Content = {
        "actors": {"a": kept, "b": equal, "c": Actor(id="c", name="Before")},
        "notes": {},
    }
    after: Content = {
        "actors": {"a": kept, "b": Actor(id="b", name="Youth"), "c": Actor(id="c", name="After")},
        "notes": {"n": Note(id="n", text="New")},
    }
    there = changes_between(before, after)
    assert [(one.table, one.id) for one in there] == [("actors", "c"), ("notes", "n")]
    assert there[0].before == before["actors"]["c"]
    assert there[0].after == after["actors"]["c"]
    assert there[1].before is None
    back = changes_between(after, before)
    assert [(one.before, one.after) for one in back] == [(x.after, x.before) for x in there]
    assert changes_between(before, before) == ()
