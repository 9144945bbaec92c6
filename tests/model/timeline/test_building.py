"""Rows kept up to date commit by commit are those that would be built anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from model.commands.records import remove_records, set_fields
from model.timeline.building import SectionBuilder, sections
from tests.builders import a_project
from tests.examples import examples

if TYPE_CHECKING:
    from model.document import Document
    from model.timeline.rows import Section

DATES = ("2010", "2011-03", "2012-05-06", "2013-01-01")


def a_plan() -> Document:
    project = a_project()
    for name in "AB":
        project.actor(name, kind="mso", short_name=f"Org {name}")
    project.add("processes", "P", name="Talks", lead_id="A", start="2010")
    for number in range(4):
        project.add(
            "activities",
            f"a{number}",
            title=f"Activity {number}",
            tracks=("T2",),
            lead_id="A",
            process_id="P",
            start="2010",
            end="2014",
        )
        project.add(
            "funding",
            f"f{number}",
            donor_id="B",
            recipient_id="A",
            activity_ids=(f"a{number}",),
            start="2011",
            end="2012",
        )
        project.add(
            "postings", f"p{number}", office="Head", institution_id="A", start=DATES[number]
        )
    return project.document()


def essence(found: tuple[Section, ...]) -> list[tuple[object, ...]]:
    """All that shows; rows that begin on the same day may change places."""
    return [
        (section.key, *sorted((row.key, row.title, row.detail, row.items) for row in section.rows))
        for section in found
    ]


EDITS = st.one_of(
    st.tuples(
        st.just("title"), st.sampled_from(["a0", "a1"]), st.sampled_from(["One", "Two", "Three"])
    ),
    st.tuples(st.just("track"), st.sampled_from(["a0", "a2"]), st.sampled_from(["T1", "T3"])),
    st.tuples(st.just("lead"), st.sampled_from(["a0", "a3"]), st.sampled_from(["A", "B", ""])),
    st.tuples(st.just("name"), st.sampled_from(["A", "B"]), st.sampled_from(["X", "Y"])),
    st.tuples(st.just("office"), st.sampled_from(["p0", "p1"]), st.sampled_from(["Head", "Desk"])),
    st.tuples(st.just("pays"), st.sampled_from(["f0", "f1"]), st.sampled_from(["a0", "a1"])),
    st.tuples(st.just("gone"), st.sampled_from(["a1", "f2", "p2", "B"]), st.just("")),
)
TABLES = {"a": "activities", "f": "funding", "p": "postings"}


def do(document: Document, edit: tuple[str, str, str]) -> None:
    what, record_id, value = edit
    table = TABLES.get(record_id[0], "actors")
    if document.get(table, record_id) is None:
        return
    if what == "gone":
        remove_records(document, table, [record_id])
        return
    fields: dict[str, dict[str, object]] = {
        "title": {"title": value},
        "track": {"tracks": (value,)},
        "lead": {"lead_id": value if document.get("actors", value) else ""},
        "name": {"short_name": value},
        "office": {"office": value},
        "pays": {"activity_ids": (value,) if document.get("activities", value) else ()},
    }
    set_fields(document, table, [record_id], fields[what])


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(EDITS, max_size=8), st.sampled_from(["track", "process", "actor"]))
def test_following_commits_gives_what_a_fresh_build_gives(
    edits: list[tuple[str, str, str]], grouping: str
) -> None:
    document = a_plan()
    builder = SectionBuilder(document, grouping)  # type: ignore[arg-type]
    document.subscribe(lambda commit: builder.follow(commit.patch))

    for edit in edits:
        do(document, edit)

    assert essence(builder.sections()) == essence(sections(document, grouping))  # type: ignore[arg-type]


def test_rows_in_which_nothing_changes_stay_the_same_objects() -> None:
    document = a_plan()
    builder = SectionBuilder(document)
    document.subscribe(lambda commit: builder.follow(commit.patch))
    before = {row.key: row for section in builder.sections() for row in section.rows}

    set_fields(document, "postings", ["p0"], {"holder": "Somebody"})

    after = {row.key: row for section in builder.sections() for row in section.rows}
    assert [key for key, row in after.items() if row is not before[key]] == ["postings:A:Head"]
