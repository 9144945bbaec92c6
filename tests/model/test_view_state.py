"""Saved views: what they hold comes back, in the project and in a redacted copy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.codes import ACTOR_KINDS, TRACKS
from model.commands.records import remove_records
from model.commands.views import move_view, save_view, update_view, views_in_order
from model.facets import FRESHNESS
from model.filtering import THESE, FilterSpec
from model.history import History
from model.redaction import redact
from model.refusals import Refusal
from model.timeline.looks import PaneLook, TimelineLook
from model.timeline.narrowing import EVERYTHING, Narrow
from model.timeline.rows import ALL_SECTIONS
from model.timeline.strip import NO_STRIP, Strip
from model.view_state import ViewState, state_of
from tests.builders import a_project

if TYPE_CHECKING:
    from model.document import Document

SPECS = st.builds(
    FilterSpec,
    st.fixed_dictionaries(
        {},
        optional={
            "kind": st.frozensets(st.sampled_from(ACTOR_KINDS.codes), min_size=1),
            "track": st.frozensets(st.sampled_from(TRACKS.codes), min_size=1),
            "freshness": st.frozensets(st.sampled_from(FRESHNESS), min_size=1),
        },
    ),
    st.sampled_from(["", "peace"]),
)
STATES = st.builds(
    ViewState,
    spec=SPECS,
    as_of=st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    focus=st.sampled_from(["", "around", "between"]),
    steps=st.integers(1, 3),
    about=st.just(("a", "b")),
    frame=st.sampled_from([(), ("a",)]),
    camera=st.none() | st.just((0.5, 10.0, -4.0)),
    styling=st.sampled_from([{}, {"show_absent": "yes"}]),
)


def document() -> Document:
    return a_project().actor("a", tlp="CLEAR").actor("b", tlp="CLEAR").actor("c").document()


@given(STATES)
def test_what_is_saved_comes_back(state: ViewState) -> None:
    project = document()
    view = save_view(project, "One", state)
    back = state_of(view)
    assert back.spec == state.spec
    assert (back.as_of, back.camera, back.styling) == (state.as_of, state.camera, state.styling)
    assert back.frame == state.frame
    if state.focus:
        assert (back.focus, back.steps, back.about) == (state.focus, state.steps, state.about)
    else:
        assert back.focus == ""


def test_a_redacted_copy_holds_what_words_showed_but_not_the_words() -> None:
    project = document()
    state = ViewState(
        spec=FilterSpec({"freshness": frozenset({"stale"})}, "CANARY"),
        focus="around",
        steps=2,
        about=("a", "c"),
        frame=("a", "c"),
        camera=(1.0, 2.0, 3.0),
        shown=("a", "c"),
    )
    view = save_view(project, "One", state)
    with project.edit("label") as edit:
        edit.change("views", view.id, tlp="CLEAR")
    copy = redact(project, "GREEN")
    (sent,) = copy.snapshot().views.values()
    back = state_of(sent)
    new_a = next(new for new, old in copy.ids.items() if old == ("actors", "a"))
    assert back.spec.text == ""
    assert back.spec.ticked(THESE) == {new_a}
    assert back.spec.ticked("freshness") == {"stale"}
    assert (back.focus, back.steps, back.about) == ("around", 2, (new_a,))
    assert back.frame == (new_a,)
    assert back.camera is None
    assert "CANARY" not in str(copy.content)


def test_views_are_kept_in_order_and_undone() -> None:
    project = document()
    history = History(project)
    ids = [save_view(project, title, ViewState()).id for title in ("One", "Two", "Three")]
    move_view(project, ids[2], -1)
    assert [view.title for view in views_in_order(project)] == ["One", "Three", "Two"]
    move_view(project, ids[0], -1)
    assert [view.title for view in views_in_order(project)] == ["One", "Three", "Two"]
    update_view(project, ids[0], ViewState(as_of=date(2013, 1, 1)))
    assert state_of(project.views[ids[0]]).as_of == date(2013, 1, 1)
    remove_records(project, "views", [ids[1]])
    while history.can_undo:
        history.undo()
    assert not project.views


def test_a_view_needs_a_title() -> None:
    with pytest.raises(Refusal):
        save_view(document(), "", ViewState())


LOOKS = st.builds(
    TimelineLook,
    first=st.builds(
        PaneLook,
        narrow=st.sampled_from([EVERYTHING, Narrow("track", "T2"), Narrow("actor", "a")]),
        grouping=st.sampled_from(["track", "process", "actor"]),
        folded=st.frozensets(st.sampled_from(ALL_SECTIONS)),
    ),
    second=st.none() | st.just(PaneLook(Narrow("actor", "b"), "process")),
    days=st.none() | st.just((date(2012, 1, 1), date(2013, 6, 30))),
    strip=st.sampled_from([Strip(), NO_STRIP, Strip("process"), Strip("actor", "a")]),
)


@given(LOOKS)
def test_a_view_keeps_how_the_timeline_is_looked_at(look: TimelineLook) -> None:
    project = document()
    state = ViewState(styling={"show_absent": "yes"}, timeline=look)
    back = state_of(save_view(project, "One", state))
    assert back.timeline == look
    assert back.styling == state.styling


@given(LOOKS)
def test_a_copy_keeps_the_timeline_of_a_view_but_for_whom_it_withholds(look: TimelineLook) -> None:
    project = document()
    hidden = PaneLook(Narrow("actor", "c"))
    view = save_view(project, "One", ViewState(timeline=look))
    other = save_view(project, "Two", ViewState(timeline=TimelineLook(hidden)))
    with project.edit("label") as edit:
        edit.change("views", view.id, tlp="CLEAR")
        edit.change("views", other.id, tlp="CLEAR")
    copy = redact(project, "GREEN")
    new = {old: new for new, (_, old) in copy.ids.items()}
    sent = {one.title: state_of(one).timeline for one in copy.snapshot().views.values()}
    told = sent["One"]
    assert told is not None
    assert told.first.grouping == look.first.grouping
    assert told.first.folded == look.first.folded
    assert told.days == look.days
    if look.first.narrow.kind == "actor":
        assert told.first.narrow == Narrow("actor", new["a"])
    else:
        assert told.first.narrow == look.first.narrow
    assert (told.second is None) == (look.second is None)
    assert told.strip == (Strip("actor", new["a"]) if look.strip.key else look.strip)
    assert sent["Two"] == TimelineLook()
