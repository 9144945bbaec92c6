"""A chosen part: some actors and what belongs to them, blind to all that stays behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from model import records as r
from model.integrity import check_content
from model.redaction import redact
from tests.examples import examples
from tests.packs import document, empty_content, put, sample
from tests.secret_pairs import pairs

if TYPE_CHECKING:
    from model.document import Content


def _content(*records: tuple[str, r.Record]) -> Content:
    content = empty_content()
    for table, record in records:
        put(content, table, record)
    return content


def _actor(record_id: str) -> tuple[str, r.Record]:
    return "actors", r.Actor(id=record_id, tlp="CLEAR", name=record_id.upper())


def _project() -> Content:
    return _content(
        *map(_actor, "abc"),
        ("linkages", r.Linkage(id="ab", tlp="CLEAR", from_id="a", to_id="b")),
        ("linkages", r.Linkage(id="bc", tlp="CLEAR", from_id="b", to_id="c")),
        ("processes", r.Process(id="p", tlp="CLEAR", name="Talks", lead_id="c")),
        ("processes", r.Process(id="q", tlp="CLEAR", name="Other talks", lead_id="c")),
        ("phases", r.Phase(id="h", tlp="CLEAR", label="First", process_id="p")),
        ("phases", r.Phase(id="i", tlp="CLEAR", label="Other", process_id="q")),
        ("roles", r.Role(id="ra", tlp="CLEAR", actor_id="a", process_id="p", role="donor")),
        ("roles", r.Role(id="rc", tlp="CLEAR", actor_id="c", process_id="q", role="donor")),
        ("activities", r.Activity(id="x", tlp="CLEAR", title="A", participant_ids=("a", "c"))),
        ("activities", r.Activity(id="y", tlp="CLEAR", title="C", process_id="p", lead_id="c")),
        ("activities", r.Activity(id="z", tlp="CLEAR", title="None", process_id="p")),
        ("funding", r.FundingLine(id="f", tlp="CLEAR", activity_ids=("x",))),
        ("sources", r.Source(id="s", tlp="CLEAR", title="A source")),
        ("sources", r.Source(id="t", tlp="CLEAR", title="Another source")),
        ("notes", r.Note(id="n", tlp="CLEAR", text="On it", target_table="linkages",
                         target_id="ab", source_ids=("s",))),
        ("notes", r.Note(id="m", tlp="CLEAR", text="Free")),
        ("decisions", r.Decision(id="d", tlp="CLEAR", title="About nobody in particular")),
    )  # fmt: skip


def _left(content: Content) -> dict[str, list[str]]:
    names = {"processes": "name", "phases": "label", "activities": "title", "notes": "text",
             "sources": "title", "actors": "name"}  # fmt: skip
    return {
        table: [getattr(one, names[table]) for one in records.values()]
        for table, records in content.items()
        if records and table in names
    }


def test_chosen_actors_bring_what_belongs_to_them_and_nothing_else() -> None:
    copy = redact(document(_project()), "GREEN", only={"a", "b"})
    assert _left(copy.content) == {
        "actors": ["A", "B"],
        "processes": ["Talks"],
        "phases": ["First"],
        "activities": ["A"],
        "notes": ["On it"],
        "sources": ["A source"],
    }
    assert len(copy.content["linkages"]) == len(copy.content["funding"]) == 1
    assert not copy.content["decisions"]
    (activity,) = copy.content["activities"].values()
    assert len(activity.participant_ids) == 1  # type: ignore[attr-defined]
    why = {(one.table, one.id): one.why for one in copy.withheld}
    assert why["actors", "c"] == "part"
    assert why["linkages", "bc"] == "depends"
    check_content(copy.content)


def test_nobody_chosen_leaves_nothing() -> None:
    copy = redact(document(_project()), "GREEN", only=())
    assert not {table for table, some in copy.content.items() if some} - {"project", "tracks"}


def test_a_part_of_a_sample_is_a_sound_project() -> None:
    content = sample("mindanao")
    chosen = set(list(content["actors"])[::3])
    copy = redact(document(content), "AMBER", only=chosen)
    check_content(copy.content)
    assert len(copy.content["actors"]) <= len(chosen)
    assert copy.content["linkages"]


@settings(max_examples=examples(50), deadline=None)
@given(pairs(), st.sets(st.sampled_from(["v0", "v1", "v2", "s0"])))
def test_what_stays_behind_cannot_be_told_from_a_part(
    pair: tuple[Content, Content, str], only: set[str]
) -> None:
    one, other, audience = pair
    first, second = (redact(document(some), audience, only=only) for some in (one, other))
    assert msgspec.json.encode(first.content) == msgspec.json.encode(second.content)
    check_content(first.content)


@settings(max_examples=examples(30), deadline=None)
@given(st.text(max_size=8), st.sampled_from(["c", "", "b"]), st.booleans())
def test_actors_that_were_not_chosen_leave_no_mark(name: str, lead: str, more: bool) -> None:
    """Their names, and whether they are named at all, change nothing in the part of another."""
    project, other = _project(), _project()
    put(other, "actors", r.Actor(id="c", tlp="CLEAR", name=name or "?", tracks=("T3",)))
    put(other, "activities", r.Activity(id="y", tlp="CLEAR", title=name or "?", lead_id=lead))
    put(other, "processes", r.Process(id="p", tlp="CLEAR", name="Talks", lead_id=lead))
    if more:
        put(other, "actors", r.Actor(id="e", tlp="CLEAR", name=name or "?"))
        put(other, "linkages", r.Linkage(id="ae", tlp="CLEAR", from_id="a", to_id="e"))
    copies = [redact(document(some), "GREEN", only={"a"}).content for some in (project, other)]
    assert msgspec.json.encode(copies[0]) == msgspec.json.encode(copies[1])
