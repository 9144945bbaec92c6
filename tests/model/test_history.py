"""Undo and redo: joining, saved mark, budget, and a state machine over all of it."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from model import history as history_module
from model.commands.actors import add_actor, move
from model.commands.linkages import connect
from model.commands.records import remove_records, set_fields
from model.document import Document
from model.history import History
from model.identifiers import CountingIds
from model.integrity import check_content
from model.refusals import Refusal
from model.storage import codec
from model.storage.schema import SaveStamp
from tests.builders import a_project
from tests.examples import examples


def saved(history: History) -> bool:
    """Asked anew each time, so that the type checker does not remember the last answer."""
    return history.is_saved


def test_typing_into_a_field_is_one_step() -> None:
    document = a_project().actor("a").document()
    history = History(document)
    for text in ("E", "El", "Elders"):
        set_fields(document, "actors", ["a"], {"name": text})
    assert document.actors["a"].name == "Elders"
    history.undo()
    assert document.actors["a"].name == "a"
    assert not history.can_undo
    history.redo()
    assert document.actors["a"].name == "Elders"


def test_leaving_the_field_closes_the_step() -> None:
    document = a_project().actor("a").document()
    history = History(document)
    set_fields(document, "actors", ["a"], {"name": "b"})
    history.close_step()
    set_fields(document, "actors", ["a"], {"name": "c"})
    history.undo()
    assert document.actors["a"].name == "b"


def test_a_step_that_returns_to_its_start_disappears() -> None:
    document = a_project().actor("a").document()
    history = History(document)
    set_fields(document, "actors", ["a"], {"name": "b"})
    set_fields(document, "actors", ["a"], {"name": "a"})
    assert not history.can_undo
    assert history.is_saved


def test_saving_closes_the_step_and_undo_past_it_is_unsaved() -> None:
    document = a_project().actor("a").document()
    history = History(document)
    set_fields(document, "actors", ["a"], {"name": "b"})
    history.mark_saved()
    set_fields(document, "actors", ["a"], {"name": "c"})
    assert not saved(history)
    history.undo()
    assert document.actors["a"].name == "b"
    assert saved(history)
    history.undo()
    assert not saved(history)
    history.redo()
    assert saved(history)


def test_the_saved_state_is_lost_with_its_branch() -> None:
    document = a_project().actor("a").document()
    history = History(document)
    set_fields(document, "actors", ["a"], {"name": "b"})
    history.mark_saved()
    history.undo()
    set_fields(document, "actors", ["a"], {"name": "c"})
    history.undo()
    assert not saved(history)


def test_the_budget_drops_the_oldest_steps() -> None:
    document = a_project().actor("a").document()
    history = History(document)
    for number in range(history_module.MAX_STEPS + 10):
        set_fields(document, "actors", ["a"], {"name": f"n{number}"})
        history.close_step()
    steps = 0
    while history.undo():
        steps += 1
    assert steps == history_module.MAX_STEPS
    assert document.actors["a"].name == "n9"


class EditingMachine(RuleBasedStateMachine):
    """Random edits, undo, redo and save against remembered states."""

    def __init__(self) -> None:
        super().__init__()
        self.document = Document(ids=CountingIds("m"))
        self.history = History(self.document)
        self.states = [self.document.content()]
        self.at = 0
        self.saved = 0

    def _did(self, revision: int) -> None:
        if self.document.revision == revision:
            return
        del self.states[self.at + 1 :]
        if self.saved > self.at:
            self.saved = -1
        self.states.append(self.document.content())
        self.at += 1
        self.history.close_step()

    @rule(name=st.text(max_size=8), kind=st.sampled_from(["mso", "state"]), x=st.floats(-9, 9))
    def add(self, name: str, kind: str, x: float) -> None:
        revision = self.document.revision
        try:
            add_actor(self.document, kind, ("T1",), name, at=(x, x))
        except Refusal:
            assert self.document.content() == self.states[self.at]
        self._did(revision)

    @precondition(lambda self: len(self.document.actors) > 1)
    @rule(data=st.data())
    def link(self, data: st.DataObject) -> None:
        revision = self.document.revision
        ends = st.sampled_from(sorted(self.document.actors))
        try:
            connect(self.document, data.draw(ends), data.draw(ends), "funding")
        except Refusal:
            assert self.document.content() == self.states[self.at]
        self._did(revision)

    @precondition(lambda self: self.document.actors)
    @rule(data=st.data(), text=st.text(max_size=5))
    def write(self, data: st.DataObject, text: str) -> None:
        revision = self.document.revision
        chosen = data.draw(st.sampled_from(sorted(self.document.actors)))
        try:
            set_fields(self.document, "actors", [chosen], {"interests": text})
        except Refusal:
            assert self.document.content() == self.states[self.at]
        self._did(revision)

    @precondition(lambda self: self.document.actors)
    @rule(data=st.data(), x=st.floats(-9, 9))
    def shift(self, data: st.DataObject, x: float) -> None:
        revision = self.document.revision
        chosen = data.draw(st.sampled_from(sorted(self.document.actors)))
        move(self.document, {chosen: (x, -x)}, {chosen: ("T2", "T3")})
        self._did(revision)

    @precondition(lambda self: self.document.actors)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        revision = self.document.revision
        remove_records(
            self.document, "actors", [data.draw(st.sampled_from(sorted(self.document.actors)))]
        )
        self._did(revision)

    @rule()
    def undo(self) -> None:
        if self.history.undo() is not None:
            self.at -= 1
        else:
            assert self.at == 0

    @rule()
    def redo(self) -> None:
        if self.history.redo() is not None:
            self.at += 1
        else:
            assert self.at == len(self.states) - 1

    @rule()
    def save(self) -> None:
        self.history.mark_saved()
        self.saved = self.at

    @rule()
    def save_and_load(self) -> None:
        content = self.document.content()
        stamp = SaveStamp(project="p", id="s")
        assert codec.decode(codec.encode(content, stamp, "test").json).content == content

    @invariant()
    def is_where_it_should_be(self) -> None:
        assert self.document.content() == self.states[self.at]
        assert self.history.is_saved == (self.saved == self.at)

    @invariant()
    def keeps_the_rules(self) -> None:
        check_content(self.document.content())
        for actor_id in self.document.actors:
            expected = {
                linkage.id
                for linkage in self.document.linkages.values()
                if actor_id in {linkage.from_id, linkage.to_id}
            }
            assert set(self.document.links.of(actor_id)) == expected


TestEditing = EditingMachine.TestCase
TestEditing.settings = settings(max_examples=examples(30), stateful_step_count=40, deadline=None)


def test_subscribers_see_what_can_be_undone_and_redone() -> None:
    document = a_project().actor("a").document()
    history = History(document)
    seen: list[tuple[bool, bool, bool]] = []
    document.subscribe(
        lambda _: seen.append((history.can_undo, history.can_redo, history.is_saved))
    )
    with document.edit("Rename") as edit:
        edit.change("actors", "a", name="b")
    history.undo()
    history.redo()
    assert seen == [(True, False, False), (False, True, True), (True, False, False)]
