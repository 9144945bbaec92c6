"""Replicas of a small project, each edited at random through the very commands of the window."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from model.commands.records import add_record, remove_records, set_fields
from model.dates import PartialDate
from model.document import Content, Document
from model.fields import FIELDS
from model.identifiers import CountingIds
from model.records import TABLES
from model.refusals import Refusal
from tests.builders import a_project

if TYPE_CHECKING:
    from collections.abc import Callable

ACTORS = ("un", "osce", "elders", "council")


def base_content() -> Content:
    """A project with something in each of the tables that hang together."""
    project = a_project(title="Talks")
    for name in ACTORS:
        project.actor(name, tracks=("T1",)).add("placements", name, x=1.0, y=2.0)
    return (
        project.link("un", "osce", record_id="l1", start="2010", end="2015")
        .link("elders", "council", record_id="l2", decision="wait")
        .add("processes", "p1", name="Process", lead_id="un", party_ids=("elders", "council"))
        .add(
            "activities",
            "c1",
            title="Round",
            lead_id="un",
            participant_ids=("osce", "elders"),
            process_id="p1",
        )
        .add("funding", "f1", donor_id="osce", recipient_id="un", amount="10", start="2011")
        .add("answers", "k1", item_id="DNH-01", target_table="linkages", target_id="l1",
             scope="linkage", answer="unknown")
        .add("notes", "n1", text="Look", target_table="actors", target_id="council")
        .add("trust", "t1", from_id="elders", to_id="un")
        .content()
    )  # fmt: skip


_YEARS = st.integers(2005, 2020).map(lambda year: PartialDate(year=year))
_ACTOR = st.sampled_from(ACTORS)
_TEXT = st.sampled_from(["", "one", "two", "three"])
_FIELDS: list[tuple[str, str, st.SearchStrategy[Any]]] = [
    ("project", "title", _TEXT),
    ("actors", "notes", _TEXT),
    ("actors", "name", st.sampled_from(["A", "B", "C"])),
    ("actors", "tracks", st.lists(st.sampled_from(["T1", "T2", "T3"]), unique=True).map(tuple)),
    ("actors", "parent_id", st.just("") | _ACTOR),
    ("actors", "other_names", st.lists(_TEXT, max_size=3).map(tuple)),
    ("linkages", "from_id", _ACTOR),
    ("linkages", "to_id", _ACTOR),
    ("linkages", "start", st.none() | _YEARS),
    ("linkages", "end", st.none() | _YEARS),
    ("linkages", "decision", st.sampled_from(["link", "keep_apart", "wait", "undecided"])),
    ("linkages", "rationale", _TEXT),
    ("processes", "lead_id", st.just("") | _ACTOR),
    ("processes", "party_ids", st.lists(_ACTOR, unique=True).map(tuple)),
    ("activities", "title", st.sampled_from(["X", "Y"])),
    ("activities", "participant_ids", st.lists(_ACTOR, unique=True).map(tuple)),
    ("funding", "amount", st.none() | st.integers(0, 3).map(Decimal)),
    ("funding", "currency", st.sampled_from(["", "EUR", "CHF"])),
    ("funding", "start", st.none() | _YEARS),
    ("answers", "answer", st.sampled_from(["yes", "no", "unknown"])),
    ("answers", "reasoning", _TEXT),
    ("placements", "x", st.sampled_from([0.0, 10.0, 20.0])),
    ("notes", "text", st.sampled_from(["Look", "See"])),
]

Operation = tuple[str, Any]


@st.composite
def operations(draw: st.DrawFn) -> Operation:
    """One step of editing: (what, arguments), tables and places chosen by number."""
    what = draw(st.sampled_from(["set", "set", "set", "set", "add", "link", "remove", "move"]))
    if what == "set":
        table, name, values = draw(st.sampled_from(_FIELDS))
        return what, (table, name, draw(values), draw(st.integers(0, 5)))
    if what == "link":
        return what, (draw(st.integers(0, 5)), draw(st.integers(0, 5)))
    if what == "remove":
        tables = ["actors", "linkages", "processes", "activities", "notes", "answers"]
        return what, (draw(st.sampled_from(tables)), draw(st.integers(0, 5)))
    return what, draw(st.integers(0, 5))


def replica(content: Content, steps: list[Operation], prefix: str) -> Content:
    """The content after the steps; what the rules refuse is passed over, as a user would."""
    document = Document(content, CountingIds(prefix))
    for what, arguments in steps:
        try:
            _STEPS[what](document, arguments)
        except Refusal:
            continue
    return document.content()


def _nth(document: Document, table: str, number: int) -> str | None:
    ids = sorted(document.table(table))
    return ids[number % len(ids)] if ids else None


def _set(document: Document, arguments: tuple[str, str, Any, int]) -> None:
    table, name, value, number = arguments
    record_id = _nth(document, table, number)
    if record_id is not None:
        set_fields(document, table, [record_id], {name: value})


def _add(document: Document, number: int) -> None:
    added = add_record(document, "actors", name=f"New {number}")
    lead = _nth(document, "actors", number) or ""
    add_record(document, "activities", title="New round", lead_id=lead, participant_ids=(added.id,))


def _link(document: Document, arguments: tuple[int, int]) -> None:
    first, second = (_nth(document, "actors", number) or "" for number in arguments)
    add_record(document, "linkages", from_id=first, to_id=second)


def _remove(document: Document, arguments: tuple[str, int]) -> None:
    record_id = _nth(document, *arguments)
    if record_id is not None:
        remove_records(document, arguments[0], [record_id])


def _move(document: Document, number: int) -> None:
    with document.edit("Arrange") as edit:
        for record_id in list(document.placements):
            edit.change("placements", record_id, x=float(number), y=float(number))


_STEPS: dict[str, Callable[[Document, Any], None]] = {
    "set": _set,
    "add": _add,
    "link": _link,
    "remove": _remove,
    "move": _move,
}
assert all(name in FIELDS[table] for table, name, _ in _FIELDS)
assert set(TABLES) >= {table for table, _, _ in _FIELDS}
